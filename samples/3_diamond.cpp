// SPDX-License-Identifier: Apache-2.0
// A dag, submitted to the server that ARGO_SERVER names (`tiphys serve` starts one on this machine).
//
//        A
//       / \.
//      B   C
//       \ /
//        D
#include <iostream>

#include <tiphys/tiphys.hpp>

using namespace tiphys;

//[diamond
constexpr auto diamond = [] {
    return Workflow("dag-diamond-")  // trailing '-': generateName
        .entrypoint("diamond")
        .container("echo", Container("alpine:3.23")
            .input("message")
            .command("echo", "{{inputs.parameters.message}}"))
        .dag("diamond")
            .task("A", "echo").with("message", "A")
            .task("B", "echo").with("message", "B").after("A")
            .task("C", "echo").with("message", "C").after("A")
            .task("D", "echo").with("message", "D").depends("B && C.Succeeded");
};

int main() {
    auto workflow = checked<diamond>();  // unknown task, cycle, missing argument, bad {{…}}: a compile error
    Client client;                       // ARGO_SERVER, ARGO_TOKEN, ARGO_NAMESPACE … as the argo CLI reads them
    auto finished = client.wait(client.create(workflow), progress_to(std::cerr));
    return finished.succeeded() ? 0 : 1;
}
//]
