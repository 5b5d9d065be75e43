// SPDX-License-Identifier: Apache-2.0
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <future>

#include "kit.hpp"

/// Kubernetes itself as the server.
namespace tiphys {
namespace {

using test::ScriptedServer;
using test::Talk;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

ClientOptions kubernetes(const ScriptedServer& server) {
    ClientOptions options = test::options_for(server);
    options.api = ClientApi::kubernetes;
    return options;
}

std::string status(int code, const std::string& message) {
    return R"({"kind":"Status","apiVersion":"v1","status":"Failure","message":")" + message + R"(","code":)" +
           std::to_string(code) + "}";
}

std::string line(const std::string& type, const std::string& object) {
    return R"({"type":")" + type + R"(","object":)" + object + "}\n";
}
std::string bookmark(const std::string& version) {
    return line("BOOKMARK",
                R"({"kind":"Workflow","metadata":{"resourceVersion":")" + version + R"("},"spec":{}})");
}

/// The beginning of an answer of lines.
void begin(Talk& talk, const char* type = "application/json") {
    talk.raw("HTTP/1.1 200 OK\r\nContent-Type: " + std::string(type) +
             "\r\nTransfer-Encoding: chunked\r\n\r\n");
}
void chunk(Talk& talk, const std::string& text) {
    char size[32];
    std::snprintf(size, sizeof size, "%zx\r\n", text.size());
    talk.raw(size + text + "\r\n");
}
void end(Talk& talk) { talk.raw("0\r\n\r\n"); }

bool is_watch(const Talk& talk) { return talk.request().target.find("watch=true") != std::string::npos; }

std::vector<std::string> methods_of(const ScriptedServer& server) {
    std::vector<std::string> all;
    for (const auto& request : server.requests()) all.push_back(request.method);
    return all;
}

TEST(ClientKubernetes, CreatesAndReadsBareObjects) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().target.find("continue=") != std::string::npos)
            return talk.json(200, R"({"metadata":{},"items":[)" + test::workflow_json("b", "Running") + "]}");
        if (talk.request().method == "GET" && !talk.request().target.ends_with("/workflows/a"))
            return talk.json(200, R"({"metadata":{"continue":"opaque/+="},"items":[)" +
                                      test::workflow_json("a", "Running") + "]}");
        talk.json(talk.request().method == "POST" ? 201 : 200, test::workflow_json("a", "Running"));
    });
    const Client client(kubernetes(server));
    EXPECT_EQ(client.create(test::to_create()).name(), "a");
    EXPECT_EQ(client.get("a").name(), "a");
    ListOptions pages;
    pages.limit = 1;
    const model::WorkflowList list = client.list(pages);
    ASSERT_EQ(list.items.size(), 2u);
    EXPECT_EQ(list.items[1].metadata.name, "b");
    pages.continue_ = "opaque/+=";
    EXPECT_EQ(client.list_page(pages).items.size(), 1u);
    client.remove("a");
    const auto requests = server.requests();
    EXPECT_EQ(requests.at(0).target, "/apis/argoproj.io/v1alpha1/namespaces/argo/workflows");
    EXPECT_THAT(requests.at(0).body, HasSubstr(R"("apiVersion":"argoproj.io/v1alpha1")"));
    EXPECT_THAT(requests.at(3).target, HasSubstr("continue=opaque%2F%2B%3D"));
    EXPECT_EQ(requests.at(5).method, "DELETE");
}

TEST(ClientKubernetes, SuspendsWithAPatchAndLooksAgainAfterAConflict) {
    std::atomic<int> patches = 0;
    ScriptedServer server([&](Talk& talk) {
        if (talk.request().method == "GET")
            return talk.json(200, test::workflow_json("a", "Running", std::to_string(patches + 1)));
        if (++patches == 1) return talk.json(409, status(409, "the object has been modified"));
        talk.json(200, test::workflow_json("a", "Running", "9"));
    });
    const Client client(kubernetes(server));
    EXPECT_EQ(client.suspend("a").model().metadata.resourceVersion, "9");
    EXPECT_THAT(methods_of(server), ElementsAre("GET", "PATCH", "GET", "PATCH"));
    const auto last = server.requests().at(3);
    EXPECT_EQ(last.headers.at("content-type"), "application/merge-patch+json");
    EXPECT_EQ(last.body, R"({"metadata":{"resourceVersion":"2"},"spec":{"suspend":true}})");
}

TEST(ClientKubernetes, ConflictsDoNotGoOnForEver) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().method == "GET") return talk.json(200, test::workflow_json("a", "Running"));
        talk.json(409, status(409, "the object has been modified"));
    });
    const Client client(kubernetes(server));
    EXPECT_EQ(test::client_error([&] { client.terminate("a"); }).kind(), ClientErrorKind::conflict);
    EXPECT_EQ(server.requests().size(), 12u);
}

TEST(ClientKubernetes, ResumesAndForcesRemoval) {
    ScriptedServer server([](Talk& talk) {
        talk.json(200, R"({"metadata":{"name":"a","resourceVersion":"1"},"spec":{"suspend":true}})");
    });
    const Client client(kubernetes(server));
    client.resume("a");
    RemoveOptions force;
    force.force = true;
    client.remove("a", force);
    EXPECT_THAT(methods_of(server), ElementsAre("GET", "PATCH", "PATCH", "DELETE"));
}

TEST(ClientKubernetes, WaitsWithLinesAndBookmarks) {
    ScriptedServer server([](Talk& talk) {
        if (!is_watch(talk)) return talk.json(200, test::workflow_json("a", "Running", "1"));
        begin(talk);
        if (talk.request().target.find("resourceVersion=1") != std::string::npos) {
            chunk(talk, bookmark("5"));
            return end(talk);  // in order, as after timeoutSeconds
        }
        const std::string done = line("MODIFIED", test::workflow_json("a", "Succeeded", "6"));
        chunk(talk, done.substr(0, 20));
        chunk(talk, done.substr(20));
        talk.wait_for_close();
    });
    const Client client(kubernetes(server));
    EXPECT_TRUE(client.wait("a").succeeded());
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 3u);
    EXPECT_THAT(requests.at(1).target,
                AllOf(HasSubstr("fieldSelector=metadata.name%3Da"), HasSubstr("allowWatchBookmarks=true")));
    EXPECT_THAT(requests.at(2).target, HasSubstr("resourceVersion=5"));
}

TEST(ClientKubernetes, AVersionThatIsGoneIsLookedUp) {
    for (const bool in_the_stream : {true, false}) {
        ScriptedServer server([&](Talk& talk) {
            if (!is_watch(talk)) return talk.json(200, test::workflow_json("a", "Running", "8"));
            if (talk.request().target.find("resourceVersion=8") == std::string::npos) {
                if (!in_the_stream) return talk.json(410, status(410, "Expired: too old resource version"));
                begin(talk);
                chunk(talk, line("ERROR", status(410, "too old resource version")));
                return end(talk);
            }
            begin(talk);
            chunk(talk, line("MODIFIED", test::workflow_json("a", "Failed", "9")));
            talk.wait_for_close();
        });
        const Client client(kubernetes(server));
        WatchOptions from;
        from.resource_version = "3";
        WatchStream stream = client.watch("a", from);
        EXPECT_EQ(phase(stream.next()->object), "Running");
        EXPECT_EQ(phase(stream.next()->object), "Failed");
        EXPECT_FALSE(stream.next().has_value());
    }
}

TEST(ClientKubernetes, AWatchThatIsRefusedOrCut) {
    ScriptedServer refuses([](Talk& talk) { talk.json(403, status(403, "workflows is forbidden")); });
    {
        const Client client(kubernetes(refuses));
        WatchStream stream = client.watch_all();
        const auto error = test::client_error([&] { stream.next(); });
        EXPECT_EQ(error.kind(), ClientErrorKind::forbidden);
        EXPECT_THAT(error.what(), HasSubstr("RBAC"));
    }
    // Ends that come at once are no signs of life: it gives up.
    ScriptedServer ends([](Talk& talk) {
        begin(talk);
        end(talk);
    });
    ClientOptions options = kubernetes(ends);
    options.reconnects = 3;
    const Client client(options);
    WatchStream stream = client.watch_all();
    EXPECT_THAT(test::client_error([&] { stream.next(); }).what(), HasSubstr("gave up after 3"));
}

TEST(ClientKubernetes, LogsOfAPod) {
    ScriptedServer server([](Talk& talk) {
        begin(talk, "text/plain");
        chunk(talk, "one\ntw");
        chunk(talk, "o\n\nlast");
        end(talk);
    });
    const Client client(kubernetes(server));
    LogOptions options;
    options.pod = "a-123";
    LogStream stream = client.logs("a", options);
    std::vector<std::string> lines;
    while (const auto entry = stream.next()) {
        EXPECT_EQ(entry->podName, "a-123");
        lines.push_back(std::string(entry->content.view()));
    }
    EXPECT_THAT(lines, ElementsAre("one", "two", "", "last"));
    EXPECT_EQ(server.requests().at(0).target, "/api/v1/namespaces/argo/pods/a-123/log?container=main");
}

TEST(ClientKubernetes, AFollowedPodMayBeSilentForLongerThanOtherStreams) {
    std::promise<void> asked;
    std::promise<void> go_on;
    ScriptedServer server([&, released = go_on.get_future().share()](Talk& talk) {
        if (is_watch(talk)) return talk.wait_for_close();
        // As Kubernetes: no header before the first byte.
        asked.set_value();
        released.wait();
        begin(talk, "text/plain");
        chunk(talk, "at last \xff\n");
        end(talk);
    });
    ClientOptions options = kubernetes(server);
    options.stream_timeout = std::chrono::milliseconds(500);
    options.reconnects = 0;
    const Client client(options);
    LogOptions of;
    of.pod = "a-123";
    of.follow = true;
    LogStream logs = client.logs("a", of);
    auto first = logs.async_next(boost::asio::use_future);
    asked.get_future().wait();
    // A stream that is begun later is given up meanwhile.
    WatchStream watch = client.watch_all();
    EXPECT_EQ(test::client_error([&] { watch.next(); }).kind(), ClientErrorKind::timeout);
    go_on.set_value();
    const auto entry = first.get();
    ASSERT_TRUE(entry.has_value());
    EXPECT_EQ(entry->content, "at last \xef\xbf\xbd");
}

TEST(ClientKubernetes, AWorkflowOfAnotherControllerIsNotWaitedFor) {
    ScriptedServer server([](Talk& talk) {
        talk.json(200, R"({"metadata":{"name":"a","resourceVersion":"1","labels":)"
                       R"({"workflows.argoproj.io/controller-instanceid":"theirs"}},"spec":{}})");
    });
    const Client client(kubernetes(server));
    const auto error = test::client_error([&] { client.wait("a"); });
    EXPECT_EQ(error.kind(), ClientErrorKind::invalid_request);
    EXPECT_THAT(error.what(), HasSubstr("is not managed by the controller"));
    EXPECT_THAT(methods_of(server), ElementsAre("GET"));
}

TEST(ClientKubernetes, ErrorsAreStatuses) {
    ScriptedServer server([](Talk& talk) { talk.json(404, status(404, "workflows.argoproj.io not found")); });
    const Client client(kubernetes(server));
    const auto error = test::client_error([&] { client.get("a"); });
    EXPECT_EQ(error.kind(), ClientErrorKind::not_found);
    EXPECT_EQ(error.grpc_code(), -1);
    EXPECT_EQ(error.server_message(), "workflows.argoproj.io not found");
    EXPECT_THAT(error.target(), HasSubstr("/apis/argoproj.io/"));
}

TEST(ClientKubernetes, WhatNeedsAnArgoServerSendsNothing) {
    ScriptedServer server([](Talk& talk) { talk.json(200, "{}"); });
    const Client client(kubernetes(server));
    EXPECT_EQ(test::client_error([&] { client.retry("a"); }).kind(), ClientErrorKind::invalid_argument);
    EXPECT_EQ(test::client_error([&] { client.version(); }).kind(), ClientErrorKind::invalid_argument);
    EXPECT_EQ(test::client_error([&] { client.logs("a"); }).kind(), ClientErrorKind::invalid_argument);
    EXPECT_TRUE(server.requests().empty());
    const test::ClosedPort closed;
    ClientOptions options = kubernetes(server);
    options.server = closed.address();
    EXPECT_THAT(test::client_error([&] { Client(options).create(test::to_create()); }).what(),
                HasSubstr("is the cluster running? check the server that the kubeconfig names"));
}

TEST(ClientKubernetes, TokensAreRenewedHereToo) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().headers.at("authorization") == "Bearer 1")
            return talk.json(401, status(401, "Unauthorized"));
        if (!is_watch(talk)) return talk.json(200, test::workflow_json("a", "Running", "1"));
        begin(talk);
        chunk(talk, line("MODIFIED", test::workflow_json("a", "Succeeded", "2")));
        talk.wait_for_close();
    });
    for (const bool stream : {false, true}) {
        int asked = 0;
        ClientOptions options = kubernetes(server);
        options.token_source = [&] { return std::to_string(++asked); };
        const Client client(options);
        if (stream)
            EXPECT_EQ(phase(client.watch("a").next()->object), "Succeeded");
        else
            EXPECT_EQ(client.stop("a").name(), "a");
        EXPECT_EQ(asked, 2);
    }
}

}  // namespace
}  // namespace tiphys
