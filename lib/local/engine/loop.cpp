// SPDX-License-Identifier: Apache-2.0
#include "loop.hpp"

#include <tiphys/expression/error.hpp>
#include <tiphys/expression/go_format.hpp>
#include <tiphys/expression/when.hpp>

#include "expressions.hpp"
#include "json_form.hpp"
#include "substitution.hpp"

namespace tiphys::local::engine {

std::vector<ItemScope> rounds(std::string_view name, const list<json>& with_items, const str& with_param,
                              const box<model::Sequence>& with_sequence,
                              const std::function<bool()>& executes) {
    std::vector<ItemScope> made;
    if (!with_items.empty()) {
        for (const json& item : with_items) made.push_back(item_scope(to_text(item), name, made.size()));
        return made;
    }
    try {
        if (!with_param.empty()) {
            for (const std::string& item : parse_with_param(with_param))
                made.push_back(item_scope(item, name, made.size()));
            return made;
        }
        const model::Sequence& sequence = *with_sequence;
        for (const std::string& text : expand_sequence(sequence.start.to_text(), sequence.end.to_text(),
                                                       sequence.count.to_text(), sequence.format))
            made.push_back(item_scope(to_text(json(std::string_view(text))), name, made.size()));
    } catch (const ExpressionError&) {
        if (executes()) throw;
    }
    return made;
}

std::string replace_round(const std::string& text, const ItemScope& round, const Scope& scope,
                          std::string_view when) {
    bool runs = true;
    try {
        runs = evaluate_when(when);
    } catch (const ExpressionError&) {
        // It holds a tag of the item.
    }
    // What never runs may refer to what does not exist.
    Scope variables(&scope, !runs);
    for (const auto& variable : round.scope.values())
        if (const boost::json::string* const value = round.scope.text(variable.key()))
            variables.set(std::string(variable.key()), std::string(*value));
    return replace(text, variables, runs ? Unresolved::none : Unresolved::allowed);
}

}  // namespace tiphys::local::engine
