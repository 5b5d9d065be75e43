// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on the tasks of a dag and their dependencies.
namespace tiphys::rule {

inline constexpr Rule dag_no_tasks{"dag.no-tasks", "A dag has at least one task.", "Add a task."};
inline constexpr Rule dag_unknown_dependency{"dag.unknown-dependency",
                                             "A task depends on a task that the dag does not have.",
                                             "Name one of the dag's tasks."};
inline constexpr Rule dag_cycle{"dag.cycle", "The tasks of a dag wait for each other.",
                                "Take one dependency away."};
inline constexpr Rule dag_depends_syntax{
    "dag.depends-syntax", "depends is a boolean expression of task names with &&, ||, ! and parentheses.",
    "Write it like \"A && (B.Succeeded || C.Failed)\"."};
inline constexpr Rule dag_unknown_result{
    "dag.unknown-result",
    "depends knows the results Succeeded, Failed, Errored, Skipped, Omitted, Daemoned, AnySucceeded and "
    "AllFailed.",
    "Use one of them, capitalised; AnySucceeded and AllFailed need a task with a loop."};
inline constexpr Rule dag_depends_and_dependencies{"dag.depends-and-dependencies",
                                                   "depends and dependencies do not mix in one dag.",
                                                   "Use depends everywhere."};
inline constexpr Rule dag_unknown_target{"dag.unknown-target", "A target of the dag is not one of its tasks.",
                                         "Name the dag's tasks, divided by single spaces."};

inline constexpr Rule dag_continue_on{"dag.continue-on", "continueOn and depends do not mix in one dag.",
                                      "Drop continueOn; let others depend on \"A.Succeeded || A.Failed\"."};
inline constexpr Rule dag_reserved_name{
    "dag.reserved-name",
    "A task that others depend on does not bear the name of an operator or constant of expressions.",
    "Rename the task.", error, at_run_time};

inline constexpr const Rule* dag_rules[] = {
    &dag_no_tasks,       &dag_unknown_dependency, &dag_cycle,
    &dag_depends_syntax, &dag_unknown_result,     &dag_depends_and_dependencies,
    &dag_unknown_target, &dag_continue_on,        &dag_reserved_name};

}  // namespace tiphys::rule
