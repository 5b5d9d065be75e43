// SPDX-License-Identifier: Apache-2.0
// The rules themselves are tested by the compiler (test/compile_fail); here: documents that no builder makes,
// paths, and that valid documents pass.
#include <tiphys/check/invalid_workflow.hpp>
#include <tiphys/check/validate.hpp>
#include <tiphys/text/text.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace tiphys {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> problems(std::string_view yaml) {
    std::vector<std::string> made;
    for (const auto& found : validate(read_yaml<model::Workflow>(yaml))) made.push_back(found.to_string());
    return made;
}

TEST(Validate, AcceptsADagWithLoopsOutputsAndHandlers) {
    EXPECT_THAT(problems(R"(
metadata: {generateName: ok-}
spec:
  entrypoint: main
  onExit: bye
  arguments: {parameters: [{name: day}]}
  templates:
  - name: bye
    container: {image: busybox, command: [echo, "{{workflow.status}} {{workflow.failures}} {{workflow.duration}}"]}
  - name: gen
    retryStrategy: {limit: "2"}
    script: {image: busybox, command: [sh], source: "echo {{workflow.parameters.day}} {{retries}} {{pod.name}}"}
    outputs: {parameters: [{name: p, globalName: g, valueFrom: {path: /tmp/p}}]}
  - name: use
    inputs: {parameters: [{name: x}, {name: count, default: "1"}], artifacts: [{name: a, path: /tmp/a, optional: true}]}
    container: {image: busybox, command: [echo, "{{ inputs.parameters.x }} {{inputs.parameters}} {{=asInt(inputs.parameters.count)+1}}"]}
  - name: main
    dag:
      tasks:
      - {name: gen, template: gen, withItems: [1, 2, 3]}
      - name: use
        depends: gen.AnySucceeded
        template: use
        withParam: "{{tasks.gen.outputs.parameters}}"
        arguments: {parameters: [{name: x, value: "{{item.p}} {{workflow.outputs.parameters.g}}"}]}
        hooks: {exit: {template: use, arguments: {parameters: [{name: x, value: "{{tasks.use.status}}"}]}}}
      - name: inner
        depends: use
        inline: {container: {image: busybox, command: [echo, "{{workflow.name}}"]}}
      - {name: other, depends: inner, templateRef: {name: lib, template: t}, arguments: {parameters: [{name: q, value: "{{tasks.inner.exitCode}}"}]}}
    outputs: {parameters: [{name: all, valueFrom: {expression: "tasks.gen.outputs.result"}}]}
)"),
                IsEmpty());
}

TEST(Validate, GivesThePathOfEachMistake) {
    EXPECT_THAT(
        problems(R"(
metadata: {name: x}
spec:
  entrypoint: main
  templates:
  - name: main
    steps:
    - - {name: a, template: nope}
      - name: b
        template: t
        arguments: {parameters: [{name: x, value: "{{steps.c.id}}"}]}
  - name: t
    inputs: {parameters: [{name: x}]}
    container:
      image: busybox
      env: [{name: A, value: "{{inputs.parameters.x}}"}, {name: B, value: "{{inputs.parameters.z}}"}]
)"),
        ElementsAre(
            "error template.unknown at spec.templates[0].steps[0][0].template: step `a` uses template "
            "`nope`, which the workflow does not have",
            "error variable.unknown at spec.templates[0].steps[0][1].arguments.parameters[0].value: "
            "step `b` uses {{steps.c.id}}, but template `main` has no step `c`; did you mean `a`?",
            "error variable.unknown at spec.templates[1].container.env[1].value: value of template `t` "
            "uses {{inputs.parameters.z}}, but template `t` has no input parameter `z`; did you mean "
            "`x`?"));
}

TEST(Validate, JudgesInlineTemplates) {
    EXPECT_THAT(
        problems(R"(
metadata: {name: x}
spec:
  entrypoint: main
  templates:
  - name: main
    steps:
    - - name: a
        withItems: [1]
        inline: {container: {image: b, command: [echo, "{{item}}", "{{inputs.parameters.q}}"]}}
)"),
        ElementsAre(HasSubstr("at spec.templates[0].steps[0][0].inline.container.command[2]: command of the "
                              "inline template uses {{inputs.parameters.q}}")));
}

TEST(Validate, LeavesToOthersWhatItCannotKnow) {
    EXPECT_THAT(
        problems("{metadata: {name: x}, spec: {workflowTemplateRef: {name: stored}, entrypoint: main}}"),
        IsEmpty());
}

TEST(Validate, FindsEachMapKeyAndName) {
    EXPECT_THAT(problems(R"(
metadata: {name: x}
spec:
  entrypoint: main
  templates:
  - name: main
    metadata: {labels: {"{{inputs.parameters.k}}": v}}
    suspend: {}
)"),
                ElementsAre(HasSubstr("{{inputs.parameters.k}}")));
}

TEST(Validate, StopsAtNothingTooDeep) {
    std::string yaml =
        "metadata: {name: x}\nspec: {entrypoint: m, templates: [{name: m, steps: [[{name: s, template: m, "
        "withItems: [";
    yaml += std::string(100, '[') + std::string(100, ']') + "]}]]}]}";
    EXPECT_THROW(problems(yaml), std::length_error);
}

TEST(Validate, GrowsInProportionToTheTasks) {
    // Twice the tasks, twice the references: a quadratic walk would take minutes here.
    model::Workflow workflow;
    workflow.metadata.name = "big";
    workflow.spec.entrypoint = "main";
    auto& work = workflow.spec.templates.emplace_back();
    work.name = "work";
    work.inputs.ensure().parameters.emplace_back().name = "x";
    work.script.ensure().image = "busybox";
    work.script->source = "echo {{inputs.parameters.x}}";
    auto& main = workflow.spec.templates.emplace_back();
    main.name = "main";
    auto& tasks = main.dag.ensure().tasks;
    for (int i = 0; i < 100'000; ++i) {
        auto& task = tasks.emplace_back();
        task.name = "t" + std::to_string(i);
        task.template_ = "work";
        auto& argument = task.arguments.ensure().parameters.emplace_back();
        argument.name = "x";
        argument.value =
            i == 0 ? std::string("0") : "{{tasks.t" + std::to_string(i - 1) + ".outputs.result}}";
        if (i != 0) task.depends = "t" + std::to_string(i - 1);
    }
    CheckOptions options;
    options.disable("document.too-large");
    EXPECT_FALSE(has_errors(validate(workflow, {}, options)));
}

TEST(ThrowIfInvalid, CarriesAllDiagnostics) {
    model::Workflow workflow;
    try {
        throw_if_invalid(workflow);
        FAIL();
    } catch (const InvalidWorkflow& error) {
        ASSERT_EQ(error.diagnostics().size(), 2u);
        EXPECT_STREQ(error.what(),
                     "the workflow is wrong:\n"
                     "  error workflow.name at metadata: the workflow has neither a name nor a generateName\n"
                     "  error workflow.entrypoint-required at spec: the workflow has no entrypoint");
    }
}

TEST(Diagnostic, Prints) {
    std::ostringstream out;
    out << Diagnostic{&rule::dag_cycle, Path() / "spec", "spec", -1, "m"};
    EXPECT_EQ(out.str(), "error dag.cycle at spec: m");
}

}  // namespace
}  // namespace tiphys
