// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/expression/template.hpp>

#include <string>
#include <string_view>

#include "expressions.hpp"
#include "scope.hpp"

namespace tiphys::local::engine {

/// Which tags may stay as they are when the scope has no value for them.
enum class Unresolved {
    allowed,     ///< all
    references,  ///< all but those that begin with `steps.` or `tasks.`
    none
};

/// The JSON text with the tags of its strings replaced. Errors: ExpressionError with Argo's text.
std::string replace(std::string_view json, const Scope& scope, Unresolved unresolved);
/// The same in plain text.
std::string replace_text(std::string_view text, const Scope& scope, Unresolved unresolved);

/// Whether a text holds a tag at all.
inline bool has_tags(std::string_view text) { return has_tag(text); }

/// A boolean expression: of a hook, a retry strategy. Errors: ExpressionError.
bool evaluate_bool(std::string_view expression, const Scope& scope);

/// The variables as the expression library takes them.
local::Scope flat(const Scope& scope);

}  // namespace tiphys::local::engine
