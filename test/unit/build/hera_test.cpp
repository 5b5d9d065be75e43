// SPDX-License-Identifier: Apache-2.0
// What lib/build/HERA.md claims of the builder and no other test shows: each template kind, and what hangs on
// templates, as the JSON that they become.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include <tiphys/build/build.hpp>
#include <tiphys/build/defaults.hpp>
#include <tiphys/build/events.hpp>
#include <tiphys/build/expr.hpp>
#include <tiphys/build/json_value.hpp>
#include <tiphys/build/k8s.hpp>
#include <tiphys/model/generated/visit_events.hpp>
#include <tiphys/text/documents.hpp>
#include <tiphys/text/text.hpp>

namespace tiphys {
namespace {

/// The model is what the JSON says, and nothing more.
template <class Model>
void expect_json(const Model& made, std::string_view wanted) {
    EXPECT_EQ(to_json(made), to_json(read_json<Model>(wanted)));
}

std::string ids(const Workflow& workflow) {
    std::string text;
    for (const auto& one : validate(workflow)) text += std::string(one.rule->id) + ' ';
    return text;
}

TEST(HeraTemplates, AContainerSetMountsItsVolumes) {
    const auto set = ContainerSet()
        .label("app", "test")
        .volume("/work", k8s::Volume("work").empty_dir())
        .container_retry_strategy(ContainerSetRetryStrategy().retries(2))
        .retry_strategy(RetryStrategy().limit(1))
        .pod_security_context(k8s::PodSecurityContext().run_as_user(8737))
        .containers(ContainerNode("a", "alpine").command("true").env("A", "1"),
                    ContainerNode("b", "alpine").dependencies("a").volume("/own", k8s::Volume("own").empty_dir()));
    expect_json(set.model(), R"({
        "metadata": {"labels": {"app": "test"}}, "retryStrategy": {"limit": 1}, "securityContext": {"runAsUser": 8737},
        "volumes": [{"name": "work", "emptyDir": {}}, {"name": "own", "emptyDir": {}}],
        "containerSet": {
            "retryStrategy": {"retries": 2}, "volumeMounts": [{"name": "work", "mountPath": "/work"}],
            "containers": [
                {"name": "a", "image": "alpine", "command": ["true"], "env": [{"name": "A", "value": "1"}]},
                {"name": "b", "image": "alpine", "dependencies": ["a"],
                 "volumeMounts": [{"name": "own", "mountPath": "/own"}]}]}})");
    const Workflow twice = Workflow("a-").entrypoint("main").container_set("main",
        ContainerSet().containers(ContainerNode("a", "b").command("c"), ContainerNode("a", "b").command("c")));
    EXPECT_EQ(ids(twice), "container.duplicate-name ");
}

TEST(HeraTemplates, AResourceTakesAnotherBuilder) {
    const auto child = [] {
        return Workflow("child-").entrypoint("main").container(
            "main", Container("busybox").command("echo", "x: {{inputs.parameters.p}}", "'quoted'"));
    };
    const auto made = Resource("create").manifest(child()).set_owner_reference()
        .success_condition("status.phase == Succeeded").failure_condition("status.phase in (Failed, Error)");
    EXPECT_EQ(read_yaml<model::Workflow>(made.model().resource->manifest.view()), child().model());
    EXPECT_EQ(made.model().resource->setOwnerReference, opt<bool>(true));
    EXPECT_EQ(made.model().resource->successCondition, "status.phase == Succeeded");
    EXPECT_EQ(made.model().resource->failureCondition, "status.phase in (Failed, Error)");
    expect_json(Resource("patch").merge_strategy("json").flags("--dry-run").manifest("kind: Pod").model(),
                R"({"resource": {"action": "patch", "mergeStrategy": "json", "flags": ["--dry-run"], "manifest": "kind: Pod"}})");
    expect_json(Resource("apply").manifest_from(ManifestFrom().artifact(Artifact("m").path("/m"))).model(),
                R"({"resource": {"action": "apply", "manifestFrom": {"artifact": {"name": "m", "path": "/m"}}}})");
    EXPECT_EQ(ids(Workflow("a-").entrypoint("main").resource("main", Resource("make").manifest("kind: Pod"))),
              "resource.action ");
}

TEST(HeraTemplates, HttpDataAndPluginSayAllOfTheirKind) {
    expect_json(Http("http://localhost").method("POST").body("b").header("A", "b")
                    .header("T", from_secret("s", "k")).timeout_seconds(20)
                    .success_condition("response.statusCode == 201").insecure_skip_verify().model(),
                R"({"http": {"url": "http://localhost", "method": "POST", "body": "b", "timeoutSeconds": 20,
                    "headers": [{"name": "A", "value": "b"},
                                {"name": "T", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}],
                    "successCondition": "response.statusCode == 201", "insecureSkipVerify": true}})");
    expect_json(Data(ArtifactPaths("all").s3(S3Artifact().bucket("b").key("k")))
                    .transformation("filter(data, {# endsWith '.pdf'})", "map(data, {# + '.gz'})").model(),
                R"json({"data": {"source": {"artifactPaths": {"name": "all", "s3": {"bucket": "b", "key": "k"}}},
                    "transformation": [{"expression": "filter(data, {# endsWith '.pdf'})"},
                                       {"expression": "map(data, {# + '.gz'})"}]}})json");
    expect_json(Data(ArtifactPaths("all"))
                    .transformation(expr::filter(expr::name("data"), expr::it().ends_with(".pdf")).text()).model(),
                R"json({"data": {"source": {"artifactPaths": {"name": "all"}}, "transformation": [{"expression": "filter(data, # endsWith '.pdf')"}]}})json");
    expect_json(Plugin("hello", json_object("who", "me", "times", 2)).model(),
                R"({"plugin": {"hello": {"who": "me", "times": 2}}})");
}

TEST(HeraTemplates, ASuspendAsksForParameters) {
    const auto made = Suspend().duration("0").intermediate_parameter(Parameter("approve").default_("no").enum_("yes", "no"));
    constexpr auto wanted = R"({
        "inputs": {"parameters": [{"name": "approve", "default": "no", "enum": ["yes", "no"]}]},
        "outputs": {"parameters": [{"name": "approve", "valueFrom": {"supplied": {}}}]},
        "suspend": {"duration": "0"}})";
    expect_json(made.model(), wanted);
    const Workflow twice = Workflow("a-").suspend("one", made).suspend("two", made);
    for (const model::Template& each : twice.model().spec.templates) {
        EXPECT_EQ(each.inputs->parameters.size(), 1u);
        EXPECT_EQ(each.outputs->parameters.size(), 1u);
    }
}

TEST(HeraTemplates, EveryKindTakesWhatAllHaveInCommon) {
    const auto check = []<class Made>(Made made) {
        made.daemon(false).parallelism(0).pod_spec_patch("p").active_deadline_seconds(0).fail_fast(false)
            .annotation("on", "pod").annotations("workflows.argoproj.io/display-name", "node")
            .metrics(Metrics().prometheus(Prometheus("m").help("h").gauge(Gauge().value("1").operation("Add"))));
        const model::Template& model = made.model();
        EXPECT_EQ(model.daemon, opt<bool>(false));
        EXPECT_EQ(model.parallelism, opt<std::int64_t>(0));
        EXPECT_EQ(model.podSpecPatch, "p");
        EXPECT_EQ(model.failFast, opt<bool>(false));
        EXPECT_NE(to_json(model).find("\"activeDeadlineSeconds\":0"), std::string::npos);
        EXPECT_EQ(*model.metadata->annotations.find("on"), "pod");
        EXPECT_EQ(*model.annotations.find("workflows.argoproj.io/display-name"), "node");
        EXPECT_EQ(model.metrics->prometheus[0].gauge->operation, "Add");
    };
    check(Container("a"));
    check(Script("a"));
    check(ContainerSet());
    check(Suspend());
    check(Resource("get"));
    check(Http("u"));
    check(Data());
    check(Plugin(json::object()));
}

template <class Given>
concept is_output = requires(Container made, Given given) { made.output(given); };
template <class Given>
concept is_input = requires(Container made, Given given) { made.input(given); };
template <class Given>
concept is_variable = requires(Container made, Given given) { made.env(given); };
template <class Given>
concept is_value_of_a_variable = requires(Container made, Given given) { made.env("A", given); };
struct Other {};

TEST(HeraContainers, OtherTypesDoNotCompile) {
    EXPECT_TRUE(is_output<Artifact> && is_output<model::Parameter>);
    EXPECT_FALSE(is_output<int> || is_output<Other> || is_output<k8s::EnvVar>);
    EXPECT_TRUE(is_input<Artifact> && is_input<Parameter> && is_input<const char*>);
    EXPECT_FALSE(is_input<int> || is_input<Other>);
    EXPECT_TRUE(is_variable<k8s::EnvVar> && is_variable<model::k8s::EnvVar>);
    EXPECT_FALSE(is_variable<int> || is_variable<Other> || is_variable<Artifact>);
    EXPECT_TRUE(is_value_of_a_variable<int> && is_value_of_a_variable<model::k8s::EnvVarSource>);
    EXPECT_FALSE(is_value_of_a_variable<Other> || is_value_of_a_variable<Artifact>);
}

TEST(HeraContainers, EnvironmentsComeFromAnywhere) {
    const auto made = Container("a")
        .input(Artifact("data").path("/data")).input("who")
        .env("A", "1").env("B", 2).env("C", true).env("WHO", "{{inputs.parameters.who}}")
        .env("S", from_secret("s", "k")).env("M", from_config_map("m", "k"))
        .env("F", from_field("status.podIP")).env("R", from_resource("limits.cpu")).env(k8s::EnvVar("X", "y"))
        .env_from_secret("s").env_from_config_map("m", "P_");
    expect_json(*made.model().container, R"({"image": "a",
        "env": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}, {"name": "C", "value": "true"},
                {"name": "WHO", "value": "{{inputs.parameters.who}}"},
                {"name": "S", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}},
                {"name": "M", "valueFrom": {"configMapKeyRef": {"name": "m", "key": "k"}}},
                {"name": "F", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}},
                {"name": "R", "valueFrom": {"resourceFieldRef": {"resource": "limits.cpu"}}},
                {"name": "X", "value": "y"}],
        "envFrom": [{"secretRef": {"name": "s"}}, {"configMapRef": {"name": "m"}, "prefix": "P_"}]})");
    expect_json(*made.model().inputs,
                R"({"artifacts": [{"name": "data", "path": "/data"}], "parameters": [{"name": "who"}]})");
    EXPECT_EQ(ids(Workflow("a-").entrypoint("main").container(
                  "main", Container("a").command("c").env("WHO", "{{inputs.parameters.who}}"))),
              "variable.unknown ");
}

TEST(HeraContainers, ResourcesAreRequestsAndLimits) {
    expect_json(*Container("a").request("cpu", "500m").request("memory", "1G").request("ephemeral-storage", 1073741824)
                     .limit("cpu", 1).limit("memory", "{{inputs.parameters.memory}}")
                     .limit("nvidia.com/gpu", 1).request("nvidia.com/gpu", 1).limit("example.com/fpga", 2)
                     .model().container,
                R"({"image": "a", "resources": {
                    "requests": {"cpu": "500m", "memory": "1G", "ephemeral-storage": "1073741824", "nvidia.com/gpu": "1"},
                    "limits": {"cpu": "1", "memory": "{{inputs.parameters.memory}}", "nvidia.com/gpu": "1",
                               "example.com/fpga": "2"}}})");
}

TEST(HeraContainers, SidecarsBringTheirVolumes) {
    const auto side = UserContainer("side", "alpine").command("sleep").restart_policy("Always").mirror_volume_mounts()
        .resize_policy(k8s::ContainerResizePolicy().resource_name("cpu").restart_policy("NotRequired")).env("A", "1").request("cpu", 1)
        .volume("/tmp", k8s::Volume("tmp").empty_dir());
    const auto made = Container("a").volume("/work", k8s::Volume("tmp").empty_dir())
        .sidecars(side).init_containers(UserContainer("first", "alpine"), UserContainer("second", "alpine"));
    constexpr auto wanted = R"({
        "container": {"image": "a", "volumeMounts": [{"name": "tmp", "mountPath": "/work"}]},
        "volumes": [{"name": "tmp", "emptyDir": {}}],
        "sidecars": [{"name": "side", "image": "alpine", "command": ["sleep"], "restartPolicy": "Always",
                      "mirrorVolumeMounts": true, "env": [{"name": "A", "value": "1"}],
                      "resources": {"requests": {"cpu": "1"}},
                      "resizePolicy": [{"resourceName": "cpu", "restartPolicy": "NotRequired"}],
                      "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}]}],
        "initContainers": [{"name": "first", "image": "alpine"}, {"name": "second", "image": "alpine"}]})";
    expect_json(made.model(), wanted);
    const Workflow workflow = Workflow("a-").container("main", made);
    const std::string once = to_yaml(workflow);
    EXPECT_EQ(to_yaml(workflow), once);
}

TEST(HeraVolumes, AMountIsMadeWithItsVolume) {
    const auto made = Script("a")
        .volume("/image", k8s::Volume("image").image(k8s::ImageVolumeSource().reference("r")),
                k8s::VolumeMount("").read_only().recursive_read_only("Enabled").sub_path("s").mount_propagation("None"))
        .volume("/etc/x", k8s::Volume("settings").config_map(k8s::ConfigMapVolumeSource().name("of-the-team")))
        .volume("/old", k8s::Volume("old").persistent_volume_claim(k8s::PersistentVolumeClaimVolumeSource().claim_name("claim")))
        .mount("/shared", "of-the-workflow");
    expect_json(made.model().volumes, R"([{"name": "image", "image": {"reference": "r"}},
        {"name": "settings", "configMap": {"name": "of-the-team"}},
        {"name": "old", "persistentVolumeClaim": {"claimName": "claim"}}])");
    expect_json(made.model().script->volumeMounts, R"([
        {"name": "image", "mountPath": "/image", "readOnly": true, "recursiveReadOnly": "Enabled", "subPath": "s",
         "mountPropagation": "None"},
        {"name": "settings", "mountPath": "/etc/x"}, {"name": "old", "mountPath": "/old"},
        {"name": "of-the-workflow", "mountPath": "/shared"}])");
}

TEST(HeraVolumes, AClaimIsMadeOnce) {
    const auto claim = Claim("work").size("1Gi").access_modes("ReadWriteMany").storage_class_name("fast");
    const Workflow workflow = Workflow("a-").entrypoint("one")
        .volume_claim_templates(claim)
        .container("one", Container("b").command("c").volume("/data", claim))
        .script("two", Script("b").command("c").source("d").volume("/data", claim));
    expect_json(workflow.model().spec.volumeClaimTemplates, R"([{"metadata": {"name": "work"}, "spec": {
        "accessModes": ["ReadWriteMany"], "storageClassName": "fast", "resources": {"requests": {"storage": "1Gi"}}}}])");
    EXPECT_EQ(workflow.model().spec.templates[1].script->volumeMounts[0].name, "work");
    expect_json(model::k8s::PersistentVolumeClaim(Claim("plain").size("1Gi")),
                R"({"metadata": {"name": "plain"}, "spec": {"accessModes": ["ReadWriteOnce"],
                    "resources": {"requests": {"storage": "1Gi"}}}})");
}

TEST(HeraVolumes, EqualClaimsAreOneAndOthersAMistake) {
    const auto make = [](auto first, auto second, auto claims) {
        Workflow workflow("a-");
        workflow.entrypoint("one").container("one", Container("b").command("c").volume("/data", first));
        workflow.volume_claim_templates(claims).script("two", Script("b").command("c").source("d").volume("/data", second));
        return workflow;
    };
    const auto claim = Claim("work").size("1Gi"), larger = Claim("work").size("2Gi");
    EXPECT_EQ(ids(make(claim, claim, claim)), "");
    EXPECT_EQ(make(claim, claim, claim).model().spec.volumeClaimTemplates.size(), 1u);
    EXPECT_EQ(ids(make(claim, larger, claim)), "volume-claim.duplicate-name ");
    EXPECT_EQ(ids(make(claim, claim, larger)), "volume-claim.duplicate-name ");
    // What one call lists stands as it is listed, beside what templates have brought.
    EXPECT_EQ(Workflow("a-").volume_claim_templates(claim, larger, claim).model().spec.volumeClaimTemplates.size(), 3u);
    Workflow listed("a-");
    listed.entrypoint("m").container("m", Container("b").command("c").volume("/data", claim));
    listed.volume_claim_templates(claim, Claim("other").size("1Gi"));
    EXPECT_EQ(listed.model().spec.volumeClaimTemplates.size(), 2u);
    EXPECT_EQ(ids(listed), "");
    const auto volume = k8s::Volume("tmp").empty_dir();
    const auto with = [](k8s::Volume other) {
        return ids(Workflow("a-").entrypoint("m").container("m", Container("b").command("c")
            .volume("/a", k8s::Volume("tmp").empty_dir()).sidecars(UserContainer("s", "b").volume("/b", other))));
    };
    EXPECT_EQ(with(k8s::Volume("tmp").empty_dir()), "");
    EXPECT_EQ(with(k8s::Volume("tmp").host_path(k8s::HostPathVolumeSource().path("/tmp"))), "volume.duplicate-name ");
}

TEST(HeraFlow, ReferencesAreArgosVariables) {
    const auto text = [](const Reference& one) { return one.text("tasks.").string(); };
    EXPECT_EQ(text(output("a")), "{{tasks.a.outputs.result}}");
    EXPECT_EQ(text(output("a", "o")), "{{tasks.a.outputs.parameters.o}}");
    EXPECT_EQ(text(output_parameters("a")), "{{tasks.a.outputs.parameters}}");
    EXPECT_EQ(text(output_artifact("a", "f")), "{{tasks.a.outputs.artifacts.f}}");
    EXPECT_EQ(text(status_of("a")), "{{tasks.a.status}}");
    EXPECT_EQ(text(exit_code_of("a")), "{{tasks.a.exitCode}}");
    EXPECT_EQ(text(ip_of("a")), "{{tasks.a.ip}}");
    EXPECT_EQ(text(input("i")), "{{inputs.parameters.i}}");
    EXPECT_EQ(text(input_artifact("i")), "{{inputs.artifacts.i}}");
    EXPECT_EQ(text(workflow_parameter("p")), "{{workflow.parameters.p}}");
    EXPECT_EQ(text(item()), "{{item}}");
    EXPECT_EQ(text(item("os")), "{{item.os}}");
    // The rest is text, and judged as such.
    const auto with = [](std::string_view given) {
        return ids(Workflow("a-").entrypoint("main").parameter("p", "1")
            .container("work", Container("b").command("echo", "{{inputs.parameters.x}}").input("x"))
            .dag("main").task("a", "work").with("x", "1").task("b", "work").after("a").with("x", given).workflow());
    };
    EXPECT_EQ(with("{{tasks.a.id}} {{tasks.a.startedAt}} {{tasks.a.finishedAt}} {{workflow.parameters.p}}"), "");
    EXPECT_EQ(with("{{tasks.a.began}}"), "variable.unknown ");
    EXPECT_EQ(with("{{workflow.parameters.q}}"), "variable.unknown ");
}

TEST(HeraFlow, TasksHaveOutputsWhateverTheyRun) {
    const auto with = [](std::string_view task, std::string_view name) {
        return ids(Workflow("a-").entrypoint("main")
            .container("work", Container("b").command("echo", "{{inputs.parameters.x}}").input("x"))
            .dag("main")
                .task("stored", ref("library", "t"))
                .task("inline", Container("b").command("c").output("o", "/o"))
                .task("last", "work").with("x", output(task, name)).workflow());
    };
    EXPECT_EQ(with("stored", "o"), "");
    EXPECT_EQ(with("inline", "o"), "");
    EXPECT_EQ(with("other", "o"), "variable.unknown ");
}

TEST(HeraFlow, LoopItemsKeepTheirTypes) {
    const Workflow workflow = Workflow("a-").steps("main").step("a", "t").with("os", item("os"))
        .with_items("text", 2, true, json(nullptr), json_array(1, "b"), json_object("os", "debian"));
    EXPECT_EQ(to_json(workflow.model().spec.templates[0].steps[0][0].withItems),
              R"(["text",2,true,null,[1,"b"],{"os":"debian"}])");
    EXPECT_EQ(workflow.model().spec.templates[0].steps[0][0].arguments->parameters[0].value, "{{item.os}}");
}

TEST(HeraEntities, AreComparedAsModels) {
    const auto make = [](std::string_view image) {
        return CronWorkflow("a").schedule("@daily").entrypoint("m").container("m", Container(image));
    };
    EXPECT_EQ(make("b").model(), make("b").model());
    EXPECT_NE(make("b").model(), make("c").model());
    EXPECT_EQ(as_workflow_template(Workflow("a")).model(), as_workflow_template(Workflow("a")).model());
}

TEST(HeraEntities, AreWrittenToFilesAndReadAgain) {
    const Workflow workflow = Workflow("a-").entrypoint("m").script("m", Script("b").command("sh").source("one\ntwo\n"));
    const auto path = std::filesystem::temp_directory_path() / ("tiphys-hera-" + std::to_string(getpid()) + ".yaml");
    (std::ofstream(path) << workflow << "---\n" << as_cron_workflow(Workflow("b").entrypoint("m").suspend("m"), "@daily")).flush();
    const Documents read = read_file(path.string());
    std::filesystem::remove(path);
    ASSERT_EQ(read.size(), 2u);
    EXPECT_EQ(std::get<model::Workflow>(read[0].value), workflow.model());
    EXPECT_EQ(std::get<model::CronWorkflow>(read[1].value).spec.schedules, list<str>{"@daily"});
}

TEST(HeraEntities, HooksRunOncePerDocument) {
    static int documents = 0;
    static int templates = 0;
    const auto ours = Defaults()
        .before_building([](model::WorkflowSpec&, model::k8s::ObjectMeta&) { ++documents; })
        .before_building([](model::Template& made) {
            ++templates;
            made.container->image = "chosen-by-a-function";
        });
    CronWorkflow cron("a");
    cron.schedule("@daily").entrypoint("m").container("m", Container().command("c")).apply(ours);
    EXPECT_EQ(documents, 1);
    EXPECT_EQ(templates, 1);
    EXPECT_EQ(cron.model().spec.workflowSpec.templates[0].container->image, "chosen-by-a-function");
}

TEST(HeraEntities, EventSourcesAndSensorsAreDocuments) {
    const model::events::EventSource source = events::EventSource("hook").namespace_("team").spec(
        events::EventSourceSpec().webhook("push", events::WebhookEventSource().endpoint("/push").port("12000").method("POST")));
    expect_json(source, R"({"apiVersion": "argoproj.io/v1alpha1", "kind": "EventSource",
        "metadata": {"name": "hook", "namespace": "team"},
        "spec": {"webhook": {"push": {"endpoint": "/push", "port": "12000", "method": "POST"}}}})");
    const model::events::Sensor sensor = events::Sensor("on-push").spec(events::SensorSpec()
        .dependencies(events::EventDependency().name("push").event_source_name("hook").event_name("push"))
        .triggers(events::Trigger().template_(events::TriggerTemplate().argo_workflow(
            events::ArgoWorkflowTrigger().operation("submit")))));
    EXPECT_EQ(sensor.spec->dependencies[0].eventSourceName, "hook");
    EXPECT_EQ(sensor.spec->triggers[0].template_->argoWorkflow->operation, "submit");
}

}  // namespace
}  // namespace tiphys
