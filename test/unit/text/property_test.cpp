// SPDX-License-Identifier: Apache-2.0
#include <tiphys/model/generated/events.hpp>
#include <tiphys/model/generated/requests.hpp>
#include <tiphys/model/generated/visit_events.hpp>
#include <tiphys/model/generated/visit_requests.hpp>

#include <set>

#include "text_testing.hpp"

namespace {

using namespace tiphys;
using Form = model::value_type::form;

/// Writes a document in which each member of each type that can be reached stands at least once.
class Filler {
public:
    explicit Filler(std::set<std::string_view>& reached) : reached_(reached) {}

    std::string value(const model::value_type& type, model::text_form text) {
        const std::string n = std::to_string(++count_);
        switch (type.shape) {
            case Form::boolean: return count_ % 2 == 0 ? "true" : "false";
            case Form::integer: return "-90071992547409" + n;
            case Form::number: return n + ".5";
            case Form::string:
                return text == model::text_form::bytes ? "\"aGk=\"" : "\"text " + n + "\\n\\u00e9\"";
            case Form::int_or_string: return count_ % 2 == 0 ? n : "\"" + n + "%\"";
            case Form::json: return "{\"any\":[" + n + ",null,{\"x\":\"y\"}]}";
            case Form::box: return value(*type.element, text);
            case Form::list: return "[" + value(*type.element, text) + "," + value(*type.element, text) + "]";
            case Form::map:
                return "{\"" + n + "\":" + value(*type.element, text) +
                       ",\"b.c/d\":" + value(*type.element, text) + "}";
            case Form::object: return object(*type.object());
        }
        return {};
    }

private:
    std::string object(const model::object_type& type) {
        if (!written_.insert(type.name).second) return smallest(type);
        reached_.insert(type.name);
        std::string made = "{";
        for (const model::field& member : type.fields) {
            if (made.size() > 1) made += ',';
            made += "\"" + std::string(member.name) + "\":" + value(*member.type, member.text);
        }
        return made + "}";
    }

    /// An object that the schema requires is written even when it is empty.
    static std::string smallest(const model::object_type& type) {
        std::string made;
        for (const model::field& member : type.fields)
            if (member.type->shape == Form::object)
                made += (made.empty() ? "\"" : ",\"") + std::string(member.name) +
                        "\":" + smallest(*member.type->object());
        return "{" + made + "}";
    }

    std::set<std::string_view>& reached_;
    std::set<std::string_view> written_;
    int count_ = 0;
};

class Properties : public testing::Test {
protected:
    template <class T>
    void survive() {
        if (reached_.contains(model::describe<T>().name)) return;
        const std::string text =
            Filler(reached_).value(model::detail::type_of<T>::value, model::text_form::plain);
        const T read = read_json<T>(text);
        const json source = read_json<json>(text);
        // Which members a type has is the tables' word; that visit names the same ones is tested here.
        EXPECT_EQ(read_json<json>(to_json(read)), source);
        EXPECT_EQ(read_yaml<T>(to_yaml(read)), read);
        EXPECT_EQ(read_json<json>(to_json(read_yaml<T>(to_yaml(read)))), source);
        EXPECT_EQ(read_json<T>(to_pretty_json(read)), read);
    }

    template <class... T>
    void survive_all() {
        (survive<T>(), ...);
    }

    std::set<std::string_view> reached_;
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
    for (const model::object_type* type : model::all_types())
        EXPECT_TRUE(reached_.contains(type->name)) << type->name;
}

}  // namespace
