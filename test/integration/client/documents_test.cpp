// SPDX-License-Identifier: Apache-2.0
// Documents that a server stores: templates, crons, event sources, sensors.
#include <tiphys/build/build.hpp>

#include <boost/asio/use_future.hpp>

#include "kit.hpp"

namespace tiphys {
namespace {

using test::ScriptedServer;
using test::Talk;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> seen(const ScriptedServer& server) {
    std::vector<std::string> lines;
    for (const auto& request : server.requests()) lines.push_back(request.method + " " + request.target);
    return lines;
}

constexpr const char* stored =
    R"({"metadata":{"name":"hello","namespace":"argo","resourceVersion":"7","uid":"u1"},"spec":{"new":1}})";
constexpr const char* not_found =
    R"({"code":5,"message":"workflowtemplates.argoproj.io \"hello\" not found"})";
constexpr const char* modified =
    R"({"code":6,"message":"the object has been modified; please apply your changes to the latest version"})";

model::WorkflowTemplate to_store() {
    model::WorkflowTemplate document;
    document.metadata.name = "hello";
    document.spec.entrypoint = "main";
    return document;
}

TEST(ClientDocuments, AreCreatedReadReplacedAndRemoved) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().method == "DELETE")
            talk.json(200, "{}");
        else
            talk.json(200, stored);
    });
    const auto templates = Client(test::options_for(server)).workflow_templates();
    const model::WorkflowTemplate created = templates.create(to_store());
    EXPECT_EQ(created.metadata.resourceVersion, "7");
    EXPECT_EQ(templates.get("hello", {.resource_version = "5"}).metadata.uid, "u1");
    // What this library does not know goes back as it came.
    templates.update(created);
    EXPECT_EQ(templates.lint(to_store(), {.namespace_ = "other"}).metadata.name, "hello");
    templates.remove(created, {.propagation_policy = "Foreground", .uid = "u1", .dry_run = true});
    EXPECT_THAT(
        seen(server),
        ElementsAre("POST /api/v1/workflow-templates/argo",
                    "GET /api/v1/workflow-templates/argo/hello?getOptions.resourceVersion=5",
                    "PUT /api/v1/workflow-templates/argo/hello", "POST /api/v1/workflow-templates/other/lint",
                    "DELETE /api/v1/workflow-templates/argo/hello?deleteOptions.propagationPolicy=Foreground"
                    "&deleteOptions.preconditions.uid=u1&deleteOptions.dryRun=All"));
    EXPECT_THAT(server.requests().at(0).body, HasSubstr(R"({"namespace":"argo","template":{)"));
    EXPECT_THAT(server.requests().at(2).body,
                AllOf(HasSubstr(R"("resourceVersion":"7")"), HasSubstr(R"("new":1)")));
}

TEST(ClientDocuments, BuildersAreTakenAsTheyAre) {
    ScriptedServer server([](Talk& talk) { talk.json(200, stored); });
    const Client client(test::options_for(server));
    WorkflowTemplate document("hello");
    document.container("main", Container().image("alpine:3.20").args("true"));
    client.workflow_templates().create(document);
    client.workflow_templates().get(document);
    client.submit(document, {.parameters = {{"n", "1"}}});
    EXPECT_THAT(seen(server), ElementsAre("POST /api/v1/workflow-templates/argo",
                                          "GET /api/v1/workflow-templates/argo/hello",
                                          "POST /api/v1/workflows/argo/submit"));
    EXPECT_THAT(server.requests().at(0).body, HasSubstr(R"("image":"alpine:3.20")"));
    EXPECT_EQ(
        server.requests().at(2).body,
        R"({"namespace":"argo","resourceKind":"WorkflowTemplate","resourceName":"hello","submitOptions":{"parameters":["n=1"]}})");
}

TEST(ClientDocuments, ClusterTemplatesHaveNoNamespace) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().method == "GET" && talk.request().target.find("hello") == std::string::npos)
            talk.json(200, R"({"metadata":{},"items":null})");
        else
            talk.json(200, stored);
    });
    ClientOptions options = test::options_for(server);
    options.namespace_ = "";
    const auto templates = Client(options).cluster_workflow_templates();
    ClusterWorkflowTemplate document("hello");
    document.container("main", Container().image("alpine:3.20").args("true"));
    const model::ClusterWorkflowTemplate created = templates.create(document);
    templates.lint(document);
    templates.update(created);
    templates.get("hello");
    EXPECT_TRUE(templates.list({.label_selector = "a=b"}).items.empty());
    templates.remove("hello");
    EXPECT_THAT(
        seen(server),
        ElementsAre("POST /api/v1/cluster-workflow-templates", "POST /api/v1/cluster-workflow-templates/lint",
                    "PUT /api/v1/cluster-workflow-templates/hello",
                    "GET /api/v1/cluster-workflow-templates/hello",
                    "GET /api/v1/cluster-workflow-templates?listOptions.labelSelector=a%3Db",
                    "DELETE /api/v1/cluster-workflow-templates/hello"));
    EXPECT_THAT(server.requests().at(0).body, HasSubstr(R"({"template":{)"));
}

TEST(ClientDocuments, ListsFollowThePages) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().target.find("continue=") == std::string::npos)
            talk.json(200, R"({"metadata":{"continue":"abc=="},"items":[{"metadata":{"name":"a"}}]})");
        else
            talk.json(200, R"({"metadata":{},"items":[{"metadata":{"name":"b"}}]})");
    });
    const Client client(test::options_for(server));
    const auto all = client.workflow_templates().list({.limit = 1, .name_pattern = "el"});
    ASSERT_EQ(all.items.size(), 2u);
    EXPECT_EQ(all.items[1].metadata.name, "b");
    EXPECT_EQ(client.workflow_templates().list_page({.all_namespaces = true}).metadata.continue_, "abc==");
    EXPECT_THAT(seen(server),
                ElementsAre("GET /api/v1/workflow-templates/argo?namePattern=el&listOptions.limit=1",
                            "GET /api/v1/workflow-templates/argo?namePattern=el&listOptions.limit=1"
                            "&listOptions.continue=abc%3D%3D",
                            "GET /api/v1/workflow-templates/"));
}

TEST(ClientDocuments, ApplyCreatesWhatIsMissing) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().method == "GET")
            talk.json(404, not_found);
        else
            talk.json(200, stored);
    });
    model::WorkflowTemplate document = to_store();
    document.metadata.resourceVersion = "3";
    EXPECT_EQ(Client(test::options_for(server)).workflow_templates().apply(document).metadata.resourceVersion,
              "7");
    EXPECT_THAT(seen(server), ElementsAre("GET /api/v1/workflow-templates/argo/hello",
                                          "POST /api/v1/workflow-templates/argo"));
    EXPECT_THAT(server.requests().at(1).body, Not(HasSubstr("resourceVersion")));
}

TEST(ClientDocuments, ApplyReplacesWhatIsThereAndLooksAgainWhereOthersAreQuicker) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().number == 2)
            talk.json(409, modified);
        else
            talk.json(200, stored);
    });
    Client(test::options_for(server)).workflow_templates().apply(to_store());
    EXPECT_THAT(seen(server), ElementsAre("GET /api/v1/workflow-templates/argo/hello",
                                          "PUT /api/v1/workflow-templates/argo/hello",
                                          "GET /api/v1/workflow-templates/argo/hello",
                                          "PUT /api/v1/workflow-templates/argo/hello"));
    EXPECT_THAT(server.requests().at(3).body, HasSubstr(R"("resourceVersion":"7")"));
}

TEST(ClientDocuments, ApplyGivesUpWhereOthersAreAlwaysQuicker) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().method == "GET")
            talk.json(200, stored);
        else
            talk.json(409, modified);
    });
    const auto error =
        test::client_error([&] { Client(test::options_for(server)).workflow_templates().apply(to_store()); });
    EXPECT_EQ(error.kind(), ClientErrorKind::conflict);
    EXPECT_EQ(server.requests().size(), 10u);
}

TEST(ClientDocuments, LintTellsWhatIsWrong) {
    ScriptedServer server([](Talk& talk) {
        // LintWorkflow answers otherwise than its siblings.
        if (talk.request().target == "/api/v1/workflows/argo/lint")
            talk.json(500, R"({"code":2,"message":"templates.main: unknown image"})");
        else if (talk.request().target == "/api/v1/workflows/argo")
            talk.json(500, R"({"code":2,"message":"etcdserver: request timed out"})");
        else
            talk.json(400, R"({"code":3,"message":"templates.main: unknown image"})");
    });
    const Client client(test::options_for(server));
    for (const auto& error : {test::client_error([&] { client.lint(test::to_create()); }),
                              test::client_error([&] { client.workflow_templates().lint(to_store()); })}) {
        EXPECT_EQ(error.kind(), ClientErrorKind::invalid_request);
        EXPECT_EQ(error.server_message(), "templates.main: unknown image");
    }
    EXPECT_EQ(test::client_error([&] { client.create(test::to_create()); }).kind(), ClientErrorKind::server);
}

TEST(ClientDocuments, WrongArgumentsAreErrorsAndNothingIsSent) {
    ScriptedServer server([](Talk& talk) { talk.json(200, stored); });
    const Client client(test::options_for(server));
    const auto templates = client.workflow_templates();
    const auto refused = [](auto act) {
        const ClientError error = test::client_error(act);
        EXPECT_EQ(error.kind(), ClientErrorKind::invalid_argument);
        return std::string(error.what());
    };
    EXPECT_THAT(refused([&] { templates.get(""); }), HasSubstr("name of the workflow template is empty"));
    EXPECT_THAT(refused([&] { templates.get("A"); }), HasSubstr("none that Kubernetes accepts"));
    EXPECT_THAT(refused([&] { templates.create(model::WorkflowTemplate()); }), HasSubstr("has no name"));
    EXPECT_THAT(refused([&] { templates.apply(model::WorkflowTemplate()); }), HasSubstr("has no name"));
    EXPECT_THAT(refused([&] { templates.update(to_store()); }),
                AllOf(HasSubstr("has no metadata.resourceVersion"), HasSubstr("`apply`")));
    model::WorkflowTemplate elsewhere = to_store();
    elsewhere.metadata.namespace_ = "mine";
    EXPECT_THAT(refused([&] { templates.create(elsewhere, {.namespace_ = "other"}); }),
                HasSubstr("cannot be sent to \"other\""));
    EXPECT_THAT(refused([&] { templates.list({.limit = -1}); }), HasSubstr("limit"));
    EXPECT_THAT(refused([&] { templates.list({.field_selector = "a"}); }), HasSubstr("field_selector"));
    EXPECT_THAT(refused([&] { templates.remove("a", {.propagation_policy = "Later"}); }),
                HasSubstr("Background, Foreground, Orphan"));
    EXPECT_THAT(refused([&] { client.cluster_workflow_templates().list({.name_pattern = "a"}); }),
                HasSubstr("name_pattern"));
    EXPECT_TRUE(server.requests().empty());
}

TEST(ClientDocuments, HandlesOutliveTheirClientAndTakeAnyToken) {
    ScriptedServer server([](Talk& talk) { talk.json(200, stored); });
    std::optional<Client> client(test::options_for(server));
    const auto templates = client->workflow_templates();
    client.reset();
    auto applied = templates.async_apply(to_store(), boost::asio::use_future);
    auto got = templates.async_get("hello", boost::asio::use_future);
    EXPECT_EQ(applied.get().metadata.name, "hello");
    EXPECT_EQ(got.get().metadata.name, "hello");
}

TEST(ClientDocuments, ABlockingCallOnTheExecutorWouldDeadlock) {
    ScriptedServer server([](Talk& talk) { talk.json(200, stored); });
    const Client client(test::options_for(server));
    std::promise<ClientErrorKind> kind;
    client.version();  // the thread runs
    client.workflow_templates().async_get("hello", [&](std::exception_ptr, const model::WorkflowTemplate&) {
        try {
            client.workflow_templates().get("hello");
        } catch (const ClientError& error) {
            kind.set_value(error.kind());
        }
    });
    EXPECT_EQ(kind.get_future().get(), ClientErrorKind::would_deadlock);
}

TEST(ClientLinks, LeadToTheServersPages) {
    ClientOptions options = test::options_for("argo.example.org:443");
    options.secure = true;
    options.base_href = "/ui/";
    const Client client(options);
    const std::string base = "https://argo.example.org:443/ui";
    EXPECT_EQ(client.link("hello-x7"), base + "/workflows/argo/hello-x7?tab=workflow");
    model::Workflow workflow;
    workflow.metadata.name = "a";
    workflow.metadata.namespace_ = "mine";
    EXPECT_EQ(client.link(workflow), base + "/workflows/mine/a?tab=workflow");
    EXPECT_EQ(client.workflow_templates().link("hello"), base + "/workflow-templates/argo/hello");
    EXPECT_EQ(client.cluster_workflow_templates().link("hello"), base + "/cluster-workflow-templates/hello");
    EXPECT_EQ(test::client_error([&] { client.link(""); }).kind(), ClientErrorKind::invalid_argument);
}

}  // namespace
}  // namespace tiphys
