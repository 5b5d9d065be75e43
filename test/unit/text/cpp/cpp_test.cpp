// SPDX-License-Identifier: Apache-2.0
#include <tiphys/text/cpp.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <stdexcept>

namespace tiphys {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string cpp(std::string_view yaml, const CppOptions& options = {}) {
    return to_cpp(read_documents(yaml, "test"), options);
}
/// What stands in the first recipe.
std::string body(std::string_view yaml) {
    const std::string text = cpp(yaml);
    const std::size_t begin = text.find("[] {\n") + 5;
    return text.substr(begin, text.find("\n};\n") - begin);
}

constexpr std::string_view hello = R"(apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: hello-world-
  labels: {team: a}
spec:
  entrypoint: hello
  templates:
  - name: hello
    container:
      image: busybox
      args: ["hello"]
      command: [echo]
)";

TEST(ToCpp, WritesAHeaderOfRecipes) {
    EXPECT_EQ(cpp(hello, {.made_from = "hello.yaml"}), R"(// Made from hello.yaml.
#pragma once

#include <tiphys/build/build.hpp>

namespace workflows {

using namespace tiphys;

inline constexpr auto hello_world = [] {
    return Workflow("hello-world-")
        .label("team", "a")
        .entrypoint("hello")
        .container("hello", Container("busybox").command("echo").args("hello"));
};

}  // namespace workflows
)");
}

TEST(ToCpp, WritesAProgram) {
    const std::string two =
        std::string(hello) + "---\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: '1'}\n";
    EXPECT_EQ(cpp(two, {.form = CppOptions::Form::program_yaml}), R"(#include <iostream>

#include <tiphys/build/build.hpp>
#include <tiphys/build/json_value.hpp>
#include <tiphys/text/text.hpp>

namespace workflows {

using namespace tiphys;

constexpr auto hello_world = [] {
    return Workflow("hello-world-")
        .label("team", "a")
        .entrypoint("hello")
        .container("hello", Container("busybox").command("echo").args("hello"));
};

constexpr auto c = [] {
    return json_object(
        "kind", "ConfigMap",
        "metadata", json_object("name", "c"),
        "data", json_object("a", "1"));
};

}  // namespace workflows

int main() {
    std::cout << tiphys::to_yaml(tiphys::checked<workflows::hello_world>());
    std::cout << "---\n" << tiphys::to_yaml(workflows::c());
    return std::cout.flush() ? 0 : 1;
}
)");
    const std::string unchecked =
        cpp(two, {.form = CppOptions::Form::program_json, .objections = {"it has\nno end"}});
    EXPECT_THAT(unchecked, HasSubstr("    // Not checked: it has\n    // no end\n"
                                     "    std::cout << tiphys::to_pretty_json(workflows::hello_world());\n"));
}

std::string workflow(std::string_view spec) {
    return "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: w}\nspec:\n" +
           std::string(spec);
}

TEST(ToCpp, TasksStandInTheirDag) {
    EXPECT_EQ(body(workflow(R"(
  templates:
  - name: main
    inputs: {parameters: [{name: x}, {name: o, default: 1}, {name: z, value: v}]}
    outputs: {parameters: [{name: r, valueFrom: {parameter: '{{tasks.A.outputs.result}}'}}]}
    dag:
      failFast: false
      tasks:
      - {name: A, template: t, arguments: {parameters: [{name: m, value: 7}]}}
      - {name: B, template: t, depends: A, when: "1 == 1"}
      - {name: C, depends: A && B, templateRef: {name: lib, template: t}}
      - {name: D, depends: A && B.Failed, templateRef: {name: lib, template: t, clusterScope: true}}
      - {name: E, dependencies: [A, B], inline: {container: {image: alpine}}, withItems: [1, a, {k: 1.5}]}
  - {name: t, suspend: {}}
)")),
              R"(    return Workflow("w")
        .dag("main")
            .input("x")
            .input("o", 1)
            .input(Parameter("z").value("v"))
            .output("r", "{{tasks.A.outputs.result}}")
            .fail_fast(false)
            .task("A", "t").with("m", 7)
            .task("B", "t").after("A").when("1 == 1")
            .task("C", ref("lib", "t")).after("A", "B")
            .task("D", cluster_ref("lib", "t")).depends("A && B.Failed")
            .task("E", Container("alpine")).dependencies("A", "B")
                .with_items(1, "a", json_object("k", number("1.5")))
        .suspend("t");)");
}

TEST(ToCpp, StepsRunAsTheirGroupsSay) {
    EXPECT_EQ(body(workflow(R"(
  templates:
  - name: main
    steps:
    - - {name: a, template: t, continueOn: {failed: true}, onExit: e}
      - {name: b, template: t, withSequence: {count: "3"}}
    - - name: c
        template: t
        hooks: {exit: {template: e}, running: {template: e, expression: steps.c.status == "Running"}}
        arguments: {artifacts: [{name: in, from: '{{steps.a.outputs.artifacts.out}}'}]}
)")),
              R"(    return Workflow("w")
        .steps("main")
            .step("a", "t").continue_on(true).on_exit("e")
            .parallel_step("b", "t").with_sequence(Sequence{.count = "3"})
            .step("c", "t").with_artifact("in", "{{steps.a.outputs.artifacts.out}}").hook("exit", "e")
                .hook("running", "e", "steps.c.status == \"Running\"");)");
}

TEST(ToCpp, EveryPropertyHasItsWord) {
    EXPECT_EQ(body(workflow(R"(
  suspend: true
  podGC: {strategy: OnPodSuccess}
  arguments: {parameters: [{name: p, value: v}, {name: q}], artifacts: [{name: a, raw: {data: x}}]}
  volumeClaimTemplates:
  - {metadata: {name: work}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}
  templates:
  - name: main
    securityContext: {runAsUser: 8737}
    retryStrategy: {limit: 3, backoff: {duration: 1m, factor: 2}}
    volumes: [{name: tmp, emptyDir: {}}]
    metadata: {labels: {a: b}}
    outputs: {artifacts: [{name: o, path: /o, archive: {none: {}}}]}
    script:
      image: python
      source: |
        import os
        print("one")
        print("two")
      env: [{name: A, value: b}, {name: T, valueFrom: {secretKeyRef: {name: s, key: t}}}]
      volumeMounts: [{name: tmp, mountPath: /tmp}]
      resources: {requests: {memory: 64Mi}, limits: {cpu: 2}}
      securityContext: {privileged: true}
)")),
              R"expected(    return Workflow("w")
        .parameter("p", "v")
        .parameter("q")
        .artifact(Artifact("a").raw(RawArtifact("x")))
        .pod_gc(PodGC().strategy("OnPodSuccess"))
        .suspended()
        .volume_claim_templates(Claim("work").size("1Gi"))
        .script("main", Script("python")
            .env("A", "b")
            .env("T", from_secret("s", "t"))
            .limit("cpu", "2")
            .request("memory", "64Mi")
            .security_context(k8s::SecurityContext().privileged())
            .mount("/tmp", "tmp")
            .source(R"(import os
print("one")
print("two")
)")
            .output(Artifact("o").archive(ArchiveStrategy().none()).path("/o"))
            .label("a", "b")
            .retry_strategy(RetryStrategy().backoff(Backoff().duration("1m").factor(2)).limit(3))
            .pod_security_context(k8s::PodSecurityContext().run_as_user(8737))
            .volumes(k8s::Volume("tmp").empty_dir()));)expected");
}

// Hera takes one for the other where there is only one.
TEST(ToCpp, TheSecurityContextOfAPodIsNotItsContainers) {
    EXPECT_EQ(body(workflow(R"(
  templates:
  - name: pod
    securityContext: {runAsUser: 1}
    container: {image: a}
  - name: container
    container: {image: a, securityContext: {runAsUser: 2}}
  - name: set
    securityContext: {runAsUser: 3}
    containerSet: {containers: [{name: m, image: a}]}
)")),
              R"expected(    return Workflow("w")
        .container("pod", Container("a").pod_security_context(k8s::PodSecurityContext().run_as_user(1)))
        .container("container", Container("a").security_context(k8s::SecurityContext().run_as_user(2)))
        .container_set("set", ContainerSet()
            .containers(ContainerNode("m", "a"))
            .pod_security_context(k8s::PodSecurityContext().run_as_user(3)));)expected");
}

TEST(ToCpp, EventSourcesHaveAClassForEachPartOfAService) {
    EXPECT_EQ(body("kind: EventSource\nmetadata: {name: e}\napiVersion: argoproj.io/v1alpha1\n"
                   "spec: {service: {ports: [{port: 12000, targetPort: http}]}}\n"),
              R"expected(    return events::EventSource("e")
        .spec(events::EventSourceSpec().service(events::Service().ports(k8s::ServicePort()
            .port(12000)
            .target_port("http"))));)expected");
}

TEST(ToCpp, WhatNoWordSaysIsSetInTheModel) {
    const std::string none = body(R"(kind: Workflow
spec:
  templates: [{name: none}, {name: two, suspend: {}, script: {image: a}}, {name: m, steps: [[]]}]
status: {phase: Running}
)");
    EXPECT_EQ(none, R"(    return Workflow("")
        .workflow_model([](model::Workflow& document) {
            document.metadata.name.reset();
            document.apiVersion.reset();
            auto& v1 = document.status.ensure();
            v1.phase = "Running";
        })
        .template_([] {
            model::Template made;
            made.name = "none";
            return made;
        }())
        .template_([] {
            model::Template made;
            made.name = "two";
            auto& v1 = made.script.ensure();
            v1.image = "a";
            made.suspend.ensure();
            return made;
        }())
        .template_([] {
            model::Template made;
            made.name = "m";
            made.steps.engage();
            [[maybe_unused]] auto& v1 = made.steps.emplace_back();
            v1.engage();
            return made;
        }());)");
}

TEST(ToCpp, KnowsTheOtherKinds) {
    EXPECT_EQ(body(R"(apiVersion: argoproj.io/v1alpha1
kind: WorkflowEventBinding
metadata: {name: event}
spec:
  event: {selector: payload.message != ""}
  submit:
    workflowTemplateRef: {name: template}
    arguments: {parameters: [{name: message, valueFrom: {event: payload.message}}]}
)"),
              R"(    return WorkflowEventBinding("event")
        .selector("payload.message != \"\"")
        .submit("template")
        .parameter("message", "payload.message");)");
    EXPECT_EQ(body(R"(apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {name: cron}
spec:
  schedules: ["* * * * *"]
  suspend: true
  workflowMetadata: {labels: {a: b}}
  workflowSpec: {suspend: false, entrypoint: main, workflowTemplateRef: {name: t, clusterScope: true}}
)"),
              R"(    return CronWorkflow("cron")
        .schedules("* * * * *")
        .cron_suspended()
        .cron_workflow_metadata(k8s::ObjectMeta().labels("a", "b"))
        .entrypoint("main")
        .suspended(false)
        .cluster_workflow_template_ref("t");)");
    EXPECT_EQ(
        body("apiVersion: argoproj.io/v1alpha1\nkind: EventSource\nmetadata: {name: e}\nspec:\n"
             "  webhook: {hook: {port: \"80\"}}\n"),
        "    return events::EventSource(\"e\")\n        .spec(events::EventSourceSpec().webhook(\"hook\", "
        "events::WebhookEventSource().port(\"80\")));");
}

TEST(ToCpp, LargeDagsAreStatements) {
    std::string spec = "  templates:\n  - {name: t, suspend: {}}\n  - name: main\n    dag:\n      tasks:\n";
    for (int i = 0; i < 101; ++i)
        spec += "      - {name: a" + std::to_string(i) + ", template: t, depends: x}\n";
    const std::string text = body(workflow(spec));
    EXPECT_THAT(text, testing::StartsWith("    Workflow document(\"w\");\n    document.suspend(\"t\");\n"
                                          "    auto main_dag = document.dag(\"main\");\n"
                                          "    main_dag.task(\"a0\", \"t\").after(\"x\");\n"));
    EXPECT_THAT(text, testing::EndsWith("    return document;"));
}

TEST(ToCpp, RecipesHaveNamesOfTheirOwn) {
    const std::string text =
        cpp("kind: ConfigMap\nmetadata: {name: main}\n---\nkind: ConfigMap\n---\n"
            "kind: PersistentVolumeClaim\nmetadata: {generateName: 1-}\n---\n- 1\n");
    for (const char* name :
         {" main_2 = ", " config_map = ", " persistent_volume_claim_1 = ", " document_2 = "})
        EXPECT_THAT(text, HasSubstr(name));
}

TEST(ToCpp, RecipesLieInTheNamespaceThatIsAskedFor) {
    CppOptions options;
    options.form = CppOptions::Form::program_json;
    options.name_space = "nightly";
    const std::string text = cpp(hello, options);
    EXPECT_THAT(text, HasSubstr("\nnamespace nightly {\n"));
    EXPECT_THAT(text, HasSubstr("\n}  // namespace nightly\n"));
    EXPECT_THAT(text, HasSubstr("tiphys::checked<nightly::hello_world>()"));
    EXPECT_EQ(recipe_names(read_documents(hello, "test")), std::vector<std::string>{"hello_world"});
}

TEST(ToCpp, ListsBecomeTheRecipesOfWhatTheyHold) {
    const std::string text =
        cpp("kind: List\nitems:\n- {kind: Secret, metadata: {name: a}}\n"
            "- {kind: WorkflowList, metadata: {}, items: [{metadata: {name: b}}]}\n");
    EXPECT_THAT(text, HasSubstr("auto a = [] {\n    return json_object(\"kind\", \"Secret\""));
    EXPECT_THAT(text, HasSubstr("auto b = [] {\n    return Workflow(\"b\")"));
    EXPECT_EQ(
        recipes_of(read_documents("kind: List\nitems: [{kind: List, items: [{kind: A}]}, {kind: B}]", "x"))
            .size(),
        2u);
}

TEST(ToCpp, NothingIsDroppedInSilence) {
    ReadOptions keep;
    keep.unknown_fields = UnknownFields::keep;
    try {
        to_cpp(read_documents(workflow("  entrypiont: x\n"), "test", keep));
        FAIL() << "an unknown member was lost";
    } catch (const std::invalid_argument& error) {
        EXPECT_STREQ(
            error.what(),
            "io.argoproj.workflow.v1alpha1.WorkflowSpec has no member \"entrypiont\", so no C++ can say it");
    }
}

}  // namespace
}  // namespace tiphys
