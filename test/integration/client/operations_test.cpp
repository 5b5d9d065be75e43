// SPDX-License-Identifier: Apache-2.0
#include "kit.hpp"

namespace tiphys {
namespace {

using test::ScriptedServer;
using test::Talk;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(ClientOperations, CreateSendsTheWorkflowAndReadsTheServersOne) {
    ScriptedServer server([](Talk& talk) { talk.json(200, test::workflow_json("hello-x7", "")); });
    const Client client(test::options_for(server));
    const SubmittedWorkflow created = client.create(test::to_create());
    EXPECT_EQ(created.name(), "hello-x7");
    EXPECT_EQ(created.namespace_(), "argo");
    EXPECT_EQ(created.phase(), "");
    EXPECT_FALSE(created.finished());
    const auto request = server.requests().at(0);
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, "/api/v1/workflows/argo");
    EXPECT_EQ(request.headers.at("content-type"), "application/json");
    EXPECT_EQ(request.headers.at("accept"), "application/json");
    EXPECT_EQ(request.headers.at("host"), server.address());
    EXPECT_EQ(request.headers.count("authorization"), 0u);
    EXPECT_THAT(request.body, HasSubstr(R"({"namespace":"argo","workflow":{)"));
    EXPECT_THAT(request.body, HasSubstr(R"("generateName":"hello-")"));
}

TEST(ClientOperations, TheNamespaceIsThatOfTheWorkflowOrOfTheOptions) {
    ScriptedServer server([](Talk& talk) { talk.json(200, test::workflow_json("a", "")); });
    const Client client(test::options_for(server));
    model::Workflow workflow = test::to_create();
    workflow.metadata.namespace_ = "mine";
    client.create(workflow);
    const auto error = test::client_error([&] { client.create(workflow, {.namespace_ = "other"}); });
    EXPECT_EQ(error.kind(), ClientErrorKind::invalid_argument);
    EXPECT_THAT(error.what(), HasSubstr("cannot be created in \"other\""));
    workflow.metadata.namespace_.reset();
    client.create(workflow, {.namespace_ = "other", .server_dry_run = true});
    EXPECT_EQ(server.requests().size(), 2u);
    EXPECT_EQ(server.requests().at(0).target, "/api/v1/workflows/mine");
    EXPECT_EQ(server.requests().at(1).target, "/api/v1/workflows/other");
    EXPECT_THAT(server.requests().at(1).body, HasSubstr("\"serverDryRun\":true"));
}

TEST(ClientOperations, TokenAndBaseHrefGoAlong) {
    ScriptedServer server([](Talk& talk) { talk.json(200, test::workflow_json("a", "Running")); });
    ClientOptions options = test::options_for(server);
    options.base_href = "ui/argo/";
    options.token = "abc\n";
    EXPECT_EQ(Client(options).get("a").phase(), "Running");
    options.token = "Basic abc";
    Client(options).get("a");
    EXPECT_EQ(server.requests().at(0).target, "/ui/argo/api/v1/workflows/argo/a");
    EXPECT_EQ(server.requests().at(0).headers.at("authorization"), "Bearer abc");
    EXPECT_EQ(server.requests().at(1).headers.at("authorization"), "Basic abc");
}

TEST(ClientOperations, MembersThatTheModelDoesNotKnowAreKept) {
    ScriptedServer server([](Talk& talk) {
        talk.json(
            200,
            R"({"metadata":{"name":"a"},"spec":{"newInArgo5":[1]},"status":{"phase":"Failed","message":"m"}})");
    });
    const SubmittedWorkflow workflow = Client(test::options_for(server)).get("a");
    ASSERT_TRUE(workflow.model().spec.unknown_fields.has_value());
    EXPECT_NE(workflow.model().spec.unknown_fields->find("newInArgo5"), nullptr);
    EXPECT_TRUE(workflow.finished());
    EXPECT_FALSE(workflow.succeeded());
    EXPECT_EQ(workflow.message(), "m");
}

TEST(ClientOperations, VerbsPutWhatArgoWants) {
    ScriptedServer server([](Talk& talk) { talk.json(200, test::workflow_json("a", "Running")); });
    const Client client(test::options_for(server));
    client.resume("a", {.node_field_selector = "displayName=approve"});
    client.suspend("a");
    client.stop("a", {.node_field_selector = "name=x", .message = "enough \"now\""});
    client.terminate("a");
    client.retry("a",
                 {.restart_successful = true, .node_field_selector = "name=x", .parameters = {{"n", "1"}}});
    std::vector<std::string> seen;
    for (const auto& request : server.requests())
        seen.push_back(request.method + " " + request.target + " " + request.body);
    EXPECT_THAT(
        seen,
        ElementsAre(
            R"(PUT /api/v1/workflows/argo/a/resume {"nodeFieldSelector":"displayName=approve"})",
            "PUT /api/v1/workflows/argo/a/suspend {}",
            R"(PUT /api/v1/workflows/argo/a/stop {"nodeFieldSelector":"name=x","message":"enough \"now\""})",
            "PUT /api/v1/workflows/argo/a/terminate {}",
            R"(PUT /api/v1/workflows/argo/a/retry {"restartSuccessful":true,"nodeFieldSelector":"name=x","parameters":["n=1"]})"));
}

TEST(ClientOperations, RemoveTakesAWorkflowAndItsNamespace) {
    ScriptedServer server([](Talk& talk) { talk.json(200, "{}"); });
    const Client client(test::options_for(server));
    model::Workflow workflow;
    workflow.metadata.name = "a.b";
    workflow.metadata.namespace_ = "mine";
    client.remove(workflow, {.force = true});
    EXPECT_EQ(server.requests().at(0).method, "DELETE");
    EXPECT_EQ(server.requests().at(0).target, "/api/v1/workflows/mine/a.b?force=true");
    EXPECT_EQ(server.requests().at(0).body, "");
}

TEST(ClientOperations, ListFollowsThePages) {
    ScriptedServer server([](Talk& talk) {
        const std::string& target = talk.request().target;
        if (target.find("continue=") == target.npos)
            talk.json(
                200,
                R"({"metadata":{"continue":"2"},"items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"}}]})");
        else if (target.find("continue=2") != target.npos)
            talk.json(200, R"({"metadata":{"continue":"4"},"items":null})");
        else
            talk.json(200, R"({"metadata":{"resourceVersion":"9"},"items":[{"metadata":{"name":"c"}}]})");
    });
    const Client client(test::options_for(server));
    const model::WorkflowList all = client.list({.label_selector = "x=y", .limit = 2});
    ASSERT_EQ(all.items.size(), 3u);
    EXPECT_EQ(all.items[2].metadata.name, "c");
    EXPECT_TRUE(all.metadata.continue_.empty());
    EXPECT_EQ(
        server.requests().at(1).target,
        "/api/v1/workflows/argo?listOptions.labelSelector=x%3Dy&listOptions.limit=2&listOptions.continue=2");

    const model::WorkflowList page = client.list_page({.all_namespaces = true, .limit = 2});
    EXPECT_EQ(page.items.size(), 2u);
    EXPECT_EQ(page.metadata.continue_, "2");
    EXPECT_EQ(server.requests().at(3).target, "/api/v1/workflows/?listOptions.limit=2");
}

TEST(ClientOperations, AListThatGoesRoundInCirclesEnds) {
    ScriptedServer server([](Talk& talk) { talk.json(200, R"({"metadata":{"continue":"2"},"items":[]})"); });
    const auto error = test::client_error([&] { Client(test::options_for(server)).list(); });
    EXPECT_THAT(error.what(), HasSubstr("round in circles"));
    EXPECT_EQ(server.requests().size(), 2u);
}

TEST(ClientOperations, VersionAndInfo) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().target == "/api/v1/version")
            talk.json(200, R"({"version":"v4.1.2","platform":"linux/amd64"})");
        else
            talk.json(200, R"({"managedNamespace":"argo","modals":{"feedback":true}})");
    });
    const Client client(test::options_for(server));
    EXPECT_EQ(client.version().version, "v4.1.2");
    EXPECT_EQ(client.info().managedNamespace, "argo");
}

TEST(ClientOperations, WrongArgumentsAreErrorsAndNothingIsSent) {
    ScriptedServer server([](Talk& talk) { talk.json(200, "{}"); });
    ClientOptions options = test::options_for(server);
    const Client client(options);
    const auto refused = [](auto act) {
        const ClientError error = test::client_error(act);
        EXPECT_EQ(error.kind(), ClientErrorKind::invalid_argument);
        return std::string(error.what());
    };
    EXPECT_THAT(refused([&] { client.get(""); }), HasSubstr("the name of the workflow is empty"));
    EXPECT_THAT(refused([&] { client.get(test::to_create()); }), HasSubstr("pass on what `create` returned"));
    EXPECT_THAT(refused([&] { client.wait(""); }), HasSubstr("the name of the workflow is empty"));
    EXPECT_THAT(refused([&] { client.watch(""); }), HasSubstr("the name of the workflow is empty"));
    EXPECT_THAT(refused([&] { client.logs(""); }), HasSubstr("the name of the workflow is empty"));
    EXPECT_THAT(refused([&] { client.logs("a", {.container = ""}); }), HasSubstr("LogOptions::container"));
    EXPECT_THAT(refused([&] { client.get(".."); }), HasSubstr("cannot be \"..\""));
    EXPECT_THAT(refused([&] { client.list({.limit = -1}); }), HasSubstr("ListOptions::limit"));
    EXPECT_THAT(refused([&] { client.list({.label_selector = "a b"}); }), HasSubstr("label_selector"));
    EXPECT_THAT(refused([&] { client.retry("a", {.parameters = {{"a b", "1"}}}); }),
                HasSubstr("RetryOptions::parameters"));
    EXPECT_THAT(refused([&] { client.watch_all({.label_selector = "a b"}); }), HasSubstr("label_selector"));
    EXPECT_THAT(refused([&] { client.create(model::Workflow()); }), HasSubstr("the workflow has no name"));
    options.namespace_ = "";
    const Client everywhere(options);
    EXPECT_THAT(refused([&] { everywhere.create(test::to_create()); }), HasSubstr("needs a namespace"));
    EXPECT_THAT(refused([&] { everywhere.remove("a"); }), HasSubstr("ARGO_NAMESPACE"));
    EXPECT_TRUE(server.requests().empty());
    everywhere.list();
    EXPECT_EQ(server.requests().at(0).target, "/api/v1/workflows/");
}

}  // namespace
}  // namespace tiphys
