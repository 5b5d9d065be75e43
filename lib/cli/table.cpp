// SPDX-License-Identifier: Apache-2.0
#include "table.hpp"

#include <algorithm>

namespace tiphys::cli {

std::string render_table(const Table& table, const Style& style, bool terminal) {
    std::vector<std::vector<Cell>> rows = table.rows;
    std::vector<std::size_t> widths;
    for (const std::string& title : table.head) widths.push_back(columns(title));
    for (auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (row[i].text.empty()) row[i] = {"-"};
            row[i].text = harmless(row[i].text);
            widths[i] = std::max(widths[i], columns(row[i].text));
        }
    std::string made;
    const auto add = [&](std::size_t n, const auto& text_of, const auto& paint) {
        std::size_t used = 0;
        for (std::size_t i = 0; i < n; ++i) {
            std::string text = text_of(i);
            const bool last = i + 1 == n;
            if (terminal) text = cut(text, style.width > used ? style.width - used : 0, style);
            const std::size_t width = columns(text);
            made += paint(i, text);
            const std::size_t gap = last ? 0 : widths[i] + 3 - width;
            used += width + gap;
            if (last || (terminal && used >= style.width)) break;
            made.append(gap, ' ');
        }
        made += '\n';
    };
    add(
        table.head.size(), [&](std::size_t i) { return table.head[i]; },
        [&](std::size_t, const std::string& text) { return dimmed(text, style); });
    for (const auto& row : rows)
        add(
            row.size(), [&](std::size_t i) { return row[i].text; },
            [&](std::size_t i, const std::string& text) {
                return row[i].look ? coloured(text, *row[i].look, style) : text;
            });
    return made;
}

std::string age_text(std::int64_t seconds) {
    seconds = std::max<std::int64_t>(seconds, 0);
    if (seconds < 60) return std::to_string(seconds) + "s";
    if (seconds < 3600) return std::to_string(seconds / 60) + "m";
    if (seconds < 2 * 86'400) return std::to_string(seconds / 3600) + "h";
    return std::to_string(seconds / 86'400) + "d";
}

}  // namespace tiphys::cli
