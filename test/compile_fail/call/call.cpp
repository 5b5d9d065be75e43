// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/checked.hpp>

#include "../bad.hpp"

using namespace tiphys;

constexpr Workflow with_echo() {
    Workflow workflow("nightly-");
    workflow.entrypoint("main").container(
        "echo", Container("busybox").input("message").input("times", 1).command("echo", "{{inputs.parameters.message}}"));
    return workflow;
}

constexpr auto step_name = [] {
    return with_echo().steps("main")
        .step(BAD("say_hello", "say-hello"), "echo")  // expect step.name: the step name `say_hello` is not of letters, digits and `-`, or longer than 128 characters
        .with("message", "hello");
};

constexpr auto step_duplicate_name = [] {
    return with_echo().steps("main")
        .step("hello", "echo").with("message", "hello")
        .step(BAD("hello", "goodbye"), "echo")  // expect step.duplicate-name: template `main` has two steps `hello`
        .with("message", "goodbye");
};

constexpr auto task_name = [] {
    return with_echo().dag("main")
        .task(BAD("say hello", "say-hello"), "echo")  // expect task.name: the task name `say hello` is not of letters, digits and `-`, or longer than 128 characters
        .with("message", "hello");
};

constexpr auto task_name_digit = [] {
    return with_echo().dag("main")
        .task("hello", "echo").with("message", "hello")
        .task(BAD("2nd", "second"), "echo")  // expect task.name: the task name `2nd` begins with a digit, which depends and dependencies do not allow
        .with("message", "goodbye").after("hello");
};

constexpr auto task_duplicate_name = [] {
    return with_echo().dag("main")
        .task("hello", "echo").with("message", "hello")
        .task(BAD("hello", "goodbye"), "echo")  // expect task.duplicate-name: dag `main` has two tasks `hello`
        .with("message", "goodbye");
};

constexpr auto unknown_template_of_step = [] {
    return with_echo().steps("main")
        .step("hello", BAD("ecko", "echo"))  // expect template.unknown: step `hello` uses template `ecko`, which the workflow does not have; did you mean `echo`?
        .with("message", "hello");
};

constexpr auto unknown_template_of_task = [] {
    return with_echo().dag("main")
        .task("hello", BAD("print", "echo"))  // expect template.unknown: task `hello` uses template `print`, which the workflow does not have
        .with("message", "hello");
};

constexpr auto several_loops = [] {
    return with_echo().steps("main")
        .step("hello", "echo")  // expect loop.several: step `hello` has more than one of withItems, withParam and withSequence
        .with("message", "{{item}}").with_items("a", "b") TIPHYS_WHEN_WRONG(.with_param("[1, 2]"));
};

constexpr auto missing_argument = [] {
    return with_echo().steps("main")
        .step("hello", "echo")  // expect arguments.missing: step `hello` does not give `message`, an input parameter of template `echo`
        TIPHYS_WHEN_RIGHT(.with("message", "hello")) .with("times", 2);
};

constexpr auto unknown_argument = [] {
    return with_echo().dag("main")
        .task("hello", "echo")
        .with("message", "hello")
        .with(BAD("time", "times"), 3);  // expect arguments.unknown: task `hello` gives `time`, but template `echo` has no such input parameter; did you mean `times`?
};

constexpr auto duplicate_argument = [] {
    return with_echo().steps("main")
        .step("hello", "echo")
        .with("message", "hello")
        .with(BAD("message", "times"), "2");  // expect parameter.duplicate-name: step `hello` has two argument parameters `message`
};

constexpr auto hook_without_expression = [] {
    Workflow workflow = with_echo();
    auto steps = workflow.steps("main");
    steps.step("hello", "echo").with("message", "hello");  // expect hook.expression-required: hook `started` of step `hello` has no expression that says when it runs
    steps.template_model([](model::Template& self) { self.steps[0][0].hooks[BAD("started", "exit")].template_ = "bye"; });
    workflow.container("bye", Container("busybox").command("true"));
    return workflow;
};

constexpr auto hook_template = [] {
    Workflow workflow = with_echo();
    auto steps = workflow.steps("main");
    steps.step("hello", "echo").with("message", "hello");  // expect hook.template: hook `exit` of step `hello` uses template `ecko`, which the workflow does not have; did you mean `echo`?
    steps.template_model([](model::Template& self) { self.steps[0][0].hooks["exit"].template_ = BAD("ecko", "echo"); });
    return workflow;
};

void all() {
    checked<step_name>();
    checked<step_duplicate_name>();
    checked<task_name>();
    checked<task_name_digit>();
    checked<task_duplicate_name>();
    checked<unknown_template_of_step>();
    checked<unknown_template_of_task>();
    checked<several_loops>();
    checked<missing_argument>();
    checked<unknown_argument>();
    checked<duplicate_argument>();
    checked<hook_without_expression>();
    checked<hook_template>();
}
