// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/progress.hpp>

#include <gtest/gtest.h>

#include <sstream>

namespace tiphys {
namespace {

model::NodeStatus node(const char* name, const char* phase, const char* started,
                       const char* finished = nullptr, const char* type = "Pod") {
    model::NodeStatus made;
    made.displayName = name;
    made.phase = phase;
    made.type = type;
    if (started != nullptr) made.startedAt = started;
    if (finished != nullptr) made.finishedAt = finished;
    return made;
}

TEST(Progress, OneLineForEachChangeInTheOrderOfTime) {
    std::ostringstream out;
    const Observer observe = progress_to(out);
    model::Workflow workflow;
    workflow.metadata.name = "w";
    observe(workflow);
    EXPECT_EQ(out.str(), "");

    auto& status = workflow.status.ensure();
    status.phase = "Running";
    status.nodes["w"] = node("w", "Running", "2026-01-01T09:59:59Z", nullptr, "DAG");
    status.nodes["2"] = node("B", "Pending", "2026-01-01T10:00:01Z");
    status.nodes["1"] = node("A", "Running", "2026-01-01T10:00:01Z");
    status.nodes["g"] = node("[0]", "Running", "2026-01-01T10:00:00Z", nullptr, "StepGroup");
    status.nodes["n"] = node("not yet", "", nullptr);
    observe(workflow);
    EXPECT_EQ(out.str(),
              "09:59:59  ● w  Running\n"
              "10:00:01  ● A  Running\n"
              "10:00:01  ◷ B  Pending\n");

    out.str("");
    observe(workflow);
    EXPECT_EQ(out.str(), "");

    *status.nodes.find("1") = node("A", "Succeeded", "2026-01-01T10:00:01Z", "2026-01-01T10:00:09Z");
    *status.nodes.find("2") = node("B", "Failed", "2026-01-01T10:00:01Z", "2026-01-01T10:00:08Z");
    status.nodes.find("2")->message = "exit code 1\nmore";
    status.nodes["3"] = node("C", "Omitted", nullptr);
    status.nodes["4"] = node("D", "Error", "x", "y");
    observe(workflow);
    EXPECT_EQ(out.str(),
              "--:--:--  ○ C  Omitted\n"
              "10:00:08  ✖ B  Failed  exit code 1\\nmore\n"
              "10:00:09  ✔ A  Succeeded\n"
              "--:--:--  ⚠ D  Error\n");
}

TEST(Progress, AWorkflowWithoutNodesSaysWhyItEnded) {
    std::ostringstream out;
    const Observer observe = progress_to(out);
    const Observer copy = observe;
    model::Workflow workflow;
    workflow.metadata.name = "w";
    auto& status = workflow.status.ensure();
    status.phase = "Error";
    status.finishedAt = "2026-01-01T10:00:09Z";
    status.message = "invalid spec";
    observe(workflow);
    copy(workflow);
    EXPECT_EQ(out.str(), "10:00:09  ⚠ w  Error  invalid spec\n");
}

TEST(Phase, OfWorkflows) {
    model::Workflow workflow;
    EXPECT_EQ(phase(workflow), "");
    EXPECT_FALSE(finished(workflow));
    for (const char* over : {"Succeeded", "Failed", "Error"}) {
        workflow.status.ensure().phase = over;
        EXPECT_TRUE(finished(workflow)) << over;
        EXPECT_EQ(succeeded(workflow), std::string_view(over) == "Succeeded");
    }
    for (const char* going : {"", "Pending", "Running"}) {
        workflow.status.ensure().phase = going;
        EXPECT_FALSE(finished(workflow)) << going;
    }
    const SubmittedWorkflow empty;
    EXPECT_EQ(empty.name(), "");
    EXPECT_FALSE(empty.status().phase.has_value());
}

}  // namespace
}  // namespace tiphys
