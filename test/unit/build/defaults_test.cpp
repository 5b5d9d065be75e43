// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <tiphys/build/build.hpp>
#include <tiphys/build/defaults.hpp>
#include <tiphys/build/json_value.hpp>
#include <tiphys/build/k8s.hpp>
#include <tiphys/model/descriptor.hpp>
#include <tiphys/text/text.hpp>

#include <thread>

#include "unit/text/filler.hpp"

namespace tiphys {
namespace {

constexpr Defaults ours() {
    return Defaults()
        .image("busybox:1.37")
        .namespace_("team")
        .service_account_name("runner")
        .label("app", "ours")
        .annotation("note", "by default")
        .templates(Container("busybox:1.37").image_pull_policy("Always").env("A", "1").env("B", "2"))
        .templates(Suspend().duration("5s"))
        .before_building([](model::WorkflowSpec& spec, model::k8s::ObjectMeta&) {
            if (!spec.parallelism.has_value()) spec.parallelism = 4;
        })
        .before_building([](model::Template& made) {
            if (made.container && !made.activeDeadlineSeconds.has_value()) made.activeDeadlineSeconds = 60;
        });
}

constexpr auto plain = [] {
    return Workflow("a-").entrypoint("main").label("app", "mine")
        .container("one", Container("alpine").env("B", "mine").command("true"))
        .suspend("wait")
        .steps("main").step("a", "one").step("b", "wait");
};

constexpr auto with_defaults = [] {
    Workflow workflow = plain();
    workflow.apply(ours());
    return workflow;
};

TEST(Defaults, FillWhatTheUserHasNotSaid) {
    const Workflow built = checked<with_defaults>();
    const auto& model = built.model();
    EXPECT_EQ(model.metadata.namespace_, "team");
    EXPECT_EQ(*model.metadata.labels.find("app"), "mine");
    EXPECT_EQ(*model.metadata.annotations.find("note"), "by default");
    EXPECT_EQ(model.spec.serviceAccountName, "runner");
    EXPECT_EQ(model.spec.parallelism, opt<std::int64_t>(4));
    const auto& one = model.spec.templates[0];
    EXPECT_EQ(one.container->image, "alpine");
    EXPECT_EQ(one.container->imagePullPolicy, "Always");
    ASSERT_EQ(one.container->env.size(), 2u);
    EXPECT_EQ(one.container->env[0].value, "mine");
    EXPECT_EQ(one.container->env[1].name, "A");
    EXPECT_EQ(model.spec.templates[1].suspend->duration, "5s");
    EXPECT_EQ(one.activeDeadlineSeconds.as_int(), 60);
    EXPECT_FALSE(model.spec.templates[2].suspend);
}

TEST(Defaults, GiveTheSameTextTwice) {
    Workflow built = with_defaults();
    const std::string once = to_json(built);
    EXPECT_EQ(to_json(built), once);
    built.apply(ours());
    EXPECT_EQ(to_json(built), once);
}

TEST(Defaults, ReachEveryKindOfDocument) {
    const auto spec_of = [] { return plain().model().spec; };
    model::WorkflowTemplate library;
    library.spec = spec_of();
    model::ClusterWorkflowTemplate cluster;
    cluster.spec = spec_of();
    model::CronWorkflow cron;
    cron.spec.workflowSpec = spec_of();
    ours().apply_to(library);
    ours().apply_to(cluster);
    ours().apply_to(cron);
    EXPECT_EQ(library.metadata.namespace_, "team");
    EXPECT_FALSE(cluster.metadata.namespace_.has_value());
    EXPECT_EQ(cron.metadata.namespace_, "team");
    for (const auto* spec : {&library.spec, &cluster.spec, &cron.spec.workflowSpec}) {
        EXPECT_EQ(spec->serviceAccountName, "runner");
        EXPECT_EQ(spec->templates[0].container->imagePullPolicy, "Always");
        EXPECT_EQ(spec->parallelism, opt<std::int64_t>(4));
    }
}

TEST(Defaults, GiveImagesToAllThatHaveNone) {
    model::Workflow workflow;
    auto& made = workflow.spec.templates.emplace_back();
    made.script.ensure();
    made.sidecars.emplace_back();
    made.initContainers.emplace_back().image = "own";
    auto& set = workflow.spec.templates.emplace_back();
    set.containerSet.ensure().containers.emplace_back();
    Defaults().image("default").image_pull_policy("Never").apply_to(workflow);
    EXPECT_EQ(workflow.spec.templates[0].script->image, "default");
    EXPECT_EQ(workflow.spec.templates[0].script->imagePullPolicy, "Never");
    EXPECT_EQ(workflow.spec.templates[0].sidecars[0].image, "default");
    EXPECT_EQ(workflow.spec.templates[0].initContainers[0].image, "own");
    EXPECT_EQ(workflow.spec.templates[1].containerSet->containers[0].image, "default");
}

TEST(Defaults, ReachInlineTemplates) {
    model::Workflow workflow;
    auto& task = workflow.spec.templates.emplace_back().dag.ensure().tasks.emplace_back();
    task.inline_.ensure().container.ensure();
    Defaults().image("default").apply_to(workflow);
    EXPECT_EQ(workflow.spec.templates[0].dag->tasks[0].inline_->container->image, "default");
}

// The claim of a default goes to the document, once, if a template has taken the mount.
TEST(Defaults, BringTheirClaims) {
    const auto claims = [](Workflow workflow) {
        std::string all;
        workflow
            .apply(Defaults()
                       .templates(Container("b").volume("/work", Claim("work").size("1Gi")))
                       .templates(Template().sidecars(UserContainer("side", "s").volume("/log", Claim("log").size("1Gi")))))
            .apply(Defaults().templates(Container("b").volume("/work", Claim("work").size("9Gi"))));
        for (const auto& one : workflow.model().spec.volumeClaimTemplates) {
            all += one.metadata->name.string() + ' ';
            all += one.spec->resources->requests.find("storage")->string() + ' ';
        }
        return all;
    };
    const auto start = [] { return Workflow("a-").container("one", Container("b")).container("two", Container("b")); };
    EXPECT_EQ(claims(start()), "log 1Gi work 1Gi ");
    EXPECT_EQ(claims(Workflow("a-").dag("main").task("in", Container("b"))), "log 1Gi work 1Gi ");
    EXPECT_EQ(claims(Workflow("a-").container("own", Container("b").mount("/x", "x"))), "log 1Gi ");
    EXPECT_EQ(claims(start().volume_claim_templates(Claim("work").size("2Gi"))), "work 2Gi log 1Gi ");
    EXPECT_EQ(claims(start().volumes(k8s::Volume("work").empty_dir())), "log 1Gi ");
    EXPECT_EQ(claims(Workflow("a-").suspend("s")), "log 1Gi ");
}

TEST(Defaults, RefuseInputsOutputsTasksAndSteps) {
    const auto refused = [](auto made) {
        try {
            Defaults().templates(std::move(made));
        } catch (const std::invalid_argument& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    const auto told = [](const std::string& what) {
        return "tiphys::Defaults: " + what + " cannot be a default of templates";
    };
    model::Template named;
    named.name = "x";
    model::Template ordered;
    ordered.steps.emplace_back();
    EXPECT_EQ(refused(named), told("a name"));
    EXPECT_EQ(refused(ordered), told("steps"));
    EXPECT_EQ(refused(Container("a").input("x")), told("inputs"));
    EXPECT_EQ(refused(Container("a").output("x", "/x")), told("outputs"));
    EXPECT_EQ(refused(Dag().task("a", "t")), told("tasks"));
    EXPECT_EQ(refused(Dag().target("a")), told("the target of a dag"));
    EXPECT_EQ(refused(ContainerSet().containers(ContainerNode("a", "b"), ContainerNode("c", "d"))),
              told("a second container of a set (one stands for all)"));
    EXPECT_EQ(refused(ContainerSet().containers(ContainerNode("a", "b").dependencies("c"))),
              told("dependencies of a set's container"));
    EXPECT_EQ(refused(Container("a").container_name("main")), "");
}

// Whatever a template can have, it gets: a member that is forgotten here would be dropped in silence.
TEST(Defaults, KnowEveryMemberOfATemplate) {
    const auto& type = model::describe<model::Template>();
    for (const model::field& member : type.fields) {
        // What is refused.
        static const std::set<std::string_view> own{"name", "inputs", "outputs", "steps"};
        if (own.contains(member.name)) continue;
        std::set<Filler::Property> reached;
        Filler filler(reached);
        const std::string text = "{\"" + std::string(member.name) + "\":" + filler.value(*member.type, member.text) + "}";
        auto from = read_json<model::Template>(text);
        model::Workflow workflow;
        model::Template& made = workflow.spec.templates.emplace_back();
        // A kind is given to templates of that kind.
        if (from.container) made.container.ensure();
        if (from.script) made.script.ensure();
        if (from.http) made.http.ensure();
        if (from.resource) made.resource.ensure();
        if (from.suspend) made.suspend.ensure();
        if (from.data) made.data.ensure();
        if (from.dag) made.dag.ensure();
        if (from.containerSet) made.containerSet.ensure().containers.emplace_back();
        if (from.plugin.has_value()) {
            made.plugin = json::object();
            for (const auto& plugin : from.plugin.members()) made.plugin.set(plugin.key.view(), nullptr);
        }
        // What is refused of the kinds.
        if (from.dag) from.dag->tasks.reset();
        if (from.dag) from.dag->target.reset();
        if (from.containerSet) {
            from.containerSet->containers.pop_back();
            from.containerSet->containers[0].dependencies.reset();
        }
        Defaults().templates(from).apply_to(workflow);
        // A container keeps the name that it has in its set.
        if (from.containerSet) from.containerSet->containers[0].name.reset();
        EXPECT_EQ(to_json(made), to_json(from)) << member.name;
    }
}

TEST(Defaults, JoinWhatPluginsAndRequestsSay) {
    Workflow workflow("a-");
    workflow.plugin("slack", Plugin("slack", json_object("text", "hi")))
        .plugin("other", Plugin("mail", json_object("text", "hi")))
        .http("get", Http("https://a").body("mine"))
        .resource("make", Resource("create").manifest("kind: A"))
        .template_("main", Dag().fail_fast(true).task("a", "slack"))
        .template_("second", Dag().task("a", "slack"));
    model::HTTPBodySource bytes;
    bytes.bytes = "aGk=";
    workflow.apply(Defaults()
                       .templates(Plugin("slack", json_object("text", "default", "channel", "ours")))
                       .templates(Http("https://b").body_from(bytes))
                       .templates(Resource("get").manifest_from(ManifestFrom()))
                       .templates(Dag().fail_fast(false)));
    const auto& made = workflow.model().spec.templates;
    EXPECT_EQ(made[0].plugin, json_object("slack", json_object("text", "hi", "channel", "ours")));
    EXPECT_EQ(made[1].plugin, json_object("mail", json_object("text", "hi")));
    EXPECT_EQ(made[2].http->body, "mine");
    EXPECT_FALSE(made[2].http->bodyFrom);
    EXPECT_EQ(made[3].resource->manifest, "kind: A");
    EXPECT_FALSE(made[3].resource->manifestFrom);
    EXPECT_EQ(made[4].dag->failFast, opt<bool>(true));
    EXPECT_EQ(made[5].dag->failFast, opt<bool>(false));
}

TEST(Defaults, HoldForTheProcessWhileTheScopeLives) {
    const auto image_policy = [] {
        return checked<plain>().model().spec.templates[0].container->imagePullPolicy.string();
    };
    EXPECT_EQ(image_policy(), "");
    {
        const DefaultsScope outer(ours());
        EXPECT_EQ(image_policy(), "Always");
        {
            const DefaultsScope inner(Defaults().templates(Container("x").image_pull_policy("Never")).label("b", "c"));
            EXPECT_EQ(image_policy(), "Never");
            const Workflow built = checked<plain>();
            EXPECT_EQ(built.model().metadata.namespace_, "team");
            EXPECT_EQ(*built.model().metadata.labels.find("b"), "c");
            Workflow other = plain();
            other.apply();
            EXPECT_EQ(to_json(other), to_json(built));
        }
        EXPECT_EQ(image_policy(), "Always");
    }
    EXPECT_EQ(image_policy(), "");
}

TEST(Defaults, ScopesMayBeMadeByManyThreads) {
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([] {
            for (int i = 0; i < 50; ++i) {
                const DefaultsScope scope(ours());
                Workflow built = plain();
                built.apply();
                EXPECT_EQ(built.model().metadata.namespace_, "team");
            }
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_FALSE(checked<plain>().model().metadata.namespace_.has_value());
}

}  // namespace
}  // namespace tiphys
