// SPDX-License-Identifier: Apache-2.0
#include <boost/asio/use_future.hpp>

#include <future>
#include <set>

#include "kit.hpp"

namespace tiphys {
namespace {

using boost::asio::use_future;
using test::ScriptedServer;
using test::Talk;

void workflow_a(Talk& talk) { talk.json(200, test::workflow_json("a", "Running")); }

TEST(ClientConnections, AreReused) {
    ScriptedServer server(workflow_a);
    const Client client(test::options_for(server));
    for (int i = 0; i < 20; ++i) client.get("a");
    client.create(test::to_create());
    EXPECT_EQ(server.requests().size(), 21u);
    EXPECT_EQ(server.connections(), 1u);
}

TEST(ClientConnections, AreNotReusedWhenTheServerSaysSo) {
    ScriptedServer server([](Talk& talk) {
        talk.answer(200, "application/json", test::workflow_json("a", "Running"), "Connection: close\r\n");
    });
    const Client client(test::options_for(server));
    client.get("a");
    client.get("a");
    EXPECT_EQ(server.connections(), 2u);
}

TEST(ClientConnections, AreNotKeptWithoutAnIdleTimeout) {
    ScriptedServer server(workflow_a);
    ClientOptions options = test::options_for(server);
    options.idle_timeout = std::chrono::milliseconds(0);
    const Client client(options);
    client.get("a");
    client.get("a");
    EXPECT_EQ(server.connections(), 2u);
}

TEST(ClientConnections, OneThatTheServerClosedMeanwhileIsReplaced) {
    ScriptedServer server(workflow_a);
    ClientOptions options = test::options_for(server);
    options.retries = 0;
    const Client client(options);
    for (int i = 0; i < 10; ++i) {
        client.get("a");
        server.close_idle();
        EXPECT_EQ(client.create(test::to_create()).name(), "a");
        server.close_idle();
    }
    EXPECT_EQ(server.requests().size(), 20u);
}

/// The end comes only when the request is on its way: a GET is sent again, and not counted as a retry.
TEST(ClientConnections, OneThatDiesUnderAGetIsReplaced) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().number == 2)
            talk.reset();
        else
            workflow_a(talk);
    });
    ClientOptions options = test::options_for(server);
    options.retries = 0;
    const Client client(options);
    client.get("a");
    EXPECT_EQ(client.get("a").phase(), "Running");
    EXPECT_EQ(server.requests().size(), 3u);
    EXPECT_EQ(server.connections(), 2u);
}

TEST(ClientConnections, OneThatDiesUnderAPostIsAnError) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().number == 2)
            talk.close();
        else
            workflow_a(talk);
    });
    const Client client(test::options_for(server));
    client.get("a");
    const auto error = test::client_error([&] { client.create(test::to_create()); });
    EXPECT_EQ(error.kind(), ClientErrorKind::closed);
    EXPECT_EQ(server.requests().size(), 2u);
}

TEST(ClientConnections, LostOnesAreARetryForAGet) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().number <= 3)
            talk.close();
        else
            workflow_a(talk);
    });
    const Client client(test::options_for(server));
    EXPECT_EQ(client.get("a").phase(), "Running");
    EXPECT_EQ(server.requests().size(), 4u);
}

TEST(ClientConnections, ManyOperationsAtOnce) {
    ScriptedServer server([](Talk& talk) {
        const std::string& target = talk.request().target;
        talk.json(200, test::workflow_json(target.substr(target.rfind('/') + 1), "Running"));
    });
    ClientOptions options = test::options_for(server);
    options.connections = 8;
    const Client client(options);
    std::vector<std::future<SubmittedWorkflow>> results;
    for (int i = 0; i < 64; ++i) results.push_back(client.async_get("w" + std::to_string(i), use_future));
    for (int i = 0; i < 64; ++i)
        EXPECT_EQ(results[static_cast<std::size_t>(i)].get().name(), "w" + std::to_string(i));
    EXPECT_EQ(server.requests().size(), 64u);
    EXPECT_LE(server.connections(), 8u);
}

TEST(ClientConnections, NoMoreThanAllowedAndInTurn) {
    std::promise<void> release;
    const std::shared_future<void> released = release.get_future().share();
    ScriptedServer server([&](Talk& talk) {
        released.wait();
        workflow_a(talk);
    });
    ClientOptions options = test::options_for(server);
    options.connections = 2;
    const Client client(options);
    std::vector<std::future<SubmittedWorkflow>> results;
    for (int i = 0; i < 10; ++i) results.push_back(client.async_get("a", use_future));
    server.wait_for_requests(2);
    EXPECT_EQ(server.requests().size(), 2u);
    release.set_value();
    for (auto& result : results) EXPECT_EQ(result.get().name(), "a");
    EXPECT_EQ(server.connections(), 2u);
}

TEST(ClientConnections, CopiesShareThem) {
    ScriptedServer server(workflow_a);
    const Client first(test::options_for(server));
    const Client second = first;
    first.get("a");
    second.get("a");
    EXPECT_EQ(server.connections(), 1u);
}

TEST(ClientConnections, LargeAnswersAndRequests) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().method == "POST")
            talk.json(200, R"({"metadata":{"name":"a"},"spec":{"entrypoint":")" +
                               std::to_string(talk.request().body.size()) + R"("}})");
        else
            talk.json(200, R"({"metadata":{"name":"a"},"spec":{"entrypoint":")" + std::string(8u << 20, 'x') +
                               R"("}})");
    });
    const Client client(test::options_for(server));
    EXPECT_EQ(client.get("a").model().spec.entrypoint.size(), 8u << 20);
    model::Workflow large = test::to_create();
    large.spec.entrypoint = std::string(8u << 20, 'y');
    EXPECT_GT(std::stoul(client.create(large).model().spec.entrypoint.string()), 8ul << 20);
}

}  // namespace
}  // namespace tiphys
