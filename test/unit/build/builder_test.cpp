// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <sstream>

#include <tiphys/build/build.hpp>

#include "support/golden.hpp"

namespace tiphys {
namespace {

TEST(Builder, WritesWhatItsWordsSay) {
    const Workflow workflow = Workflow("all-")
        .namespace_("team")
        .label("app", "test").annotation("note", "a b")
        .service_account_name("runner")
        .parallelism(4)
        .entrypoint("main").on_exit("bye")
        .parameter("day").parameter("count", 3)
        .container("work", Container("alpine")
            .image_pull_policy("Never")
            .input("x").input("y", 1.5).input("z", true)
            .output("o", "/tmp/o").output("p", "/tmp/p", "none")
            .command("sh", "-c").args("echo {{inputs.parameters.x}}")
            .env("A", "1").env("B", 2)
            .working_dir("/tmp")
            .active_deadline_seconds(60))
        .script("bye", Script("python").command("python3").source("print('bye')\n"))
        .suspend("wait", Suspend().duration("10s"))
        .steps("inner")
            .input("x").output("o", "{{steps.b.outputs.parameters.o}}")
            .step("a", "work").with("x", "{{inputs.parameters.x}}").when("{{workflow.name}} != 'no'").continue_on(true, true)
            .parallel_step("b", "work").with("x", "{{item}}").with_items("p", 2, true, json::object())
            .step("c", "work").with("x", "{{item}}").with_sequence({.count = 3, .format = "n%02d"})
        .dag("main")
            .output_expression("r", "tasks.a.status").target("c").fail_fast(false).parallelism(2)
            .task("a", "inner").with("x", 7)
            .task("b", "work").with("x", "{{item}}").with_param("[1, 2]").after("a")
            .task("c", "wait").depends("a || b").after("a", "b").after("b");
    EXPECT_GOLDEN("builder/all_words.yaml", to_yaml(workflow));
    std::ostringstream out;
    out << workflow;
    EXPECT_EQ(out.str(), to_yaml(workflow));
    EXPECT_FALSE(has_errors(validate(workflow.model())));
}

TEST(Builder, JoinsDependencies) {
    const Workflow workflow = Workflow("a-").entrypoint("main").suspend("s").dag("main")
        .task("a", "s").task("b", "s").task("c", "s").after("a", "b")
        .task("d", "s").depends("a || b").after("c")
        .task("e", "s").after("a").after("b", "c")
        .task("f", "s").depends("a || b").after("c", "d");
    const auto& tasks = workflow.model().spec.templates[1].dag->tasks;
    EXPECT_EQ(tasks[2].depends, "a && b");
    EXPECT_EQ(tasks[3].depends, "(a || b) && c");
    EXPECT_EQ(tasks[4].depends, "a && b && c");
    EXPECT_EQ(tasks[5].depends, "(a || b) && c && d");
}

TEST(Builder, GroupsSteps) {
    const Workflow workflow = Workflow("a-").entrypoint("main").suspend("s").steps("main")
        .step("a", "s").parallel_step("b", "s").step("c", "s");
    const auto& steps = workflow.model().spec.templates[1].steps;
    ASSERT_EQ(steps.size(), 2u);
    EXPECT_EQ(steps[0].size(), 2u);
    EXPECT_EQ(steps[1][0].name, "c");
}

TEST(Builder, TellsAGenerateNameByItsHyphen) {
    EXPECT_EQ(Workflow("a-").model().metadata.generateName, "a-");
    EXPECT_FALSE(Workflow("a-").model().metadata.name.has_value());
    EXPECT_EQ(Workflow("a").model().metadata.name, "a");
}

TEST(Builder, FillsTwoScopesByTurns) {
    Workflow workflow("turns-");
    workflow.entrypoint("one").suspend("s");
    auto one = workflow.dag("one");
    auto two = workflow.steps("two");
    for (int i = 0; i < 3; ++i) {
        auto task = one.task("t" + std::to_string(i), "s");
        if (i != 0) task.after("t" + std::to_string(i - 1));
        two.step("s" + std::to_string(i), "s");
    }
    one.task("last", "two").after("t2").task("really", "s").after("last");
    EXPECT_TRUE(validate(workflow.model()).empty());
    EXPECT_EQ(workflow.model().spec.templates[1].dag->tasks.size(), 5u);
    EXPECT_EQ(workflow.model().spec.templates[2].steps.size(), 3u);
}

TEST(Builder, OwnsWhatAChainBegan) {
    auto dag = Workflow("own-").entrypoint("main").suspend("s").dag("main");
    dag.task("a", "s");
    dag.task("b", "s").after("a");
    Workflow workflow = std::move(dag);
    EXPECT_TRUE(validate(workflow.model()).empty());
}

TEST(Builder, GivesTheModelWhereItHasNoWord) {
    Workflow workflow = Workflow("raw-").entrypoint("main")
        .container("main", Container("busybox").command("true").template_model([](model::Template& self) {
            self.nodeSelector["disk"] = "ssd";
        }))
        .workflow_model([](model::Workflow& self) { self.spec.priority = 3; });
    EXPECT_EQ(*workflow.model().spec.templates[0].nodeSelector.find("disk"), "ssd");
    EXPECT_EQ(*workflow.model().spec.priority, 3);
    const model::Workflow taken = std::move(workflow).model();
    EXPECT_EQ(taken.spec.templates.size(), 1u);
}

TEST(Builder, WritesTheSameTextTwice) {
    const auto make = [] { return Workflow("same-").entrypoint("m").container("m", Container("b").command("c")); };
    EXPECT_EQ(to_json(make()), to_json(make()));
    EXPECT_EQ(to_json(make()),
              R"({"apiVersion":"argoproj.io/v1alpha1","kind":"Workflow","metadata":{"generateName":"same-"},)"
              R"("spec":{"entrypoint":"m","templates":[{"name":"m","container":{"command":["c"],"image":"b"}}]}})");
}

}  // namespace
}  // namespace tiphys
