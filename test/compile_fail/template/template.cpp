// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/checked.hpp>

#include "../bad.hpp"

using namespace tiphys;

constexpr auto wrong_name = [] {
    return Workflow("nightly-")
        .entrypoint(BAD("run_all", "run-all"))
        .container(BAD("run_all", "run-all"),  // expect template.name: the template name `run_all` is not of letters, digits and `-`, or longer than 128 characters
                   Container("busybox").command("true"));
};

constexpr auto duplicate_name = [] {
    return Workflow("nightly-")
        .entrypoint("main")
        .container("main", Container("busybox").command("true"))
        .container(BAD("main", "other"),  // expect template.duplicate-name: there are two templates `main`
                   Container("busybox").command("false"));
};

constexpr auto two_kinds = [] {
    return Workflow("nightly-")
        .entrypoint("main")
        .container("main",  // expect template.type: template `main` is container and suspend at once
                   Container("busybox").command("true").template_model([](model::Template& self) {
                       if (BAD(true, false)) self.suspend.ensure();
                   }));
};

constexpr auto no_kind = [] {
    return Workflow("nightly-")
        .entrypoint("main")
        .suspend("main",  // expect template.type: template `main` is neither container, script, dag, steps nor suspend
                 Suspend().template_model([](model::Template& self) {
                     if (BAD(true, false)) self.suspend.reset();
                 }));
};

constexpr auto parameter_name = [] {
    return Workflow("nightly-")
        .entrypoint("main")
        .parameter(BAD("n.o", "no"), "1")  // expect parameter.name: the argument parameter name `n.o` of the workflow is not of letters, digits, `-` and `_`
        .container("main", Container("busybox").command("true"));
};

constexpr auto input_name = [] {
    return Workflow("nightly-")
        .entrypoint("main")
        .container("main", Container("busybox")
                               .input(BAD("the day", "the-day"), "monday")  // expect parameter.name: the input parameter name `the day` of template `main` is not of letters, digits, `-` and `_`
                               .command("true"));
};

constexpr auto duplicate_input = [] {
    return Workflow("nightly-")
        .entrypoint("main")
        .container("main", Container("busybox")
                               .input("day", "monday")
                               .input(BAD("day", "night"), "sunday")  // expect parameter.duplicate-name: template `main` has two input parameters `day`
                               .command("true"));
};

constexpr auto duplicate_output = [] {
    return Workflow("nightly-")
        .entrypoint("main")
        .container("main", Container("busybox")
                               .output("sum", "/tmp/sum")
                               .output(BAD("sum", "count"), "/tmp/count")  // expect parameter.duplicate-name: template `main` has two output parameters `sum`
                               .command("true"));
};

void all() {
    checked<wrong_name>();
    checked<duplicate_name>();
    checked<two_kinds>();
    checked<no_kind>();
    checked<parameter_name>();
    checked<input_name>();
    checked<duplicate_input>();
    checked<duplicate_output>();
}
