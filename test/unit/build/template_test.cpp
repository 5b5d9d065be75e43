// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/build.hpp>
#include <tiphys/build/k8s.hpp>

#include <gtest/gtest.h>

#include <stdexcept>

namespace tiphys {
namespace {

k8s::Volume scratch() { return k8s::Volume("work").empty_dir(); }

TEST(Templates, MountAVolumeWithTheStatementThatMakesIt) {
    const auto made = Container("alpine")
                          .volume("/data", scratch())
                          .mount("/shared", "of-the-workflow")
                          .volume("/read", k8s::Volume("config").config_map(k8s::ConfigMapVolumeSource().name("c")),
                                  k8s::VolumeMount("").read_only())
                          .sidecars(UserContainer("log", "busybox").volume("/in", scratch()))
                          .init_containers(UserContainer("first").volume("/first", k8s::Volume("more").empty_dir()));
    const model::Template& model = made.model();
    ASSERT_EQ(model.volumes.size(), 3u) << "the volume that two containers share is one";
    EXPECT_EQ(model.volumes[2].name, "more");
    ASSERT_EQ(model.container->volumeMounts.size(), 3u);
    EXPECT_EQ(model.container->volumeMounts[0].mountPath, "/data");
    EXPECT_EQ(model.container->volumeMounts[0].name, "work");
    EXPECT_EQ(model.container->volumeMounts[1].name, "of-the-workflow");
    EXPECT_EQ(model.container->volumeMounts[2].name, "config");
    EXPECT_TRUE(*model.container->volumeMounts[2].readOnly);
    EXPECT_EQ(model.sidecars[0].volumeMounts[0].mountPath, "/in");
    EXPECT_EQ(model.sidecars[0].image, "busybox");
    EXPECT_EQ(model.initContainers[0].volumeMounts[0].name, "more");
}

TEST(Templates, KeepVolumesOfOneNameThatDiffer) {
    const auto made = Container("alpine").volume("/a", scratch()).volume(
        "/b", k8s::Volume("work").empty_dir(k8s::EmptyDirVolumeSource().medium("Memory")));
    EXPECT_EQ(made.model().volumes.size(), 2u) << "neither may be lost in silence";
}

TEST(Templates, GiveClaimsToTheWorkflowOnce) {
    const auto claim = Claim("disk").size("1Gi").access_modes("ReadWriteMany").storage_class_name("fast");
    const Workflow workflow = Workflow("claims-")
        .entrypoint("main")
        .container("a", Container("alpine").volume("/a", claim))
        .script("b", Script("python").source("x").volume("/b", claim))
        .container_set("c", ContainerSet().containers(ContainerNode("n", "alpine").volume("/c", claim)))
        .container("d", Container("alpine").sidecars(UserContainer("s", "alpine").volume("/d", Claim("other").size("2Gi"))))
        .dag("main").task("i", Container("alpine").volume("/i", Claim("third").size("3Gi")));
    const auto& claims = workflow.model().spec.volumeClaimTemplates;
    ASSERT_EQ(claims.size(), 3u);
    EXPECT_EQ(claims[0].metadata->name, "disk");
    EXPECT_EQ(*claims[0].spec->resources->requests.find("storage"), "1Gi");
    EXPECT_EQ(claims[0].spec->accessModes[0], "ReadWriteMany");
    EXPECT_EQ(claims[0].spec->accessModes.size(), 1u);
    EXPECT_EQ(claims[0].spec->storageClassName, "fast");
    EXPECT_EQ(claims[1].metadata->name, "other");
    EXPECT_EQ(claims[1].spec->accessModes[0], "ReadWriteOnce");
    EXPECT_EQ(claims[2].metadata->name, "third") << "of a template that a task holds";
}

TEST(Templates, LoseNoClaimWhereNoWorkflowTakesIt) {
    const auto made = Template().sidecars(UserContainer("s", "alpine").volume("/d", Claim("disk").size("1Gi")));
    EXPECT_THROW((void)static_cast<model::Template>(made), std::logic_error);
    const Workflow workflow =
        Workflow("defaults-").template_defaults(Template().retry_strategy(RetryStrategy().limit(2)));
    EXPECT_EQ(workflow.model().spec.templateDefaults->retryStrategy->limit.as_int(), 2);
}

TEST(Templates, TakeVariablesFromEverywhere) {
    const auto made = Container("alpine")
                          .env("A", 1)
                          .env("B", from_secret("keys", "b"))
                          .env("C", from_config_map("map", "c"))
                          .env("D", from_field("status.podIP"))
                          .env("E", from_resource("limits.cpu"))
                          .env(k8s::EnvVar("F", "f"), k8s::EnvVar("G"))
                          .env_from_secret("all", "X_")
                          .env_from_config_map("more");
    const auto& container = *made.model().container;
    ASSERT_EQ(container.env.size(), 7u);
    EXPECT_EQ(container.env[0].value, "1");
    EXPECT_EQ(container.env[1].valueFrom->secretKeyRef->name, "keys");
    EXPECT_EQ(container.env[1].valueFrom->secretKeyRef->key, "b");
    EXPECT_EQ(container.env[2].valueFrom->configMapKeyRef->key, "c");
    EXPECT_EQ(container.env[3].valueFrom->fieldRef->fieldPath, "status.podIP");
    EXPECT_EQ(container.env[4].valueFrom->resourceFieldRef->resource, "limits.cpu");
    EXPECT_EQ(container.env[5].value, "f");
    EXPECT_FALSE(container.env[6].value.has_value());
    ASSERT_EQ(container.envFrom.size(), 2u);
    EXPECT_EQ(container.envFrom[0].secretRef->name, "all");
    EXPECT_EQ(container.envFrom[0].prefix, "X_");
    EXPECT_EQ(container.envFrom[1].configMapRef->name, "more");
    EXPECT_FALSE(container.envFrom[1].prefix.has_value());
}

TEST(Templates, TakeVariablesFromReferences) {
    constexpr auto recipe = [] {
        return Workflow("a-").parameter("day", "monday").entrypoint("main", Container("b").command("c").input("who", "me")
            .env("WHO", input("who")).env("DAY", workflow_parameter("day")).env("NONE", nullptr));
    };
    const Workflow workflow = checked<recipe>();
    const auto& env = workflow.model().spec.templates[0].container->env;
    EXPECT_EQ(env[0].value, "{{inputs.parameters.who}}");
    EXPECT_EQ(env[1].value, "{{workflow.parameters.day}}");
    EXPECT_EQ(env[2].value, "null");
    EXPECT_EQ(validate(Workflow("a-").entrypoint("main", Container("b").command("c").env("WHO", input("who"))))[0].rule->id,
              "variable.unknown");
}

TEST(Templates, AskForResources) {
    const auto made = Container("alpine").request("cpu", 2).request("memory", "64Mi").limit("memory", "1Gi");
    const auto& resources = *made.model().container->resources;
    EXPECT_EQ(*resources.requests.find("cpu"), "2");
    EXPECT_EQ(*resources.requests.find("memory"), "64Mi");
    EXPECT_EQ(*resources.limits.find("memory"), "1Gi");
}

TEST(Templates, HoldManifestsAsTextAndAsBuilders) {
    EXPECT_EQ(Resource("create").manifest("kind: Pod").model().resource->manifest, "kind: Pod");
    const auto inner = [] { return Workflow("inner-").entrypoint("m").container("m", Container("b").command("{{x}}")); };
    const auto built = Resource("create").manifest(inner()).success_condition("status.phase == Succeeded");
    EXPECT_EQ(built.model().resource->manifest, to_json(inner()));
    EXPECT_EQ(built.model().resource->successCondition, "status.phase == Succeeded");
    const auto as_model = Resource("create").manifest(inner().model());
    EXPECT_EQ(as_model.model().resource->manifest, to_json(inner()));
    const auto claim = Resource("create").manifest(Claim("disk").size("1Gi"));
    EXPECT_NE(claim.model().resource->manifest.view().find(R"("storage":"1Gi")"), std::string_view::npos);
}

TEST(Templates, WaitForParametersOfAPerson) {
    const auto made = Suspend().duration(20).intermediate_parameter("plain").intermediate_parameter(
        Parameter("approve").default_("no").enum_("yes", "no").description("go on?"));
    const model::Template& model = made.model();
    EXPECT_EQ(model.suspend->duration, "20");
    ASSERT_EQ(model.inputs->parameters.size(), 2u);
    EXPECT_EQ(model.inputs->parameters[1].enum_.size(), 2u);
    EXPECT_EQ(model.inputs->parameters[1].default_, "no");
    ASSERT_EQ(model.outputs->parameters.size(), 2u);
    EXPECT_EQ(model.outputs->parameters[1].name, "approve");
    EXPECT_TRUE(model.outputs->parameters[1].valueFrom->supplied.has_value());
    EXPECT_FALSE(model.outputs->parameters[1].default_.has_value());
}

TEST(Templates, SendRequestsAndListFiles) {
    const auto http = Http("https://argo.example").method("PUT").header("A", "b").header(
        "Authorization", from_secret("tokens", "argo"));
    EXPECT_EQ(http.model().http->url, "https://argo.example");
    EXPECT_EQ(http.model().http->headers[1].valueFrom->secretKeyRef->key, "argo");
    const auto data = Data(ArtifactPaths("all").s3(S3Artifact().bucket("b")))
                          .transformation("filter(data, {# endsWith '.pdf'})", TransformationStep("map(data, {#})"));
    EXPECT_EQ(data.model().data->source.artifactPaths->s3->bucket, "b");
    ASSERT_EQ(data.model().data->transformation.size(), 2u);
    EXPECT_EQ(data.model().data->transformation[1].expression, "map(data, {#})");
    EXPECT_EQ(write_json(Plugin("hello", json(1)).model()), R"({"plugin":{"hello":1}})");
}

TEST(Templates, RunSeveralContainersInOnePod) {
    const auto made = ContainerSet()
                          .containers(ContainerNode("a", "alpine").command("true"),
                                      ContainerNode("b").image("alpine").dependencies("a"))
                          .volume("/work", scratch())
                          .container_retry_strategy(ContainerSetRetryStrategy().retries(3))
                          .retry_strategy(RetryStrategy().limit(1))
                          .output("o", "/tmp/o");
    const auto& set = *made.model().containerSet;
    ASSERT_EQ(set.containers.size(), 2u);
    EXPECT_EQ(set.containers[1].dependencies[0], "a");
    EXPECT_EQ(set.volumeMounts[0].mountPath, "/work");
    EXPECT_EQ(set.retryStrategy->retries.as_int(), 3);
    EXPECT_EQ(made.model().retryStrategy->limit.as_int(), 1);
    EXPECT_EQ(made.model().volumes.size(), 1u);
}

TEST(Templates, OrderTheContainersOfASet) {
    const auto order = [](const ContainerSet& set) {
        std::string all;
        for (const auto& one : set.model().containerSet->containers) {
            all += one.name.string() + '(';
            for (const auto& name : one.dependencies) all += name.string();
            all += ") ";
        }
        return all;
    };
    const auto node = [](const char* name) { return ContainerNode(name, "alpine").command("true"); };
    const auto a = node("a"), b = node("b"), c = node("c"), d = node("d");
    EXPECT_EQ(order(ContainerSet().containers(a >> b >> c)), "a() b(a) c(b) ");
    EXPECT_EQ(order(ContainerSet().containers(a >> (b, c) >> d)), "a() b(a) c(a) d(bc) ");
    EXPECT_EQ(order(ContainerSet().containers((a, b) >> c).containers(d)), "a() b() c(ab) d() ");
    EXPECT_EQ(order(ContainerSet().containers((a >> c, b >> c))), "a() c(ab) b() ");
    EXPECT_EQ(order(ContainerSet().containers((a >> b, a >> c >> d, b >> d))), "a() b(a) c(a) d(cb) ");
    EXPECT_EQ(order(ContainerSet().containers(node("x").dependencies("a") >> a)), "x(a) a(x) ");
    constexpr auto recipe = [] {
        const auto claim = ContainerNode("a", "alpine").command("true").volume("/x", Claim("x").size("1Gi"));
        return Workflow("a-").entrypoint("main", ContainerSet().containers(claim >> ContainerNode("main", "alpine").command("true")));
    };
    EXPECT_EQ(checked<recipe>().model().spec.volumeClaimTemplates.size(), 1u);
    // Two that differ stay two.
    const auto twice = validate(Workflow("a-").entrypoint("main", ContainerSet().containers((a >> b, ContainerNode("a", "other") >> b))));
    ASSERT_FALSE(twice.empty());
    EXPECT_EQ(twice[0].rule->id, "container.duplicate-name");
}

TEST(Templates, AddToListsAndRememberLines) {
    auto made = Container("alpine").tolerations(k8s::Toleration().key("a"), k8s::Toleration().key("b"));
    made.tolerations(k8s::Toleration().key("c"));
    const int here = __LINE__ + 1;
    made.node_selector("disk", "ssd").pod_spec_patch("{}");
    ASSERT_EQ(made.model().tolerations.size(), 3u);
    EXPECT_EQ(made.model().tolerations[2].key, "c");
    const auto state = std::move(made).release();
    EXPECT_EQ(state.sites.back().where.line(), static_cast<unsigned>(here));
    EXPECT_EQ(std::string_view(state.sites.back().field), "podSpecPatch");
}

constexpr bool compiles() {
    const auto made = Container("alpine")
                          .volume("/data", k8s::Volume("work").empty_dir())
                          .volume("/more", Claim("c").size("1Gi"))
                          .env("X", from_secret("s", "k"))
                          .sidecars(UserContainer("s", "nginx").volume("/data", k8s::Volume("work").empty_dir()))
                          .input(Artifact("x").path("/y").archive(ArchiveStrategy().none()))
                          .input(Parameter("z").enum_("a", 1, true))
                          .output(Artifact("r").path("/r"))
                          .metrics(Metrics().prometheus(
                              Prometheus("m").help("h").histogram(Histogram().buckets(1, 2).value("3"))))
                          .synchronization(Synchronization().mutexes(Mutex("m")))
                          .memoize(Memoize().key("k").max_age("1h").cache(Cache()))
                          .active_deadline_seconds(60)
                          .daemon();
    const model::Template& model = made.model();
    return model.volumes.size() == 1 && model.container->volumeMounts.size() == 2 &&
           model.metrics->prometheus[0].histogram->buckets.size() == 2 &&
           model.inputs->parameters[0].enum_.size() == 3 && *model.daemon &&
           model.inputs->artifacts[0].archive->none.has_value();
}
static_assert(compiles(), "the compiler can run all of them");

}  // namespace
}  // namespace tiphys
