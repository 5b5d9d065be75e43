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
public:
    constexpr operator W() && { return std::move(host_); }

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
    constexpr W&& workflow() && { return forward(); }
    constexpr W&& container(const word& name, Container made) && {
        this->host().container(name, std::move(made));
        return forward();
    }
    constexpr W&& script(const word& name, Script made) && {
        this->host().script(name, std::move(made));
        return forward();
    }
    constexpr W&& container_set(const word& name, ContainerSet made) && {
        this->host().container_set(name, std::move(made));
        return forward();
    }
    constexpr W&& suspend(const word& name, Suspend made = {}) && {
        this->host().suspend(name, std::move(made));
        return forward();
    }
    constexpr W&& resource(const word& name, Resource made) && {
        this->host().resource(name, std::move(made));
        return forward();
    }
    constexpr W&& http(const word& name, Http made) && {
        this->host().http(name, std::move(made));
        return forward();
    }
    constexpr W&& data(const word& name, Data made) && {
        this->host().data(name, std::move(made));
        return forward();
    }
    constexpr W&& plugin(const word& name, Plugin made) && {
        this->host().plugin(name, std::move(made));
        return forward();
    }
    template <template_value Made>
    constexpr W&& template_(const word& name, Made made) && {
        this->host().template_(name, std::move(made));
        return forward();
    }
    template <auto F>
    constexpr W&& function(const word& name = {}, Script made = {}, line where = line::current()) && {
        this->host().template function<F>(name, std::move(made), where);
        return forward();
    }
    template <auto F>
    constexpr W&& function(Script made, line where = line::current()) && {
        this->host().template function<F>({}, std::move(made), where);
        return forward();
    }
    template <class Defaults>
    constexpr W&& apply(const Defaults& defaults) && {
        this->host().apply(defaults);
        return forward();
    }
    constexpr W&& apply() && {
        this->host().apply();
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

    constexpr const auto& model() const&
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
    /// Gives the document a template that one of its calls brings along.
    template <class Made>
    constexpr void add_beside(const word& name, Made&& made) {
        add_beside(named(name, std::forward<Made>(made)));
    }
    constexpr list<implied_dependency>& implied() { return this->host().implied(); }
    constexpr list<implied_dependency>& afters() { return this->host().afters(); }
    constexpr void forget_reference(const owner& of, literal field, std::int32_t index) {
        for (auto& one : this->host().sites_to_change()) {
            if (!(one.of == of) || !same(one.field, field) || one.index < index) continue;
            if (one.index-- == index) one.of = nowhere;
        }
    }
    constexpr void add_beside(template_state&& made) { this->host().add_beside(std::move(made)); }
    constexpr void want(const word& outputs_of, std::int32_t group, std::int32_t item) {
        wanted_outputs made;
        made.template_ = index_;
        made.calls.push_back({group, item});
        made.of = outputs_of.view();
        made.where = outputs_of.where();
        this->host().want(std::move(made));
    }
    /// The template that runs a function, which the host gets if it has none.
    template <auto F>
    constexpr str template_of(const word& call) {
        return this->host().template function_template_name<F>(call.where());
    }
    constexpr void refer_to(const library& of) { add_library(this->host().libraries_to_fill(), of); }

    /// Puts a template into a call, and its lines: those of its own steps and tasks become that of the step
    /// or task as a whole.
    [[gnu::noinline]] constexpr void take_inline(box<model::Template>& to, std::int32_t group,
                                                 std::int32_t item, template_state&& made) {
        const bool steps = made.model.steps.has_value();
        to = std::move(made.model);
        for (const site& one : made.sites) {
            if (one.of.item < 0)
                note_at(group, item, one.field, one.index, one.where);
            else if (steps)
                note_at(group, item, "steps", one.of.group, one.where);
            else
                note_at(group, item, "tasks", one.of.item, one.where);
        }
        // It may add templates: `to` is gone then.
        this->host().take(made, index_, {group, item});
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
class scope_verbs : public held<W>, public template_verbs<Derived> {
public:
    using template_verbs<Derived>::output;

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

protected:
    using held<W>::held;
    constexpr Derived& self() noexcept { return static_cast<Derived&>(*this); }

    friend fill;
    constexpr model::Template& template_to_fill() { return this->self_model(); }
    constexpr void note_word(literal field, std::int32_t index, const line& where) {
        this->note_at(-1, -1, field, index, where);
    }
};

}  // namespace tiphys::detail
