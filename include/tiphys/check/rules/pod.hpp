// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on what Kubernetes demands of a pod.
namespace tiphys::rule {

inline constexpr Rule env_name{"env.name",
                               "The name of an environment variable is of printable characters without '='.",
                               "Rename it.", error, at_run_time};
inline constexpr Rule port_malformed{
    "port.malformed",
    "A port is from 1 to 65535; its name is of at most 15 lower-case letters, digits and '-'.",
    "Mend the port.", error, at_run_time};
inline constexpr Rule container_pull_policy{"container.pull-policy",
                                            "imagePullPolicy is Always, IfNotPresent or Never.",
                                            "Name one of them.", error, at_run_time};
inline constexpr Rule quantity_malformed{
    "quantity.malformed", "An amount is a number with an optional suffix such as m, k, M, G, Ki, Mi, Gi.",
    "Write it like 500m, 1.5 or 2Gi."};
inline constexpr Rule resources_request_above_limit{
    "resources.request-above-limit", "A container requests no more than its limit.",
    "Lower the request, or raise the limit.", error, at_run_time};
inline constexpr Rule pod_spec_patch_yaml{"pod-spec-patch.yaml",
                                          "podSpecPatch is YAML or JSON.",
                                          "Mend it at the place that the message names.",
                                          error,
                                          at_run_time,
                                          locally};
inline constexpr Rule volume_name{
    "volume.name", "A volume's name is of lower-case letters, digits and '-', at most 63 characters.",
    "Rename it.", error, at_run_time};
inline constexpr Rule volume_duplicate_name{
    "volume.duplicate-name", "Two volumes of one list have one name and differ: Argo mounts the first only.",
    "Rename one, or drop it.", error, by_tiphys};
inline constexpr Rule volume_unknown{"volume.unknown",
                                     "A mount names a volume that neither the template nor the workflow has.",
                                     "Add the volume, or name one that there is.", error, at_run_time};

inline constexpr const Rule* pod_rules[] = {&env_name,
                                            &port_malformed,
                                            &container_pull_policy,
                                            &quantity_malformed,
                                            &resources_request_above_limit,
                                            &pod_spec_patch_yaml,
                                            &volume_name,
                                            &volume_duplicate_name,
                                            &volume_unknown};

}  // namespace tiphys::rule
