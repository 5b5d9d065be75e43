// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/expr_text.hpp>
#include <tiphys/core/word.hpp>

#include <concepts>
#include <type_traits>

namespace tiphys::expr {

/// What C++ knows of the value of an expression; `any` where only the run will tell.
enum class Type : std::uint8_t { any, boolean, number, text, list, map, nil };

template <Type T, bool Inside = false>
class Expr;

namespace detail {

/// Where the text lies. That of a predicate's inside, where `#` stands, is private: alone it is no
/// expression.
template <bool Inside>
class held_text : public str {
protected:
    constexpr explicit held_text(str&& text) : str(std::move(text)) {}
    constexpr const str& held() const { return *this; }
};
template <>
class held_text<true> : private str {
protected:
    constexpr explicit held_text(str&& text) : str(std::move(text)) {}
    constexpr const str& held() const { return *this; }
};

template <class X>
inline constexpr bool is_expression = false;
template <Type T, bool Inside>
inline constexpr bool is_expression<Expr<T, Inside>> = true;

template <class X>
inline constexpr bool is_inside = false;
template <Type T>
inline constexpr bool is_inside<Expr<T, true>> = true;

/// What may stand in an expression: another, or a constant.
template <class X>
concept operand = is_expression<X> || std::same_as<X, bool> || std::same_as<X, std::nullptr_t> ||
                  (std::integral<X> && !std::same_as<X, char>) || std::floating_point<X> ||
                  std::convertible_to<const X&, std::string_view>;

template <class X>
consteval Type type_of() {
    if constexpr (is_expression<X>)
        return X::type;
    else if constexpr (std::same_as<X, bool>)
        return Type::boolean;
    else if constexpr (std::same_as<X, std::nullptr_t>)
        return Type::nil;
    else if constexpr (std::integral<X> || std::floating_point<X>)
        return Type::number;
    else
        return Type::text;
}

template <class X>
constexpr part read(const X& x) {
    if constexpr (is_expression<X>)
        return {x.text(), x.strength()};
    else if constexpr (std::same_as<X, bool>)
        return constant(x);
    else if constexpr (std::same_as<X, std::nullptr_t>)
        return {std::string_view("nil"), Strength::atom};
    else if constexpr (std::integral<X>)
        return constant(static_cast<std::int64_t>(x));
    else if constexpr (std::floating_point<X>)
        return constant(static_cast<double>(x));
    else if constexpr (std::is_array_v<X>)
        return constant(std::string_view(x, sizeof x - 1));
    else
        return constant(std::string_view(x));
}

template <class X>
constexpr std::source_location place_of(const X& x) {
    if constexpr (is_expression<X>)
        return x.where();
    else if constexpr (std::same_as<X, word>)
        return x.where();
    else
        return {};
}
/// The first known of these lines.
template <class... X>
constexpr std::source_location first_place(const X&... x) {
    std::source_location found;
    ((found = found.line() == 0 ? place_of(x) : found), ...);
    return found;
}

consteval bool fits(Type given, Type wanted) {
    return given == wanted || given == Type::any || wanted == Type::any;
}
/// What both are, or `any`.
consteval Type common(Type a, Type b) { return a == b ? a : Type::any; }
/// An operation on two numbers; of two unknown ones the result, a duration for instance, is unknown.
consteval Type numeric(Type a, Type b) { return a == Type::any && b == Type::any ? Type::any : Type::number; }
consteval Type summed(Type a, Type b) { return a == Type::any ? b : a; }

template <class A, class B>
concept operands = (is_expression<A> || is_expression<B>) && operand<A> && operand<B>;

template <class... X>
inline constexpr bool inside = (is_inside<X> || ...);

}  // namespace detail
}  // namespace tiphys::expr
