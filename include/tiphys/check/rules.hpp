// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/diagnostic.hpp>

/// The table of rules. Its rows are judged by the functions of `check/detail/*_rules.hpp`, which bear their
/// names; the compile error, the run-time diagnostic and the documentation print from here. Source: Argo's
/// validator (workflow/validate) and controller; where Argo is looser than its own run time, the row says so
/// in `enforced`.
namespace tiphys::rule {

using enum Severity;
using enum Enforced;

inline constexpr Rule workflow_name{
    "workflow.name", "A workflow needs a name that Kubernetes accepts.",
    "Give metadata.name or generateName: lower-case letters, digits, '-' and '.', at most 63 characters."};
inline constexpr Rule workflow_entrypoint_required{"workflow.entrypoint-required",
                                                   "A workflow needs an entrypoint.",
                                                   "Name the template that starts: .entrypoint(\"main\")."};
inline constexpr Rule workflow_unknown_entrypoint{"workflow.unknown-entrypoint",
                                                  "The entrypoint is not a template of the workflow.",
                                                  "Name one of the workflow's templates."};
inline constexpr Rule workflow_unknown_exit_handler{"workflow.unknown-exit-handler",
                                                    "The exit handler is not a template of the workflow.",
                                                    "Name one of the workflow's templates in onExit."};

inline constexpr Rule template_name{
    "template.name",
    "A template's name consists of letters, digits and '-', and starts with a letter or digit.",
    "Rename it; at most 128 characters."};
inline constexpr Rule template_duplicate_name{"template.duplicate-name", "Two templates have the same name.",
                                              "Rename one of them."};
inline constexpr Rule template_type{
    "template.type", "A template is of exactly one kind: container, script, dag, steps, suspend or another.",
    "Set one kind, and only one."};

inline constexpr Rule parameter_name{
    "parameter.name", "A parameter's name consists of letters, digits, '-' and '_'.", "Rename it."};
inline constexpr Rule parameter_duplicate_name{"parameter.duplicate-name",
                                               "Two parameters of one list have the same name.",
                                               "Rename or drop one of them."};

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

inline constexpr Rule arguments_missing{"arguments.missing",
                                        "An input parameter without a default must be given.",
                                        "Give it: .with(\"name\", value), or give the input a default."};
inline constexpr Rule arguments_unknown{
    "arguments.unknown", "An argument that the template has no input for is ignored by Argo.",
    "Name one of the template's inputs, or drop the argument.", error, by_tiphys};

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

inline constexpr Rule variable_unknown{"variable.unknown", "A {{…}} names something that is not in scope.",
                                       "Name something that exists where it is used."};
inline constexpr Rule variable_not_ready{
    "variable.not-ready", "A {{…}} uses the result of a step or task that need not have finished before.",
    "Put it into a later group, or let the task depend on the other.", error, at_run_time};
inline constexpr Rule variable_unterminated{"variable.unterminated", "Every {{ needs a }}.", "Close it.",
                                            error, at_run_time};

}  // namespace tiphys::rule

namespace tiphys {

/// Every rule, in the order in which the documentation lists them.
inline constexpr const Rule* rules[] = {&rule::workflow_name,
                                        &rule::workflow_entrypoint_required,
                                        &rule::workflow_unknown_entrypoint,
                                        &rule::workflow_unknown_exit_handler,
                                        &rule::template_name,
                                        &rule::template_duplicate_name,
                                        &rule::template_type,
                                        &rule::template_unknown,
                                        &rule::parameter_name,
                                        &rule::parameter_duplicate_name,
                                        &rule::step_name,
                                        &rule::step_duplicate_name,
                                        &rule::task_name,
                                        &rule::task_duplicate_name,
                                        &rule::loop_several,
                                        &rule::arguments_missing,
                                        &rule::arguments_unknown,
                                        &rule::dag_no_tasks,
                                        &rule::dag_unknown_dependency,
                                        &rule::dag_cycle,
                                        &rule::dag_depends_syntax,
                                        &rule::dag_unknown_result,
                                        &rule::dag_depends_and_dependencies,
                                        &rule::dag_unknown_target,
                                        &rule::variable_unknown,
                                        &rule::variable_not_ready,
                                        &rule::variable_unterminated};

}  // namespace tiphys
