// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/dag.hpp>
#include <tiphys/build/detail/entity.hpp>
#include <tiphys/build/detail/steps.hpp>

/// The builder. A document owns the model; `.dag()` and `.steps()` open a scope in which tasks and steps are
/// added, and every scope leads back to the document's own verbs.
///
/// A chain that starts at a temporary (`Workflow("a-").dag("main").task(…)`) owns the workflow and can be
/// returned. A scope opened on a variable (`auto dag = workflow.dag("main"); dag.task(…);`) refers to it and
/// must not outlive it. The types never grow with the number of tasks: they say which scope it is, of which
/// kind of document, and whether it owns.
namespace tiphys {

/// A workflow being built: name, entrypoint, parameters and templates. Move-only; `model()` is what it has
/// become.
///
/// Source: Argo's Workflow and WorkflowSpec.
class Workflow : public detail::entity<Workflow, model::Workflow> {
public:
    /// A name that ends in '-' is a generateName: the server adds five characters.
    constexpr explicit Workflow(const word& name) : entity(name, "argoproj.io/v1alpha1", "Workflow") {}
    /// Goes on from one that was read or made elsewhere: words add to it and replace.
    constexpr explicit Workflow(model::Workflow from)
        : entity(std::move(from), "argoproj.io/v1alpha1", "Workflow") {}
};

/// Templates that are stored in a namespace: other documents refer to them, or run them as a whole.
/// Source: Argo's WorkflowTemplate.
class WorkflowTemplate : public detail::entity<WorkflowTemplate, model::WorkflowTemplate> {
public:
    constexpr explicit WorkflowTemplate(const word& name)
        : entity(name, "argoproj.io/v1alpha1", "WorkflowTemplate") {}
    /// Goes on from one that was read or made elsewhere: words add to it and replace.
    constexpr explicit WorkflowTemplate(model::WorkflowTemplate from)
        : entity(std::move(from), "argoproj.io/v1alpha1", "WorkflowTemplate") {}
};

/// The same for all namespaces of a cluster. Source: Argo's ClusterWorkflowTemplate.
class ClusterWorkflowTemplate
    : public detail::entity<ClusterWorkflowTemplate, model::ClusterWorkflowTemplate> {
public:
    constexpr explicit ClusterWorkflowTemplate(const word& name)
        : entity(name, "argoproj.io/v1alpha1", "ClusterWorkflowTemplate") {}
    /// Goes on from one that was read or made elsewhere: words add to it and replace.
    constexpr explicit ClusterWorkflowTemplate(model::ClusterWorkflowTemplate from)
        : entity(std::move(from), "argoproj.io/v1alpha1", "ClusterWorkflowTemplate") {}
};

}  // namespace tiphys
