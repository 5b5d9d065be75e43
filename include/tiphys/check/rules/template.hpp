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
inline constexpr Rule template_plugin{
    "template.plugin", "A plugin template is an object with exactly one key, the name of the plugin.",
    "Write plugin: {name: {…}}."};
inline constexpr Rule template_empty_steps{"template.empty-steps", "A steps template has at least one step.",
                                           "Add a step."};
inline constexpr Rule template_pod_resources{
    "template.pod-resources", "http and plugin templates run in a pod of Argo's and have no podResources.",
    "Drop podResources."};
inline constexpr Rule template_resource_claims{"template.resource-claims",
                                               "Only templates that make a pod have resourceClaims.",
                                               "Put them into the templates that the steps or tasks run."};
inline constexpr Rule template_timeout{
    "template.timeout", "steps, dag and suspend templates have no timeout and no pendingTimeout.",
    "Use activeDeadlineSeconds of the workflow, or put the timeout into the templates that run."};
inline constexpr Rule template_timeout_format{
    "template.timeout-format", "The timeout of a template has a unit.", "Write it like \"60s\"."};
inline constexpr Rule template_active_deadline{"template.active-deadline",
                                               "steps and dag templates have no activeDeadlineSeconds.",
                                               "Put it into the templates that run, or into the workflow."};
inline constexpr Rule template_active_deadline_value{
    "template.active-deadline-value", "activeDeadlineSeconds is an integer of at least 0, or a {{…}}.",
    "Write it like 60."};
inline constexpr Rule template_parallelism{"template.parallelism",
                                           "Only steps and dag templates have a parallelism.",
                                           "Drop it, or set it in the template that calls."};
inline constexpr Rule retry_policy{
    "retry.policy", "retryPolicy is Always, OnFailure, OnError or OnTransientError.", "Name one of them."};
inline constexpr Rule template_too_many_tasks{
    "template.too-many-tasks", "The full custom resource definitions of Argo allow 200 tasks in a dag.",
    "Divide the dag, or install the minimal definitions.", warning};
inline constexpr Rule template_too_many_inputs{
    "template.too-many-inputs", "The full custom resource definitions of Argo allow 500 input parameters.",
    "Give them as one JSON text, or install the minimal definitions.", warning};
inline constexpr Rule step_unknown_field{"step.unknown-field", "A step has a field that Argo does not know.",
                                         "Mend or drop it."};

inline constexpr const Rule* template_rules[] = {&template_name,
                                                 &template_duplicate_name,
                                                 &template_type,
                                                 &template_plugin,
                                                 &template_empty_steps,
                                                 &template_pod_resources,
                                                 &template_resource_claims,
                                                 &template_timeout,
                                                 &template_timeout_format,
                                                 &template_active_deadline,
                                                 &template_active_deadline_value,
                                                 &template_parallelism,
                                                 &retry_policy,
                                                 &template_too_many_tasks,
                                                 &template_too_many_inputs,
                                                 &step_unknown_field};

}  // namespace tiphys::rule
