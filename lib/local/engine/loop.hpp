// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/expression/template.hpp>
#include <tiphys/model/generated/workflow.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "expressions.hpp"
#include "scope.hpp"

namespace tiphys::local::engine {

/// The rounds of withItems, withParam or withSequence, whose texts are substituted already: their names,
/// "print(0:hello world)", and the variables item and item.*.
/// `executes` tells whether the step's `when` lets it run, for the case that the list cannot be read: the
/// error then does not matter. Errors: ExpressionError.
std::vector<ItemScope> rounds(std::string_view name, const list<json>& with_items, const str& with_param,
                              const box<model::Sequence>& with_sequence,
                              const std::function<bool()>& executes);

/// The JSON text of a step or task for one round.
std::string replace_round(const std::string& text, const ItemScope& round, const Scope& scope,
                          std::string_view when);

}  // namespace tiphys::local::engine
