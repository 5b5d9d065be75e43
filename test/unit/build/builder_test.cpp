// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <sstream>

#include <tiphys/build/build.hpp>
#include <tiphys/build/expr.hpp>
#include <tiphys/build/json_value.hpp>
#include <tiphys/text/text.hpp>

#include <map>
#include <optional>
#include <vector>

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

// Said twice: one value has the last, a list has both, and `depends` leaves what other words say.
TEST(Builder, TakesTheLastOfOneValue) {
    Workflow workflow = Workflow("a-").label("app", "first").label("app", "last").on_exit("x").on_exit("y")
        .hook("exit", "x").hook("exit", "y");
    workflow.dag("main")
        .task("a", "t").task("b", "t").task("c", "t")
        .task("d", "t").when("first").when("last").hook("exit", "x").hook("exit", "y")
        .task("e", "t").depends("a").depends("b.Failed")
        .task("f", "t").after("a", "c").depends("b || a.Failed")
        .task("g", "t").with("x", output("c")).after("c").depends("a").depends("b");
    EXPECT_EQ(*workflow.model().metadata.labels.find("app"), "last");
    EXPECT_EQ(workflow.model().spec.onExit, "y");
    EXPECT_EQ(workflow.model().spec.hooks.find("exit")->template_, "y");
    auto& tasks = workflow.model().spec.templates[0].dag->tasks;
    EXPECT_EQ(tasks[3].when, "last");
    EXPECT_EQ(tasks[3].hooks.size(), 1u);
    EXPECT_EQ(tasks[3].hooks.find("exit")->template_, "y");
    EXPECT_EQ(tasks[4].depends, "b.Failed");
    EXPECT_EQ(tasks[5].depends, "(b || a.Failed) && c");
    EXPECT_EQ(tasks[6].depends, "b && c");
    Workflow arrows("a-");
    auto dag = arrows.dag("main");
    auto a = dag.task("a", "t"), b = dag.task("b", "t");
    a >> b;
    b.depends("c.Failed");
    EXPECT_EQ(arrows.model().spec.templates[0].dag->tasks[1].depends, "c.Failed && a");
    b.depends("a.Failed");
    EXPECT_EQ(arrows.model().spec.templates[0].dag->tasks[1].depends, "a.Failed");
    b.depends("c");
    EXPECT_EQ(arrows.model().spec.templates[0].dag->tasks[1].depends, "c && a") << "left out, not forgotten";
}

TEST(Builder, GivesValuesAsTextAndJson) {
    const Workflow workflow = Workflow("a-").dag("main")
        .task("a", "t")
            .with("null", nullptr).with("object", json_object("a", 1)).with("list", std::vector<int>{1, 2})
            .with("map", std::map<std::string, bool>{{"on", true}}).with("none", std::optional<int>())
            .with("text", json("t")).with("flag", true)
        .task("b", "t").with_param(json_array("a", 1, nullptr)).with("x", item())
        .task("c", "t").with_param(std::vector<std::string>{"a", "b"}).with("x", item())
        .task("d", "t").with_param(expr::from_json(expr::tasks["a"].outputs.result())).with("x", item());
    const auto& tasks = workflow.model().spec.templates[0].dag->tasks;
    std::string values;
    for (const auto& one : tasks[0].arguments->parameters) values += one.value.string() + ' ';
    EXPECT_EQ(values, R"(null {"a":1} [1,2] {"on":true} null "t" true )");
    EXPECT_EQ(tasks[1].withParam, R"(["a",1,null])");
    EXPECT_EQ(tasks[2].withParam, R"(["a","b"])");
    EXPECT_EQ(tasks[3].withParam, "{{=fromJSON(tasks.a.outputs.result)}}");
    EXPECT_EQ(tasks[3].depends, "a");
}

// What a hook takes: of its own task, of one before it, and what is written here.
TEST(Builder, GivesHooksArguments) {
    const auto notify = [](auto& self, auto& before) {
        return Hook(ref("lib", "notify"))
            .with("status", status_of(self)).with("text", output(before, "o")).with("file", output_artifact(before, "f"))
            .with("who", input("who")).with(Parameter("p").value("v")).with(Artifact("q").raw(RawArtifact("d")))
            .with_artifact("r", "{{inputs.artifacts.r}}");
    };
    Workflow workflow("a-");
    auto dag = workflow.dag("main");
    auto a = dag.task("a", "t"), b = dag.task("b", "t");
    b.hook("exit", notify(b, a));
    dag.task("c", "t").hook("late", Hook("t").with("x", expr::tasks["a"].outputs.result()).expression("true"));
    auto steps = workflow.steps("steps");
    auto one = steps.step("one", "t"), two = steps.step("two", "t");
    two.hook("exit", notify(two, one));
    const auto& tasks = workflow.model().spec.templates[0].dag->tasks;
    EXPECT_EQ(tasks[1].depends, "a");
    EXPECT_EQ(to_json(*tasks[1].hooks.find("exit")),
              R"({"arguments":{"artifacts":[{"name":"file","from":"{{tasks.a.outputs.artifacts.f}}"},)"
              R"({"name":"q","raw":{"data":"d"}},{"name":"r","from":"{{inputs.artifacts.r}}"}],)"
              R"("parameters":[{"name":"status","value":"{{tasks.b.status}}"},)"
              R"({"name":"text","value":"{{tasks.a.outputs.parameters.o}}"},)"
              R"({"name":"who","value":"{{inputs.parameters.who}}"},{"name":"p","value":"v"}]},)"
              R"("templateRef":{"name":"lib","template":"notify"}})");
    EXPECT_EQ(tasks[2].depends, "a");
    const auto& arguments = *workflow.model().spec.templates[1].steps[1][0].hooks.find("exit")->arguments;
    EXPECT_EQ(arguments.parameters[0].value, "{{steps.two.status}}");
    EXPECT_EQ(arguments.parameters[1].value, "{{steps.one.outputs.parameters.o}}");
    EXPECT_EQ(arguments.artifacts[0].from, "{{steps.one.outputs.artifacts.f}}");
}

TEST(Builder, GroupsSteps) {
    const Workflow workflow = Workflow("a-").entrypoint("main").suspend("s").steps("main")
        .step("a", "s").parallel_step("b", "s").step("c", "s");
    const auto& steps = workflow.model().spec.templates[1].steps;
    ASSERT_EQ(steps.size(), 2u);
    EXPECT_EQ(steps[0].size(), 2u);
    EXPECT_EQ(steps[1][0].name, "c");
}

// In a scope as on a step: by name, of another document, or written here.
TEST(Builder, AddsParallelStepsOfAnyTemplate) {
    Workflow workflow("a-");
    auto steps = workflow.steps("main");
    steps.step("a", "t");
    steps.parallel_step("b", "t");
    steps.parallel_step("c", ref("lib", "t"));
    steps.parallel_step("d", Container("busybox").command("true")).when("true");
    const auto& made = workflow.model().spec.templates[0].steps;
    ASSERT_EQ(made.size(), 1u);
    ASSERT_EQ(made[0].size(), 4u);
    EXPECT_EQ(made[0][2].templateRef->name, "lib");
    EXPECT_EQ(made[0][3].inline_->container->image, "busybox");
    EXPECT_EQ(made[0][3].when, "true");
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
    // What has no word because Argo writes it, and the version, which is Argo's.
    EXPECT_EQ(Workflow("a").model().apiVersion, "argoproj.io/v1alpha1");
    const auto stored = WorkflowTemplate("a").workflow_model([](auto& self) { self.apiVersion = "argoproj.io/v2"; });
    EXPECT_EQ(to_json(stored), R"({"apiVersion":"argoproj.io/v2","kind":"WorkflowTemplate","metadata":{"name":"a"},"spec":{}})");
    const auto run = Workflow("a").workflow_model([](model::Workflow& self) { self.status.ensure().phase = "Running"; });
    EXPECT_EQ(run.model().status->phase, "Running");
    const auto cron = CronWorkflow("a").workflow_model([](model::CronWorkflow& self) { self.status.ensure().failed = 2; });
    EXPECT_EQ(*cron.model().status->failed, 2);
    const auto binding = WorkflowEventBinding("a").binding_model([](model::WorkflowEventBinding& self) {
        self.spec.submit.ensure().arguments.ensure().artifacts.emplace_back().name = "event";
    });
    EXPECT_EQ(binding.model().spec.submit->arguments->artifacts[0].name, "event");
    Workflow scopes("a");
    scopes.dag("d").template_model([](model::Template& self) { self.priority = 7; });
    scopes.steps("s").template_model([](model::Template& self) { self.priority = 8; });
    EXPECT_EQ(*scopes.model().spec.templates[0].priority, 7);
    EXPECT_EQ(*scopes.model().spec.templates[1].priority, 8);
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
