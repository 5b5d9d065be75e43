// SPDX-License-Identifier: Apache-2.0
#include "expr_text.hpp"

#include <tiphys/expression/go_text.hpp>

#include <boost/json/array.hpp>

#include <limits>
#include <optional>

namespace tiphys::expression::expr {
namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 20U;

void check_size(std::size_t bytes) {
    if (bytes > most_bytes) throw ExpressionError("memory budget exceeded");
}

std::size_t rune_length(std::string_view text, std::size_t at) {
    const std::size_t begin = at;
    decode_rune(text, at);
    return at - begin;
}

bool holds(std::string_view set, char32_t rune) {
    for (std::size_t at = 0; at < set.size();)
        if (decode_rune(set, at) == rune) return true;
    return false;
}

}  // namespace

std::vector<std::string> split(std::string_view text, std::string_view separator, std::int64_t most,
                               bool keep) {
    std::vector<std::string> out;
    if (most == 0) return out;
    const auto limit = most < 0 ? std::numeric_limits<std::size_t>::max() : static_cast<std::size_t>(most);
    if (separator.empty()) {  // into letters
        for (std::size_t at = 0; at < text.size();) {
            if (out.size() + 1 == limit) {
                out.emplace_back(text.substr(at));
                break;
            }
            const std::size_t length = rune_length(text, at);
            out.emplace_back(text.substr(at, length));
            at += length;
        }
        return out;
    }
    while (out.size() + 1 < limit) {
        const auto end = text.find(separator);
        if (end == std::string_view::npos) break;
        out.emplace_back(text.substr(0, keep ? end + separator.size() : end));
        text.remove_prefix(end + separator.size());
    }
    out.emplace_back(text);
    return out;
}

std::string replace(std::string_view text, std::string_view old, std::string_view fresh, std::int64_t most) {
    std::string out;
    std::int64_t count = 0;
    if (old.empty()) {  // before each letter and at the end
        std::size_t at = 0;
        for (; count != most; ++count) {
            out += fresh;
            if (at >= text.size()) return out;
            const std::size_t length = rune_length(text, at);
            out += text.substr(at, length);
            at += length;
            check_size(out.size());
        }
        return out.append(text.substr(at));
    }
    for (; count != most; ++count) {
        const auto found = text.find(old);
        if (found == std::string_view::npos) break;
        out.append(text.substr(0, found)).append(fresh);
        text.remove_prefix(found + old.size());
        check_size(out.size());
    }
    return out.append(text);
}

std::string trim_left(std::string_view text, std::string_view set) {
    while (!text.empty()) {
        std::size_t next = 0;
        if (!holds(set, decode_rune(text, next))) break;
        text.remove_prefix(next);
    }
    return std::string(text);
}

std::string trim_right(std::string_view text, std::string_view set) {
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size();)
        if (!holds(set, decode_rune(text, at))) end = at;
    return std::string(text.substr(0, end));
}

std::string trim(std::string_view text, std::string_view set) {
    return trim_right(trim_left(text, set), set);
}

boost::json::value to_value(const std::vector<std::string>& texts) {
    boost::json::array out;
    for (const std::string& text : texts) out.emplace_back(boost::json::string(text));
    return out;
}

boost::json::value to_value(std::string_view text) { return boost::json::string(text); }

namespace {
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
}

std::string base64(std::string_view bytes) {
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto byte = [&](std::size_t at) {
            return at < bytes.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at])) : 0U;
        };
        const std::uint32_t group = byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2);
        for (std::size_t j = 0; j < 4; ++j)
            out += i + j > bytes.size() ? '=' : alphabet[(group >> (18U - 6U * j)) & 0x3FU];
    }
    return out;
}

std::string from_base64(std::string_view text) {
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    std::size_t at = 0;
    const auto fail = [](std::size_t where) {
        return ExpressionError("illegal base64 data at input byte " + std::to_string(where));
    };
    std::size_t letters = 0;
    for (; at < text.size() && text[at] != '='; ++at) {
        if (text[at] == '\n' || text[at] == '\r') continue;
        const auto value = alphabet.find(text[at]);
        if (value == std::string_view::npos) throw fail(at);
        ++letters;
        bits = bits << 6U | static_cast<std::uint32_t>(value);
        if (++count == 4) {
            out += {static_cast<char>(bits >> 16U), static_cast<char>(bits >> 8U), static_cast<char>(bits)};
            count = 0;
        }
    }
    std::size_t padding = 0;
    for (std::size_t rest = at; rest < text.size(); ++rest) {
        if (text[rest] == '=')
            ++padding;
        else if (text[rest] != '\n' && text[rest] != '\r')
            throw fail(rest);
    }
    if (count == 1 || padding != static_cast<std::size_t>((4 - count) % 4))
        throw fail(padding == 0 ? letters - static_cast<std::size_t>(count) : at);
    if (count >= 2) out += static_cast<char>(count == 2 ? bits >> 4U : bits >> 10U);
    if (count == 3) out += static_cast<char>(bits >> 2U);
    return out;
}

namespace {

/// Calls `use` with each match as regexp's "all" functions find them: an empty one right after another is
/// left out.
template <class Use>
void each_match(const Regex& regex, std::string_view text, std::int64_t most, Use use) {
    std::size_t at = 0;
    std::size_t previous = Regex::npos;
    for (std::int64_t count = 0; at <= text.size() && count != most;) {
        const auto slots = regex.find(text, at);
        if (!slots) return;
        const std::size_t begin = (*slots)[0];
        const std::size_t end = (*slots)[1];
        if (end > begin || begin != previous) {
            use(*slots);
            ++count;
        }
        previous = end;
        at = end > at ? end : at < text.size() ? at + rune_length(text, at) : at + 1;
    }
}

void expand(std::string& out, const Regex& regex, std::string_view text, std::string_view with,
            const std::vector<std::size_t>& slots) {
    while (!with.empty()) {
        const auto dollar = with.find('$');
        out += with.substr(0, dollar);
        if (dollar == std::string_view::npos) return;
        with.remove_prefix(dollar + 1);
        if (!with.empty() && with.front() == '$') {
            out += '$';
            with.remove_prefix(1);
            continue;
        }
        const bool braces = !with.empty() && with.front() == '{';
        std::size_t end = braces ? 1 : 0;
        while (end < with.size() && (is_letter(static_cast<unsigned char>(with[end])) ||
                                     (with[end] >= '0' && with[end] <= '9') || with[end] == '_'))
            ++end;
        const std::string_view name = with.substr(braces ? 1 : 0, end - (braces ? 1 : 0));
        if (name.empty() || (braces && (end >= with.size() || with[end] != '}'))) {
            out += '$';  // malformed: the text itself
            continue;
        }
        with.remove_prefix(braces ? end + 1 : end);
        const auto number = parse_int(name);
        const auto group =
            number ? static_cast<std::size_t>(*number) : regex.group(name).value_or(Regex::npos);
        if (group <= regex.groups() && slots[2 * group] != Regex::npos)
            out += text.substr(slots[2 * group], slots[2 * group + 1] - slots[2 * group]);
        check_size(out.size());
    }
}

}  // namespace

std::vector<std::string> find_all(const Regex& regex, std::string_view text, std::int64_t most) {
    std::vector<std::string> out;
    each_match(regex, text, most,
               [&](const auto& slots) { out.emplace_back(text.substr(slots[0], slots[1] - slots[0])); });
    return out;
}

std::string replace_all(const Regex& regex, std::string_view text, std::string_view with, bool literal) {
    std::string out;
    std::size_t last = 0;
    each_match(regex, text, -1, [&](const auto& slots) {
        out += text.substr(last, slots[0] - last);
        if (literal)
            out += with;
        else
            expand(out, regex, text, with, slots);
        last = slots[1];
        check_size(out.size());
    });
    return out.append(text.substr(last));
}

std::vector<std::string> split_all(const Regex& regex, std::string_view text, std::int64_t most) {
    if (most == 0) return {};
    if (!regex.pattern().empty() && text.empty()) return {""};
    std::vector<std::string> out;
    std::size_t begin = 0;
    std::size_t end = 0;
    each_match(regex, text, most, [&](const auto& slots) {
        if (most > 0 && static_cast<std::int64_t>(out.size()) == most - 1) return;
        end = slots[0];
        if (slots[1] != 0) out.emplace_back(text.substr(begin, end - begin));
        begin = slots[1];
    });
    if (end != text.size()) out.emplace_back(text.substr(begin));
    return out;
}

}  // namespace tiphys::expression::expr
