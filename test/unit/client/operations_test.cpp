// SPDX-License-Identifier: Apache-2.0
#include "client/operations.hpp"

#include <tiphys/model/generated/events.hpp>
#include <tiphys/model/operations.hpp>
#include <tiphys/text/text.hpp>

#include <boost/json/parse.hpp>

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "client/artifact_operations.hpp"
#include "client/service_operations.hpp"
#include "client/stored_operations.hpp"
#include "expect_error.hpp"

namespace tiphys::client_detail {
namespace {

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(at);
        parts.push_back(text.substr(0, end));
        if (end == text.npos) return parts;
        text.remove_prefix(end + 1);
    }
}

/// The operations that the test has called.
std::set<std::string_view>& called() {
    static std::set<std::string_view> ids;
    return ids;
}

/// Whether Argo's interface has such an operation: method, path, names of the query, stream or not.
const model::operation& expect_known(const Request& request, const char* id, bool stream = false) {
    const model::operation* known = model::find_operation(id);
    if (known == nullptr) {
        ADD_FAILURE() << id;
        static const model::operation none{};
        return none;
    }
    called().insert(known->id);
    EXPECT_EQ(request.method, known->method) << id;
    EXPECT_EQ(stream, known->stream) << id;
    EXPECT_EQ(request.body.empty(), known->body.empty()) << id;
    const auto question = request.target.find('?');
    const auto segments = split(std::string_view(request.target).substr(0, question), '/');
    const auto pattern = split(known->path, '/');
    EXPECT_EQ(segments.size(), pattern.size()) << request.target;
    for (std::size_t i = 0; i < std::min(segments.size(), pattern.size()); ++i)
        if (!pattern[i].starts_with('{')) {
            EXPECT_EQ(segments[i], pattern[i]) << request.target;
        }
    if (question == std::string::npos) return *known;
    for (const auto pair : split(std::string_view(request.target).substr(question + 1), '&')) {
        const auto name = pair.substr(0, pair.find('='));
        EXPECT_TRUE(std::find(known->query.begin(), known->query.end(), name) != known->query.end())
            << request.target << ": " << name;
    }
    return *known;
}

/// The same for one with a body: it is a value of the type that Argo's interface names, and has no member
/// besides.
template <class Body>
void expect_body(const Request& request, const char* id) {
    const model::operation& known = expect_known(request, id);
    EXPECT_EQ(known.body, model::describe<Body>().name);
    EXPECT_NO_THROW(read_json<Body>(request.body)) << request.body;
}

void call_workflows() {
    const std::vector<NamedValue> parameters = {{"a", "b"}};
    model::k8s::OwnerReference owner;
    owner.name = "o";
    const std::string key = "uploads/ns/6522aff1-1e01-11e9-b443-42010aa80075/f";
    expect_body<model::WorkflowCreateRequest>(create_request("ns", "{}", {.server_dry_run = true}),
                                              "WorkflowService_CreateWorkflow");
    expect_body<model::WorkflowLintRequest>(lint_request("ns", "{}", {}), "WorkflowService_LintWorkflow");
    expect_body<model::WorkflowSubmitRequest>(submit_request("ns", "CronWorkflow", "a",
                                                             {.name = "n",
                                                              .generate_name = "g-",
                                                              .entrypoint = "e",
                                                              .parameters = parameters,
                                                              .artifacts = {{"in", key}},
                                                              .service_account = "s",
                                                              .labels = {{"l", "v"}},
                                                              .annotations = {{"a", "v"}},
                                                              .pod_priority_class_name = "p",
                                                              .priority = 1,
                                                              .owner = owner,
                                                              .dry_run = true,
                                                              .server_dry_run = true}),
                                              "WorkflowService_SubmitWorkflow");
    expect_known(get_request("ns", "a", {.fields = "f", .uid = "u"}), "WorkflowService_GetWorkflow");
    expect_known(list_request("ns", {.label_selector = "l",
                                     .field_selector = "metadata.name=f",
                                     .limit = 1,
                                     .continue_ = "3",
                                     .fields = "x"}),
                 "WorkflowService_ListWorkflows");
    expect_known(remove_request("ns", "a", {.force = true}), "WorkflowService_DeleteWorkflow");
    expect_body<model::WorkflowResumeRequest>(resume_request("ns", "a", {.node_field_selector = "name=s"}),
                                              "WorkflowService_ResumeWorkflow");
    expect_body<model::WorkflowSuspendRequest>(suspend_request("ns", "a", {}),
                                               "WorkflowService_SuspendWorkflow");
    expect_body<model::WorkflowStopRequest>(
        stop_request("ns", "a", {.node_field_selector = "name=s", .message = "m"}),
        "WorkflowService_StopWorkflow");
    expect_body<model::WorkflowTerminateRequest>(terminate_request("ns", "a", {}),
                                                 "WorkflowService_TerminateWorkflow");
    expect_body<model::WorkflowRetryRequest>(
        retry_request(
            "ns", "a",
            {.restart_successful = true, .node_field_selector = "name=s", .parameters = parameters}),
        "WorkflowService_RetryWorkflow");
    expect_body<model::WorkflowResubmitRequest>(
        resubmit_request("ns", "a", {.memoized = true, .parameters = parameters}),
        "WorkflowService_ResubmitWorkflow");
    expect_body<model::WorkflowSetRequest>(set_request("ns", "a",
                                                       {.node_field_selector = "name=s",
                                                        .phase = "Failed",
                                                        .message = "m",
                                                        .output_parameters = parameters}),
                                           "WorkflowService_SetWorkflow");
    expect_known(watch_request("ns", "a", {.resource_version = "1", .label_selector = "l", .fields = "f"}),
                 "WorkflowService_WatchWorkflows", true);
    LogOptions logs{.pod = "p",
                    .follow = true,
                    .grep = "g",
                    .selector = "s",
                    .timestamps = true,
                    .previous = true,
                    .since_seconds = 1,
                    .tail_lines = 2,
                    .limit_bytes = 3};
    expect_known(logs_request("ns", "a", logs), "WorkflowService_WorkflowLogs", true);
    expect_known(pod_logs_request("ns", "a", logs), "WorkflowService_PodLogs", true);
    expect_known(version_request(), "InfoService_GetVersion");
    expect_known(info_request(), "InfoService_GetInfo");
    expect_known(user_info_request(), "InfoService_GetUserInfo");
    expect_body<model::CollectEventRequest>(collect_event_request("openedWorkflowList"),
                                            "InfoService_CollectEvent");
}

/// The operations that all kinds have; `service` is "CronWorkflowService_", `kind` "CronWorkflow".
template <class Create, class Update>
void expect_documents(const DocumentKind& kind, const std::string& service, const std::string& name) {
    const DocumentName metadata{.name = "a", .generate_name = {}, .namespace_ = {}, .resource_version = "7"};
    const auto id = [&](const char* verb, const char* plural = "") {
        return service + "Service_" + verb + name + plural;
    };
    expect_body<Create>(create_document_request(kind, "ns", metadata, "{}", {}), id("Create").c_str());
    expect_body<Update>(update_document_request(kind, "ns", metadata, "{}", {}), id("Update").c_str());
    expect_known(get_document_request(kind, "ns", "a", {.resource_version = kind.versioned_get ? "1" : ""}),
                 id("Get").c_str());
    expect_known(remove_document_request(
                     kind, "ns", "a",
                     {.propagation_policy = "Orphan", .uid = "u", .resource_version = "1", .dry_run = true}),
                 id("Delete").c_str());
    expect_known(list_documents_request(kind, "ns",
                                        {.label_selector = "l",
                                         .field_selector = "metadata.name=f",
                                         .limit = 1,
                                         .continue_ = "3",
                                         .name_pattern = kind.named_by_part ? "p" : ""}),
                 id("List", "s").c_str());
    if (kind.stream.empty()) return;
    expect_known(watch_documents_request(
                     kind.stream, "ns",
                     {.label_selector = "l", .field_selector = "metadata.name=f", .resource_version = "1"}),
                 id("Watch", "s").c_str(), true);
    const bool sensors = kind.member == "sensor";
    expect_known(event_logs_request(kind, "ns",
                                    {.name = "n",
                                     .event_source_type = sensors ? "" : "webhook",
                                     .event_name = sensors ? "" : "e",
                                     .trigger_name = sensors ? "t" : "",
                                     .grep = "g",
                                     .follow = true,
                                     .previous = true,
                                     .timestamps = true,
                                     .since_seconds = 1,
                                     .tail_lines = 2,
                                     .limit_bytes = 3}),
                 (service + "Service_" + name + "sLogs").c_str(), true);
}

void call_documents() {
    const DocumentName metadata{.name = "a", .generate_name = {}, .namespace_ = {}, .resource_version = {}};
    expect_documents<model::WorkflowTemplateCreateRequest, model::WorkflowTemplateUpdateRequest>(
        workflow_template_kind, "WorkflowTemplate", "WorkflowTemplate");
    expect_body<model::WorkflowTemplateLintRequest>(
        lint_document_request(workflow_template_kind, "ns", metadata, "{}", {}),
        "WorkflowTemplateService_LintWorkflowTemplate");
    expect_documents<model::ClusterWorkflowTemplateCreateRequest,
                     model::ClusterWorkflowTemplateUpdateRequest>(
        cluster_workflow_template_kind, "ClusterWorkflowTemplate", "ClusterWorkflowTemplate");
    expect_body<model::ClusterWorkflowTemplateLintRequest>(
        lint_document_request(cluster_workflow_template_kind, "ns", metadata, "{}", {}),
        "ClusterWorkflowTemplateService_LintClusterWorkflowTemplate");
    expect_documents<model::CreateCronWorkflowRequest, model::UpdateCronWorkflowRequest>(
        cron_workflow_kind, "CronWorkflow", "CronWorkflow");
    expect_body<model::LintCronWorkflowRequest>(
        lint_document_request(cron_workflow_kind, "ns", metadata, "{}", {}),
        "CronWorkflowService_LintCronWorkflow");
    expect_body<model::CronWorkflowSuspendRequest>(act_on_cron_request("ns", "a", "suspend", {}),
                                                   "CronWorkflowService_SuspendCronWorkflow");
    expect_body<model::CronWorkflowResumeRequest>(act_on_cron_request("ns", "a", "resume", {}),
                                                  "CronWorkflowService_ResumeCronWorkflow");
    expect_documents<model::eventsource::CreateEventSourceRequest,
                     model::eventsource::UpdateEventSourceRequest>(event_source_kind, "EventSource",
                                                                   "EventSource");
    expect_documents<model::sensor::CreateSensorRequest, model::sensor::UpdateSensorRequest>(
        sensor_kind, "Sensor", "Sensor");
    expect_known(list_documents_request(event_binding_kind, "ns", {.label_selector = "l"}),
                 "EventService_ListWorkflowEventBindings");
}

void call_services() {
    const std::vector<NamedValue> parameters = {{"a", "b"}};
    expect_known(list_archived_request("ns", {.label_selector = "l",
                                              .field_selector = "metadata.name=f",
                                              .name_prefix = "p",
                                              .name_filter = "Prefix",
                                              .limit = 1,
                                              .continue_ = "3"}),
                 "ArchivedWorkflowService_ListArchivedWorkflows");
    expect_known(get_archived_request("ns", "u", {}), "ArchivedWorkflowService_GetArchivedWorkflow");
    expect_known(remove_archived_request("ns", "u", {}), "ArchivedWorkflowService_DeleteArchivedWorkflow");
    expect_body<model::ResubmitArchivedWorkflowRequest>(
        resubmit_archived_request("ns", "u", {.memoized = true, .parameters = parameters}),
        "ArchivedWorkflowService_ResubmitArchivedWorkflow");
    expect_body<model::RetryArchivedWorkflowRequest>(
        retry_archived_request(
            "ns", "u",
            {.restart_successful = true, .node_field_selector = "name=s", .parameters = parameters}),
        "ArchivedWorkflowService_RetryArchivedWorkflow");
    expect_known(archived_label_keys_request("ns", {}),
                 "ArchivedWorkflowService_ListArchivedWorkflowLabelKeys");
    expect_known(archived_label_values_request("ns", "k", {}),
                 "ArchivedWorkflowService_ListArchivedWorkflowLabelValues");

    const SyncLimitOptions in{.config_map = "cm"};
    expect_body<model::sync::CreateSyncLimitRequest>(create_sync_limit_request("ns", "k", 1, in),
                                                     "SyncService_CreateSyncLimit");
    expect_known(get_sync_limit_request("ns", "k", in), "SyncService_GetSyncLimit");
    expect_body<model::sync::UpdateSyncLimitRequest>(update_sync_limit_request("ns", "k", 1, in),
                                                     "SyncService_UpdateSyncLimit");
    expect_known(remove_sync_limit_request("ns", "k", in), "SyncService_DeleteSyncLimit");

    expect_known(receive_event_request("ns", "d", json("any"), {}), "EventService_ReceiveEvent");
    expect_known(watch_documents_request("/api/v1/stream/events", "ns", {.resource_version = "1"}),
                 "WorkflowService_WatchEvents", true);

    ArtifactRef artifact{.workflow = "a", .node = "n", .name = "x"};
    expect_known(get_artifact_request("ns", artifact), "ArtifactService_GetOutputArtifact");
    expect_known(get_artifact_file_request("ns", artifact, ""), "ArtifactService_GetArtifactFile");
    artifact.input = true;
    expect_known(get_artifact_request("ns", artifact), "ArtifactService_GetInputArtifact");
    artifact = {.uid = "u", .node = "n", .name = "x"};
    expect_known(get_artifact_request("ns", artifact), "ArtifactService_GetOutputArtifactByUID");
    artifact.input = true;
    expect_known(get_artifact_request("ns", artifact), "ArtifactService_GetInputArtifactByUID");
}

TEST(Operations, AreThoseOfArgosInterface) {
    call_workflows();
    call_documents();
    call_services();
    EXPECT_EQ(model::operations().size(), 73u);
    for (const model::operation& operation : model::operations())
        EXPECT_TRUE(called().contains(operation.id)) << "the client has no call of " << operation.id;
}

TEST(Operations, CreateNamesTheNamespaceAndKeepsTheWorkflow) {
    const auto body = boost::json::parse(create_request("a-b", R"({"x":[1]})", {}).body).as_object();
    EXPECT_EQ(body.at("namespace").as_string(), "a-b");
    EXPECT_EQ(body.at("workflow").as_object().at("x").as_array().size(), 1u);
    EXPECT_EQ(body.if_contains("serverDryRun"), nullptr);
}

TEST(Operations, LogsAlwaysBearALogOption) {
    EXPECT_EQ(logs_request("ns", "a", {}).target, "/api/v1/workflows/ns/a/log?logOptions.container=main");
    EXPECT_THAT(test::refused([] { logs_request("ns", "a", {.container = ""}); }),
                testing::HasSubstr("container"));
}

TEST(Operations, AWatchOfOneNeedsAPlainName) {
    EXPECT_EQ(watch_request("", "", {}).target, "/api/v1/workflow-events/");
    EXPECT_EQ(watch_request("ns", "", {.all_namespaces = true}).target, "/api/v1/workflow-events/");
    EXPECT_EQ(watch_request("ns", "@latest", {}).target,
              "/api/v1/workflow-events/ns?listOptions.fieldSelector=metadata.name%3D%40latest");
    EXPECT_THAT(test::refused([] { watch_request("ns", "a,b=c", {}); }), testing::HasSubstr("\"a,b=c\""));
}

}  // namespace
}  // namespace tiphys::client_detail
