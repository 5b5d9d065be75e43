// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/checked.hpp>

#include "../bad.hpp"

using namespace tiphys;

constexpr auto task_outside_a_dag = [] {
    Workflow workflow("nightly-");
    workflow.entrypoint("main").container("work", Container("busybox").command("true"));
    TIPHYS_WHEN_WRONG(workflow.task("a", "work");)  // expect-error task
    TIPHYS_WHEN_WRONG(workflow.dag("x").step("a", "work");)  // expect-error step
    TIPHYS_WHEN_WRONG(workflow.steps("y").step("a", "work").after("b");)  // expect-error after
    TIPHYS_WHEN_WRONG(workflow.container("z", Script("busybox"));)  // expect-error Script
    workflow.dag("main").task("a", "work");
    return workflow;
};

constexpr auto reference_to_local = [] {
    Workflow workflow("nightly-");
    workflow.entrypoint("main").container("work", Container("busybox").command("true"));
    TIPHYS_WHEN_WRONG(return workflow.dag("main").task("a", "work");)
    TIPHYS_WHEN_RIGHT(workflow.dag("main").task("a", "work"); return workflow;)
};

void all() {
    TIPHYS_WHEN_RIGHT(checked<task_outside_a_dag>();)
    checked<reference_to_local>();  // expect-error the recipe returns a reference to its local Workflow: return the Workflow itself
}
