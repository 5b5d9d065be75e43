// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tiphys::client_detail {

/// When a schedule is due, in UTC, as Argo's controller works it out: fields of bits, one for each minute,
/// hour, day, month and weekday; a day is one of the month and one of the week if either is `*`, else one or
/// the other.
///
/// Source: robfig/cron v3, ParseStandard.
class CronTimes {
public:
    /// Errors: throws ClientError (invalid_argument) for what is no schedule, and for one of another time
    /// zone: what Linux knows of zones is not asked.
    explicit CronTimes(std::string_view schedule);

    /// The first time after that one; nothing if there is none within five years ("30 February").
    std::optional<std::chrono::sys_seconds> next(std::chrono::sys_seconds after) const;

private:
    struct Field {
        std::uint64_t bits = 0;
        bool any = false;  ///< `*`

        bool has(unsigned value) const noexcept { return (bits >> value & 1) != 0; }
    };

    static Field read(std::string_view items, std::size_t which);
    bool on(std::chrono::sys_days day) const;

    Field fields_[5];                ///< minute, hour, day of the month, month, day of the week
    std::chrono::seconds every_{0};  ///< of @every; else 0
};

/// Whether the zone, of a schedule or a spec, is UTC by one of its names. Argo's controller takes its own
/// zone where none is named, which is UTC in its image.
bool is_utc(std::string_view zone) noexcept;

}  // namespace tiphys::client_detail
