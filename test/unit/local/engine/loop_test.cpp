// SPDX-License-Identifier: Apache-2.0
#include "fixture.hpp"

namespace tiphys::local::test {
namespace {

using Loop = EngineTest;

std::string steps(std::string_view groups) {
    return "entrypoint: main\ntemplates:\n- name: main\n  steps:\n" + std::string(groups) + R"y(
- name: say
  inputs: {parameters: [{name: text}]}
  container: {command: [echo, "{{inputs.parameters.text}}"]}
- name: print
  inputs: {parameters: [{name: text}]}
  script: {command: [sh], source: "echo '{{inputs.parameters.text}}'"}
- name: save
  inputs: {parameters: [{name: text}]}
  container: {command: [sh, -c, "echo '{{inputs.parameters.text}}' > /tmp/text; sleep 0.05"]}
  outputs: {parameters: [{name: text, valueFrom: {path: /tmp/text}}]}
)y";
}

TEST_F(Loop, Items) {
    run(steps(R"y(
  - - {name: each, template: say, withItems: [hello world, 7, true, {b: 2, a: x}, [1, two]],
       arguments: {parameters: [{name: text, value: "{{item}}"}]}}
)y"));
    EXPECT_EQ(tree(workflow()),
              "Succeeded\n"
              ". Steps main Succeeded -> [0]\n"
              "[0] StepGroup - Succeeded -> [0].each(0:hello world) [0].each(1:7) [0].each(2:true) "
              "[0].each(3:a:x,b:2) [0].each(4:[1 two])\n"
              "[0].each(0:hello world) Pod say Succeeded\n"
              "[0].each(1:7) Pod say Succeeded\n"
              "[0].each(2:true) Pod say Succeeded\n"
              "[0].each(3:a:x,b:2) Pod say Succeeded\n"
              "[0].each(4:[1 two]) Pod say Succeeded\n");
    EXPECT_EQ(log("[0].each(0:hello world)"), "hello world\n");
    EXPECT_EQ(log("[0].each(3:a:x,b:2)"), "{\"a\":\"x\",\"b\":2}\n");
    EXPECT_EQ(log("[0].each(4:[1 two])"), "[1,\"two\"]\n");
    EXPECT_EQ(node("[0].each(0:hello world)")->displayName, "each(0:hello world)");
}

TEST_F(Loop, SequenceAndResults) {
    run(steps(R"y(
  - - {name: each, template: print, withSequence: {start: "3", end: "1", format: "%02d"},
       arguments: {parameters: [{name: text, value: "{\"n\": \"{{item}}\"}"}]}}
  - - {name: again, template: say, withParam: "{{steps.each.outputs.result}}",
       arguments: {parameters: [{name: text, value: "n is {{item.n}}"}]}}
)y"));
    EXPECT_EQ(log("[1].again(0:n:03)"), "n is 03\n") << tree(workflow());
    EXPECT_EQ(log("[1].again(2:n:01)"), "n is 01\n");
}

TEST_F(Loop, ParametersAreAggregatedAndPodsHaveTheirOwnFiles) {
    run(steps(R"y(
  - - {name: each, template: save, withItems: [1, 2, 3, 4], arguments: {parameters: [{name: text, value: "{{item}}"}]}}
  - - {name: all, template: say, arguments: {parameters: [{name: text, value: "{{steps.each.outputs.parameters}} {{steps.each.outputs.parameters.text}}"}]}}
)y"));
    EXPECT_EQ(
        log("[1].all"),
        "[{\"text\":\"1\"},{\"text\":\"2\"},{\"text\":\"3\"},{\"text\":\"4\"}] [\"1\",\"2\",\"3\",\"4\"]\n")
        << tree(workflow());
}

TEST_F(Loop, ResultThatIsNoJsonFailsTheTemplate) {
    run(steps(R"y(
  - - {name: each, template: print, withItems: [words], arguments: {parameters: [{name: text, value: "{{item}}"}]}}
  - - {name: all, template: say, arguments: {parameters: [{name: text, value: "{{steps.each.outputs.result}}"}]}}
)y"));
    EXPECT_EQ(workflow().status->phase, "Error");
    EXPECT_EQ(workflow().status->message,
              "error in entry template execution: invalid character 'w' looking for beginning of value");
}

TEST_F(Loop, WhenOfEachRound) {
    run(steps(R"y(
  - - {name: each, template: say, when: "{{item}} > 1", withItems: [1, 2], arguments: {parameters: [{name: text, value: "{{item}}"}]}}
)y"));
    EXPECT_EQ(tree(workflow()),
              "Succeeded\n"
              ". Steps main Succeeded -> [0]\n"
              "[0] StepGroup - Succeeded -> [0].each(0:1) [0].each(1:2)\n"
              "[0].each(0:1) Skipped say Skipped \"when '1 > 1' evaluated false\"\n"
              "[0].each(1:2) Pod say Succeeded\n");
}

TEST_F(Loop, OverNothing) {
    run(steps(R"y(
  - - {name: each, template: say, withParam: "[]", arguments: {parameters: [{name: text, value: "{{item}}"}]}}
  - - {name: after, template: say, arguments: {parameters: [{name: text, value: done}]}}
)y"));
    EXPECT_EQ(tree(workflow()),
              "Succeeded\n"
              ". Steps main Succeeded -> [0]\n"
              "[0] StepGroup - Succeeded -> [0].each\n"
              "[0].each Skipped say Skipped \"Skipped, empty params\" -> [1]\n"
              "[1] StepGroup - Succeeded -> [1].after\n"
              "[1].after Pod say Succeeded\n");
}

TEST_F(Loop, ParallelismOfTheTemplate) {
    run(R"y(
entrypoint: main
templates:
- name: main
  parallelism: 2
  steps:
  - - {name: each, template: wait, withItems: [0, 1, 2, 3, 4, 5]}
- name: wait
  container: {command: [sleep, "0.02"]}
)y");
    EXPECT_EQ(workflow().status->phase, "Succeeded");
    EXPECT_EQ(node("[0]")->children.size(), 6u);
}

TEST_F(Loop, ParallelismOfTheWorkflow) {
    start(R"y(
entrypoint: main
parallelism: 1
templates:
- name: main
  dag:
    tasks:
    - {name: each, template: wait, withItems: [0, 1, 2]}
- name: wait
  container: {command: ["true"]}
)y");
    std::size_t most = 0;
    engine_->on_change([&](Change, const model::Workflow& at) {
        std::size_t active = 0;
        if (at.status)
            for (const auto& entry : at.status->nodes)
                active += entry.value.type == "Pod" &&
                          (entry.value.phase == "Running" || entry.value.phase == "Pending");
        most = std::max(most, active);
    });
    finish();
    EXPECT_EQ(workflow().status->phase, "Succeeded");
    EXPECT_EQ(node(".each")->children.size(), 3u);
    EXPECT_EQ(most, 1u);
}

}  // namespace
}  // namespace tiphys::local::test
