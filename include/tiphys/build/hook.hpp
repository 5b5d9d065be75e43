// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/fill.hpp>
#include <tiphys/build/library.hpp>
#include <tiphys/build/reference.hpp>
#include <tiphys/build/template.hpp>
#include <tiphys/build/value.hpp>

namespace tiphys {

namespace detail {
template <class Derived, class Model>
class entity;
template <class Derived>
class flow_words;
}  // namespace detail

/// What a workflow, step or task runs beside itself: at its end (`exit`), or once an expression holds of it.
/// Source: Argo's LifecycleHook.
class Hook {
public:
    explicit constexpr Hook(const word& template_name) {
        model_.template_ = template_name.view();
        note("template", -1, template_name.where());
    }
    explicit constexpr Hook(const TemplateReference& of) : library_(of.library()) {
        model_.templateRef = of.to_model();
        note("templateRef", -1, of.where());
    }
    /// Runs this template, which the document gets under the name.
    template <detail::template_value Made>
    constexpr Hook(const word& name, Made made) : Hook(name) {
        beside_.push_back(detail::named(name, std::move(made)));
    }

    /// The argument for an input parameter of the template.
    constexpr Hook& with(const word& name, const value& given) {
        auto& parameter = model_.arguments.ensure().parameters.emplace_back();
        parameter.name = name.view();
        parameter.value = given.view();
        note("arguments", static_cast<std::int32_t>(model_.arguments->parameters.size() - 1), given.where());
        if (given.is_expression()) uses_.push_back({{}, str(given.view()), given.where()});
        return *this;
    }
    /// The same, from what the task or step of the hook, or one before it, gives; for an input artifact, if
    /// the reference is to one.
    constexpr Hook& with(const word& name, const Reference& from) {
        auto& arguments = model_.arguments.ensure();
        std::size_t index = arguments.parameters.size();
        if (from.is_artifact()) {
            index = arguments.artifacts.size();
            auto& artifact = arguments.artifacts.emplace_back();
            artifact.name = name.view();
            artifact.from = from.text("tasks.");
        } else {
            auto& parameter = arguments.parameters.emplace_back();
            parameter.name = name.view();
            parameter.value = from.text("tasks.");
        }
        note(from.is_artifact() ? detail::literal("artifacts") : "arguments",
             static_cast<std::int32_t>(index), from.where());
        if (from.of().has_value())
            uses_.push_back(
                {str(from.of().view()), from.text("steps."), from.where(), index, from.is_artifact()});
        return *this;
    }
    /// An argument as it is given here: `Parameter("x").value_from(…)`, `Artifact("code").git(…)`.
    constexpr Hook& with(model::Parameter given, detail::line where = detail::line::current()) {
        return detail::fill::add(*this, "arguments", model_.arguments.ensure().parameters, std::move(given),
                                 where);
    }
    constexpr Hook& with(model::Artifact given, detail::line where = detail::line::current()) {
        return detail::fill::add(*this, "artifacts", model_.arguments.ensure().artifacts, std::move(given),
                                 where);
    }
    /// The argument for an input artifact: `{{tasks.A.outputs.artifacts.x}}`.
    constexpr Hook& with_artifact(const word& name, const word& from) {
        model::Artifact made;
        made.name = name.view();
        made.from = from.view();
        return with(std::move(made), from.where());
    }
    /// When it runs: `steps.main.status == "Running"`. Not for `exit`, which runs at the end.
    constexpr Hook& expression(const word& condition) {
        model_.expression = condition.view();
        note("expression", -1, condition.where());
        return *this;
    }

    constexpr const model::LifecycleHook& model() const noexcept { return model_; }
    constexpr operator model::LifecycleHook() const { return model_; }

private:
    friend detail::fill;
    /// What an argument takes from a task or step: its name, and the argument as steps have it; or an
    /// expression.
    struct use {
        str of;
        str text;
        std::source_location where;
        std::size_t index = 0;
        bool artifact = false;
    };

    template <class Derived, class Model>
    friend class detail::entity;
    template <class Derived>
    friend class detail::flow_words;

    constexpr void note(detail::literal field, std::int32_t index, const std::source_location& where) {
        sites_.push_back({{}, field, index, where});
    }
    constexpr void note_word(detail::literal field, std::int32_t index, const std::source_location& where) {
        note(field, index, where);
    }
    constexpr model::LifecycleHook of_step() const {
        model::LifecycleHook made = model_;
        for (const use& one : uses_) {
            if (!one.of.has_value()) continue;
            if (one.artifact)
                made.arguments->artifacts[one.index].from = one.text;
            else
                made.arguments->parameters[one.index].value = one.text;
        }
        return made;
    }

    model::LifecycleHook model_;
    list<detail::site> sites_;
    list<use> uses_;
    list<detail::template_state> beside_;  ///< one, or none
    detail::library library_;
};

}  // namespace tiphys
