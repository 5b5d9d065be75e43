// SPDX-License-Identifier: Apache-2.0
#include "fixture.hpp"

namespace tiphys::local::test {
namespace {

using Steps = EngineTest;

TEST_F(Steps, OneContainer) {
    run(R"y(
entrypoint: main
templates:
- name: main
  container: {image: busybox, command: [echo], args: ["hello world"]}
)y");
    EXPECT_EQ(tree(workflow()), "Succeeded\n. Pod main Succeeded\n");
    EXPECT_EQ(log(""), "hello world\n");
    const model::NodeStatus& root = *node("");
    EXPECT_EQ(root.id, "wf");
    EXPECT_EQ(root.displayName, "wf");
    EXPECT_EQ(root.templateScope, "local/wf");
    EXPECT_EQ(root.outputs->exitCode, "0");
    EXPECT_FALSE(root.outputs->result.has_value());
    EXPECT_EQ(root.progress, "1/1");
    EXPECT_FALSE(root.hostNodeName.empty());
    EXPECT_TRUE(root.finishedAt.has_value());
    const auto& metadata = workflow().metadata;
    EXPECT_EQ(*metadata.labels.find("workflows.argoproj.io/phase"), "Succeeded");
    EXPECT_EQ(*metadata.labels.find("workflows.argoproj.io/completed"), "true");
    EXPECT_EQ(workflow().status->progress, "1/1");
    std::string conditions;
    for (const auto& each : workflow().status->conditions)
        conditions += each.type.string() + "=" + each.status.string() + " ";
    EXPECT_EQ(conditions, "PodRunning=False Completed=True ");
}

TEST_F(Steps, FailedContainer) {
    run(R"y(
entrypoint: main
templates:
- name: main
  container: {command: [sh, -c, "exit 3"]}
)y");
    EXPECT_EQ(tree(workflow()),
              "Failed \"main: Error (exit code 3)\"\n"
              ". Pod main Failed \"main: Error (exit code 3)\"\n");
    EXPECT_EQ(node("")->outputs->exitCode, "3");
}

TEST_F(Steps, ProgramThatIsNotThere) {
    run(R"y(
entrypoint: main
templates:
- name: main
  container: {command: [no-such-program]}
)y");
    EXPECT_EQ(
        workflow().status->message,
        "main: Error (exit code 64): failed to find name in PATH: exec: \"no-such-program\": executable file "
        "not found in $PATH");
}

TEST_F(Steps, GroupsOneAfterTheOther) {
    run(R"y(
entrypoint: main
templates:
- name: main
  steps:
  - - {name: a, template: say, arguments: {parameters: [{name: text, value: one}]}}
  - - {name: b, template: say, arguments: {parameters: [{name: text, value: two}]}}
    - {name: c, template: say, arguments: {parameters: [{name: text, value: three}]}}
- name: say
  inputs: {parameters: [{name: text}]}
  container: {command: [echo, "{{inputs.parameters.text}}"]}
)y");
    EXPECT_EQ(tree(workflow()),
              "Succeeded\n"
              ". Steps main Succeeded -> [0]\n"
              "[0] StepGroup - Succeeded -> [0].a\n"
              "[0].a Pod say Succeeded -> [1]\n"
              "[1] StepGroup - Succeeded -> [1].b [1].c\n"
              "[1].b Pod say Succeeded\n"
              "[1].c Pod say Succeeded\n");
    EXPECT_EQ(log("[1].c"), "three\n");
    EXPECT_EQ(node("[1].c")->displayName, "c");
    EXPECT_EQ(node("[1]")->displayName, "[1]");
    EXPECT_EQ(node("[1].c")->boundaryID, "wf");
    EXPECT_EQ(node("[1].c")->inputs->parameters[0].value, "three");
    EXPECT_EQ(node("")->outboundNodes.size(), 2u);
    EXPECT_TRUE(node("[1]")->nodeFlag.has_value());
    EXPECT_FALSE(node("[1].c")->nodeFlag.has_value());
}

TEST_F(Steps, FailureEndsTheTemplate) {
    run(R"y(
entrypoint: main
templates:
- name: main
  steps:
  - - {name: a, template: fail}
    - {name: b, template: pass}
  - - {name: never, template: pass}
- name: fail
  container: {command: ["false"]}
- name: pass
  container: {command: ["true"]}
)y");
    EXPECT_EQ(tree(workflow()), "Failed \"child 'wf-" + std::string(node("[0].a")->id).substr(3) +
                                    "' failed\"\n"
                                    ". Steps main Failed \"child '[0].a' failed\" -> [0]\n"
                                    "[0] StepGroup - Failed \"child '[0].a' failed\" -> [0].a [0].b\n"
                                    "[0].a Pod fail Failed \"main: Error (exit code 1)\"\n"
                                    "[0].b Pod pass Succeeded\n");
}

TEST_F(Steps, ContinueOnFailure) {
    run(R"y(
entrypoint: main
templates:
- name: main
  steps:
  - - {name: a, template: fail, continueOn: {failed: true}}
  - - {name: b, template: say}
- name: fail
  container: {command: ["false"]}
- name: say
  container: {command: [echo, done]}
)y");
    EXPECT_EQ(workflow().status->phase, "Succeeded");
    EXPECT_EQ(node("[0]")->phase, "Succeeded");
    EXPECT_EQ(node("[1].b")->phase, "Succeeded");
}

TEST_F(Steps, WhenIsFalse) {
    run(R"y(
entrypoint: main
templates:
- name: main
  steps:
  - - {name: flip, template: flip}
  - - {name: heads, template: say, when: "{{steps.flip.outputs.result}} == heads"}
    - {name: tails, template: say, when: "{{steps.flip.outputs.result}} == tails"}
- name: flip
  script: {command: [sh], source: "echo heads"}
- name: say
  container: {command: [echo, it]}
)y");
    EXPECT_EQ(tree(workflow()),
              "Succeeded\n"
              ". Steps main Succeeded -> [0]\n"
              "[0] StepGroup - Succeeded -> [0].flip\n"
              "[0].flip Pod flip Succeeded -> [1]\n"
              "[1] StepGroup - Succeeded -> [1].heads [1].tails\n"
              "[1].heads Pod say Succeeded\n"
              "[1].tails Skipped say Skipped \"when 'heads == tails' evaluated false\"\n");
    EXPECT_EQ(result("[0].flip"), "heads");
}

TEST_F(Steps, WhenIsNoCondition) {
    run(R"y(
entrypoint: main
templates:
- name: main
  steps:
  - - {name: a, template: say, when: "1 +"}
- name: say
  container: {command: [echo, it]}
)y");
    EXPECT_EQ(workflow().status->phase, "Failed");
    EXPECT_NE(std::string(node("[0]")->message).find("Invalid 'when' expression '1 +'"), std::string::npos);
}

TEST_F(Steps, OutputParameters) {
    run(R"y(
entrypoint: main
templates:
- name: main
  steps:
  - - {name: make, template: make}
  - - {name: use, template: use, arguments: {parameters: [{name: text, value: "<{{steps.make.outputs.parameters.text}}>"}]}}
  outputs:
    parameters:
    - {name: passed, valueFrom: {parameter: "{{steps.make.outputs.parameters.text}}"}}
    - {name: computed, valueFrom: {expression: "steps.make.outputs.parameters.text + '!'"}}
    - {name: fallback, valueFrom: {parameter: "{{steps.make.outputs.parameters.other}}", default: none}}
- name: make
  container: {command: [sh, -c, "echo hello > /tmp/tiphys-private"]}
  outputs:
    parameters:
    - {name: text, valueFrom: {path: /tmp/tiphys-private}}
    - {name: missing, valueFrom: {path: /tmp/missing, default: instead}}
- name: use
  inputs: {parameters: [{name: text}]}
  container: {command: [echo, "{{inputs.parameters.text}}"]}
)y");
    EXPECT_EQ(workflow().status->phase, "Succeeded") << tree(workflow());
    EXPECT_EQ(output("[0].make", "text"), "hello");
    EXPECT_EQ(output("[0].make", "missing"), "instead");
    EXPECT_EQ(output("", "passed"), "hello");
    EXPECT_EQ(output("", "computed"), "hello!");
    EXPECT_EQ(output("", "fallback"), "none");
    EXPECT_EQ(log("[1].use"), "<hello>\n");
    EXPECT_FALSE(std::filesystem::exists("/tmp/tiphys-private"));
}

TEST_F(Steps, OutputFileIsMissing) {
    run(R"y(
entrypoint: main
templates:
- name: main
  container: {command: ["true"]}
  outputs: {parameters: [{name: x, valueFrom: {path: /tmp/x}}]}
)y");
    EXPECT_EQ(
        tree(workflow()),
        "Error \"wait: Error (exit code 64): open /var/run/argo/outputs/parameters/tmp/x: no such file or "
        "directory\"\n"
        ". Pod main Error \"wait: Error (exit code 64): open /var/run/argo/outputs/parameters/tmp/x: no such "
        "file or directory\"\n");
}

TEST_F(Steps, ArgumentIsMissing) {
    run(R"y(
entrypoint: main
templates:
- name: main
  steps:
  - - {name: a, template: say}
- name: say
  inputs: {parameters: [{name: text}]}
  container: {command: [echo, "{{inputs.parameters.text}}"]}
)y");
    EXPECT_EQ(tree(workflow()),
              "Failed \"step group deemed errored due to child wf[0].a error: inputs.parameters.text was not "
              "supplied\"\n"
              ". Steps main Failed \"step group deemed errored due to child wf[0].a error: "
              "inputs.parameters.text was "
              "not supplied\" -> [0]\n"
              "[0] StepGroup - Error \"step group deemed errored due to child wf[0].a error: "
              "inputs.parameters.text "
              "was not supplied\" -> [0].a\n"
              "[0].a Skipped say Error \"inputs.parameters.text was not supplied\"\n");
}

TEST_F(Steps, UnresolvedReferenceEndsTheGroup) {
    run(R"y(
entrypoint: main
templates:
- name: main
  steps:
  - - {name: a, template: say, arguments: {parameters: [{name: text, value: "{{steps.b.outputs.result}}"}]}}
- name: say
  inputs: {parameters: [{name: text}]}
  container: {command: [echo, "{{inputs.parameters.text}}"]}
)y");
    EXPECT_EQ(workflow().status->message,
              "failed to resolve references: failed to resolve {{steps.b.outputs.result}}");
}

TEST_F(Steps, NestedAndInlineTemplates) {
    run(R"y(
entrypoint: main
templates:
- name: main
  steps:
  - - {name: outer, template: inner}
  - - name: written-here
      inline: {container: {command: [echo, inline]}}
- name: inner
  steps:
  - - {name: a, template: say}
- name: say
  container: {command: [echo, "{{node.name}} {{steps.name}} {{pod.name}}"]}
)y");
    EXPECT_EQ(tree(workflow()),
              "Succeeded\n"
              ". Steps main Succeeded -> [0]\n"
              "[0] StepGroup - Succeeded -> [0].outer\n"
              "[0].outer Steps inner Succeeded -> [0].outer[0]\n"
              "[0].outer[0] StepGroup - Succeeded -> [0].outer[0].a\n"
              "[0].outer[0].a Pod say Succeeded -> [1]\n"
              "[1] StepGroup - Succeeded -> [1].written-here\n"
              "[1].written-here Pod - Succeeded\n");
    const std::string id(node("[0].outer[0].a")->id);
    EXPECT_EQ(log("[0].outer[0].a"), "wf[0].outer[0].a a wf-say" + id.substr(2) + "\n");
}

TEST_F(Steps, RecursionHasALimit) {
    run(R"y(
entrypoint: main
templates:
- name: main
  steps:
  - - {name: again, template: main}
)y");
    EXPECT_EQ(workflow().status->phase, "Failed");
    EXPECT_EQ(workflow().status->nodes.size(), 2u * 99 + 1);
    const auto& last = (workflow().status->nodes.end() - 1)->value;
    EXPECT_EQ(last.type, "Skipped");
    EXPECT_EQ(last.phase, "Error");
    EXPECT_TRUE(last.message.view().starts_with("Maximum recursion depth exceeded. See https://"))
        << last.message;
}

TEST_F(Steps, WorkflowVariables) {
    run(R"y(
entrypoint: main
arguments: {parameters: [{name: who, value: "you & <me>"}]}
templates:
- name: main
  inputs: {parameters: [{name: who}, {name: kind, default: plain}]}
  container:
    command: [echo, "{{workflow.name}} {{workflow.namespace}} {{workflow.parameters.who}} {{inputs.parameters.kind}}"]
    args: ["{{workflow.parameters}}", "{{=inputs.parameters.who + '?'}}", "{{workflow.mainEntrypoint}}", "{{unknown}}"]
)y");
    EXPECT_EQ(
        log(""),
        "wf default you & <me> plain [{\"name\":\"who\",\"value\":\"you \\u0026 \\u003cme\\u003e\"}] you & "
        "<me>? main {{unknown}}\n");
}

TEST_F(Steps, ScriptsAndEnvironment) {
    run(R"y(
entrypoint: main
templates:
- name: main
  script:
    command: [sh]
    args: [-u]
    env: [{name: WHO, value: world}, {name: ALL, value: "$(WHO)s"}]
    workingDir: /usr
    source: |
      echo "$ALL $(pwd) $ARGO_CONTAINER_NAME $0"
      echo to stderr >&2
)y");
    EXPECT_EQ(workflow().status->phase, "Succeeded") << tree(workflow());
    const std::string text = log("");
    EXPECT_NE(text.find("worlds /usr main /argo/staging/script\n"), std::string::npos) << text;
    EXPECT_NE(text.find("to stderr\n"), std::string::npos);
}

}  // namespace
}  // namespace tiphys::local::test
