// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/build.hpp>
#include <tiphys/build/json_value.hpp>

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

constexpr auto wanted = [] {
    return Workflow("nightly-")
        .entrypoint("main")
        .container("build", Container("golang").command("make").output("sum", "/sum"))
        .container("sum", Container("busybox").command("echo").input("sum", "0"))
        .dag("main")
            .task("a", BAD(ref("tools", "build"), "build"))
            .task("b", "build")
            .task("c", "sum")
                .with(outputs("a"))  // expect outputs.wanted: `c` takes outputs of `a`, whose template is of another document, which is not known here
            .task("d", "sum")
                .with(outputs(BAD("bb", "b")));  // expect dag.unknown-dependency: task `d` depends on `bb`, which dag `main` does not have; did you mean `b`?
};

constexpr auto wanted_by_a_step = [] {
    return Workflow("nightly-")
        .entrypoint("main")
        .container("build", Container("golang").command("make").output("sum", "/sum"))
        .container("sum", Container("busybox").command("echo").input("sum", "0"))
        .steps("main")
            .step("build", "build")
            .step("a", "sum")
                .with(outputs(BAD("bild", "build")));  // expect outputs.wanted: `a` takes outputs of `bild`, which is none of the steps beside it; did you mean `build`?
};

constexpr auto odd_item = [] {
    return Workflow("nightly-")
        .entrypoint("main")
        .container("build", Container("golang").command("make").input("os").input("arch", ""))
        .dag("main")
            .task("a", "build").with_each(  // expect variable.unknown: task `a` uses {{item.arch}}, but withItems[1] has no `arch`; did you mean `arhc`? // expect variable.unknown: task `a` uses {{item.arhc}}, but withItems[0] has no `arhc`; did you mean `arch`? // expect arguments.unknown: task `a` gives `arhc`, but template `build` has no such input parameter; did you mean `arch`?
                json_object("os", "linux", "arch", "arm"),
                json_object("os", "mac", BAD("arhc", "arch"), "arm"));
};

void all() {
    checked<wanted>();
    checked<wanted_by_a_step>();
    checked<odd_item>();
    checked<typed_depends>();
    checked<implied>();
    checked<output_name>();
    checked<circle>();
}
