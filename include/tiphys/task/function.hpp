// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/workflow.hpp>
#include <tiphys/task/artifact.hpp>
#include <tiphys/task/detail/call.hpp>
#include <tiphys/task/detail/decode.hpp>
#include <tiphys/task/error.hpp>

/// C++ functions as templates.
///
///     Words count(const Count&);                      both structs are described: BOOST_DESCRIBE_STRUCT
///     workflow.function<&count>()                     a template that runs it
///     dag.task<&count>("count").with<&Count::chunk>(…)
///     output<&Words::total>("count")                  what it gives
///
/// A function takes one described struct or nothing, and gives a described struct (output parameters), any
/// other value (its result), both and an exit code (`Outcome`), or nothing. Members that are files are
/// artifacts (`task/artifact.hpp`). `task/main.hpp` makes the program that runs the functions in their pods.
namespace tiphys::detail {

/// Adds to an error of a value which parameter or artifact it was of.
[[noreturn]] void rethrow_of(const function_call& call, const char* kind, std::string_view name);

template <class M>
void take_member(function_call& call, std::string_view name, M& to) {
    if constexpr (writes_parameter<M> || writes_artifact<M>) {
        to = M(call.output_file(name, writes_artifact<M>));
    } else if constexpr (is_artifact<M>) {
        using A = bare_of<M>;
        const std::string path = call.input_file(name, is_optional<M>);
        if (path.empty()) return;
        if constexpr (std::same_as<A, File>) {
            to = File(path);
        } else if constexpr (std::same_as<A, Text>) {
            to = Text(call.load(name, path));
        } else {
            try {
                A read{};
                value_path at;
                value_from(at, json_from(call.load(name, path)), read.value);
                to = std::move(read);
            } catch (const CallError&) {
                rethrow_of(call, "artifact", name);
            }
        }
    } else if (const std::string* text = call.parameter(name)) {
        try {
            value_from_text(*text, to);
        } catch (const CallError&) {
            rethrow_of(call, "parameter", name);
        }
    }
}

template <class M>
void give_member(function_call& call, std::string_view name, const M& from) {
    if constexpr (is_optional<M> && is_artifact<M>) {
        if (from) give_member(call, name, *from);
    } else if constexpr (std::same_as<M, File>) {
        call.give_file(name, from.path());
    } else if constexpr (std::same_as<M, Text>) {
        call.give_artifact(name, from.view());
    } else if constexpr (is_artifact<M>) {
        text_sink sink;
        basic_json_writer<text_sink> writer(sink);
        visit(writer, json_of(from.value));
        call.give_artifact(name, sink.text.view());
    } else {
        call.give(name, parameter_text(from).view());
    }
}

template <class Out>
void give_all(function_call& call, const Out& from) {
    if constexpr (!std::same_as<Out, nothing>)
        boost::mp11::mp_for_each<members_of<Out>>([&](auto member) {
            using D = decltype(member);
            try {
                give_member(call, D::name, from.*D::pointer);
            } catch (const std::invalid_argument&) {
                rethrow_of(call, "output", D::name);
            }
        });
}
template <class Result>
void give_result(function_call& call, const Result& from) {
    if constexpr (!std::same_as<Result, nothing>) {
        try {
            call.set_result(parameter_text(from).view());
        } catch (const std::invalid_argument&) {
            rethrow_of(call, "result", "");
        }
    }
}

template <class R>
void give_return(function_call& call, const R& given) {
    if constexpr (described<R>)
        give_all(call, given);
    else
        give_result(call, given);
}
template <class Out, class Result>
void give_return(function_call& call, const Outcome<Out, Result>& given) {
    give_all(call, given.outputs);
    give_result(call, given.result);
    call.set_exit_code(given.exit_code);
}

template <auto F>
struct function_runner {
    static void call(function_call& call) {
        const auto invoke = [&]() -> decltype(auto) {
            if constexpr (std::same_as<input_of<F>, nothing>) {
                call.enter();
                return F();
            } else {
                input_of<F> given{};
                boost::mp11::mp_for_each<members_of<input_of<F>>>([&](auto member) {
                    using D = decltype(member);
                    take_member(call, D::name, given.*D::pointer);
                });
                call.enter();
                return F(std::move(given));
            }
        };
        if constexpr (std::is_void_v<typename signature_of<F>::output>) {
            invoke();
            call.leave();
        } else {
            decltype(auto) given = invoke();
            call.leave();
            give_return(call, given);
        }
    }
};

}  // namespace tiphys::detail
