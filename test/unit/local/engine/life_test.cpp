// SPDX-License-Identifier: Apache-2.0
#include <tiphys/local/process/process.hpp>

#include "fixture.hpp"

namespace tiphys::local::test {
namespace {

using Life = EngineTest;

TEST_F(Life, ExitHandlerRunsAfterAFailure) {
    run(R"y(
entrypoint: main
onExit: bye
templates:
- name: main
  container: {command: [sh, -c, "exit 1"]}
- name: bye
  steps:
  - - {name: always, template: say}
    - {name: good, template: say, when: "{{workflow.status}} == Succeeded"}
    - {name: bad, template: say, when: "{{workflow.status}} != Succeeded"}
- name: say
  script:
    command: [sh]
    source: |
      cat <<'END'
      {{workflow.status}} {{workflow.failures}} {{workflow.duration}}
      END
)y");
    EXPECT_EQ(tree(workflow()),
              "Failed \"main: Error (exit code 1)\"\n"
              ". Pod main Failed \"main: Error (exit code 1)\"\n"
              ".onExit Steps bye Succeeded -> .onExit[0]\n"
              ".onExit[0] StepGroup - Succeeded -> .onExit[0].always .onExit[0].bad .onExit[0].good\n"
              ".onExit[0].always Pod say Succeeded\n"
              ".onExit[0].bad Pod say Succeeded\n"
              ".onExit[0].good Skipped say Skipped \"when 'Failed == Succeeded' evaluated false\"\n");
    const std::string text = log(".onExit[0].always");
    EXPECT_TRUE(
        text.starts_with("Failed \"[{\\\"displayName\\\":\\\"wf\\\",\\\"message\\\":\\\"main: Error (exit "
                         "code 1)\\\",\\\"templateName\\\":\\\"main\\\",\\\"phase\\\":\\\"Failed\\\","
                         "\\\"podName\\\":\\\"wf\\\",\\\"finishedAt\\\":\\\"20"))
        << text;
    EXPECT_EQ(node(".onExit")->displayName, "wf.onExit");
    EXPECT_EQ(node(".onExit")->nodeFlag->hooked, opt<bool>(true));
    EXPECT_TRUE(node(".onExit")->boundaryID.empty());
}

TEST_F(Life, FailedExitHandlerFailsTheWorkflow) {
    run(R"y(
entrypoint: main
hooks: {exit: {template: bye}}
templates:
- name: main
  container: {command: ["true"]}
- name: bye
  container: {command: ["false"]}
)y");
    EXPECT_EQ(workflow().status->phase, "Failed");
    EXPECT_EQ(workflow().status->message, "main: Error (exit code 1)");
}

TEST_F(Life, ExitHooksOfStepsAndTasks) {
    run(R"y(
entrypoint: main
templates:
- name: main
  steps:
  - - name: a
      template: dag
      hooks:
        exit: {template: say, arguments: {parameters: [{name: text, value: "{{steps.a.outputs.parameters.p}} {{steps.a.status}}"}]}}
- name: dag
  dag:
    tasks:
    - {name: t, template: save, onExit: bye}
    - {name: u, depends: t, template: bye}
  outputs: {parameters: [{name: p, valueFrom: {parameter: "{{tasks.t.outputs.parameters.p}}"}}]}
- name: save
  container: {command: [sh, -c, "echo 5 > /tmp/p"]}
  outputs: {parameters: [{name: p, valueFrom: {path: /tmp/p}}]}
- name: bye
  container: {command: [echo, bye]}
- name: say
  inputs: {parameters: [{name: text}]}
  container: {command: [echo, "{{inputs.parameters.text}}"]}
)y");
    EXPECT_EQ(tree(workflow()),
              "Succeeded\n"
              ". Steps main Succeeded -> [0]\n"
              "[0] StepGroup - Succeeded -> [0].a\n"
              "[0].a DAG dag Succeeded -> [0].a.onExit [0].a.t\n"
              "[0].a.onExit Pod say Succeeded\n"
              "[0].a.t Pod save Succeeded -> [0].a.t.onExit [0].a.u\n"
              "[0].a.t.onExit Pod bye Succeeded\n"
              "[0].a.u Pod bye Succeeded\n");
    EXPECT_EQ(log("[0].a.onExit"), "5 Succeeded\n");
}

TEST_F(Life, SuspendUntilResumed) {
    start(R"y(
entrypoint: main
templates:
- name: main
  steps:
  - - {name: approve, template: wait}
    - {name: other, template: wait}
  - - {name: go, template: say}
- name: wait
  suspend: {}
- name: say
  container: {command: [echo, went]}
)y");
    run_until([&] { return workflow().status && workflow().status->nodes.size() == 4; });
    run_until([&] { return node("[0].other")->phase == "Running"; });
    EXPECT_THROW(engine_->resume("default", "wf", "displayName=nobody"), Refused);
    engine_->resume("default", "wf", "displayName=approve");
    EXPECT_EQ(node("[0].approve")->phase, "Succeeded");
    EXPECT_EQ(node("[0].other")->phase, "Running");
    engine_->resume("default", "wf");
    finish();
    EXPECT_EQ(tree(workflow()),
              "Succeeded\n"
              ". Steps main Succeeded -> [0]\n"
              "[0] StepGroup - Succeeded -> [0].approve [0].other\n"
              "[0].approve Suspend wait Succeeded -> [1]\n"
              "[0].other Suspend wait Succeeded -> [1]\n"
              "[1] StepGroup - Succeeded -> [1].go\n"
              "[1].go Pod say Succeeded\n");
}

TEST_F(Life, SuspendForAWhile) {
    run(R"y(
entrypoint: main
templates:
- name: main
  suspend: {duration: 30ms}
)y");
    EXPECT_EQ(tree(workflow()), "Succeeded\n. Suspend main Succeeded\n");
}

TEST_F(Life, SuspendedOutputs) {
    start(R"y(
entrypoint: main
templates:
- name: main
  suspend: {}
  outputs:
    parameters:
    - {name: answer, valueFrom: {supplied: {}}}
)y");
    run_until([&] { return workflow().status && node("")->phase == "Running"; });
    try {
        engine_->resume("default", "wf");
        FAIL();
    } catch (const Refused& error) {
        EXPECT_STREQ(error.what(),
                     "raw output parameter 'answer' has not been set and does not have a default value");
    }
    engine_->stop("default", "wf", "displayName=wf", "no answer");
    finish();
    EXPECT_EQ(tree(workflow()), "Failed \"no answer\"\n. Suspend main Failed \"no answer\"\n");
}

TEST_F(Life, SuspendedWorkflowStartsNothing) {
    start(R"y(
entrypoint: main
suspend: true
templates:
- name: main
  container: {command: [echo, now]}
)y");
    run_until([&] { return workflow().status && workflow().status->phase == "Running"; });
    EXPECT_TRUE(workflow().status->nodes.empty());
    engine_->resume("default", "wf");
    finish();
    EXPECT_EQ(log(""), "now\n");
    EXPECT_THROW(engine_->suspend("default", "wf"), Refused);
}

constexpr std::string_view sleeper = R"y(
entrypoint: main
onExit: bye
templates:
- name: main
  dag:
    tasks:
    - {name: a, template: sleep}
    - {name: b, depends: a, template: sleep}
- name: sleep
  container: {command: [sleep, "1000"]}
- name: bye
  container: {command: [echo, bye]}
)y";

TEST_F(Life, StopRunsTheExitHandler) {
    start(sleeper);
    run_until([&] { return workflow().status && workflow().status->nodes.size() == 2; });
    run_until([&] { return node(".a")->phase == "Running"; });
    engine_->stop("default", "wf");
    finish();
    EXPECT_EQ(tree(workflow()),
              "Failed \"Stopped with strategy 'Stop'\"\n"
              ". DAG main Failed -> .a\n"
              ".a Pod sleep Failed \"workflow shutdown with strategy:  Stop\"\n"
              ".onExit Pod bye Succeeded\n");
    EXPECT_EQ(workflow().spec.shutdown, "Stop");
    EXPECT_THROW(engine_->stop("default", "wf"), Refused);
}

TEST_F(Life, TerminateRunsNothingMore) {
    start(sleeper);
    run_until([&] { return workflow().status && workflow().status->nodes.size() == 2; });
    engine_->terminate("default", "wf");
    finish();
    EXPECT_EQ(tree(workflow()),
              "Failed \"Stopped with strategy 'Terminate'\"\n"
              ". DAG main Failed -> .a\n"
              ".a Pod sleep Failed \"workflow shutdown with strategy:  Terminate\"\n");
}

TEST_F(Life, DeadlineOfTheWorkflow) {
    start(R"y(
entrypoint: main
activeDeadlineSeconds: 1
templates:
- name: main
  steps:
  - - {name: a, template: sleep}
- name: sleep
  container: {command: [sleep, "1000"]}
)y");
    finish();
    EXPECT_EQ(node("[0].a")->message, "Step exceeded its deadline");
    EXPECT_EQ(workflow().status->phase, "Failed");
}

TEST_F(Life, DeadlineOfATemplate) {
    run(R"y(
entrypoint: main
templates:
- name: main
  activeDeadlineSeconds: 0
  container: {command: [sleep, "1000"]}
)y");
    EXPECT_EQ(workflow().status->message, "Pod was active on the node longer than the specified deadline");
}

TEST_F(Life, Retries) {
    run(R"y(
entrypoint: main
templates:
- name: main
  steps:
  - - {name: a, template: third-time}
    - {name: b, template: never, continueOn: {failed: true}}
- name: third-time
  retryStrategy: {limit: "5"}
  container: {command: [sh, -c, "echo {{retries}} {{lastRetry.exitCode}}; [ {{retries}} = 2 ]"]}
- name: never
  retryStrategy: {limit: 1}
  container: {command: ["false"]}
)y");
    EXPECT_EQ(tree(workflow()),
              "Succeeded\n"
              ". Steps main Succeeded -> [0]\n"
              "[0] StepGroup - Succeeded -> [0].a [0].b\n"
              "[0].a Retry third-time Succeeded -> [0].a(0) [0].a(1) [0].a(2)\n"
              "[0].a(0) Pod third-time Failed \"main: Error (exit code 1)\"\n"
              "[0].a(1) Pod third-time Failed \"main: Error (exit code 1)\"\n"
              "[0].a(2) Pod third-time Succeeded\n"
              "[0].b Retry never Failed \"No more retries left\" -> [0].b(0) [0].b(1)\n"
              "[0].b(0) Pod never Failed \"main: Error (exit code 1)\"\n"
              "[0].b(1) Pod never Failed \"main: Error (exit code 1)\"\n");
    EXPECT_EQ(log("[0].a(0)") + log("[0].a(1)") + log("[0].a(2)"), "0 0\n1 1\n2 1\n");
    EXPECT_EQ(node("[0].a(1)")->displayName, "a(1)");
    EXPECT_EQ(node("[0].a(1)")->nodeFlag->retried, opt<bool>(true));
}

TEST_F(Life, GlobalOutputs) {
    run(R"y(
entrypoint: main
onExit: bye
templates:
- name: main
  container: {command: [sh, -c, "echo 5 > /tmp/p"]}
  outputs: {parameters: [{name: p, globalName: five, valueFrom: {path: /tmp/p}}]}
- name: bye
  container: {command: [echo, "{{workflow.outputs.parameters.five}}"]}
)y");
    ASSERT_TRUE(workflow().status->outputs.has_value());
    EXPECT_EQ(workflow().status->outputs->parameters[0].name, "five");
    EXPECT_EQ(log(".onExit"), "5\n");
}

TEST_F(Life, NamesAndVersions) {
    model::Workflow made;
    start("entrypoint: main\ntemplates: [{name: main, container: {command: [\"true\"]}}]");
    made.spec = workflow().spec;
    made.metadata.generateName = "made-";
    const model::Workflow& second = engine_->create("other", made);
    EXPECT_EQ(second.metadata.name.size(), 10u);
    EXPECT_TRUE(second.metadata.name.view().starts_with("made-"));
    EXPECT_EQ(second.metadata.namespace_, "other");
    EXPECT_EQ(second.metadata.uid.size(), 36u);
    EXPECT_EQ(second.metadata.creationTimestamp.size(), 20u);
    EXPECT_EQ(engine_->get("other", "@latest"), &second);
    EXPECT_EQ(engine_->list("").size(), 2u);
    EXPECT_EQ(engine_->list("other").size(), 1u);
    const int before = std::stoi(workflow().metadata.resourceVersion.string());
    finish();
    EXPECT_GT(std::stoi(workflow().metadata.resourceVersion.string()), before);
    EXPECT_EQ(changes_.front(), "added Running");
    EXPECT_THROW(start("entrypoint: main\ntemplates: [{name: main, container: {command: [\"true\"]}}]"),
                 Refused);
}

TEST_F(Life, RemoveEndsTheProcesses) {
    start(sleeper);
    run_until([&] { return workflow().status && workflow().status->nodes.size() == 2; });
    run_until([&] { return node(".a")->phase == "Running"; });
    engine_->remove("default", "wf");
    EXPECT_EQ(engine_->get("default", "wf"), nullptr);
    run_until([&] { return changes_.back().starts_with("deleted"); });
    run_until([&] { return Process::live_count() == 0; });
    EXPECT_THROW(engine_->remove("default", "wf"), Refused);
}

TEST_F(Life, ShutdownEndsEverything) {
    start(sleeper);
    run_until([&] { return workflow().status && workflow().status->nodes.size() == 2; });
    run_until([&] { return node(".a")->phase == "Running"; });
    engine_->shutdown();
    finish();
    EXPECT_EQ(workflow().status->phase, "Failed");
}

TEST_F(Life, DestructionEndsEverything) {
    start(sleeper);
    run_until([&] { return workflow().status && workflow().status->nodes.size() == 2; });
    run_until([&] { return node(".a")->phase == "Running"; });
    engine_.reset();
    run_until([] { return Process::live_count() == 0; });
}

TEST_F(Life, LogsInOrderAndByNode) {
    run(R"y(
entrypoint: main
templates:
- name: main
  steps:
  - - {name: a, template: say}
  - - {name: b, template: say}
- name: say
  container: {command: [sh, -c, "echo one; echo; echo {{steps.name}}"]}
)y");
    std::string all, one, by_pod;
    const std::string id(node("[1].b")->id);
    engine_->read_logs("default", "wf", "", [&](const LogLine& line) {
        all += std::string(line.display_name) + ":" + std::string(line.content) + " ";
    });
    engine_->read_logs("default", "wf", id,
                       [&](const LogLine& line) { one += std::string(line.content) + " "; });
    engine_->read_logs("default", "wf", "wf-say" + id.substr(2),
                       [&](const LogLine& line) { by_pod += std::string(line.content) + " "; });
    EXPECT_EQ(all, "a:one a: a:a b:one b: b:b ");
    EXPECT_EQ(one, "one  b ");
    EXPECT_EQ(by_pod, one);
    EXPECT_TRUE(std::filesystem::exists(engine_->log_directory("default", "wf") / id / "main.log"));
}

}  // namespace
}  // namespace tiphys::local::test
