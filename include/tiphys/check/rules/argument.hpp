// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on parameters, artifacts and arguments.
namespace tiphys::rule {

inline constexpr Rule parameter_name{
    "parameter.name", "A parameter's name consists of letters, digits, '-' and '_'.", "Rename it."};
inline constexpr Rule parameter_duplicate_name{"parameter.duplicate-name",
                                               "Two parameters of one list have the same name.",
                                               "Rename or drop one of them."};
inline constexpr Rule artifact_name{
    "artifact.name", "An artifact's name consists of letters, digits, '-' and '_'.", "Rename it."};
inline constexpr Rule artifact_duplicate_name{"artifact.duplicate-name",
                                              "Two artifacts of one list have the same name.",
                                              "Rename or drop one of them."};
inline constexpr Rule parameter_empty_enum{"parameter.empty-enum",
                                           "The enum of a parameter holds at least one value.",
                                           "Name the values that it allows, or drop the enum."};
inline constexpr Rule arguments_missing{"arguments.missing",
                                        "An input parameter without a default must be given.",
                                        "Give it: .with(\"name\", value), or give the input a default."};
inline constexpr Rule arguments_unknown{
    "arguments.unknown", "An argument that the template has no input for is ignored by Argo.",
    "Name one of the template's inputs, or drop the argument.", error, by_tiphys};
inline constexpr Rule argument_no_value{"argument.no-value", "An argument has a value or a valueFrom.",
                                        "Give it a value."};
inline constexpr Rule argument_value_from{
    "argument.value-from",
    "The valueFrom of an argument is configMapKeyRef, event or supplied; default alone is not enough.",
    "Give a value, or a configMapKeyRef."};
inline constexpr Rule argument_not_in_enum{"argument.not-in-enum",
                                           "The value of an argument is one of its own enum.",
                                           "Give one of these values, or widen the enum."};
inline constexpr Rule argument_not_in_input_enum{
    "argument.not-in-input-enum", "A literal is one of the values that the input's enum allows.",
    "Give one of these values, or widen the enum of the input.", error, by_tiphys};
inline constexpr Rule input_not_in_enum{"input.not-in-enum",
                                        "The value or default of an input is one of its enum.",
                                        "Give one of these values, or widen the enum.", error, by_tiphys};
inline constexpr Rule argument_artifact_source{
    "argument.artifact-source", "An artifact that is given has `from`, a location or a key.",
    "Say where it comes from: from: \"{{steps.A.outputs.artifacts.B}}\", or a location such as s3."};
inline constexpr Rule artifact_from_and_expression{"artifact.from-and-expression",
                                                   "An artifact has `from` or `fromExpression`, not both.",
                                                   "Keep one of them."};
inline constexpr Rule artifact_not_an_artifact{
    "artifact.not-an-artifact", "The `from` of an artifact is one {{…}} that names an artifact.",
    "Name one: {{tasks.A.outputs.artifacts.B}}, {{inputs.artifacts.B}}.", error, at_run_time};
inline constexpr Rule input_unused{"input.unused",
                                   "An input parameter of a template that nothing in it uses.",
                                   "Use it, or drop it.", warning, by_tiphys};
inline constexpr Rule output_unused{"output.unused",
                                    "An output parameter of a template that nothing in the workflow uses.",
                                    "Use it, drop it, or give it a globalName.", warning, by_tiphys};

inline constexpr const Rule* argument_rules[] = {&parameter_name,
                                                 &parameter_duplicate_name,
                                                 &artifact_name,
                                                 &artifact_duplicate_name,
                                                 &parameter_empty_enum,
                                                 &arguments_missing,
                                                 &arguments_unknown,
                                                 &argument_no_value,
                                                 &argument_value_from,
                                                 &argument_not_in_enum,
                                                 &argument_not_in_input_enum,
                                                 &input_not_in_enum,
                                                 &argument_artifact_source,
                                                 &artifact_from_and_expression,
                                                 &artifact_not_an_artifact,
                                                 &input_unused,
                                                 &output_unused};

}  // namespace tiphys::rule
