// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/workflow.hpp>

namespace tiphys {

/// A template of steps: each `step` waits for the one before. Source: Argo's Template.steps.
template <class W>
class StepsScope : public detail::scope_verbs<StepsScope<W>, W> {
public:
    /// Opens `workflow`'s new template of that name.
    constexpr StepsScope(W&& workflow, const word& name)
        : StepsScope(std::forward<W>(workflow), StepsScope::new_template(workflow, name)) {}

    /// Adds a step that runs a template after all steps before it.
    constexpr StepScope<detail::referred<W>> step(const word& name, const word& template_name) & {
        return StepScope<detail::referred<W>>(this->workflow(), this->index(), true, name, template_name);
    }
    constexpr StepScope<W> step(const word& name, const word& template_name) && {
        return StepScope<W>(this->forward(), this->index(), true, name, template_name);
    }
    /// Adds a step that runs at the same time as the one before.
    constexpr StepScope<detail::referred<W>> parallel_step(const word& name, const word& template_name) & {
        return StepScope<detail::referred<W>>(this->workflow(), this->index(), false, name, template_name);
    }

private:
    constexpr StepsScope(W&& workflow, std::int32_t index)
        : detail::scope_verbs<StepsScope<W>, W>(std::forward<W>(workflow), index) {
        this->self_model().steps.engage();
    }
};

/// The step that was added last, and the way to add the next. Source: Argo's WorkflowStep.
template <class W>
class StepScope : public detail::held<W>, public detail::call_verbs<StepScope<W>> {
public:
    constexpr StepScope(W&& workflow, std::int32_t index, bool new_group, const word& name,
                        const word& template_name)
        : detail::held<W>(std::forward<W>(workflow), index) {
        add(new_group, name, template_name);
    }

    /// Adds a step that runs a template after all steps before it.
    constexpr StepScope<detail::referred<W>> step(const word& name, const word& template_name) & {
        return StepScope<detail::referred<W>>(this->workflow(), this->index(), true, name, template_name);
    }
    constexpr StepScope&& step(const word& name, const word& template_name) && {
        add(true, name, template_name);
        return std::move(*this);
    }
    /// Adds a step that runs at the same time as the one before.
    constexpr StepScope<detail::referred<W>> parallel_step(const word& name, const word& template_name) & {
        return StepScope<detail::referred<W>>(this->workflow(), this->index(), false, name, template_name);
    }
    constexpr StepScope&& parallel_step(const word& name, const word& template_name) && {
        add(false, name, template_name);
        return std::move(*this);
    }

private:
    friend detail::call_verbs<StepScope<W>>;

    constexpr model::WorkflowStep& call() {
        return this->self_model().steps[static_cast<std::size_t>(group_)][static_cast<std::size_t>(item_)];
    }
    constexpr void note(detail::literal field, std::int32_t number, const std::source_location& where) {
        this->note_at(group_, item_, field, number, where);
    }
    [[gnu::noinline]] constexpr void add(bool new_group, const word& name, const word& template_name) {
        auto& groups = this->self_model().steps;
        if (new_group || groups.empty()) groups.emplace_back();
        auto& step = groups.back().emplace_back();
        step.name = name.view();
        step.template_ = template_name.view();
        group_ = static_cast<std::int32_t>(groups.size() - 1);
        item_ = static_cast<std::int32_t>(groups.back().size() - 1);
        note("name", -1, name.where());
        note("template", -1, template_name.where());
    }

    std::int32_t group_ = -1;
    std::int32_t item_ = -1;
};

constexpr StepsScope<Workflow&> Workflow::steps(const word& name) & {
    return StepsScope<Workflow&>(*this, name);
}
constexpr StepsScope<Workflow> Workflow::steps(const word& name) && {
    return StepsScope<Workflow>(std::move(*this), name);
}
template <class W>
constexpr StepsScope<W> detail::held<W>::steps(const word& name) && {
    return StepsScope<W>(forward(), name);
}

}  // namespace tiphys
