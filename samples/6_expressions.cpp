// SPDX-License-Identifier: Apache-2.0
// Expressions as typed C++: conditions, arguments computed by Argo, and what to do when something fails.
#include <iostream>

#include <tiphys/tiphys.hpp>

using namespace tiphys;

//[expressions
constexpr auto dice = [] {
    using namespace expr;
    const auto rolled = as_int(steps["roll"].outputs.result());
    const auto total = sum(expr::map(from_json(steps["again"].outputs.result()), as_int(it())));
    return Workflow("dice-")
        .entrypoint("main")
        .script("roll", Script("busybox").command("sh").source("shuf -i 1-6 -n 1"))
        .container("say", Container("busybox").input("text").command("echo", "{{inputs.parameters.text}}"))
        .steps("main")
            .output_expression("verdict", conditional(total > 10, "well done: ", "sum: ") + string(total))
            .step("roll", "roll")
            .step("high", "say").when(rolled >= 4).with("text", "high: " + string(rolled))
            .parallel_step("low", "say").when(!(rolled >= 4)).with("text", "low: " + string(rolled))
            .step("again", "roll").with_items(1, 2, 3);
};
//]

int main() {
    local::Server argo;
    Client client(argo.client_options());
    const auto finished = client.wait(client.create(checked<dice>()), progress_to(std::cout));
    std::cout << finished.output("verdict") << '\n';
    return finished.succeeded() ? 0 : 1;
}
