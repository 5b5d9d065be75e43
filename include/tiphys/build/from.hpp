// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/value.hpp>
#include <tiphys/model/model.hpp>

/// Where a value lies that the manifest does not hold: `.env("TOKEN", from_secret("github", "token"))`. Each
/// converts to what the word at hand wants.
namespace tiphys {

namespace detail {

struct secret_key {
    model::k8s::SecretKeySelector selector;

    constexpr operator model::k8s::SecretKeySelector() const { return selector; }
    constexpr operator model::k8s::EnvVarSource() const {
        model::k8s::EnvVarSource made;
        made.secretKeyRef = selector;
        return made;
    }
    constexpr operator model::HTTPHeaderSource() const {
        model::HTTPHeaderSource made;
        made.secretKeyRef = selector;
        return made;
    }
};

struct config_map_key {
    model::k8s::ConfigMapKeySelector selector;

    constexpr operator model::k8s::ConfigMapKeySelector() const { return selector; }
    constexpr operator model::k8s::EnvVarSource() const {
        model::k8s::EnvVarSource made;
        made.configMapKeyRef = selector;
        return made;
    }
    constexpr operator model::ValueFrom() const {
        model::ValueFrom made;
        made.configMapKeyRef = selector;
        return made;
    }
};

}  // namespace detail

/// A key of a secret: for environment variables, headers, and all words that end in `secret`.
constexpr detail::secret_key from_secret(const word& name, const word& key) {
    detail::secret_key made;
    made.selector.name = name.view();
    made.selector.key = key.view();
    return made;
}

/// A key of a config map: for environment variables and parameters.
constexpr detail::config_map_key from_config_map(const word& name, const word& key) {
    detail::config_map_key made;
    made.selector.name = name.view();
    made.selector.key = key.view();
    return made;
}

/// A field of the pod, for environment variables: "status.podIP".
constexpr model::k8s::EnvVarSource from_field(const word& path) {
    model::k8s::EnvVarSource made;
    made.fieldRef.ensure().fieldPath = path.view();
    return made;
}

/// A request or limit of the container, for environment variables: "limits.cpu".
constexpr model::k8s::EnvVarSource from_resource(const word& resource) {
    model::k8s::EnvVarSource made;
    made.resourceFieldRef.ensure().resource = resource.view();
    return made;
}

}  // namespace tiphys
