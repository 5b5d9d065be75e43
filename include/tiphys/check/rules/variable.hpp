// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on `{{…}}`.
namespace tiphys::rule {

inline constexpr Rule variable_unknown{"variable.unknown", "A {{…}} names something that is not in scope.",
                                       "Name something that exists where it is used."};
inline constexpr Rule variable_not_ready{
    "variable.not-ready", "A {{…}} uses the result of a step or task that need not have finished before.",
    "Put it into a later group, or let the task depend on the other.", error, at_run_time};
inline constexpr Rule variable_unterminated{"variable.unterminated", "Every {{ needs a }}.", "Close it.",
                                            error, at_run_time};

inline constexpr Rule variable_literal{
    "variable.literal", "A {{…}} that is no variable of Argo stays in the text as it is.",
    "Write {{inputs.parameters.name}} if a parameter is meant; else nothing is wrong.", warning, by_tiphys};

inline constexpr const Rule* variable_rules[] = {&variable_unknown, &variable_not_ready,
                                                 &variable_unterminated, &variable_literal};

}  // namespace tiphys::rule
