// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/build.hpp>

#include "../bad.hpp"

using namespace tiphys;

constexpr auto library = [] {
    return WorkflowTemplate("tools")
        .entrypoint("echo")
        .container("echo", Container("busybox").input("text").command("echo", "{{inputs.parameters.text}}"));
};

// The document of a recipe is known without being named to `checked`.
constexpr auto unknown_template = [] {
    return Workflow("nightly-")
        .entrypoint("main")
        .dag("main")
        .task("a", ref(library, BAD("ehco", "echo")))  // expect template-ref.unknown-template: task `a` uses template `ehco`, which the WorkflowTemplate `tools` does not have; did you mean `echo`?
        .with("text", "a");
};

constexpr auto arguments = [] {
    return CronWorkflow("nightly")
        .schedule("@daily")
        .entrypoint("main")
        .steps("main")
        .parallel(Step("a", ref(library, "echo")).with("text", "a"),
                  Step("b", ref(library, "echo"))  // expect arguments.missing: step `b` does not give `text`, an input parameter of template `echo`
                      .with(BAD("txet", "text"), "b"));  // expect arguments.unknown: step `b` gives `txet`, but template `echo` has no such input parameter; did you mean `text`?
};

constexpr auto in_an_inline_dag = [] {
    return WorkflowTemplate("more")
        .dag("main")
        .task("a", Dag()
                       .task("b", ref(library, BAD("eco", "echo")))  // expect template-ref.unknown-template: task `b` uses template `eco`, which the WorkflowTemplate `tools` does not have; did you mean `echo`?
                       .with("text", "b"));
};

constexpr auto as_a_whole = [] {
    return Workflow("run-")
        .workflow_template_ref(library)
        .entrypoint(BAD("ecko", "echo"))  // expect workflow.unknown-entrypoint: the entrypoint is template `ecko`, which the workflow does not have; did you mean `echo`?
        .parameter("text", "a");
};

// Conversions keep the lines.
constexpr auto by_the_clock = [] {
    return as_cron_workflow(Workflow("nightly-")
                                .entrypoint(BAD("mian", "main"))  // expect workflow.unknown-entrypoint: the entrypoint is template `mian`, which the workflow does not have; did you mean `main`?
                                .suspend("main"),
                            "@daily");
};

void all() {
    checked<unknown_template>();
    checked<arguments>();
    checked<in_an_inline_dag>();
    checked<as_a_whole>();
    checked<by_the_clock>();
}
