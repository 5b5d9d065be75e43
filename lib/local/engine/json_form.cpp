// SPDX-License-Identifier: Apache-2.0
#include "json_form.hpp"

#include <tiphys/expression/error.hpp>
#include <tiphys/model/generated/describe.hpp>
#include <tiphys/model/generated/visit.hpp>
#include <tiphys/text/text.hpp>

#include "expressions.hpp"

namespace tiphys::local::engine {

std::string to_text(const model::Template& value) { return to_json(value); }
std::string to_text(const model::WorkflowStep& value) { return to_json(value); }
std::string to_text(const model::DAGTask& value) { return to_json(value); }
std::string to_text(const model::Arguments& value) { return to_json(value); }
std::string to_text(const model::WorkflowSpec& value) { return to_json(value); }
std::string to_text(const list<model::Parameter>& value) { return to_json(value); }
std::string to_text(const json& value) { return to_json(value); }
std::string to_text(const map<str>& value) { return to_json(value); }

template <class T>
T from_text(std::string_view text) {
    try {
        // What people wrote was checked when it was read; substitution can only have changed values.
        return tiphys::read_json<T>(text, ReadOptions{.unknown_fields = UnknownFields::keep});
    } catch (const ReadError&) {
        // Go's quotes, which values are put in with, know escapes that JSON does not.
        throw ExpressionError("cannot finish template replacement because the result was invalid JSON");
    }
}
template model::Template from_text(std::string_view);
template model::WorkflowStep from_text(std::string_view);
template model::DAGTask from_text(std::string_view);
template model::Arguments from_text(std::string_view);
template model::WorkflowSpec from_text(std::string_view);
template json from_text(std::string_view);

}  // namespace tiphys::local::engine
