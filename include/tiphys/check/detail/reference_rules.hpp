// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/document_rules.hpp>

/// Rules on references to templates: by name within the document, or to another document.
namespace tiphys::detail {

constexpr void unknown_template(const workflow_view& workflow, const Rule& rule, const Path& path,
                                std::string_view who, std::string_view name, report& report) {
    nearest near(name);
    for (const auto& candidate : workflow.spec.templates) near.offer(candidate.name.view());
    if (workflow.base != nullptr)
        for (const auto& candidate : workflow.base->templates) near.offer(candidate.name.view());
    report(rule, path,
           joined(who, " `", name, "`, which the workflow does not have", near.question().view()));
}

constexpr std::string_view kind_of_reference(bool cluster) noexcept {
    return cluster ? "ClusterWorkflowTemplate" : "WorkflowTemplate";
}

/// A document that the set does not hold.
constexpr void unknown_document(const workflow_view& workflow, std::string_view who, std::string_view name,
                                bool cluster, const Path& path, report& report) {
    if (!workflow.documents.is_complete()) return;
    nearest near(name);
    str other("");
    if (cluster) {
        for (const auto* one : workflow.documents.cluster_templates()) near.offer(one->metadata.name.view());
        if (workflow.documents.find(name, workflow.namespace_) != nullptr)
            other = joined("; there is a WorkflowTemplate `", name, "`");
    } else {
        for (const auto* one : workflow.documents.templates()) near.offer(one->metadata.name.view());
        if (workflow.documents.find_cluster(name) != nullptr)
            other =
                joined("; there is a ClusterWorkflowTemplate `", name, "`, which takes clusterScope: true");
    }
    if (other.empty()) other = near.question();
    report(rule::template_ref_unknown_document, path / "name",
           joined(who, " refers to the ", kind_of_reference(cluster), " `", name, "`, which there is not",
                  other.view()));
}

constexpr void cluster_scope(const workflow_view& workflow, std::string_view who, bool cluster,
                             const Path& path, report& report) {
    if (workflow.kind == document_kind::cluster_workflow_template && !cluster)
        report(rule::template_ref_cluster_scope, path,
               joined(who, " refers to a WorkflowTemplate, and a ClusterWorkflowTemplate has no namespace"));
}

/// What a workflow refers to with workflowTemplateRef.
constexpr void workflow_reference(const workflow_view& workflow, report& report) {
    const auto& reference = *workflow.spec.workflowTemplateRef;
    const Path path = workflow.path / "workflowTemplateRef";
    const bool cluster = reference.clusterScope.value_or(false);
    if (reference.name.empty())
        report(rule::template_ref_incomplete, path, "the workflowTemplateRef has no name");
    else if (workflow.base == nullptr)
        unknown_document(workflow, "the workflow", reference.name.view(), cluster, path, report);
    cluster_scope(workflow, "the workflow", cluster, path, report);
}

/// What a step, task or hook refers to with templateRef. `who` is made only after a mistake.
template <class Who>
constexpr void template_reference(const workflow_view& workflow, const model::TemplateRef& reference,
                                  const str& template_name, const Path& path, Who who, report& report) {
    const Path at = path / "templateRef";
    const auto name = reference.name.view();
    const auto wanted = reference.template_.view();
    const bool cluster = reference.clusterScope.value_or(false);
    if (has_text(template_name))
        report(
            rule::template_ref_and_template, at,
            joined(who().view(), " names template `", template_name.view(), "` and refers to `", name, "`"));
    if (name.empty() || wanted.empty()) {
        report(
            rule::template_ref_incomplete, at,
            joined("the templateRef of ", who().view(), name.empty() ? " has no name" : " has no template"));
        return;
    }
    if (has_variable(name) || has_variable(wanted)) return;
    cluster_scope(workflow, who().view(), cluster, at, report);
    const model::WorkflowSpec* spec = workflow.find_spec(name, cluster);
    if (spec == nullptr) {
        unknown_document(workflow, who().view(), name, cluster, at, report);
        return;
    }
    if (workflow.documents.find_template(*spec, wanted) != nullptr) return;
    nearest near(wanted);
    for (const auto& candidate : spec->templates) near.offer(candidate.name.view());
    report(rule::template_ref_unknown_template, at / "template",
           joined(who().view(), " uses template `", wanted, "`, which the ", kind_of_reference(cluster), " `",
                  name, "` does not have", near.question().view()));
}

}  // namespace tiphys::detail
