// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on the outputs of templates.
namespace tiphys::rule {

inline constexpr Rule output_value_and_value_from{"output.value-and-value-from",
                                                  "An output parameter has a value or a valueFrom, not both.",
                                                  "Keep the valueFrom."};
inline constexpr Rule output_no_value{"output.no-value", "An output parameter has a valueFrom.",
                                      "Say where it comes from: valueFrom.path, or valueFrom.parameter."};
inline constexpr Rule output_value_from_one{
    "output.value-from-one",
    "The valueFrom of an output has exactly one of path, jqFilter, jsonPath, parameter, expression and "
    "supplied.",
    "Give one, and only one."};
inline constexpr Rule output_value_from_kind{
    "output.value-from-kind",
    "An output comes from a path of a container, a jqFilter or jsonPath of a resource, a parameter or "
    "expression of steps and dags.",
    "Use the valueFrom that fits the kind of the template."};
inline constexpr Rule output_literal_value{
    "output.literal-value",
    "An output parameter of steps, a dag or a suspend has no value; a suspend is supplied with it.",
    "Use valueFrom: parameter or expression; for a suspend, supplied.", error, at_run_time};
inline constexpr Rule output_not_a_reference{
    "output.not-a-reference", "A valueFrom.parameter is one {{…}} and nothing else.",
    "Name one variable: \"{{tasks.A.outputs.parameters.B}}\"; to make a text of several use expression.",
    error, at_run_time};
inline constexpr Rule output_global_name{
    "output.global-name", "A globalName consists of letters, digits, '-' and '_'.", "Rename it."};
inline constexpr Rule output_artifact_path{
    "output.artifact-path", "An output artifact of a template that runs a container has a path.",
    "Give the path of the file or folder in the container."};
inline constexpr Rule output_artifact_traversal{"output.artifact-traversal",
                                                "The path of an output artifact does not climb with \"..\".",
                                                "Write the path without \"..\"."};
inline constexpr Rule output_artifact_misplaced_path{
    "output.artifact-misplaced-path", "An output artifact of steps, a dag or a suspend has no path.",
    "Use from: \"{{tasks.A.outputs.artifacts.B}}\"."};

inline constexpr const Rule* output_rules[] = {&output_value_and_value_from, &output_no_value,
                                               &output_value_from_one,       &output_value_from_kind,
                                               &output_literal_value,        &output_not_a_reference,
                                               &output_global_name,          &output_artifact_path,
                                               &output_artifact_traversal,   &output_artifact_misplaced_path};

}  // namespace tiphys::rule
