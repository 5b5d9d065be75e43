// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/expr_operators.hpp>

/// The functions of expr-lang and Argo, their names in snake_case; `_` behind those that C++ keeps for
/// itself. `upper(x)` is a call, `x | upper | split.with(",")` the same as a pipe.
namespace tiphys::expr {

namespace detail {

template <std::size_t N>
struct fixed_name {
    char text[N];
    constexpr fixed_name(const char (&literal)[N]) : text() {
        for (std::size_t i = 0; i < N; ++i) text[i] = literal[i];
    }
    constexpr std::string_view view() const { return {text, N - 1}; }
};

template <class... Parts>
constexpr void add_call(str& text, const Parts&... parts) {
    text += '(';
    bool first = true;
    ((text.append(first ? "" : ", "), first = false, parts.add_to(text, Strength::conditional)), ...);
    text += ')';
}

/// A function behind a `|`, with the arguments that follow the first.
template <class Function, bool Inside>
struct stage {
    str call;
};

/// What all functions share. `Result`: of what type it is; `Wanted`: of what types the arguments are, where
/// the last stands for all that follow if `Most` says so.
template <fixed_name Name, Type Result, std::size_t Least, std::size_t Most, Type... Wanted>
struct function {
    template <operand... X>
    constexpr auto operator()(const X&... x) const {
        check<X...>();
        str made(Name.view());
        add_call(made, read(x)...);
        return make<Result>(std::move(made), Strength::primary, x...);
    }

    /// The call behind a `|`, without its first argument.
    template <operand... X>
    constexpr auto with(const X&... x) const {
        static_assert(Name.view().find('.') == std::string_view::npos,
                      "behind a | stand functions of expr-lang and Argo; those of sprig are called");
        check<Expr<Type::any>, X...>();
        str made(Name.view());
        add_call(made, read(x)...);
        return stage<function, inside<X...>>{std::move(made)};
    }

    template <class First, bool Inside>
    static constexpr auto piped(const First& first, const stage<function, Inside>& last) {
        check_first<First>();
        using From = Expr<Type::any, Inside || is_inside<First>>;
        str made("");
        const bool chain = first.strength() == Strength::pipe;
        read(first).add_to(made, chain ? Strength::pipe : Strength::either);
        made.append(" | ").append(last.call.view());
        return Expr<Result, is_inside<From>>(std::move(made), Strength::pipe, first.where());
    }

private:
    template <class... X>
    static constexpr void check() {
        static_assert(sizeof...(X) >= Least, "the function takes more arguments");
        static_assert(sizeof...(X) <= Most, "the function takes fewer arguments");
        static_assert(all_fit<X...>(),
                      "an argument of the wrong type: convert with string(…), as_int(…) or as_float(…)");
    }
    template <class First>
    static constexpr void check_first() {
        static_assert(all_fit<First>(),
                      "an argument of the wrong type: convert with string(…), as_int(…) or as_float(…)");
    }
    template <class... X>
    static consteval bool all_fit() {
        [[maybe_unused]] constexpr Type wanted[] = {Wanted..., Type::any};
        [[maybe_unused]] std::size_t i = 0;
        bool fit = true;
        ((fit = fit && fits(type_of<X>(), wanted[i]), i += i < sizeof...(Wanted) ? 1 : 0), ...);
        return fit;
    }
};

template <class T>
inline constexpr bool is_function = false;
template <fixed_name Name, Type Result, std::size_t Least, std::size_t Most, Type... Wanted>
inline constexpr bool is_function<function<Name, Result, Least, Most, Wanted...>> = true;

inline constexpr std::size_t any_number = 1000;

/// A predicate; what begins with a brace would be read as one in braces.
template <class X>
constexpr part predicate(const X& x) {
    part body = read(x);
    if (body.strength() == Strength::let || body.view().starts_with('{'))
        body = part(joined("(", body.view(), ")"), Strength::primary);
    return body;
}

constexpr void add_behind_pipe(str& text) { text.append("()"); }
template <class Body, class... More>
constexpr void add_behind_pipe(str& text, const Body& body, const More&... more) {
    add_call(text, predicate(body), read(more)...);
}

/// A function that asks a predicate of each element, in which `it()` is the element.
/// `Body`: of what type the predicate is; `Least`: without a predicate, 1.
template <fixed_name Name, Type Result, Type Body, std::size_t Least = 2, std::size_t Most = 2,
          Type Third = Type::any>
struct predicate_function {
    template <operand A, operand B>
    constexpr auto operator()(const A& list, const B& body) const {
        static_assert(fits(type_of<A>(), Type::list), "the first argument is a list");
        static_assert(fits(type_of<B>(), Body),
                      "the predicate is of the wrong type: compare it() with something");
        str made(Name.view());
        add_call(made, read(list), predicate(body));
        return Expr<Result, is_inside<A>>(std::move(made), Strength::primary, first_place(list, body));
    }
    template <operand A>
        requires(Least == 1)
    constexpr auto operator()(const A& list) const {
        static_assert(fits(type_of<A>(), Type::list), "the first argument is a list");
        str made(Name.view());
        add_call(made, read(list));
        return Expr<Result, is_inside<A>>(std::move(made), Strength::primary, first_place(list));
    }
    template <operand A, operand B, operand C>
        requires(Most == 3)
    constexpr auto operator()(const A& list, const B& body, const C& third) const {
        static_assert(fits(type_of<A>(), Type::list), "the first argument is a list");
        static_assert(fits(type_of<B>(), Body), "the predicate is of the wrong type");
        static_assert(fits(type_of<C>(), Third), "the third argument is of the wrong type");
        str made(Name.view());
        add_call(made, read(list), predicate(body), read(third));
        return Expr<Result, inside<A, C>>(std::move(made), Strength::primary, first_place(list, body, third));
    }

    /// The call behind a `|`, with the predicate: `list | filter.with(it() > 1)`.
    template <operand... X>
        requires(sizeof...(X) + 1 >= Least && sizeof...(X) + 1 <= Most)
    constexpr auto with(const X&... x) const {
        str made(Name.view());
        add_behind_pipe(made, x...);
        return stage<predicate_function, false>{std::move(made)};
    }

    template <class First, bool Inside>
    static constexpr auto piped(const First& first, const stage<predicate_function, Inside>& last) {
        static_assert(fits(type_of<First>(), Type::list), "the first argument is a list");
        str made("");
        const bool chain = first.strength() == Strength::pipe;
        read(first).add_to(made, chain ? Strength::pipe : Strength::either);
        made.append(" | ").append(last.call.view());
        return Expr<Result, is_inside<First>>(std::move(made), Strength::pipe, first.where());
    }
};

}  // namespace detail

/// `a | f(b)`: f(a, b).
template <class A, class Function, bool Inside>
    requires detail::is_expression<A>
constexpr auto operator|(const A& a, const detail::stage<Function, Inside>& stage) {
    return Function::piped(a, stage);
}
template <class A, class Function>
    requires(detail::is_expression<A> && detail::is_function<Function>)
constexpr auto operator|(const A& a, const Function& function) {
    return Function::piped(a, function.with());
}

/// A constant where C++ would take the operands for its own: `constant("a") + "b"`.
template <detail::operand X>
constexpr auto constant(const X& x) {
    const detail::part part = detail::read(x);
    return detail::make<detail::type_of<X>()>(str(part.view()), part.strength(), x);
}
inline constexpr std::nullptr_t nil = nullptr;

/// `[1, 2, 3]`
template <detail::operand... X>
constexpr auto list_of(const X&... x) {
    str made("[");
    bool first = true;
    ((made.append(first ? "" : ", "), first = false,
      detail::read(x).add_to(made, detail::Strength::conditional)),
     ...);
    made += ']';
    return detail::make<Type::list>(std::move(made), detail::Strength::primary, x...);
}

namespace detail {
template <class Key, class Value, class... More>
constexpr void add_members(str& text, const Key& key, const Value& value, const More&... more) {
    static_assert(fits(type_of<Key>(), Type::text), "the key of a map is a text");
    const part name = read(key);
    if constexpr (is_expression<Key>)
        text.append("(").append(name.view()).append(")");
    else
        text.append(name.view());
    text.append(": ");
    read(value).add_to(text, Strength::conditional);
    if constexpr (sizeof...(More) > 0) {
        text.append(", ");
        add_members(text, more...);
    }
}
}  // namespace detail

/// `{'a': 1, 'b': 2}` of keys and values in turn.
template <detail::operand... X>
    requires(sizeof...(X) % 2 == 0)
constexpr auto map_of(const X&... keys_and_values) {
    str made("{");
    if constexpr (sizeof...(X) > 0) detail::add_members(made, keys_and_values...);
    detail::close_brace(made);
    return detail::make<Type::map>(std::move(made), detail::Strength::primary, keys_and_values...);
}

/// `1..3`: the list [1, 2, 3].
template <detail::operand A, detail::operand B>
constexpr auto range(const A& first, const B& last) {
    using detail::Strength;
    static_assert(
        detail::fits(detail::type_of<A>(), Type::number) && detail::fits(detail::type_of<B>(), Type::number),
        "a range is of numbers");
    return detail::make<Type::list>(
        detail::infix(detail::read(first), Strength::sign, "..", detail::read(last), Strength::sign),
        Strength::range, first, last);
}

/// `condition ? a : b`
template <detail::operand C, detail::operand A, detail::operand B>
constexpr auto conditional(const C& condition, const A& a, const B& b) {
    using detail::Strength;
    static_assert(detail::fits(detail::type_of<C>(), Type::boolean), "a condition is true or false");
    str made("");
    detail::read(condition).add_to(made, Strength::either);
    made.append(" ? ");
    detail::read(a).add_to(made, Strength::coalesce);
    made.append(" : ");
    const detail::part otherwise = detail::read(b);
    otherwise.add_to(
        made, otherwise.strength() == Strength::conditional ? Strength::conditional : Strength::coalesce);
    return detail::make<detail::common(detail::type_of<A>(), detail::type_of<B>())>(
        std::move(made), Strength::conditional, condition, a, b);
}

/// `let name = value; body`, where `body` is a function of the variable.
/// Errors: `std::invalid_argument` for a name that Argo refuses.
template <detail::operand X, class Body>
constexpr auto let(const word& name, const X& x, const Body& body) {
    using detail::Strength;
    if (!detail::is_identifier(name.view()) || detail::is_reserved(name.view()))
        throw std::invalid_argument(
            "tiphys::expr: the name of a variable is a letter and letters, digits and _");
    const Expr<detail::type_of<X>(), detail::is_inside<X>> variable(str(name.view()), Strength::primary,
                                                                    name.where());
    const auto inner = body(variable);
    str made = detail::joined("let ", name.view(), " = ");
    detail::read(x).add_to(made, Strength::conditional);
    made.append("; ").append(inner.text());
    return Expr<std::remove_cvref_t<decltype(inner)>::type,
                detail::inside<X, std::remove_cvref_t<decltype(inner)>>>(std::move(made), Strength::let,
                                                                         detail::first_place(x, inner));
}

/// The element that a predicate is asked of: `#`.
constexpr Expr<Type::any, true> it() { return {str("#"), detail::Strength::primary}; }
/// Its index, in `map` alone: `#index`.
constexpr Expr<Type::number, true> it_index() { return {str("#index"), detail::Strength::primary}; }
/// What `reduce` has so far: `#acc`.
constexpr Expr<Type::any, true> acc() { return {str("#acc"), detail::Strength::primary}; }

// Each line: the name, the type of the result, least and most arguments, their types.
// Source: expr-lang's builtin.go, Argo's util/expr/env.

inline constexpr detail::predicate_function<"all", Type::boolean, Type::boolean> all{};
inline constexpr detail::predicate_function<"none", Type::boolean, Type::boolean> none{};
inline constexpr detail::predicate_function<"any", Type::boolean, Type::boolean> any{};
inline constexpr detail::predicate_function<"one", Type::boolean, Type::boolean> one{};
inline constexpr detail::predicate_function<"filter", Type::list, Type::boolean> filter{};
inline constexpr detail::predicate_function<"map", Type::list, Type::any> map{};
inline constexpr detail::predicate_function<"find", Type::any, Type::boolean> find{};
inline constexpr detail::predicate_function<"findIndex", Type::any, Type::boolean> find_index{};
inline constexpr detail::predicate_function<"findLast", Type::any, Type::boolean> find_last{};
inline constexpr detail::predicate_function<"findLastIndex", Type::any, Type::boolean> find_last_index{};
inline constexpr detail::predicate_function<"count", Type::number, Type::boolean, 1> count{};
inline constexpr detail::predicate_function<"sum", Type::number, Type::number, 1> sum{};
inline constexpr detail::predicate_function<"groupBy", Type::map, Type::any> group_by{};
inline constexpr detail::predicate_function<"sortBy", Type::list, Type::any, 2, 3, Type::text> sort_by{};
inline constexpr detail::predicate_function<"reduce", Type::any, Type::any, 2, 3> reduce{};

inline constexpr detail::function<"len", Type::number, 1, 1, Type::any> len{};
inline constexpr detail::function<"type", Type::text, 1, 1, Type::any> type{};
inline constexpr detail::function<"abs", Type::number, 1, 1, Type::number> abs{};
inline constexpr detail::function<"ceil", Type::number, 1, 1, Type::number> ceil{};
inline constexpr detail::function<"floor", Type::number, 1, 1, Type::number> floor{};
inline constexpr detail::function<"round", Type::number, 1, 1, Type::number> round{};
inline constexpr detail::function<"int", Type::number, 1, 1, Type::any> int_{};
inline constexpr detail::function<"float", Type::number, 1, 1, Type::any> float_{};
inline constexpr detail::function<"string", Type::text, 1, 1, Type::any> string{};
inline constexpr detail::function<"asInt", Type::number, 1, 1, Type::any> as_int{};
inline constexpr detail::function<"asFloat", Type::number, 1, 1, Type::any> as_float{};
inline constexpr detail::function<"max", Type::any, 1, detail::any_number, Type::any> max{};
inline constexpr detail::function<"min", Type::any, 1, detail::any_number, Type::any> min{};
inline constexpr detail::function<"mean", Type::number, 1, detail::any_number, Type::any> mean{};
inline constexpr detail::function<"median", Type::number, 1, detail::any_number, Type::any> median{};
inline constexpr detail::function<"bitand", Type::number, 2, 2, Type::number, Type::number> bit_and{};
inline constexpr detail::function<"bitor", Type::number, 2, 2, Type::number, Type::number> bit_or{};
inline constexpr detail::function<"bitxor", Type::number, 2, 2, Type::number, Type::number> bit_xor{};
inline constexpr detail::function<"bitnand", Type::number, 2, 2, Type::number, Type::number> bit_nand{};
inline constexpr detail::function<"bitnot", Type::number, 1, 1, Type::number> bit_not{};
inline constexpr detail::function<"bitshl", Type::number, 2, 2, Type::number, Type::number> bit_shl{};
inline constexpr detail::function<"bitshr", Type::number, 2, 2, Type::number, Type::number> bit_shr{};
inline constexpr detail::function<"bitushr", Type::number, 2, 2, Type::number, Type::number> bit_ushr{};

inline constexpr detail::function<"trim", Type::text, 1, 2, Type::text, Type::text> trim{};
inline constexpr detail::function<"trimPrefix", Type::text, 1, 2, Type::text, Type::text> trim_prefix{};
inline constexpr detail::function<"trimSuffix", Type::text, 1, 2, Type::text, Type::text> trim_suffix{};
inline constexpr detail::function<"upper", Type::text, 1, 1, Type::text> upper{};
inline constexpr detail::function<"lower", Type::text, 1, 1, Type::text> lower{};
inline constexpr detail::function<"split", Type::list, 2, 3, Type::text, Type::text, Type::number> split{};
inline constexpr detail::function<"splitAfter", Type::list, 2, 3, Type::text, Type::text, Type::number>
    split_after{};
inline constexpr detail::function<"replace", Type::text, 3, 4, Type::text, Type::text, Type::text,
                                  Type::number>
    replace{};
inline constexpr detail::function<"repeat", Type::text, 2, 2, Type::text, Type::number> repeat{};
inline constexpr detail::function<"join", Type::text, 1, 2, Type::list, Type::text> join{};
inline constexpr detail::function<"indexOf", Type::number, 2, 2, Type::text, Type::text> index_of{};
inline constexpr detail::function<"lastIndexOf", Type::number, 2, 2, Type::text, Type::text> last_index_of{};
inline constexpr detail::function<"hasPrefix", Type::boolean, 2, 2, Type::text, Type::text> has_prefix{};
inline constexpr detail::function<"hasSuffix", Type::boolean, 2, 2, Type::text, Type::text> has_suffix{};

/// JSON in one line: Argo's toJson, which withParam needs.
inline constexpr detail::function<"toJson", Type::text, 1, 1, Type::any> to_json{};
/// JSON indented by two spaces: expr-lang's toJSON.
inline constexpr detail::function<"toJSON", Type::text, 1, 1, Type::any> to_indented_json{};
inline constexpr detail::function<"fromJSON", Type::any, 1, 1, Type::text> from_json{};
inline constexpr detail::function<"jsonpath", Type::any, 2, 2, Type::text, Type::text> jsonpath{};
inline constexpr detail::function<"toBase64", Type::text, 1, 1, Type::text> to_base64{};
inline constexpr detail::function<"fromBase64", Type::text, 1, 1, Type::text> from_base64{};

inline constexpr detail::function<"now", Type::any, 0, 1, Type::any> now{};
inline constexpr detail::function<"duration", Type::any, 1, 1, Type::text> duration{};
inline constexpr detail::function<"date", Type::any, 1, 3, Type::text, Type::text, Type::text> date{};
inline constexpr detail::function<"timezone", Type::any, 1, 1, Type::text> timezone{};

inline constexpr detail::function<"first", Type::any, 1, 1, Type::any> first{};
inline constexpr detail::function<"last", Type::any, 1, 1, Type::any> last{};
inline constexpr detail::function<"get", Type::any, 2, 2, Type::any, Type::any> get{};
inline constexpr detail::function<"take", Type::list, 2, 2, Type::list, Type::number> take{};
inline constexpr detail::function<"keys", Type::list, 1, 1, Type::map> keys{};
inline constexpr detail::function<"values", Type::list, 1, 1, Type::map> values{};
inline constexpr detail::function<"toPairs", Type::list, 1, 1, Type::map> to_pairs{};
inline constexpr detail::function<"fromPairs", Type::map, 1, 1, Type::list> from_pairs{};
inline constexpr detail::function<"reverse", Type::list, 1, 1, Type::list> reverse{};
inline constexpr detail::function<"uniq", Type::list, 1, 1, Type::list> uniq{};
inline constexpr detail::function<"concat", Type::list, 1, detail::any_number, Type::list> concat{};
inline constexpr detail::function<"flatten", Type::list, 1, 1, Type::list> flatten{};
inline constexpr detail::function<"sort", Type::list, 1, 2, Type::list, Type::text> sort{};

}  // namespace tiphys::expr
