// SPDX-License-Identifier: Apache-2.0
// Steps: groups that run side by side, one group after the other; templates written where they are used; what runs at
// the end of a step and of the whole. `10_steps | tiphys run -`
#include <iostream>

#include <tiphys/build/build.hpp>

using namespace tiphys;

//[steps
constexpr auto voyage = [] {
    return Workflow("voyage-")
        .on_exit("log", Container("busybox").input("what", "over").command("echo", "{{inputs.parameters.what}}"))
        .entrypoint("main")
        .script("flip", Script("busybox").input("wind", "fair").command("sh").source("echo {{inputs.parameters.wind}}"))
        .steps("main")
            .step("wind", "flip")
            .parallel(Step("row", "log").with("what", "rowing").when("{{steps.wind.outputs.result}} == calm"),
                      Step("sail", "log").with("what", output("wind")).hook("exit", Hook("log").with("what", "sail is down")))
            .step("rest", Suspend().duration("1s"))
            .step("land", Steps()
                .step("anchor", Container("busybox").command("echo", "anchor is out"))
                .step("count", "log").with("what", item()).with_items(1, 2));
};
//]

int main() { std::cout << checked<voyage>(); }
