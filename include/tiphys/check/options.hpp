// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rules.hpp>

namespace tiphys {

namespace detail {
[[noreturn]] void throw_unknown_rule(std::string_view id);
[[noreturn]] void throw_enforced_rule(std::string_view id);
}  // namespace detail

/// How strictly `validate` judges.
struct CheckOptions {
    /// As the server does when the workflow is created: its own arguments must have values. Without it they
    /// may still be given on submission, as `argo lint` has it.
    bool create = false;

    /// Switches a rule off.
    /// Errors: `std::invalid_argument` for an id that is no rule's, and for a rule that Argo enforces.
    constexpr CheckOptions& disable(std::string_view id) {
        const Rule* const found = find_rule(id);
        if (found == nullptr) detail::throw_unknown_rule(id);
        if (found->enforced != Enforced::by_tiphys) detail::throw_enforced_rule(id);
        disabled_.push_back(found);
        return *this;
    }
    constexpr bool disables(const Rule& rule) const noexcept {
        for (const Rule* one : disabled_)
            if (detail::same(one->id, rule.id)) return true;
        return false;
    }

private:
    list<const Rule*> disabled_;
};

}  // namespace tiphys
