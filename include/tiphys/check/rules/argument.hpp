// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on parameters and arguments.
namespace tiphys::rule {

inline constexpr Rule parameter_name{
    "parameter.name", "A parameter's name consists of letters, digits, '-' and '_'.", "Rename it."};
inline constexpr Rule parameter_duplicate_name{"parameter.duplicate-name",
                                               "Two parameters of one list have the same name.",
                                               "Rename or drop one of them."};
inline constexpr Rule arguments_missing{"arguments.missing",
                                        "An input parameter without a default must be given.",
                                        "Give it: .with(\"name\", value), or give the input a default."};
inline constexpr Rule arguments_unknown{
    "arguments.unknown", "An argument that the template has no input for is ignored by Argo.",
    "Name one of the template's inputs, or drop the argument.", error, by_tiphys};

inline constexpr const Rule* argument_rules[] = {&parameter_name, &parameter_duplicate_name,
                                                 &arguments_missing, &arguments_unknown};

}  // namespace tiphys::rule
