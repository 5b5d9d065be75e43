// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/build.hpp>

#include "../bad.hpp"

using namespace tiphys;

TIPHYS_WHEN_WRONG(constexpr auto cron = [] { return CronWorkflow("nightly"); };)
TIPHYS_WHEN_WRONG(constexpr auto whole = [] { return Workflow("nightly-"); };)

void entities() {
    WorkflowTemplate library("tools");
    TIPHYS_WHEN_WRONG(library.task("a", "work");)  // expect-error task
    TIPHYS_WHEN_WRONG(library.schedule("@daily");)  // expect-error schedule
    library.suspend("a");
    CronWorkflow nightly("nightly");
    TIPHYS_WHEN_WRONG(nightly.step("a", "work");)  // expect-error step
    nightly.schedule("@daily");
}

void scopes() {
    Workflow workflow("nightly-");
    auto dag = workflow.suspend("work").dag("main");
    auto steps = workflow.steps("other");
    TIPHYS_WHEN_WRONG(dag.step("a", "work");)  // expect-error step
    TIPHYS_WHEN_WRONG(dag.parallel();)  // expect-error parallel
    TIPHYS_WHEN_WRONG(dag.task("b", "work").parallel_step("c", "work");)  // expect-error parallel_step
    TIPHYS_WHEN_WRONG(steps.task("d", "work");)  // expect-error task
    TIPHYS_WHEN_WRONG(steps.step("e", "work").depends("d");)  // expect-error depends
    TIPHYS_WHEN_WRONG(Dag().step("f", "work");)  // expect-error step
    TIPHYS_WHEN_WRONG(Steps().task("g", "work");)  // expect-error task
    dag.task("a", "work");
    steps.step("b", "work");
}

void calls() {
    Workflow workflow("nightly-");
    auto dag = workflow.suspend("work").dag("main");
    auto steps = workflow.steps("other");
    auto a = dag.task("a", "work");
    auto b = steps.step("b", "work");
    TIPHYS_WHEN_WRONG(a >> b;)  // expect-error operator>> || invalid operands
    TIPHYS_WHEN_WRONG(dag.task("c", ref(cron, "a"));)  // expect-error the recipe makes neither a WorkflowTemplate nor a ClusterWorkflowTemplate
    TIPHYS_WHEN_WRONG(a.after(succeeded("a"));)  // expect-error after
    TIPHYS_WHEN_WRONG(succeeded(a) >> b;)  // expect-error operator>> || invalid operands
    TIPHYS_WHEN_WRONG(a >> succeeded(a);)  // expect-error operator>> || invalid operands
    TIPHYS_WHEN_WRONG(workflow.workflow_template_ref(whole);)  // expect-error the recipe makes neither a WorkflowTemplate nor a ClusterWorkflowTemplate
    TIPHYS_WHEN_RIGHT(a.depends(succeeded("a") && done("b"));)
    b.when("true");
}
