// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/core/json.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <utility>

/// JSON values as expressions, for what Argo leaves free: the items of a loop, a plugin's object.
namespace tiphys {

namespace detail {

constexpr json to_json_value(json value) { return value; }
constexpr json to_json_value(std::nullptr_t) { return json(nullptr); }
template <std::size_t N>
constexpr json to_json_value(const char (&literal)[N]) {
    return json(std::string_view(literal, N - 1));
}
constexpr json to_json_value(std::string_view text) { return json(text); }
template <std::same_as<bool> Bool>
constexpr json to_json_value(Bool flag) {
    return json(flag);
}
template <std::integral Integer>
    requires(!std::same_as<Integer, bool>)
constexpr json to_json_value(Integer number) {
    return json(static_cast<std::int64_t>(number));
}

constexpr void add_members(json&) {}
template <class Value, class... Rest>
constexpr void add_members(json& to, std::string_view name, Value&& value, Rest&&... rest) {
    to.set(name, to_json_value(std::forward<Value>(value)));
    add_members(to, std::forward<Rest>(rest)...);
}

}  // namespace detail

/// An object of names and values that take turns: `json_object("image", "debian", "cores", 2)`. A value is
/// text, an integer, a boolean, `nullptr`, or another `json`; `number{"1.5"}` is any other number. Of two
/// values with one name the last counts.
template <class... NamesAndValues>
    requires(sizeof...(NamesAndValues) % 2 == 0)
constexpr json json_object(NamesAndValues&&... members) {
    json made = json::object();
    detail::add_members(made, std::forward<NamesAndValues>(members)...);
    return made;
}

/// An array: `json_array("a", 1, json_object())`.
template <class... Values>
constexpr json json_array(Values&&... values) {
    json made = json::array();
    (made.push_back(detail::to_json_value(std::forward<Values>(values))), ...);
    return made;
}

}  // namespace tiphys
