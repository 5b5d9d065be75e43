// SPDX-License-Identifier: Apache-2.0
// The commands that speak to a server, with `tiphys serve` at the other end.
#include <signal.h>

#include <memory>
#include <regex>

#include "program_test.hpp"

namespace tiphys::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;

class ServedTest : public ProgramTest {
protected:
    ServedTest() {
        served_ = std::make_unique<Child>(
            std::vector<std::string>{"serve", "--port", "0", "--directory", (folder_ / "served").string()},
            settings());
        std::smatch port;
        const std::string out = served_->out_until("kept below");
        if (!std::regex_search(out, port, std::regex("127\\.0\\.0\\.1:([0-9]+)")))
            throw std::runtime_error("the server does not say its port: " + out);
        environment_ = {"ARGO_SERVER=127.0.0.1:" + port[1].str(), "ARGO_SECURE=false",
                        "ARGO_TOKEN=", "ARGO_NAMESPACE=default"};
    }
    ~ServedTest() override {
        served_->signal(SIGTERM);
        EXPECT_EQ(served_->wait(), 0);
    }

    std::unique_ptr<Child> served_;
};

constexpr const char* diamond = R"(  entrypoint: main
  arguments: {parameters: [{name: word, value: from}]}
  templates:
    - name: echo
      inputs: {parameters: [{name: message}]}
      container: {image: any, command: [echo, '{{workflow.parameters.word}} {{inputs.parameters.message}}']}
    - name: main
      dag:
        tasks:
          - {name: A, template: echo, arguments: {parameters: [{name: message, value: A}]}}
          - {name: B, template: echo, dependencies: [A], arguments: {parameters: [{name: message, value: B}]}}
)";

// Says `first`, waits to be resumed, says `last`.
constexpr const char* waiting = R"(  entrypoint: main
  templates:
    - name: say
      inputs: {parameters: [{name: message}]}
      container: {image: any, command: [echo, '{{inputs.parameters.message}}']}
    - {name: wait, suspend: {}}
    - name: main
      steps:
        - - {name: one, template: say, arguments: {parameters: [{name: message, value: first}]}}
        - - {name: hold, template: wait}
        - - {name: two, template: say, arguments: {parameters: [{name: message, value: last}]}}
)";

TEST_F(ServedTest, AWorkflowFromSubmissionToDeletion) {
    EXPECT_EQ(said({"submit", file(workflow(diamond)), "-p", "word=of"}), "wf\n");
    EXPECT_EQ(said({"wait", "wf", "--timeout", "1m"}), "wf Succeeded\n");
    EXPECT_THAT(said({"list"}), MatchesRegex("NAME   STATUS      AGE   DURATION   PROGRESS   MESSAGE\n"
                                             "wf     Succeeded   [0-9]+s +[0-9]+s +2/2        -\n"));
    EXPECT_THAT(said({"get", "@latest"}),
                AllOf(StartsWith("Name:           wf\nNamespace:      default\n"),
                      HasSubstr("Status:         Succeeded\n"), HasSubstr("  word = of\n"),
                      HasSubstr("├─✔ A"), HasSubstr("└─✔ B"), Not(HasSubstr("\x1b"))));
    EXPECT_THAT(said({"get", "wf", "-o", "yaml"}),
                AllOf(StartsWith("apiVersion: argoproj.io/v1alpha1\nkind: Workflow\n"),
                      HasSubstr("phase: Succeeded")));
    EXPECT_EQ(said({"logs", "wf"}), "A: of A\nB: of B\n");
    EXPECT_EQ(said({"logs", "wf", "B"}), "of B\n");
    EXPECT_EQ(said({"logs", "@latest", "--grep", "A$"}), "A: of A\n");
    EXPECT_EQ(said({"delete", "@latest"}), "workflow wf deleted\n");
    const Result none = tiphys({"list"});
    EXPECT_EQ(none.status, 0);
    EXPECT_EQ(none.out, "");
    EXPECT_EQ(none.error, "tiphys: no such workflows in namespace default\n");
}

TEST_F(ServedTest, StreamsEndWithTheWorkflow) {
    ASSERT_EQ(said({"submit", file(workflow(waiting))}), "wf\n");
    Child logs({"logs", "wf", "--follow"}, settings());
    Child watch({"watch", "wf"}, settings());
    logs.out_until("one: first\n");
    watch.out_until("✔ one");
    EXPECT_EQ(said({"resume", "wf"}), "workflow wf resumed\n");
    EXPECT_EQ(logs.wait(), 0) << logs.error();
    EXPECT_EQ(logs.out(), "one: first\ntwo: last\n");
    EXPECT_EQ(watch.wait(), 0) << watch.error();
    EXPECT_THAT(watch.out(), AllOf(HasSubstr("✔ two"), HasSubstr("Succeeded"), Not(HasSubstr("\x1b"))));
}

TEST_F(ServedTest, CtrlCEndsStreamsAndLeavesTheWorkflow) {
    ASSERT_EQ(said({"submit", file(workflow(waiting))}), "wf\n");
    Child logs({"logs", "wf", "--follow"}, settings());
    logs.out_until("one: first\n");
    logs.signal(SIGINT);
    EXPECT_EQ(logs.wait(), 130);
    EXPECT_EQ(logs.error(), "");
    Child watch({"watch", "wf", "--log"}, settings());
    watch.out_until("one: first\n");
    watch.signal(SIGTERM);
    EXPECT_EQ(watch.wait(), 130);
    EXPECT_EQ(watch.error(), "tiphys: interrupted; wf runs on\n");
    EXPECT_EQ(said({"list", "--status", "Running", "-o", "name"}), "wf\n");
}

TEST_F(ServedTest, SubmitShowsHowItGoesAndItsStatusIsTheOutcome) {
    EXPECT_THAT(said({"submit", "--watch", "--log", file(workflow(diamond))}),
                AllOf(StartsWith("wf\n"), HasSubstr("A: from A\n"), HasSubstr("✔ B")));
    EXPECT_THAT(said({"submit", "--wait", "--name", "bad", file(script("exit 3"))}, 1),
                AllOf(StartsWith("bad\nbad Failed: "), HasSubstr("exit code 3")));
    EXPECT_EQ(said({"submit", "--log", "--name", "ok", file(script("echo so"))}), "ok\nok: so\n");
    EXPECT_EQ(said({"submit", "--wait", "-o", "name", "--name", "two", file(script("true"))}),
              "two\ntwo Succeeded\n");
}

TEST_F(ServedTest, AllAreJudgedBeforeTheFirstIsSent) {
    std::string wrong = script("true", "second");
    wrong.replace(wrong.find("entrypoint: main"), 16, "entrypoint: mian");
    const std::string both = file(script("true", "first") + "---\n" + wrong);
    EXPECT_THAT(refusal({"submit", both}), AllOf(HasSubstr("f.yaml:20: "), HasSubstr("mian")));
    EXPECT_THAT(refusal({"submit", file(script("true")), file("kind: WorkflowTemplate\n", "t.yaml")}),
                HasSubstr("t.yaml:1: a document of kind WorkflowTemplate; only"));
    EXPECT_THAT(tiphys({"list"}).error, HasSubstr("no such workflows"));
    EXPECT_EQ(said({"submit", file(script("true", "first") + "---\n" + script("true", "second")), "--wait"}),
              "first\nsecond\nfirst Succeeded\nsecond Succeeded\n");
    EXPECT_THAT(refusal({"submit", file(script("true") + "---\n" + script("true")), "--name", "x"}),
                HasSubstr("--generate-name"));
}

TEST_F(ServedTest, DryRunsCreateNothing) {
    EXPECT_THAT(said({"submit", file(script("true")), "--dry-run", "-o", "yaml", "-l", "team=a,stage=b"}),
                AllOf(HasSubstr("namespace: default\n"), HasSubstr("team: a\n"), HasSubstr("stage: b\n")));
    EXPECT_THAT(said({"submit", file(script("true")), "--server-dry-run", "-o", "json"}),
                HasSubstr("\"kind\": \"Workflow\""));
    EXPECT_THAT(tiphys({"list"}).error, HasSubstr("no such workflows"));
}

TEST_F(ServedTest, ListChoosesByLabelPhaseAndNumber) {
    ASSERT_EQ(said({"submit", "--wait", file(script("true", "good")), "-l", "team=a"}),
              "good\ngood Succeeded\n");
    ASSERT_THAT(said({"submit", "--wait", file(script("false", "bad")), "-l", "team=b"}, 1),
                StartsWith("bad\nbad Failed"));
    EXPECT_EQ(said({"list", "-o", "name", "-l", "team=a"}), "good\n");
    EXPECT_EQ(said({"list", "-o", "name", "--status", "Failed,Error"}), "bad\n");
    EXPECT_EQ(said({"list", "-o", "name", "--status", "Pending,Failed", "-A"}), "default/bad\n");
    EXPECT_THAT(said({"list", "-o", "name", "--limit", "1"}), MatchesRegex("(good|bad)\n"));
    EXPECT_THAT(said({"list", "-o", "json", "--since", "1h"}),
                AllOf(HasSubstr("\"kind\": \"WorkflowList\""), HasSubstr("\"good\""), HasSubstr("\"bad\"")));
    EXPECT_THAT(said({"list", "-o", "wide"}), HasSubstr("ENTRYPOINT"));
    const Result other = tiphys({"list", "-n", "other"});
    EXPECT_EQ(other.status, 0);
    EXPECT_EQ(other.error, "tiphys: no such workflows in namespace other\n");
}

TEST_F(ServedTest, WhatIsDoneByName) {
    ASSERT_EQ(said({"submit", file(workflow(waiting))}), "wf\n");
    EXPECT_EQ(said({"suspend", "wf"}), "workflow wf suspended\n");
    EXPECT_EQ(said({"stop", "wf", "--message", "enough"}), "workflow wf stopped\n");
    EXPECT_EQ(said({"wait", "wf"}, 1).substr(0, 9), "wf Failed");
    EXPECT_EQ(said({"watch", "wf"}, 1).empty(), false);
    // Not every server can.
    const Result retried = tiphys({"retry", "wf"});
    EXPECT_THAT(retried.out + retried.error,
                testing::AnyOf("workflow wf retried\n", HasSubstr("/api/v1/workflows/default/wf/retry")));
    ASSERT_EQ(said({"submit", file(workflow(waiting)), "--name", "other"}), "other\n");
    EXPECT_EQ(said({"terminate", "other"}), "workflow other terminated\n");
    // One that is missing does not keep the others.
    const Result some = tiphys({"delete", "nobody", "wf"});
    EXPECT_EQ(some.status, 1);
    EXPECT_EQ(some.out, "workflow wf deleted\n");
    EXPECT_THAT(some.error, AllOf(StartsWith("tiphys: "), HasSubstr("nobody")));
}

TEST_F(ServedTest, WhatIsStoredIsSubmittedByItsName) {
    EXPECT_THAT(refusal({"submit", "--from", "configmap/x"}),
                HasSubstr("--from configmap/x: write workflowtemplate/NAME"));
    // The embedded server stores nothing; what it says shows what it was asked for.
    const Result made = tiphys({"submit", "--from", "workflowtemplate/x", "-p", "a=1"});
    EXPECT_EQ(made.status, 1);
    EXPECT_EQ(made.out, "");
    EXPECT_THAT(made.error, HasSubstr("/api/v1/workflows/default/submit"));
}

TEST_F(ServedTest, WaitGivesUpAfterItsTime) {
    ASSERT_EQ(said({"submit", file(workflow(waiting))}), "wf\n");
    const Result made = tiphys({"wait", "wf", "--timeout", "1s"});
    EXPECT_EQ(made.status, 1);
    EXPECT_EQ(made.out, "");
    EXPECT_THAT(made.error, HasSubstr("wf"));
    EXPECT_EQ(said({"terminate", "wf"}), "workflow wf terminated\n");
}

TEST_F(ServedTest, ATerminalGetsColoursAndSymbols) {
    ASSERT_EQ(said({"submit", "--wait", file(script("true"))}), "wf\nwf Succeeded\n");
    EXPECT_THAT(tiphys({"list"}, {.terminal = true}).out, HasSubstr("\x1b[32m✔ Succeeded\x1b[0m"));
    EXPECT_THAT(tiphys({"get", "wf"}, {.terminal = true}).out, HasSubstr("\x1b[32mSucceeded\x1b[0m"));
    EXPECT_THAT(tiphys({"list"}, {.environment = {"NO_COLOR=1", "LC_ALL=C"}, .terminal = true}).out,
                AllOf(HasSubstr("+ Succeeded"), Not(HasSubstr("\x1b"))));
}

class NoServerTest : public ProgramTest {};

TEST_F(NoServerTest, TheMessageSaysHowToNameOne) {
    environment_ = {"ARGO_SERVER=", "KUBECONFIG=", "HOME=" + folder_.string()};
    EXPECT_THAT(refusal({"list"}), AllOf(HasSubstr("ARGO_SERVER"), HasSubstr("--argo-server")));
    EXPECT_THAT(refusal({"get", "wf", "-s", "no port"}), HasSubstr("no port"));
    const Result none = tiphys({"list", "-s", "127.0.0.1:1", "--secure=false"});
    EXPECT_EQ(none.status, 1);
    EXPECT_THAT(none.error, AllOf(StartsWith("tiphys: "), HasSubstr("127.0.0.1:1")));
}

}  // namespace
}  // namespace tiphys::test
