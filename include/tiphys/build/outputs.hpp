// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/contract.hpp>

/// All that a task or step gives, as the arguments of another: `.with(outputs("split"))`.
namespace tiphys {

/// The arguments that `outputs` stands for.
/// Object lifetimes: it views its words, so it lives no longer than the expression that makes it.
struct OutputsOf {
    struct Member {
        std::string_view name;
        detail::literal mark;
        detail::untyped_argument argument;
    };
    word of;
    /// By their contract; none: whatever the template of the one gives and that of the other takes.
    list<Member> members = {};
};

/// As arguments: each output parameter and artifact of the task or step that the template takes as an input
/// of that name, but for those that are given otherwise. Which they are is looked up in the two templates,
/// which may be declared later.
constexpr OutputsOf outputs(const word& of) { return {of}; }

namespace detail {

template <class D>
using type_of_description = typename member_pointer<std::remove_const_t<decltype(D::pointer)>>::type;
template <class D>
constexpr std::string_view name_of_description() {
    return {D::name, length(D::name)};
}
template <class A, class B>
consteval bool have_one_name() {
    return same(name_of_description<A>(), name_of_description<B>());
}

template <bool All, class Out, class In>
struct members_given {
    static consteval bool any() {
        bool found = std::same_as<In, nothing>;
        if constexpr (!std::same_as<In, nothing>)
            boost::mp11::mp_for_each<members_of<Out>>([&](auto given) {
                boost::mp11::mp_for_each<members_of<In>>(
                    [&](auto taken) { found = found || have_one_name<decltype(given), decltype(taken)>(); });
            });
        return found;
    }
    template <class D>
    static constexpr void add(OutputsOf& to, literal mark) {
        using T = type_of_description<D>;
        constexpr bool artifact = is_artifact<T> || writes_artifact<T>;
        to.members.push_back(
            {name_of_description<D>(),
             mark,
             {untyped_argument::Kind::reference,
              {},
              {to.of, artifact ? literal(".outputs.artifacts.") : literal(".outputs.parameters."),
               word(name_of_description<D>(), to.of.where()), artifact},
              All ? contract_mark<Out, 'a'>::view() : contract_mark<Out, 'o'>::view(),
              to.of.where()}});
    }
    template <class D>
    static constexpr void add_if_taken(OutputsOf& to) {
        boost::mp11::mp_for_each<members_of<In>>([&](auto member) {
            using Taken = decltype(member);
            using T = type_of_description<D>;
            if constexpr (have_one_name<D, Taken>()) {
                using Source = std::conditional_t<All, TypedAll<T>, Typed<T>>;
                static_assert(std::is_constructible_v<argument<type_of_description<Taken>>, Source>,
                              "a member of one name has another type in the struct that takes it");
                add<D>(to, contract_mark<In, 'i'>::view());
            }
        });
    }
};

template <bool All, class Out, class In>
constexpr OutputsOf typed_outputs(const word& of) {
    OutputsOf made{of};
    constexpr bool known = described<Out> && (described<In> || std::same_as<In, nothing>);
    static_assert(known, "describe the struct: BOOST_DESCRIBE_STRUCT(S, (), (members))");
    if constexpr (known) {
        using each = members_given<All, Out, In>;
        static_assert(each::any(), "the two structs have no member of one name");
        boost::mp11::mp_for_each<members_of<Out>>([&](auto member) {
            if constexpr (!std::same_as<In, nothing>)
                each::template add_if_taken<decltype(member)>(made);
            else if constexpr (!All || !is_artifact<type_of_description<decltype(member)>>)
                each::template add<decltype(member)>(made, {});
        });
    }
    return made;
}

}  // namespace detail

/// As arguments: each member of `Out`, the contract of the task's template. With `In`, the contract of the
/// template that takes them, only those that it has as well, and their types must fit.
template <class Out, class In = nothing>
constexpr OutputsOf outputs(const word& of) {
    return detail::typed_outputs<false, Out, In>(of);
}
/// The same of a task that loops: each is the list of what all runs give. Without `In`, files are left out:
/// no list of them can be taken.
template <class Out, class In = nothing>
constexpr OutputsOf all_outputs(const word& of) {
    return detail::typed_outputs<true, Out, In>(of);
}

}  // namespace tiphys
