// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

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

/// All that conversions may touch.
template <class Document>
Document full(std::string_view name) {
    Document made(name);
    made.label("l", "1").annotation("a", "2").workflow_label("wl", "3").workflow_annotation("wa", "4");
    made.entrypoint("m").suspend("m");
    if constexpr (!std::is_same_v<Document, ClusterWorkflowTemplate>) made.namespace_("n");
    if constexpr (!std::is_same_v<Document, CronWorkflow>) made.workflow_label_from("wf", "'5'");
    if constexpr (std::is_same_v<Document, CronWorkflow>) made.schedule("@daily");
    return made;
}
/// The spec aside: "name [namespace] labels / annotations; of its workflows: labels / annotations".
template <class Document>
std::string metadata(const Document& made) {
    const auto list = [](const auto& labels) {
        std::string all;
        for (const auto& one : labels) all += ' ' + one.key.string() + '=' + one.value.string();
        return all;
    };
    const auto& own = made.model().metadata;
    const auto both = [&](const auto& of) { return list(of.labels) + " /" + list(of.annotations); };
    std::string all = own.name.string() + own.generateName.string() + " [" + own.namespace_.string() + "]" + both(own);
    if (made.model().spec.workflowMetadata) all += ";" + both(*made.model().spec.workflowMetadata);
    return all;
}

// Each kind as each other: what it is called, and what becomes of its metadata.
TEST(Conversion, OfEachKindToEachOther) {
    const Workflow workflow = full<Workflow>("w-");
    const WorkflowTemplate kept = full<WorkflowTemplate>("t");
    const ClusterWorkflowTemplate cluster = full<ClusterWorkflowTemplate>("c");
    const CronWorkflow clock = full<CronWorkflow>("r");
    const std::string of_argo = " workflows.argoproj.io/";
    EXPECT_EQ(metadata(as_workflow(kept)), "t- [n]" + of_argo + "workflow-template=t /");
    EXPECT_EQ(metadata(as_workflow(cluster)), "c- []" + of_argo + "cluster-workflow-template=c /");
    EXPECT_EQ(metadata(as_workflow(clock)), "r- [n]" + of_argo + "cron-workflow=r wl=3 / wa=4");
    EXPECT_EQ(metadata(copy_as_workflow(kept)), "t- [n] l=1 / a=2; wl=3 / wa=4");
    EXPECT_EQ(metadata(copy_as_workflow(cluster)), "c- [] l=1 / a=2; wl=3 / wa=4");
    EXPECT_EQ(metadata(as_cron_workflow(workflow, "@daily")), "w [n] l=1 / a=2; l=1 / a=2");
    EXPECT_EQ(metadata(as_cron_workflow(kept, "@daily")), "t [n] l=1 / a=2; l=1 / a=2");
    EXPECT_EQ(metadata(as_cron_workflow(cluster, "@daily")), "c [] l=1 / a=2; l=1 / a=2");
    EXPECT_EQ(metadata(as_workflow_template(workflow)), "w [n] l=1 / a=2; wl=3 l=1 / wa=4 a=2");
    EXPECT_EQ(metadata(as_workflow_template(cluster)), "c [] l=1 / a=2; wl=3 l=1 / wa=4 a=2");
    EXPECT_EQ(metadata(as_workflow_template(clock)), "r [n] l=1 / a=2; l=1 wl=3 / a=2 wa=4");
    EXPECT_EQ(metadata(as_cluster_workflow_template(workflow)), "w [] l=1 / a=2; wl=3 l=1 / wa=4 a=2");
    EXPECT_EQ(metadata(as_cluster_workflow_template(kept)), "t [] l=1 / a=2; wl=3 l=1 / wa=4 a=2");
    EXPECT_EQ(metadata(as_cluster_workflow_template(clock)), "r [] l=1 / a=2; l=1 wl=3 / a=2 wa=4");
    // The spec is the same, with what it gives to its workflows itself.
    EXPECT_EQ(as_cron_workflow(workflow, "@daily").model().spec.workflowSpec, workflow.model().spec);
    EXPECT_EQ(as_cron_workflow(cluster, "@daily").model().spec.workflowSpec, cluster.model().spec);
    EXPECT_EQ(copy_as_workflow(cluster).model().spec, cluster.model().spec);
    EXPECT_EQ(as_workflow(clock).model().spec, clock.model().spec.workflowSpec);
    for (const auto& spec : {as_workflow_template(cluster).model().spec, as_cluster_workflow_template(kept).model().spec}) {
        EXPECT_EQ(spec.templates, cluster.model().spec.templates);
        EXPECT_EQ(spec.entrypoint, "m");
        EXPECT_EQ(spec.workflowMetadata->labelsFrom.find("wf")->expression, "'5'");
    }
    EXPECT_EQ(as_cluster_workflow_template(workflow).model().kind, "ClusterWorkflowTemplate");
    EXPECT_EQ(as_cluster_workflow_template(workflow, "other").model().metadata.name, "other");
}

TEST(Conversion, LosesNoFinalizersOfWorkflows) {
    const Workflow workflow = full<Workflow>("w-").finalizers("a.b/c");
    const CronWorkflow clock = full<CronWorkflow>("r").finalizers("of/cron").cron_workflow_metadata([] {
        model::k8s::ObjectMeta made;
        made.finalizers.push_back(str("a.b/c"));
        return made;
    }());
    const list<str> wanted{"a.b/c"};
    EXPECT_EQ(as_cron_workflow(workflow, "@daily").model().spec.workflowMetadata->finalizers, wanted);
    EXPECT_FALSE(as_cron_workflow(workflow, "@daily").model().metadata.finalizers.has_value());
    EXPECT_EQ(as_workflow(clock).model().metadata.finalizers, wanted);
    const auto refused = [](auto convert) {
        try {
            convert();
        } catch (const std::invalid_argument& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    const auto told = [](const std::string& kind) {
        return "the workflows have the finalizer `a.b/c`, which " + kind +
               " cannot give them: take it away before the conversion";
    };
    EXPECT_EQ(refused([&] { as_workflow_template(workflow); }), told("a WorkflowTemplate"));
    EXPECT_EQ(refused([&] { as_workflow_template(clock); }), told("a WorkflowTemplate"));
    EXPECT_EQ(refused([&] { as_cluster_workflow_template(clock); }), told("a ClusterWorkflowTemplate"));
    // A template's own are of the template.
    const WorkflowTemplate kept = full<WorkflowTemplate>("t").finalizers("x");
    EXPECT_FALSE(copy_as_workflow(kept).model().metadata.finalizers.has_value());
    EXPECT_FALSE(as_cluster_workflow_template(kept).model().metadata.finalizers.has_value());
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

// So does what its words have noted: arguments by `outputs`, what references imply.
TEST(Conversion, KeepsWhatWordsWaitFor) {
    const auto steps = [](const char* of) {
        Workflow made("a-");
        made.entrypoint("main").steps("main").step("split", "split").step("count", "count").with(outputs(of));
        made.container("count", Container("b").command("c").input("x", "1"));
        return made;
    };
    const auto problems = validate(as_cron_workflow(steps("splt"), "@daily"));
    EXPECT_TRUE(std::ranges::any_of(problems, [](const auto& one) { return one.rule->id == "outputs.wanted"; }));
    CronWorkflow later = as_cron_workflow(steps("split"), "@daily");
    later.container("split", Container("b").command("c").output("x", "/x"));
    const auto& spec = later.model().spec.workflowSpec;
    ASSERT_TRUE(spec.templates[0].steps[1][0].arguments.has_value());
    EXPECT_EQ(spec.templates[0].steps[1][0].arguments->parameters[0].value, "{{steps.split.outputs.parameters.x}}");
    const auto claim = Claim("work").size("1Gi");
    Workflow brings("a-");
    brings.container("c", Container("b").command("c").volume("/w", claim));
    WorkflowTemplate stored_one = as_workflow_template(brings, "one");
    stored_one.volume_claim_templates(claim);
    EXPECT_EQ(stored_one.model().spec.volumeClaimTemplates.size(), 1u);
    Workflow refers("a-");
    refers.dag("main").task("a", "t").with("x", output("gone", "x"));
    EXPECT_EQ(as_workflow_template(refers, "one").implied_dependencies().size(), 1u);
}

}  // namespace
}  // namespace tiphys
