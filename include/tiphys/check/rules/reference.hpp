// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on references to templates of other documents.
namespace tiphys::rule {

inline constexpr Rule template_ref_and_template{
    "template-ref.and-template",
    "A step or task names a template, or refers to one of another document, not both.",
    "Keep template or templateRef."};
inline constexpr Rule template_ref_incomplete{
    "template-ref.incomplete", "A reference names the document and the template.", "Give name and template."};
inline constexpr Rule template_ref_unknown_document{
    "template-ref.unknown-document", "A reference means a document that there is not.",
    "Name a WorkflowTemplate, or a ClusterWorkflowTemplate with clusterScope: true."};
inline constexpr Rule template_ref_unknown_template{
    "template-ref.unknown-template", "A reference means a template that the document does not have.",
    "Name one of its templates."};
inline constexpr Rule template_ref_cluster_scope{
    "template-ref.cluster-scope", "A ClusterWorkflowTemplate refers only to ClusterWorkflowTemplates.",
    "Set clusterScope: true."};
inline constexpr Rule template_recursion{"template.recursion",
                                         "Templates that call each other without a condition never end.",
                                         "Give one of the calls a when.", error, at_run_time};

inline constexpr const Rule* reference_rules[] = {
    &template_ref_and_template,     &template_ref_incomplete,    &template_ref_unknown_document,
    &template_ref_unknown_template, &template_ref_cluster_scope, &template_recursion};

}  // namespace tiphys::rule
