// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <sstream>

#include <tiphys/build/build.hpp>
#include <tiphys/build/k8s.hpp>
#include <tiphys/text/text.hpp>

#include "support/golden.hpp"

namespace tiphys {
namespace {

constexpr auto library = [] {
    return WorkflowTemplate("tools")
        .namespace_("team").label("app", "tools").annotation("note", "shared")
        .workflow_label("from", "tools").workflow_annotation("why", "test").workflow_label_from("day", "workflow.parameters.day")
        .parameter("day", "monday")
        .entrypoint("echo", Container("busybox").input("text").command("echo", "{{inputs.parameters.text}}"));
};
constexpr auto cluster_library = [] {
    return ClusterWorkflowTemplate("everywhere").suspend("wait", Suspend().input("how", "long"));
};
constexpr auto nightly = [] {
    return CronWorkflow("nightly")
        .schedule("0 3 * * *").schedules("@weekly", "0 4 1 * *")
        .timezone("Europe/Berlin").concurrency_policy("Forbid").starting_deadline_seconds(60)
        .stop_strategy("cronworkflow.failed >= 3").successful_jobs_history_limit(4).failed_jobs_history_limit(2)
        .when("{{= true }}").cron_suspended()
        .workflow_label("run", "nightly").workflow_annotation("by", "cron")
        .label("app", "test").suspended(false)
        .entrypoint("main")
        .dag("main").task("a", ref(cluster_library, "wait")).task("b", ref(library, "echo")).with("text", "b").after("a");
};
constexpr auto binding = [] {
    return WorkflowEventBinding("on-message")
        .namespace_("team")
        .selector("payload.message != ''")
        .submit("tools").submit_as("message-").workflow_label("from", "event")
        .parameter("day", "payload.day");
};

TEST(Entities, SayAllOfTheirKind) {
    std::ostringstream all;
    all << checked<library>() << "---\n" << checked<cluster_library>() << "---\n" << checked<nightly>() << "---\n"
        << checked<binding>();
    EXPECT_GOLDEN("builder/entities.yaml", all.str());
}

TEST(Entities, AreFrozenAndPrintedLikeTheirModels) {
    EXPECT_EQ(frozen<library>(), to_json(library()));
    EXPECT_EQ(frozen<nightly>(), to_json(checked<nightly>()));
    EXPECT_EQ(frozen<binding>(), to_json(checked<binding>()));
    EXPECT_EQ(to_json(cluster_library().model()), to_json(cluster_library()));
    EXPECT_EQ(to_pretty_json(library().model()), to_pretty_json(library()));
    EXPECT_EQ(to_pretty_json(binding().model()), to_pretty_json(binding()));
    const CronWorkflow made = nightly();
    EXPECT_EQ(to_yaml(made.model()), to_yaml(made));
}

TEST(Entities, ShareTheWordsOfASpec) {
    model::Template raw;
    raw.name = "raw";
    const auto speak = [&]<class Entity>(Entity made) {
        made.parameter(Parameter("p").value("1")).artifact(Artifact("a"))
            .hook("running", "work", "workflow.status == 'Running'")
            .service_account_name("runner").parallelism(3)
            .on_exit("bye", Suspend()).entrypoint("work", Container("b").command("c"))
            .http("call", Http("http://localhost")).resource("make", Resource("create").manifest("kind: Pod"))
            .template_("inner", Dag().task("x", "work")).template_("groups", Steps().step("y", "work"))
            .template_(model::Template(raw));
        return made;
    };
    const auto check = [](const model::WorkflowSpec& spec) {
        EXPECT_EQ(spec.arguments->parameters[0].value, "1");
        EXPECT_EQ(spec.arguments->artifacts[0].name, "a");
        EXPECT_EQ(spec.hooks.find("running")->expression, "workflow.status == 'Running'");
        EXPECT_EQ(spec.serviceAccountName, "runner");
        EXPECT_EQ(*spec.parallelism, 3);
        EXPECT_EQ(spec.onExit, "bye");
        EXPECT_EQ(spec.entrypoint, "work");
        ASSERT_EQ(spec.templates.size(), 7u);
        EXPECT_TRUE(spec.templates[0].suspend.has_value());
        EXPECT_EQ(spec.templates[1].container->image, "b");
        EXPECT_EQ(spec.templates[2].http->url, "http://localhost");
        EXPECT_EQ(spec.templates[3].resource->manifest, "kind: Pod");
        EXPECT_EQ(spec.templates[4].dag->tasks[0].template_, "work");
        EXPECT_EQ(spec.templates[5].steps[0][0].name, "y");
        EXPECT_EQ(spec.templates[6].name, "raw");
    };
    check(speak(Workflow("a")).model().spec);
    check(speak(WorkflowTemplate("a")).model().spec);
    check(speak(ClusterWorkflowTemplate("a")).model().spec);
    check(speak(CronWorkflow("a")).model().spec.workflowSpec);
}

TEST(Entities, ShareTheWordsOfMetadata) {
    const auto check = []<class Entity>(Entity made) {
        made.generate_name("g-").namespace_("n").label("a", "b").annotation("c", "d").labels("e", "f").annotations("g", "h")
            .finalizers("one", "two").owner_references(k8s::OwnerReference("j").api_version("v1").kind("Job").uid("u").controller())
            .managed_fields(k8s::ManagedFieldsEntry().manager("m")).creation_timestamp("2026-01-01T00:00:00Z")
            .deletion_timestamp("2026-01-02T00:00:00Z").deletion_grace_period_seconds(0).generation(2).resource_version("7")
            .self_link("/s").uid("i");
        EXPECT_EQ(made.model().metadata, read_json<model::k8s::ObjectMeta>(R"({"name": "x", "generateName": "g-", "namespace": "n",
            "labels": {"a": "b", "e": "f"}, "annotations": {"c": "d", "g": "h"}, "finalizers": ["one", "two"],
            "ownerReferences": [{"apiVersion": "v1", "kind": "Job", "name": "j", "uid": "u", "controller": true}],
            "managedFields": [{"manager": "m"}], "creationTimestamp": "2026-01-01T00:00:00Z",
            "deletionTimestamp": "2026-01-02T00:00:00Z", "deletionGracePeriodSeconds": 0, "generation": 2, "resourceVersion": "7",
            "selfLink": "/s", "uid": "i"})"));
        EXPECT_EQ(made.name("y").model().metadata.name, "y");
    };
    check(Workflow("x"));
    check(WorkflowTemplate("x"));
    check(ClusterWorkflowTemplate("x"));
    check(CronWorkflow("x"));
    check(WorkflowEventBinding("x"));
}

TEST(Entities, BindingsSubmitTemplatesOfEitherScope) {
    const auto of_cluster = WorkflowEventBinding("on").selector("true").submit_cluster("everywhere")
        .parameter(Parameter("day").value_from(ValueFrom().event("payload.day")));
    EXPECT_EQ(to_json(of_cluster.model().spec),
              R"({"event":{"selector":"true"},"submit":{"arguments":{"parameters":[{"name":"day","valueFrom":{"event":"payload.day"}}]},)"
              R"("workflowTemplateRef":{"name":"everywhere","clusterScope":true}}})");
    EXPECT_TRUE(validate(of_cluster).empty());
    const auto given = WorkflowEventBinding("on").selector("true").submit(
        Submit().workflow_template_ref(WorkflowTemplateRef("tools"))
            .metadata(k8s::ObjectMeta().generate_name("push-").labels("by", "event"))
            .arguments(Arguments().parameters(Parameter("day").value_from(ValueFrom().event("payload.day")))));
    EXPECT_EQ(to_json(given.model().spec),
              R"({"event":{"selector":"true"},"submit":{"metadata":{"generateName":"push-","labels":{"by":"event"}},)"
              R"("arguments":{"parameters":[{"name":"day","valueFrom":{"event":"payload.day"}}]},"workflowTemplateRef":{"name":"tools"}}})");
    EXPECT_TRUE(validate(given).empty());
}

TEST(Entities, AreWorkedOnByScopes) {
    CronWorkflow cron("a");
    auto dag = cron.schedule("@daily").entrypoint("main").suspend("s").dag("main");
    dag.task("x", "s");
    auto steps = cron.steps("other");
    auto group = steps.parallel();
    group.step("p", "s");
    steps.step("r", "s");
    group.step("q", "s");
    EXPECT_TRUE(validate(cron).empty());
    const auto& templates = cron.model().spec.workflowSpec.templates;
    EXPECT_EQ(templates[1].dag->tasks.size(), 1u);
    ASSERT_EQ(templates[2].steps.size(), 2u);
    EXPECT_EQ(templates[2].steps[0][1].name, "q");
    const WorkflowTemplate chain = WorkflowTemplate("b").dag("d").task("x", "s").workflow().label("k", "v").suspend("s");
    EXPECT_EQ(*chain.model().metadata.labels.find("k"), "v");
    EXPECT_TRUE(validate(chain).empty());
}

TEST(Entities, CollectTheClaimsOfTheirTemplatesOnce) {
    const auto work = Container("busybox").command("true").volume("/data", Claim("work").size("1Gi"));
    const Workflow workflow = Workflow("a-").entrypoint("main").container("one", work)
        .dag("main").task("a", "one").task("b", work).task("c", Dag().task("d", work));
    const auto& claims = workflow.model().spec.volumeClaimTemplates;
    ASSERT_EQ(claims.size(), 1u);
    EXPECT_EQ(claims[0].metadata->name, "work");
    // Wherever else a template may stand.
    const auto mounting = [](const char* name) { return Container("b").command("c").volume("/data", Claim(name).size("1Gi")); };
    const Workflow steps = Workflow("a-").entrypoint("main")
        .container_set("set", ContainerSet().containers(ContainerNode("n", "b").command("c")).volume("/set", Claim("set").size("1Gi")))
        .on_exit("bye", mounting("bye"))
        .steps("main")
            .step("one", mounting("inline"))
            .parallel(Step("two", mounting("parallel")), Step("three", mounting("inline")), Step("four", Dag().task("a", mounting("deep"))))
            .parallel_step("five", mounting("beside"))
            .step("six", "set");
    std::string names;
    for (const auto& one : steps.model().spec.volumeClaimTemplates) names += one.metadata->name.string() + ' ';
    EXPECT_EQ(names, "set bye inline parallel deep beside ");
    EXPECT_FALSE(has_errors(validate(steps)));
    Workflow scopes("a-");
    auto opened = scopes.entrypoint("main").steps("main");
    opened.parallel().step("one", mounting("group"));
    EXPECT_EQ(scopes.model().spec.volumeClaimTemplates.size(), 1u);
}

// What a reference to a recipe's document is judged by.

constexpr auto calls = [](std::string_view template_name, std::string_view parameter) {
    return Workflow("a-").entrypoint("main").dag("main").task("a", ref(library, template_name)).with(parameter, "x").workflow();
};

// What Hera does where a template is called: one statement adds it by its name, others name it.
TEST(Entities, GetTheTemplatesOfTheirCalls) {
    constexpr auto recipe = [] {
        Workflow workflow("a-");
        workflow.entrypoint("main");
        auto dag = workflow.dag("main");
        auto a = dag.task("a", "work", Container("busybox").command("true").input("x", "1"));
        a >> dag.task("b", "work").with("x", "2") >> dag.task("c", "inner", Dag().task("in", "work"));
        auto steps = workflow.steps("steps");
        steps.step("a", "first", Container("busybox").command("true"));
        steps.parallel_step("b", "second", Container("busybox").command("true")).when("true");
        auto group = steps.parallel();
        group.step("c", "third", Suspend());
        return workflow;
    };
    const Workflow built = checked<recipe>();
    std::string names;
    for (const auto& one : built.model().spec.templates) names += one.name.string() + ' ';
    EXPECT_EQ(names, "main work inner steps first second third ");
    EXPECT_EQ(built.model().spec.templates[0].dag->tasks[0].template_, "work");
    EXPECT_EQ(built.model().spec.templates[0].dag->tasks[2].template_, "inner");
    EXPECT_EQ(built.model().spec.templates[3].steps[0][1].when, "true");
    const Workflow chain = Workflow("a-").entrypoint("main").steps("main")
        .step("a", "one", Suspend()).step("b", "two", Suspend()).parallel_step("c", "three", Suspend())
        .workflow().dag("dag").task("a", "four", Suspend()).task("b", "five", Suspend());
    EXPECT_EQ(chain.model().spec.templates.size(), 7u);
    EXPECT_FALSE(has_errors(validate(chain)));
    // A second template of the name is a mistake, and no template is lost.
    const auto twice = validate(Workflow("a-").entrypoint("main").dag("main").task("a", "t", Suspend()).task("b", "t", Suspend()).workflow());
    ASSERT_FALSE(twice.empty());
    EXPECT_EQ(twice[0].rule->id, "template.duplicate-name");
}

TEST(Entities, ReferToTheTemplateThatIsNamedLast) {
    const auto text = [](const model::WorkflowTemplateRef& reference) { return to_json(reference); };
    const Workflow stored = Workflow("a-").cluster_workflow_template_ref("b").workflow_template_ref("a");
    EXPECT_EQ(text(*stored.model().spec.workflowTemplateRef), R"({"name":"a"})");
    const Workflow cluster = Workflow("a-").workflow_template_ref(library).workflow_template_ref(cluster_library);
    EXPECT_EQ(text(*cluster.model().spec.workflowTemplateRef), R"({"name":"everywhere","clusterScope":true})");
    const WorkflowEventBinding bound = WorkflowEventBinding("e").submit_cluster("b").submit("a");
    EXPECT_EQ(text(bound.model().spec.submit->workflowTemplateRef), R"({"name":"a"})");
    const WorkflowEventBinding other = WorkflowEventBinding("e").submit("a").submit_cluster("b");
    EXPECT_EQ(text(other.model().spec.submit->workflowTemplateRef), R"({"name":"b","clusterScope":true})");
}

TEST(Libraries, AreJudgedWithoutBeingNamed) {
    const auto ids = [](const Workflow& workflow) {
        std::string text;
        for (const auto& one : validate(workflow)) text += std::string(one.rule->id) + ' ';
        return text;
    };
    EXPECT_EQ(ids(calls("echo", "text")), "");
    EXPECT_EQ(ids(calls("ehco", "text")), "template-ref.unknown-template ");
    EXPECT_EQ(ids(calls("echo", "txet")), "arguments.missing arguments.unknown ");
    // In an inline dag, a hook and a step by value, too.
    EXPECT_EQ(ids(Workflow("a-").entrypoint("main").dag("main").task("a", Dag().task("b", ref(library, "ehco")))),
              "template-ref.unknown-template ");
    EXPECT_EQ(ids(Workflow("a-").entrypoint("main").suspend("s").steps("main").parallel(Step("b", "s"), Step("c", ref(library, "ehco")))),
              "template-ref.unknown-template ");
    EXPECT_EQ(ids(Workflow("a-").entrypoint("s").suspend("s").hook("exit", Hook(ref(library, "ehco")))),
              "template-ref.unknown-template ");
}

constexpr auto whole = [] { return Workflow("run-").workflow_template_ref(library); };
constexpr auto whole_by_model = [] {
    return Workflow("run-").workflow_template_ref(WorkflowTemplateRef("tools")).entrypoint("echo");
};

TEST(Libraries, AreRunAsAWhole) {
    EXPECT_EQ(whole().model().spec.workflowTemplateRef->name, "tools");
    EXPECT_EQ(to_json(whole_by_model().model().spec), R"({"entrypoint":"echo","workflowTemplateRef":{"name":"tools"}})");
    const auto problems = validate(whole());
    ASSERT_EQ(problems.size(), 1u) << problems[0].message.view();
    EXPECT_EQ(problems[0].rule->id, "arguments.missing") << "echo, with which the template starts, has an input `text`";
    EXPECT_TRUE(validate(Workflow("run-").cluster_workflow_template_ref("everywhere").entrypoint("wait")).empty());
    EXPECT_TRUE(validate(Workflow("run-").workflow_template_ref(cluster_library).entrypoint("wait")).empty());
}

TEST(Libraries, MayBeNamedOrMadeAtRunTime) {
    const ClusterWorkflowTemplate made = cluster_library();
    const Workflow workflow = Workflow("a-").entrypoint("main").steps("main")
        .step("a", ref("tools", "echo")).step("b", cluster_ref("everywhere", "wait")).step("c", ref(made, "wait"));
    const auto& steps = workflow.model().spec.templates[0].steps;
    EXPECT_EQ(to_json(*steps[0][0].templateRef), R"({"name":"tools","template":"echo"})");
    EXPECT_EQ(to_json(*steps[1][0].templateRef), R"({"name":"everywhere","clusterScope":true,"template":"wait"})");
    EXPECT_EQ(*steps[1][0].templateRef, *steps[2][0].templateRef);
}

}  // namespace
}  // namespace tiphys
