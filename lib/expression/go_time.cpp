// SPDX-License-Identifier: Apache-2.0
#include "go_time.hpp"

#include <array>
#include <cstdio>

namespace tiphys::expression {
namespace {

bool digit(std::string_view text, std::size_t at) {
    return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

/// Reads one value by one of Go's reference layouts.
class DateReader {
public:
    DateReader(std::string_view layout, std::string_view value) : layout_(layout), value_(value) {}

    std::optional<GoTime> read() {
        while (!layout_.empty())
            if (!step()) return std::nullopt;
        if (!value_.empty()) return std::nullopt;
        if (afternoon_ && hour_ < 12)
            hour_ += 12;
        else if (morning_ && hour_ == 12)
            hour_ = 0;
        if (month_ < 1 || month_ > 12 || day_ < 1 || day_ > days_in_month()) return std::nullopt;
        GoTime out;
        out.seconds = days_since_epoch() * 86400 + hour_ * 3600 + minute_ * 60 + second_ - offset_;
        std::array<char, 96> buffer{};
        const int length = std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02d %02d:%02d:%02d", year_,
                                         month_, day_, hour_, minute_, second_);
        out.shown.assign(buffer.data(), static_cast<std::size_t>(length));
        fraction_.erase(fraction_.find_last_not_of('0') + 1);
        if (!fraction_.empty()) out.shown += '.' + fraction_;
        const int minutes = (offset_ < 0 ? -offset_ : offset_) / 60;
        std::snprintf(buffer.data(), buffer.size(), " %c%02d%02d ", offset_ < 0 ? '-' : '+', minutes / 60,
                      minutes % 60);
        out.shown += buffer.data();
        if (!zone_.empty())
            out.shown += zone_;
        else
            out.shown += offset_ == 0 ? "UTC" : out.shown.substr(out.shown.size() - 6, 5);
        return out;
    }

private:
    bool layout(std::string_view part) {
        if (layout_.substr(0, part.size()) != part) return false;
        layout_.remove_prefix(part.size());
        return true;
    }

    bool number(int& out, bool two, int most) {
        if (!digit(value_, 0) || (two && !digit(value_, 1))) return false;
        out = value_[0] - '0';
        value_.remove_prefix(1);
        if (digit(value_, 0)) {
            out = out * 10 + (value_[0] - '0');
            value_.remove_prefix(1);
        }
        return out <= most;
    }

    template <std::size_t Size>
    bool name(const std::array<std::string_view, Size>& names, int& out) {
        for (std::size_t i = 0; i < Size; ++i) {
            bool same = value_.size() >= 3;
            for (std::size_t j = 0; same && j < 3; ++j) same = (value_[j] | 0x20) == (names[i][j] | 0x20);
            if (same) {
                value_.remove_prefix(3);
                out = static_cast<int>(i) + 1;
                return true;
            }
        }
        return false;
    }

    void fraction() {
        if (value_.empty() || (value_[0] != '.' && value_[0] != ',') || !digit(value_, 1)) return;
        std::size_t end = 1;
        while (digit(value_, end)) ++end;
        fraction_ = value_.substr(1, end - 1 < 9 ? end - 1 : 9);
        value_.remove_prefix(end);
    }

    bool offset(bool zulu, bool colon) {
        if (zulu && !value_.empty() && value_[0] == 'Z') {
            value_.remove_prefix(1);
            return true;
        }
        if (value_.empty() || (value_[0] != '+' && value_[0] != '-')) return false;
        const int sign = value_[0] == '-' ? -1 : 1;
        value_.remove_prefix(1);
        int hours = 0;
        int minutes = 0;
        if (!number(hours, true, 24)) return false;
        if (colon) {
            if (value_.empty() || value_[0] != ':') return false;
            value_.remove_prefix(1);
        }
        if (!number(minutes, true, 59)) return false;
        offset_ = sign * (hours * 3600 + minutes * 60);
        return true;
    }

    bool zone() {
        std::size_t length = 0;
        while (length < value_.size() && value_[length] >= 'A' && value_[length] <= 'Z') ++length;
        if (length != 3 && !(length == 4 && value_[3] == 'T') && !(length == 5 && value_[4] == 'T'))
            return false;
        zone_ = value_.substr(0, length);
        value_.remove_prefix(length);
        return true;
    }

    bool step() {
        static constexpr std::array<std::string_view, 7> days{"Mon", "Tue", "Wed", "Thu",
                                                              "Fri", "Sat", "Sun"};
        static constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        int ignored = 0;
        if (layout("2006")) {
            if (!digit(value_, 0) || !digit(value_, 1) || !digit(value_, 2) || !digit(value_, 3))
                return false;
            year_ = 0;
            for (int i = 0; i < 4; ++i) year_ = year_ * 10 + (value_[static_cast<std::size_t>(i)] - '0');
            value_.remove_prefix(4);
            return true;
        }
        if (layout("Mon")) return name(days, ignored);
        if (layout("Jan")) return name(months, month_);
        if (layout("MST")) return zone();
        if (layout("01")) return number(month_, true, 12);
        if (layout("02")) return number(day_, true, 31);
        if (layout("_2")) {
            if (!value_.empty() && value_[0] == ' ') value_.remove_prefix(1);
            return number(day_, false, 31);
        }
        if (layout("15")) return number(hour_, false, 23);
        if (layout("3")) return number(hour_, false, 12);
        if (layout("04")) return number(minute_, true, 59);
        if (layout("05")) {
            if (!number(second_, true, 59)) return false;
            layout(".999999999");
            fraction();
            return true;
        }
        if (layout("PM")) {
            afternoon_ = value_.substr(0, 2) == "PM";
            morning_ = value_.substr(0, 2) == "AM";
            value_.remove_prefix(afternoon_ || morning_ ? 2 : 0);
            return afternoon_ || morning_;
        }
        if (layout("Z07:00")) return offset(true, true);
        if (layout("Z0700")) return offset(true, false);
        if (layout("-07:00")) return offset(false, true);
        if (layout("-0700")) return offset(false, false);
        const char wanted = layout_[0];
        layout_.remove_prefix(1);
        if (wanted == ' ') {
            if (!value_.empty() && value_[0] != ' ') return false;
            while (!value_.empty() && value_[0] == ' ') value_.remove_prefix(1);
            return true;
        }
        if (value_.empty() || value_[0] != wanted) return false;
        value_.remove_prefix(1);
        return true;
    }

    [[nodiscard]] bool leap() const { return year_ % 4 == 0 && (year_ % 100 != 0 || year_ % 400 == 0); }
    [[nodiscard]] int days_in_month() const {
        static constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        return days[static_cast<std::size_t>(month_ - 1)] + (month_ == 2 && leap() ? 1 : 0);
    }
    [[nodiscard]] std::int64_t days_since_epoch() const {
        std::int64_t days = day_ - 1;
        for (int month = 1; month < month_; ++month) {
            static constexpr std::array<int, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
            days += lengths[static_cast<std::size_t>(month - 1)] + (month == 2 && leap() ? 1 : 0);
        }
        const std::int64_t before = year_ - 1;
        // Floor division: the year 0 of a clock time without a date lies before the first leap rule.
        const auto over = [&](std::int64_t by) { return before >= 0 ? before / by : (before - by + 1) / by; };
        return days + before * 365 + over(4) - over(100) + over(400) - 719162;
    }

    std::string_view layout_;
    std::string_view value_;
    int year_ = 0, month_ = 1, day_ = 1, hour_ = 0, minute_ = 0, second_ = 0, offset_ = 0;
    bool afternoon_ = false, morning_ = false;
    std::string fraction_;
    std::string zone_;
};

}  // namespace

std::optional<GoTime> parse_date(std::string_view text) {
    static constexpr std::array<std::string_view, 13> layouts{"Mon Jan _2 15:04:05 2006",
                                                              "Mon Jan _2 15:04:05 MST 2006",
                                                              "Mon Jan 02 15:04:05 -0700 2006",
                                                              "3:04PM",
                                                              "2006-01-02T15:04:05Z07:00",
                                                              "2006-01-02",
                                                              "2006-01-02 15:04",
                                                              "2006-01-02 15:04:05",
                                                              "2006-01-02 15:04:05-07:00",
                                                              "2006-01-02T15Z0700",
                                                              "2006-01-02T15:04Z0700",
                                                              "2006-01-02T15:04:05Z0700",
                                                              "2006-01-02T15:04:05.999999999Z0700"};
    if (text.size() < 6 || text.size() > 64) return std::nullopt;
    for (const std::string_view layout : layouts)
        if (auto found = DateReader(layout, text).read()) return found;
    return std::nullopt;
}

}  // namespace tiphys::expression
