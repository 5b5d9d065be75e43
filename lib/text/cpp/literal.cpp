// SPDX-License-Identifier: Apache-2.0
#include "literal.hpp"

#include <algorithm>

namespace tiphys::detail::cpp {
namespace {

/// One character of the text: its bytes, and whether a source file can hold it as it is.
struct Character {
    std::size_t size;
    bool plain;
};

constexpr bool is_between(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

/// Blanks of another width, marks of direction, separators of lines: what they do cannot be seen.
constexpr bool is_hidden(char32_t c) {
    return is_between(c, 0x80, 0xa0) || c == 0xad || c == 0x61c || is_between(c, 0x200b, 0x200f) ||
           is_between(c, 0x2028, 0x202f) || is_between(c, 0x2060, 0x206f) || is_between(c, 0xd800, 0xdfff) ||
           c == 0xfeff || is_between(c, 0xfff0, 0xfffb) || c > 0x10ffff;
}

Character next(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return {1, first >= 0x20 && first != 0x7f};
    const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < size) return {1, false};
    char32_t c = first & (0xffu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return {1, false};
        c = (c << 6) | (byte(i) & 0x3fu);
    }
    const bool overlong = (size == 3 && c < 0x800) || (size == 4 && c < 0x10000);
    return overlong ? Character{1, false} : Character{size, !is_hidden(c)};
}

/// The character as it stands between quotes; `before` is what stands there already.
std::string escaped(std::string_view character, bool plain, std::string_view before) {
    if (character == "\"" || character == "\\") return "\\" + std::string(character);
    if (character == "\n") return "\\n";
    if (character == "\t") return "\\t";
    if (character == "\r") return "\\r";
    // "??=" would be a trigraph to compilers that know them, and a warning to the others.
    if (character == "?" && before.ends_with('?')) return "\\?";
    if (plain) return std::string(character);
    std::string made;
    for (const char c : character) {
        // Always three digits: what follows cannot be taken for a fourth.
        made += '\\';
        for (const int shift : {6, 3, 0})
            made += static_cast<char>('0' + ((static_cast<unsigned char>(c) >> shift) & 7));
    }
    return made;
}

}  // namespace

std::string quoted(std::string_view text) {
    std::string made = "\"";
    while (!text.empty()) {
        const Character one = next(text);
        made += escaped(text.substr(0, one.size), one.plain, made);
        text.remove_prefix(one.size);
    }
    return made + '"';
}

bool reads_raw(std::string_view text) {
    const std::size_t end = text.find('\n');
    if (end == text.npos || end + 1 == text.size()) return false;
    // Two short lines read well as they are.
    if (text.size() < 30 && std::count(text.begin(), text.end(), '\n') == 1) return false;
    for (char before = '\0'; !text.empty();) {
        const Character one = next(text);
        if (!one.plain && text[0] != '\n' && text[0] != '\t') return false;
        // Editors take away blanks at the ends of lines.
        if (text[0] == '\n' && (before == ' ' || before == '\t')) return false;
        before = text[0];
        text.remove_prefix(one.size);
    }
    return true;
}

std::string raw(std::string_view text) {
    std::string delimiter;
    for (std::size_t i = 0; text.find(")" + delimiter + "\"") != text.npos; ++i)
        delimiter = i == 0 ? "text" : "text" + std::to_string(i);
    return "R\"" + delimiter + "(" + std::string(text) + ")" + delimiter + "\"";
}

std::vector<std::string> pieces(std::string_view text, std::size_t width) {
    std::vector<std::string> made;
    std::string piece = "\"";
    std::size_t size = 1;
    // Where the piece can be cut best: behind its last blank, in bytes and in columns.
    std::size_t cut = 0;
    std::size_t cut_size = 0;
    const auto end_at = [&](std::size_t bytes, std::size_t taken) {
        made.push_back(piece.substr(0, bytes) + '"');
        piece = '"' + piece.substr(bytes);
        size = size - taken + 1;
        cut = cut_size = 0;
    };
    while (!text.empty()) {
        const Character one = next(text);
        const std::string_view character = text.substr(0, one.size);
        const std::string source = escaped(character, one.plain, piece);
        if (size > 1 && size + columns(source) + 1 > width) {
            if (cut > 1)
                end_at(cut, cut_size);
            else
                end_at(piece.size(), size);
        }
        piece += source;
        size += columns(source);
        text.remove_prefix(one.size);
        if (character == "\n" && !text.empty()) {
            end_at(piece.size(), size);
        } else if (character == " ") {
            cut = piece.size();
            cut_size = size;
        }
    }
    if (size > 1 || made.empty()) made.push_back(piece + '"');
    return made;
}

std::size_t columns(std::string_view source) {
    return static_cast<std::size_t>(
        std::count_if(source.begin(), source.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

}  // namespace tiphys::detail::cpp
