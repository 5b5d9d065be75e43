// SPDX-License-Identifier: Apache-2.0
#include <boost/json/serialize.hpp>

#include <gmock/gmock.h>

#include "engine_fixture.hpp"

namespace tiphys::local::server {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class ServiceTest : public EngineTest {};

TEST_F(ServiceTest, AnswersPagesOutsideTheApi) {
    for (const char* path : {"/", "/workflows", "/oauth2/redirect", "/apis/v1/x"}) {
        const Response made = call("GET", path);
        EXPECT_EQ(made.status, 200) << path;
        EXPECT_THAT(made.content_type, StartsWith("text/html")) << path;
        EXPECT_THAT(made.body, StartsWith("<!doctype html>")) << path;
    }
}

TEST_F(ServiceTest, DoesNotKnowOtherRoutesOfTheApi) {
    for (const auto& [method, path] :
         {std::pair("GET", "/api/v1/nothing"), std::pair("PATCH", "/api/v1/workflows/argo/x"),
          std::pair("DELETE", "/api/v1/version"), std::pair("GET", "/api/v1/workflows")}) {
        const Response made = call(method, path);
        EXPECT_EQ(made.status, 501) << path;
        EXPECT_EQ(made.body, R"({"code":12,"message":"Not Implemented"})") << path;
    }
}

TEST_F(ServiceTest, NamesTheOperationsThatItDoesNotHave) {
    const Response made = call("POST", "/api/v1/workflows/argo/submit", "{}");
    EXPECT_EQ(made.status, 501);
    EXPECT_EQ(
        made.body,
        R"({"code":12,"message":"the embedded server does not have WorkflowService_SubmitWorkflow yet"})");
    EXPECT_EQ(call("GET", "/api/v1/cron-workflows/argo").status, 501);
    const Response artifact = call("GET", "/artifacts/argo/x/y/z");
    EXPECT_EQ(artifact.status, 501);
    EXPECT_THAT(artifact.content_type, StartsWith("text/plain"));
    EXPECT_THAT(artifact.body, HasSubstr("ArtifactService_GetOutputArtifact"));
}

TEST_F(ServiceTest, HasAnAnswerOrARefusalForEachOperation) {
    for (const model::operation& one : model::operations()) {
        std::string path(one.path);
        for (std::size_t at; (at = path.find('{')) != std::string::npos;)
            path.replace(at, path.find('}', at) - at + 1, "x");
        Answer answer = service_.answer({std::string(one.method), path, "", "{}"});
        if (std::holds_alternative<Stream>(answer)) continue;
        const auto& made = std::get<Response>(answer);
        EXPECT_FALSE(made.content_type.starts_with("text/html")) << one.id << " gives a page";
        EXPECT_FALSE(made.body.empty()) << one.id;
    }
}

TEST_F(ServiceTest, CleansPathsByARedirect) {
    const Response made = call("GET", "/api/v1/workflows//x?a=b");
    EXPECT_EQ(made.status, 301);
    ASSERT_EQ(made.headers.size(), 1u);
    EXPECT_EQ(made.headers[0], std::pair(std::string("Location"), std::string("/api/v1/workflows/x?a=b")));
}

TEST_F(ServiceTest, TellsItsVersionInBodyAndHeader) {
    const Response made = call("GET", "/api/v1/version");
    EXPECT_EQ(made.status, 200);
    const auto body = parsed(made);
    EXPECT_EQ(body.at("version"), "v4.1.2+tiphys");
    for (const char* member :
         {"buildDate", "gitCommit", "gitTag", "gitTreeState", "goVersion", "compiler", "platform"})
        EXPECT_TRUE(body.contains(member)) << member;
    EXPECT_THAT(made.headers,
                testing::UnorderedElementsAre(
                    std::pair(std::string("Grpc-Metadata-Content-Type"), std::string("application/grpc")),
                    std::pair(std::string("Grpc-Metadata-Argo-Version"), std::string("v4.1.2+tiphys"))));
    EXPECT_TRUE(parsed(call("GET", "/api/v1/info")).contains("modals"));
    EXPECT_EQ(call("GET", "/api/v1/userinfo").body, "{}");
    EXPECT_EQ(call("POST", "/api/v1/tracking/event", R"({"name":"x"})").body, "{}");
}

TEST_F(ServiceTest, CreatesAndGets) {
    const Response made = call("POST", "/api/v1/workflows/argo", suspended("a"));
    ASSERT_EQ(made.status, 200) << made.body;
    const auto created = parsed(made);
    EXPECT_FALSE(created.contains("kind"));
    EXPECT_EQ(created.at("metadata").at("namespace"), "argo");
    EXPECT_TRUE(created.at("metadata").as_object().contains("uid"));
    EXPECT_TRUE(created.at("metadata").as_object().contains("creationTimestamp"));
    EXPECT_EQ(boost::json::serialize(created.at("spec").at("arguments")), "{}");
    EXPECT_TRUE(created.at("status").at("startedAt").is_null());

    run_until([this] { return phase("a") == "Running"; });
    const auto got = parsed(call("GET", "/api/v1/workflows/argo/a"));
    EXPECT_EQ(got.at("status").at("phase"), "Running");
    EXPECT_TRUE(got.at("status").at("finishedAt").is_null());
    EXPECT_EQ(parsed(call("GET", "/api/v1/workflows/argo/@latest")).at("metadata").at("name"), "a");
    const std::string uid(got.at("metadata").at("uid").as_string());
    EXPECT_EQ(call("GET", "/api/v1/workflows/argo/a?uid=" + uid).status, 200);
    EXPECT_EQ(call("GET", "/api/v1/workflows/argo/a?uid=other").status, 404);
    EXPECT_EQ(
        call("GET", "/api/v1/workflows/argo/a?fields=metadata.name").body,
        R"({"metadata":{"name":"a"},"spec":{"arguments":{}},"status":{"startedAt":null,"finishedAt":null}})");
}

TEST_F(ServiceTest, RefusesWorkflowsAsArgoDoes) {
    const auto refused = [this](const std::string& body) {
        const Response made = call("POST", "/api/v1/workflows/argo", body);
        return std::to_string(made.status) + " " + made.body;
    };
    EXPECT_EQ(refused(""), R"(400 {"code":3,"message":"workflow body not specified"})");
    EXPECT_EQ(refused("{}"), R"(400 {"code":3,"message":"workflow body not specified"})");
    EXPECT_THAT(refused("{"), StartsWith(R"(400 {"code":3,"message":"json: cannot unmarshal)"));
    EXPECT_THAT(refused("[]"), StartsWith(R"(400 {"code":3)"));
    EXPECT_THAT(refused(R"({"workflow":{"spec":{"entrypoint":7}}})"),
                testing::AllOf(StartsWith("400 {\"code\":3"), HasSubstr("workflow.spec.entrypoint")));
    EXPECT_THAT(refused(R"({"workflow":{"metadata":{"name":"a","namespace":"other"},"spec":{}}})"),
                testing::AllOf(StartsWith("400 {\"code\":3"), HasSubstr("does not match the namespace")));
    EXPECT_THAT(
        refused(
            R"({"workflow":{"metadata":{"name":"A_B"},"spec":{"entrypoint":"m","templates":[{"name":"m","suspend":{}}]}}})"),
        StartsWith("400 {\"code\":3"));
    create(suspended("a"));
    EXPECT_EQ(refused(suspended("a")),
              R"(409 {"code":6,"message":"workflows.argoproj.io \"a\" already exists"})");
    EXPECT_EQ(call("POST", "/api/v1/workflows/", suspended("b")).status, 500);
}

TEST_F(ServiceTest, RefusesMembersOfTheSpecThatItDoesNotKnow) {
    // Argo drops them; here they may be what a later release runs and this engine cannot.
    std::string body = suspended("a");
    body.replace(body.find("\"entrypoint\""), 0, "\"novelty\":[1],");
    const Response made = call("POST", "/api/v1/workflows/argo", body);
    EXPECT_EQ(made.status, 400);
    EXPECT_EQ(made.body, R"({"code":3,"message":"workflow: spec.novelty is not supported; )"
                         R"(the embedded engine cannot run spec.novelty"})");
}

TEST_F(ServiceTest, DryRunsCreateNothing) {
    std::string body = suspended("a");
    body.insert(1, R"("createOptions":{"dryRun":["All"]},)");
    const auto echoed = parsed(call("POST", "/api/v1/workflows/argo", body));
    EXPECT_FALSE(echoed.contains("status"));
    EXPECT_FALSE(echoed.at("metadata").as_object().contains("uid"));
    body = suspended("a");
    body.insert(1, R"("serverDryRun":true,)");
    EXPECT_EQ(call("POST", "/api/v1/workflows/argo", body).status, 200);
    EXPECT_EQ(call("GET", "/api/v1/workflows/argo/a").status, 404);
    EXPECT_EQ(call("GET", "/api/v1/workflows/").body, R"({"metadata":{"resourceVersion":"0"},"items":null})");
}

TEST_F(ServiceTest, SaysWhichWorkflowIsNotThere) {
    const std::string body = R"({"code":5,"message":"workflows.argoproj.io \"x\" not found"})";
    EXPECT_EQ(call("GET", "/api/v1/workflows/argo/x").body, body);
    EXPECT_EQ(call("DELETE", "/api/v1/workflows/argo/x").body, body);
    for (const char* verb : {"resume", "suspend", "stop", "terminate"}) {
        const Response made = call("PUT", std::string("/api/v1/workflows/argo/x/") + verb, "{}");
        EXPECT_EQ(made.status, 404) << verb;
        EXPECT_EQ(made.body, body) << verb;
    }
    EXPECT_EQ(call("GET", "/api/v1/workflows/argo/@latest").body,
              R"({"code":5,"message":"no workflows found"})");
}

TEST_F(ServiceTest, ListsInPagesWithFields) {
    for (const char* name : {"a", "b", "c"}) create(suspended(name));
    const auto first = parsed(call("GET", "/api/v1/workflows/argo?listOptions.limit=2"));
    EXPECT_EQ(first.at("items").as_array().size(), 2u);
    EXPECT_EQ(first.at("metadata").at("continue"), "2");
    const auto last = parsed(call("GET", "/api/v1/workflows/?listOptions.limit=2&listOptions.continue=2"));
    EXPECT_EQ(last.at("items").as_array().size(), 1u);
    EXPECT_FALSE(last.at("metadata").as_object().contains("continue"));
    const auto names = parsed(call("GET", "/api/v1/workflows/argo?fields=items.metadata.name"));
    ASSERT_EQ(names.at("items").as_array().size(), 3u);
    EXPECT_EQ(
        boost::json::serialize(names.at("items").at(0)),
        R"({"metadata":{"name":"c"},"spec":{"arguments":{}},"status":{"startedAt":null,"finishedAt":null}})");
    EXPECT_EQ(boost::json::serialize(names.at("metadata")), "{}");
    EXPECT_EQ(call("GET", "/api/v1/workflows/argo?listOptions.continue=x").body,
              R"({"code":3,"message":"listOptions.continue must be int"})");
}

TEST_F(ServiceTest, ResumesStopsSuspendsTerminatesAndDeletes) {
    for (const char* name : {"a", "b", "c"}) create(suspended(name));
    run_until(
        [this] { return phase("a") == "Running" && phase("b") == "Running" && phase("c") == "Running"; });
    EXPECT_EQ(call("PUT", "/api/v1/workflows/argo/a/suspend", "{}").status, 200);
    EXPECT_EQ(parsed(call("GET", "/api/v1/workflows/argo/a")).at("spec").at("suspend"), true);
    EXPECT_EQ(call("PUT", "/api/v1/workflows/argo/a/resume", "").status, 200);
    run_until([this] { return complete("a"); });
    EXPECT_EQ(phase("a"), "Succeeded");
    EXPECT_EQ(call("PUT", "/api/v1/workflows/argo/b/stop", R"({"message":"enough"})").status, 200);
    run_until([this] { return complete("b"); });
    EXPECT_EQ(phase("b"), "Failed");
    EXPECT_EQ(call("PUT", "/api/v1/workflows/argo/c/terminate", "{}").status, 200);
    run_until([this] { return complete("c"); });
    EXPECT_EQ(phase("c"), "Failed");
    EXPECT_EQ(call("PUT", "/api/v1/workflows/argo/c/terminate", "{\"x\"").status, 400);
    EXPECT_EQ(call("DELETE", "/api/v1/workflows/argo/@latest?force=true").body, "{}");
    EXPECT_EQ(call("GET", "/api/v1/workflows/argo/c").status, 404);
    EXPECT_EQ(call("DELETE", "/api/v1/workflows/argo/a?force=maybe").status, 400);
}

TEST_F(ServiceTest, LintsStrictlyAndCallsMistakesUnknown) {
    EXPECT_EQ(call("POST", "/api/v1/workflows/argo/lint", suspended("a")).status, 200);
    EXPECT_EQ(call("POST", "/api/v1/workflows/argo/lint", "{}").body,
              R"({"code":2,"message":"unable to get a workflow"})");
    std::string misspelt = suspended("a");
    misspelt.replace(misspelt.find("entrypoint"), 10, "entrypiont");
    const Response made = call("POST", "/api/v1/workflows/argo/lint", misspelt);
    EXPECT_EQ(made.status, 500);
    EXPECT_EQ(parsed(made).at("code"), 2);
    EXPECT_THAT(made.body, testing::AllOf(HasSubstr("workflow.spec.entrypiont"), HasSubstr("entrypoint")));
    EXPECT_EQ(call("GET", "/api/v1/workflows/argo/a").status, 404);
}

}  // namespace
}  // namespace tiphys::local::server
