// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "utf8.hpp"
#include "yaml_scalar.hpp"
#include "yaml_writer.hpp"

namespace tiphys::detail {
namespace {

/// What libyaml reads back as it is, in any style, and does not take for a line break.
bool is_printable(char32_t c) {
    if (c < 0x80) return c == '\t' || (c >= 0x20 && c < 0x7f);
    if (c == 0x2028 || c == 0x2029 || c == 0xfeff) return false;
    return (c >= 0xa0 && c <= 0xd7ff) || (c >= 0xe000 && c <= 0xfffd) || c >= 0x10000;
}

bool is_any_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

/// A number, time or address of some YAML: more than any one reader takes for one.
bool resembles_number(std::string_view text) {
    std::string_view rest = text;
    if (is_any_of(rest.front(), "+-")) rest.remove_prefix(1);
    if (rest.starts_with('.')) rest.remove_prefix(1);
    if (rest.empty() || rest.front() < '0' || rest.front() > '9') return false;
    if (rest.size() > 1 && rest.front() == '0' && is_any_of(rest[1], "xXoObB")) return true;
    return rest.find_first_not_of("0123456789_+-.:eEtTzZ ") == std::string_view::npos;
}

bool resembles_word(std::string_view text) {
    constexpr std::array<std::string_view, 16> words{"y",     "n",     "yes",  "no", "on",   "off",
                                                     "true",  "false", "null", "~",  ".inf", "+.inf",
                                                     "-.inf", ".nan",  "=",    "<<"};
    if (text.size() > 5) return false;
    std::array<char, 5> lower{};
    std::transform(text.begin(), text.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return std::find(words.begin(), words.end(), std::string_view(lower.data(), text.size())) != words.end();
}

/// Of printable text.
bool needs_quotes(std::string_view text) {
    if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':') return true;
    const char first = text.front();
    if (is_any_of(first, "?:,[]{}#&*!|>'\"%@`")) return true;
    if (first == '-' && (text.size() == 1 || text[1] == ' ' || text.starts_with("---"))) return true;
    if (text.find('\t') != std::string_view::npos || text == "...") return true;
    for (std::size_t i = 0; i + 1 < text.size(); ++i)
        if ((text[i] == ':' && text[i + 1] == ' ') || (text[i] == ' ' && text[i + 1] == '#')) return true;
    return resembles_word(text) || resembles_number(text);
}

void append_hex(text_buffer& to, char32_t c) {
    constexpr std::string_view digits = "0123456789abcdef";
    const int width = c < 0x100 ? 2 : (c < 0x10000 ? 4 : 8);
    to.append(width == 2 ? "\\x" : (width == 4 ? "\\u" : "\\U"));
    for (int shift = 4 * (width - 1); shift >= 0; shift -= 4) to.push(digits[(c >> shift) & 0xf]);
}

void append_double_quoted(text_buffer& to, std::string_view text) {
    to.push('"');
    while (!text.empty()) {
        const Utf8 next = decode_utf8(text);
        if (!next.is_valid) {
            to.append("\xef\xbf\xbd");
        } else if (next.code == '"' || next.code == '\\') {
            to.push('\\');
            to.push(text.front());
        } else if (next.code == '\n') {
            to.append("\\n");
        } else if (next.code == '\t') {
            to.append("\\t");
        } else if (next.code == '\r') {
            to.append("\\r");
        } else if (!is_printable(next.code)) {
            append_hex(to, next.code);
        } else {
            to.append(text.substr(0, next.size));
        }
        text.remove_prefix(next.size);
    }
    to.push('"');
}

void append_single_quoted(text_buffer& to, std::string_view text) {
    to.push('\'');
    for (const char c : text) {
        if (c == '\'') to.push('\'');
        to.push(c);
    }
    to.push('\'');
}

bool all_printable(std::string_view text, bool with_line_breaks) {
    while (!text.empty()) {
        const Utf8 next = decode_utf8(text);
        if (!next.is_valid || !(is_printable(next.code) || (with_line_breaks && next.code == '\n')))
            return false;
        text.remove_prefix(next.size);
    }
    return true;
}

}  // namespace

void append_yaml_scalar(text_buffer& to, std::string_view text) {
    if (!all_printable(text, false))
        append_double_quoted(to, text);
    else if (!needs_quotes(text))
        to.append(text);
    else if (text.find_first_of("\"\\") != std::string_view::npos &&
             text.find('\t') == std::string_view::npos)
        append_single_quoted(to, text);
    else
        append_double_quoted(to, text);
}

bool fits_literal_block(std::string_view text) {
    return text.find('\n') != std::string_view::npos &&
           text.find_first_not_of('\n') != std::string_view::npos && all_printable(text, true);
}

}  // namespace tiphys::detail
