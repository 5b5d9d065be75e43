// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace tiphys::detail {

/// The character at the start of a text.
struct Utf8 {
    char32_t code = 0;
    std::size_t size = 1;  ///< in bytes; 1 where it is not valid
    bool is_valid = false;
};

/// Preconditions: text is not empty. Overlong forms and surrogates are not valid.
constexpr Utf8 decode_utf8(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return {first, 1, true};
    const std::size_t size = first >= 0xf0 ? 4 : (first >= 0xe0 ? 3 : 2);
    if (first < 0xc2 || first > 0xf4 || text.size() < size) return {};
    char32_t code = first & (0xffu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return {};
        code = code << 6 | (byte(i) & 0x3fu);
    }
    const char32_t least = size == 2 ? 0x80 : (size == 3 ? 0x800 : 0x10000);
    if (code < least || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return {};
    return {code, size, true};
}

}  // namespace tiphys::detail
