// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/artifact_rules.hpp>
#include <tiphys/check/detail/pod_rules.hpp>

/// Rules on the containers of a template.
namespace tiphys::detail {

template <class Defaults>
constexpr bool defaults_image(const model::WorkflowSpec* spec, Defaults member) noexcept {
    if (spec == nullptr || !spec->templateDefaults) return false;
    const auto& container = (*spec->templateDefaults).*member;
    return container && !container->image.empty();
}

template <class Member>
constexpr void container_image(const template_view& view, Member member, std::string_view name,
                               report& report) {
    if (has_text((view.self.*member)->image)) return;
    if (defaults_image(&view.workflow.spec, member) || defaults_image(view.workflow.base, member)) return;
    // A base that is not at hand may give it.
    if (view.workflow.is_open()) return;
    report(rule::container_image, view.path / name,
           joined("the ", name, " of ", template_words(view.self).view(), " has no image"));
}

/// The paths of input artifacts among themselves and among the mounts of the container.
constexpr void artifact_mounts(const template_view& view, report& report) {
    const auto& artifacts = view.self.inputs->artifacts;
    const auto& mounts = view.self.container->volumeMounts;
    for (std::size_t i = 0; i < artifacts.size(); ++i) {
        const auto path = artifacts[i].path.view();
        if (path.empty()) continue;
        const auto found = [&](std::string_view what, std::string_view name) {
            report(rule::container_duplicate_mount, (view.path / "inputs" / "artifacts")[i] / "path",
                   joined("the input artifact `", artifacts[i].name.view(), "` of ",
                          template_words(view.self).view(), " and ", what, " `", name, "` have the path ",
                          path));
        };
        bool twice = false;
        for (std::size_t k = 0; k < mounts.size() && !twice; ++k)
            if (same(mounts[k].mountPath.view(), path)) {
                found("volume", mounts[k].name.view());
                twice = true;
            }
        for (std::size_t k = 0; k < i && !twice; ++k)
            if (same(artifacts[k].path.view(), path)) {
                found("artifact", artifacts[k].name.view());
                twice = true;
            }
    }
}

constexpr bool is_reserved_container(std::string_view name) noexcept {
    return is(name, "wait") || is(name, "supervisor") || name.substr(0, 16) == "artifact-plugin-";
}

constexpr void container_name(std::string_view name, const Path& path, std::string_view kind,
                              std::string_view owner, report& report) {
    if (name.empty())
        report(rule::container_name, path, joined("a container of ", kind, " of ", owner, " has no name"));
    else if (!is_dns_label(name) && !has_variable(name))
        report(rule::container_name, path / "name",
               joined("the container name `", name, "` of ", owner,
                      " is not of lower-case letters, digits and `-`, or longer than 63 characters"));
}

/// sidecars, initContainers and the containers of a set share the pod with Argo's own.
constexpr void container_reserved_name(std::string_view name, bool main_too, const Path& path,
                                       std::string_view owner, report& report) {
    if (is_reserved_container(name) || (main_too && (is(name, "main") || is(name, "init"))))
        report(rule::container_reserved_name, path / "name",
               joined("a container of ", owner, " is named `", name, "`, as one of Argo's own"));
}

constexpr void user_containers(const template_view& view, const list<model::UserContainer>& containers,
                               std::string_view member, std::string_view owner, report& report) {
    for (std::size_t i = 0; i < containers.size(); ++i) {
        const auto name = containers[i].name.view();
        const auto path = [&] { return (view.path / member)[i]; };
        container_name(name, path(), member, owner, report);
        container_reserved_name(name, true, path(), owner, report);
        container_fields(view,
                         see(containers[i], view.path, member, static_cast<std::int32_t>(i),
                             joined("container `", name, "`").view()),
                         report);
    }
}

constexpr void container_duplicate_name(const template_view& view, std::string_view owner, report& report) {
    const auto& self = view.self;
    list<std::string_view> seen;
    const auto add = [&](const auto& containers, const Path& path) {
        for (std::size_t i = 0; i < containers.size(); ++i) {
            const auto name = containers[i].name.view();
            for (const std::string_view other : seen)
                if (!name.empty() && same(other, name)) {
                    report(rule::container_duplicate_name, path[i] / "name",
                           joined(owner, " has two containers `", name, "`"));
                    break;
                }
            seen.push_back(name);
        }
    };
    if (self.containerSet) add(self.containerSet->containers, view.path / "containerSet" / "containers");
    add(self.initContainers, view.path / "initContainers");
    add(self.sidecars, view.path / "sidecars");
}

constexpr std::size_t find_container(const list<model::ContainerNode>& containers,
                                     std::string_view name) noexcept {
    std::size_t i = 0;
    while (i < containers.size() && !same(containers[i].name.view(), name)) ++i;
    return i;
}

constexpr void container_set_unknown_dependency(const template_view& view, std::string_view owner,
                                                report& report) {
    const auto& containers = view.self.containerSet->containers;
    for (std::size_t i = 0; i < containers.size(); ++i)
        for (std::size_t k = 0; k < containers[i].dependencies.size(); ++k) {
            const auto name = containers[i].dependencies[k].view();
            if (find_container(containers, name) != containers.size()) continue;
            nearest near(name);
            for (const auto& other : containers)
                if (&other != &containers[i]) near.offer(other.name.view());
            report(rule::container_set_unknown_dependency,
                   (view.path / "containerSet" / "containers")[i] / "dependencies",
                   joined("container `", containers[i].name.view(), "` depends on `", name, "`, which ",
                          owner, " does not have", near.question().view()),
                   static_cast<std::int32_t>(k));
        }
}

/// Takes away, again and again, the containers that wait for nobody; what is left waits for each other.
constexpr void container_set_cycle(const template_view& view, std::string_view owner, report& report) {
    const auto& containers = view.self.containerSet->containers;
    list<bool> done;
    for (std::size_t i = 0; i < containers.size(); ++i) done.push_back(false);
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t i = 0; i < containers.size(); ++i) {
            if (done[i]) continue;
            bool waits = false;
            for (const str& name : containers[i].dependencies) {
                const std::size_t other = find_container(containers, name.view());
                waits = waits || (other != containers.size() && !done[other]);
            }
            if (!waits) done[i] = changed = true;
        }
    }
    str cycle("");
    for (std::size_t i = 0; i < containers.size(); ++i) {
        if (done[i]) continue;
        if (!cycle.empty()) cycle.append(", ");
        cycle.append("`").append(containers[i].name.view()).append("`");
    }
    if (!cycle.empty())
        report(rule::container_set_cycle, view.path / "containerSet" / "containers",
               joined("the containers ", cycle.view(), " of ", owner, " wait for each other"));
}

constexpr void container_set_main(const template_view& view, std::string_view owner, report& report) {
    const auto& self = view.self;
    const bool inputs = self.inputs && !self.inputs->artifacts.empty();
    const bool outputs =
        self.outputs && (!self.outputs->artifacts.empty() || !self.outputs->parameters.empty());
    const auto& containers = self.containerSet->containers;
    if ((inputs || outputs) && find_container(containers, "main") == containers.size())
        report(rule::container_set_main, view.path / "containerSet" / "containers",
               joined(owner, " has ", inputs ? "input artifacts" : "outputs", ", but no container `main`"));
}

constexpr void container_set(const template_view& view, report& report) {
    const auto& containers = view.self.containerSet->containers;
    const Path path = view.path / "containerSet";
    const str owner = template_words(view.self);
    if (containers.empty()) {
        report(rule::container_set_empty, path, joined("the containerSet of ", owner.view(), " is empty"));
        return;
    }
    bool depend = false;
    for (std::size_t i = 0; i < containers.size(); ++i) {
        const auto name = containers[i].name.view();
        const Path at = (path / "containers")[i];
        container_name(name, at, "containerSet", owner.view(), report);
        container_reserved_name(name, false, at, owner.view(), report);
        if (containers[i].image.empty() && !view.workflow.is_open())
            report(rule::container_image, at,
                   joined("container `", name, "` of ", owner.view(), " has no image"));
        container_fields(view,
                         see(containers[i], path, "containers", static_cast<std::int32_t>(i),
                             joined("container `", name, "`").view()),
                         report);
        depend = depend || !containers[i].dependencies.empty();
    }
    duplicate_mounts(view.self.containerSet->volumeMounts, path, owner.view(), report);
    if (depend) {
        container_set_unknown_dependency(view, owner.view(), report);
        container_set_cycle(view, owner.view(), report);
    }
    container_set_main(view, owner.view(), report);
}

/// What most templates lack costs one question each.
constexpr void template_containers(const template_view& view, report& report) {
    const auto& self = view.self;
    if (self.container) {
        container_image(view, &model::Template::container, "container", report);
        container_fields(view, see(*self.container, view.path, "container", -1, "the container"), report);
        if (self.inputs && !self.inputs->artifacts.empty()) artifact_mounts(view, report);
    } else if (self.script) {
        container_image(view, &model::Template::script, "script", report);
        container_fields(view, see(*self.script, view.path, "script", -1, "the script"), report);
    } else if (self.containerSet) {
        container_set(view, report);
    }
    if (self.sidecars.empty() && self.initContainers.empty() && !self.containerSet) return;
    const str owner = template_words(view.self);
    user_containers(view, self.initContainers, "initContainers", owner.view(), report);
    user_containers(view, self.sidecars, "sidecars", owner.view(), report);
    container_duplicate_name(view, owner.view(), report);
}

}  // namespace tiphys::detail
