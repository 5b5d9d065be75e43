// SPDX-License-Identifier: Apache-2.0
#include "client/cron_times.hpp"

#include <tiphys/check/detail/cron_schedule.hpp>

#include <string>

#include "client/words.hpp"

namespace tiphys::client_detail {
namespace {

using std::chrono::sys_days;
using std::chrono::sys_seconds;

std::string_view descriptor(std::string_view name) {
    if (name == "@yearly" || name == "@annually") return "0 0 1 1 *";
    if (name == "@monthly") return "0 0 1 * *";
    if (name == "@weekly") return "0 0 * * 0";
    if (name == "@daily" || name == "@midnight") return "0 0 * * *";
    if (name == "@hourly") return "0 * * * *";
    return name;
}

/// Of a duration that the grammar has judged already: 1h30m, 1.5h. At least a second.
std::chrono::seconds period(std::string_view text) {
    double sum = 0;
    while (!text.empty()) {
        double value = 0;
        double scale = 0;
        while (!text.empty() && (detail::is_digit(text.front()) || text.front() == '.')) {
            if (text.front() == '.') {
                scale = 1;
            } else {
                value = value * 10 + (text.front() - '0');
                scale *= 10;
            }
            text.remove_prefix(1);
        }
        if (scale != 0) value /= scale;
        std::size_t size = 0;
        while (size < text.size() && !detail::is_digit(text[size]) && text[size] != '.') ++size;
        const std::string_view unit = text.substr(0, size);
        text.remove_prefix(size);
        sum += value * (unit == "h" ? 3600 : unit == "m" ? 60 : unit == "s" ? 1 : unit == "ms" ? 1e-3 : 0);
    }
    return std::chrono::seconds(sum < 1 ? 1 : sum > 1e9 ? 1'000'000'000 : static_cast<std::int64_t>(sum));
}

}  // namespace

bool is_utc(std::string_view zone) noexcept {
    for (const std::string_view name : {"", "UTC", "Etc/UTC", "GMT", "Etc/GMT", "Zulu", "UCT"})
        if (zone == name) return true;
    return false;
}

CronTimes::Field CronTimes::read(std::string_view items, std::size_t which) {
    const detail::cron_field& names = detail::cron_fields[which];
    Field field;
    while (!items.empty()) {
        const std::string_view item = detail::until(items, ',');
        items.remove_prefix(item.size() == items.size() ? item.size() : item.size() + 1);
        if (item.empty()) continue;
        const std::string_view range = detail::until(item, '/');
        const std::string_view from = detail::until(range, '-');
        const bool any = from == "*" || from == "?";
        int first = any ? names.least : detail::read_cron_number(from, names);
        int last = any ? names.most : first;
        if (!any && range.size() != from.size())
            last = detail::read_cron_number(range.substr(from.size() + 1), names);
        int step = 1;
        if (range.size() != item.size()) {
            step = detail::read_cron_number(item.substr(range.size() + 1), {"step", 0, 0, ""});
            if (range.size() == from.size()) last = names.most;
        }
        if (any && step == 1) field.any = true;
        for (; first <= last; first += step) field.bits |= std::uint64_t{1} << first;
    }
    return field;
}

CronTimes::CronTimes(std::string_view schedule) {
    const auto shown = [&] { return "the schedule \"" + one_line(schedule, 200) + "\""; };
    if (const str wrong = detail::cron_schedule_error(schedule); wrong.has_value())
        throw_invalid_argument(shown() + " is none: " + wrong.string());
    std::string_view rest = schedule;
    for (const std::string_view head : {"TZ=", "CRON_TZ="})
        if (rest.starts_with(head)) {
            const std::string_view zone = detail::until(rest.substr(head.size()), ' ');
            if (!is_utc(zone))
                throw_invalid_argument(shown() + " is one of the time zone \"" + one_line(zone, 100) +
                                       "\"; times are worked out for UTC only");
            rest.remove_prefix(head.size() + zone.size());
            while (!rest.empty() && detail::is_blank(rest.front())) rest.remove_prefix(1);
            break;
        }
    constexpr std::string_view every = "@every ";
    if (rest.starts_with(every)) {
        every_ = period(rest.substr(every.size()));
        return;
    }
    rest = descriptor(rest);
    for (std::size_t i = 0; i < 5; ++i) {
        while (!rest.empty() && detail::is_blank(rest.front())) rest.remove_prefix(1);
        std::size_t size = 0;
        while (size < rest.size() && !detail::is_blank(rest[size])) ++size;
        fields_[i] = read(rest.substr(0, size), i);
        rest.remove_prefix(size);
    }
}

bool CronTimes::on(sys_days day) const {
    const std::chrono::year_month_day date(day);
    if (!fields_[3].has(static_cast<unsigned>(date.month()))) return false;
    const bool of_month = fields_[2].has(static_cast<unsigned>(date.day()));
    const bool of_week = fields_[4].has(std::chrono::weekday(day).c_encoding());
    return fields_[2].any || fields_[4].any ? of_month && of_week : of_month || of_week;
}

std::optional<sys_seconds> CronTimes::next(sys_seconds after) const {
    if (every_.count() != 0) return after + every_;
    const sys_seconds from = std::chrono::floor<std::chrono::minutes>(after) + std::chrono::minutes(1);
    const sys_days first = std::chrono::floor<std::chrono::days>(from);
    for (sys_days day = first; day < first + std::chrono::days(5 * 366); day += std::chrono::days(1)) {
        if (!on(day)) continue;
        for (unsigned hour = 0; hour < 24; ++hour) {
            if (!fields_[1].has(hour)) continue;
            for (unsigned minute = 0; minute < 60; ++minute) {
                const sys_seconds time = day + std::chrono::hours(hour) + std::chrono::minutes(minute);
                if (time >= from && fields_[0].has(minute)) return time;
            }
        }
    }
    return std::nullopt;
}

}  // namespace tiphys::client_detail
