// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "style.hpp"

namespace tiphys::cli {

struct Cell {
    std::string text = {};
    std::optional<Look> look = {};
};

struct Table {
    std::vector<std::string> head;
    std::vector<std::vector<Cell>> rows;  ///< each as long as the head
};

/// Columns divided by three blanks, the last not filled up. An empty cell is "-", so that programs that split
/// lines at blanks find each column. With `terminal` no line is wider than the style's width.
std::string render_table(const Table& table, const Style& style, bool terminal);

/// "7s", "5m", "3h", "12d": how long ago something was.
std::string age_text(std::int64_t seconds);

}  // namespace tiphys::cli
