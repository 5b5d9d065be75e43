// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/build.hpp>

#include "../bad.hpp"

using namespace tiphys;

constexpr Workflow started() {
    Workflow workflow("nightly-");
    workflow.entrypoint("main").container(
        "work", Container("busybox").input("x", "1").output("o", "/o").command("echo", "{{inputs.parameters.x}}"));
    return workflow;
}

constexpr auto typed_depends = [] {
    auto workflow = started();
    auto dag = workflow.dag("main");
    dag.task("build", "work");
    dag.task("test", "work")
        .depends(succeeded("build") &&
                 !failed(BAD("biuld", "build")));  // expect dag.unknown-dependency: task `test` depends on `biuld`, which dag `main` does not have; did you mean `build`?
    return workflow;
};

constexpr auto implied = [] {
    auto workflow = started();
    auto dag = workflow.dag("main");
    dag.task("build", "work");
    dag.task("test", "work")
        .with("x",
              output(BAD("biuld", "build"), "o"));  // expect variable.unknown: task `test` uses {{tasks.biuld.outputs.parameters.o}}, but dag `main` has no task `biuld`; did you mean `build`?
    return workflow;
};

constexpr auto output_name = [] {
    auto workflow = started();
    auto dag = workflow.dag("main");
    auto build = dag.task("build", "work");
    dag.task("test", "work")
        .with("x", output(build, BAD("p", "o")));  // expect variable.unknown: task `test` uses {{tasks.build.outputs.parameters.p}}, but template `work`, which task `build` runs, has no output parameter `p`; did you mean `o`?
    return workflow;
};

constexpr auto circle = [] {
    auto workflow = started();
    auto dag = workflow.dag("main");
    auto a = dag.task("a", "work");  // expect dag.cycle: dag `main` has a cycle: `a` after `c` after `b` after `a`
    auto b = dag.task("b", "work"), c = dag.task("c", "work");
    a >> b >> c;
    TIPHYS_WHEN_WRONG(c >> a;)
    return workflow;
};

void all() {
    checked<typed_depends>();
    checked<implied>();
    checked<output_name>();
    checked<circle>();
}
