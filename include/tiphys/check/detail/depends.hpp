// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/names.hpp>

namespace tiphys::detail {

/// A word of a `depends`: a task, and the result that is asked of it.
struct depends_reference {
    std::string_view task;
    std::string_view result;  ///< empty for the bare name
};

/// What is wrong with a `depends`, if anything: the offset of the first byte that does not fit, and what was
/// expected.
struct depends_error {
    std::size_t offset = 0;
    std::string_view expected;  ///< empty: nothing is wrong
};

/// Reads `A && (B.Succeeded || !C.Failed)`.
///
///     or := and ("||" and)*      and := not ("&&" not)*      not := "!" not | "(" or ")" | task ["." result]
///
/// Calls `found(depends_reference)` for each word. Without recursion, so that its depth has no limit.
/// Source: workflow/common/ancestry.go; Argo takes every other word for a task.
template <class Found>
constexpr depends_error read_depends(std::string_view expression, Found found) {
    const char* const text = expression.data();
    const std::size_t size = expression.size();
    std::size_t open = 0;
    std::size_t at = 0;
    bool operand = true;
    while (at < size) {
        const char c = text[at];
        if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
            ++at;
        } else if (operand) {
            if (c == '!') {
                ++at;
            } else if (c == '(') {
                ++open;
                ++at;
            } else if (is_letter_or_digit(c)) {
                const std::size_t from = at;
                while (at < size &&
                       (characters.of[static_cast<unsigned char>(text[at])] & node_character) != 0)
                    ++at;
                depends_reference reference{{text + from, at - from}, {}};
                if (at < size && text[at] == '.') {
                    const std::size_t result = ++at;
                    while (at < size && is_letter(text[at])) ++at;
                    if (at == result) return {at, "a result such as Succeeded"};
                    reference.result = {text + result, at - result};
                }
                found(reference);
                operand = false;
            } else {
                return {at, "a task, `!` or `(`"};
            }
        } else if (c == ')') {
            if (open == 0) return {at, "no `)` without its `(`"};
            --open;
            ++at;
        } else if ((c == '&' || c == '|') && at + 1 < size && text[at + 1] == c) {
            at += 2;
            operand = true;
        } else {
            return {at, "`&&`, `||` or `)`"};
        }
    }
    if (operand) return {at, "a task"};
    if (open != 0) return {at, "`)`"};
    return {};
}

constexpr bool is_depends_result(std::string_view result) noexcept {
    return is(result, "Succeeded") || is(result, "Failed") || is(result, "Errored") ||
           is(result, "Skipped") || is(result, "Omitted") || is(result, "Daemoned") ||
           is(result, "AnySucceeded") || is(result, "AllFailed");
}

}  // namespace tiphys::detail
