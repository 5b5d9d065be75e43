// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <tiphys/build/build.hpp>

namespace tiphys {
namespace {

constexpr auto library = [] {
    return WorkflowTemplate("tools").namespace_("team").label("app", "tools").annotation("note", "n")
        .entrypoint("wait").suspend("wait");
};
constexpr auto nightly = [] {
    return Workflow("nightly-").namespace_("team").label("app", "test").annotation("note", "n")
        .entrypoint("main").container("work", Container("b").command("c"))
        .dag("main").task("a", "work");
};

// Conversions are recipes, too.
constexpr auto reference = [] { return as_workflow(library()); };
constexpr auto copy = [] { return copy_as_workflow(library(), "copy-"); };
constexpr auto cron = [] { return as_cron_workflow(Workflow(nightly()), "@daily"); };
constexpr auto stored = [] { return as_workflow_template(Workflow(nightly())); };
constexpr auto run = [] { return as_workflow(as_cron_workflow(library(), "@daily", "often")); };

std::string text(const Workflow& workflow) { return to_json(workflow); }

TEST(Conversion, RunsAStoredTemplate) {
    EXPECT_EQ(text(checked<reference>()),
              R"({"apiVersion":"argoproj.io/v1alpha1","kind":"Workflow","metadata":{"generateName":"tools-",)"
              R"("labels":{"workflows.argoproj.io/workflow-template":"tools"},"namespace":"team"},)"
              R"("spec":{"workflowTemplateRef":{"name":"tools"}}})");
    EXPECT_EQ(text(as_workflow(ClusterWorkflowTemplate("all").entrypoint("m"), "one")),
              R"({"apiVersion":"argoproj.io/v1alpha1","kind":"Workflow","metadata":{"name":"one",)"
              R"("labels":{"workflows.argoproj.io/cluster-workflow-template":"all"}},)"
              R"("spec":{"workflowTemplateRef":{"name":"all","clusterScope":true}}})");
}

TEST(Conversion, CopiesATemplate) {
    EXPECT_EQ(text(checked<copy>()),
              R"({"apiVersion":"argoproj.io/v1alpha1","kind":"Workflow","metadata":{"annotations":{"note":"n"},)"
              R"("generateName":"copy-","labels":{"app":"tools"},"namespace":"team"},)"
              R"("spec":{"entrypoint":"wait","templates":[{"name":"wait","suspend":{}}]}})");
}

TEST(Conversion, RunsAWorkflowByTheClock) {
    const CronWorkflow made = checked<cron>();
    EXPECT_EQ(made.model().metadata.name, "nightly");
    EXPECT_EQ(made.model().metadata.namespace_, "team");
    EXPECT_EQ(*made.model().metadata.labels.find("app"), "test");
    EXPECT_EQ(*made.model().spec.workflowMetadata->labels.find("app"), "test");
    EXPECT_EQ(*made.model().spec.workflowMetadata->annotations.find("note"), "n");
    EXPECT_EQ(made.model().spec.schedules, list<str>{"@daily"});
    EXPECT_EQ(made.model().spec.workflowSpec, Workflow(nightly()).model().spec);
}

TEST(Conversion, StoresAWorkflow) {
    const WorkflowTemplate made = checked<stored>();
    EXPECT_EQ(made.model().metadata.name, "nightly");
    EXPECT_EQ(*made.model().metadata.annotations.find("note"), "n");
    EXPECT_EQ(*made.model().spec.workflowMetadata->labels.find("app"), "test");
    EXPECT_EQ(made.model().spec.templates, Workflow(nightly()).model().spec.templates);
    const WorkflowTemplate of_cron = as_workflow_template(cron().workflow_label("only", "runs"), "other");
    EXPECT_EQ(of_cron.model().metadata.name, "other");
    EXPECT_EQ(*of_cron.model().spec.workflowMetadata->labels.find("only"), "runs");
}

TEST(Conversion, StartsARunOfACronWorkflow) {
    const Workflow made = checked<run>();
    EXPECT_EQ(made.model().metadata.generateName, "often-");
    EXPECT_EQ(*made.model().metadata.labels.find("workflows.argoproj.io/cron-workflow"), "often");
    EXPECT_EQ(*made.model().metadata.labels.find("app"), "tools");
    EXPECT_EQ(made.model().spec, library().model().spec);
}

TEST(Conversion, CutsNoName) {
    const std::string long_name(53, 'a');
    try {
        as_cron_workflow(Workflow(long_name).entrypoint("m"), "@daily");
        FAIL();
    } catch (const std::length_error& error) {
        EXPECT_EQ(std::string(error.what()), "the name `" + long_name + "` of the cron workflow has 53 characters, "
                                             "52 at most: give a shorter name to the conversion");
    }
    EXPECT_EQ(as_cron_workflow(Workflow(long_name), "@daily", "short").model().metadata.name, "short");
    EXPECT_THROW(as_workflow(WorkflowTemplate(std::string(58, 'a'))), std::length_error);
    EXPECT_THROW(copy_as_workflow(WorkflowTemplate("a"), std::string(64, 'a')), std::length_error);
    EXPECT_THROW(as_workflow_template(Workflow(std::string(64, 'a'))), std::length_error);
}

// The line of a mistake survives the conversion.
TEST(Conversion, KeepsLines) {
    const auto base = std::source_location::current().line();
    const CronWorkflow made = as_cron_workflow(Workflow("a-")  // 1
        .entrypoint("nope")                                    // 2
        .container("work", Container("b")                      // 3
            .command("c")), "@daily");                         // 4
    const auto problems = validate(made);
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].rule->id, "workflow.unknown-entrypoint");
    EXPECT_EQ(detail::locate(made.sites(), problems[0])->where.line(), base + 2);
    Diagnostic deep;
    deep.path = (((Path() / "spec" / "workflowSpec" / "templates")[0] / "container") / "command")[0];
    EXPECT_EQ(detail::locate(made.sites(), deep)->where.line(), base + 4);
}

}  // namespace
}  // namespace tiphys
