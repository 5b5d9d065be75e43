// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/kubernetes.hpp>

namespace tiphys::detail {

/// The words of a label selector. Source: apimachinery, labels/selector.go.
class selector_words {
public:
    constexpr explicit selector_words(std::string_view text) : rest_(text) { next(); }

    constexpr std::string_view word() const noexcept { return word_; }  ///< empty: the end
    constexpr bool is_name() const noexcept { return !word_.empty() && !is_symbol(word_.front()); }
    constexpr std::string_view take() noexcept {
        const auto taken = word_;
        next();
        return taken;
    }

private:
    static constexpr bool is_symbol(char c) noexcept {
        return c == '=' || c == '!' || c == '(' || c == ')' || c == ',' || c == '>' || c == '<';
    }
    static constexpr bool is_space(char c) noexcept {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    constexpr void next() noexcept {
        while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
        std::size_t size = 0;
        if (rest_.empty()) {
        } else if (!is_symbol(rest_.front())) {
            while (size < rest_.size() && !is_symbol(rest_[size]) && !is_space(rest_[size])) ++size;
        } else {
            const bool equals = rest_.size() > 1 && rest_[1] == '=' && (rest_[0] == '=' || rest_[0] == '!');
            size = equals ? 2 : 1;
        }
        word_ = rest_.substr(0, size);
        rest_.remove_prefix(size);
    }

    std::string_view rest_;
    std::string_view word_;
};

/// What is wrong with a selector such as `status.succeeded > 0, !error, kind in (a, b)`; absent: nothing.
constexpr str selector_error(std::string_view text) {
    selector_words words(text);
    while (!words.word().empty()) {
        const bool absent = is(words.word(), "!");
        if (absent) words.take();
        if (!words.is_name()) return joined("a key is expected before `", words.word(), "`");
        const auto key = words.take();
        if (!is_label_key(key)) return joined("`", key, "` is no valid key");
        const auto sign = words.word();
        if (!absent && !sign.empty() && !is(sign, ",")) {
            words.take();
            if (is(sign, "in") || is(sign, "notin")) {
                if (!is(words.word(), "(")) return joined("( is expected after `", sign, "`");
                for (words.take(); !is(words.word(), ")");) {
                    if (words.word().empty()) return joined("the ( after `", sign, "` is not closed");
                    if (is(words.word(), ",")) {
                        words.take();
                        continue;
                    }
                    if (!words.is_name()) return joined("`", words.word(), "` stands among values");
                    const auto value = words.take();
                    if (!is_label_value(value)) return joined("`", value, "` is no valid value");
                    if (!words.word().empty() && !is(words.word(), ",") && !is(words.word(), ")"))
                        return joined("a comma is expected after `", value, "`");
                }
                words.take();
            } else if (is(sign, "=") || is(sign, "==") || is(sign, "!=") || is(sign, ">") || is(sign, "<")) {
                std::string_view value;
                if (words.is_name()) value = words.take();
                if ((is(sign, ">") || is(sign, "<")) && !is_integer(value))
                    return joined("`", sign, "` compares with an integer, not with `", value, "`");
                if (!is_label_value(value)) return joined("`", value, "` is no valid value");
            } else {
                return joined("`", sign, "` is no operator");
            }
        }
        if (words.word().empty()) break;
        if (!is(words.word(), ",")) return joined("a comma is expected before `", words.word(), "`");
        words.take();
        if (words.word().empty()) return "it ends with a comma";
    }
    return {};
}

}  // namespace tiphys::detail
