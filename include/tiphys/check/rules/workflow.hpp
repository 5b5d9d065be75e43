// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on a workflow as a whole.
namespace tiphys::rule {

inline constexpr Rule workflow_entrypoint_required{"workflow.entrypoint-required",
                                                   "A workflow needs an entrypoint.",
                                                   "Name the template that starts: .entrypoint(\"main\")."};
inline constexpr Rule workflow_unknown_entrypoint{"workflow.unknown-entrypoint",
                                                  "The entrypoint is not a template of the workflow.",
                                                  "Name one of the workflow's templates."};
inline constexpr Rule workflow_unknown_exit_handler{"workflow.unknown-exit-handler",
                                                    "The exit handler is not a template of the workflow.",
                                                    "Name one of the workflow's templates in onExit."};
inline constexpr Rule workflow_templates_and_reference{
    "workflow.templates-and-reference", "A workflow with a workflowTemplateRef has no templates of its own.",
    "Drop the templates, or the workflowTemplateRef."};
inline constexpr Rule workflow_too_many_templates{
    "workflow.too-many-templates", "The full custom resource definitions of Argo allow 200 templates.",
    "Divide the workflow, or install the minimal definitions.", warning};
inline constexpr Rule parallelism_value{"parallelism.value", "A parallelism is at least 1.",
                                        "Give 1 or more, or drop it.", error, at_run_time};
inline constexpr Rule pod_gc_strategy{
    "pod-gc.strategy", "podGC.strategy is one of the strategies that Argo knows.", "Name one of them."};
inline constexpr Rule label_selector_malformed{
    "label-selector.malformed",
    "A label selector has valid keys and values; In and NotIn have values, Exists and DoesNotExist none.",
    "Mend the expression that the message names."};
inline constexpr Rule pod_resources_claims{"pod-resources.claims", "Resources of a whole pod have no claims.",
                                           "Put the claims into the resources of the container."};
inline constexpr Rule pod_resources_name{"pod-resources.name",
                                         "Resources of a whole pod are cpu, memory and hugepages-*.",
                                         "Put others into the resources of the container."};
inline constexpr Rule executor_plugin_incomplete{
    "executor-plugin.incomplete",
    "An executor plugin has a name, and its sidecar a port, requests, limits and a securityContext.",
    "Give what is missing."};
inline constexpr Rule executor_service_account{
    "executor.service-account", "Without a token of its own the executor needs a service account.",
    "Give executor.serviceAccountName.", error, at_run_time};
inline constexpr Rule volume_claim_name{"volume-claim.name", "A volumeClaimTemplate needs a name.",
                                        "Give metadata.name.", error, at_run_time};
inline constexpr Rule volume_claim_duplicate_name{
    "volume-claim.duplicate-name",
    "Two volumeClaimTemplates have one name and differ: Argo makes the first only.",
    "Rename one, or say the same of both.", error, by_tiphys};
inline constexpr Rule volume_claim_gc_strategy{
    "volume-claim-gc.strategy", "volumeClaimGC.strategy is OnWorkflowCompletion or OnWorkflowSuccess.",
    "Name one of them.", error, at_run_time};
inline constexpr Rule artifact_gc_strategy{
    "artifact-gc.strategy", "artifactGC.strategy is OnWorkflowCompletion, OnWorkflowDeletion or Never.",
    "Name one of them.", error, at_run_time};

inline constexpr const Rule* workflow_rules[] = {&workflow_entrypoint_required,
                                                 &workflow_unknown_entrypoint,
                                                 &workflow_unknown_exit_handler,
                                                 &workflow_templates_and_reference,
                                                 &workflow_too_many_templates,
                                                 &parallelism_value,
                                                 &pod_gc_strategy,
                                                 &label_selector_malformed,
                                                 &pod_resources_claims,
                                                 &pod_resources_name,
                                                 &executor_plugin_incomplete,
                                                 &executor_service_account,
                                                 &volume_claim_name,
                                                 &volume_claim_duplicate_name,
                                                 &volume_claim_gc_strategy,
                                                 &artifact_gc_strategy};

}  // namespace tiphys::rule
