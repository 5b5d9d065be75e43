// SPDX-License-Identifier: Apache-2.0
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <future>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "kit.hpp"

namespace tiphys {
namespace {

using test::ScriptedServer;
using test::Talk;
using test::watch_json;
using test::workflow_json;
using testing::ElementsAre;
using testing::HasSubstr;

bool is_watch(const Talk& talk) { return talk.request().target.find("workflow-events") != std::string::npos; }

/// A workflow in the middle of its life, with one node.
std::string with_node(std::string_view phase, std::string_view version, std::string_view node_phase) {
    std::string node = R"("n1":{"id":"n1","name":"a.x","displayName":"x","type":"Pod","phase":")";
    node += std::string(node_phase) + R"(","startedAt":"2026-01-01T12:00:01Z","finishedAt":)";
    node += node_phase == "Running" ? "null" : "\"2026-01-01T12:00:03Z\"";
    node += "}";
    return R"({"metadata":{"name":"a","namespace":"argo","uid":"u1","resourceVersion":")" +
           std::string(version) + R"("},"spec":{},"status":{"phase":")" + std::string(phase) +
           R"(","startedAt":null,"finishedAt":"2026-01-01T12:00:04Z","nodes":{)" + node + "}}}";
}

/// Runs to its end through all that can happen to a watch.
void eventful(Talk& talk) {
    const std::size_t number = talk.request().number;
    if (talk.request().method == "POST") return talk.json(200, workflow_json("a", "", "1"));
    if (!is_watch(talk)) return talk.json(200, workflow_json("a", "Running", "2"));
    talk.begin_events();
    if (talk.request().target.find("resourceVersion=2") != std::string::npos) {
        talk.event(watch_json("MODIFIED", with_node("Running", "3", "Running")));
        talk.close();
    } else if (talk.request().target.find("resourceVersion=3") != std::string::npos && number < 6) {
        talk.event(R"({"error":{"grpc_code":8,"http_code":429,"message":"EOF"}})");
        talk.end_events();
    } else {
        talk.event(watch_json("MODIFIED", with_node("Succeeded", "4", "Succeeded")));
        talk.wait_for_close();
    }
}

TEST(ClientWait, CreateAndWaitWithProgress) {
    ScriptedServer server(eventful);
    const Client client(test::options_for(server));
    std::ostringstream out;
    const auto finished = client.wait(client.create(test::to_create()), progress_to(out));
    EXPECT_TRUE(finished.succeeded());
    EXPECT_EQ(finished.model().metadata.resourceVersion, "4");
    EXPECT_EQ(out.str(),
              "12:00:01  ● x  Running\n"
              "12:00:03  ✔ x  Succeeded\n"
              "12:00:04  ✔ a  Succeeded\n");
}

TEST(ClientWait, TheObserverRunsInTheWaitingThreadAndMayThrow) {
    ScriptedServer server([](Talk& talk) {
        if (!is_watch(talk)) return talk.json(200, workflow_json("a", "Running", "2"));
        talk.begin_events();
        talk.wait_for_close();
    });
    const Client client(test::options_for(server));
    const auto here = std::this_thread::get_id();
    EXPECT_THROW(client.wait("a",
                             [&](const model::Workflow&) {
                                 EXPECT_EQ(std::this_thread::get_id(), here);
                                 throw std::runtime_error("enough");
                             }),
                 std::runtime_error);
}

TEST(ClientWait, WhatAnAsynchronousObserverThrowsEndsTheWait) {
    ScriptedServer server([](Talk& talk) { talk.json(200, workflow_json("a", "Running", "2")); });
    const Client client(test::options_for(server));
    auto result = client.async_wait(
        "a", [](const model::Workflow&) { throw std::runtime_error("enough"); }, boost::asio::use_future);
    EXPECT_THROW(result.get(), std::runtime_error);
}

TEST(ClientWait, OneThatHasFinishedAlready) {
    ScriptedServer server([](Talk& talk) { talk.json(200, workflow_json("a", "Error", "2")); });
    const Client client(test::options_for(server));
    int seen = 0;
    EXPECT_EQ(client.wait("a", [&](const model::Workflow&) { ++seen; }).phase(), "Error");
    EXPECT_EQ(seen, 1);
    EXPECT_EQ(server.requests().size(), 1u);
}

TEST(ClientWait, OneThatIsDeletedMeanwhile) {
    for (const bool told : {true, false}) {
        ScriptedServer server([&](Talk& talk) {
            if (!is_watch(talk)) {
                if (talk.request().number == 1) return talk.json(200, workflow_json("a", "Running", "2"));
                return talk.json(404, R"({"code":5,"message":"gone"})");
            }
            talk.begin_events();
            if (told)
                talk.event(watch_json("DELETED", workflow_json("a", "Running", "3")));
            else
                talk.event(test::version_gone);
            talk.wait_for_close();
        });
        const auto error = test::client_error([&] { Client(test::options_for(server)).wait("a"); });
        EXPECT_EQ(error.kind(), ClientErrorKind::not_found);
        EXPECT_THAT(error.what(), HasSubstr("the workflow a was deleted"));
    }
}

TEST(ClientWait, AFailedLookAtOneThatIsDeletedIsDoneAgain) {
    std::atomic<int> looks = 0;
    ScriptedServer server([&](Talk& talk) {
        if (is_watch(talk)) {
            if (looks != 1) return talk.json(403, R"({"code":7,"message":"watched in vain"})");
            talk.begin_events();
            talk.event(test::version_gone);
            return talk.wait_for_close();
        }
        if (++looks == 1) return talk.json(200, workflow_json("a", "Running", "2"));
        if (looks == 2) return talk.json(503, R"({"code":14,"message":"not now"})");
        talk.json(404, R"({"code":5,"message":"gone"})");
    });
    ClientOptions options = test::options_for(server);
    options.retries = 0;
    const auto error = test::client_error([&] { Client(options).wait("a"); });
    EXPECT_EQ(error.kind(), ClientErrorKind::not_found);
    EXPECT_THAT(error.what(), HasSubstr("the workflow a was deleted"));
    EXPECT_EQ(looks, 4);  // the first and the last are those of the wait, the others of its watch
}

TEST(ClientWait, AnotherOfTheSameNameIsNotIt) {
    ScriptedServer server([](Talk& talk) {
        if (!is_watch(talk)) return talk.json(200, workflow_json("a", "Running", "2"));
        talk.begin_events();
        talk.event(
            R"({"result":{"type":"ADDED","object":{"metadata":{"name":"a","uid":"u2"},"status":{"phase":"Succeeded"}}}})");
        talk.wait_for_close();
    });
    EXPECT_EQ(test::client_error([&] { Client(test::options_for(server)).wait("a"); }).kind(),
              ClientErrorKind::not_found);
}

TEST(ClientWait, ATimeoutIsFinal) {
    test::patiently([](std::chrono::milliseconds limit) {
        ScriptedServer server([](Talk& talk) {
            if (!is_watch(talk)) return talk.json(200, workflow_json("a", "Running", "2"));
            talk.begin_events();
            talk.wait_for_close();
        });
        const Client client(test::options_for(server));
        const auto error = test::client_error([&] { client.wait("a", {}, {.timeout = limit}); });
        EXPECT_EQ(error.kind(), ClientErrorKind::timeout);
        EXPECT_THAT(error.what(),
                    HasSubstr("has not finished within " + std::to_string(limit.count()) + " ms"));
        const std::size_t asked = server.requests().size();
        EXPECT_LE(asked, 2u);
        return asked == 2;  // the limit struck during the watch
    });
}

TEST(ClientWait, OneThatIsNotThere) {
    ScriptedServer server([](Talk& talk) { talk.json(404, R"({"code":5,"message":"not found"})"); });
    const auto error = test::client_error([&] { Client(test::options_for(server)).wait("a"); });
    EXPECT_EQ(error.kind(), ClientErrorKind::not_found);
    EXPECT_EQ(error.server_message(), "not found");
}

TEST(ClientWait, ManyAtOnce) {
    ScriptedServer server([](Talk& talk) {
        if (!is_watch(talk)) return talk.json(200, workflow_json("a", "Running", "2"));
        talk.begin_events();
        talk.event(watch_json("MODIFIED", workflow_json("a", "Succeeded", "3")));
        talk.wait_for_close();
    });
    const Client client(test::options_for(server));
    std::vector<std::future<SubmittedWorkflow>> results;
    for (int i = 0; i < 64; ++i) results.push_back(client.async_wait("a", boost::asio::use_future));
    for (auto& result : results) EXPECT_TRUE(result.get().succeeded());
}

}  // namespace
}  // namespace tiphys
