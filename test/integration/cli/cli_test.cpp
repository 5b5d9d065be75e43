// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <random>
#include <regex>

#include "program_test.hpp"

namespace tiphys::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

class CliTest : public ProgramTest {};

constexpr const char* diamond = R"(  entrypoint: main
  templates:
    - name: echo
      inputs: {parameters: [{name: message}]}
      container: {image: any, command: [echo, '{{inputs.parameters.message}}']}
    - name: main
      dag:
        tasks:
          - {name: A, template: echo, arguments: {parameters: [{name: message, value: from A}]}}
          - {name: B, template: echo, dependencies: [A], arguments: {parameters: [{name: message, value: from B}]}}
)";

TEST_F(CliTest, SaysItsVersion) {
    const Result made = tiphys({"version"});
    EXPECT_EQ(made.status, 0);
    EXPECT_THAT(made.out, MatchesRegex("tiphys [0-9.]+ \\(API of Argo Workflows v4.1.2\\)\n"));
}

TEST_F(CliTest, RunsAWorkflowWithPlainLines) {
    const Result made = tiphys({"run", file(workflow(diamond))});
    EXPECT_EQ(made.status, 0) << made.out << made.error;
    EXPECT_EQ(made.error, "");
    EXPECT_THAT(made.out, AllOf(HasSubstr("✔ A"), HasSubstr("✔ B"), HasSubstr("A: from A\n"),
                                HasSubstr("B: from B\n"), Not(HasSubstr("\x1b"))));
    std::smatch logs;
    ASSERT_TRUE(std::regex_search(made.out, logs, std::regex("\nLogs: (/.*)\n$"))) << made.out;
    EXPECT_TRUE(std::filesystem::is_directory(logs[1].str()));
}

TEST_F(CliTest, QuietHidesTheLines) {
    const Result made = tiphys({"run", "--quiet", file(workflow(diamond))});
    EXPECT_EQ(made.status, 0) << made.error;
    EXPECT_THAT(made.out, AllOf(HasSubstr("✔ A"), Not(HasSubstr("from A"))));
}

TEST_F(CliTest, ReadsStandardInputAndJson) {
    const Result made =
        tiphys({"run", "-"},
               {.input = R"({"kind":"Workflow","metadata":{"generateName":"j-"},"spec":{"entrypoint":"m",
        "templates":[{"name":"m","container":{"image":"i","command":["echo","json"]}}]}})"});
    EXPECT_EQ(made.status, 0) << made.out << made.error;
    EXPECT_THAT(made.out, HasSubstr(": json\n"));
}

TEST_F(CliTest, ShowsOutputsAndTakesParametersAndEntrypoint) {
    const std::string text = workflow(R"(  entrypoint: nothing
  arguments: {parameters: [{name: word, value: none}]}
  templates:
    - name: main
      script:
        image: any
        command: [sh]
        source: |
          printf '%s' '{{workflow.parameters.word}}-{{workflow.name}}' > /tmp/word
      outputs: {parameters: [{name: word, valueFrom: {path: /tmp/word}}]}
)");
    const Result made =
        tiphys({"run", file(text), "-p", "word=x y", "--entrypoint", "main", "--name", "other"});
    EXPECT_EQ(made.status, 0) << made.out << made.error;
    EXPECT_THAT(made.out, HasSubstr("\nOutputs\n  other  word = x y-other\n"));
}

TEST_F(CliTest, AFailingWorkflowIsStatusOne) {
    const Result made = tiphys({"run", file(script("echo so far\nexit 3"))});
    EXPECT_EQ(made.status, 1) << made.error;
    EXPECT_THAT(made.out,
                AllOf(HasSubstr("✖"), HasSubstr("Failed"), HasSubstr("exit code 3"), HasSubstr("so far")));
}

TEST_F(CliTest, ACommandThatDoesNotExistIsNamed) {
    const std::string text = workflow(
        "  entrypoint: main\n  templates:\n    - name: main\n"
        "      container: {image: any, command: [no-such-command-here]}\n");
    const Result made = tiphys({"run", file(text)});
    EXPECT_EQ(made.status, 1) << made.error;
    EXPECT_THAT(made.out, HasSubstr("no-such-command-here"));
}

TEST_F(CliTest, RefusesFilesThatAreNoWorkflow) {
    EXPECT_THAT(refusal({"run", (folder_ / "none.yaml").string()}),
                HasSubstr("none.yaml: cannot open: No such file"));
    EXPECT_THAT(refusal({"run", folder_.string()}), HasSubstr("is a folder"));
    EXPECT_THAT(refusal({"run", file("a: [b\nc: }")}), HasSubstr("f.yaml:"));
    EXPECT_THAT(refusal({"run", file("")}), HasSubstr("f.yaml"));
    EXPECT_THAT(refusal({"run", file("kind: Deployment\n")}), HasSubstr("kind Deployment"));
    EXPECT_THAT(refusal({"run", file("kind: CronWorkflow\n")}), HasSubstr("CronWorkflow"));
    EXPECT_THAT(refusal({"run", file(workflow(diamond) + "---\n" + workflow(diamond))}),
                HasSubstr("document"));
    EXPECT_THAT(refusal({"run", file(std::string("\x00\x01\xff", 3))}), HasSubstr("f.yaml"));
}

TEST_F(CliTest, RefusesMistakesInAWorkflow) {
    std::string text = script("true");
    text.replace(text.find("entrypoint"), 10, "entrypiont");
    EXPECT_THAT(refusal({"run", file(text)}),
                AllOf(HasSubstr("spec.entrypiont"), HasSubstr("entrypoint"), HasSubstr("f.yaml:6")));
    text = script("true");
    text.replace(text.find("entrypoint: main"), 16, "entrypoint: mian");
    EXPECT_THAT(refusal({"run", file(text)}), AllOf(HasSubstr("f.yaml:6: "), HasSubstr("mian")));
    EXPECT_THAT(refusal({"run", file(script("true")), "-p", "x=1"}),
                HasSubstr("the workflow has no parameter `x`"));
    EXPECT_THAT(refusal({"run", file(script("true")), "--entrypoint", "other"}), HasSubstr("other"));
}

TEST_F(CliTest, RefusesWhatTheEngineCannotRunBeforeAnythingStarts) {
    const std::string text = workflow(
        "  entrypoint: main\n  templates:\n    - name: main\n      http: {url: http://localhost/}\n");
    EXPECT_THAT(refusal({"run", file(text)}), HasSubstr("main"));
}

TEST_F(CliTest, RefusesBadUsage) {
    EXPECT_THAT(refusal({}), HasSubstr("--help"));
    EXPECT_THAT(refusal({"run"}), HasSubstr("FILE"));
    EXPECT_THAT(refusal({"dance"}), HasSubstr("dance"));
    EXPECT_EQ(tiphys({"--help"}).status, 0);
}

TEST_F(CliTest, CtrlCEndsTheProcessesOfARun) {
    for (const int number : {SIGINT, SIGTERM}) {
        const std::string seconds = std::to_string(100'000 + std::random_device{}() % 1'000'000);
        Child child({"run", file(script("sleep " + seconds + " &\necho up\nsleep " + seconds))}, settings());
        child.out_until("up\n");
        EXPECT_TRUE(process_appears(seconds));
        child.signal(number);
        EXPECT_EQ(child.wait(), 130) << child.error();
        EXPECT_TRUE(processes_vanish(seconds));
        EXPECT_THAT(child.error(),
                    AllOf(HasSubstr("interrupted; ending the processes of wf"), HasSubstr("logs: /")));
    }
}

TEST_F(CliTest, AnIgnoredTerminationSignalDoesNotKeepAProcessAlive) {
    const std::string seconds = std::to_string(100'000 + std::random_device{}() % 1'000'000);
    Child child(
        {"run", file(script("trap '' TERM INT\necho up\nwhile true; do sleep " + seconds + "; done"))},
        settings());
    child.out_until("up\n");
    child.signal(SIGINT);
    EXPECT_EQ(child.wait(), 130) << child.error();
    EXPECT_TRUE(processes_vanish(seconds));
}

TEST_F(CliTest, DrawsATreeOnATerminal) {
    const Result made = tiphys({"run", file(workflow(diamond))}, {.terminal = true});
    EXPECT_EQ(made.status, 0) << made.error;
    EXPECT_THAT(made.out, AllOf(HasSubstr("\x1b[J"), HasSubstr("A:\x1b[0m from A"), HasSubstr("├─"),
                                HasSubstr("\x1b[32m✔\x1b[0m B")));
    const Result plain = tiphys({"run", file(workflow(diamond))},
                                {.environment = {"NO_COLOR=1", "LC_ALL=C"}, .terminal = true});
    EXPECT_EQ(plain.status, 0) << plain.error;
    EXPECT_THAT(plain.out, AllOf(HasSubstr("\x1b[J"), HasSubstr("`-+ B"), Not(HasSubstr("\x1b[32m")),
                                 Not(HasSubstr("✔"))));
    const Result dumb =
        tiphys({"run", file(workflow(diamond))}, {.environment = {"TERM=dumb"}, .terminal = true});
    EXPECT_THAT(dumb.out, Not(HasSubstr("\x1b")));
}

TEST_F(CliTest, ServesUntilCtrlC) {
    Child child({"serve", "--port", "0", "--directory", (folder_ / "served").string()}, settings());
    const std::string out = child.out_until("kept below");
    EXPECT_THAT(out, HasSubstr("tiphys: serving http://127.0.0.1:"));
    EXPECT_THAT(out, HasSubstr("export ARGO_SERVER=127.0.0.1:"));
    EXPECT_THAT(out, HasSubstr("ARGO_SECURE=false"));
    child.signal(SIGINT);
    EXPECT_EQ(child.wait(), 0) << child.error();
}

TEST_F(CliTest, SaysThatAPortIsTaken) {
    Child child({"serve", "--port", "0"}, settings());
    std::smatch port;
    const std::string out = child.out_until("kept below");
    ASSERT_TRUE(std::regex_search(out, port, std::regex("127\\.0\\.0\\.1:([0-9]+)")));
    const Result second = tiphys({"serve", "--port", port[1]});
    EXPECT_EQ(second.status, 1);
    EXPECT_THAT(second.error,
                AllOf(HasSubstr("cannot listen on 127.0.0.1 port " + port[1].str()), HasSubstr("in use")));
    child.signal(SIGTERM);
    EXPECT_EQ(child.wait(), 0);
}

}  // namespace
}  // namespace tiphys::test
