// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on the containers of a template.
namespace tiphys::rule {

inline constexpr Rule container_image{"container.image", "A container or script needs an image.",
                                      "Give it: Container(\"alpine:3.23\"), or templateDefaults."};
inline constexpr Rule container_name{
    "container.name", "A container's name is of lower-case letters, digits and '-', at most 63 characters.",
    "Rename it."};
inline constexpr Rule container_duplicate_name{
    "container.duplicate-name", "Two containers of a template have the same name.", "Rename one of them."};
inline constexpr Rule container_reserved_name{
    "container.reserved-name", "A container bears a name that Argo uses for its own.", "Rename it."};
inline constexpr Rule container_duplicate_mount{"container.duplicate-mount",
                                                "Two mounts or artifacts have the same path.",
                                                "Give one of them another path."};
inline constexpr Rule container_set_empty{"container-set.empty", "A containerSet has at least one container.",
                                          "Add a container."};
inline constexpr Rule container_set_unknown_dependency{
    "container-set.unknown-dependency", "A container depends on one that the containerSet does not have.",
    "Name one of its containers."};
inline constexpr Rule container_set_cycle{"container-set.cycle",
                                          "The containers of a containerSet wait for each other.",
                                          "Take one dependency away."};
inline constexpr Rule container_set_main{
    "container-set.main", "A containerSet with input artifacts or outputs has a container \"main\".",
    "Name the container that reads and writes them \"main\"."};

inline constexpr const Rule* container_rules[] = {&container_image,
                                                  &container_name,
                                                  &container_duplicate_name,
                                                  &container_reserved_name,
                                                  &container_duplicate_mount,
                                                  &container_set_empty,
                                                  &container_set_unknown_dependency,
                                                  &container_set_cycle,
                                                  &container_set_main};

}  // namespace tiphys::rule
