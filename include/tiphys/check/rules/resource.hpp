// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on templates that handle resources of Kubernetes.
namespace tiphys::rule {

inline constexpr Rule resource_action{
    "resource.action", "The action is get, create, apply, delete, replace or patch.", "Name one of them."};
inline constexpr Rule resource_manifest{
    "resource.manifest",
    "A resource template has a manifest, or a manifestFrom; to get or delete, flags will do.",
    "Give the manifest."};
inline constexpr Rule resource_two_manifests{
    "resource.two-manifests", "A resource template has a manifest or a manifestFrom, not both.",
    "Keep one of them."};
inline constexpr Rule resource_unknown_artifact{
    "resource.unknown-artifact", "manifestFrom means an artifact that is no input of the template.",
    "Name one of the input artifacts."};
inline constexpr Rule resource_merge_strategy{
    "resource.merge-strategy", "mergeStrategy is strategic, merge or json.", "Name one of them."};
inline constexpr Rule resource_condition{
    "resource.condition",
    "A condition is a list like \"status.succeeded > 0, status.phase in (Done, Failed)\".",
    "Mend the condition.", error, at_run_time};
inline constexpr Rule resource_manifest_yaml{"resource.manifest-yaml",
                                             "The manifest of a resource template is YAML.",
                                             "Mend it at the place that the message names.",
                                             error,
                                             at_submission,
                                             locally};

inline constexpr const Rule* resource_rules[] = {
    &resource_action,         &resource_manifest,  &resource_two_manifests, &resource_unknown_artifact,
    &resource_merge_strategy, &resource_condition, &resource_manifest_yaml};

}  // namespace tiphys::rule
