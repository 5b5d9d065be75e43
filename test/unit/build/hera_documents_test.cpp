// SPDX-License-Identifier: Apache-2.0
// What lib/build/HERA.md claims of documents as a whole, and of what several kinds share.
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/describe/class.hpp>

#include <filesystem>
#include <optional>

#include <tiphys/build/build.hpp>
#include <tiphys/build/contract.hpp>
#include <tiphys/build/defaults.hpp>
#include <tiphys/build/events.hpp>
#include <tiphys/build/k8s.hpp>
#include <tiphys/text/cpp.hpp>
#include <tiphys/text/diff.hpp>
#include <tiphys/text/documents.hpp>
#include <tiphys/text/text.hpp>

namespace tiphys::hera {

struct Asked {
    str text;  // std::string would leave clang with libstdc++ 12 without the defaults of the others
    std::optional<int> maybe;
    std::optional<int> known = 3;
};
BOOST_DESCRIBE_STRUCT(Asked, (), (text, maybe, known))
struct Given {
    long total = 0;
};
BOOST_DESCRIBE_STRUCT(Given, (), (total))

namespace {

std::string ids(const Workflow& workflow) {
    std::string text;
    for (const auto& one : validate(workflow))
        if (one.rule->severity == Severity::error) text += std::string(one.rule->id) + ' ';
    return text;
}

// All that Hera's `build()` collects while it builds stands in here.
TEST(HeraDocuments, SayTheSameAsOftenAsTheyAreAsked) {
    static int hooks = 0;
    Workflow workflow("a-");
    const auto claim = Claim("work").size("1Gi");
    workflow.entrypoint("main").volume_claim_templates(claim)
        .container("work", Container("b").command("c").contract<Asked, Given>().env("T", "{{inputs.parameters.text}}")
            .volume("/work", claim).volume("/tmp", k8s::Volume("tmp").empty_dir())
            .sidecars(UserContainer("side", "b").volume("/tmp", k8s::Volume("tmp").empty_dir()).volume("/work", claim)))
        .suspend("ask", Suspend().intermediate_parameter("approve"))
        .container("bye", Container("b").command("c")).on_exit("bye").hook("running", "bye", "workflow.status == 'Running'");
    workflow.dag("main").contract<nothing, Given>().gives<&Given::total>(output<&Given::total>("b"))
        .task("a", "work").with<&Asked::text>("x").hook("exit", "bye")
        .task("b", "work").with("text", each(output("a"))).with<&Asked::maybe>(std::optional(1))
        .task("c", "ask").after("b");
    workflow.apply(Defaults().before_building([](model::WorkflowSpec&, model::k8s::ObjectMeta&) { ++hooks; }));
    const std::string once = to_json(workflow);
    EXPECT_EQ(to_json(workflow), once);
    EXPECT_EQ(to_json(workflow.model()), once);
    EXPECT_EQ(to_yaml(workflow), to_yaml(workflow));
    EXPECT_EQ(read_json<model::Workflow>(once), workflow.model());
    EXPECT_EQ(hooks, 1) << "asking for the text builds nothing";
    EXPECT_EQ(workflow.model().spec.volumeClaimTemplates.size(), 1u);
    EXPECT_EQ(workflow.model().spec.templates[0].sidecars[0].volumeMounts.size(), 2u);
    EXPECT_EQ(workflow.model().spec.templates[0].inputs->parameters.size(), 3u);
}

// What is read is a model; builders go on from it.
TEST(HeraDocuments, GoOnFromWhatWasRead) {
    constexpr auto text = R"(
metadata: {generateName: nightly-, labels: {app: test}}
spec:
  entrypoint: main
  priority: 3
  templates:
  - name: main
    steps: [[{name: a, template: work}]]
)";
    Workflow workflow(read_yaml<model::Workflow>(text));
    workflow.label("team", "ours").priority(4).container("work", Container("busybox").command("true"));
    workflow.dag("other").task("x", "work").task("y", "main").after("x");
    EXPECT_EQ(ids(workflow), "");
    EXPECT_EQ(to_json(workflow.model().metadata), R"({"generateName":"nightly-","labels":{"app":"test","team":"ours"}})");
    EXPECT_EQ(workflow.model().kind, "Workflow");
    EXPECT_EQ(workflow.model().apiVersion, "argoproj.io/v1alpha1");
    EXPECT_EQ(*workflow.model().spec.priority, 4);
    ASSERT_EQ(workflow.model().spec.templates.size(), 3u);
    EXPECT_EQ(workflow.model().spec.templates[2].dag->tasks[1].depends, "x");

    const CronWorkflow cron = CronWorkflow(as_cron_workflow(workflow, "@daily").model()).schedule("@weekly").suspend("s");
    EXPECT_EQ(cron.model().spec.schedules, (list<str>{"@daily", "@weekly"}));
    EXPECT_EQ(cron.model().spec.workflowSpec.templates.size(), 4u);
    const WorkflowTemplate stored = WorkflowTemplate(as_workflow_template(workflow).model()).suspend("s");
    EXPECT_EQ(stored.model().spec.templates.size(), 4u);
    EXPECT_EQ(ClusterWorkflowTemplate(model::ClusterWorkflowTemplate()).suspend("s").model().spec.templates[0].name, "s");
    model::WorkflowEventBinding binding;
    binding.spec.event.selector = "true";
    EXPECT_EQ(to_json(WorkflowEventBinding(binding).submit("t").model().spec),
              R"({"event":{"selector":"true"},"submit":{"workflowTemplateRef":{"name":"t"}}})");
    // As C++ it is a builder from the start.
    const std::string code = to_cpp(read_documents("kind: Workflow" + std::string(text), "f"));
    EXPECT_NE(code.find("Workflow(\"nightly-\")"), std::string::npos) << code;
    EXPECT_NE(code.find(".steps(\"main\")"), std::string::npos) << code;
}

TEST(HeraDocuments, AreWrittenToFilesOfTheirNames) {
    const auto folder = std::filesystem::path(testing::TempDir()) / ("tiphys-hera-" + std::to_string(getpid()));
    const std::string below = (folder / "made" / "here").string();
    const Workflow workflow = Workflow("nightly-").entrypoint("m").suspend("m");
    const std::string path = write_file(below, workflow);
    EXPECT_EQ(path, below + "/nightly.yaml");
    EXPECT_EQ(read_text(path), to_yaml(workflow));
    EXPECT_EQ(write_file(below, WorkflowTemplate("stored").suspend("m")), below + "/stored.yaml");
    EXPECT_EQ(write_file(below, ClusterWorkflowTemplate("all"), "other"), below + "/other.yaml");
    EXPECT_EQ(write_file(below, as_cron_workflow(workflow, "@daily")), below + "/nightly.yaml") << "it is replaced";
    EXPECT_EQ(read_file(path)[0].kind, "CronWorkflow");
    EXPECT_EQ(write_file(below, WorkflowEventBinding("on-push")), below + "/on-push.yaml");
    EXPECT_EQ(write_file(below, workflow.model(), "model.yaml"), below + "/model.yaml");
    std::filesystem::remove_all(folder);
}

TEST(HeraDocuments, PullImagesWithSecretsByName) {
    Workflow workflow("a");
    workflow.image_pull_secrets("one").image_pull_secrets("two", "three")
        .image_pull_secrets(k8s::LocalObjectReference().name("four"));
    EXPECT_EQ(to_json(workflow.model().spec), R"({"imagePullSecrets":[{"name":"one"},{"name":"two"},{"name":"three"},{"name":"four"}]})");
    EXPECT_EQ(to_json(CronWorkflow("a").image_pull_secrets("one", "two").model().spec.workflowSpec.imagePullSecrets),
              R"([{"name":"one"},{"name":"two"}])");
}

// One class in all three places: nothing that was said is dropped, and what Argo cannot take is a mistake.
TEST(HeraDocuments, ParametersAreOfOneClassWhereverTheyStand) {
    const auto size = Parameter("size").value("s").enum_("s", "l").description("how large");
    const auto workflow = [](const model::Parameter& argument, const model::Parameter& input, const model::Parameter& result) {
        Workflow made("a-");
        made.entrypoint("main").parameter(argument)
            .container("work", Container("b").command("c", "{{inputs.parameters.size}}").input(input).output(result));
        made.dag("main").task("t", "work").with(input);
        return made;
    };
    const auto result = Parameter(size).name("result");
    const Workflow all = workflow(size, size, result);
    const auto& spec = all.model().spec;
    for (const model::Parameter& one : {spec.arguments->parameters[0], spec.templates[0].inputs->parameters[0],
                                        spec.templates[1].dag->tasks[0].arguments->parameters[0]})
        EXPECT_EQ(to_json(one), R"({"name":"size","description":"how large","enum":["s","l"],"value":"s"})");
    EXPECT_EQ(to_json(spec.templates[0].outputs->parameters[0]), R"({"name":"result","description":"how large","enum":["s","l"],"value":"s"})");
    EXPECT_EQ(ids(all), "");
    const auto from_file = Parameter("size").value_from(ValueFrom().path("/size"));
    EXPECT_EQ(ids(workflow(from_file, size, result)), "argument.value-from ");
    EXPECT_EQ(ids(workflow(size, Parameter("size").default_("s"), result)), "argument.no-value ") << "of the task";
    EXPECT_EQ(ids(workflow(size, size, Parameter(size).name("result").value_from(ValueFrom().path("/size")))), "output.value-and-value-from ");
}

TEST(HeraDocuments, ManifestsMayBeAnyDocument) {
    const auto workflow = Workflow("a").entrypoint("m").container("m", Container("b").command("x: {{p}}", "'q'"));
    const auto manifest_of = [](const auto& built) { return Resource("create").manifest(built).model().resource->manifest; };
    const CronWorkflow cron = as_cron_workflow(workflow, "@daily");
    EXPECT_EQ(read_yaml<model::CronWorkflow>(manifest_of(cron).view()), cron.model());
    const WorkflowTemplate stored = as_workflow_template(workflow);
    EXPECT_EQ(read_yaml<model::WorkflowTemplate>(manifest_of(stored).view()), stored.model());
    EXPECT_EQ(read_yaml<model::Workflow>(manifest_of(workflow.model()).view()), workflow.model());
}

TEST(HeraDocuments, MembersThatMayBeAbsentHaveADefault) {
    const auto made = Container("b").contract<Asked>();
    EXPECT_EQ(to_json(made.model().inputs->parameters), R"([{"name":"text"},{"name":"maybe","default":"null"},{"name":"known","default":"3"}])");
    const auto call = [](auto give) {
        Workflow workflow("a-");
        workflow.entrypoint("main").container("work", Container("b").command("{{inputs.parameters}}").contract<Asked>());
        auto task = workflow.dag("main").task("t", "work");
        give(task);
        return ids(workflow);
    };
    EXPECT_EQ(call([](auto& task) { task.template with<&Asked::text>("x"); }), "");
    EXPECT_EQ(call([](auto& task) { task.template with<&Asked::text>("x").template with<&Asked::maybe>(std::optional(2)); }), "");
    EXPECT_EQ(call([](auto& task) { task.template with<&Asked::maybe>(std::optional(2)); }), "arguments.missing ");
}

// What every kind of template has; a dag and steps become part of a document before they show it.
TEST(HeraDocuments, DagsAndStepsKeepWhatAllTemplatesHave) {
    const auto check = []<class Made>(Made made) {
        made.daemon(false).parallelism(0).pod_spec_patch("p").active_deadline_seconds(0)
            .label("on", "pod").annotation("on", "pod").annotations("workflows.argoproj.io/display-name", "node")
            .metrics(Metrics().prometheus(Prometheus("m").help("h").gauge(Gauge().value("1").operation("Add"))));
        const Workflow workflow = Workflow("a").template_("t", std::move(made));
        const model::Template& model = workflow.model().spec.templates[0];
        EXPECT_EQ(model.daemon, opt<bool>(false));
        EXPECT_EQ(model.parallelism, opt<std::int64_t>(0));
        EXPECT_EQ(model.podSpecPatch, "p");
        EXPECT_NE(to_json(model).find("\"activeDeadlineSeconds\":0"), std::string::npos);
        EXPECT_EQ(to_json(*model.metadata), R"({"annotations":{"on":"pod"},"labels":{"on":"pod"}})");
        EXPECT_EQ(*model.annotations.find("workflows.argoproj.io/display-name"), "node");
        EXPECT_EQ(model.metrics->prometheus[0].gauge->operation, "Add");
    };
    check(Dag());
    check(Steps());
}

template <class Made>
concept has_environment = requires(Made made) { made.env("A", "1"); };
template <class Made>
concept has_image = requires(Made made) { made.image("busybox"); };

TEST(HeraDocuments, SetsHaveNoContainerOfTheirOwn) {
    EXPECT_TRUE(has_environment<Container> && has_environment<ContainerNode>);
    EXPECT_TRUE(has_image<Container> && has_image<ContainerNode>);
    EXPECT_FALSE(has_environment<ContainerSet> || has_image<ContainerSet>);
}

int documents = 0;
int templates = 0;
Defaults counting() {
    return Defaults()
        .before_building([](model::WorkflowSpec&, model::k8s::ObjectMeta&) { ++documents; })
        .before_building([](model::Template&) { ++templates; });
}
constexpr auto nightly = []() -> CronWorkflow {
    return CronWorkflow("a").schedule("@daily").entrypoint("main").container("work", Container("b").command("c"))
        .dag("main").task("x", "work").task("y", Container("b").command("c"));
};
constexpr auto own_defaults = [] {
    CronWorkflow made = nightly();
    if (!std::is_constant_evaluated()) made.apply(counting());
    return made;
};

TEST(HeraDocuments, HooksAreCountedByWhoAppliesThem) {
    const auto count = [](auto build) {
        documents = templates = 0;
        build();
        return std::pair(documents, templates);
    };
    // Two templates of the document, and one inline.
    EXPECT_EQ(count([] { (void)checked<own_defaults>(); }), std::pair(1, 3));
    const DefaultsScope scope(counting());
    EXPECT_EQ(count([] { (void)checked<nightly>(); }), std::pair(1, 3));
    EXPECT_EQ(count([] { (void)to_json(nightly()); }), std::pair(0, 0)) << "without `checked` or `apply` nothing is filled in";
    EXPECT_EQ(count([] { (void)CronWorkflow(nightly()).apply(); }), std::pair(1, 3));
    // The recipe's own and the process's are two.
    EXPECT_EQ(count([] { (void)checked<own_defaults>(); }), std::pair(2, 6));
}

// What otherwise only tests of single words set, as a user would write it together; the golden file is the
// manifest as written by hand.
TEST(HeraDocuments, SayAllThatStandsTogetherInAManifest) {
    const auto probe = k8s::Probe().initial_delay_seconds(5).period_seconds(10);
    Workflow workflow = Workflow("train-")
        .namespace_("team").label("app", "train").annotation("owner", "ours")
        .entrypoint("main").on_exit("clean").service_account_name("runner").image_pull_secrets("registry")
        .parameter(Parameter("size").value("small").enum_("small", "large"))
        .affinity(k8s::Affinity().node_affinity(k8s::NodeAffinity().required_during_scheduling_ignored_during_execution(
            k8s::NodeSelector().node_selector_terms(k8s::NodeSelectorTerm().match_expressions(
                k8s::NodeSelectorRequirement().key("disk").operator_("In").values("ssd", "nvme"))))))
        .tolerations(k8s::Toleration().key("gpu").operator_("Exists").effect("NoSchedule"),
                     k8s::Toleration().key("spot").operator_("Equal").value("true").toleration_seconds(60))
        .security_context(k8s::PodSecurityContext().run_as_user(1000).run_as_non_root().fs_group(2000))
        .executor_plugins(ExecutorPlugin().metadata(k8s::ObjectMeta().name("hello")).spec(ExecutorPluginSpec().sidecar(ExecutorPluginSidecar()
            .automount_service_account_token().container(k8s::Container().name("hello").image("hello-plugin")
                .ports(k8s::ContainerPort().container_port(4355))
                .resources(k8s::ResourceRequirements().requests("cpu", "100m").limits("cpu", "200m"))
                .security_context(k8s::SecurityContext().run_as_user(8737))))))
        .artifact_gc(WorkflowLevelArtifactGC().strategy("OnWorkflowDeletion").force_finalizer_removal()
            .service_account_name("collector").pod_metadata(Metadata().labels("gc", "yes")))
        .ttl_strategy(TTLStrategy().seconds_after_success(3600).seconds_after_failure(86400))
        .pod_gc(PodGC().strategy("OnPodSuccess").delete_delay_duration("30s")
            .label_selector(k8s::LabelSelector().match_labels("keep", "no")))
        .host_aliases(k8s::HostAlias().ip("10.0.0.7").hostnames("db", "db.local"))
        .pod_spec_patch("terminationGracePeriodSeconds: 5\n")
        .synchronization(Synchronization().mutexes(Mutex("train")))
        .metrics(Metrics().prometheus(Prometheus("trained").help("How often").counter(Counter().value("1"))
            .labels(MetricLabel("size", "{{workflow.parameters.size}}"))))
        .volume_claim_gc(VolumeClaimGC().strategy("OnWorkflowCompletion"))
        .container("train", Container("trainer:1").command("train").args("--size", "{{inputs.parameters.size}}")
            .input("size").input(Artifact("code").path("/src").archive(ArchiveStrategy().none()).raw(RawArtifact("print()")))
            .output(Artifact("model").path("/model").archive(ArchiveStrategy().tar(TarStrategy().compression_level(9)))
                .artifact_gc(ArtifactGC().strategy("Never")).s3(S3Artifact().key("models/{{workflow.name}}")))
            .output(Artifact("logs").path("/logs").archive(ArchiveStrategy().zip()).optional())
            .liveness_probe(k8s::Probe(probe).http_get(k8s::HTTPGetAction().path("/live").port("http")))
            .readiness_probe(k8s::Probe(probe).tcp_socket(k8s::TCPSocketAction().port(8080)))
            .startup_probe(k8s::Probe().exec(k8s::ExecAction().command("cat", "/ready")).failure_threshold(30))
            .ports(k8s::ContainerPort().name("http").container_port(8080))
            .security_context(k8s::SecurityContext().read_only_root_filesystem().allow_privilege_escalation(false)
                .capabilities(k8s::Capabilities().drop("ALL")))
            .pod_security_context(k8s::PodSecurityContext().run_as_user(1001))
            .lifecycle(k8s::Lifecycle().pre_stop(k8s::LifecycleHandler().exec(k8s::ExecAction().command("flush"))))
            .request("memory", "1Gi").limit("nvidia.com/gpu", 1)
            .volume("/scratch", k8s::Volume("scratch").empty_dir())
            .volume("/data", Claim("data").size("10Gi"))
            .node_selector("zone", "a").pod_spec_patch("priority: 7\n").timeout("2h")
            .host_aliases(k8s::HostAlias().ip("10.0.0.8").hostnames("cache"))
            .tolerations(k8s::Toleration().operator_("Exists"))
            .retry_strategy(RetryStrategy().limit(3).retry_policy("OnError").expression("lastRetry.exitCode != '2'")
                .backoff(Backoff().duration("10s").factor(2).max_duration("5m")))
            .memoize(Memoize().key("{{inputs.parameters.size}}").max_age("1h").cache(
                Cache().config_map(CacheConfigMap().name("trained"))))
            .synchronization(Synchronization().semaphores(SemaphoreRef().config_map_key_ref(
                k8s::ConfigMapKeySelector("limits", "train"))))
            .metrics(Metrics().prometheus(
                Prometheus("duration").help("Seconds").when("{{status}} == Succeeded")
                    .histogram(Histogram().value("{{duration}}").buckets(1, 60, 3600)),
                Prometheus("running").help("Now").gauge(Gauge().realtime().value("{{duration}}")))))
        .container("clean", Container("busybox").command("true"));
    workflow.dag("main").task("t", "train").with("size", workflow_parameter("size"));
    EXPECT_EQ(ids(workflow), "");
    const auto path = std::filesystem::path(TIPHYS_SOURCE_DIR) / "test/golden/builder/composed.yaml";
    const auto wanted = std::get<model::Workflow>(read_file(path.string())[0].value);
    EXPECT_EQ(to_text(diff(wanted, workflow.model())), "");
    EXPECT_EQ(wanted, workflow.model());
}

}  // namespace
}  // namespace tiphys::hera
