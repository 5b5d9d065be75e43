// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/call.hpp>
#include <tiphys/build/template.hpp>
#include <tiphys/check/detail/depends.hpp>

/// The builder. `Workflow` owns the model; `.dag()` and `.steps()` open a scope in which tasks and steps are
/// added, and every scope leads back to the workflow's own verbs.
///
/// A chain that starts at a temporary (`Workflow("a-").dag("main").task(…)`) owns the workflow and can be
/// returned. A scope opened on a variable (`auto dag = workflow.dag("main"); dag.task(…);`) refers to it and
/// must not outlive it. The types never grow with the number of tasks: they say which scope it is, and
/// whether it owns.
namespace tiphys {

class Workflow;
template <class W>
class DagScope;
template <class W>
class TaskScope;
template <class W>
class StepsScope;
template <class W>
class StepScope;

namespace detail {

struct workflow_state {
    model::Workflow model;
    list<site> sites;
};

/// The workflow that a scope works on: its own (W = Workflow) or a variable's (W = Workflow&).
template <class W>
class held;

/// `Workflow&`, but not before W is known: the scopes name each other.
template <class W>
using referred = std::conditional_t<true, Workflow&, W>;

}  // namespace detail

/// A workflow being built: name, entrypoint, parameters and templates. Move-only; `model()` is what it has
/// become.
///
/// Source: Argo's Workflow and WorkflowSpec.
class Workflow {
public:
    /// A name that ends in '-' is a generateName: the server adds five characters.
    constexpr explicit Workflow(const word& name) {
        auto& model = state_.ensure().model;
        model.apiVersion = "argoproj.io/v1alpha1";
        model.kind = "Workflow";
        (name.view().ends_with('-') ? model.metadata.generateName : model.metadata.name) = name.view();
        note({}, "name", -1, name.where());
    }
    constexpr Workflow(Workflow&&) noexcept = default;
    constexpr Workflow& operator=(Workflow&&) noexcept = default;
    Workflow(const Workflow&) = delete;
    Workflow& operator=(const Workflow&) = delete;
    constexpr ~Workflow() = default;

    constexpr const model::Workflow& model() const& noexcept { return state_->model; }
    constexpr model::Workflow model() && noexcept { return std::move(state_->model); }

    /// The template that starts.
    constexpr Workflow& entrypoint(const word& name) & {
        spec().entrypoint = name.view();
        note({}, "entrypoint", -1, name.where());
        return *this;
    }
    constexpr Workflow&& entrypoint(const word& name) && { return std::move(entrypoint(name)); }

    /// The template that runs at the end, whatever the end was.
    constexpr Workflow& on_exit(const word& name) & {
        spec().onExit = name.view();
        note({}, "onExit", -1, name.where());
        return *this;
    }
    constexpr Workflow&& on_exit(const word& name) && { return std::move(on_exit(name)); }

    /// A parameter that must be given at submission.
    constexpr Workflow& parameter(const word& name) & {
        auto& parameters = spec().arguments.ensure().parameters;
        parameters.emplace_back().name = name.view();
        note({}, "arguments", static_cast<std::int32_t>(parameters.size() - 1), name.where());
        return *this;
    }
    constexpr Workflow&& parameter(const word& name) && { return std::move(parameter(name)); }

    /// A parameter with the value that it has unless submission gives another.
    constexpr Workflow& parameter(const word& name, const value& otherwise) & {
        parameter(name);
        spec().arguments->parameters.back().value = otherwise.view();
        return *this;
    }
    constexpr Workflow&& parameter(const word& name, const value& otherwise) && {
        return std::move(parameter(name, otherwise));
    }

    constexpr Workflow& namespace_(const word& name) & {
        state_->model.metadata.namespace_ = name.view();
        return *this;
    }
    constexpr Workflow&& namespace_(const word& name) && { return std::move(namespace_(name)); }

    constexpr Workflow& label(const word& key, const word& text) & {
        state_->model.metadata.labels[key.view()] = text.view();
        return *this;
    }
    constexpr Workflow&& label(const word& key, const word& text) && { return std::move(label(key, text)); }

    constexpr Workflow& annotation(const word& key, const word& text) & {
        state_->model.metadata.annotations[key.view()] = text.view();
        return *this;
    }
    constexpr Workflow&& annotation(const word& key, const word& text) && {
        return std::move(annotation(key, text));
    }

    constexpr Workflow& service_account_name(const word& name) & {
        spec().serviceAccountName = name.view();
        return *this;
    }
    constexpr Workflow&& service_account_name(const word& name) && {
        return std::move(service_account_name(name));
    }

    /// At most this many pods at once.
    constexpr Workflow& parallelism(std::int64_t pods) & {
        spec().parallelism = pods;
        return *this;
    }
    constexpr Workflow&& parallelism(std::int64_t pods) && { return std::move(parallelism(pods)); }

    /// Adds a template that runs a container.
    constexpr Workflow& container(const word& name, Container made) & {
        return add(name, std::move(made).release());
    }
    constexpr Workflow&& container(const word& name, Container made) && {
        return std::move(container(name, std::move(made)));
    }
    /// Adds a template that runs a script.
    constexpr Workflow& script(const word& name, Script made) & {
        return add(name, std::move(made).release());
    }
    constexpr Workflow&& script(const word& name, Script made) && {
        return std::move(script(name, std::move(made)));
    }

    /// Adds a template that waits.
    constexpr Workflow& suspend(const word& name, Suspend made = {}) & {
        return add(name, std::move(made).release());
    }
    constexpr Workflow&& suspend(const word& name, Suspend made = {}) && {
        return std::move(suspend(name, std::move(made)));
    }

    /// Opens a template of tasks that wait for each other as their dependencies say.
    constexpr DagScope<Workflow&> dag(const word& name) &;
    constexpr DagScope<Workflow> dag(const word& name) &&;

    /// Opens a template of groups of steps, one group after the other.
    constexpr StepsScope<Workflow&> steps(const word& name) &;
    constexpr StepsScope<Workflow> steps(const word& name) &&;

    /// The generated model itself, for what the builder has no word for.
    template <class Change>
    constexpr Workflow& workflow_model(Change change) & {
        change(state_->model);
        return *this;
    }
    template <class Change>
    constexpr Workflow&& workflow_model(Change change) && {
        return std::move(workflow_model(change));
    }

    /// The lines of the recipe; for the compile-time check.
    constexpr const list<detail::site>& sites() const noexcept { return state_->sites; }

private:
    template <class W>
    friend class detail::held;

    constexpr model::WorkflowSpec& spec() noexcept { return state_->model.spec; }

    [[gnu::noinline]] constexpr void note(const detail::owner& of, detail::literal field, std::int32_t index,
                                          const std::source_location& where) {
        state_->sites.push_back(detail::site{of, field, index, where});
    }
    [[gnu::noinline]] constexpr std::int32_t add_template(const word& name) {
        auto& templates = spec().templates;
        templates.emplace_back().name = name.view();
        const auto index = static_cast<std::int32_t>(templates.size() - 1);
        note({index, -1, -1}, "name", -1, name.where());
        return index;
    }
    [[gnu::noinline]] constexpr Workflow& add(const word& name, detail::template_state&& made) {
        const auto index = static_cast<std::int32_t>(spec().templates.size());
        auto& added = spec().templates.emplace_back(std::move(made.model));
        added.name = name.view();
        note({index, -1, -1}, "name", -1, name.where());
        for (const auto& site : made.sites) note({index, -1, -1}, site.field, site.index, site.where);
        return *this;
    }

    box<detail::workflow_state> state_;
};

namespace detail {

template <class W>
class held_base {
protected:
    constexpr explicit held_base(W&& workflow) noexcept : workflow_(std::move(workflow)) {}
    constexpr Workflow& workflow() noexcept { return workflow_; }
    constexpr W&& pass() noexcept { return std::move(workflow_); }

private:
    W workflow_;
};
template <>
class held_base<Workflow&> {
protected:
    constexpr explicit held_base(Workflow& workflow) noexcept : workflow_(&workflow) {}
    constexpr Workflow& workflow() noexcept { return *workflow_; }
    constexpr Workflow& pass() noexcept { return *workflow_; }

private:
    Workflow* workflow_;
};

/// What every scope has: a workflow, the index of its template, and the way back to the workflow's verbs.
template <class W>
class held : public held_base<W> {
public:
    /// The workflow again, to go on with its own verbs.
    constexpr W&& container(const word& name, Container made) && {
        this->workflow().container(name, std::move(made));
        return forward();
    }
    constexpr W&& script(const word& name, Script made) && {
        this->workflow().script(name, std::move(made));
        return forward();
    }
    constexpr W&& suspend(const word& name, Suspend made = {}) && {
        this->workflow().suspend(name, std::move(made));
        return forward();
    }
    constexpr DagScope<W> dag(const word& name) &&;
    constexpr StepsScope<W> steps(const word& name) &&;
    constexpr W&& entrypoint(const word& name) && {
        this->workflow().entrypoint(name);
        return forward();
    }
    constexpr W&& on_exit(const word& name) && {
        this->workflow().on_exit(name);
        return forward();
    }
    constexpr W&& parameter(const word& name) && {
        this->workflow().parameter(name);
        return forward();
    }
    constexpr W&& parameter(const word& name, const value& otherwise) && {
        this->workflow().parameter(name, otherwise);
        return forward();
    }

    constexpr operator Workflow() && requires(!std::is_reference_v<W>) {
        return this->pass();
    } constexpr const model::Workflow& model() const& noexcept {
        return const_cast<held*>(this)->workflow().model();
    }

protected:
    constexpr held(W&& workflow, std::int32_t index) noexcept
        : held_base<W>(std::forward<W>(workflow)), template_(index) {}

    static constexpr std::int32_t new_template(Workflow& workflow, const word& name) {
        return workflow.add_template(name);
    }
    constexpr W&& forward() noexcept { return static_cast<W&&>(this->pass()); }
    constexpr std::int32_t index() const noexcept { return template_; }
    constexpr model::Template& self_model() {
        return this->workflow().spec().templates[static_cast<std::size_t>(template_)];
    }
    constexpr void note_at(std::int32_t group, std::int32_t item, literal field, std::int32_t number,
                           const std::source_location& where) {
        this->workflow().note({template_, group, item}, field, number, where);
    }

    [[gnu::noinline]] constexpr void add_scope_input(const word& name) {
        add_input(self_model(), name);
        note_at(-1, -1, "inputs", static_cast<std::int32_t>(self_model().inputs->parameters.size() - 1),
                name.where());
    }
    [[gnu::noinline]] constexpr model::ValueFrom& add_scope_output(const word& name,
                                                                   const std::source_location& where) {
        auto& parameter = add_output(self_model(), name);
        note_at(-1, -1, "outputs", static_cast<std::int32_t>(self_model().outputs->parameters.size() - 1),
                where);
        return parameter.valueFrom.ensure();
    }

private:
    std::int32_t template_;
};

/// What a dag and a steps template can say of themselves.
template <class Derived, class W>
class scope_verbs : public held<W> {
public:
    /// An input parameter that callers must give.
    constexpr Derived& input(const word& name) & {
        this->add_scope_input(name);
        return self();
    }
    constexpr Derived&& input(const word& name) && { return std::move(input(name)); }

    /// An input parameter with the value that it has where callers give none.
    constexpr Derived& input(const word& name, const value& otherwise) & {
        this->add_scope_input(name);
        this->self_model().inputs->parameters.back().default_ = otherwise.view();
        return self();
    }
    constexpr Derived&& input(const word& name, const value& otherwise) && {
        return std::move(input(name, otherwise));
    }

    /// An output parameter taken from one of a step or task: `{{tasks.A.outputs.parameters.x}}`.
    constexpr Derived& output(const word& name, const word& reference) & {
        this->add_scope_output(name, reference.where()).parameter = reference.view();
        return self();
    }
    constexpr Derived&& output(const word& name, const word& reference) && {
        return std::move(output(name, reference));
    }

    /// An output parameter computed by an expression: `tasks.A.outputs.result == 'x' ? 'y' : 'z'`.
    constexpr Derived& output_expression(const word& name, const word& expression) & {
        this->add_scope_output(name, expression.where()).expression = expression.view();
        return self();
    }
    constexpr Derived&& output_expression(const word& name, const word& expression) && {
        return std::move(output_expression(name, expression));
    }

    /// At most this many of its pods at once.
    constexpr Derived& parallelism(std::int64_t pods) & {
        this->self_model().parallelism = pods;
        return self();
    }
    constexpr Derived&& parallelism(std::int64_t pods) && { return std::move(parallelism(pods)); }

    /// The generated model of this template, for what the builder has no word for.
    template <class Change>
    constexpr Derived& template_model(Change change) & {
        change(this->self_model());
        return self();
    }
    template <class Change>
    constexpr Derived&& template_model(Change change) && {
        return std::move(template_model(change));
    }

protected:
    using held<W>::held;
    constexpr Derived& self() noexcept { return static_cast<Derived&>(*this); }
};

}  // namespace detail
}  // namespace tiphys

#include <tiphys/build/detail/dag.hpp>
#include <tiphys/build/detail/steps.hpp>
