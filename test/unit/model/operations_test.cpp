// SPDX-License-Identifier: Apache-2.0
#include <tiphys/model/generated/describe.hpp>
#include <tiphys/model/operations.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace tiphys::model {
namespace {

static_assert(argo_release == "v4.1.2");
static_assert(find_operation("WorkflowService_CreateWorkflow")->method == "POST");
static_assert(find_operation("workflowservice_createworkflow") == nullptr);

bool is_type(std::string_view definition) {
    const auto types = all_types();
    return std::any_of(types.begin(), types.end(),
                       [&](const object_type* type) { return type->name == definition; });
}

TEST(Operations, AreAllThere) {
    EXPECT_EQ(operations().size(), 73u);
    std::set<std::string> routes;
    std::string_view last;
    for (const operation& each : operations()) {
        EXPECT_LT(last, each.id);
        last = each.id;
        EXPECT_TRUE(each.path.starts_with('/')) << each.id;
        EXPECT_TRUE(routes.insert(std::string(each.method) + " " + std::string(each.path)).second) << each.id;
    }
}

TEST(Operations, NameTypesThatExist) {
    for (const operation& each : operations()) {
        if (!each.body.empty() && each.body != "io.argoproj.workflow.v1alpha1.Item") {
            EXPECT_TRUE(is_type(each.body)) << each.id << ' ' << each.body;
        }
        if (each.response != "binary") {
            EXPECT_TRUE(is_type(each.response)) << each.id << ' ' << each.response;
        }
        EXPECT_EQ(each.body.empty(), each.method == "GET" || each.method == "DELETE") << each.id;
        EXPECT_TRUE(std::is_sorted(each.query.begin(), each.query.end())) << each.id;
    }
}

TEST(Operations, EightAnswerWithStreams) {
    std::vector<std::string_view> streams;
    for (const operation& each : operations())
        if (each.stream) streams.push_back(each.id);
    EXPECT_THAT(streams, testing::ElementsAre(
                             "EventSourceService_EventSourcesLogs", "EventSourceService_WatchEventSources",
                             "SensorService_SensorsLogs", "SensorService_WatchSensors",
                             "WorkflowService_PodLogs", "WorkflowService_WatchEvents",
                             "WorkflowService_WatchWorkflows", "WorkflowService_WorkflowLogs"));
}

TEST(Operations, KnowTheirQueries) {
    const operation* get = find_operation("WorkflowService_GetWorkflow");
    ASSERT_NE(get, nullptr);
    EXPECT_EQ(get->method, "GET");
    EXPECT_EQ(get->path, "/api/v1/workflows/{namespace}/{name}");
    EXPECT_THAT(get->query, testing::ElementsAre("fields", "getOptions.resourceVersion", "uid"));
    EXPECT_EQ(get->response, "io.argoproj.workflow.v1alpha1.Workflow");
    EXPECT_FALSE(get->stream);
}

}  // namespace
}  // namespace tiphys::model
