// SPDX-License-Identifier: Apache-2.0
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_future.hpp>

#include <future>

#include "kit.hpp"

namespace tiphys {
namespace {

namespace asio = boost::asio;
using asio::cancellation_type;
using test::ScriptedServer;
using test::Talk;
using testing::HasSubstr;

/// One operation whose outcome can be awaited, and which can be cancelled.
class Cancellable {
public:
    template <class Start>
    auto start(Start start_with) {
        return start_with(asio::bind_cancellation_slot(signal_.slot(), asio::use_future));
    }
    void cancel(cancellation_type type = cancellation_type::terminal) { signal_.emit(type); }

private:
    asio::cancellation_signal signal_;
};

template <class Result>
std::string cancelled(std::future<Result> result) {
    const ClientError error = test::client_error([&] { result.get(); });
    EXPECT_EQ(error.kind(), ClientErrorKind::cancelled) << error.what();
    EXPECT_EQ(error.code(), asio::error::operation_aborted);
    return error.what();
}

void workflow_a(Talk& talk) { talk.json(200, test::workflow_json("a", "Running")); }
void silence(Talk& talk) { talk.wait_for_close(); }

constexpr cancellation_type all_types[] = {cancellation_type::terminal, cancellation_type::partial,
                                           cancellation_type::total};

TEST(ClientCancellation, WhileItConnects) {
    const test::DeafServer server;
    const Client client(test::options_for(server.address()));
    for (const cancellation_type type : all_types) {
        Cancellable operation;
        auto result =
            operation.start([&](auto token) { return client.async_create(test::to_create(), token); });
        operation.cancel(type);
        EXPECT_THAT(cancelled(std::move(result)), HasSubstr("before its request was sent"));
    }
}

TEST(ClientCancellation, WhileItShakesHands) {
    const auto certificate = test::self_signed("DNS:localhost");
    // A plain server that got the first bytes of TLS waits for more of what it takes for a request line.
    ScriptedServer server(silence);
    ClientOptions options = test::options_for(server);
    const test::DeafServer deaf;
    options.server = deaf.address();
    options.secure = true;
    const Client client(options);
    Cancellable operation;
    auto result = operation.start([&](auto token) { return client.async_get("a", token); });
    operation.cancel(cancellation_type::total);
    cancelled(std::move(result));
}

TEST(ClientCancellation, WhileItWaitsForItsTurn) {
    ScriptedServer server(silence);
    ClientOptions options = test::options_for(server);
    options.connections = 1;
    const Client client(options);
    Cancellable first;
    auto holds = first.start([&](auto token) { return client.async_get("a", token); });
    server.wait_for_requests(1);
    for (const cancellation_type type : all_types) {
        Cancellable second;
        auto waits = second.start([&](auto token) { return client.async_create(test::to_create(), token); });
        second.cancel(type);
        EXPECT_THAT(cancelled(std::move(waits)), HasSubstr("before its request was sent"));
    }
    EXPECT_EQ(server.requests().size(), 1u);
    first.cancel();
    cancelled(std::move(holds));
}

TEST(ClientCancellation, ATurnThatIsNotTakenGoesToTheNext) {
    std::promise<void> release;
    ScriptedServer server([&](Talk& talk) {
        if (talk.request().number == 1) release.get_future().wait();
        workflow_a(talk);
    });
    ClientOptions options = test::options_for(server);
    options.connections = 1;
    const Client client(options);
    auto first = client.async_get("a", asio::use_future);
    server.wait_for_requests(1);
    Cancellable second;
    auto waits = second.start([&](auto token) { return client.async_get("a", token); });
    auto third = client.async_get("a", asio::use_future);
    second.cancel();
    release.set_value();
    cancelled(std::move(waits));
    EXPECT_EQ(first.get().name(), "a");
    EXPECT_EQ(third.get().name(), "a");
}

TEST(ClientCancellation, WhileItWaitsForTheAnswer) {
    ScriptedServer server(silence);
    const Client client(test::options_for(server));
    std::size_t requests = 0;
    for (const cancellation_type type : {cancellation_type::terminal, cancellation_type::partial}) {
        Cancellable operation;
        auto result =
            operation.start([&](auto token) { return client.async_create(test::to_create(), token); });
        server.wait_for_requests(++requests);
        operation.cancel(type);
        EXPECT_THAT(cancelled(std::move(result)), HasSubstr("the server may have carried it out"));
    }
    EXPECT_EQ(server.requests().size(), 2u);
}

TEST(ClientCancellation, TotalComesTooLateOnceTheRequestIsSent) {
    std::promise<void> release;
    ScriptedServer server([&](Talk& talk) {
        release.get_future().wait();
        workflow_a(talk);
    });
    const Client client(test::options_for(server));
    Cancellable operation;
    auto result = operation.start([&](auto token) { return client.async_create(test::to_create(), token); });
    server.wait_for_requests(1);
    operation.cancel(cancellation_type::total);
    release.set_value();
    EXPECT_EQ(result.get().name(), "a");
}

TEST(ClientCancellation, InTheMiddleOfTheAnswer) {
    ScriptedServer server([](Talk& talk) {
        talk.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
        talk.wait_for_close();
    });
    const Client client(test::options_for(server));
    Cancellable operation;
    auto result = operation.start([&](auto token) { return client.async_get("a", token); });
    server.wait_for_requests(1);
    operation.cancel();
    cancelled(std::move(result));
}

TEST(ClientCancellation, InThePauseBeforeARetry) {
    ScriptedServer server([](Talk& talk) { talk.answer(429, "text/plain", "busy"); });
    ClientOptions options = test::options_for(server);
    options.retry_delay = options.longest_retry_delay = std::chrono::hours(1);
    const Client client(options);
    Cancellable operation;
    auto result = operation.start([&](auto token) { return client.async_get("a", token); });
    server.wait_for_requests(1);
    operation.cancel();
    cancelled(std::move(result));
    EXPECT_EQ(server.requests().size(), 1u);
}

TEST(ClientCancellation, TheConnectionIsNotReused) {
    ScriptedServer server([](Talk& talk) { talk.request().number == 1 ? silence(talk) : workflow_a(talk); });
    const Client client(test::options_for(server));
    Cancellable operation;
    auto result = operation.start([&](auto token) { return client.async_get("a", token); });
    server.wait_for_requests(1);
    operation.cancel();
    cancelled(std::move(result));
    EXPECT_EQ(client.get("a").name(), "a");
    EXPECT_EQ(server.connections(), 2u);
}

TEST(ClientCancellation, AfterItsEndIsHarmless) {
    ScriptedServer server(workflow_a);
    const Client client(test::options_for(server));
    Cancellable operation;
    auto result = operation.start([&](auto token) { return client.async_get("a", token); });
    EXPECT_EQ(result.get().name(), "a");
    operation.cancel();
    EXPECT_EQ(client.get("a").name(), "a");
}

TEST(ClientCancellation, AWaitingNextLosesNoEvent) {
    ScriptedServer server([](Talk& talk) {
        talk.begin_events();
        if (talk.request().number == 1) {
            talk.event(test::watch_json("ADDED", test::workflow_json("a", "Running", "5")));
        } else {
            EXPECT_THAT(talk.request().target, HasSubstr("resourceVersion=5"));
            talk.event(test::watch_json("MODIFIED", test::workflow_json("a", "Succeeded", "6")));
        }
        talk.wait_for_close();
    });
    ClientOptions options = test::options_for(server);
    options.reconnects = 0;  // going on after a cancellation is none
    const Client client(options);
    WatchStream stream = client.watch("a");
    EXPECT_EQ(stream.next()->type, "ADDED");
    Cancellable operation;
    auto result = operation.start([&](auto token) { return stream.async_next(token); });
    operation.cancel(cancellation_type::partial);
    cancelled(std::move(result));
    EXPECT_EQ(phase(stream.next()->object), "Succeeded");
    EXPECT_FALSE(stream.next().has_value());
}

TEST(ClientCancellation, AWait) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().target.find("workflow-events") == std::string::npos) return workflow_a(talk);
        talk.begin_events();
        talk.wait_for_close();
    });
    const Client client(test::options_for(server));
    Cancellable operation;
    auto result = operation.start([&](auto token) { return client.async_wait("a", token); });
    server.wait_for_requests(2);
    operation.cancel();
    cancelled(std::move(result));
}

TEST(ClientCancellation, DestroyingTheClientCancelsWhatRuns) {
    ScriptedServer server(silence);
    std::future<SubmittedWorkflow> get;
    std::future<SubmittedWorkflow> wait;
    std::future<WatchStream> watch;
    {
        const Client client(test::options_for(server));
        get = client.async_get("a", asio::use_future);
        wait = client.async_wait("a", asio::use_future);
        watch = client.async_watch("a", asio::use_future);
        server.wait_for_requests(3);
    }
    EXPECT_THAT(cancelled(std::move(get)), HasSubstr("its client was destroyed"));
    cancelled(std::move(wait));
    if (watch.valid()) {
        // Its request was sent: it may be open already, and can do nothing any more.
        try {
            WatchStream stream = watch.get();
            EXPECT_EQ(test::client_error([&] { stream.next(); }).kind(), ClientErrorKind::cancelled);
        } catch (const ClientError& error) {
            EXPECT_EQ(error.kind(), ClientErrorKind::cancelled);
        }
    }
}

}  // namespace
}  // namespace tiphys
