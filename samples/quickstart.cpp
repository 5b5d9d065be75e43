// SPDX-License-Identifier: Apache-2.0
// The main job in one program: the compiler checks a workflow, the client submits it over HTTP to the Argo server that
// is embedded here, and its pods run as processes of this machine.
#include <iostream>

#include <tiphys/tiphys.hpp>

using namespace tiphys;

//[quickstart
constexpr auto dice = [] {
    return Workflow("dice-")
        .entrypoint("main")
        .script("roll", Script("bash").command("bash").source("echo $((RANDOM % 6 + 1))"))
        .container("add", Container("bash")
            .input("rolls")
            .output("sum", "/tmp/sum")
            .command("bash", "-c", "echo rolled '{{inputs.parameters.rolls}}'; "
                                   "tr -d '[]' <<< '{{inputs.parameters.rolls}}' | tr , + | { read -r sum; echo $((sum)); } > /tmp/sum"))
        .dag("main")
            .output("sum", "{{tasks.add.outputs.parameters.sum}}")
            .task("roll", "roll").with_items(1, 2, 3)
            .task("add", "add").after("roll").with("rolls", "{{tasks.roll.outputs.result}}");
};

int main() {
    local::Server argo;  // an Argo API on loopback; pods become local processes
    Client client(argo.client_options());
    auto created = client.create(checked<dice>());  // a wrong wiring would not have compiled
    auto finished = client.wait(created, progress_to(std::cout));
    auto logs = client.logs(created);
    while (auto line = logs.next()) std::cout << line->podName << ": " << line->content << '\n';
    std::cout << "sum: " << finished.output("sum") << '\n';
    return finished.succeeded() ? 0 : 1;
}
//]
