// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/checked.hpp>

#include "../bad.hpp"

using namespace tiphys;

constexpr Workflow with_echo() {
    Workflow workflow("nightly-");
    workflow.entrypoint("main")
        .parameter("day", "monday")
        .script("roll", Script("busybox").command("sh").source("echo 4").output("dice", "/tmp/dice"))
        .container("echo", Container("busybox").input("message").command("echo", "{{inputs.parameters.message}}"));
    return workflow;
}

constexpr auto input_in_command = [] {
    return with_echo()
        .container("main",
                   Container("busybox")
                       .input("message", "hello")
                       .command("echo", BAD("{{inputs.parameters.mesage}}", "{{inputs.parameters.message}}")));  // expect variable.unknown: command of template `main` uses {{inputs.parameters.mesage}}, but template `main` has no input parameter `mesage`; did you mean `message`?
};

constexpr auto input_in_source = [] {
    return with_echo()
        .script("main", Script("busybox").command("sh")
            .source(BAD("echo {{inputs.parameters.x}}", "echo x")));  // expect variable.unknown: source of template `main` uses {{inputs.parameters.x}}, but template `main` has no input parameter `x`
};

constexpr auto env_value = [] {
    return with_echo().container("main", Container("busybox").command("env")
        .env("DAY", BAD("{{ workflow.parameters.dya }}", "{{ workflow.parameters.day }}")));  // expect variable.unknown: value of template `main` uses {{workflow.parameters.dya}}, but the workflow has no parameter `dya`; did you mean `day`?
};

constexpr auto task_unknown = [] {
    return with_echo().dag("main")
        .task("roll", "roll")
        .task("say", "echo").after("roll")
            .with("message", BAD("{{tasks.rol.outputs.result}}", "{{tasks.roll.outputs.result}}"));  // expect variable.unknown: task `say` uses {{tasks.rol.outputs.result}}, but dag `main` has no task `rol`; did you mean `roll`?
};

constexpr auto output_unknown = [] {
    return with_echo().dag("main")
        .task("roll", "roll")
        .task("say", "echo").after("roll")
            .with("message", BAD("{{tasks.roll.outputs.parameters.die}}", "{{tasks.roll.outputs.parameters.dice}}"));  // expect variable.unknown: task `say` uses {{tasks.roll.outputs.parameters.die}}, but template `roll`, which task `roll` runs, has no output parameter `die`; did you mean `dice`?
};

constexpr auto no_result = [] {
    return with_echo().suspend("wait").dag("main")
        .task("wait", BAD("wait", "roll"))
        .task("say", "echo").after("wait")
            .with("message", "{{tasks.wait.outputs.result}}");  // expect variable.unknown: task `say` uses {{tasks.wait.outputs.result}}, but task `wait` runs no container and has no outputs.result
};

constexpr auto steps_in_dag = [] {
    return with_echo().dag("main")
        .task("roll", "roll")
        .task("say", "echo").after("roll")
            .with("message", BAD("{{steps.roll.outputs.result}}", "{{tasks.roll.outputs.result}}"));  // expect variable.unknown: task `say` uses {{steps.roll.outputs.result}}, but dag `main` has no steps
};

constexpr auto item_without_loop = [] {
    return with_echo().steps("main")
        .step("say", "echo") TIPHYS_WHEN_RIGHT(.with_items(1, 2))
            .with("message", "{{item}}");  // expect variable.unknown: step `say` uses {{item}}, but the step has no withItems, withParam or withSequence
};

constexpr auto item_member = [] {
    return with_echo().steps("main")
        .step("say", "echo")
            .with_items([] { json item = json::object(); item.set("image", "debian"); return item; }())
            .with("message", BAD("{{item.imgae}}", "{{item.image}}"));  // expect variable.unknown: step `say` uses {{item.imgae}}, but its items have no `imgae`; did you mean `image`?
};

constexpr auto no_such_variable = [] {
    return with_echo().steps("main")
        .step("say", "echo")
            .with("message", BAD("{{message}}", "message"));  // expect variable.unknown: step `say` uses {{message}}, but Argo has no variable `message`
};

constexpr auto in_when = [] {
    return with_echo().steps("main")
        .step("roll", "roll")
        .step("say", "echo").with("message", "six")
            .when(BAD("{{steps.roll.outputs.results}} == 6", "{{steps.roll.outputs.result}} == 6"));  // expect variable.unknown: step `say` uses {{steps.roll.outputs.results}}, but outputs have parameters, artifacts and a result only
};

constexpr auto in_output = [] {
    return with_echo().dag("main")
        .output("dice", BAD("{{tasks.roll.outputs.parameters.die}}", "{{tasks.roll.outputs.parameters.dice}}"))  // expect variable.unknown: parameter of dag `main` uses {{tasks.roll.outputs.parameters.die}}, but template `roll`, which task `roll` runs, has no output parameter `die`; did you mean `dice`?
        .task("roll", "roll");
};

constexpr auto not_an_ancestor = [] {
    return with_echo().dag("main")
        .task("roll", "roll")
        .task("say", "echo") TIPHYS_WHEN_RIGHT(.after("roll"))
            .with("message", "{{tasks.roll.outputs.result}}");  // expect variable.not-ready: task `say` uses {{tasks.roll.outputs.result}}, but does not depend on `roll`
};

constexpr auto same_group = [] {
    return with_echo().steps("main")
        .step("roll", "roll")
        TIPHYS_WHEN_WRONG(.parallel_step("say", "echo")) TIPHYS_WHEN_RIGHT(.step("say", "echo"))
            .with("message", "{{steps.roll.outputs.result}}");  // expect variable.not-ready: step `say` uses {{steps.roll.outputs.result}}, but step `roll` stands in no earlier group
};

constexpr auto unterminated = [] {
    return with_echo().steps("main")
        .step("say", "echo")
            .with("message", BAD("{{workflow.name", "{{workflow.name}}"));  // expect variable.unterminated: step `say` uses {{workflow.name, which no }} ends
};

constexpr auto not_of_a_sequence = [] {
    return with_echo().steps("main")
        .step("say", "echo").with_sequence({.count = 3})
            .with("message", BAD("{{item.image}}", "{{item}}"));  // expect variable.unknown: step `say` uses {{item.image}}, but the items of a withSequence are numbers and have no `image`
};

constexpr auto not_retried = [] {
    return with_echo().container("main",
        Container("busybox").command("echo", "{{retries}}")  // expect variable.unknown: command of template `main` uses {{retries}}, but template `main` has no retryStrategy
            TIPHYS_WHEN_RIGHT(.template_model([](model::Template& self) { self.retryStrategy.ensure(); })));
};

constexpr auto slip = [] {
    return with_echo().container("main", Container("busybox").input("day", "monday")
        .command("echo", "{{inputs.parameters.day}}", BAD("{{worfklow.name}}", "{{workflow.name}}")));  // expect variable.unknown: command of template `main` uses {{worfklow.name}}, but Argo has no variable `worfklow.name`; did you mean `workflow`?
};

constexpr auto far_from_an_ancestor = [] {
    return with_echo().dag("main")
        .task("roll", "roll")
        .task("wait", "roll") TIPHYS_WHEN_RIGHT(.after("roll"))
        .task("say", "echo").after("wait")
            .with("message", "{{tasks.roll.outputs.result}}");  // expect variable.not-ready: task `say` uses {{tasks.roll.outputs.result}}, but does not depend on `roll`
};

void all() {
    checked<input_in_command>();
    checked<input_in_source>();
    checked<env_value>();
    checked<task_unknown>();
    checked<output_unknown>();
    checked<no_result>();
    checked<steps_in_dag>();
    checked<item_without_loop>();
    checked<item_member>();
    checked<no_such_variable>();
    checked<in_when>();
    checked<in_output>();
    checked<not_an_ancestor>();
    checked<same_group>();
    checked<unterminated>();
    checked<not_of_a_sequence>();
    checked<not_retried>();
    checked<slip>();
    checked<far_from_an_ancestor>();
}
