// SPDX-License-Identifier: Apache-2.0
// Tasks as variables: arrows order them, references by name carry values and order, too. `9_flow | tiphys run -`
#include <iostream>

#include <tiphys/build/build.hpp>

using namespace tiphys;

//[flow
constexpr auto flow = [] {
    Workflow workflow("flow-");
    workflow.entrypoint("main")
        .script("list", Script("busybox").command("sh").source("echo '[\"Jason\", \"Medea\"]'"))
        .script("greet", Script("busybox").input("name").command("sh").source(
            "echo '\"hello {{inputs.parameters.name}}\"'"))  // JSON, to be read as a list below
        .container("print", Container("busybox").input("text").command("echo", "{{inputs.parameters.text}}"))
        .suspend("nap", Suspend().duration("1s"));

    auto dag = workflow.dag("main");
    auto list = dag.task("list", "list");
    auto greet = dag.task("greet", "greet").with("name", each(output(list)));     // withParam, and after `list`
    auto print = dag.task("print", "print").with("text", all(output(greet)));     // after `greet`
    auto nap = dag.task("nap", "nap"), rest = dag.task("rest", "nap");
    auto end = dag.task("end", "print").with("text", "good night");

    list >> (nap, rest) >> end;
    print >> end;
    dag.task("never", "nap").depends(failed(list) && !(succeeded(nap) || skipped(nap)));
    return workflow;
};
//]

int main() { std::cout << checked<flow>(); }
