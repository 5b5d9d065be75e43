// SPDX-License-Identifier: Apache-2.0
#include "cli/tree.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "workflows.hpp"

namespace tiphys::cli {
namespace {

using testing::ElementsAre;

constexpr std::int64_t now = 1767261605;  // 2026-01-01T10:00:05Z
const Style unicode{true, false, 80};

TEST(Tree, ShowsADagInTheOrderOfExecution) {
    EXPECT_THAT(render_tree(diamond(), unicode, now),
                ElementsAre("● wf  5s  Running",                 //
                            "└─● wf  5s",                        //
                            "  ├─✔ A  7s",                       //
                            "  ├─✖ B  7s  Error (exit code 3)",  //
                            "  ├─● C  5s",                       //
                            "  └─◷ D"));
}

TEST(Tree, HasAnAsciiForm) {
    EXPECT_THAT(render_tree(diamond(), Style{false, false, 80}, now),
                ElementsAre("* wf  5s  Running", "`-* wf  5s", "  |-+ A  7s",
                            "  |-x B  7s  Error (exit code 3)", "  |-* C  5s", "  `-~ D"));
}

TEST(Tree, IsColouredWhenWanted) {
    const auto lines = render_tree(diamond(), Style{true, true, 80}, now);
    EXPECT_EQ(lines[2], "\x1b[2m  ├─\x1b[0m\x1b[32m✔\x1b[0m A  \x1b[2m7s\x1b[0m");
}

TEST(Tree, LeavesOutStepGroupsAndSortsLoopItemsByNumber) {
    const auto workflow = workflow_of(
        "Succeeded",
        {{"wf", "wf", "wf", "Steps", "Succeeded", "", {"g0"}},
         {"g0", "wf[0]", "[0]", "StepGroup", "Succeeded", "wf", {"i10", "i9"}},
         {"i10", "wf[0].print(10:b)", "print(10:b)", "Pod", "Succeeded", "wf", {"g1"}},
         {"i9", "wf[0].print(9:a)", "print(9:a)", "Pod", "Succeeded", "wf", {"g1"}},
         {"g1", "wf[1]", "[1]", "StepGroup", "Succeeded", "wf", {"all", "no"}},
         {"all", "wf[1].all", "all", "Pod", "Succeeded", "wf"},
         {"no", "wf[1].no", "no", "Skipped", "Skipped", "wf", {}, "when 'a == b' evaluated false"}});
    EXPECT_THAT(render_tree(workflow, unicode, now),
                ElementsAre("✔ wf  7s  Succeeded",    //
                            "└─✔ wf  7s",             //
                            "  ├─✔ print(9:a)  7s",   //
                            "  ├─✔ print(10:b)  7s",  //
                            "  ├─✔ all  7s",          //
                            "  └─○ no  when 'a == b' evaluated false"));
}

TEST(Tree, PutsItemsAndAttemptsUnderTheirGroup) {
    const auto workflow =
        workflow_of("Running", {{"wf", "wf", "wf", "DAG", "Running", "", {"t"}},
                                {"t", "wf.A", "A", "TaskGroup", "Succeeded", "wf", {"a0", "a1"}},
                                {"a0", "wf.A(0:x)", "A(0:x)", "Pod", "Succeeded", "wf", {"r"}},
                                {"a1", "wf.A(1:y)", "A(1:y)", "Pod", "Succeeded", "wf", {"r"}},
                                {"r", "wf.B", "B", "Retry", "Running", "wf", {"r0", "r1"}},
                                {"r0", "wf.B(0)", "B(0)", "Pod", "Failed", "wf"},
                                {"r1", "wf.B(1)", "B(1)", "Pod", "Running", "wf"}});
    EXPECT_THAT(render_tree(workflow, unicode, now),
                ElementsAre("● wf  5s  Running",   //
                            "└─● wf  5s",          //
                            "  ├─✔ A  7s",         //
                            "  │ ├─✔ A(0:x)  7s",  //
                            "  │ └─✔ A(1:y)  7s",  //
                            "  └─● B  5s",         //
                            "    ├─✖ B(0)  7s",    //
                            "    └─● B(1)  5s"));
}

TEST(Tree, ShowsNestedTemplatesAndExitHandlers) {
    const auto workflow =
        workflow_of("Failed", {{"x", "wf.onExit", "wf.onExit", "Pod", "Succeeded", ""},
                               {"wf", "wf", "wf", "DAG", "Failed", "", {"a"}, "child 'b' failed"},
                               {"a", "wf.A", "A", "Steps", "Failed", "wf", {"g"}},
                               {"g", "wf.A[0]", "[0]", "StepGroup", "Failed", "a", {"b"}},
                               {"b", "wf.A[0].say", "say", "Pod", "Failed", "a"}});
    EXPECT_THAT(render_tree(workflow, unicode, now),
                ElementsAre("✖ wf  7s  Failed",              //
                            "├─✖ wf  7s  child 'b' failed",  //
                            "│ └─✖ A  7s",                   //
                            "│   └─✖ say  7s",               //
                            "└─✔ wf.onExit  7s"));
}

TEST(Tree, SaysThatASuspendedNodeWaits) {
    const auto workflow = workflow_of("Running", {{"wf", "wf", "wf", "Suspend", "Running", ""}});
    EXPECT_THAT(render_tree(workflow, unicode, now),
                ElementsAre("● wf  5s  Running", "└─◷ wf  5s  waits to be resumed"));
}

TEST(Tree, ShowsAWorkflowWithoutNodes) {
    model::Workflow workflow;
    workflow.metadata.name = "wf";
    EXPECT_THAT(render_tree(workflow, unicode, now), ElementsAre("◷ wf  Pending"));
    workflow.status.ensure().phase = "Error";
    workflow.status->message = "invalid spec";
    workflow.status->progress = "0/0";
    EXPECT_THAT(render_tree(workflow, unicode, now), ElementsAre("✖ wf  Error: invalid spec"));
}

TEST(Tree, KeepsWithinTheWidth) {
    auto workflow = diamond();
    workflow.status->nodes["wf-2"].message = std::string(200, 'm') + "\nsecond line";
    workflow.status->nodes["wf-3"].displayName = std::string(200, 'n');
    for (const std::size_t width : {20u, 40u, 80u})
        for (const auto& line : render_tree(workflow, Style{true, false, width}, now))
            EXPECT_LE(columns(line), width) << line;
    EXPECT_EQ(render_tree(workflow, Style{true, false, 40}, now)[3],
              "  ├─✖ B  7s  " + std::string(26, 'm') + "…");
}

TEST(Tree, FoldsWhatSucceededWhenThereIsNoRoom) {
    std::vector<NodeText> nodes{{"wf", "wf", "wf", "DAG", "Running", ""}};
    for (int i = 0; i < 50; ++i) {
        const std::string n = std::to_string(i);
        nodes.push_back({"n" + n, "wf.t" + n, "t" + n, "Pod", i < 45 ? "Succeeded" : "Running", "wf"});
        nodes[0].children.push_back("n" + n);
    }
    const auto lines = render_tree(workflow_of("Running", nodes), unicode, now, 10);
    EXPECT_THAT(lines, ElementsAre("● wf  5s  Running", "└─● wf  5s", "  ├─✔ t43  7s", "  ├─✔ t44  7s",
                                   "  ├─● t45  5s", "  ├─● t46  5s", "  ├─● t47  5s", "  ├─● t48  5s",
                                   "  └─● t49  5s", "… 43 more nodes"));
    EXPECT_EQ(render_tree(workflow_of("Running", nodes), unicode, now, 4).size(), 4u);
}

TEST(Tree, LivesWithNodesThatPointNowhereOrAtEachOther) {
    const auto workflow = workflow_of("Running", {{"a", "a", "a", "DAG", "Running", "gone", {"b", "nowhere"}},
                                                  {"b", "b", "b", "Pod", "Running", "", {"a"}},
                                                  {"c", "c", "c", "Pod", "Running", "c"}});
    EXPECT_GE(render_tree(workflow, unicode, now).size(), 3u);
}

TEST(Tree, DrawsLongChains) {
    std::vector<NodeText> nodes{{"wf", "wf", "wf", "DAG", "Running", "", {"n0"}}};
    for (int i = 0; i < 20000; ++i)
        nodes.push_back({"n" + std::to_string(i),
                         "wf.t" + std::to_string(i),
                         "t" + std::to_string(i),
                         "Pod",
                         "Running",
                         "wf",
                         {"n" + std::to_string(i + 1)}});
    model::Workflow workflow = workflow_of("Running", {});
    workflow.status->nodes.reserve(nodes.size());
    for (const auto& one : nodes) {
        model::NodeStatus node;
        node.id = one.id;
        node.name = node.displayName = one.name;
        node.type = one.type;
        node.phase = one.phase;
        if (!one.boundary.empty()) node.boundaryID = one.boundary;
        for (const auto& child : one.children) node.children.push_back(child);
        workflow.status->nodes.append(one.id) = node;
    }
    const auto lines = render_tree(workflow, unicode, now, 30000);
    EXPECT_EQ(lines.size(), 20002u);
    EXPECT_EQ(lines.back(), "  └─● wf.t19999");
}

}  // namespace
}  // namespace tiphys::cli
