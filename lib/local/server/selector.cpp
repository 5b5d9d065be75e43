// SPDX-License-Identifier: Apache-2.0
#include "selector.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "http.hpp"

namespace tiphys::local::server {
namespace {

bool is_word(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '/';
}

std::optional<std::int64_t> whole(std::string_view text) noexcept {
    std::int64_t made = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), made);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return made;
}

}  // namespace

class SelectorReader {
public:
    explicit SelectorReader(std::string_view text) : text_(text) {}

    void read(std::vector<LabelSelector::Requirement>& into) {
        blanks();
        while (at_ < text_.size()) {
            into.push_back(requirement());
            blanks();
            if (at_ == text_.size()) return;
            if (!take(',')) fail("expected ',' between requirements");
            blanks();
            if (at_ == text_.size()) fail("a requirement must follow ','");
        }
    }

private:
    using Operator = LabelSelector::Operator;

    LabelSelector::Requirement requirement() {
        if (take('!')) {
            blanks();
            return {key(), Operator::absent, {}};
        }
        LabelSelector::Requirement made{key(), Operator::exists, {}};
        blanks();
        if (take('=')) {
            take('=');
            made.operation = Operator::in;
            made.values.push_back(value());
        } else if (take('!')) {
            if (!take('=')) fail("expected '=' after '!'");
            made.operation = Operator::not_in;
            made.values.push_back(value());
        } else if (take('>') || take('<')) {
            made.operation = text_[at_ - 1] == '>' ? Operator::greater : Operator::less;
            made.values.push_back(value());
            if (!whole(made.values[0])) fail("'>' and '<' compare with a whole number");
        } else if (at_ < text_.size() && text_[at_] != ',') {
            const std::string word = this->word();
            if (word != "in" && word != "notin") fail("expected one of = == != in notin > <");
            made.operation = word == "in" ? Operator::in : Operator::not_in;
            blanks();
            if (!take('(')) fail("expected '(' after " + word);
            do made.values.push_back(value());
            while (take(','));
            if (!take(')')) fail("expected ')'");
        }
        return made;
    }
    std::string key() {
        std::string made = word();
        if (made.empty()) fail("a label key is missing");
        return made;
    }
    std::string value() {
        blanks();
        std::string made = word();
        blanks();
        return made;
    }
    std::string word() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && is_word(text_[at_])) ++at_;
        return std::string(text_.substr(begin, at_ - begin));
    }
    void blanks() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    }
    bool take(char c) {
        if (at_ == text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    [[noreturn]] void fail(const std::string& why) const {
        throw Failure(code::invalid_argument, "unable to parse requirement: label selector " +
                                                  json_string(text_) + ", character " +
                                                  std::to_string(at_ + 1) + ": " + why);
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

LabelSelector::LabelSelector(std::string_view text) { SelectorReader(text).read(requirements_); }

bool LabelSelector::matches(const map<str>& labels) const {
    return std::all_of(requirements_.begin(), requirements_.end(), [&](const Requirement& requirement) {
        const str* label = labels.find(requirement.key);
        const auto listed = [&] {
            return std::find(requirement.values.begin(), requirement.values.end(), label->view()) !=
                   requirement.values.end();
        };
        const auto number = [&] { return whole(label->view()); };
        switch (requirement.operation) {
            case Operator::exists: return label != nullptr;
            case Operator::absent: return label == nullptr;
            case Operator::in: return label != nullptr && listed();
            case Operator::not_in: return label == nullptr || !listed();
            case Operator::greater: return label && number() && *number() > *whole(requirement.values[0]);
            case Operator::less: return label && number() && *number() < *whole(requirement.values[0]);
        }
        return false;
    });
}

std::optional<std::int64_t> rfc3339(std::string_view text) noexcept {
    const auto digits = [&text](std::size_t count) -> int {
        if (text.size() < count) return -1;
        int made = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (text[i] < '0' || text[i] > '9') return -1;
            made = made * 10 + (text[i] - '0');
        }
        text.remove_prefix(count);
        return made;
    };
    const auto take = [&text](std::string_view any) {
        if (text.empty() || any.find(text[0]) == std::string_view::npos) return false;
        text.remove_prefix(1);
        return true;
    };
    const int year = digits(4);
    if (year < 0 || !take("-")) return std::nullopt;
    const int month = digits(2);
    if (month < 0 || !take("-")) return std::nullopt;
    const int day = digits(2);
    if (day < 0 || !take("Tt")) return std::nullopt;
    const int hour = digits(2);
    if (hour < 0 || hour > 23 || !take(":")) return std::nullopt;
    const int minute = digits(2);
    if (minute < 0 || minute > 59 || !take(":")) return std::nullopt;
    const int second = digits(2);
    if (second < 0 || second > 60) return std::nullopt;
    std::int64_t nanoseconds = 0;
    if (take(".")) {
        std::int64_t unit = 100'000'000;
        if (text.empty() || text[0] < '0' || text[0] > '9') return std::nullopt;
        for (; !text.empty() && text[0] >= '0' && text[0] <= '9'; text.remove_prefix(1), unit /= 10)
            nanoseconds += (text[0] - '0') * unit;
    }
    int offset = 0;
    if (!take("Zz")) {
        const bool west = !text.empty() && text[0] == '-';
        if (!take("+-")) return std::nullopt;
        const int hours = digits(2);
        if (hours < 0 || hours > 23 || !take(":")) return std::nullopt;
        const int minutes = digits(2);
        if (minutes < 0 || minutes > 59) return std::nullopt;
        offset = (west ? -1 : 1) * (hours * 60 + minutes);
    }
    namespace time = std::chrono;
    const time::year_month_day date{time::year(year), time::month(static_cast<unsigned>(month)),
                                    time::day(static_cast<unsigned>(day))};
    if (!text.empty() || !date.ok()) return std::nullopt;
    const auto seconds =
        time::sys_days(date) + time::hours(hour) + time::minutes(minute - offset) + time::seconds(second);
    return time::duration_cast<time::seconds>(seconds.time_since_epoch()).count() * 1'000'000'000 +
           nanoseconds;
}

}  // namespace tiphys::local::server
