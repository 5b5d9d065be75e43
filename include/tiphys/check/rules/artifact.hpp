// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on the places of artifacts.
namespace tiphys::rule {

inline constexpr Rule input_artifact_path{"input.artifact-path",
                                          "An input artifact of a template that runs something has a path.",
                                          "Say where it is put: path: /tmp/in."};
inline constexpr Rule input_artifact_traversal{"input.artifact-traversal",
                                               "The path of an input artifact does not climb with \"..\".",
                                               "Write the path without \"..\"."};
inline constexpr Rule input_artifact_misplaced_path{
    "input.artifact-misplaced-path", "An input artifact of steps, a dag or a suspend has no path.",
    "Drop the path: the template that is called has its own."};
inline constexpr Rule input_artifact_from{"input.artifact-from", "An input artifact has no from.",
                                          "Let the step or task that calls the template give it."};
inline constexpr Rule artifact_git_repo{"artifact.git-repo", "An artifact in git names its repository.",
                                        "Give git.repo."};
inline constexpr Rule artifact_hdfs{
    "artifact.hdfs", "An artifact in HDFS has addresses, an absolute path and a user or Kerberos secrets.",
    "Give what is missing."};
inline constexpr Rule artifact_several_locations{
    "artifact.several-locations", "An artifact has at most one location.", "Keep one of them."};
inline constexpr Rule artifact_mode{"artifact.mode", "The mode of an artifact is from 0 to 511 (octal 777).",
                                    "Write it in octal like 0644, or in decimal."};
inline constexpr Rule artifact_addressing_style{
    "artifact.addressing-style", "The addressingStyle of S3 is path or virtual-hosted.", "Name one of them."};

inline constexpr const Rule* artifact_rules[] = {&input_artifact_path,
                                                 &input_artifact_traversal,
                                                 &input_artifact_misplaced_path,
                                                 &input_artifact_from,
                                                 &artifact_git_repo,
                                                 &artifact_hdfs,
                                                 &artifact_several_locations,
                                                 &artifact_mode,
                                                 &artifact_addressing_style};

}  // namespace tiphys::rule
