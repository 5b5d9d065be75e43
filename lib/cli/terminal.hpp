// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <utility>

namespace tiphys::cli {

/// Whether standard output is a terminal that can move its cursor (TERM is not "dumb").
bool is_terminal() noexcept;
/// Rows and columns of it; 24 and 80 when it does not say.
std::pair<std::size_t, std::size_t> screen_size() noexcept;
/// Whether the locale of the environment is a UTF-8 one.
bool is_utf8_locale() noexcept;
/// Whether colours are wanted: see no-color.org.
bool wants_colour() noexcept;

}  // namespace tiphys::cli
