// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/library.hpp>
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

    /// The argument for an input parameter of the template.
    constexpr Hook& with(const word& name, const value& given) {
        auto& parameter = model_.arguments.ensure().parameters.emplace_back();
        parameter.name = name.view();
        parameter.value = given.view();
        note("arguments", static_cast<std::int32_t>(model_.arguments->parameters.size() - 1), given.where());
        return *this;
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
    template <class Derived, class Model>
    friend class detail::entity;
    template <class Derived>
    friend class detail::flow_words;

    constexpr void note(detail::literal field, std::int32_t index, const std::source_location& where) {
        sites_.push_back({{}, field, index, where});
    }

    model::LifecycleHook model_;
    list<detail::site> sites_;
    detail::library library_;
};

}  // namespace tiphys
