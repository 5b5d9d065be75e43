// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/checked.hpp>

#include "../bad.hpp"

using namespace tiphys;

constexpr Workflow with_work() {
    Workflow workflow("nightly-");
    workflow.entrypoint("main").container("work", Container("busybox").command("true"));
    return workflow;
}

constexpr auto no_tasks = [] {
    Workflow workflow = with_work();
    auto dag = workflow.dag("main");  // expect dag.no-tasks: dag `main` has no task
    TIPHYS_WHEN_RIGHT(dag.task("build", "work");)
    return workflow;
};

constexpr auto unknown_dependency = [] {
    return with_work().dag("main")
        .task("build", "work")
        .task("test", "work")
            .after(BAD("biuld", "build"));  // expect dag.unknown-dependency: task `test` depends on `biuld`, which dag `main` does not have; did you mean `build`?
};

constexpr auto second_unknown_dependency = [] {
    return with_work().dag("main")
        .task("build", "work")
        .task("lint", "work")
        .task("test", "work")
            .after("build", BAD("hint", "lint"));  // expect dag.unknown-dependency: task `test` depends on `hint`, which dag `main` does not have; did you mean `lint`?
};

constexpr auto unknown_in_depends = [] {
    return with_work().dag("main")
        .task("build", "work")
        .task("test", "work")
            .depends(BAD("build.Succeeded || rebuild", "build.Succeeded"));  // expect dag.unknown-dependency: task `test` depends on `rebuild`, which dag `main` does not have; did you mean `build`?
};

constexpr auto in_a_loop = [] {
    Workflow workflow = with_work();
    auto dag = workflow.dag("main");
    dag.task("build-0", "work");
    for (int i = 1; i < 3; ++i) {
        auto task = dag.task(detail::joined("build-", text(i).view()), "work");
        task.after(detail::joined(BAD("built-", "build-"), text(i - 1 + BAD(i / 2, 0)).view()));  // expect dag.unknown-dependency: task `build-1` depends on `built-0`, which dag `main` does not have; did you mean `build-0`? // expect dag.unknown-dependency: task `build-2` depends on `built-2`, which dag `main` does not have; did you mean `build-0`?
    }
    return workflow;
};

constexpr auto cycle = [] {
    return with_work().dag("main")
        .task("build", "work")
        TIPHYS_WHEN_WRONG(.after("test"))
        .task("test", "work")
        .after("build");  // expect dag.cycle: dag `main` has a cycle: `build` after `test` after `build`
};

constexpr auto itself = [] {
    return with_work().dag("main")
        .task("build", "work")
        TIPHYS_WHEN_WRONG(.after("build"));  // expect dag.cycle: dag `main` has a cycle: `build` after `build`
};

constexpr auto syntax = [] {
    return with_work().dag("main")
        .task("build", "work")
        .task("test", "work")
            .depends(BAD("build and build", "build && build"));  // expect dag.depends-syntax: depends of task `test` is wrong at `and build`: `&&`, `||` or `)` is expected
};

constexpr auto open_parenthesis = [] {
    return with_work().dag("main")
        .task("build", "work")
        .task("test", "work")
            .depends(BAD("(build.Failed", "(build.Failed)"));  // expect dag.depends-syntax: depends of task `test` ends too early: `)` is expected
};

constexpr auto result = [] {
    return with_work().dag("main")
        .task("build", "work")
        .task("test", "work")
            .depends(BAD("build.Suceeded", "build.Succeeded"));  // expect dag.unknown-result: task `test` depends on the result `Suceeded` of `build`, which is no result of a task; did you mean `Succeeded`?
};

constexpr auto result_of_items = [] {
    return with_work().dag("main")
        .task("build", "work") TIPHYS_WHEN_RIGHT(.with_items(1, 2))
        .task("test", "work")
            .depends("build.AnySucceeded");  // expect dag.unknown-result: task `test` depends on `build.AnySucceeded`, but task `build` has no loop
};

constexpr auto mixed = [] {
    Workflow workflow = with_work();
    auto dag = workflow.dag("main");
    dag.task("build", "work");
    dag.task("test", "work").after("build");
    dag.task("lint", "work");  // expect dag.depends-and-dependencies: dag `main` uses dependencies in task `lint` and depends in task `test`
    TIPHYS_WHEN_WRONG(dag.template_model([](model::Template& self) { self.dag->tasks[2].dependencies.push_back("build"); });)
    return workflow;
};

constexpr auto target = [] {
    return with_work().dag("main")
        .target(BAD("build tets", "build test"))  // expect dag.unknown-target: dag `main` has the target `tets`, which is none of its tasks; did you mean `test`?
        .task("build", "work")
        .task("test", "work");
};

constexpr auto continue_on = [] {
    return with_work().dag("main")
        .task("build", "work")  // expect dag.continue-on: task `build` has continueOn, but dag `main` uses depends
            TIPHYS_WHEN_WRONG(.continue_on(true))
        .task("test", "work")
            .depends("build.Succeeded || build.Failed");
};

constexpr auto reserved_name = [] {
    return with_work().dag("main")
        .task(BAD("not", "nothing"), "work")
        .task("test", "work")
            .after(BAD("not", "nothing"));  // expect dag.reserved-name: task `test` depends on `not`, which expressions read as an operator or constant, not as a task
};

void all() {
    checked<no_tasks>();
    checked<unknown_dependency>();
    checked<second_unknown_dependency>();
    checked<unknown_in_depends>();
    checked<in_a_loop>();
    checked<cycle>();
    checked<itself>();
    checked<syntax>();
    checked<open_parenthesis>();
    checked<result>();
    checked<result_of_items>();
    checked<mixed>();
    checked<target>();
    checked<continue_on>();
    checked<reserved_name>();
}
