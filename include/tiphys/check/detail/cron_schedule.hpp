// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/scalars.hpp>

/// The grammar of cron schedules, as Argo reads it (robfig/cron v3, ParseStandard):
///
///     [(TZ|CRON_TZ)=zone " "] (descriptor | minute hour day-of-month month day-of-week)
///     field := item ("," item)*      item := ("*" | "?" | a ["-" b]) ["/" step]
namespace tiphys::detail {

struct cron_field {
    std::string_view name;
    int least;
    int most;
    std::string_view names;  ///< of three letters each; the first stands for `least`
};
inline constexpr cron_field cron_fields[] = {{"minute", 0, 59, ""},
                                             {"hour", 0, 23, ""},
                                             {"day of the month", 1, 31, ""},
                                             {"month", 1, 12, "janfebmaraprmayjunjulaugsepoctnovdec"},
                                             {"day of the week", 0, 6, "sunmontuewedthufrisat"}};

constexpr bool is_blank(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr char lowered(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// A number, or the name of a month or day; -1: neither. Numbers of more than nine digits are none.
constexpr int read_cron_number(std::string_view text, const cron_field& field) noexcept {
    if (text.size() == 3)
        for (std::size_t i = 0; i < field.names.size(); i += 3)
            if (lowered(text[0]) == field.names[i] && lowered(text[1]) == field.names[i + 1] &&
                lowered(text[2]) == field.names[i + 2])
                return field.least + static_cast<int>(i / 3);
    // strconv.Atoi takes a plus sign.
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    if (text.empty() || text.size() > 9) return -1;
    int number = 0;
    for (const char c : text) {
        if (!is_digit(c)) return -1;
        number = number * 10 + (c - '0');
    }
    return number;
}

constexpr std::string_view until(std::string_view text, char mark) noexcept {
    std::size_t at = 0;
    while (at < text.size() && text[at] != mark) ++at;
    return text.substr(0, at);
}

/// What is wrong with an item of a field; empty: nothing.
constexpr str cron_item_error(std::string_view item, const cron_field& field) {
    const std::string_view range = until(item, '/');
    const std::string_view from = until(range, '-');
    const bool any = is(from, "*") || is(from, "?");
    int first = field.least;
    int last = field.most;
    const auto number = [&](std::string_view text, int& value) {
        value = read_cron_number(text, field);
        return value >= 0;
    };
    const auto bad = [&](std::string_view text, std::string_view why) {
        return joined("the ", field.name, " `", text, "` ", why);
    };
    if (!any) {
        if (!number(from, first)) return bad(from, "is no number or name");
        last = first;
    }
    if (range.size() != from.size()) {
        const std::string_view to = range.substr(from.size() + 1);
        // Argo overlooks what follows the '-' of `*-5`.
        if (!any) {
            if (until(to, '-').size() != to.size()) return bad(range, "is no range");
            if (!number(to, last)) return bad(to, "is no number or name");
        }
    }
    if (range.size() != item.size()) {
        const std::string_view step = item.substr(range.size() + 1);
        int value = 0;
        if (until(step, '/').size() != step.size()) return bad(item, "has two steps");
        constexpr cron_field plain{"step", 0, 0, ""};
        value = read_cron_number(step, plain);
        if (value < 0) return bad(item, "has a step that is no number");
        if (value == 0) return bad(item, "has a step of zero");
        if (range.size() == from.size()) last = field.most;
    }
    if (first < field.least || last > field.most)
        return joined("the ", field.name, " `", item, "` is not within ", text(field.least).view(), " and ",
                      text(field.most).view());
    if (first > last) return bad(item, "ends before it begins");
    return {};
}

/// What is wrong with a schedule; absent: nothing.
constexpr str cron_schedule_error(std::string_view schedule) {
    std::string_view rest = schedule;
    for (const std::string_view zone : {"TZ=", "CRON_TZ="})
        if (rest.size() >= zone.size() && same(rest.substr(0, zone.size()), zone)) {
            const std::string_view head = until(rest, ' ');
            if (head.size() == rest.size()) return "it has a time zone only";
            rest = rest.substr(head.size());
            while (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
            break;
        }
    if (rest.empty()) return "it is empty";
    if (rest.front() == '@') {
        nearest near(rest);
        for (const std::string_view known :
             {"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"}) {
            if (same(rest, known)) return {};
            near.offer(known);
        }
        constexpr std::string_view every = "@every ";
        if (rest.size() < every.size() || !same(rest.substr(0, every.size()), every))
            return joined("`", rest, "` is no descriptor", near.question().view());
        const std::string_view period = rest.substr(every.size());
        if (is_go_duration(period)) return {};
        return joined("`", period, "` is no duration such as 1h30m");
    }
    std::string_view fields[6];
    std::size_t count = 0;
    while (true) {
        while (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
        if (rest.empty()) break;
        std::size_t size = 0;
        while (size < rest.size() && !is_blank(rest[size])) ++size;
        if (count < 6) fields[count] = rest.substr(0, size);
        ++count;
        rest.remove_prefix(size);
    }
    if (count != 5)
        return joined("it has ", text(static_cast<std::int64_t>(count)).view(),
                      count == 1 ? " field" : " fields",
                      ", not five: minute, hour, day of the month, month, day of the week");
    for (std::size_t i = 0; i < 5; ++i) {
        std::string_view items = fields[i];
        while (!items.empty()) {
            const std::string_view item = until(items, ',');
            items.remove_prefix(item.size() == items.size() ? item.size() : item.size() + 1);
            // robfig splits with FieldsFunc: empty items between commas do not count.
            if (item.empty()) continue;
            if (str wrong = cron_item_error(item, cron_fields[i]); wrong.has_value()) return wrong;
        }
    }
    return {};
}

}  // namespace tiphys::detail
