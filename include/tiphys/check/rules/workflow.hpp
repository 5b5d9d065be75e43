// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on a workflow as a whole.
namespace tiphys::rule {

inline constexpr Rule workflow_name{
    "workflow.name", "A workflow needs a name that Kubernetes accepts.",
    "Give metadata.name or generateName: lower-case letters, digits, '-' and '.', at most 63 characters."};
inline constexpr Rule document_name{
    "document.name", "A document needs a name that Kubernetes accepts.",
    "Give metadata.name: lower-case letters, digits, '-' and '.', at most 63 characters, 52 for a cron "
    "workflow."};
inline constexpr Rule workflow_entrypoint_required{"workflow.entrypoint-required",
                                                   "A workflow needs an entrypoint.",
                                                   "Name the template that starts: .entrypoint(\"main\")."};
inline constexpr Rule workflow_unknown_entrypoint{"workflow.unknown-entrypoint",
                                                  "The entrypoint is not a template of the workflow.",
                                                  "Name one of the workflow's templates."};
inline constexpr Rule workflow_unknown_exit_handler{"workflow.unknown-exit-handler",
                                                    "The exit handler is not a template of the workflow.",
                                                    "Name one of the workflow's templates in onExit."};

inline constexpr const Rule* workflow_rules[] = {&workflow_name, &document_name,
                                                 &workflow_entrypoint_required, &workflow_unknown_entrypoint,
                                                 &workflow_unknown_exit_handler};

}  // namespace tiphys::rule
