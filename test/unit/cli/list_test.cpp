// SPDX-License-Identifier: Apache-2.0
// What `list` and `get` print of workflows, with a clock of the test's own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "cli/commands.hpp"
#include "cli/table.hpp"
#include "workflows.hpp"

namespace tiphys::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const Style plain{true, false, 80};

std::int64_t at(const char* time) { return *seconds_of(time); }

list<model::Workflow> three() {
    model::Workflow running = diamond();
    running.metadata.creationTimestamp = "2026-01-01T09:59:00Z";
    running.metadata.namespace_ = "argo";
    running.status->progress = "1/4";
    running.spec.entrypoint = "main";
    model::Parameter parameter;
    parameter.name = "word";
    parameter.value = "x";
    running.spec.arguments.ensure().parameters.push_back(parameter);
    model::Workflow failed = workflow_of("Failed", {});
    failed.metadata.name = "long-name-of-one";
    failed.metadata.namespace_ = "argo";
    failed.metadata.creationTimestamp = "2025-12-29T10:00:00Z";
    failed.status->message = "child \x1b[31m'main'\nfailed";
    model::Workflow fresh;
    fresh.metadata.name = "new";
    fresh.metadata.namespace_ = "other";
    fresh.metadata.creationTimestamp = "2026-01-01T10:00:06Z";
    return {fresh, running, failed};
}

TEST(List, IsATableOfColumns) {
    EXPECT_EQ(render_list(three(), false, false, plain, false, at("2026-01-01T10:00:09Z")),
              "NAME               STATUS    AGE   DURATION   PROGRESS   MESSAGE\n"
              "new                Pending   3s    -          -          -\n"
              "wf                 Running   1m    9s         1/4        -\n"
              "long-name-of-one   Failed    3d    7s         -          child 'main' failed\n");
}

TEST(List, IsWiderWithNamespacesAndParameters) {
    EXPECT_EQ(render_list({three()[1]}, true, true, plain, false, at("2026-01-01T10:00:09Z")),
              "NAMESPACE   NAME   STATUS    AGE   DURATION   PROGRESS   ENTRYPOINT   PARAMETERS   MESSAGE\n"
              "argo        wf     Running   1m    9s         1/4        main         word=x       -\n");
}

TEST(List, KeepsWithinATerminalAndIsColoured) {
    const std::string text =
        render_list(three(), false, false, {true, true, 66}, true, at("2026-01-01T10:00:09Z"));
    EXPECT_THAT(text, AllOf(HasSubstr("\x1b[31m✖ Failed\x1b[0m"), HasSubstr("\x1b[36m● Running\x1b[0m")));
    EXPECT_THAT(text, HasSubstr("\x1b[31mchild …\x1b[0m\n"));
    const std::string narrow =
        render_list(three(), false, false, {false, false, 24}, true, at("2026-01-01T10:00:09Z"));
    std::istringstream lines(narrow);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(columns(line), 24u) << line;
}

TEST(List, AgesAreShort) {
    EXPECT_EQ(age_text(-5), "0s");
    EXPECT_EQ(age_text(59), "59s");
    EXPECT_EQ(age_text(3599), "59m");
    EXPECT_EQ(age_text(47 * 3600), "47h");
    EXPECT_EQ(age_text(48 * 3600), "2d");
}

TEST(Get, ShowsTheHeadTheTreeAndTheOutputs) {
    model::Workflow workflow = three()[1];
    model::Parameter out;
    out.name = "sum";
    out.value = "42";
    workflow.status->nodes["wf-1"].outputs.ensure().parameters.push_back(out);
    EXPECT_EQ(render_workflow(workflow, plain, at("2026-01-01T10:00:09Z")),
              "Name:           wf\n"
              "Namespace:      argo\n"
              "Status:         Running\n"
              "Created:        2026-01-01T09:59:00Z (1m ago)\n"
              "Started:        2026-01-01T10:00:00Z (9s ago)\n"
              "Duration:       9s\n"
              "Progress:       1/4\n"
              "Parameters:\n"
              "  word = x\n"
              "\n"
              "● wf  9s  Running 1/4\n"
              "└─● wf  9s\n"
              "  ├─✔ A  7s\n"
              "  ├─✖ B  7s  Error (exit code 3)\n"
              "  ├─● C  9s\n"
              "  └─◷ D\n"
              "\n"
              "Outputs\n"
              "  A  sum = 42\n");
}

TEST(Get, AWorkflowThatNobodyHasSeenYet) {
    EXPECT_THAT(render_workflow(three()[0], plain, at("2026-01-01T10:00:09Z")),
                AllOf(HasSubstr("Status:         Pending\n"), HasSubstr("◷ new  Pending\n")));
}

}  // namespace
}  // namespace tiphys::cli
