// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/site.hpp>
#include <tiphys/build/value.hpp>
#include <tiphys/model/model.hpp>

/// Templates that are values of their own: Container, Script, Suspend. `Workflow::container` and its like
/// take them.
namespace tiphys {

namespace detail {

/// A template being built, and the lines of its literals.
struct template_state {
    model::Template model;
    list<site> sites;

    constexpr void note(literal field, std::size_t index, const std::source_location& where) {
        sites.push_back(site{{}, field, static_cast<std::int32_t>(index), where});
    }
    constexpr void note(literal field, const std::source_location& where) {
        sites.push_back(site{{}, field, -1, where});
    }
};

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

/// What every template that a user makes as a value can say.
template <class Derived>
class template_verbs {
public:
    /// An input parameter that callers must give.
    [[gnu::noinline]] constexpr Derived& input(const word& name) & {
        add_input(state_.model, name);
        state_.note("inputs", state_.model.inputs->parameters.size() - 1, name.where());
        return self();
    }
    constexpr Derived&& input(const word& name) && { return std::move(input(name)); }

    /// An input parameter with the value that it has where callers give none.
    [[gnu::noinline]] constexpr Derived& input(const word& name, const value& otherwise) & {
        add_input(state_.model, name).default_ = otherwise.view();
        state_.note("inputs", state_.model.inputs->parameters.size() - 1, otherwise.where());
        return self();
    }
    constexpr Derived&& input(const word& name, const value& otherwise) && {
        return std::move(input(name, otherwise));
    }

    /// At most this long from the start of the pod; Argo ends it then. Source:
    /// Template.activeDeadlineSeconds.
    constexpr Derived& active_deadline_seconds(std::int64_t seconds) & {
        state_.model.activeDeadlineSeconds = seconds;
        return self();
    }
    constexpr Derived&& active_deadline_seconds(std::int64_t seconds) && {
        return std::move(active_deadline_seconds(seconds));
    }

    /// The generated model itself, for what the builder has no word for.
    template <class Change>
    constexpr Derived& template_model(Change change) & {
        change(state_.model);
        return self();
    }
    template <class Change>
    constexpr Derived&& template_model(Change change) && {
        return std::move(template_model(change));
    }

    constexpr const model::Template& model() const noexcept { return state_.model; }
    constexpr template_state&& release() && noexcept { return std::move(state_); }

protected:
    constexpr template_verbs() = default;
    constexpr Derived& self() noexcept { return static_cast<Derived&>(*this); }

    template_state state_;
};

/// What templates that run a container can say besides. `Derived::container()` is the model's container or
/// script.
template <class Derived>
class pod_verbs : public template_verbs<Derived> {
    using base = template_verbs<Derived>;

public:
    /// An output parameter read from a file of the container. Source: ValueFrom.path.
    [[gnu::noinline]] constexpr Derived& output(const word& name, const word& path) & {
        add_output(this->state_.model, name).valueFrom.ensure().path = path.view();
        this->state_.note("outputs", this->state_.model.outputs->parameters.size() - 1, path.where());
        return this->self();
    }
    constexpr Derived&& output(const word& name, const word& path) && {
        return std::move(output(name, path));
    }

    /// The same, with the value that it has where the file is missing.
    constexpr Derived& output(const word& name, const word& path, const value& otherwise) & {
        output(name, path);
        this->state_.model.outputs->parameters.back().valueFrom->default_ = otherwise.view();
        return this->self();
    }
    constexpr Derived&& output(const word& name, const word& path, const value& otherwise) && {
        return std::move(output(name, path, otherwise));
    }

    /// The program and its first arguments; replaces the image's entrypoint.
    /// Up to eight words a call; further calls add to them.
    constexpr Derived& command(const word& a, const word& b = {}, const word& c = {}, const word& d = {},
                               const word& e = {}, const word& f = {}, const word& g = {},
                               const word& h = {}) & {
        add("command", this->self().container().command, a, b, c, d, e, f, g, h);
        return this->self();
    }
    constexpr Derived&& command(const word& a, const word& b = {}, const word& c = {}, const word& d = {},
                                const word& e = {}, const word& f = {}, const word& g = {},
                                const word& h = {}) && {
        return std::move(command(a, b, c, d, e, f, g, h));
    }

    /// An environment variable.
    constexpr Derived& env(const word& name, const value& given) & {
        auto& variables = this->self().container().env;
        auto& variable = variables.emplace_back();
        variable.name = name.view();
        variable.value = given.view();
        this->state_.note("env", variables.size() - 1, given.where());
        return this->self();
    }
    constexpr Derived&& env(const word& name, const value& given) && { return std::move(env(name, given)); }

    constexpr Derived& working_dir(const word& directory) & {
        this->self().container().workingDir = directory.view();
        this->state_.note("workingDir", directory.where());
        return this->self();
    }
    constexpr Derived&& working_dir(const word& directory) && { return std::move(working_dir(directory)); }

    /// Always, IfNotPresent or Never.
    constexpr Derived& image_pull_policy(const word& policy) & {
        this->self().container().imagePullPolicy = policy.view();
        this->state_.note("imagePullPolicy", policy.where());
        return this->self();
    }
    constexpr Derived&& image_pull_policy(const word& policy) && {
        return std::move(image_pull_policy(policy));
    }

protected:
    // Parameters, not a pack: each literal then becomes a word, with its line, where the user wrote it.
    [[gnu::noinline]] constexpr void add(literal field, list<str>& to, const word& a, const word& b,
                                         const word& c, const word& d, const word& e, const word& f,
                                         const word& g, const word& h) {
        for (const word* text : {&a, &b, &c, &d, &e, &f, &g, &h}) {
            if (!text->has_value()) return;
            to.push_back(str(text->view()));
            this->state_.note(field, to.size() - 1, text->where());
        }
    }
};

}  // namespace detail

/// A template that runs one container. Source: Argo's Template.container.
class Container : public detail::pod_verbs<Container> {
public:
    constexpr explicit Container(const word& image) {
        container().image = image.view();
        state_.note("image", image.where());
    }

    /// Arguments of the command. Up to eight words a call; further calls add to them.
    constexpr Container& args(const word& a, const word& b = {}, const word& c = {}, const word& d = {},
                              const word& e = {}, const word& f = {}, const word& g = {},
                              const word& h = {}) & {
        add("args", container().args, a, b, c, d, e, f, g, h);
        return *this;
    }
    constexpr Container&& args(const word& a, const word& b = {}, const word& c = {}, const word& d = {},
                               const word& e = {}, const word& f = {}, const word& g = {},
                               const word& h = {}) && {
        return std::move(args(a, b, c, d, e, f, g, h));
    }

private:
    friend detail::pod_verbs<Container>;
    constexpr model::k8s::Container& container() { return state_.model.container.ensure(); }
};

/// A template that runs a script in a container; what it prints is its `outputs.result`. Source:
/// Template.script.
class Script : public detail::pod_verbs<Script> {
public:
    constexpr explicit Script(const word& image) {
        container().image = image.view();
        state_.note("image", image.where());
    }

    /// The text of the script; the command is given its file.
    constexpr Script& source(const word& text) & {
        container().source = text.view();
        state_.note("source", text.where());
        return *this;
    }
    constexpr Script&& source(const word& text) && { return std::move(source(text)); }

private:
    friend detail::pod_verbs<Script>;
    constexpr model::ScriptTemplate& container() { return state_.model.script.ensure(); }
};

/// A template that waits: until it is resumed, or for a while. Source: Template.suspend.
class Suspend : public detail::template_verbs<Suspend> {
public:
    constexpr Suspend() { state_.model.suspend.ensure(); }

    /// Seconds ("20"), or a duration of Go's form ("1h30m"), after which it goes on by itself.
    constexpr Suspend& duration(const value& duration) & {
        state_.model.suspend->duration = duration.view();
        state_.note("duration", duration.where());
        return *this;
    }
    constexpr Suspend&& duration(const value& duration) && { return std::move(this->duration(duration)); }
};

}  // namespace tiphys
