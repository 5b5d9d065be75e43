// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/contract.hpp>
#include <tiphys/build/template.hpp>

/// C++ functions as templates: what `.function<&f>()`, `.task<&f>("name")` and `output<&f>("name")` know of a
/// function while the compiler runs the recipe. How a function is called when the program runs is the layer
/// `task`'s (`task/function.hpp`), which gives `function_runner`.
namespace tiphys {

/// What a function gives besides its output parameters: a result, which stands on standard output and becomes
/// `outputs.result`, and the exit code of its process. One that is not 0 makes the node fail; Argo reads its
/// outputs all the same.
template <class Out = nothing, class Result = nothing>
struct Outcome {
    Out outputs{};
    Result result{};
    int exit_code = 0;
};

namespace detail {

class function_call;

/// How the running program calls a function; `call` is defined in `task/function.hpp`.
template <auto F>
struct function_runner;

/// A function that templates of a document run.
struct function_entry {
    std::string_view path = {};  ///< which function, in static storage
    str name;                    ///< of the template
    void (*call)(function_call&) = nullptr;
    bool has_result = false;
    template_state (*make)() = nullptr;
    bool implied = false;  ///< added by the task that runs it
};

template <class R>
struct function_output {
    using outputs = nothing;
    using result = R;
};
template <>
struct function_output<void> {
    using outputs = nothing;
    using result = nothing;
};
template <described R>
struct function_output<R> {
    using outputs = R;
    using result = nothing;
};
template <class Out, class Result>
struct function_output<Outcome<Out, Result>> {
    using outputs = Out;
    using result = Result;
};

template <class F>
struct signature {
    static constexpr bool fits = false;
    using input = nothing;
    using output = nothing;
};
template <class R>
struct signature<R (*)()> {
    static constexpr bool fits = true;
    using input = nothing;
    using output = R;
};
template <class R, class In>
struct signature<R (*)(In)> {
    using input = std::remove_cvref_t<In>;
    using output = R;
    static constexpr bool fits = described<input> && std::is_convertible_v<input&&, In>;
};
template <class R>
struct signature<R (*)() noexcept> : signature<R (*)()> {};
template <class R, class In>
struct signature<R (*)(In) noexcept> : signature<R (*)(In)> {};

template <auto F>
using signature_of = signature<std::remove_const_t<decltype(F)>>;
template <auto F>
using input_of = typename signature_of<F>::input;
template <auto F>
using outputs_of = typename function_output<typename signature_of<F>::output>::outputs;
template <auto F>
using result_of = typename function_output<typename signature_of<F>::output>::result;
template <auto F>
inline constexpr bool has_result = !std::is_same_v<result_of<F>, nothing>;

template <auto F>
concept function_pointer =
    std::is_pointer_v<decltype(F)> && std::is_function_v<std::remove_pointer_t<decltype(F)>>;

/// The function with its namespaces, as the compiler has it.
template <auto F>
constexpr std::string_view function_path() {
    std::string_view name(__PRETTY_FUNCTION__, sizeof __PRETTY_FUNCTION__ - 1);
    name.remove_prefix(name.find("F = ") + 4);
    while (!name.empty() && (name[0] == '&' || name[0] == '(')) {
        if (name.starts_with("(anonymous")) break;
        name.remove_prefix(1);
    }
    std::size_t end = 0;
    while (end < name.size() && name[end] != ';' && name[end] != ']') ++end;
    while (end > 0 && name[end - 1] == ')') --end;
    return name.substr(0, end);
}
/// Its own name: that of a template of functions is none.
constexpr std::string_view last_name(std::string_view path) {
    std::size_t from = 0;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '<') return {};
        if (path[i] == ':') from = i + 1;
    }
    return path.substr(from);
}

/// Which function: its path, `@` and its type, as overloads have one path. In static storage.
template <auto F>
struct function_identity {
    static constexpr std::string_view path = function_path<F>();
    static constexpr std::string_view type = type_name<decltype(F)>();
    static constexpr std::size_t size = path.size() + 1 + type.size();
    struct characters {
        char text[size];
    };
    static constexpr characters written = [] {
        characters made{};
        std::size_t to = 0;
        for (const char c : path) made.text[to++] = c;
        made.text[to++] = '@';
        for (const char c : type) made.text[to++] = c;
        return made;
    }();
    static constexpr std::string_view view() { return {written.text, size}; }
};

/// `word-count` of `word_count`, in static storage.
template <auto F>
struct function_name {
    static constexpr std::size_t size = last_name(function_path<F>()).size();
    struct characters {
        char text[size + 1];
    };
    static constexpr characters written = [] {
        characters made{};
        const std::string_view name = last_name(function_path<F>());
        for (std::size_t i = 0; i < size; ++i) made.text[i] = name[i] == '_' ? '-' : name[i];
        return made;
    }();
    static constexpr std::string_view view() { return {written.text, size}; }
};

/// The mark of a result, among the marks of contracts: `&` and the function.
template <auto F, char Kind>
struct result_mark {
    static constexpr std::size_t size = function_identity<F>::size + 3;
    struct characters {
        char text[size];
    };
    static constexpr characters written = [] {
        characters made{};
        made.text[0] = '<';
        made.text[1] = Kind;
        made.text[2] = '&';
        for (std::size_t i = 3; i < size; ++i) made.text[i] = function_identity<F>::written.text[i - 3];
        return made;
    }();
    static constexpr literal view() {
        literal made;
        made.data = written.text;
        made.size = size;
        return made;
    }
};

/// What every use of a function must be right in, said once for each function.
template <auto F>
constexpr bool judge_function() {
    static_assert(function_pointer<F>, "a template runs a function: .function<&f>()");
    if constexpr (function_pointer<F>) {
        static_assert(
            signature_of<F>::fits,
            "a function that is a template takes one described struct, or nothing: Out f(const In&)");
        static_assert(function_name<F>::size > 0,
                      "an instance of a function template has no name of its own: "
                      "give the workflow a function that calls it");
        static_assert(requires { sizeof(function_runner<F>); }, "include <tiphys/task/function.hpp>");
        return signature_of<F>::fits && function_name<F>::size > 0;
    }
    return false;
}

/// The template that runs the function: `made` refined by the function's contract. The program and the image
/// are the document's.
template <auto F>
constexpr template_state function_template(Script made, const line& where) {
    if constexpr (judge_function<F>()) {
        made.template contract<input_of<F>, outputs_of<F>>(where);
        auto state = std::move(made).release();
        model::ScriptTemplate& script = state.model.script.ensure();
        // Argo puts a list of names and values there, and gives the program the file: no value is ever part
        // of a text that something reads as code.
        const bool parameters = state.model.inputs && !state.model.inputs->parameters.empty();
        script.source = parameters ? std::string_view("{{inputs.parameters}}") : std::string_view("[]");
        if constexpr (has_result<F>) state.sites.push_back(site{{}, result_mark<F, 'O'>::view(), -1, where});
        return state;
    }
    return {};
}
template <auto F>
constexpr template_state plain_function_template() {
    return function_template<F>(Script(), {});
}

template <auto F>
constexpr function_entry entry_of(std::string_view name) {
    function_entry made;
    if constexpr (judge_function<F>()) {
        made.path = function_identity<F>::view();
        made.name = name;
        made.call = &function_runner<F>::call;
        made.has_result = has_result<F>;
        made.make = &plain_function_template<F>;
    }
    return made;
}

template <auto F>
constexpr function_entry needed_entry() {
    return entry_of<F>(function_name<F>::view());
}

}  // namespace detail

/// What a function gives that gives no struct, or an `Outcome` with a result: the `outputs.result` of a task
/// or step that runs it.
template <auto F>
    requires detail::function_pointer<F>
constexpr auto output(const word& of) {
    static_assert(detail::has_result<F>,
                  "the function has no result: name a member of what it gives, output<&Out::x>()");
    return Typed<detail::result_of<F>>{{of, ".outputs.result", {}},
                                       detail::result_mark<F, 'o'>::view(),
                                       detail::result_mark<F, 'e'>::view(),
                                       detail::result_mark<F, 'a'>::view()};
}

}  // namespace tiphys
