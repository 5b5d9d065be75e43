// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/expression/error.hpp>

#include <string_view>

namespace tiphys::expression {

/// Argo's `when`, after substitution: govaluate, with every variable token taken as text, so that
/// `{{steps.flip.outputs.result}} == heads` needs no quotes. Empty is true.
/// Errors: Argo's texts, `Invalid 'when' expression 'W': …`, `Failed to evaluate 'when' expresion 'W': …`
/// (sic), `Expected boolean evaluation for 'W'. Got V`. Limits: 1 MiB of text, 1,000 levels of parentheses.
/// Texts that look like dates are dates, in UTC.
bool evaluate_when(std::string_view expression);

/// The same for a CronWorkflow, which leaves variables unresolved: `foo == foo` fails, quotes are needed.
bool evaluate_cron_when(std::string_view expression);

}  // namespace tiphys::expression
