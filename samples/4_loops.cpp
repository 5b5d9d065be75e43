// SPDX-License-Identifier: Apache-2.0
// A loop of Argo (one task, many items) and a loop of C++ (as many tasks as the program's arguments), both checked.
#include <iostream>

#include <tiphys/tiphys.hpp>

using namespace tiphys;

//[loops
constexpr auto squares = [] {
    return Workflow("squares-")
        .entrypoint("main")
        .script("square", Script("busybox").input("n").command("sh").source(
            "echo $(({{inputs.parameters.n}} * {{inputs.parameters.n}}))"))
        .container("print", Container("busybox").input("list").command("echo", "{{inputs.parameters.list}}"))
        .steps("main")
            .step("square", "square").with("n", "{{item}}").with_items(1, 2, 3, 4)
            .step("print", "print").with("list", "{{steps.square.outputs.result}}");
};
//]

//[run_time
Workflow greetings(const std::vector<std::string>& names) {
    Workflow workflow("greetings-");
    workflow.entrypoint("main").container(
        "greet", Container("busybox").input("name").command("echo", "hello {{inputs.parameters.name}}"));
    auto dag = workflow.dag("main");
    for (std::size_t i = 0; i < names.size(); ++i)
        dag.task("greet-" + std::to_string(i), "greet").with("name", names[i]);
    return workflow;
}
//]

int main(int argc, char** argv) {
    std::vector<std::string> names(argv + 1, argv + argc);
    if (names.empty()) names = {"Jason", "Medea", "Tiphys"};

    const Workflow workflow = greetings(names);
    for (const Diagnostic& problem : validate(workflow.model())) {
        std::cerr << problem << '\n';
        return 1;
    }

    local::Server argo;
    Client client(argo.client_options());
    const auto first = client.wait(client.create(checked<squares>()), progress_to(std::cout));
    const auto second = client.wait(client.create(workflow), progress_to(std::cout));
    return first.succeeded() && second.succeeded() ? 0 : 1;
}
