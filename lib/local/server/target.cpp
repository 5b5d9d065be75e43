// SPDX-License-Identifier: Apache-2.0
#include "target.hpp"

#include <charconv>

#include "http.hpp"

namespace tiphys::local::server {
namespace {

int hex(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string decoded(std::string_view text, bool plus_is_blank) {
    std::string made;
    made.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_blank) {
            made += ' ';
        } else if (text[i] != '%') {
            made += text[i];
        } else {
            const int high = i + 2 < text.size() ? hex(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex(text[i + 2]) : -1;
            if (high < 0 || low < 0)
                throw Failure(code::invalid_argument, "invalid URL escape " + json_string(text.substr(i, 3)));
            made += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return made;
}

template <class Use>
void split(std::string_view text, char separator, Use use) {
    for (;;) {
        const std::size_t at = text.find(separator);
        use(text.substr(0, at));
        if (at == std::string_view::npos) return;
        text.remove_prefix(at + 1);
    }
}

}  // namespace

Target::Target(std::string_view text) {
    const std::size_t mark = text.find('?');
    raw_path_ = text.substr(0, mark);
    if (mark != std::string_view::npos) raw_query_ = text.substr(mark + 1);
    std::string_view path = raw_path_;
    if (path.starts_with('/')) path.remove_prefix(1);
    split(path, '/', [this](std::string_view part) { segments_.push_back(decoded(part, false)); });
    if (raw_query_.empty()) return;
    split(raw_query_, '&', [this](std::string_view part) {
        if (part.empty()) return;
        const std::size_t equals = part.find('=');
        query_.emplace_back(
            decoded(part.substr(0, equals), true),
            equals == std::string_view::npos ? std::string() : decoded(part.substr(equals + 1), true));
    });
}

std::string Target::clean_path() const {
    std::vector<std::string_view> kept;
    std::string_view last;
    split(raw_path_, '/', [&](std::string_view part) {
        last = part;
        if (part.empty() || part == ".") return;
        if (part == "..") {
            if (!kept.empty()) kept.pop_back();
        } else {
            kept.push_back(part);
        }
    });
    std::string made;
    for (const std::string_view part : kept) {
        made += '/';
        made += part;
    }
    if (made.empty() || last.empty()) made += '/';
    return made;
}

std::string_view Target::parameter(std::string_view name) const noexcept {
    for (auto at = query_.rbegin(); at != query_.rend(); ++at)
        if (at->first == name) return at->second;
    return {};
}

bool Target::has_parameter(std::string_view name) const noexcept {
    for (const auto& [key, value] : query_)
        if (key == name) return true;
    return false;
}

std::vector<std::string_view> Target::parameters(std::string_view name) const {
    std::vector<std::string_view> made;
    for (const auto& [key, value] : query_)
        if (key == name) made.push_back(value);
    return made;
}

bool Target::boolean(std::string_view name) const {
    if (!has_parameter(name)) return false;
    const std::string_view value = parameter(name);
    for (const char* yes : {"1", "t", "T", "TRUE", "true", "True"})
        if (value == yes) return true;
    for (const char* no : {"0", "f", "F", "FALSE", "false", "False"})
        if (value == no) return false;
    throw Failure(code::invalid_argument, std::string(name) + ": strconv.ParseBool: parsing " +
                                              json_string(value) + ": invalid syntax; write true or false");
}

std::optional<std::int64_t> Target::integer(std::string_view name) const {
    if (!has_parameter(name)) return std::nullopt;
    const std::string_view value = parameter(name);
    std::int64_t made = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), made);
    if (value.empty() || error == std::errc::invalid_argument || end != value.data() + value.size())
        throw Failure(code::invalid_argument, std::string(name) + ": strconv.ParseInt: parsing " +
                                                  json_string(value) +
                                                  ": invalid syntax; write a whole number");
    if (error == std::errc::result_out_of_range)
        throw Failure(code::invalid_argument, std::string(name) + ": strconv.ParseInt: parsing " +
                                                  json_string(value) + ": value out of range");
    return made;
}

}  // namespace tiphys::local::server
