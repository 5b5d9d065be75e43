// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on each step and task.
namespace tiphys::rule {

inline constexpr Rule step_name{
    "step.name", "A step's name consists of letters, digits and '-', and starts with a letter or digit.",
    "Rename it; at most 128 characters."};
inline constexpr Rule step_duplicate_name{
    "step.duplicate-name", "Two steps of one template have the same name.", "Rename one of them."};
inline constexpr Rule task_name{
    "task.name",
    "A task's name consists of letters, digits and '-', and starts with a letter if the dag uses depends.",
    "Rename it; at most 128 characters."};
inline constexpr Rule task_duplicate_name{"task.duplicate-name", "Two tasks of one dag have the same name.",
                                          "Rename one of them."};
inline constexpr Rule template_unknown{"template.unknown",
                                       "A step or task uses a template that the workflow does not have.",
                                       "Name one of the workflow's templates, or add it."};
inline constexpr Rule loop_several{"loop.several",
                                   "A step or task loops over one of withItems, withParam and withSequence.",
                                   "Keep one of them."};

inline constexpr Rule hook_expression_required{"hook.expression-required",
                                               "A hook that is not named \"exit\" has an expression.",
                                               "Say when it runs: expression: steps[\"A\"].status == "
                                               "\"Running\"."};
inline constexpr Rule hook_template{"hook.template",
                                    "A hook or exit handler runs a template that the workflow has.",
                                    "Name one of the workflow's templates.", error, at_run_time};

inline constexpr const Rule* call_rules[] = {
    &step_name,    &step_duplicate_name,      &task_name,    &task_duplicate_name, &template_unknown,
    &loop_several, &hook_expression_required, &hook_template};

}  // namespace tiphys::rule
