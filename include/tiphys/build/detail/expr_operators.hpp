// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/expr_type.hpp>

/// What every expression can be asked, and the operators that C++ and Argo share.
namespace tiphys::expr {

namespace detail {

template <Type Result, class... X>
constexpr Expr<Result, inside<X...>> make(str&& text, Strength strength, const X&... from) {
    return Expr<Result, inside<X...>>(std::move(text), strength, first_place(from...));
}

template <Type Result, class A, class B>
constexpr auto binary(const A& a, std::string_view sign, const B& b, Strength strength) {
    return make<Result>(infix(read(a), strength, sign, read(b), above(strength)), strength, a, b);
}

template <class A, class B>
constexpr auto compared(const A& a, std::string_view sign, const B& b) {
    return binary<Type::boolean>(a, sign, b, Strength::comparison);
}

}  // namespace detail

/// An expression of Argo's language (expr-lang) being put together: its text, with the parentheses that the
/// grammar wants, and what is known of its type. `Inside` ones hold `it()` and live only in a predicate.
///
/// As the value of a parameter it becomes `{{=…}}`; as any other text it is bare, as `expression` fields take
/// it; `.when()` gets the text of Argo's `when` (see `when_text`).
/// Errors: wrong types are compile errors; `std::invalid_argument` for a literal that the language lacks.
template <Type T, bool Inside>
class Expr : public detail::held_text<Inside> {
public:
    static constexpr Type type = T;

    constexpr Expr(str&& text, detail::Strength strength, const std::source_location& where = {})
        : detail::held_text<Inside>(std::move(text)), strength_(strength), where_(where) {}
    /// What is known of the type is forgotten, or promised.
    template <Type Other>
        requires(Other != T && (T == Type::any || Other == Type::any))
    constexpr Expr(const Expr<Other, Inside>& other)
        : Expr(str(other.text()), other.strength(), other.where()) {}

    /// The bare expression.
    constexpr std::string_view text() const { return this->held().view(); }
    constexpr detail::Strength strength() const { return strength_; }
    /// The line of the first literal in it that names something; unknown where there is none.
    constexpr const std::source_location& where() const { return where_; }

    /// `a.name`, `a['my-name']`
    constexpr Expr<Type::any, Inside> operator[](const word& name) const {
        static_assert(detail::fits(T, Type::map), "only a map has members with names");
        str base = primary();
        return {detail::member(base.view(), name.view()), detail::Strength::primary,
                where_.line() == 0 ? name.where() : where_};
    }
    /// `a[0]`, `a[-1]`, `a[b]`
    template <class I>
        requires((std::integral<I> && !std::same_as<I, bool>) || detail::is_expression<I>)
    constexpr Expr<Type::any, Inside || detail::is_inside<I>> operator[](const I& index) const {
        static_assert(T != Type::boolean && T != Type::number && T != Type::nil,
                      "only a list, a map or a text has elements");
        return detail::make<Type::any>(detail::joined(primary().view(), "[", detail::read(index).view(), "]"),
                                       detail::Strength::primary, *this, index);
    }
    /// `a?.name`: nil where `a` is nil, and so is all that follows.
    constexpr Expr<Type::any, Inside> maybe(const word& name) const {
        static_assert(detail::fits(T, Type::map), "only a map has members with names");
        str made = primary();
        made.append("?.");
        if (detail::is_identifier(name.view()))
            made.append(name.view());
        else
            made.append("[").append(detail::quoted(name.view()).view()).append("]");
        return {std::move(made), detail::Strength::primary, where_.line() == 0 ? name.where() : where_};
    }
    /// `a?.[0]`
    template <std::integral I>
    constexpr Expr<Type::any, Inside> maybe(I index) const {
        static_assert(detail::fits(T, Type::list), "only a list has elements");
        return {detail::joined(primary().view(), "?.[", tiphys::text(static_cast<std::int64_t>(index)).view(),
                               "]"),
                detail::Strength::primary, where_};
    }
    /// `a.Name(b)`: a method of a value of Go: `(now() - time).method("Seconds")`.
    template <detail::operand... X>
    constexpr Expr<Type::any, detail::inside<Expr, X...>> method(const word& name, const X&... x) const {
        str made = detail::joined(primary().view(), ".", name.view(), "(");
        bool first = true;
        ((made.append(first ? "" : ", "), first = false,
          detail::read(x).add_to(made, detail::Strength::conditional)),
         ...);
        made += ')';
        return detail::make<Type::any>(std::move(made), detail::Strength::primary, *this, x...);
    }

    /// `a[1:3]`; a negative number counts from the end.
    template <detail::operand From, detail::operand To>
    constexpr auto slice(const From& from, const To& to) const {
        return sliced(detail::read(from), detail::read(to), from, to);
    }
    /// `a[1:]`
    template <detail::operand From>
    constexpr auto slice_from(const From& from) const {
        return sliced(detail::read(from), none(), from);
    }
    /// `a[:3]`
    template <detail::operand To>
    constexpr auto slice_to(const To& to) const {
        return sliced(none(), detail::read(to), to);
    }

    /// `a ?? b`: b where a is nil, as the output of a skipped step.
    template <detail::operand X>
    constexpr auto value_or(const X& x) const {
        using detail::Strength;
        const bool chain = strength_ == Strength::coalesce;
        str made = detail::infix(detail::read(*this), chain ? Strength::coalesce : Strength::atom, " ?? ",
                                 detail::read(x), Strength::atom);
        return detail::make<detail::common(T, detail::type_of<X>())>(std::move(made), Strength::coalesce,
                                                                     *this, x);
    }

    /// `a in [1, 2]`, or a key of a map
    template <detail::operand X>
    constexpr auto in(const X& list) const {
        check_list<X>();
        return detail::compared(*this, " in ", list);
    }
    template <detail::operand X>
    constexpr auto not_in(const X& list) const {
        check_list<X>();
        return detail::compared(*this, " not in ", list);
    }
    /// Whether the text holds another.
    template <detail::operand X>
    constexpr auto contains(const X& text) const {
        return of_texts(" contains ", text);
    }
    /// Whether a regular expression finds something in the text. Source: Go's package regexp.
    template <detail::operand X>
    constexpr auto matches(const X& pattern) const {
        return of_texts(" matches ", pattern);
    }
    template <detail::operand X>
    constexpr auto starts_with(const X& text) const {
        return of_texts(" startsWith ", text);
    }
    template <detail::operand X>
    constexpr auto ends_with(const X& text) const {
        return of_texts(" endsWith ", text);
    }

private:
    static constexpr detail::part none() { return {std::string_view(), detail::Strength::primary}; }

    constexpr str primary() const {
        str made("");
        detail::read(*this).add_to(made, detail::Strength::primary);
        return made;
    }
    template <class... X>
    constexpr auto sliced(const detail::part& from, const detail::part& to, const X&... x) const {
        static_assert(detail::fits(T, Type::list) || T == Type::text, "only a list or a text can be sliced");
        static_assert((detail::fits(detail::type_of<X>(), Type::number) && ...), "a slice takes numbers");
        str made = primary();
        made += '[';
        from.add_to(made, detail::Strength::coalesce);
        made += ':';
        to.add_to(made, detail::Strength::coalesce);
        made += ']';
        return detail::make<T>(std::move(made), detail::Strength::primary, *this, x...);
    }
    template <class X>
    static constexpr void check_list() {
        constexpr Type found = detail::type_of<X>();
        static_assert(found == Type::any || found == Type::list || found == Type::map,
                      "`in` looks into a list or a map; into a text looks contains()");
    }
    template <class X>
    constexpr auto of_texts(std::string_view sign, const X& x) const {
        static_assert(detail::fits(T, Type::text) && detail::fits(detail::type_of<X>(), Type::text),
                      "contains, matches, starts_with and ends_with are of texts: convert with string(…)");
        return detail::compared(*this, sign, x);
    }

    detail::Strength strength_;
    std::source_location where_;
};

using Any = Expr<Type::any>;
using Bool = Expr<Type::boolean>;
using Number = Expr<Type::number>;
using Text = Expr<Type::text>;
using List = Expr<Type::list>;
using Map = Expr<Type::map>;

// The operators. One template each, so that a mistake is told in a sentence and not by a list of candidates.

template <class A, class B>
    requires detail::operands<A, B>
constexpr auto operator+(const A& a, const B& b) {
    constexpr Type left = detail::type_of<A>();
    constexpr Type right = detail::type_of<B>();
    static_assert(detail::fits(left, right) && (detail::fits(left, Type::number) || left == Type::text) &&
                      (detail::fits(right, Type::number) || right == Type::text),
                  "+ adds two numbers or joins two texts: convert with string(…), as_int(…) or as_float(…)");
    return detail::binary<detail::summed(left, right)>(a, " + ", b, detail::Strength::sum);
}

namespace detail {
template <class A, class B>
constexpr auto of_numbers(const A& a, std::string_view sign, const B& b, Strength strength) {
    static_assert(fits(type_of<A>(), Type::number) && fits(type_of<B>(), Type::number),
                  "arithmetic takes numbers: convert with as_int(…) or as_float(…)");
    return binary<numeric(type_of<A>(), type_of<B>())>(a, sign, b, strength);
}
}  // namespace detail

template <class A, class B>
    requires detail::operands<A, B>
constexpr auto operator-(const A& a, const B& b) {
    return detail::of_numbers(a, " - ", b, detail::Strength::sum);
}
template <class A, class B>
    requires detail::operands<A, B>
constexpr auto operator*(const A& a, const B& b) {
    return detail::of_numbers(a, " * ", b, detail::Strength::product);
}
/// The quotient of two integers may have a fraction.
template <class A, class B>
    requires detail::operands<A, B>
constexpr auto operator/(const A& a, const B& b) {
    return detail::of_numbers(a, " / ", b, detail::Strength::product);
}
/// Of integers alone.
template <class A, class B>
    requires detail::operands<A, B>
constexpr auto operator%(const A& a, const B& b) {
    return detail::of_numbers(a, " % ", b, detail::Strength::product);
}
/// `a ** b`
template <class A, class B>
    requires detail::operands<A, B>
constexpr auto pow(const A& a, const B& b) {
    using detail::Strength;
    static_assert(
        detail::fits(detail::type_of<A>(), Type::number) && detail::fits(detail::type_of<B>(), Type::number),
        "arithmetic takes numbers: convert with as_int(…) or as_float(…)");
    return detail::make<Type::number>(
        detail::infix(detail::read(a), Strength::atom, " ** ", detail::read(b), Strength::power),
        Strength::power, a, b);
}
template <class A>
    requires detail::is_expression<A>
constexpr auto operator-(const A& a) {
    using detail::Strength;
    static_assert(detail::fits(A::type, Type::number), "arithmetic takes numbers: convert with as_int(…)");
    str made("-");
    detail::read(a).add_to(made, Strength::atom);
    return detail::make<Type::number>(std::move(made), Strength::sign, a);
}
template <class A>
    requires detail::is_expression<A>
constexpr auto operator!(const A& a) {
    using detail::Strength;
    static_assert(detail::fits(A::type, Type::boolean), "! takes what is true or false: compare it first");
    str made("!");
    detail::read(a).add_to(made, Strength::atom);
    return detail::make<Type::boolean>(std::move(made), Strength::negation, a);
}

namespace detail {
template <class A, class B>
constexpr auto of_truths(const A& a, std::string_view sign, const B& b, Strength strength) {
    static_assert(fits(type_of<A>(), Type::boolean) && fits(type_of<B>(), Type::boolean),
                  "&& and || take what is true or false: compare it first");
    return binary<Type::boolean>(a, sign, b, strength);
}
template <class A, class B>
constexpr auto equality(const A& a, std::string_view sign, const B& b) {
    static_assert(
        fits(type_of<A>(), type_of<B>()) || type_of<A>() == Type::nil || type_of<B>() == Type::nil,
        "values of these two types are never equal: convert with string(…), as_int(…) or as_float(…)");
    return compared(a, sign, b);
}
template <class A, class B>
constexpr auto order(const A& a, std::string_view sign, const B& b) {
    constexpr Type left = type_of<A>();
    constexpr Type right = type_of<B>();
    static_assert(fits(left, right) && (fits(left, Type::number) || left == Type::text) &&
                      (fits(right, Type::number) || right == Type::text),
                  "only two numbers or two texts have an order: convert with as_int(…) or as_float(…)");
    // `a < b < c` would be `a < b && b < c`.
    return make<Type::boolean>(infix(read(a), Strength::range, sign, read(b), Strength::range),
                               Strength::comparison, a, b);
}
}  // namespace detail

template <class A, class B>
    requires detail::operands<A, B>
constexpr auto operator&&(const A& a, const B& b) {
    return detail::of_truths(a, " && ", b, detail::Strength::both);
}
template <class A, class B>
    requires detail::operands<A, B>
constexpr auto operator||(const A& a, const B& b) {
    return detail::of_truths(a, " || ", b, detail::Strength::either);
}
template <class A, class B>
    requires detail::operands<A, B>
constexpr auto operator==(const A& a, const B& b) {
    return detail::equality(a, " == ", b);
}
template <class A, class B>
    requires detail::operands<A, B>
constexpr auto operator!=(const A& a, const B& b) {
    return detail::equality(a, " != ", b);
}
template <class A, class B>
    requires detail::operands<A, B>
constexpr auto operator<(const A& a, const B& b) {
    return detail::order(a, " < ", b);
}
template <class A, class B>
    requires detail::operands<A, B>
constexpr auto operator<=(const A& a, const B& b) {
    return detail::order(a, " <= ", b);
}
template <class A, class B>
    requires detail::operands<A, B>
constexpr auto operator>(const A& a, const B& b) {
    return detail::order(a, " > ", b);
}
template <class A, class B>
    requires detail::operands<A, B>
constexpr auto operator>=(const A& a, const B& b) {
    return detail::order(a, " >= ", b);
}

}  // namespace tiphys::expr
