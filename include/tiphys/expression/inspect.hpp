// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/expression/error.hpp>

#include <string>
#include <string_view>
#include <vector>

/// What can be said of a text before anything has a value.
namespace tiphys::expression {

/// What an expression reads and calls.
struct ExpressionUses {
    struct Name {
        /// `inputs.parameters.x`, as far as the text says it: of `steps[item].id` it is `steps`.
        std::string path;
        /// Whether more follows that only a value decides.
        bool open = false;
        /// Whether `??` or `?.` takes care that it may not be there.
        bool guarded = false;
        friend bool operator==(const Name&, const Name&) = default;
    };
    /// Each once, in the order of the text.
    std::vector<Name> names;
    /// Functions that neither expr-lang nor Argo nor sprig has.
    std::vector<std::string> unknown_functions;
    /// Literal paths of jsonpath() that are none, with the reason.
    std::vector<std::string> wrong_paths;
};

/// Parses an expression of expr-lang and says what it uses. Functions that Argo has and that
/// `evaluate_expression` refuses (dates, less common ones of sprig) are known.
/// Errors: the syntax errors of `evaluate_expression`, and its limits.
ExpressionUses inspect_expression(std::string_view expression);

/// Whether the text is a `when` that parses; tags must be replaced before.
/// Errors: `Invalid 'when' expression 'W': …`. Limits: those of `evaluate_when`.
void check_when(std::string_view expression);

/// Whether sprig, as Argo offers it, has the function.
bool is_sprig_function(std::string_view name);

}  // namespace tiphys::expression
