// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/generated/workflow.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// How the command line writes: symbols, colours, widths, times.
namespace tiphys::cli {

struct Style {
    bool unicode = true;     ///< else ASCII only
    bool colour = false;     ///< ANSI colours
    std::size_t width = 80;  ///< columns; no line is longer
};

/// What a node or a workflow looks like at the moment.
enum class Look { succeeded, failed, running, waiting, not_run };

Look look_of(std::string_view phase, std::string_view node_type = {}) noexcept;
/// ✔ ✖ ● ◷ ○, or + x * ~ o.
std::string_view symbol(Look look, const Style& style) noexcept;
/// The text in the colour of the look, or as it is.
std::string coloured(std::string_view text, Look look, const Style& style);
std::string dimmed(std::string_view text, const Style& style);

/// Columns that UTF-8 text takes on a terminal.
std::size_t columns(std::string_view text) noexcept;
/// At most `width` columns of the text; what was cut ends in "…" ("..." in ASCII).
std::string cut(std::string_view text, std::size_t width, const Style& style);
/// Without what would move the cursor or change the terminal: control characters and escape sequences; line
/// breaks and tabs become blanks.
std::string harmless(std::string_view text);
/// ASCII stand-ins for the symbols of this program; anything else stays.
std::string to_ascii(std::string_view text);

/// Seconds since 1970 of a time as Argo writes it ("2026-01-31T12:00:00Z").
std::optional<std::int64_t> seconds_of(std::string_view time) noexcept;
/// "7s", "2m05s", "3h02m".
std::string duration_text(std::int64_t seconds);

}  // namespace tiphys::cli
