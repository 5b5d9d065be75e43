// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/described.hpp>
#include <tiphys/build/detail/expr_type.hpp>
#include <tiphys/build/reference.hpp>
#include <tiphys/build/value.hpp>
#include <tiphys/model/model.hpp>

/// Typed contracts: structs, described by BOOST_DESCRIBE_STRUCT, are the inputs and outputs of a template.
///
///     Container("…").contract<Count, Words>()                       the parameters of both, by their members
///     task(…).with<&Count::chunk>("text")                           an argument, of the member's type
///     with<&Sum::total>(output<&Words::total>("count"))             what another task gives
///     with<&Count::chunk>(each(output<&Chunks::names>("split")))    one run for each element
///     with<&Sum::totals>(all(output<&Words::total>("count")))       what all runs of a loop give
///
/// Text stands as it is in a parameter; numbers and booleans, lists, maps and structs as JSON.
/// A wrong type is a compile error at the call. That a task's template takes and gives these structs, and
/// that `all` is of a loop, is judged by `checked` and `check_contracts`.
/// Limits: two structs of one name in unnamed namespaces of two files count as one; what the tasks within an
/// inline dag give and take is not judged.
namespace tiphys {

/// The contract of what takes or gives nothing.
struct nothing {};

/// A value of C++ type T that is known only at run time; see `output<>` and `input<>`.
/// Object lifetimes: that of a Reference.
template <class T>
struct Typed {
    using type = T;
    Reference reference;
    /// The struct that it is a member of, as the output of a task; empty for inputs.
    detail::literal one{}, every{}, all{};
};

/// The elements of a list that the task loops over.
template <class T>
struct TypedElement {
    Typed<T> list;
};
/// What all runs of a loop give.
template <class T>
struct TypedAll {
    Typed<T> each;
};

/// The output parameter of a task or step, named by the member of its contract.
template <auto Member>
    requires detail::data_member<Member>
constexpr auto output(const word& of) {
    using S = detail::owner_of<Member>;
    return Typed<detail::type_of_member<Member>>{
        {of, ".outputs.parameters.", word(detail::member_name<Member>(), of.where())},
        detail::contract_mark<S, 'o'>::view(),
        detail::contract_mark<S, 'e'>::view(),
        detail::contract_mark<S, 'a'>::view()};
}

/// The template's own input parameter.
template <auto Member>
    requires detail::data_member<Member>
constexpr auto input(std::source_location where = std::source_location::current()) {
    return Typed<detail::type_of_member<Member>>{
        {"inputs.parameters.", word(detail::member_name<Member>(), where)}};
}

/// As an argument: the task runs once for each element of the list, and the argument is the element.
template <class List>
    requires detail::is_list<List>
constexpr auto each(const Typed<List>& list) {
    return TypedElement<typename detail::element_of<List>::type>{
        {list.reference, list.one, list.every, list.all}};
}

/// As an argument: what all runs of a task that loops give, as a list.
template <class T>
constexpr TypedAll<T> all(const Typed<T>& of_loop) {
    return {of_loop};
}

namespace detail {

consteval expr::Type expression_type(bool text, bool truth, bool number, bool list) {
    if (text) return expr::Type::text;
    if (truth) return expr::Type::boolean;
    if (number) return expr::Type::number;
    return list ? expr::Type::list : expr::Type::map;
}

/// An argument of whatever type, as the builder takes it.
struct untyped_argument {
    enum class Kind : std::uint8_t { value, expression, reference, element };
    Kind kind = Kind::value;
    str text{};
    Reference reference{"", word()};
    literal mark{};
    std::source_location where{};
};

}  // namespace detail

/// What may be given for a member of type M: a value that becomes one without loss, a typed reference, an
/// element, a list of all, or an expression of that type. Made by implicit conversion, so that a mistake is
/// an ordinary conversion error where the user wrote it.
template <class M>
class argument {
    using untyped = detail::untyped_argument;

public:
    template <class V>
        requires(detail::gives<M, std::remove_cvref_t<V>> ||
                 (detail::text_like<M> && detail::text_like<V>)) &&
                (!expr::detail::is_expression<std::remove_cvref_t<V>>)
    constexpr argument(const V& value, std::source_location where = std::source_location::current())
        : made_{untyped::Kind::value, detail::parameter_text(value), {"", word()}, {}, where} {}
    template <class T>
        requires detail::gives<M, T>
    constexpr argument(const Typed<T>& given, std::source_location where = std::source_location::current())
        : made_{untyped::Kind::reference, {}, given.reference, given.one, where} {}
    template <class T>
        requires detail::gives<M, T>
    constexpr argument(const TypedElement<T>& given,
                       std::source_location where = std::source_location::current())
        : made_{untyped::Kind::element, {}, given.list.reference, given.list.every, where} {}
    template <class T>
        requires requires {
            typename detail::element_of<M>::type;
            requires detail::gives<typename detail::element_of<M>::type, T>;
        }
    constexpr argument(const TypedAll<T>& given, std::source_location where = std::source_location::current())
        : made_{untyped::Kind::reference, {}, given.each.reference, given.each.all, where} {}
    template <expr::Type T>
        requires(T == expr::Type::any ||
                 T == detail::expression_type(detail::text_like<M>, std::same_as<M, bool>,
                                              std::is_arithmetic_v<M>, detail::list_like<M>))
    constexpr argument(const expr::Expr<T>& given,
                       std::source_location where = std::source_location::current())
        : made_{untyped::Kind::expression, in_tags(given), {"", word()}, {}, where} {}

    constexpr const untyped& get() const { return made_; }

private:
    untyped made_;
};

namespace detail {

template <class S>
constexpr bool can_be_made() {
    // Not const: g++ 12 would call its constructor a change of it.
    [[maybe_unused]] S made{};
    return true;
}
/// Whether the compiler can make the struct, and read its defaults.
template <class S>
concept made_while_compiling = requires { typename std::bool_constant<can_be_made<S>()>; };

/// How a template is declared with structs. `Derived` gives `template_to_fill()` and `note_word`.
template <class Derived, class Fill>
class contract_words {
public:
    /// Its input parameters are the members of `In`, its output parameters those of `Out`. A member of `In`
    /// that has another value than its type's own is the default of its parameter; those that are declared
    /// already stay as they are. An output of a container or script is read from the file /tmp/<name>, unless
    /// `output` has said from where; those of a dag or of steps are to be given by `gives<&Out::x>(…)`.
    template <class In, class Out = nothing>
    constexpr Derived& contract(std::source_location where = std::source_location::current()) & {
        model::Template& made = Fill::template_(self());
        if constexpr (!std::same_as<In, nothing>) {
            add_inputs<In>(made, where);
            Fill::note(self(), contract_mark<In, 'I'>::view(), -1, where);
        }
        if constexpr (!std::same_as<Out, nothing>) {
            add_outputs<Out>(made, where);
            Fill::note(self(), contract_mark<Out, 'O'>::view(), -1, where);
        }
        return self();
    }
    template <class In, class Out = nothing>
    constexpr Derived&& contract(std::source_location where = std::source_location::current()) && {
        return std::move(contract<In, Out>(where));
    }

    /// The output parameter of a dag or of steps that is this member, from one of its tasks or steps, or an
    /// expression.
    template <auto Member>
        requires data_member<Member>
    constexpr Derived& gives(const argument<type_of_member<Member>>& from) & {
        const untyped_argument& given = from.get();
        model::Template& made = Fill::template_(self());
        auto& parameters = made.outputs.ensure().parameters;
        model::ValueFrom& origin = declared(parameters, member_name<Member>()).valueFrom.ensure();
        const std::string_view text = given.text.view();
        if (given.kind == untyped_argument::Kind::reference)
            origin.parameter = given.reference.text(made.steps.has_value() ? "steps." : "tasks.");
        else if (text.starts_with("{{="))
            origin.expression = text.substr(3, text.size() - 5);
        else
            origin.expression = expr::detail::quoted(text);
        std::int32_t index = 0;
        while (!same(parameters[static_cast<std::size_t>(index)].name.view(), member_name<Member>())) ++index;
        Fill::note(self(), "outputs", index, given.where);
        if (given.mark.data != nullptr) Fill::note(self(), given.mark, index, given.where);
        return self();
    }
    template <auto Member>
        requires data_member<Member>
    constexpr Derived&& gives(const argument<type_of_member<Member>>& from) && {
        return std::move(this->template gives<Member>(from));
    }

private:
    constexpr Derived& self() noexcept { return static_cast<Derived&>(*this); }

    static constexpr model::Parameter* find(list<model::Parameter>& parameters, std::string_view name) {
        for (model::Parameter& one : parameters)
            if (same(one.name.view(), name)) return &one;
        return nullptr;
    }
    static constexpr model::Parameter& declared(list<model::Parameter>& parameters, std::string_view name) {
        if (model::Parameter* known = find(parameters, name)) return *known;
        model::Parameter& made = parameters.emplace_back();
        made.name = name;
        return made;
    }

    template <class In>
    constexpr void add_inputs(model::Template& made, const std::source_location& where) {
        static_assert(described<In>, "describe the struct: BOOST_DESCRIBE_STRUCT(S, (), (members))");
        auto& parameters = made.inputs.ensure().parameters;
        const auto each_member = [&](auto use) {
            boost::mp11::mp_for_each<members_of<In>>([&](auto member) {
                using D = decltype(member);
                const std::string_view name(D::name, length(D::name));
                if (find(parameters, name) != nullptr) return;
                declared(parameters, name);
                use(parameters.back(), member);
                Fill::note(self(), "inputs", static_cast<std::int32_t>(parameters.size() - 1), where);
            });
        };
        // A struct that the compiler cannot make has no defaults here.
        if constexpr (made_while_compiling<In>) {
            In values{};
            each_member([&](model::Parameter& parameter, auto member) {
                using D = decltype(member);
                using M = std::remove_cvref_t<decltype(values.*D::pointer)>;
                if constexpr (is_optional<M>) {
                    parameter.default_ = parameter_text(values.*D::pointer);
                } else if constexpr (std::equality_comparable<M>) {
                    if (!(values.*D::pointer == M{})) parameter.default_ = parameter_text(values.*D::pointer);
                }
            });
        } else {
            each_member([](model::Parameter&, auto) {});
        }
    }
    template <class Out>
    constexpr void add_outputs(model::Template& made, const std::source_location& where) {
        static_assert(described<Out>, "describe the struct: BOOST_DESCRIBE_STRUCT(S, (), (members))");
        const bool scope = made.dag.has_value() || made.steps.has_value();
        auto& parameters = made.outputs.ensure().parameters;
        boost::mp11::mp_for_each<members_of<Out>>([&](auto member) {
            using D = decltype(member);
            const std::string_view name(D::name, length(D::name));
            if (find(parameters, name) != nullptr) return;
            model::Parameter& parameter = declared(parameters, name);
            Fill::note(self(), "outputs", static_cast<std::int32_t>(parameters.size() - 1), where);
            if (scope) return;
            model::ValueFrom& from = parameter.valueFrom.ensure();
            if (made.suspend.has_value())
                from.supplied.ensure();
            else
                from.path = joined("/tmp/", name);
        });
    }
};

/// `with<&S::m>(…)` of tasks and steps. `self` gives the untyped `with`, and through `note` its site.
template <class Self, class Note>
constexpr void give(Self& self, std::string_view name, literal mark, const untyped_argument& given,
                    Note note) {
    const word member(name, given.where);
    switch (given.kind) {
        case untyped_argument::Kind::value:
        case untyped_argument::Kind::expression:
            self.with(member, value(given.text.view(), given.where));
            break;
        case untyped_argument::Kind::reference: self.with(member, given.reference); break;
        case untyped_argument::Kind::element: self.with(member, each(given.reference)); break;
    }
    if (mark.data != nullptr) note(mark, given.where);
    if (given.mark.data != nullptr) note(given.mark, given.where);
}

}  // namespace detail
}  // namespace tiphys
