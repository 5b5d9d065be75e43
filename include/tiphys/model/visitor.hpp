// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/core/box.hpp>
#include <tiphys/core/json.hpp>

#include <cstdint>
#include <string_view>
#include <type_traits>

namespace tiphys {

/// Hears a model read aloud: one event for each value that is present, in the order of the JSON text.
///
/// `visit(visitor&, const model::X&)` of every model type produces the events, in the compiler and at run
/// time alike; the JSON and YAML writers and the walk over all strings are visitors.
/// Virtual rather than a template parameter: 425 types are then compiled once, not once per visitor.
class visitor {
public:
    /// The name of a member, of which the compiler need not count the characters.
    template <std::size_t N>
    constexpr void key(const char (&literal)[N]) {
        key(std::string_view(literal, N - 1));
    }

    constexpr virtual void begin_object() = 0;
    constexpr virtual void end_object() = 0;
    constexpr virtual void begin_array() = 0;
    constexpr virtual void end_array() = 0;
    /// The name of the next value.
    constexpr virtual void key(std::string_view name) = 0;
    /// The same for the key of a map, which is text of the model.
    constexpr virtual void map_key(std::string_view name) { key(name); }
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
                to.map_key(member.key.view());
                visit(to, member.value);
            }
            to.end_object();
            break;
    }
}

namespace detail {

/// How the members of a generated struct are read aloud; the headers called visit specialise it.
///
/// A class, not one overloaded function per struct: the compiler finds it without comparing two hundred
/// candidates, which made the header ten times as dear. Its function is a template so that only those who
/// call it pay for its body.
template <class T>
struct members;

template <class T>
inline constexpr bool is_leaf = false;
template <>
inline constexpr bool is_leaf<str> = true;
template <>
inline constexpr bool is_leaf<opt<bool>> = true;
template <>
inline constexpr bool is_leaf<opt<std::int64_t>> = true;
template <>
inline constexpr bool is_leaf<number> = true;
template <>
inline constexpr bool is_leaf<int_or_string> = true;
template <>
inline constexpr bool is_leaf<json> = true;

template <class T>
constexpr void visit_value(visitor& to, const T& value) {
    if constexpr (is_leaf<T>) {
        visit(to, value);
    } else {
        // At run time the code lies in the library, once for all users. The builtin, because g++ folds it
        // before it emits what the other branch needs; __builtin_is_constant_evaluated() is a call that lives
        // longer.
        if (__builtin_is_constant_evaluated())
            members<T>::each(to, value);
        else
            members<T>::each_at_run_time(to, value);
    }
}
template <class T>
constexpr void visit_value(visitor& to, const box<T>& value) {
    visit_value(to, *value);
}
template <class T>
constexpr void visit_value(visitor& to, const map<T>& value);
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
        to.map_key(entry.key.view());
        visit_value(to, entry.value);
    }
    to.end_object();
}

/// A member whose absence means that nothing is written.
template <class T>
constexpr void visit_member(visitor& to, const char* name, std::size_t size, const T& value) {
    if (!value.has_value()) return;
    to.key({name, size});
    visit_value(to, value);
}
/// An object that the schema requires: it is always there.
template <class T>
constexpr void visit_required(visitor& to, const char* name, std::size_t size, const T& value) {
    to.key({name, size});
    visit_value(to, value);
}
constexpr void visit_unknown(visitor& to, const box<json>& value) {
    if (!value) return;
    for (const auto& member : value->members()) {
        to.map_key(member.key.view());
        visit(to, member.value);
    }
}

}  // namespace detail

/// Reads a generated struct aloud: its members in the order in which people write them, then those that the
/// schema does not know. Also a list, a map, or a box that has a value.
///
/// The header of the struct's unit must be included: model.hpp, or generated/visit_requests.hpp or
/// generated/visit_events.hpp.
template <class T>
constexpr void visit(visitor& to, const T& value) {
    detail::visit_value(to, value);
}

}  // namespace tiphys
