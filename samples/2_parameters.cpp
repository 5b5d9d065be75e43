// SPDX-License-Identifier: Apache-2.0
// Values flow: from the workflow's parameter into a step, from its output into the next. Runs in this program.
#include <iostream>

#include <tiphys/tiphys.hpp>

using namespace tiphys;

//[parameters
constexpr auto shout = [] {
    return Workflow("shout-")
        .entrypoint("main")
        .parameter("message", "ahoy")
        .container("upper", Container("busybox")
            .input("text")
            .output("loud", "/tmp/loud")
            .command("sh", "-c", "printf %s '{{inputs.parameters.text}}' | tr a-z A-Z > /tmp/loud"))
        .container("print", Container("busybox")
            .input("text")
            .command("echo", "{{inputs.parameters.text}}"))
        .steps("main")
            .output("result", "{{steps.upper.outputs.parameters.loud}}")
            .step("upper", "upper").with("text", "{{workflow.parameters.message}}")
            .step("print", "print").with("text", "{{steps.upper.outputs.parameters.loud}}!");
};
//]

int main() {
    local::Server argo;
    Client client(argo.client_options());
    const auto finished = client.wait(client.create(checked<shout>()), progress_to(std::cout));
    std::cout << "result = " << finished.output("result") << '\n';
    return finished.succeeded() ? 0 : 1;
}
