// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Texts as C++ literals.
namespace tiphys::detail::cpp {

/// `"…"`, with escapes where a source file cannot or should not hold a character as it is: quotes, control
/// characters, what is not UTF-8, and characters that change the direction or cannot be seen.
std::string quoted(std::string_view text);

/// True where the text reads best as a raw literal of several lines: a script, a manifest.
bool reads_raw(std::string_view text);

/// `R"(…)"`; with a delimiter where the text holds `)"`. Preconditions: reads_raw(text).
std::string raw(std::string_view text);

/// The text as `"…"` literals that follow each other, none wider than `width` where it can be helped: cut
/// behind line ends, else behind blanks.
std::vector<std::string> pieces(std::string_view text, std::size_t width);

/// Columns that a line of source takes: its characters.
std::size_t columns(std::string_view source);

}  // namespace tiphys::detail::cpp
