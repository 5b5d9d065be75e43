// SPDX-License-Identifier: Apache-2.0
#include "client/operations.hpp"

#include <tiphys/model/operations.hpp>

#include <boost/json/parse.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

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

/// Whether Argo's interface has such an operation: method, path, names of the query, body or none, stream or
/// not.
void expect_known(const Request& request, const char* id, bool stream = false) {
    SCOPED_TRACE(request.method + " " + request.target);
    const model::operation* known = model::find_operation(id);
    ASSERT_NE(known, nullptr) << id;
    EXPECT_EQ(request.method, known->method);
    EXPECT_EQ(stream, known->stream);
    EXPECT_EQ(request.body.empty(), known->body.empty());
    if (!request.body.empty()) {
        EXPECT_NO_THROW(boost::json::parse(request.body));
    }

    const auto question = request.target.find('?');
    const auto segments = split(std::string_view(request.target).substr(0, question), '/');
    const auto pattern = split(known->path, '/');
    ASSERT_EQ(segments.size(), pattern.size());
    for (std::size_t i = 0; i < segments.size(); ++i)
        if (!pattern[i].starts_with('{')) {
            EXPECT_EQ(segments[i], pattern[i]);
        }
    if (question == std::string::npos) return;
    for (const auto pair : split(std::string_view(request.target).substr(question + 1), '&')) {
        const auto name = pair.substr(0, pair.find('='));
        EXPECT_TRUE(std::find(known->query.begin(), known->query.end(), name) != known->query.end()) << name;
    }
}

TEST(Operations, AreThoseOfArgosInterface) {
    expect_known(create_request("ns", "{}", {.server_dry_run = true}), "WorkflowService_CreateWorkflow");
    expect_known(get_request("ns", "a", {.fields = "f", .uid = "u"}), "WorkflowService_GetWorkflow");
    expect_known(list_request("ns", {.label_selector = "l",
                                     .field_selector = "metadata.name=f",
                                     .limit = 1,
                                     .continue_ = "3",
                                     .fields = "x"}),
                 "WorkflowService_ListWorkflows");
    expect_known(remove_request("ns", "a", {.force = true}), "WorkflowService_DeleteWorkflow");
    expect_known(resume_request("ns", "a", {.node_field_selector = "name=s"}),
                 "WorkflowService_ResumeWorkflow");
    expect_known(suspend_request("ns", "a", {}), "WorkflowService_SuspendWorkflow");
    expect_known(stop_request("ns", "a", {.node_field_selector = "name=s", .message = "m"}),
                 "WorkflowService_StopWorkflow");
    expect_known(terminate_request("ns", "a", {}), "WorkflowService_TerminateWorkflow");
    expect_known(
        retry_request("ns", "a",
                      {.restart_successful = true, .node_field_selector = "name=s", .parameters = {"a=b"}}),
        "WorkflowService_RetryWorkflow");
    expect_known(watch_request("ns", "a", {.resource_version = "1", .label_selector = "l", .fields = "f"}),
                 "WorkflowService_WatchWorkflows", true);
    expect_known(logs_request("ns", "a",
                              {.pod = "p",
                               .follow = true,
                               .grep = "g",
                               .selector = "s",
                               .timestamps = true,
                               .previous = true,
                               .since_seconds = 1,
                               .tail_lines = 2,
                               .limit_bytes = 3}),
                 "WorkflowService_WorkflowLogs", true);
    expect_known(version_request(), "InfoService_GetVersion");
    expect_known(info_request(), "InfoService_GetInfo");
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
