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
    if (artifacts.size() + mounts.size() < 2) return;
    name_index seen(artifacts.size() + mounts.size());
    for (std::size_t i = 0; i < mounts.size(); ++i) seen.add(mounts[i].mountPath.view(), i);
    for (std::size_t i = 0; i < artifacts.size(); ++i) {
        const auto path = artifacts[i].path.view();
        if (path.empty()) continue;
        const std::int32_t other = seen.add(path, mounts.size() + i);
        if (other < 0) continue;
        const auto at = static_cast<std::size_t>(other);
        const bool mount = at < mounts.size();
        report(rule::container_duplicate_mount, (view.path / "inputs" / "artifacts")[i] / "path",
               joined("the input artifact `", artifacts[i].name.view(), "` of ",
                      template_words(view.self).view(), mount ? " and volume `" : " and artifact `",
                      mount ? mounts[at].name.view() : artifacts[at - mounts.size()].name.view(),
                      "` have the path ", path));
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
    name_index seen((self.containerSet ? self.containerSet->containers.size() : 0) +
                    self.initContainers.size() + self.sidecars.size());
    const auto add = [&](const auto& containers, const Path& path) {
        for (std::size_t i = 0; i < containers.size(); ++i) {
            const auto name = containers[i].name.view();
            if (!name.empty() && seen.add(name, i) >= 0)
                report(rule::container_duplicate_name, path[i] / "name",
                       joined(owner, " has two containers `", name, "`"));
        }
    };
    if (self.containerSet) add(self.containerSet->containers, view.path / "containerSet" / "containers");
    add(self.initContainers, view.path / "initContainers");
    add(self.sidecars, view.path / "sidecars");
}

/// Judges the names, and fills `first` and `before`: container i waits for before[first[i] .. first[i + 1]).
constexpr void container_set_unknown_dependency(const template_view& view, std::string_view owner,
                                                list<std::uint32_t>& first, list<std::uint32_t>& before,
                                                report& report) {
    const auto& containers = view.self.containerSet->containers;
    name_index names(containers.size());
    for (std::size_t i = 0; i < containers.size(); ++i) names.add(containers[i].name.view(), i);
    for (std::size_t i = 0; i < containers.size(); ++i) {
        first.push_back(static_cast<std::uint32_t>(before.size()));
        for (std::size_t k = 0; k < containers[i].dependencies.size(); ++k) {
            const auto name = containers[i].dependencies[k].view();
            const std::int32_t found = names.find(name);
            if (found >= 0) {
                before.push_back(static_cast<std::uint32_t>(found));
                continue;
            }
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
    first.push_back(static_cast<std::uint32_t>(before.size()));
}

/// Depth-first, without recursion. Reports the first circle.
constexpr void container_set_cycle(const template_view& view, std::string_view owner,
                                   const list<std::uint32_t>& first, const list<std::uint32_t>& before,
                                   report& report) {
    enum : std::uint8_t { unseen, open, done };
    const auto& containers = view.self.containerSet->containers;
    list<std::uint8_t> state;
    for (std::size_t i = 0; i < containers.size(); ++i) state.push_back(unseen);
    list<std::uint32_t> next = first;
    list<std::uint32_t> stack;
    for (std::uint32_t start = 0; start < containers.size(); ++start) {
        if (state[start] != unseen) continue;
        stack.push_back(start);
        state[start] = open;
        while (!stack.empty()) {
            const std::uint32_t at = stack.back();
            if (next[at] == first[at + 1]) {
                state[at] = done;
                stack.pop_back();
                continue;
            }
            const std::uint32_t other = before[next[at]++];
            if (state[other] == unseen) {
                state[other] = open;
                stack.push_back(other);
            } else if (state[other] == open) {
                std::size_t from = 0;
                while (stack[from] != other) ++from;
                str circle("");
                for (std::size_t i = from; i < stack.size(); ++i)
                    circle.append("`").append(containers[stack[i]].name.view()).append("` after ");
                circle.append("`").append(containers[other].name.view()).append("`");
                report(rule::container_set_cycle,
                       (view.path / "containerSet" / "containers")[at] / "dependencies",
                       joined("the containers of ", owner, " wait for each other: ", circle.view()));
                return;
            }
        }
    }
}

constexpr void container_set_main(const template_view& view, std::string_view owner, report& report) {
    const auto& self = view.self;
    const bool inputs = self.inputs && !self.inputs->artifacts.empty();
    const bool outputs =
        self.outputs && (!self.outputs->artifacts.empty() || !self.outputs->parameters.empty());
    const auto& containers = self.containerSet->containers;
    if (!inputs && !outputs) return;
    bool main = false;
    for (const auto& container : containers) main = main || is(container.name.view(), "main");
    if (!main)
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
        list<std::uint32_t> first;
        list<std::uint32_t> before;
        container_set_unknown_dependency(view, owner.view(), first, before, report);
        container_set_cycle(view, owner.view(), first, before, report);
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
