// SPDX-License-Identifier: Apache-2.0
#include "../models.hpp"

using namespace tiphys;
using namespace tiphys::test;

constexpr auto library = [] {
    model::WorkflowTemplate made;
    made.metadata.name = "lib";
    made.spec = waiting().spec;
    return made;
};
constexpr auto cluster_library = [] {
    model::ClusterWorkflowTemplate made;
    made.metadata.name = "shared";
    made.spec = waiting().spec;
    return made;
};

constexpr void refer(model::Workflow& workflow, const char* name, const char* document, const char* template_) {
    auto& steps = workflow.spec.templates[0].steps;
    auto& step = steps.emplace_back().emplace_back();
    step.name = name;
    step.templateRef.ensure().name = document;
    step.templateRef->template_ = template_;
}

constexpr auto calls = [] {
    auto workflow = empty();
    refer(workflow, "a", "lib", BAD("mian", "main"));  // expect-nowhere template-ref.unknown-template: spec.templates[0].steps[0][0].templateRef.template: step `a` uses template `mian`, which the WorkflowTemplate `lib` does not have; did you mean `main`?
    refer(workflow, "b", BAD("lob", "lib"), "main");  // expect-nowhere template-ref.unknown-document: spec.templates[0].steps[1][0].templateRef.name: step `b` refers to the WorkflowTemplate `lob`, which there is not; did you mean `lib`?
    refer(workflow, "c", "lib", BAD("", "main"));  // expect-nowhere template-ref.incomplete: spec.templates[0].steps[2][0].templateRef: the templateRef of step `c` has no template
    refer(workflow, "d", "lib", "main");
    if (BAD(true, false)) workflow.spec.templates[0].steps[3][0].template_ = "main";  // expect-nowhere template-ref.and-template: spec.templates[0].steps[3][0].templateRef: step `d` names template `main` and refers to `lib`
    return workflow;
};

constexpr auto cluster = [] {
    auto workflow = empty();
    refer(workflow, "a", "shared", "main");
    if (BAD(false, true)) workflow.spec.templates[0].steps[0][0].templateRef->clusterScope = true;  // expect-nowhere template-ref.cluster-scope: spec.templates[0].steps[0][0].templateRef: step `a` refers to a WorkflowTemplate, and a ClusterWorkflowTemplate has no namespace
    model::ClusterWorkflowTemplate made;
    made.metadata.name = "other";
    made.spec = workflow.spec;
    return made;
};

constexpr auto base = [] {
    auto workflow = waiting();
    workflow.spec.entrypoint = "main";
    workflow.spec.workflowTemplateRef.ensure().name = "lib";
    if (BAD(false, true)) workflow.spec.templates.reset();  // expect-nowhere workflow.templates-and-reference: spec.templates: the workflow has templates, and refers to those of `lib`
    return workflow;
};

void all() {
    checked<calls, library, complete>();
    checked<cluster, cluster_library>();
    checked<base, library>();
}
