// SPDX-License-Identifier: Apache-2.0
#include <tiphys/model/generated/events.hpp>
#include <tiphys/model/generated/requests.hpp>
#include <tiphys/model/generated/visit_events.hpp>
#include <tiphys/model/generated/visit_requests.hpp>
#include <tiphys/text/boost_json.hpp>
#include <tiphys/text/diff.hpp>
#include <tiphys/text/documents.hpp>

#include <map>
#include <set>
#include <utility>

#include "filler.hpp"
#include "text_testing.hpp"

namespace {

using namespace tiphys;

class Properties : public testing::Test {
protected:
    template <class T>
    void survive() {
        const std::string text =
            Filler(reached_).value(model::detail::type_of<T>::value, model::text_form::plain);
        const T read = read_json<T>(text);
        const json source = read_json<json>(text);
        // Which members a type has is the tables' word; that visit names the same ones is tested here.
        EXPECT_EQ(read_json<json>(to_json(read)), source);
        EXPECT_EQ(read_yaml<T>(to_yaml(read)), read);
        EXPECT_EQ(read_json<json>(to_json(read_yaml<T>(to_yaml(read)))), source);
        EXPECT_EQ(read_json<T>(to_pretty_json(read)), read);
        EXPECT_EQ(boost::json::value_to<T>(boost::json::value_from(read)), read);
        EXPECT_EQ(to_text(diff(read, read_yaml<T>(to_yaml(read)))), "");
        // Everything that the document holds is missing from an empty one.
        EXPECT_EQ(diff(T(), read).empty(), read == T());
    }

    template <class... T>
    void survive_all() {
        (survive<T>(), ...);
    }

    std::set<Filler::Property> reached_;
};

/// What the schema says of these is not what Argo's JSON holds; beside each, what stands there instead and is
/// reached.
const std::map<std::string_view, std::string_view> not_in_argos_json{
    {"Amount.value", "a number"},
    {"EventSourceStatus.status", "conditions"},
    {"HDFSEventSource.watchPathConfig", "directory, path, pathRegexp"},
    {"Int64OrString.int64Val", "an integer or text"},
    {"Int64OrString.strVal", "an integer or text"},
    {"Int64OrString.type", "an integer or text"},
    {"K8SResource.value", "any object"},
    {"ResourceEventSource.groupVersionResource", "group, version, resource"},
    {"SensorStatus.status", "conditions"},
    {"WebhookEventSource.webhookContext", "authSecret, endpoint, url and the others of a webhook"},
};

TEST_F(Properties, EachOfThemSurvivesJsonAndYaml) {
    // Those that no other type holds; the rest is reached through them.
    survive_all<
        model::eventsource::CreateEventSourceRequest, model::eventsource::EventSourceDeletedResponse,
        model::eventsource::EventSourceWatchEvent, model::eventsource::LogEntry,
        model::eventsource::UpdateEventSourceRequest, model::events::EventSourceList,
        model::events::SensorList, model::events::Status, model::grpc::Error, model::grpc::StreamError,
        model::ArchivedWorkflowDeletedResponse, model::ClusterWorkflowTemplateCreateRequest,
        model::ClusterWorkflowTemplateDeleteResponse, model::ClusterWorkflowTemplateLintRequest,
        model::ClusterWorkflowTemplateList, model::ClusterWorkflowTemplateUpdateRequest,
        model::CollectEventRequest, model::CollectEventResponse, model::CreateCronWorkflowRequest,
        model::CronWorkflowDeletedResponse, model::CronWorkflowList, model::CronWorkflowResumeRequest,
        model::CronWorkflowSuspendRequest, model::EventResponse, model::GetUserInfoResponse,
        model::InfoResponse, model::LabelKeys, model::LabelValues, model::LintCronWorkflowRequest,
        model::LogEntry, model::ResubmitArchivedWorkflowRequest, model::RetryArchivedWorkflowRequest,
        model::UpdateCronWorkflowRequest, model::Version, model::WorkflowCreateRequest,
        model::WorkflowDeleteResponse, model::WorkflowEventBindingList, model::WorkflowLintRequest,
        model::WorkflowList, model::WorkflowResubmitRequest, model::WorkflowResumeRequest,
        model::WorkflowRetryRequest, model::WorkflowSetRequest, model::WorkflowStopRequest,
        model::WorkflowSubmitRequest, model::WorkflowSuspendRequest, model::WorkflowTemplateCreateRequest,
        model::WorkflowTemplateDeleteResponse, model::WorkflowTemplateLintRequest,
        model::WorkflowTemplateList, model::WorkflowTemplateUpdateRequest, model::WorkflowTerminateRequest,
        model::WorkflowWatchEvent, model::k8s::Event, model::k8s::GroupVersionResource,
        model::sensor::CreateSensorRequest, model::sensor::DeleteSensorResponse, model::sensor::LogEntry,
        model::sensor::SensorWatchEvent, model::sensor::UpdateSensorRequest,
        model::sync::CreateSyncLimitRequest, model::sync::DeleteSyncLimitResponse,
        model::sync::SyncLimitResponse, model::sync::UpdateSyncLimitRequest>();
    for (const model::object_type* type : model::all_types()) {
        for (const model::field& member : type->fields)
            EXPECT_TRUE(reached_.contains({type->name, member.name})) << type->name << "." << member.name;
    }

    // The schema as its publisher counts it, not as the models do.
    const json schema = read_json<json>(
        read_text(std::string(TIPHYS_SOURCE_DIR) + "/generator/schema/v4.1.2.json", {.max_memory = 1u << 28}),
        {.max_memory = 1u << 28});
    std::size_t reached = 0;
    std::set<std::string> lies;
    for (const auto& definition : schema.find("definitions")->members())
        for (const auto& property : definition.value.members()) {
            if (reached_.contains({definition.key.view(), property.key.view()})) {
                ++reached;
                continue;
            }
            const std::string_view full = definition.key.view();
            lies.insert(std::string(full.substr(full.rfind('.') + 1)) + "." + property.key.string());
        }
    EXPECT_EQ(schema.find("definitions")->members().size(), 425u);
    EXPECT_EQ(reached, 2051u);
    EXPECT_EQ(reached + lies.size(), 2061u);
    for (const std::string& name : lies) EXPECT_TRUE(not_in_argos_json.contains(name)) << name;
}

}  // namespace
