// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/names.hpp>

/// Texts that stand for something else: integers, durations, formats, references.
namespace tiphys::detail {

constexpr bool contains(std::string_view text, std::string_view part) noexcept {
    for (std::size_t i = 0; i + part.size() <= text.size(); ++i)
        if (same(text.data() + i, part.data(), part.size())) return true;
    return false;
}

/// Whether a text is only known once its `{{…}}` are replaced.
constexpr bool has_variable(std::string_view text) noexcept {
    for (std::size_t i = 0; i + 1 < text.size(); ++i)
        if (text[i] == '{' && text[i + 1] == '{') return true;
    return false;
}

/// strconv.Atoi, but for the range: `[+-]?[0-9]+`, at most 18 digits.
constexpr bool is_integer(std::string_view text) noexcept {
    std::size_t at = 0;
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) ++at;
    if (at == text.size() || text.size() - at > 18) return false;
    for (; at < text.size(); ++at)
        if (!is_digit(text[at])) return false;
    return true;
}

/// The size of Go's unit of time at the front of a text; 0: there is none.
constexpr std::size_t unit_size(std::string_view text) noexcept {
    if (text.empty()) return 0;
    const char second = text.size() > 1 ? text[1] : '\0';
    switch (text[0]) {
        case 'n':
        case 'u': return second == 's' ? 2 : 0;
        case 'm': return second == 's' ? 2 : 1;
        case 's':
        case 'h': return 1;
        case '\xc2': return text.size() > 2 && second == '\xb5' && text[2] == 's' ? 3 : 0;
        case '\xce': return text.size() > 2 && second == '\xbc' && text[2] == 's' ? 3 : 0;
        default: return 0;
    }
}

/// Go's time.ParseDuration, but for the range: "1h30m", "-1.5s", ".5s", "0".
constexpr bool is_go_duration(std::string_view text) noexcept {
    std::size_t at = 0;
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) ++at;
    if (text.size() - at == 1 && text[at] == '0') return true;
    if (at == text.size()) return false;
    while (at < text.size()) {
        std::size_t digits = 0;
        for (; at < text.size() && is_digit(text[at]); ++at) ++digits;
        if (at < text.size() && text[at] == '.')
            for (++at; at < text.size() && is_digit(text[at]); ++at) ++digits;
        if (digits == 0) return false;
        const std::size_t unit = unit_size(text.substr(at));
        if (unit == 0) return false;
        at += unit;
    }
    return true;
}

/// Argo's ParseStringToDuration: whole seconds, or Go's form.
constexpr bool is_duration(std::string_view text) noexcept {
    return is_integer(text) || is_go_duration(text);
}

/// Whether fmt.Sprintf(format, int) prints the integer once and nothing else but the text around it.
constexpr bool prints_one_integer(std::string_view format) noexcept {
    std::size_t verbs = 0;
    for (std::size_t at = 0; at < format.size(); ++at) {
        if (format[at] != '%') continue;
        ++at;
        while (at < format.size() && (format[at] == '+' || format[at] == '-' || format[at] == '#' ||
                                      format[at] == ' ' || format[at] == '0'))
            ++at;
        while (at < format.size() && is_digit(format[at])) ++at;
        if (at < format.size() && format[at] == '.')
            for (++at; at < format.size() && is_digit(format[at]); ++at) {
            }
        if (at == format.size()) return false;
        switch (format[at]) {
            case '%': break;
            case 'd':
            case 'b':
            case 'o':
            case 'O':
            case 'x':
            case 'X':
            case 'c':
            case 'q':
            case 'U':
            case 'v':
            case 'T': ++verbs; break;
            default: return false;
        }
    }
    return verbs == 1;
}

/// The name in a text that is one `{{name}}`, or the bare name; empty if the text is anything else.
constexpr std::string_view only_variable(std::string_view text) noexcept {
    if (text.size() >= 2 && text[0] == '{' && text[1] == '{') text.remove_prefix(2);
    if (text.size() >= 2 && text[text.size() - 1] == '}' && text[text.size() - 2] == '}')
        text.remove_suffix(2);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    // What an expression holds is its own affair.
    if (!text.empty() && text.front() == '=') return text;
    for (const char c : text)
        if (c == '{' || c == '}' || c == ' ' || c == '\n') return {};
    return text;
}

}  // namespace tiphys::detail
