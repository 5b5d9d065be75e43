// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/contract_check.hpp>
#include <tiphys/build/library.hpp>
#include <tiphys/build/workflow.hpp>
#include <tiphys/check/invalid_workflow.hpp>
#include <tiphys/check/validate.hpp>

namespace tiphys {

/// A piece of a compile error. clang prints a character array of a template argument as text only up to 36
/// characters.
template <std::size_t N>
struct message {
    char text[N];
};

/// Never true. Its arguments, read one after the other, are the mistake and the line of the recipe that holds
/// it.
template <message... Pieces>
struct mistake {
    static constexpr bool value = false;
};

namespace detail {

/// What the compiler found in a recipe: up to five mistakes, each ready to be printed.
struct findings {
    static constexpr std::size_t most = 5;
    static constexpr std::size_t longest = 480;

    std::size_t count = 0;
    std::size_t sizes[most] = {};
    char texts[most][longest] = {};

    constexpr void add(std::string_view text) {
        if (count == most) return;
        const std::size_t n = text.size() < longest ? text.size() : longest;
        // Compilers print other characters as numbers.
        for (std::size_t i = 0; i < n; ++i) texts[count][i] = text[i] < ' ' || text[i] > '~' ? '?' : text[i];
        sizes[count++] = n;
    }
};

constexpr std::string_view base_name(std::string_view file) {
    std::size_t from = 0;
    for (std::size_t i = 0; i < file.size(); ++i)
        if (file[i] == '/' || file[i] == '\\') from = i + 1;
    return file.substr(from);
}

constexpr str at_line(const site& found, std::string_view message) {
    const std::string_view file(found.where.file_name(), length(found.where.file_name()));
    return joined(base_name(file), ":", text(found.where.line()).view(), ": ", message);
}
constexpr str explain(const Diagnostic& diagnostic, const list<site>& sites) {
    const site* found = locate(sites, diagnostic);
    if (found == nullptr) return joined(diagnostic.location.view(), ": ", diagnostic.message.view());
    return at_line(*found, diagnostic.message.view());
}

/// A reference to a task that there is not implies a dependency on it: one mistake, told once.
template <class Entity>
constexpr bool is_echo(const Diagnostic& diagnostic, const Entity& made) {
    if (made.implied_dependencies().empty() || !is(diagnostic.rule->id, "dag.unknown-dependency"))
        return false;
    const site* found = locate(made.sites(), diagnostic);
    if (found == nullptr) return false;
    for (const auto& one : made.implied_dependencies())
        if (one.refers && one.stands && one.of == found->of && one.where.line() == found->where.line() &&
            one.where.column() == found->where.column())
            return true;
    return false;
}

template <class Document, class Skip>
constexpr findings judge(const Document& model, const list<site>& sites, const list<library>& libraries,
                         const DocumentSet& set, Skip skip) {
    findings found;
    const auto diagnostics = validate_here(model, set);
    for (const Diagnostic& diagnostic : diagnostics)
        if (diagnostic.rule->severity == Severity::error && !skip(diagnostic))
            found.add(explain(diagnostic, sites).view());
    if constexpr (has_templates<Document>)
        contract_check(templates_of(model), sites, libraries).run([&](const site& one, const str& wrong) {
            found.add(at_line(one, wrong.view()).view());
        });
    return found;
}
template <class Document>
    requires is_document<Document>
constexpr findings judge(const Document& model, const DocumentSet& set = {}) {
    return judge(model, {}, {}, set, [](const Diagnostic&) { return false; });
}
template <class Entity>
    requires is_entity<Entity>
constexpr findings judge(const Entity& made, DocumentSet set, list<library> known = {}) {
    const library_documents libraries(made.libraries(), set);
    for (const library& one : made.libraries()) add_library(known, one);
    findings found = judge(made.model(), made.sites(), known, set,
                           [&](const Diagnostic& diagnostic) { return is_echo(diagnostic, made); });
    if constexpr (requires { made.wanted(); })
        for (const wanted_outputs& one : made.wanted())
            if (one.wrong.has_value()) found.add(at_line({{}, {}, -1, one.where}, one.wrong.view()).view());
    return found;
}
template <class Entity>
    requires is_entity<Entity>
constexpr findings judge(const Entity& made) {
    return judge(made, DocumentSet());
}
/// The last scope of a chain stands for its whole.
template <class Scope>
    requires requires { typename Scope::host_type; }
constexpr findings judge(Scope scope) {
    const typename Scope::host_type made = std::move(scope);
    return judge(made);
}
constexpr findings judge(const findings& found) { return found; }

constexpr void add_to(DocumentSet& set, const model::WorkflowTemplate& library) { set.add(library); }
constexpr void add_to(DocumentSet& set, const model::ClusterWorkflowTemplate& library) { set.add(library); }
template <class Builder>
    requires requires(const Builder& library) { library.model(); }
constexpr void add_to(DocumentSet& set, const Builder& library) {
    set.add(library.model());
}
struct all_libraries {
    constexpr all_libraries operator()() const { return {}; }
};
constexpr void add_to(DocumentSet& set, all_libraries) { set.complete(); }

/// The recipes among those that `checked` was given, for what only they know: their contracts.
template <class... Recipes>
constexpr list<library> known_libraries() {
    list<library> known;
    const auto add = [&]<class Recipe>(std::type_identity<Recipe>) {
        if constexpr (is_recipe<Recipe>)
            if constexpr (makes_library<Recipe>) add_library(known, library_of<Recipe>());
    };
    (add(std::type_identity<std::remove_const_t<Recipes>>()), ...);
    return known;
}

/// A recipe judged among the documents that its references may mean.
template <auto recipe, auto... libraries>
struct among {
    constexpr findings operator()() const { return judge_among(recipe(), libraries()...); }

private:
    template <class... Libraries>
    static constexpr findings judge_among(whole_of<decltype(recipe())> document, const Libraries&... made) {
        DocumentSet set;
        (add_to(set, made), ...);
        if constexpr (is_entity<whole_of<decltype(recipe())>>)
            return judge(document, set, known_libraries<decltype(libraries)...>());
        else
            return judge(document, set);
    }
};

template <class Document>
void give_process_defaults(Document& document) {
    if constexpr (requires { document.apply(); })
        document.apply();
    else if constexpr (requires { apply_process_defaults(document); })
        apply_process_defaults(document);
}

constexpr void tell_of_outputs(const list<wanted_outputs>& wanted, list<Diagnostic>& found) {
    for (const wanted_outputs& one : wanted) {
        if (!one.wrong.has_value()) continue;
        Diagnostic& made = found.emplace_back();
        made.rule = &rule::outputs_wanted;
        made.location = joined("spec.templates[", text(one.template_).view(), "]");
        made.message = one.wrong;
    }
}
template <class Document, class... Libraries>
void throw_if_invalid_among(const Document& document, list<library> known, const Libraries&... made) {
    DocumentSet set;
    (add_to(set, made), ...);
    if constexpr (is_document<Document>) {
        throw_if_invalid(document, set);
    } else {
        const library_documents libraries(document.libraries(), set);
        list<Diagnostic> mistakes;
        if constexpr (has_templates<typename Document::model_type>) {
            for (const library& one : document.libraries()) add_library(known, one);
            mistakes = contract_mistakes(document, known);
        }
        if constexpr (requires { document.wanted(); }) tell_of_outputs(document.wanted(), mistakes);
        throw_if_invalid(document.model(), set, std::move(mistakes));
    }
}

template <auto recipe, class... Config>
inline constexpr findings found = judge(recipe(Config{}...));

/// Where the pieces of a message begin: cut after blanks, each of at most `limit` characters.
struct cuts {
    std::size_t count = 0;
    std::size_t at[findings::longest + 1] = {};
};
constexpr cuts cut(const char* text, std::size_t size, std::size_t limit) {
    cuts made;
    for (std::size_t from = 0; from < size;) {
        std::size_t to = from + limit < size ? from + limit : size;
        if (to != size) {
            std::size_t blank = to;
            while (blank > from && text[blank - 1] != ' ') --blank;
            if (blank > from) to = blank;
        }
        made.at[made.count++] = from;
        from = to;
    }
    made.at[made.count] = size;
    return made;
}

#if defined(__clang__)
inline constexpr std::size_t piece_limit = 35;
#else
inline constexpr std::size_t piece_limit = findings::longest;
#endif

template <auto recipe, std::size_t I, class... Config>
inline constexpr cuts cuts_of =
    cut(found<recipe, Config...>.texts[I], found<recipe, Config...>.sizes[I], piece_limit);

template <auto recipe, std::size_t I, std::size_t Piece, class... Config>
constexpr auto piece() {
    constexpr const cuts& where = cuts_of<recipe, I, Config...>;
    constexpr std::size_t size = where.at[Piece + 1] - where.at[Piece];
    message<size + 1> made{};
    for (std::size_t i = 0; i < size; ++i)
        made.text[i] = found<recipe, Config...>.texts[I][where.at[Piece] + i];
    made.text[size] = '\0';
    return made;
}

template <auto recipe, std::size_t I, class Pieces, class... Config>
struct mistake_of;
template <auto recipe, std::size_t I, std::size_t... Pieces, class... Config>
struct mistake_of<recipe, I, std::index_sequence<Pieces...>, Config...> {
    using type = mistake<piece<recipe, I, Pieces, Config...>()...>;
};
template <std::size_t I, auto recipe, class... Config>
using mistake_ = typename mistake_of<recipe, I, std::make_index_sequence<cuts_of<recipe, I, Config...>.count>,
                                     Config...>::type;

template <class T>
inline constexpr bool refers_to_local = false;
template <class T>
    requires requires { T::refers; }
inline constexpr bool refers_to_local<T> = T::refers;

/// Calls the recipe when the program runs, through a lambda of its own: clang gives the recipes of two files
/// the same name where it needs the address of the template's argument, and the linker refuses one of them.
template <auto recipe, class... Config>
auto run(const Config&... config) {
    if constexpr (std::is_class_v<decltype(recipe)>)
        return std::remove_const_t<decltype(recipe)>{}(config...);
    else
        return recipe(config...);
}

}  // namespace detail

/// All mistakes of what a builder has made so far; see the function for models. Recipes that it refers to
/// with `ref` count among the documents of `set`.
template <class Builder>
    requires detail::is_entity<Builder>
constexpr list<Diagnostic> validate(const Builder& made, DocumentSet set = {},
                                    const CheckOptions& options = {}) {
    const detail::library_documents libraries(made.libraries(), set);
    auto found = validate(made.model(), set, options);
    if constexpr (requires { made.wanted(); }) detail::tell_of_outputs(made.wanted(), found);
    if (made.implied_dependencies().empty()) return found;
    list<Diagnostic> told;
    for (auto& diagnostic : found)
        if (!detail::is_echo(diagnostic, made)) told.push_back(std::move(diagnostic));
    return told;
}

/// The workflow that a recipe makes, checked by the compiler.
///
/// `recipe` is a captureless constexpr lambda (or a function) that returns a builder chain, a builder
/// (`Workflow`, `WorkflowTemplate`, `CronWorkflow` …), or one of the documents of the model:
/// `model::Workflow`, `model::CronWorkflow` and so on, whose mistakes are told with their path instead of a
/// line. The compiler runs it and `validate`s the result: a mistake is a compile error that names the
/// offender and the line of the recipe. A recipe may take configuration: the compiler checks it with each
/// default-constructed `Config{}`, and every call checks again with the real one; branches that the defaults
/// do not take are checked only then.
///
/// Errors: `InvalidWorkflow` where the real configuration makes a wrong workflow.
/// Limits: a compiler evaluates so many steps and no more; the CMake targets of Tiphys raise that limit.
/// Where they are not used: `-fconstexpr-ops-limit=1000000000` (g++), `-fconstexpr-steps=100000000` (clang).
/// One expression of more than about 1200 chained calls is too deep for clang: use statements or a loop.
template <auto recipe, class... Config>
auto checked(const Config&... config) -> detail::whole_of<decltype(recipe(config...))> {
    if constexpr (detail::refers_to_local<decltype(recipe(config...))>) {
        static_assert(!detail::refers_to_local<decltype(recipe(config...))>,
                      "the recipe returns a reference to its local Workflow: return the Workflow itself");
        __builtin_unreachable();
    } else {
        // Written out: a helper or a macro between would add lines to every error.
        constexpr std::size_t count = detail::found<recipe, Config...>.count;
        if constexpr (count > 0)
            static_assert(detail::mistake_<0, recipe, Config...>::value, "the workflow is wrong");
        if constexpr (count > 1)
            static_assert(detail::mistake_<1, recipe, Config...>::value, "the workflow is wrong");
        if constexpr (count > 2)
            static_assert(detail::mistake_<2, recipe, Config...>::value, "the workflow is wrong");
        if constexpr (count > 3)
            static_assert(detail::mistake_<3, recipe, Config...>::value, "the workflow is wrong");
        if constexpr (count > 4)
            static_assert(detail::mistake_<4, recipe, Config...>::value, "the workflow is wrong");
        detail::whole_of<decltype(recipe(config...))> made = detail::run<recipe>(config...);
        detail::give_process_defaults(made);
        detail::throw_if_invalid_among(made, {});
        return made;
    }
}

/// Says that the libraries given to `checked` are all there are: a reference to another is a mistake.
inline constexpr detail::all_libraries complete;

/// The same among libraries: recipes that return a WorkflowTemplate or a ClusterWorkflowTemplate, as a
/// builder or a model. (Those that the recipe refers to with `ref` need not be named here.) A templateRef or
/// workflowTemplateRef to one of them is judged by what it holds; one to another document is left to the
/// cluster, unless `complete` stands among them.
template <auto recipe, auto library, auto... libraries>
auto checked() -> detail::whole_of<decltype(recipe())> {
    constexpr detail::among<recipe, library, libraries...> all;
    constexpr std::size_t count = detail::found<all>.count;
    if constexpr (count > 0) static_assert(detail::mistake_<0, all>::value, "the workflow is wrong");
    if constexpr (count > 1) static_assert(detail::mistake_<1, all>::value, "the workflow is wrong");
    if constexpr (count > 2) static_assert(detail::mistake_<2, all>::value, "the workflow is wrong");
    if constexpr (count > 3) static_assert(detail::mistake_<3, all>::value, "the workflow is wrong");
    if constexpr (count > 4) static_assert(detail::mistake_<4, all>::value, "the workflow is wrong");
    detail::whole_of<decltype(recipe())> made = detail::run<recipe>();
    detail::give_process_defaults(made);
    detail::throw_if_invalid_among(made, detail::known_libraries<decltype(library), decltype(libraries)...>(),
                                   detail::run<library>(), detail::run<libraries>()...);
    return made;
}

}  // namespace tiphys
