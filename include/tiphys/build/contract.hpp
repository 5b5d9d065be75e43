// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/described.hpp>
#include <tiphys/build/detail/expr_type.hpp>
#include <tiphys/build/reference.hpp>
#include <tiphys/build/value.hpp>
#include <tiphys/model/model.hpp>

#include <stdexcept>

/// Typed contracts: structs, described by BOOST_DESCRIBE_STRUCT, are the inputs and outputs of a template.
///
///     Container("…").contract<Count, Words>()                       the parameters of both, by their members
///     task(…).with<&Count::chunk>("text")                           an argument, of the member's type
///     with<&Sum::total>(output<&Words::total>("count"))             what another task gives
///     with<&Count::chunk>(each(output<&Chunks::names>("split")))    one run for each element
///     with<&Sum::totals>(all(output<&Words::total>("count")))       what all runs of a loop give
///
/// Text stands as it is in a parameter, an enumerator (BOOST_DESCRIBE_ENUM) by its name; numbers and
/// booleans, lists, maps and structs as JSON. An optional without a value is `null`; the text `null` cannot
/// be the value of an optional text. Members that are files (`task/artifact.hpp`) are artifacts.
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

namespace detail {
template <class M>
struct output_value {
    using type = M;
};
template <class M>
    requires writes_parameter<M> || writes_artifact<M>
struct output_value<M> {
    using type = typename M::value_type;
};
/// What the output that is this member holds.
template <auto Member>
using output_type = typename output_value<type_of_member<Member>>::type;
}  // namespace detail

/// The output parameter or artifact of a task or step, named by the member of its contract.
template <auto Member>
    requires detail::data_member<Member>
constexpr auto output(const word& of) {
    using S = detail::owner_of<Member>;
    constexpr bool artifact = detail::is_artifact<detail::type_of_member<Member>> ||
                              detail::writes_artifact<detail::type_of_member<Member>>;
    return Typed<detail::output_type<Member>>{
        {of, artifact ? detail::literal(".outputs.artifacts.") : detail::literal(".outputs.parameters."),
         word(detail::member_name<Member>(), of.where()), artifact},
        detail::contract_mark<S, 'o'>::view(),
        detail::contract_mark<S, 'e'>::view(),
        detail::contract_mark<S, 'a'>::view()};
}

/// The template's own input parameter or artifact.
template <auto Member>
    requires detail::data_member<Member>
constexpr auto input(std::source_location where = std::source_location::current()) {
    constexpr bool artifact = detail::is_artifact<detail::type_of_member<Member>>;
    return Typed<detail::type_of_member<Member>>{
        {artifact ? detail::literal("inputs.artifacts.") : detail::literal("inputs.parameters."),
         word(detail::member_name<Member>(), where), artifact}};
}

/// The parameter of the workflow that is this member of a struct; see `parameters`.
template <auto Member>
    requires detail::data_member<Member>
constexpr auto workflow_parameter(std::source_location where = std::source_location::current()) {
    return Typed<detail::type_of_member<Member>>{
        {"workflow.parameters.", word(detail::member_name<Member>(), where)}};
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
                 (detail::text_like<detail::bare_of<M>> && detail::text_like<V>)) &&
                (!expr::detail::is_expression<std::remove_cvref_t<V>>) && (!detail::is_artifact<M>)
    constexpr argument(const V& value, std::source_location where = std::source_location::current())
        : made_{untyped::Kind::value, text_of(value), {"", word()}, {}, where} {}
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
        requires(!detail::is_artifact<M> &&
                 (T == expr::Type::any ||
                  T == detail::expression_type(detail::text_like<M> || std::is_enum_v<M>,
                                               std::same_as<M, bool>, std::is_arithmetic_v<M>,
                                               detail::list_like<M>)))
    constexpr argument(const expr::Expr<T>& given,
                       std::source_location where = std::source_location::current())
        : made_{untyped::Kind::expression, in_tags(given), {"", word()}, {}, where} {}

    constexpr const untyped& get() const { return made_; }

private:
    /// A text for an optional text is judged as one: `null` would not come back.
    template <class V>
    static constexpr str text_of(const V& value) {
        str made = detail::parameter_text(value);
        if constexpr (detail::is_optional<M> && detail::text_like<V>)
            if (detail::is(made.view(), "null"))
                throw std::invalid_argument("the text `null` would be taken for an optional without a value");
        return made;
    }

    untyped made_;
};

namespace detail {

/// Where the files of members lie, unless `input` and `output` say otherwise. Source: Artifact.path.
inline constexpr literal input_folder = "/tmp/tiphys/inputs/";
inline constexpr literal output_folder = "/tmp/tiphys/outputs/";

template <class S>
constexpr bool can_be_made() {
    // Not const: g++ 12 would call its constructor a change of it.
    [[maybe_unused]] S made{};
    return true;
}
/// Whether the compiler can make the struct, and read its defaults.
template <class S>
concept made_while_compiling = requires { typename std::bool_constant<can_be_made<S>()>; };

/// The members of a struct as parameters: their defaults, and the values of enumerations.
template <class In>
constexpr list<model::Parameter> parameters_of() {
    list<model::Parameter> all;
    const auto each_member = [&](auto use) {
        boost::mp11::mp_for_each<members_of<In>>([&](auto member) {
            using D = decltype(member);
            using M = std::remove_cvref_t<decltype(std::declval<In&>().*D::pointer)>;
            if constexpr (parameter_like<M>) {
                model::Parameter& made = all.emplace_back();
                made.name = std::string_view(D::name, length(D::name));
                if constexpr (described_enum<bare_of<M>>) {
                    each_enumerator<bare_of<M>>(
                        [&](std::string_view name, auto) { made.enum_.push_back(str(name)); });
                    if (is_optional<M>) made.enum_.push_back(str("null"));
                }
                use(made, member);
            }
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
    return all;
}

/// How a template is declared with structs. `Derived` gives `template_to_fill()` and `note_word`.
template <class Derived, class Fill>
class contract_words {
public:
    /// Its input parameters are the members of `In`, its output parameters those of `Out`; those that are
    /// files are artifacts. A member of `In` that has another value than its type's own is the default of its
    /// parameter; an enumeration lists its values (`enum`). Those that are declared already stay as they are.
    /// An output of a container or script is read from the file /tmp/<name>, unless `output` has said from
    /// where; those of a dag or of steps are to be given by `gives<&Out::x>(…)`.
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
        if constexpr (is_artifact<type_of_member<Member>>) {
            model::Artifact& artifact = declared(made.outputs.ensure().artifacts, member_name<Member>());
            artifact.from = given.reference.text(made.steps.has_value() ? "steps." : "tasks.");
            Fill::note(self(), "artifacts", -1, given.where);
            return self();
        }
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

    template <class Declared>
    static constexpr Declared* find(list<Declared>& all, std::string_view name) {
        for (Declared& one : all)
            if (same(one.name.view(), name)) return &one;
        return nullptr;
    }
    template <class Declared>
    static constexpr Declared& declared(list<Declared>& all, std::string_view name) {
        if (Declared* known = find(all, name)) return *known;
        Declared& made = all.emplace_back();
        made.name = name;
        return made;
    }
    /// A file of the pod, unless it is declared already.
    constexpr void add_file(list<model::Artifact>& all, std::string_view name, std::string_view folder,
                            bool optional, literal field, const std::source_location& where) {
        if (find(all, name) != nullptr) return;
        model::Artifact& made = declared(all, name);
        made.path = joined(folder, name);
        if (optional) made.optional = true;
        Fill::note(self(), field, -1, where);
    }

    template <class In>
    constexpr void add_inputs(model::Template& made, const std::source_location& where) {
        static_assert(described<In>, "describe the struct: BOOST_DESCRIBE_STRUCT(S, (), (members))");
        for (model::Parameter& one : parameters_of<In>()) {
            auto& parameters = made.inputs.ensure().parameters;
            if (find(parameters, one.name.view()) != nullptr) continue;
            parameters.push_back(std::move(one));
            Fill::note(self(), "inputs", static_cast<std::int32_t>(parameters.size() - 1), where);
        }
        boost::mp11::mp_for_each<members_of<In>>([&](auto member) {
            using D = decltype(member);
            using M = std::remove_cvref_t<decltype(std::declval<In&>().*D::pointer)>;
            const std::string_view name(D::name, length(D::name));
            if constexpr (is_artifact<M>)
                add_file(made.inputs.ensure().artifacts, name, input_folder, is_optional<M>, "inputs", where);
            else if constexpr (writes_artifact<M>)
                add_file(made.outputs.ensure().artifacts, name, output_folder, false, "outputs", where);
            else if constexpr (writes_parameter<M>)
                add_output_parameter(made, name, where);
        });
    }
    constexpr void add_output_parameter(model::Template& made, std::string_view name,
                                        const std::source_location& where) {
        auto& parameters = made.outputs.ensure().parameters;
        if (find(parameters, name) != nullptr) return;
        model::Parameter& parameter = declared(parameters, name);
        Fill::note(self(), "outputs", static_cast<std::int32_t>(parameters.size() - 1), where);
        if (made.dag.has_value() || made.steps.has_value()) return;
        model::ValueFrom& from = parameter.valueFrom.ensure();
        if (made.suspend.has_value())
            from.supplied.ensure();
        else
            from.path = joined("/tmp/", name);
    }
    template <class Out>
    constexpr void add_outputs(model::Template& made, const std::source_location& where) {
        static_assert(described<Out>, "describe the struct: BOOST_DESCRIBE_STRUCT(S, (), (members))");
        made.outputs.ensure();
        boost::mp11::mp_for_each<members_of<Out>>([&](auto member) {
            using D = decltype(member);
            using M = std::remove_cvref_t<decltype(std::declval<Out&>().*D::pointer)>;
            const std::string_view name(D::name, length(D::name));
            if constexpr (!is_artifact<M>)
                add_output_parameter(made, name, where);
            else if (made.dag.has_value() || made.steps.has_value())
                declared(made.outputs->artifacts, name);
            else
                add_file(made.outputs->artifacts, name, output_folder, is_optional<M>, "outputs", where);
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
