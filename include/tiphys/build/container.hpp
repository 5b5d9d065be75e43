// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/from.hpp>
#include <tiphys/build/generated/container_words.hpp>
#include <tiphys/build/reference.hpp>
#include <tiphys/build/volume.hpp>

/// What all containers can say, and the containers beside a template's own: `UserContainer` (sidecars and
/// init containers) and `ContainerNode` (of a container set).
namespace tiphys {

namespace detail {

/// The words of a container that are more than a property. `Derived` gives `container_to_fill()`, and what
/// volume_words need.
template <class Derived>
class container_verbs : public container_words<Derived>, public volume_words<Derived> {
public:
    /// An environment variable.
    constexpr Derived& env(const word& name, const value& given) & {
        auto& variable = add_variable(name);
        variable.value = given.view();
        return note_variable(given.where());
    }
    constexpr Derived&& env(const word& name, const value& given) && { return std::move(env(name, given)); }
    /// One from an input of the template or a parameter of the workflow: `.env("WHO", input("who"))`.
    constexpr Derived& env(const word& name, const Reference& from) & {
        return env(name, value(from.text("tasks.").view(), from.where()));
    }
    constexpr Derived&& env(const word& name, const Reference& from) && { return std::move(env(name, from)); }
    /// One whose value lies elsewhere: `from_secret`, `from_config_map`, `from_field`, `from_resource`.
    constexpr Derived& env(const word& name, model::k8s::EnvVarSource from) & {
        auto& variable = add_variable(name);
        variable.valueFrom = std::move(from);
        return note_variable(name.where());
    }
    constexpr Derived&& env(const word& name, model::k8s::EnvVarSource from) && {
        return std::move(env(name, std::move(from)));
    }
    template <class... Given>
        requires all_become<model::k8s::EnvVar, Given...>
    constexpr Derived& env(const Given&... given) & {
        return fill::add_all(self(), fill::container(self()).env, given...);
    }
    template <class... Given>
        requires all_become<model::k8s::EnvVar, Given...>
    constexpr Derived&& env(const Given&... given) && {
        return std::move(env(given...));
    }

    /// An environment variable for each key of a secret, called like the key behind the prefix.
    constexpr Derived& env_from_secret(const word& name, const word& prefix = {}) & {
        add_source(name, prefix).secretRef.ensure().name = name.view();
        return self();
    }
    constexpr Derived&& env_from_secret(const word& name, const word& prefix = {}) && {
        return std::move(env_from_secret(name, prefix));
    }
    /// An environment variable for each key of a config map, called like the key behind the prefix.
    constexpr Derived& env_from_config_map(const word& name, const word& prefix = {}) & {
        add_source(name, prefix).configMapRef.ensure().name = name.view();
        return self();
    }
    constexpr Derived&& env_from_config_map(const word& name, const word& prefix = {}) && {
        return std::move(env_from_config_map(name, prefix));
    }

    /// How much of a resource it gets at least: `.request("memory", "64Mi")`.
    constexpr Derived& request(const word& resource, const value& quantity) & {
        return fill::entry(self(), "resources", fill::container(self()).resources.ensure().requests, resource,
                           quantity);
    }
    constexpr Derived&& request(const word& resource, const value& quantity) && {
        return std::move(request(resource, quantity));
    }
    /// How much of a resource it gets at most: `.limit("cpu", "500m")`.
    constexpr Derived& limit(const word& resource, const value& quantity) & {
        return fill::entry(self(), "resources", fill::container(self()).resources.ensure().limits, resource,
                           quantity);
    }
    constexpr Derived&& limit(const word& resource, const value& quantity) && {
        return std::move(limit(resource, quantity));
    }

private:
    constexpr Derived& self() noexcept { return static_cast<Derived&>(*this); }
    constexpr model::k8s::EnvVar& add_variable(const word& name) {
        auto& variable = fill::container(self()).env.emplace_back();
        variable.name = name.view();
        return variable;
    }
    constexpr Derived& note_variable(const line& where) {
        fill::note(self(), "env", static_cast<std::int32_t>(fill::container(self()).env.size() - 1), where);
        return self();
    }
    constexpr model::k8s::EnvFromSource& add_source(const word& name, const word& prefix) {
        auto& sources = fill::container(self()).envFrom;
        auto& source = sources.emplace_back();
        if (prefix.has_value()) source.prefix = prefix.view();
        fill::note(self(), "envFrom", static_cast<std::int32_t>(sources.size() - 1), name.where());
        return source;
    }
};

/// A container that stands beside others in its pod. Its volumes go to the template that gets it.
template <class Derived, class Model>
class pod_container : public container_verbs<Derived> {
public:
    constexpr const Model& model() const noexcept { return model_; }

    /// Gives the container to the list, and its volumes to the template.
    constexpr void move_to(list<Model>& containers, list<model::k8s::Volume>& volumes,
                           list<placed_claim>& claims) && {
        for (auto& volume : volumes_) add_once(volumes, std::move(volume));
        for (auto& claim : claims_) add_once(claims, std::move(claim));
        containers.push_back(std::move(model_));
    }

protected:
    friend fill;
    constexpr pod_container() = default;

    constexpr Model& container_to_fill() noexcept { return model_; }
    constexpr auto& mounts_to_fill() noexcept { return model_.volumeMounts; }
    constexpr auto& volumes_to_fill() noexcept { return volumes_; }
    constexpr auto& claims_to_fill() noexcept { return claims_; }
    constexpr void note_word(literal, std::int32_t, const line&) noexcept {}

    Model model_;
    list<model::k8s::Volume> volumes_;
    list<placed_claim> claims_;
};

/// Takes containers in any form: with volumes of their own, or as the model.
template <class Container, class Model, class Given>
constexpr void add_container(list<Model>& containers, list<model::k8s::Volume>& volumes,
                             list<placed_claim>& claims, const Given& given) {
    if constexpr (std::is_same_v<Given, Container>)
        Container(given).move_to(containers, volumes, claims);
    else
        containers.push_back(given);
}

template <class Container, class Model, class... Given>
concept all_containers =
    ((std::is_same_v<Given, Container> || std::convertible_to<const Given&, Model>) && ...);

}  // namespace detail

/// A container beside a template's own: a sidecar or an init container. Source: Argo's UserContainer.
template <class Model>
class UserContainerWords : public detail::pod_container<UserContainerWords<Model>, Model>,
                           public detail::user_container_words<UserContainerWords<Model>> {
public:
    constexpr explicit UserContainerWords(const word& name) { this->model_.name = name.view(); }
    constexpr UserContainerWords(const word& name, const word& image) : UserContainerWords(name) {
        this->model_.image = image.view();
    }
};
using UserContainer = UserContainerWords<model::UserContainer>;

namespace detail {
template <class Model>
class NodeGroup;
}

/// A container of a container set: `a >> (b, c) >> d` puts such in order. Source: Argo's ContainerNode.
template <class Model>
class ContainerNodeWords : public detail::pod_container<ContainerNodeWords<Model>, Model>,
                           public detail::container_node_words<ContainerNodeWords<Model>> {
public:
    constexpr explicit ContainerNodeWords(const word& name) { this->model_.name = name.view(); }
    constexpr ContainerNodeWords(const word& name, const word& image) : ContainerNodeWords(name) {
        this->model_.image = image.view();
    }

    // Friends, so that no other type's mistakes list them.
    friend constexpr auto operator>>(const ContainerNodeWords& before, const ContainerNodeWords& after) {
        return detail::NodeGroup<Model>(before) >> detail::NodeGroup<Model>(after);
    }
    friend constexpr auto operator,(const ContainerNodeWords& one, const ContainerNodeWords& other) {
        return detail::NodeGroup<Model>(one), detail::NodeGroup<Model>(other);
    }
};
using ContainerNode = ContainerNodeWords<model::ContainerNode>;

}  // namespace tiphys
