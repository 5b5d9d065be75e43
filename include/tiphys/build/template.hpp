// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/container.hpp>
#include <tiphys/build/contract.hpp>
#include <tiphys/build/detail/library.hpp>
#include <tiphys/build/detail/node_group.hpp>
#include <tiphys/build/detail/outputs.hpp>
#include <tiphys/build/detail/site.hpp>
#include <tiphys/build/generated/kind_words.hpp>
#include <tiphys/build/generated/template_words.hpp>

/// Templates that are values of their own. `Workflow::container` and its like take them.
namespace tiphys {

namespace detail {

struct function_entry;
/// A function that a task of this template runs: its document gets a template for it.
struct needed_function {
    function_entry (*entry)() = nullptr;
    line where;
    list<call_place> calls = {};  ///< the last runs it; those before it run the inline templates around it
};

/// A template being built, the lines of its literals, and what the workflow that gets it gets besides.
struct template_state {
    model::Template model;
    list<site> sites;
    list<placed_claim> claims;    ///< of its volumes
    list<library> libraries;      ///< of the documents that its calls refer to
    list<template_state> beside;  ///< templates that its calls brought along: those of hooks
    list<wanted_outputs> wanted;  ///< by its calls
    list<needed_function> functions;
};

/// A template by value: Container and its like, and dags and steps that stand alone.
template <class T>
concept template_value = requires(T made) {
    { std::move(made).release() } -> std::same_as<template_state&&>;
};

/// A template that knows its name, for the document that gets it.
template <template_value Made>
constexpr template_state named(const word& name, Made made) {
    template_state added = std::move(made).release();
    added.model.name = name.view();
    added.sites.push_back({{}, "name", -1, name.where()});
    return added;
}

constexpr model::Parameter& add_input(model::Template& to, const word& name) {
    auto& parameter = to.inputs.ensure().parameters.emplace_back();
    parameter.name = name.view();
    return parameter;
}
constexpr model::Parameter& add_output(model::Template& to, const word& name) {
    auto& parameter = to.outputs.ensure().parameters.emplace_back();
    parameter.name = name.view();
    return parameter;
}

/// Inputs, outputs and labels of any template, a value or a scope. `Derived` gives `template_to_fill()`.
template <class Derived>
class template_verbs : public all_template_words<Derived>, public contract_words<Derived, fill> {
public:
    /// An input parameter that callers must give.
    [[gnu::noinline]] constexpr Derived& input(const word& name) & {
        add_input(part(), name);
        return note_last("inputs", part().inputs->parameters.size(), name.where());
    }
    constexpr Derived&& input(const word& name) && { return std::move(input(name)); }

    /// An input parameter with the value that it has where callers give none.
    [[gnu::noinline]] constexpr Derived& input(const word& name, const value& otherwise) & {
        add_input(part(), name).default_ = otherwise.view();
        return note_last("inputs", part().inputs->parameters.size(), otherwise.where());
    }
    constexpr Derived&& input(const word& name, const value& otherwise) && {
        return std::move(input(name, otherwise));
    }

    /// An input parameter with all that can be said of it: `Parameter("size").enum_("small", "large")`.
    constexpr Derived& input(model::Parameter made, line where = line::current()) & {
        return fill::add(self(), "inputs", part().inputs.ensure().parameters, std::move(made), where);
    }
    constexpr Derived&& input(model::Parameter made, line where = line::current()) && {
        return std::move(input(std::move(made), where));
    }
    /// An input artifact: `Artifact("code").path("/src").git(…)`.
    constexpr Derived& input(model::Artifact made, line where = line::current()) & {
        part().inputs.ensure().artifacts.push_back(std::move(made));
        fill::note(self(), "inputs", -1, where);
        return self();
    }
    constexpr Derived&& input(model::Artifact made, line where = line::current()) && {
        return std::move(input(std::move(made), where));
    }

    /// An output parameter with all that can be said of it: `Parameter("sum").value_from(…)`.
    constexpr Derived& output(model::Parameter made, line where = line::current()) & {
        return fill::add(self(), "outputs", part().outputs.ensure().parameters, std::move(made), where);
    }
    constexpr Derived&& output(model::Parameter made, line where = line::current()) && {
        return std::move(output(std::move(made), where));
    }
    /// An output artifact: `Artifact("report").path("/out")`.
    constexpr Derived& output(model::Artifact made, line where = line::current()) & {
        part().outputs.ensure().artifacts.push_back(std::move(made));
        fill::note(self(), "outputs", -1, where);
        return self();
    }
    constexpr Derived&& output(model::Artifact made, line where = line::current()) && {
        return std::move(output(std::move(made), where));
    }

    /// A label of its pods.
    constexpr Derived& label(const word& key, const word& text) & {
        return fill::entry(self(), "metadata", part().metadata.ensure().labels, key, text);
    }
    constexpr Derived&& label(const word& key, const word& text) && { return std::move(label(key, text)); }
    /// An annotation of its pods.
    constexpr Derived& annotation(const word& key, const word& text) & {
        return fill::entry(self(), "metadata", part().metadata.ensure().annotations, key, text);
    }
    constexpr Derived&& annotation(const word& key, const word& text) && {
        return std::move(annotation(key, text));
    }

    /// The generated model itself, for what the builder has no word for.
    template <class Change>
    constexpr Derived& template_model(Change change) & {
        change(part());
        return self();
    }
    template <class Change>
    constexpr Derived&& template_model(Change change) && {
        return std::move(template_model(change));
    }

protected:
    constexpr template_verbs() = default;
    constexpr Derived& self() noexcept { return static_cast<Derived&>(*this); }
    constexpr model::Template& part() { return fill::template_(self()); }
    constexpr Derived& note_last(literal field, std::size_t size, const line& where) {
        fill::note(self(), field, static_cast<std::int32_t>(size - 1), where);
        return self();
    }
};

/// A template that a user makes as a value.
template <class Derived>
class made_template : public template_verbs<Derived> {
public:
    constexpr const model::Template& model() const noexcept { return state_.model; }
    constexpr template_state&& release() && noexcept { return std::move(state_); }

    /// For words that take a template: `template_defaults`. A workflow would have to get its claims, so a
    /// template with claims does not convert. Errors: `std::logic_error`.
    constexpr operator model::Template() const {
        if (!state_.claims.empty())
            throw std::logic_error(
                "a template with a Claim must be added to a workflow, which gets the claim");
        return state_.model;
    }

protected:
    constexpr made_template() = default;
    friend fill;
    constexpr model::Template& template_to_fill() noexcept { return state_.model; }
    constexpr auto& volumes_to_fill() noexcept { return state_.model.volumes; }
    constexpr auto& claims_to_fill() noexcept { return state_.claims; }
    constexpr void note_word(literal field, std::int32_t index, const line& where) {
        state_.sites.push_back(site{{}, field, index, where});
    }

    template_state state_;
};

/// What templates that run containers of the user can say besides.
template <class Derived>
class pod_verbs : public made_template<Derived> {
    using base = made_template<Derived>;

public:
    using base::output;

    /// An output parameter read from a file of the container. Source: ValueFrom.path.
    [[gnu::noinline]] constexpr Derived& output(const word& name, const word& path) & {
        add_output(this->part(), name).valueFrom.ensure().path = path.view();
        return this->note_last("outputs", this->part().outputs->parameters.size(), path.where());
    }
    constexpr Derived&& output(const word& name, const word& path) && {
        return std::move(output(name, path));
    }

    /// The same, with the value that it has where the file is missing.
    constexpr Derived& output(const word& name, const word& path, const value& otherwise) & {
        output(name, path);
        this->part().outputs->parameters.back().valueFrom->default_ = otherwise.view();
        return this->self();
    }
    constexpr Derived&& output(const word& name, const word& path, const value& otherwise) && {
        return std::move(output(name, path, otherwise));
    }

    /// Containers that run as long as the template's own.
    template <class... Given>
        requires all_containers<UserContainer, model::UserContainer, Given...>
    constexpr Derived& sidecars(const Given&... given) & {
        return add(this->part().sidecars, given...);
    }
    template <class... Given>
        requires all_containers<UserContainer, model::UserContainer, Given...>
    constexpr Derived&& sidecars(const Given&... given) && {
        return std::move(sidecars(given...));
    }
    /// Containers that run, one after the other, before the template's own.
    template <class... Given>
        requires all_containers<UserContainer, model::UserContainer, Given...>
    constexpr Derived& init_containers(const Given&... given) & {
        return add(this->part().initContainers, given...);
    }
    template <class... Given>
        requires all_containers<UserContainer, model::UserContainer, Given...>
    constexpr Derived&& init_containers(const Given&... given) && {
        return std::move(init_containers(given...));
    }

private:
    template <class... Given>
    constexpr Derived& add(list<model::UserContainer>& to, const Given&... given) {
        to.engage();
        (add_container<UserContainer>(to, this->state_.model.volumes, this->state_.claims, given), ...);
        return this->self();
    }
};

}  // namespace detail

/// A template without a kind: what all templates of a workflow have in common, for `template_defaults`.
class Template : public detail::pod_verbs<Template> {
public:
    constexpr Template() = default;
};

/// A template that runs one container. Source: Argo's Template.container.
class Container : public detail::pod_verbs<Container>, public detail::container_verbs<Container> {
public:
    constexpr explicit Container(const word& image) { this->image(image); }
    /// The image comes from elsewhere: the defaults of the workflow.
    constexpr Container() { state_.model.container.ensure(); }

private:
    friend detail::fill;
    constexpr model::k8s::Container& container_to_fill() { return state_.model.container.ensure(); }
    constexpr auto& mounts_to_fill() { return container_to_fill().volumeMounts; }
};

/// A template that runs a script in a container; what it prints is its `outputs.result`. `source` is its
/// text; the command is given its file. Source: Argo's Template.script.
class Script : public detail::pod_verbs<Script>,
               public detail::container_verbs<Script>,
               public detail::script_words<Script> {
public:
    constexpr explicit Script(const word& image) { this->image(image); }
    /// The image comes from elsewhere: the defaults of the workflow.
    constexpr Script() { state_.model.script.ensure(); }

private:
    friend detail::fill;
    constexpr model::ScriptTemplate& container_to_fill() { return state_.model.script.ensure(); }
    constexpr auto& mounts_to_fill() { return container_to_fill().volumeMounts; }
};

/// A template that runs several containers in one pod, each after those that it depends on. A volume that is
/// mounted on the set is mounted in all of them. Source: Argo's Template.containerSet.
class ContainerSet : public detail::pod_verbs<ContainerSet>,
                     public detail::container_set_words<ContainerSet>,
                     public detail::volume_words<ContainerSet> {
public:
    constexpr ContainerSet() { state_.model.containerSet.ensure(); }

    /// `ContainerNode("a", "alpine").command("true")`, `ContainerNode("b", "alpine").dependencies("a")`
    template <class... Given>
        requires detail::all_containers<ContainerNode, model::ContainerNode, Given...>
    constexpr ContainerSet& containers(const Given&... given) & {
        auto& to = kind_to_fill().containers;
        to.engage();
        (detail::add_container<ContainerNode>(to, state_.model.volumes, state_.claims, given), ...);
        return *this;
    }
    template <class... Given>
        requires detail::all_containers<ContainerNode, model::ContainerNode, Given...>
    constexpr ContainerSet&& containers(const Given&... given) && {
        return std::move(containers(given...));
    }
    /// The same in an order: `containers(a >> (b, c) >> d)`, of `auto a = ContainerNode("a", "alpine")` …
    /// Several orders stand side by side: `containers((a >> c, b >> c))`.
    template <class Model>
    constexpr ContainerSet& containers(const detail::NodeGroup<Model>& ordered) & {
        for (const auto& one : ordered.nodes()) containers(one);
        return *this;
    }
    template <class Model>
    constexpr ContainerSet&& containers(const detail::NodeGroup<Model>& ordered) && {
        return std::move(containers(ordered));
    }

private:
    friend detail::fill;
    constexpr model::ContainerSetTemplate& kind_to_fill() { return *state_.model.containerSet; }
    constexpr auto& mounts_to_fill() { return kind_to_fill().volumeMounts; }
};

}  // namespace tiphys

#include <tiphys/build/template_kinds.hpp>
