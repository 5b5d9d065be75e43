// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/function.hpp>

namespace tiphys::detail {

/// What a document knows of the functions that its templates run.
struct function_state {
    list<function_entry> entries;
    str program, image;  ///< of their templates
};

/// What a document says of C++ functions. `Derived` is an entity, which lets this at its spec.
template <class Derived>
class function_words {
public:
    /// Adds a template that runs a C++ function, `Out f(const In&)`: its inputs and outputs are the members
    /// of the described structs In and Out. The template is called after the function (`word_count` becomes
    /// `word-count`) unless a name is given; a script says more of it: `Script().env(…).retry_strategy(…)`.
    ///
    /// The image holds this program (`program`), which runs the function: `program function <name> <file>`.
    template <auto F>
    constexpr Derived& function(const word& name = {}, Script made = {}, line where = line::current()) & {
        if (name.has_value()) return add_function<F>(name, std::move(made));
        return add_function<F>({detail::function_name<F>::view(), where}, std::move(made));
    }
    template <auto F>
    constexpr Derived&& function(const word& name = {}, Script made = {}, line where = line::current()) && {
        return std::move(function<F>(name, std::move(made), where));
    }
    template <auto F>
    constexpr Derived& function(Script made, line where = line::current()) & {
        return function<F>({}, std::move(made), where);
    }
    template <auto F>
    constexpr Derived&& function(Script made, line where = line::current()) && {
        return std::move(function<F>({}, std::move(made), where));
    }
    /// Starts with a function, and adds its template if there is none.
    template <auto F>
    constexpr Derived& entrypoint(line where = line::current()) & {
        return made_document().entrypoint(word(function_template_name<F>(where).view(), where));
    }
    template <auto F>
    constexpr Derived&& entrypoint(line where = line::current()) && {
        return std::move(entrypoint<F>(where));
    }
    /// The image of all templates that run functions and name none.
    constexpr Derived& image(const word& name) & {
        for_functions([&](model::Template& of) {
            if (of.script->image.empty() || of.script->image == made_functions().image)
                of.script->image = name.view();
        });
        made_functions().image = name.view();
        made_document().note({}, "image", -1, name.where());
        return made_document();
    }
    constexpr Derived&& image(const word& name) && { return std::move(image(name)); }
    /// Where the program lies in the image; `/program` unless it is said here.
    constexpr Derived& program(const word& path) & {
        made_functions().program = path.view();
        for_functions([&](model::Template& of) {
            auto& command = of.script->command;
            if (command.size() == 3 && is(command[1].view(), "function")) command[0] = path.view();
        });
        made_document().note({}, "program", -1, path.where());
        return made_document();
    }
    constexpr Derived&& program(const word& path) && { return std::move(program(path)); }

private:
    template <class D, class Model>
    friend class entity;
    template <class W>
    friend class held;

    constexpr Derived& made_document() noexcept { return static_cast<Derived&>(*this); }
    constexpr function_state& made_functions() { return made_document().state().functions; }
    template <class Use>
    constexpr void for_functions(Use use) {
        for (const function_entry& one : made_functions().entries)
            for (model::Template& of : made_document().spec().templates)
                if (of.script.has_value() && same(of.name.view(), one.name.view())) use(of);
    }
    [[gnu::noinline]] constexpr void put_function(function_entry entry, template_state&& made,
                                                  const line& where) {
        auto& script = *made.model.script;
        if (!script.command.has_value()) {
            // No conditional of two temporaries: g++ 12 would destroy one of them twice.
            if (made_functions().program.has_value())
                script.command.push_back(made_functions().program);
            else
                script.command.push_back(str("/program"));
            script.command.push_back(str("function"));
            script.command.push_back(entry.name);
        }
        if (script.image.empty() && made_functions().image.has_value()) script.image = made_functions().image;
        for (function_entry& known : made_functions().entries) {
            if (!known.implied || !same(known.name.view(), entry.name.view()) ||
                !same(known.path, entry.path))
                continue;
            // A task has added it; now it is described.
            std::int32_t index = 0;
            while (!same(made_document().spec().templates[static_cast<std::size_t>(index)].name.view(),
                         entry.name.view()))
                ++index;
            for (site& one : made_document().sites_to_change())
                if (one.of == owner{index, -1, -1}) one.of = nowhere;
            made_document().put(index, word(entry.name.view(), where), std::move(made));
            known = std::move(entry);
            return;
        }
        made_document().add(word(entry.name.view(), where), std::move(made));
        made_functions().entries.push_back(std::move(entry));
    }
    template <auto F>
    constexpr Derived& add_function(const word& name, Script made) {
        if constexpr (judge_function<F>())
            put_function(entry_of<F>(name.view()), function_template<F>(std::move(made), name.where()),
                         name.where());
        return made_document();
    }
    /// The name of the first template that runs the function; one is added if there is none.
    [[gnu::noinline]] constexpr str template_that_runs(function_entry entry, const line& where) {
        for (const function_entry& known : made_functions().entries)
            if (same(known.path, entry.path)) return known.name;
        str name = entry.name;
        auto made = entry.make();
        for (site& one : made.sites) one.where = where;
        entry.implied = true;
        put_function(std::move(entry), std::move(made), where);
        return name;
    }
    template <auto F>
    constexpr str function_template_name(const line& where) {
        if constexpr (judge_function<F>()) return template_that_runs(needed_entry<F>(), where);
        return str(function_name<F>::view());
    }
};

}  // namespace tiphys::detail
