// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/core/box.hpp>
#include <tiphys/core/json.hpp>

#include <cstdint>
#include <string_view>

namespace tiphys {

/// Hears a model read aloud: one event for each value that is present, in the order of the JSON text.
///
/// The generated function `visit(visitor&, const model::X&)` of every model type produces the events, in the
/// compiler and at run time alike; the JSON and YAML writers and the walk over all strings are visitors.
/// Virtual rather than a template parameter: 425 types are then compiled once, not once per visitor.
class visitor {
public:
    constexpr virtual void begin_object() = 0;
    constexpr virtual void end_object() = 0;
    constexpr virtual void begin_array() = 0;
    constexpr virtual void end_array() = 0;
    /// The name of the next value. It is a literal for members, text of the model for the keys of a map.
    constexpr virtual void key(std::string_view name) = 0;
    constexpr virtual void string(std::string_view text) = 0;
    constexpr virtual void integer(std::int64_t value) = 0;
    constexpr virtual void boolean(bool value) = 0;
    /// A number in its source text.
    constexpr virtual void number(std::string_view literal) = 0;
    constexpr virtual void null() = 0;

protected:
    constexpr visitor() = default;
    constexpr visitor(const visitor&) = default;
    constexpr visitor& operator=(const visitor&) = default;
    constexpr ~visitor() = default;
};

constexpr void visit(visitor& to, const str& value) { to.string(value.view()); }
constexpr void visit(visitor& to, const opt<bool>& value) { to.boolean(*value); }
constexpr void visit(visitor& to, const opt<std::int64_t>& value) { to.integer(*value); }
constexpr void visit(visitor& to, const number& value) { to.number(value.literal.view()); }
constexpr void visit(visitor& to, const int_or_string& value) {
    if (value.is_int())
        to.integer(value.as_int());
    else
        to.string(value.as_str().view());
}
constexpr void visit(visitor& to, const json& value) {
    switch (value.kind()) {
        case json::type::absent:
        case json::type::null: to.null(); break;
        case json::type::boolean: to.boolean(value.as_boolean()); break;
        case json::type::number: to.number(value.as_text().view()); break;
        case json::type::string: to.string(value.as_text().view()); break;
        case json::type::array:
            to.begin_array();
            for (const json& item : value.items()) visit(to, item);
            to.end_array();
            break;
        case json::type::object:
            to.begin_object();
            for (const auto& member : value.members()) {
                to.key(member.key.view());
                visit(to, member.value);
            }
            to.end_object();
            break;
    }
}

namespace detail {

template <class T>
constexpr void visit_value(visitor& to, const T& value) {
    visit(to, value);
}
template <class T>
constexpr void visit_value(visitor& to, const box<T>& value) {
    visit(to, *value);
}
template <class T>
constexpr void visit_value(visitor& to, const list<T>& value) {
    to.begin_array();
    for (const T& item : value) visit_value(to, item);
    to.end_array();
}
template <class T>
constexpr void visit_value(visitor& to, const map<T>& value) {
    to.begin_object();
    for (const auto& entry : value) {
        to.key(entry.key.view());
        visit_value(to, entry.value);
    }
    to.end_object();
}

/// A member whose absence means that nothing is written.
template <class T>
constexpr void visit_member(visitor& to, std::string_view name, const T& value) {
    if (!value.has_value()) return;
    to.key(name);
    visit_value(to, value);
}
/// A member that the schema requires: its object is always there.
template <class T>
constexpr void visit_required(visitor& to, std::string_view name, const T& value) {
    to.key(name);
    visit_value(to, value);
}
constexpr void visit_unknown(visitor& to, const box<json>& value) {
    if (!value) return;
    for (const auto& member : value->members()) {
        to.key(member.key.view());
        visit(to, member.value);
    }
}

}  // namespace detail
}  // namespace tiphys
