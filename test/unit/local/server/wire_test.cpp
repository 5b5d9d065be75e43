// SPDX-License-Identifier: Apache-2.0
#include "local/server/wire.hpp"

#include <tiphys/model/model.hpp>
#include <tiphys/text/text.hpp>

#include <boost/json/parse.hpp>

#include <gtest/gtest.h>

namespace tiphys::local::server {
namespace {

TEST(WorkflowJson, LeavesOutTheKindAndWritesTheTimesThatAreNotThere) {
    model::Workflow workflow;
    workflow.apiVersion = "argoproj.io/v1alpha1";
    workflow.kind = "Workflow";
    workflow.metadata.name = "a";
    workflow.spec.entrypoint = "main";
    add_zero_members(workflow);
    EXPECT_EQ(workflow_json(workflow),
              R"({"metadata":{"name":"a"},"spec":{"arguments":{},"entrypoint":"main"},)"
              R"("status":{"startedAt":null,"finishedAt":null}})");
    workflow.status.ensure().phase = "Running";
    workflow.status->startedAt = "2026-01-01T00:00:00Z";
    EXPECT_EQ(workflow_json(workflow),
              R"({"metadata":{"name":"a"},"spec":{"arguments":{},"entrypoint":"main"},)"
              R"("status":{"finishedAt":null,"phase":"Running","startedAt":"2026-01-01T00:00:00Z"}})");
    workflow.status->finishedAt = "2026-01-01T00:00:01Z";
    EXPECT_EQ(
        workflow_json(workflow),
        R"({"metadata":{"name":"a"},"spec":{"arguments":{},"entrypoint":"main"},)"
        R"("status":{"finishedAt":"2026-01-01T00:00:01Z","phase":"Running","startedAt":"2026-01-01T00:00:00Z"}})");
}

TEST(WorkflowJson, KeepsMembersThatNoSchemaKnows) {
    ReadOptions options;
    options.unknown_fields = UnknownFields::keep;
    const auto workflow = read_json<model::Workflow>(
        R"({"metadata":{"x":1},"spec":{"y":[2]},"status":{"z":"3"},"w":{"v":4}})", options);
    EXPECT_EQ(
        workflow_json(workflow),
        R"({"metadata":{"x":1},"spec":{"y":[2]},"status":{"startedAt":null,"finishedAt":null,"z":"3"},"w":{"v":4}})");
}

TEST(ZeroMembers, AreThoseThatGoAlwaysEmits) {
    auto workflow = read_json<model::Workflow>(R"({"metadata":{},"spec":{"templates":[
        {"name":"c","container":{"command":["true"]}},
        {"name":"s","script":{"image":"i"}},
        {"name":"d","dag":{"tasks":[{"name":"t","template":"c"}]}},
        {"name":"e","steps":[[{"name":"u","inline":{"container":{"image":"i"}}}]]}]}})");
    add_zero_members(workflow);
    EXPECT_EQ(
        boost::json::parse(to_json(workflow.spec)),
        boost::json::parse(
            R"({"arguments":{},"templates":[)"
            R"({"container":{"command":["true"],"name":"","resources":{}},"inputs":{},"metadata":{},"name":"c","outputs":{}},)"
            R"({"inputs":{},"metadata":{},"name":"s","outputs":{},"script":{"image":"i","name":"","resources":{},"source":""}},)"
            R"({"dag":{"tasks":[{"arguments":{},"name":"t","template":"c"}]},"inputs":{},"metadata":{},"name":"d","outputs":{}},)"
            R"({"inputs":{},"metadata":{},"name":"e","outputs":{},"steps":[[{"arguments":{},"inline":)"
            R"({"container":{"image":"i","name":"","resources":{}},"inputs":{},"metadata":{},"outputs":{}},"name":"u"}]]}]})"));
}

TEST(ZeroMembers, ComeBackAfterFieldsWereLeftOut) {
    auto workflow = read_json<model::Workflow>(
        R"({"metadata":{"name":"a","uid":"u"},"spec":{"entrypoint":"e","templates":[{"name":"c","container":{}}]}})");
    workflow.status.ensure().phase = "Running";
    EXPECT_EQ(
        workflow_json(workflow, FieldFilter("metadata.name")),
        R"({"metadata":{"name":"a"},"spec":{"arguments":{}},"status":{"startedAt":null,"finishedAt":null}})");
    EXPECT_EQ(
        workflow_json(workflow, FieldFilter("-spec.templates.name,metadata,status.phase")),
        R"({"spec":{"entrypoint":"e","templates":[{"container":{"name":"","resources":{}},"inputs":{},"outputs":{},"metadata":{}}],"arguments":{}},)"
        R"("status":{"startedAt":null,"finishedAt":null},"metadata":{}})");
}

}  // namespace
}  // namespace tiphys::local::server
