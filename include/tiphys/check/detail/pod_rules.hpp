// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/document_rules.hpp>

/// Rules on what Kubernetes demands of a pod: environment, ports, amounts, volumes.
namespace tiphys::detail {

/// What the kinds of containers have in common.
struct container_view {
    std::string_view name;
    const str& pull_policy;
    const list<model::k8s::EnvVar>& env;
    const list<model::k8s::ContainerPort>& ports;
    const model::k8s::ResourceRequirements* resources;
    const list<model::k8s::VolumeMount>& mounts;
    const Path& parent;
    std::string_view member;
    std::int32_t index;     ///< -1: not of a list
    std::string_view what;  ///< "sidecar `log`", or "template `main`" for its only container

    constexpr Path path() const {
        const Path found = parent / member;
        if (index < 0) return found;
        return found[static_cast<std::size_t>(index)];
    }
};

template <class Container>
constexpr container_view see(const Container& container, const Path& parent, std::string_view member,
                             std::int32_t index, std::string_view what) {
    return {container.name.view(),
            container.imagePullPolicy,
            container.env,
            container.ports,
            container.resources.get(),
            container.volumeMounts,
            parent,
            member,
            index,
            what};
}

constexpr void env_name(const container_view& container, report& report) {
    for (std::size_t i = 0; i < container.env.size(); ++i) {
        const auto& one = container.env[i];
        const auto name = one.name.view();
        if (!is_env_name(name) && !has_variable(name))
            report(rule::env_name, (container.path() / "env")[i] / "name",
                   joined("`", name, "` of ", container.what, " is no name of an environment variable"));
        if (!one.valueFrom) continue;
        const Path at = (container.path() / "env")[i] / "valueFrom";
        const auto key = [&](const auto& reference, std::string_view member) {
            if (reference && reference->key.empty())
                report(
                    rule::field_required, at / member,
                    joined("the ", member, " of variable `", name, "` of ", container.what, " has no key"));
        };
        key(one.valueFrom->secretKeyRef, "secretKeyRef");
        key(one.valueFrom->configMapKeyRef, "configMapKeyRef");
    }
}

constexpr void port_malformed(const container_view& container, report& report) {
    for (std::size_t i = 0; i < container.ports.size(); ++i) {
        const auto& port = container.ports[i];
        const Path at = (container.path() / "ports")[i];
        const auto number = port.containerPort.value_or(0);
        if (number < 1 || number > 65535)
            report(
                rule::port_malformed, at / "containerPort",
                joined("port ", text(number).view(), " of ", container.what, " is not within 1 and 65535"));
        if (has_text(port.name) && !is_port_name(port.name.view()) && !has_variable(port.name.view()))
            report(rule::port_malformed, at / "name",
                   joined("the port name `", port.name.view(), "` of ", container.what,
                          " is not of at most 15 lower-case letters, digits and `-`"));
    }
}

inline constexpr std::string_view pull_policies[] = {"Always", "IfNotPresent", "Never"};

/// The requests and limits of a container, or of a claim.
constexpr void resource_amounts(const map<str>& requests, const map<str>& limits, const Path& path,
                                std::string_view owner, report& report) {
    const auto amounts = [&](const map<str>& given, std::string_view member) {
        for (const auto& entry : given)
            if (!read_quantity(entry.value.view()).valid && !has_variable(entry.value.view()))
                report(rule::quantity_malformed, path / member / entry.key.view(),
                       joined("the ", entry.key.view(), " in ", member, " of ", owner, " is `",
                              entry.value.view(), "`, which is no amount"));
    };
    amounts(requests, "requests");
    amounts(limits, "limits");
    if (requests.empty() || limits.empty()) return;
    const name_lookup found(limits.size(), [&](std::size_t i) { return limits.begin()[i].key.view(); });
    for (const auto& entry : requests) {
        const std::int32_t at = found(entry.key.view());
        if (at < 0) continue;
        const std::string_view most = limits.begin()[at].value.view();
        const quantity request = read_quantity(entry.value.view());
        const quantity limit = read_quantity(most);
        if (request.valid && limit.valid && request.value > limit.value * 1.000000001)
            report(rule::resources_request_above_limit, path / "requests" / entry.key.view(),
                   joined(owner, " requests ", entry.value.view(), " of ", entry.key.view(),
                          ", and its limit is ", most));
    }
}

/// The names of the volumes that a template's containers may mount.
constexpr list<std::string_view> volume_names(const template_view& view) {
    list<std::string_view> names;
    const auto add = [&](const list<model::k8s::Volume>& volumes) {
        for (const auto& volume : volumes) names.push_back(volume.name.view());
    };
    const auto add_spec = [&](const model::WorkflowSpec& spec) {
        add(spec.volumes);
        for (const auto& claim : spec.volumeClaimTemplates)
            if (claim.metadata) names.push_back(claim.metadata->name.view());
        if (spec.templateDefaults) add(spec.templateDefaults->volumes);
    };
    add(view.self.volumes);
    add_spec(view.workflow.spec);
    if (view.workflow.base != nullptr) add_spec(*view.workflow.base);
    return names;
}

constexpr void volume_unknown(const template_view& view, const container_view& container, report& report) {
    // Templates of a WorkflowTemplate may run in a workflow that has the volume.
    if (view.workflow.is_template() || view.workflow.is_open()) return;
    const list<std::string_view> names = volume_names(view);
    const name_lookup found(names.size(), [&](std::size_t i) { return names[i]; });
    for (std::size_t i = 0; i < container.mounts.size(); ++i) {
        const auto name = container.mounts[i].name.view();
        if (found(name) >= 0 || has_variable(name)) continue;
        nearest near(name);
        for (const std::string_view other : names) near.offer(other);
        report(rule::volume_unknown, (container.path() / "volumeMounts")[i] / "name",
               joined(container.what, " mounts volume `", name,
                      "`, which neither the template nor the workflow has", near.question().view()));
    }
}

constexpr void duplicate_mounts(const list<model::k8s::VolumeMount>& mounts, const Path& path,
                                std::string_view owner, report& report) {
    if (mounts.size() < 2) return;
    name_index seen(mounts.size());
    for (std::size_t i = 0; i < mounts.size(); ++i) {
        const std::int32_t other = seen.add(mounts[i].mountPath.view(), i);
        if (other >= 0)
            report(rule::container_duplicate_mount, (path / "volumeMounts")[i] / "mountPath",
                   joined(owner, " mounts `", mounts[i].name.view(), "` and `",
                          mounts[static_cast<std::size_t>(other)].name.view(), "` at ",
                          mounts[i].mountPath.view()));
    }
}

constexpr void volume_duplicate_name(const list<model::k8s::Volume>& given, const Path& path,
                                     std::string_view owner, report& report) {
    name_index seen(given.size());
    for (std::size_t i = 0; i < given.size(); ++i) {
        const std::int32_t other = seen.add(given[i].name.view(), i);
        if (other >= 0 && !(given[i] == given[static_cast<std::size_t>(other)]))
            report(rule::volume_duplicate_name, path[i] / "name",
                   joined(owner, " has two volumes `", given[i].name.view(),
                          "` that differ; only the first would be mounted"));
    }
}

constexpr void volumes(const list<model::k8s::Volume>& given, const Path& path, std::string_view owner,
                       report& report) {
    if (given.size() > 1) volume_duplicate_name(given, path, owner, report);
    for (std::size_t i = 0; i < given.size(); ++i) {
        const auto name = given[i].name.view();
        if (!is_dns_label(name) && !has_variable(name))
            report(rule::volume_name, path[i] / "name",
                   joined("the volume name `", name, "` of ", owner,
                          " is not of lower-case letters, digits and `-`, or longer than 63 characters"));
        if (!given[i].emptyDir) continue;
        const auto limit = given[i].emptyDir->sizeLimit.view();
        if (!limit.empty() && !read_quantity(limit).valid && !has_variable(limit))
            report(rule::quantity_malformed, path[i] / "emptyDir" / "sizeLimit",
                   joined("the sizeLimit of volume `", name, "` is `", limit, "`, which is no amount"));
    }
}

/// What most containers lack costs one question each.
constexpr void container_fields(const template_view& view, const container_view& container, report& report) {
    if (!container.env.empty()) env_name(container, report);
    if (!container.ports.empty()) port_malformed(container, report);
    if (has_text(container.pull_policy))
        one_of(rule::container_pull_policy, container.pull_policy, pull_policies, container.path(),
               "imagePullPolicy", container.what, report);
    if (container.resources != nullptr)
        resource_amounts(container.resources->requests, container.resources->limits,
                         container.path() / "resources", container.what, report);
    if (!container.mounts.empty()) {
        volume_unknown(view, container, report);
        duplicate_mounts(container.mounts, container.path(), container.what, report);
    }
}

}  // namespace tiphys::detail
