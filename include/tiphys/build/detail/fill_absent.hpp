// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/model.hpp>

/// Fills of a template what its user has not said, from another template of its kind.
namespace tiphys::detail {

template <class T>
constexpr bool said(const T& value) {
    return value.has_value();
}
/// An empty text says nothing: `image: ""` is as good as none.
constexpr bool said(const str& value) { return !value.empty(); }

template <class T, class... Members>
constexpr void fill_members(T& to, const T& from, Members T::*... members) {
    ((!said(to.*members) && said(from.*members) ? void(to.*members = from.*members) : void()), ...);
}

/// The keys that it lacks.
template <class T>
constexpr void fill_map(map<T>& to, const map<T>& from) {
    for (const auto& entry : from)
        if (!to.contains(entry.key.view())) to[entry.key.view()] = entry.value;
}

/// The elements whose name it lacks.
template <class T>
constexpr void fill_named(list<T>& to, const list<T>& from) {
    for (const T& one : from) {
        bool known = false;
        for (const T& own : to) known = known || same(own.name.view(), one.name.view());
        if (!known) to.push_back(one);
    }
}

/// What containers, scripts and the containers of a set share.
template <class C>
constexpr void fill_container(C& to, const C& from) {
    fill_members(to, from, &C::command, &C::args, &C::envFrom, &C::image, &C::imagePullPolicy, &C::lifecycle,
                 &C::livenessProbe, &C::ports, &C::readinessProbe, &C::resizePolicy, &C::resources,
                 &C::restartPolicy, &C::restartPolicyRules, &C::securityContext, &C::startupProbe, &C::stdin,
                 &C::stdinOnce, &C::terminationMessagePath, &C::terminationMessagePolicy, &C::tty,
                 &C::volumeDevices, &C::volumeMounts, &C::workingDir, &C::unknown_fields);
    fill_named(to.env, from.env);
}

/// The members of the body of each plugin that both have.
constexpr void fill_plugin(json& to, const json& from) {
    for (auto& plugin : to.members()) {
        const json* const body = from.find(plugin.key.view());
        if (body == nullptr) continue;
        if (plugin.value.is_null()) plugin.value = *body;
        for (const auto& member : body->members())
            if (plugin.value.is_object() && plugin.value.find(member.key.view()) == nullptr)
                plugin.value.set(member.key.view(), member.value);
    }
}

/// One kind of template: where both are of it.
template <class T, class Fill>
constexpr void fill_kind(box<T>& to, const box<T>& from, Fill fill) {
    if (to && from) fill(*to, *from);
}

constexpr bool is_pod(const model::Template& made) {
    return made.container || made.script || made.containerSet || made.data || made.resource;
}
/// Whether both are containers, both scripts …
constexpr bool same_kind(const model::Template& a, const model::Template& b) {
    return (a.container && b.container) || (a.script && b.script) || (a.containerSet && b.containerSet) ||
           (a.resource && b.resource) || (a.http && b.http) || (a.suspend && b.suspend) ||
           (a.data && b.data) || (a.dag && b.dag) || (a.steps.has_value() && b.steps.has_value()) ||
           (a.plugin.has_value() && b.plugin.has_value());
}

/// Everything but its name, its inputs and outputs, its tasks and its steps, which `Defaults` refuses.
constexpr void fill_template(model::Template& to, const model::Template& from) {
    using T = model::Template;
    fill_members(to, from, &T::activeDeadlineSeconds, &T::affinity, &T::archiveLocation,
                 &T::automountServiceAccountToken, &T::daemon, &T::executor, &T::failFast, &T::hostAliases,
                 &T::initContainers, &T::memoize, &T::metrics, &T::parallelism, &T::pendingTimeout,
                 &T::podResources, &T::podSpecPatch, &T::priority, &T::priorityClassName, &T::resourceClaims,
                 &T::retryStrategy, &T::schedulerName, &T::securityContext, &T::serviceAccountName,
                 &T::sidecars, &T::synchronization, &T::timeout, &T::tolerations, &T::unknown_fields);
    fill_map(to.annotations, from.annotations);
    fill_map(to.nodeSelector, from.nodeSelector);
    fill_named(to.volumes, from.volumes);
    if (from.metadata) {
        auto& metadata = to.metadata.ensure();
        fill_map(metadata.annotations, from.metadata->annotations);
        fill_map(metadata.labels, from.metadata->labels);
    }
    fill_kind(to.container, from.container, [](auto& a, const auto& b) {
        fill_container(a, b);
        fill_members(a, b, &model::k8s::Container::name);
    });
    fill_kind(to.script, from.script, [](auto& a, const auto& b) {
        fill_container(a, b);
        fill_members(a, b, &model::ScriptTemplate::name, &model::ScriptTemplate::source);
    });
    fill_kind(to.containerSet, from.containerSet, [](auto& a, const auto& b) {
        using S = model::ContainerSetTemplate;
        fill_members(a, b, &S::retryStrategy, &S::volumeMounts, &S::unknown_fields);
        // One container stands for all of them; `Defaults` takes no more.
        for (const auto& one : b.containers)
            for (auto& other : a.containers) fill_container(other, one);
    });
    fill_kind(to.resource, from.resource, [](auto& a, const auto& b) {
        using R = model::ResourceTemplate;
        // Two ways to say one thing: who has said one wants no other.
        if (!said(a.manifest) && !said(a.manifestFrom)) fill_members(a, b, &R::manifest, &R::manifestFrom);
        fill_members(a, b, &R::action, &R::failureCondition, &R::flags, &R::mergeStrategy,
                     &R::setOwnerReference, &R::successCondition, &R::unknown_fields);
    });
    fill_kind(to.http, from.http, [](auto& a, const auto& b) {
        using H = model::HTTP;
        if (!said(a.body) && !said(a.bodyFrom)) fill_members(a, b, &H::body, &H::bodyFrom);
        fill_members(a, b, &H::insecureSkipVerify, &H::method, &H::successCondition, &H::timeoutSeconds,
                     &H::url, &H::unknown_fields);
        fill_named(a.headers, b.headers);
    });
    fill_kind(to.suspend, from.suspend, [](auto& a, const auto& b) {
        using S = model::SuspendTemplate;
        fill_members(a, b, &S::duration, &S::unknown_fields);
    });
    fill_kind(to.dag, from.dag, [](auto& a, const auto& b) {
        using D = model::DAGTemplate;
        fill_members(a, b, &D::failFast, &D::unknown_fields);
    });
    fill_kind(to.data, from.data, [](auto& a, const auto& b) {
        fill_members(a, b, &model::Data::transformation, &model::Data::unknown_fields);
        fill_members(a.source, b.source, &model::DataSource::artifactPaths,
                     &model::DataSource::unknown_fields);
    });
    fill_plugin(to.plugin, from.plugin);
}

/// Whether a container of the template mounts a volume of this name.
constexpr bool mounts(const model::Template& made, std::string_view volume) {
    bool found = false;
    const auto look = [&](const auto& container) {
        for (const auto& mount : container.volumeMounts) found = found || same(mount.name.view(), volume);
    };
    if (made.container) look(*made.container);
    if (made.script) look(*made.script);
    if (made.containerSet) {
        look(*made.containerSet);
        for (const auto& one : made.containerSet->containers) look(one);
    }
    for (const auto& one : made.initContainers) look(one);
    for (const auto& one : made.sidecars) look(one);
    return found;
}

/// The claims of the volumes that a template has been given, where neither it nor its workflow has a volume
/// of that name.
constexpr void fill_claims(model::WorkflowSpec& spec, const model::Template& made,
                           const list<model::k8s::PersistentVolumeClaim>& claims) {
    for (const auto& claim : claims) {
        const std::string_view name = claim.metadata ? claim.metadata->name.view() : std::string_view();
        bool known = !mounts(made, name);
        for (const auto& own : made.volumes) known = known || same(own.name.view(), name);
        for (const auto& own : spec.volumes) known = known || same(own.name.view(), name);
        for (const auto& own : spec.volumeClaimTemplates)
            known = known || (own.metadata && same(own.metadata->name.view(), name));
        if (!known) spec.volumeClaimTemplates.push_back(claim);
    }
}

constexpr void fill_image(str& to, const str& image) {
    if (to.empty()) to = image;
}
constexpr void fill_images(model::Template& to, const str& image, const str& policy) {
    const auto each = [&](auto& container) {
        if (image.has_value()) fill_image(container.image, image);
        if (policy.has_value() && container.imagePullPolicy.empty()) container.imagePullPolicy = policy;
    };
    if (to.container) each(*to.container);
    if (to.script) each(*to.script);
    if (to.containerSet)
        for (auto& one : to.containerSet->containers) each(one);
    for (auto& one : to.initContainers) each(one);
    for (auto& one : to.sidecars) each(one);
}

}  // namespace tiphys::detail
