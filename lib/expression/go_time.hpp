// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tiphys::expression {

struct GoTime {
    std::int64_t seconds = 0;  ///< since 1970, as time.Time.Unix()
    std::string shown;         ///< as `%v` prints it
};

/// A text in one of the formats that govaluate takes for a date; local time is UTC, as in Argo's image.
std::optional<GoTime> parse_date(std::string_view text);

}  // namespace tiphys::expression
