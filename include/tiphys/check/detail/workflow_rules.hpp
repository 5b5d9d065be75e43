// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/reference_rules.hpp>
#include <tiphys/check/detail/template_rules.hpp>

/// Rules on the spec of a workflow; the rules on its templates are elsewhere.
namespace tiphys::detail {

constexpr void workflow_entrypoint_required(const workflow_view& workflow, report& report) {
    if (workflow.entrypoint().empty() && !workflow.is_template())
        report(rule::workflow_entrypoint_required, workflow.path, "the workflow has no entrypoint");
}
constexpr void workflow_unknown_entrypoint(const workflow_view& workflow, report& report) {
    const auto name = workflow.entrypoint();
    if (!name.empty() && workflow.find(name) == nullptr)
        unknown_template(workflow, rule::workflow_unknown_entrypoint, workflow.path / "entrypoint",
                         "the entrypoint is template", name, report);
}
constexpr void workflow_unknown_exit_handler(const workflow_view& workflow, report& report) {
    const auto name = workflow.exit_handler();
    if (!name.empty() && workflow.find(name) == nullptr)
        unknown_template(workflow, rule::workflow_unknown_exit_handler, workflow.path / "onExit",
                         "the exit handler is template", name, report);
}

constexpr void workflow_templates_and_reference(const workflow_view& workflow, report& report) {
    if (!workflow.spec.templates.empty())
        report(rule::workflow_templates_and_reference, workflow.path / "templates",
               joined("the workflow has templates, and refers to those of `",
                      workflow.spec.workflowTemplateRef->name.view(), "`"));
}

constexpr void workflow_too_many_templates(const workflow_view& workflow, report& report) {
    report(rule::workflow_too_many_templates, workflow.path / "templates",
           joined("the workflow has ", text(static_cast<std::int64_t>(workflow.spec.templates.size())).view(),
                  " templates"));
}

constexpr void label_selector_malformed(const model::k8s::LabelSelector& selector, const Path& path,
                                        report& report) {
    for (const auto& entry : selector.matchLabels)
        if (!is_label_key(entry.key.view()) || !is_label_value(entry.value.view()))
            report(
                rule::label_selector_malformed, path / "matchLabels" / entry.key.view(),
                joined("the selector `", entry.key.view(), "=", entry.value.view(), "` is no valid label"));
    for (std::size_t i = 0; i < selector.matchExpressions.size(); ++i) {
        const auto& one = selector.matchExpressions[i];
        const auto wrong = [&](std::string_view why) {
            report(rule::label_selector_malformed, (path / "matchExpressions")[i],
                   joined("the selector on `", one.key.view(), "` ", why));
        };
        const bool takes = is(one.operator_.view(), "In") || is(one.operator_.view(), "NotIn");
        if (!is_label_key(one.key.view()))
            wrong("has no valid key");
        else if (!takes && !is(one.operator_.view(), "Exists") && !is(one.operator_.view(), "DoesNotExist"))
            wrong(joined("has the operator `", one.operator_.view(),
                         "`, which is none of In, NotIn, Exists and DoesNotExist")
                      .view());
        else if (takes && one.values.empty())
            wrong(joined("is ", one.operator_.view(), " no values").view());
        else if (!takes && !one.values.empty())
            wrong(joined("is ", one.operator_.view(), " and has values").view());
        for (const str& value : one.values)
            if (!is_label_value(value.view()))
                wrong(joined("has the invalid value `", value.view(), "`").view());
    }
}

inline constexpr std::string_view pod_gc_strategies[] = {"OnPodCompletion", "OnPodSuccess",
                                                         "OnWorkflowCompletion", "OnWorkflowSuccess"};
constexpr void pod_gc(const workflow_view& workflow, report& report) {
    const model::PodGC& given = *workflow.spec.podGC;
    const Path path = workflow.path / "podGC";
    one_of(rule::pod_gc_strategy, given.strategy, pod_gc_strategies, path, "strategy", "podGC", report);
    if (given.labelSelector) label_selector_malformed(*given.labelSelector, path / "labelSelector", report);
}

constexpr void executor_plugin_incomplete(const model::ExecutorPlugin& plugin, const Path& path,
                                          report& report) {
    const auto& container = plugin.spec.sidecar.container;
    str lacks("");
    const auto need = [&](bool there, std::string_view what) {
        if (there) return;
        if (!lacks.empty()) lacks.append(" and ");
        lacks.append(what);
    };
    need(!plugin.metadata.name.empty(), "name");
    need(!container.ports.empty(), "port");
    need(container.resources && container.resources->requests.has_value(), "requests");
    need(container.resources && container.resources->limits.has_value(), "limits");
    need(container.securityContext.has_value(), "securityContext");
    if (!lacks.empty())
        report(rule::executor_plugin_incomplete, path,
               joined("the executor plugin `", plugin.metadata.name.view(), "` has no ", lacks.view()));
}

inline constexpr std::string_view volume_claim_gc_strategies[] = {"OnWorkflowCompletion",
                                                                  "OnWorkflowSuccess"};

constexpr void volume_claim_duplicate_name(const workflow_view& workflow, report& report) {
    const auto& claims = workflow.spec.volumeClaimTemplates;
    name_index seen(claims.size());
    for (std::size_t i = 0; i < claims.size(); ++i) {
        if (!claims[i].metadata || claims[i].metadata->name.empty()) continue;
        const auto name = claims[i].metadata->name.view();
        const std::int32_t other = seen.add(name, i);
        if (other >= 0 && !(claims[i] == claims[static_cast<std::size_t>(other)]))
            report(rule::volume_claim_duplicate_name,
                   (workflow.path / "volumeClaimTemplates")[i] / "metadata" / "name",
                   joined("the workflow has two volumeClaimTemplates `", name,
                          "` that differ; only the first would be made"));
    }
}

constexpr void volume_claims(const workflow_view& workflow, report& report) {
    const auto& claims = workflow.spec.volumeClaimTemplates;
    if (claims.size() > 1) volume_claim_duplicate_name(workflow, report);
    for (std::size_t i = 0; i < claims.size(); ++i) {
        const Path path = (workflow.path / "volumeClaimTemplates")[i];
        if (!claims[i].metadata || claims[i].metadata->name.empty())
            report(rule::volume_claim_name, path, "a volumeClaimTemplate has no name");
        else
            labels(*claims[i].metadata, path / "metadata", report);
        if (claims[i].spec && claims[i].spec->resources)
            resource_amounts(claims[i].spec->resources->requests, claims[i].spec->resources->limits,
                             path / "spec" / "resources", "a volumeClaimTemplate", report);
    }
}

constexpr void workflow_metadata(const workflow_view& workflow, report& report) {
    const Path path = workflow.path / "workflowMetadata";
    labels(*workflow.spec.workflowMetadata, path, report);
    for (const auto& entry : workflow.spec.workflowMetadata->labelsFrom) {
        label_key(entry.key.view(), path / "labelsFrom" / entry.key.view(), "label", report);
        field_required(entry.value.expression, path / "labelsFrom" / entry.key.view(), "expression",
                       joined("the label `", entry.key.view(), "`").view(), report);
    }
}

/// What most workflows lack costs one question each.
constexpr void workflow_fields(const workflow_view& workflow, report& report) {
    const model::WorkflowSpec& spec = workflow.spec;
    const Path& path = workflow.path;
    if (spec.workflowTemplateRef) {
        workflow_templates_and_reference(workflow, report);
        workflow_reference(workflow, report);
    }
    if (spec.templates.size() > 200) workflow_too_many_templates(workflow, report);
    parallelism_value(spec.parallelism, path, "the workflow", report);
    if (spec.podGC) pod_gc(workflow, report);
    if (spec.podResources) pod_resources(*spec.podResources, path / "podResources", "the workflow", report);
    for (std::size_t i = 0; i < spec.executorPlugins.size(); ++i)
        executor_plugin_incomplete(spec.executorPlugins[i], (path / "executorPlugins")[i], report);
    if (!spec.volumeClaimTemplates.empty()) volume_claims(workflow, report);
    if (spec.volumeClaimGC)
        one_of(rule::volume_claim_gc_strategy, spec.volumeClaimGC->strategy, volume_claim_gc_strategies,
               path / "volumeClaimGC", "strategy", "volumeClaimGC", report);
    if (spec.artifactGC) {
        artifact_gc_strategy(spec.artifactGC->strategy, path / "artifactGC", "artifactGC", report);
        if (spec.artifactGC->podMetadata)
            labels(*spec.artifactGC->podMetadata, path / "artifactGC" / "podMetadata", report);
    }
    if (spec.workflowMetadata) workflow_metadata(workflow, report);
    if (spec.podMetadata) labels(*spec.podMetadata, path / "podMetadata", report);
    if (spec.metrics) metrics(*spec.metrics, path / "metrics", "the workflow", true, report);
    if (!spec.volumes.empty()) volumes(spec.volumes, path / "volumes", "the workflow", report);
    for (std::size_t i = 0; i < spec.hostAliases.size(); ++i)
        field_required(spec.hostAliases[i].ip, (path / "hostAliases")[i], "ip", "a host alias", report);
    if (spec.retryStrategy)
        retry_policy(*spec.retryStrategy, path / "retryStrategy", "the retryStrategy of the workflow",
                     report);
    if (spec.arguments)
        for (std::size_t i = 0; i < spec.arguments->artifacts.size(); ++i)
            artifact_location(spec.arguments->artifacts[i], (path / "arguments" / "artifacts")[i],
                              "the workflow", report);
}

}  // namespace tiphys::detail
