// SPDX-License-Identifier: Apache-2.0
// What happens when something fails: tries again, goes on, takes another way; and a template that calls itself until
// it is done. `13_recovery | tiphys run -`
#include <iostream>

#include <tiphys/build/build.hpp>
#include <tiphys/build/expr.hpp>

using namespace tiphys;

//[recovery
constexpr auto recovery = [] {
    const auto n = expr::as_int(expr::inputs.parameters["n"]);
    Workflow workflow("recovery-");
    workflow.entrypoint("main")
        .container("say", Container("busybox").input("what").command("echo", "{{inputs.parameters.what}}"))
        .script("flaky", Script("busybox").command("sh").retry_strategy(RetryStrategy().limit(3)).source(
            "test {{retries}} -ge 2"))  // fails, fails, succeeds
        .container("broken", Container("busybox").command("false"))
        .steps("countdown").input("n")
            .step("say", "say").with("what", input("n"))
            .step("again", "countdown").with("n", n - 1).when(n > 1)
        .workflow()
        .steps("main")
            .step("broken", "broken").continue_on(true)
            .step("count", "countdown").with("n", 3)
            .step("port", "say").with("what", item()).with_sequence({.start = 1, .end = 2})
            .step("ways", "ways");

    auto ways = workflow.dag("ways");
    auto flaky = ways.task("flaky", "flaky");
    auto go = ways.task("go", "say").with("what", "it worked");
    auto mend = ways.task("mend", "say").with("what", "it did not")
        .on_exit("mourn", Container("busybox").command("echo", "alas"));
    succeeded(flaky) >> go;
    (failed(flaky) || errored(flaky)) >> mend;
    return workflow;
};
//]

int main() { std::cout << checked<recovery>(); }
