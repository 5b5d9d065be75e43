// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/build.hpp>
#include <tiphys/task/runner.hpp>

#include <map>
#include <string>
#include <type_traits>

/// The whole program around a workflow: it runs it here, submits it, writes it, judges it, and inside the
/// pods calls its functions.
namespace tiphys {

namespace detail {

/// What the command line says of a recipe's configuration, by the names of its members.
using config_texts = std::map<std::string, std::string>;

/// A document as the program handles it.
struct made_document {
    std::string json;
    list<function_entry> functions;
};

/// A recipe of a program behind plain functions.
struct program_recipe {
    made_document (*make)(const config_texts& config) = nullptr;
    list<model::Parameter> (*options)() = nullptr;  ///< of its configuration
};

template <class Call>
struct config_of_call {
    using type = nothing;
};
template <class R, class C>
struct config_of_call<R (*)(C)> {
    using type = std::remove_cvref_t<C>;
};
template <class R, class T, class C>
struct config_of_call<R (T::*)(C) const> {
    using type = std::remove_cvref_t<C>;
};
template <class Recipe>
constexpr auto call_of() {
    if constexpr (requires { &Recipe::operator(); })
        return &Recipe::operator();
    else
        return Recipe();
}
/// The struct that a recipe takes, or `nothing`.
template <auto recipe>
using config_of = typename config_of_call<decltype(call_of<std::remove_const_t<decltype(recipe)>>())>::type;

/// Errors: CallError that names the option.
template <class C>
C config_from(const config_texts& given) {
    C config{};
    boost::mp11::mp_for_each<members_of<C>>([&](auto member) {
        using D = decltype(member);
        const auto found = given.find(D::name);
        if (found == given.end()) return;
        try {
            value_from_text(found->second, config.*D::pointer);
        } catch (const CallError& wrong) {
            throw CallError("option `" + found->first + "`: " + wrong.what());
        }
    });
    return config;
}

template <class Document>
made_document document_for_program(const Document& made) {
    if constexpr (is_document<Document>)
        return {to_json(made), {}};
    else if constexpr (requires { made.functions(); })
        return {to_json(made), made.functions()};
    else
        return {to_json(made), {}};
}

template <auto recipe>
made_document make_for_program([[maybe_unused]] const config_texts& config) {
    if constexpr (std::is_same_v<config_of<recipe>, nothing>)
        return document_for_program(checked<recipe>());
    else
        return document_for_program(checked<recipe>(config_from<config_of<recipe>>(config)));
}
template <auto recipe>
list<model::Parameter> options_for_program() {
    using C = config_of<recipe>;
    if constexpr (std::is_same_v<C, nothing>) {
        return {};
    } else {
        static_assert(described<C>, "describe the configuration: BOOST_DESCRIBE_STRUCT(C, (), (members))");
        const C config{};
        auto all = parameters_of<C>();
        boost::mp11::mp_for_each<members_of<C>>([&](auto member) {
            using D = decltype(member);
            for (model::Parameter& one : all)
                if (one.name == D::name) one.value = parameter_text(config.*D::pointer);
        });
        return all;
    }
}

int run_program(int argc, const char* const* argv, const program_recipe* recipes, std::size_t count);

}  // namespace detail

/// The program of a workflow: `return tiphys::main<word_count>(argc, argv);`
///
///     word-count run --shards 8     on this machine: this program runs each function as a process of its own
///     word-count submit --watch     on Argo: the image holds this program
///     word-count yaml | json | lint | graph
///     word-count function <name> <file>     inside the pods
///
/// The parameters of the workflow are options, and so are the members of the described struct that a recipe
/// takes. Of several recipes the command names one, as their documents are called.
/// The recipes are checked while this compiles, as `checked` does.
///
/// Gives the exit status of the process: that of `tiphys` for its commands (lib/cli/README.md), and of
/// `run_function` inside the pods. The program is linked with tiphys::task, which needs the layer cli.
template <auto... recipes>
    requires(sizeof...(recipes) > 0)
int main(int argc, const char* const* argv) {
    static const detail::program_recipe all[] = {
        {&detail::make_for_program<recipes>, &detail::options_for_program<recipes>}...};
    return detail::run_program(argc, argv, all, sizeof...(recipes));
}

}  // namespace tiphys
