// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/document_rules.hpp>
#include <tiphys/check/detail/selector.hpp>

/// Rules on templates that handle resources of Kubernetes.
namespace tiphys::detail {

inline constexpr std::string_view resource_actions[] = {"get",    "create",  "apply",
                                                        "delete", "replace", "patch"};
inline constexpr std::string_view merge_strategies[] = {"strategic", "merge", "json"};

constexpr void resource_action(const template_view& view, const Path& path, report& report) {
    const auto& given = *view.self.resource;
    if (given.action.empty())
        report(rule::resource_action, path,
               joined("the resource of ", template_words(view.self).view(), " has no action"));
    else
        one_of(rule::resource_action, given.action, resource_actions, path, "action",
               joined("the resource of ", template_words(view.self).view()).view(), report);
}

constexpr void resource_manifest(const template_view& view, const Path& path, report& report) {
    const auto& given = *view.self.resource;
    const bool needs = !is(given.action.view(), "get") && !is(given.action.view(), "delete");
    if (given.manifest.empty() && !given.manifestFrom && (needs || given.flags.empty()))
        report(rule::resource_manifest, path,
               joined("the resource of ", template_words(view.self).view(),
                      needs ? " has neither a manifest nor a manifestFrom"
                            : " has neither flags nor a manifest"));
}

constexpr void resource_two_manifests(const template_view& view, const Path& path, report& report) {
    const auto& given = *view.self.resource;
    if (has_text(given.manifest) && given.manifestFrom)
        report(rule::resource_two_manifests, path,
               joined("the resource of ", template_words(view.self).view(),
                      " has both a manifest and a manifestFrom"));
}

constexpr void resource_unknown_artifact(const template_view& view, const Path& path, report& report) {
    const auto& given = *view.self.resource;
    if (!given.manifestFrom) return;
    const auto name = given.manifestFrom->artifact.name.view();
    const model::Inputs* inputs = view.self.inputs.get();
    if (inputs != nullptr && find_artifact(inputs->artifacts, name) != nullptr) return;
    nearest near(name);
    if (inputs != nullptr)
        for (const auto& input : inputs->artifacts) near.offer(input.name.view());
    report(rule::resource_unknown_artifact, path / "manifestFrom" / "artifact" / "name",
           joined("manifestFrom of ", template_words(view.self).view(), " means artifact `", name,
                  "`, which is no input of the template", near.question().view()));
}

constexpr void resource_condition(const str& condition, const Path& path, std::string_view member,
                                  report& report) {
    if (condition.empty() || has_variable(condition.view())) return;
    const str wrong = selector_error(condition.view());
    if (wrong.has_value())
        report(rule::resource_condition, path / member,
               joined("the ", member, " `", condition.view(), "` is wrong: ", wrong.view()));
}

constexpr void resource_fields(const template_view& view, report& report) {
    const auto& given = *view.self.resource;
    const Path path = view.path / "resource";
    resource_action(view, path, report);
    resource_manifest(view, path, report);
    resource_two_manifests(view, path, report);
    resource_unknown_artifact(view, path, report);
    one_of(rule::resource_merge_strategy, given.mergeStrategy, merge_strategies, path, "mergeStrategy",
           "the resource", report);
    resource_condition(given.successCondition, path, "successCondition", report);
    resource_condition(given.failureCondition, path, "failureCondition", report);
}

}  // namespace tiphys::detail
