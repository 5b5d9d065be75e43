// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/core/json.hpp>
#include <tiphys/model/descriptor.hpp>

#include <initializer_list>
#include <span>
#include <string_view>

#include "expression.hpp"

/// Values of the model as builder code: the class of each struct, and a word for each of its properties.
///
/// Nothing here knows a property by name: names and forms follow from the descriptors, by the rules of the
/// builder's generated words.
namespace tiphys::detail::cpp {

/// What the code that was written needs.
struct Needs {
    bool k8s = false;     ///< value classes of Kubernetes' structs
    bool events = false;  ///< structs of Argo Events
    bool json = false;    ///< json_object, json_array
};

/// A scalar as the words take it: `"text"`, `3`, `true`.
Expression scalar(const json& value, const model::value_type& type, model::text_form text);

/// Any JSON value: `json_object("a", 1)`.
Expression free_json(const json& value, Needs& needs);

/// The value class of a struct, with all that is said of it: `RetryStrategy().limit(3)`.
Expression value_of(const json& value, const model::object_type& type, Needs& needs);

/// The model itself, filled by statements: where the class cannot say it.
Expression model_value(const json& value, const model::object_type& type);

/// `.word(…)` for a property; several where it is a list or a map, none where it is an empty one (which Argo
/// takes for an absent one).
void add_words(std::vector<Link>& to, const std::string& word, const json& value, const model::field& field,
               Needs& needs);

/// The words for all properties but those that were said otherwise.
void add_words(std::vector<Link>& to, const json& value, const model::object_type& type,
               std::span<const std::string_view> said, Needs& needs);
inline void add_words(std::vector<Link>& to, const json& value, const model::object_type& type,
                      std::initializer_list<std::string_view> said, Needs& needs) {
    add_words(to, value, type, std::span(said.begin(), said.size()), needs);
}

const model::field* find_field(const model::object_type& type, std::string_view name);
/// Errors: std::invalid_argument where the type has no such member.
const model::field& field_of(const model::object_type& type, std::string_view name);
/// The type that a box holds; any other type as it is.
const model::value_type& unboxed(const model::value_type& type);
/// The table of a struct, in a box or not. Preconditions: it is one.
const model::object_type& object_of(const model::value_type& type);

}  // namespace tiphys::detail::cpp
