// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on expressions and conditions: `{{=…}}`, `expression`, `when`. They take the grammars of the layer
/// expression, so only the running program judges them.
namespace tiphys::rule {

inline constexpr Rule expression_syntax{
    "expression.syntax",
    "An expression is one of expr-lang.",
    "Mend it; names with '-' stand in brackets: inputs.parameters['my-name'].",
    error,
    at_run_time,
    locally};
inline constexpr Rule expression_unknown_name{
    "expression.unknown-name",
    "An expression names something that is not in scope.",
    "Name something that exists where it is used, or guard it by ?? or ?..",
    error,
    at_run_time,
    locally};
inline constexpr Rule expression_unknown_function{
    "expression.unknown-function",
    "An expression calls a function that neither expr-lang nor Argo nor sprig has.",
    "Use one that exists.",
    error,
    at_run_time,
    locally};
inline constexpr Rule when_syntax{
    "when.syntax",
    "A `when` is a condition such as \"'{{steps.A.outputs.result}}' == 'yes'\".",
    "Mend it; texts with blanks or signs stand in quotes.",
    error,
    at_run_time,
    locally};
inline constexpr Rule when_boolean{"when.boolean",
                                   "A `when` is true or false.",
                                   "Compare something: \"'{{inputs.parameters.A}}' == 'yes'\".",
                                   error,
                                   at_run_time,
                                   locally};
inline constexpr Rule with_param_list{"with-param.list",
                                      "A withParam is a JSON list.",
                                      "Write [1, 2], or name an output that is a JSON list.",
                                      error,
                                      at_run_time,
                                      locally};

inline constexpr const Rule* expression_rules[] = {
    &expression_syntax, &expression_unknown_name, &expression_unknown_function, &when_syntax,
    &when_boolean,      &with_param_list};

}  // namespace tiphys::rule
