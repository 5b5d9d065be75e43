// SPDX-License-Identifier: Apache-2.0
// Stored templates, and what refers to them: the compiler knows the library's recipe and judges names and arguments by
// it. `11_library | kubectl apply -f -`
#include <iostream>

#include <tiphys/build/build.hpp>

using namespace tiphys;

//[library
constexpr auto tools = [] {
    return WorkflowTemplate("tools")
        .workflow_label("team", "argonauts")
        .parameter("text", "ahoy")
        .entrypoint("echo", Container("busybox")
            .input("text", "{{workflow.parameters.text}}")
            .command("echo", "{{inputs.parameters.text}}"));
};

constexpr auto nightly = [] {
    return CronWorkflow("nightly")
        .schedules("0 3 * * *", "@weekly").timezone("Europe/Athens")
        .concurrency_policy("Forbid").stop_strategy("cronworkflow.failed >= 3")
        .entrypoint("main")
        .dag("main")
            .task("first", ref(tools, "echo")).with("text", "one")  // "ehco" or "txet" would not compile
            .task("second", ref(tools, "echo")).with("text", "two").after("first");
};

constexpr auto once = [] { return as_workflow(tools(), "tools-by-hand-"); };

constexpr auto on_event = [] {
    return WorkflowEventBinding("on-message")
        .selector("payload.text != ''")
        .submit("tools").parameter("text", "payload.text");
};
//]

int main() {
    std::cout << checked<tools>() << "---\n" << checked<nightly>() << "---\n" << checked<once, tools>() << "---\n"
              << checked<on_event>();
}
