// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/entity.hpp>
#include <tiphys/build/reference.hpp>

namespace tiphys::detail {

/// `Host&`: how a scope that is a variable refers to what it works on.
template <class W>
using referred = std::remove_reference_t<W>&;

template <class W>
class held_base {
protected:
    constexpr explicit held_base(W&& host) noexcept : host_(std::move(host)) {}
    constexpr W& host() noexcept { return host_; }
    constexpr W&& pass() noexcept { return std::move(host_); }

private:
    W host_;
};
template <class W>
class held_base<W&> {
protected:
    constexpr explicit held_base(W& host) noexcept : host_(&host) {}
    constexpr W& host() noexcept { return *host_; }
    constexpr W& pass() noexcept { return *host_; }

private:
    W* host_;
};

/// What every scope has: what it works on (an entity, or a template that stands alone), owned or referred to;
/// the index of its template; and the way back to the entity's verbs.
template <class W>
class held : public held_base<W> {
public:
    using host_type = std::remove_reference_t<W>;
    static constexpr bool refers = std::is_reference_v<W>;

    /// The workflow (or other document) again, to go on with its own verbs.
    constexpr W&& workflow() && requires(!std::same_as<host_type, lone>) {
        return forward();
    } constexpr W&& container(const word& name, Container made) && {
        this->host().container(name, std::move(made));
        return forward();
    }
    constexpr W&& script(const word& name, Script made) && {
        this->host().script(name, std::move(made));
        return forward();
    }
    constexpr W&& suspend(const word& name, Suspend made = {}) && {
        this->host().suspend(name, std::move(made));
        return forward();
    }
    template <template_value Made>
    constexpr W&& template_(const word& name, Made made) && {
        this->host().template_(name, std::move(made));
        return forward();
    }
    constexpr DagScope<W> dag(const word& name) && { return DagScope<W>(forward(), name); }
    constexpr StepsScope<W> steps(const word& name) && { return StepsScope<W>(forward(), name); }
    constexpr W&& entrypoint(const word& name) && {
        this->host().entrypoint(name);
        return forward();
    }
    constexpr W&& parameter(const word& name) && {
        this->host().parameter(name);
        return forward();
    }
    constexpr W&& parameter(const word& name, const value& otherwise) && {
        this->host().parameter(name, otherwise);
        return forward();
    }

    constexpr operator host_type() && requires(!refers) { return this->pass(); } constexpr const
        auto& model() const& noexcept
            requires(!std::same_as<host_type, lone>)
    {
        return const_cast<held*>(this)->host().model();
    }
    /// For the verbs that take a template by value.
    constexpr template_state&& release() && noexcept
        requires std::same_as<W, lone>
    {
        return this->host().release();
    }

protected:
    constexpr held(W&& host, std::int32_t index) noexcept
        : held_base<W>(std::forward<W>(host)), index_(index) {}

    static constexpr std::int32_t new_template(host_type& host, const word& name) {
        return host.add_template(name);
    }
    constexpr W&& forward() noexcept { return static_cast<W&&>(this->pass()); }
    constexpr std::int32_t index() const noexcept { return index_; }
    constexpr model::Template& self_model() { return this->host().template_at(index_); }
    constexpr void note_at(std::int32_t group, std::int32_t item, literal field, std::int32_t number,
                           const std::source_location& where) {
        this->host().note({index_, group, item}, field, number, where);
    }
    constexpr void forget(const owner& of, literal field) {
        for (auto& one : this->host().sites_to_change())
            if (one.of == of && same(one.field, field)) one.of = nowhere;
    }
    constexpr list<implied_dependency>& implied() { return this->host().implied(); }
    constexpr void refer_to(const library& of) { add_library(this->host().libraries_to_fill(), of); }

    /// Puts a template into a call, and its lines: those of its own steps and tasks become that of the step
    /// or task as a whole.
    [[gnu::noinline]] constexpr void take_inline(box<model::Template>& to, std::int32_t group,
                                                 std::int32_t item, template_state&& made) {
        const bool steps = made.model.steps.has_value();
        for (const site& one : made.sites) {
            if (one.of.item < 0)
                note_at(group, item, one.field, one.index, one.where);
            else if (steps)
                note_at(group, item, "steps", one.of.group, one.where);
            else
                note_at(group, item, "tasks", one.of.item, one.where);
        }
        this->host().take(made);
        to = std::move(made.model);
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
    std::int32_t index_;
};

/// What a dag and a steps template can say of themselves. `Derived::prefix` is the scope of its references.
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
    /// An input parameter with all that Argo can say of one.
    constexpr Derived& input(model::Parameter given) & {
        this->self_model().inputs.ensure().parameters.push_back(std::move(given));
        return self();
    }
    constexpr Derived&& input(model::Parameter given) && { return std::move(input(std::move(given))); }
    /// An input artifact.
    constexpr Derived& input(model::Artifact given) & {
        this->self_model().inputs.ensure().artifacts.push_back(std::move(given));
        return self();
    }
    constexpr Derived&& input(model::Artifact given) && { return std::move(input(std::move(given))); }

    /// An output parameter taken from one of a step or task: `{{tasks.A.outputs.parameters.x}}`.
    constexpr Derived& output(const word& name, const word& reference) & {
        this->add_scope_output(name, reference.where()).parameter = reference.view();
        return self();
    }
    constexpr Derived&& output(const word& name, const word& reference) && {
        return std::move(output(name, reference));
    }
    /// The same by name: `output("x", tiphys::output("A", "x"))`; an artifact, if the reference is to one.
    constexpr Derived& output(const word& name, const Reference& from) & {
        if (!from.is_artifact()) {
            this->add_scope_output(name, from.where()).parameter = from.text(Derived::prefix);
            return self();
        }
        auto& artifacts = this->self_model().outputs.ensure().artifacts;
        auto& artifact = artifacts.emplace_back();
        artifact.name = name.view();
        artifact.from = from.text(Derived::prefix);
        this->note_at(-1, -1, "artifacts", static_cast<std::int32_t>(artifacts.size() - 1), from.where());
        return self();
    }
    constexpr Derived&& output(const word& name, const Reference& from) && {
        return std::move(output(name, from));
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

}  // namespace tiphys::detail
