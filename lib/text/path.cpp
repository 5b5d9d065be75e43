// SPDX-License-Identifier: Apache-2.0
#include "path.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>

namespace tiphys {
namespace {

/// A path of a thousand levels, or a name of a million letters, would hide what is wrong.
std::string shortened(const std::string& path) {
    constexpr std::size_t head = 100;
    constexpr std::size_t tail = 60;
    if (path.size() <= head + tail) return path;
    const auto inside = [&](std::size_t at) { return (static_cast<unsigned char>(path[at]) & 0xc0) == 0x80; };
    std::size_t end = head;
    while (end > 0 && inside(end)) --end;
    std::size_t begin = path.size() - tail;
    while (begin < path.size() && inside(begin)) ++begin;
    return path.substr(0, end) + "..." + path.substr(begin);
}

std::string compose(const std::string& path, const std::string& reason, Location place,
                    const std::string& name) {
    std::string made = path.empty() ? reason : shortened(path) + ": " + reason;
    if (place.line == 0) return name.empty() ? made : made + " (" + name + ")";
    const std::string line = std::to_string(place.line);
    const std::string column = std::to_string(place.column);
    if (name.empty()) return made + " (line " + line + ", column " + column + ")";
    return made + " (" + name + ":" + line + ":" + column + ")";
}

}  // namespace

ReadError::ReadError(std::string where, std::string why, Location place, const std::string& name)
    : std::runtime_error(compose(where, why, place, name)),
      path(std::move(where)),
      reason(std::move(why)),
      line(place.line),
      column(place.column) {}

namespace detail {
namespace {

constexpr bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// Insertions, deletions, replacements and swaps of neighbours that turn one name into the other.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), row(b.size() + 1), next(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        next[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = row[j - 1] + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
            next[j] = std::min({row[j] + 1, next[j - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                next[j] = std::min(next[j], before[j - 2] + 1);
        }
        before.swap(row);
        row.swap(next);
    }
    return row[b.size()];
}

}  // namespace

std::string path_text(const std::vector<Step>& steps) {
    std::string made;
    for (const Step& step : steps) {
        if (step.is_index) {
            made.append("[").append(std::to_string(step.index)).append("]");
        } else if (!step.key.empty() && std::all_of(step.key.begin(), step.key.end(), is_name_character)) {
            if (!made.empty()) made += '.';
            made += step.key;
        } else {
            made += "[\"";
            for (const char c : step.key) {
                if (c == '"' || c == '\\') made += '\\';
                made += c;
            }
            made += "\"]";
        }
    }
    return made;
}

std::vector<Step> parse_path(std::string_view path) {
    std::vector<Step> steps;
    std::size_t i = 0;
    while (i < path.size()) {
        if (path[i] == '.') {
            ++i;
        } else if (path[i] == '[' && i + 1 < path.size() && path[i + 1] == '"') {
            Step step;
            for (i += 2; i < path.size() && path[i] != '"'; ++i) {
                if (path[i] == '\\' && i + 1 < path.size()) ++i;
                step.key += path[i];
            }
            i = std::min(path.size(), i + 2);
            steps.push_back(std::move(step));
        } else if (path[i] == '[') {
            Step step{.is_index = true};
            const auto end = std::from_chars(path.data() + i + 1, path.data() + path.size(), step.index).ptr;
            i = std::min(path.size(), static_cast<std::size_t>(end - path.data()) + 1);
            steps.push_back(step);
        } else {
            const std::size_t end = std::min(path.find_first_of(".[", i), path.size());
            steps.push_back(Step::member(path.substr(i, end - i)));
            i = end;
        }
    }
    return steps;
}

Location location_of(std::string_view text, std::size_t offset) {
    Location place{1, 1};
    offset = std::min(offset, text.size());
    for (std::size_t i = 0; i < offset; ++i) {
        if (text[i] == '\n') {
            ++place.line;
            place.column = 1;
        } else if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) {
            ++place.column;
        }
    }
    return place;
}

bool Finder::at(const Step& step) {
    next_on_path_ = false;
    if (!open_.back().on_path || matched_ >= path_.size() || !(path_[matched_] == step)) return false;
    if (matched_ + 1 < path_.size()) {
        next_on_path_ = true;
        return false;
    }
    if (skip_ == 0) return true;
    --skip_;
    return false;
}

bool Finder::key(std::string_view name) { return at(Step::member(name)); }

bool Finder::element() { return at(Step::element(open_.back().count++)); }

void Finder::begin(bool is_list) {
    const bool on_path = next_on_path_;
    if (on_path && !open_.empty()) ++matched_;
    open_.push_back({is_list, on_path});
    next_on_path_ = false;
}

void Finder::end() {
    if (open_.back().on_path && open_.size() > 1) --matched_;
    open_.pop_back();
    next_on_path_ = false;
}

std::string_view nearest(std::string_view name, const std::vector<std::string_view>& known) {
    // A name of a thousand letters resembles none, and the distance costs the product of the lengths.
    if (name.size() > 64) return {};
    std::size_t least = std::max<std::size_t>(2, name.size() / 3) + 1;
    std::string_view best;
    for (const std::string_view candidate : known) {
        const std::size_t distance = edit_distance(name, candidate);
        if (distance < least && distance < candidate.size()) {
            least = distance;
            best = candidate;
        }
    }
    return best;
}

}  // namespace detail
}  // namespace tiphys
