// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on templates.
namespace tiphys::rule {

inline constexpr Rule template_name{
    "template.name",
    "A template's name consists of letters, digits and '-', and starts with a letter or digit.",
    "Rename it; at most 128 characters."};
inline constexpr Rule template_duplicate_name{"template.duplicate-name", "Two templates have the same name.",
                                              "Rename one of them."};
inline constexpr Rule template_type{
    "template.type", "A template is of exactly one kind: container, script, dag, steps, suspend or another.",
    "Set one kind, and only one."};

inline constexpr const Rule* template_rules[] = {&template_name, &template_duplicate_name, &template_type};

}  // namespace tiphys::rule
