// SPDX-License-Identifier: Apache-2.0
#include "pairs.hpp"

namespace tiphys::test {
namespace {

class ReferenceRules : public testing::Test {
protected:
    ReferenceRules() {
        lib_ = read_yaml<model::WorkflowTemplate>(
            "{metadata: {name: lib}, spec: {entrypoint: say, templates: [{name: say, suspend: {}}]}}");
        cluster_ = read_yaml<model::ClusterWorkflowTemplate>(
            "{metadata: {name: shared}, spec: {templates: [{name: tell, suspend: {}}]}}");
        set_.add(lib_).add(cluster_).complete();
    }
    static std::string step(const std::string& call) {
        return "{metadata: {name: x}, spec: {entrypoint: main, templates: [{name: main, steps: [[{name: a, " +
               call + "}]]}]}}";
    }

    model::WorkflowTemplate lib_;
    model::ClusterWorkflowTemplate cluster_;
    DocumentSet set_;
};

TEST_F(ReferenceRules, OfCalls) {
    const std::string right = "templateRef: {name: lib, template: say}";
    const Pair pairs[] = {
        {"template-ref.and-template", right + ", template: main", right,
         "templateRef: step `a` names template `main` and refers to `lib`"},
        {"template-ref.incomplete", "templateRef: {template: say}", right,
         "the templateRef of step `a` has no name"},
        {"", "templateRef: {name: lib}", right, "the templateRef of step `a` has no template"},
        {"template-ref.unknown-document", "templateRef: {name: lob, template: say}", right,
         "step `a` refers to the WorkflowTemplate `lob`, which there is not; did you mean `lib`?"},
        {"", "templateRef: {name: shared, template: tell}",
         "templateRef: {name: shared, template: tell, clusterScope: true}",
         "there is a ClusterWorkflowTemplate `shared`, which takes clusterScope: true"},
        {"", "templateRef: {name: lib, template: say, clusterScope: true}", right,
         "; there is a WorkflowTemplate `lib`"},
        {"template-ref.unknown-template", "templateRef: {name: lib, template: sya}", right,
         "templateRef.template: step `a` uses template `sya`, which the WorkflowTemplate `lib` does not "
         "have; did you mean `say`?"},
    };
    expect_pairs<model::Workflow>(pairs, step, set_);
}

TEST_F(ReferenceRules, OfWorkflows) {
    const auto workflow = [](const std::string& spec) {
        return "{metadata: {name: x}, spec: {" + spec + "}}";
    };
    const std::string right = "workflowTemplateRef: {name: lib}";
    const Pair pairs[] = {
        {"workflow.templates-and-reference", right + ", templates: [{name: t, suspend: {}}]", right,
         "spec.templates: the workflow has templates, and refers to those of `lib`"},
        {"template-ref.incomplete", "workflowTemplateRef: {}", right, "the workflowTemplateRef has no name"},
        {"template-ref.unknown-document", "workflowTemplateRef: {name: lbi}", right,
         "workflowTemplateRef.name: the workflow refers to the WorkflowTemplate `lbi`"},
    };
    expect_pairs<model::Workflow>(pairs, workflow, set_);
}

TEST_F(ReferenceRules, OfClusterTemplates) {
    const Pair pairs[] = {
        {"template-ref.cluster-scope", "templateRef: {name: lib, template: say}",
         "templateRef: {name: shared, template: tell, clusterScope: true}",
         "a ClusterWorkflowTemplate has no namespace"},
    };
    expect_pairs<model::ClusterWorkflowTemplate>(pairs, step, set_);
}

TEST_F(ReferenceRules, LeaveToTheClusterWhatIsNotAtHand) {
    set_.complete(false);
    const auto clean = [&](const std::string& call) {
        return validate(read_yaml<model::Workflow>(step(call)), set_).empty();
    };
    EXPECT_TRUE(clean("templateRef: {name: other, template: t}"));
    EXPECT_TRUE(clean("templateRef: {name: '{{workflow.name}}', template: t}"));
    EXPECT_FALSE(clean("templateRef: {name: lib, template: t}"));
}

}  // namespace
}  // namespace tiphys::test
