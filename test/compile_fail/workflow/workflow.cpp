// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/checked.hpp>

#include "../bad.hpp"

using namespace tiphys;

constexpr auto wrong_name = [] {
    return Workflow(BAD("Nightly_Build", "nightly-build"))  // expect workflow.name: the workflow name `Nightly_Build` is not of lower-case letters, digits, `-` and `.`, or longer than 63 characters
        .entrypoint("main")
        .container("main", Container("busybox").command("true"));
};

constexpr auto generated_name = [] {
    return Workflow(BAD("Nightly-", "nightly-"))  // expect workflow.name: the workflow generateName `Nightly-` is not of lower-case letters, digits, `-` and `.`
        .entrypoint("main")
        .container("main", Container("busybox").command("true"));
};

constexpr auto no_entrypoint = [] {
    Workflow workflow("nightly-");  // expect workflow.entrypoint-required: the workflow has no entrypoint
    TIPHYS_WHEN_RIGHT(workflow.entrypoint("main");)
    workflow.container("main", Container("busybox").command("true"));
    return workflow;
};

constexpr auto unknown_entrypoint = [] {
    return Workflow("nightly-")
        .entrypoint(BAD("mian", "main"))  // expect workflow.unknown-entrypoint: the entrypoint is template `mian`, which the workflow does not have; did you mean `main`?
        .container("main", Container("busybox").command("true"));
};

constexpr auto unknown_exit_handler = [] {
    return Workflow("nightly-")
        .entrypoint("main")
        .on_exit(BAD("clean", "cleanup"))  // expect workflow.unknown-exit-handler: the exit handler is template `clean`, which the workflow does not have; did you mean `cleanup`?
        .container("main", Container("busybox").command("true"))
        .container("cleanup", Container("busybox").command("true"));
};

constexpr auto entrypoint_needs_input = [] {
    return Workflow("nightly-")
        .entrypoint("main")  // expect arguments.missing: the workflow does not give `day`, an input parameter of template `main`, its entrypoint
        .parameter(BAD("date", "day"), "monday")
        .container("main", Container("busybox").input("day").command("echo", "{{inputs.parameters.day}}"));
};

constexpr auto duplicate_argument = [] {
    return Workflow("nightly-")
        .entrypoint("main")
        .parameter("day", "monday")
        .parameter(BAD("day", "night"), "sunday")  // expect parameter.duplicate-name: the workflow has two argument parameters `day`
        .container("main", Container("busybox").command("echo", "{{workflow.parameters.day}}"));
};

void all() {
    checked<wrong_name>();
    checked<generated_name>();
    checked<no_entrypoint>();
    checked<unknown_entrypoint>();
    checked<unknown_exit_handler>();
    checked<entrypoint_needs_input>();
    checked<duplicate_argument>();
}
