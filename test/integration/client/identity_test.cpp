// SPDX-License-Identifier: Apache-2.0
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "identity_kit.hpp"

/// How the client proves who it is.
namespace tiphys {
namespace {

namespace asio = boost::asio;
using test::header_of;
using test::headers_of;
using test::options_with;
using test::refused;
using test::ScriptedServer;
using test::takes;
using test::Talk;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// Gives token-1, token-2, and so on.
class Counting {
public:
    TokenSource source() {
        return [this] { return "token-" + std::to_string(++count_); };
    }
    int count() const { return count_; }

private:
    std::atomic<int> count_ = 0;
};

/// Waits until it is told to stop.
class Hanging {
public:
    TokenSource source() {
        return [this](const std::stop_token& stop) -> std::string {
            std::unique_lock lock(mutex_);
            ++calls_;
            changed_.notify_all();
            changed_.wait(lock, stop, [] { return false; });
            ++stops_;
            throw std::runtime_error("told to stop");
        };
    }
    void wait_for_call() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return calls_ > 0; });
    }
    int stops() {
        const std::lock_guard lock(mutex_);
        return stops_;
    }

private:
    std::mutex mutex_;
    std::condition_variable_any changed_;
    int calls_ = 0;
    int stops_ = 0;
};

TEST(ClientIdentity, ASourceIsAskedAtTheFirstRequestAndItsAnswerIsKept) {
    ScriptedServer server(takes("token-1"));
    Counting tokens;
    const Client client(options_with(server, tokens.source()));
    const Client copy = client;
    EXPECT_EQ(tokens.count(), 0);
    EXPECT_EQ(client.get("a").name(), "a");
    EXPECT_EQ(copy.create(test::to_create()).name(), "a");
    EXPECT_EQ(tokens.count(), 1);
    EXPECT_THAT(headers_of(server), ElementsAre("Bearer token-1", "Bearer token-1"));
}

TEST(ClientIdentity, ARefusedRequestIsSentOnceMoreWithANewToken) {
    ScriptedServer server(takes("token-2"));
    Counting tokens;
    const Client client(options_with(server, tokens.source()));
    EXPECT_EQ(client.create(test::to_create()).name(), "a");
    EXPECT_EQ(client.get("a").name(), "a");
    const auto requests = server.requests();
    EXPECT_THAT(headers_of(server), ElementsAre("Bearer token-1", "Bearer token-2", "Bearer token-2"));
    EXPECT_EQ(requests.at(0).method, "POST");
    EXPECT_EQ(requests.at(1).body, requests.at(0).body);
}

TEST(ClientIdentity, AndNotForEver) {
    ScriptedServer server(takes("another"));
    Counting tokens;
    const Client client(options_with(server, tokens.source()));
    const auto error = test::client_error([&] { client.get("a"); });
    EXPECT_EQ(error.kind(), ClientErrorKind::unauthorized);
    EXPECT_EQ(error.status(), 401);
    EXPECT_THAT(error.what(), AllOf(HasSubstr("the token is from the token source of this program"),
                                    HasSubstr("asked again"), Not(HasSubstr("token-"))));
    EXPECT_EQ(tokens.count(), 2);
    EXPECT_EQ(server.requests().size(), 2u);
}

TEST(ClientIdentity, TheSameTokenIsNotSentTwice) {
    ScriptedServer server(takes("another"));
    int asked = 0;
    const Client client(options_with(server, TokenSource([&] {
                                         ++asked;
                                         return std::string("stale");
                                     })));
    EXPECT_EQ(test::client_error([&] { client.remove("a"); }).status(), 401);
    EXPECT_EQ(asked, 2);
    EXPECT_EQ(server.requests().size(), 1u);
}

TEST(ClientIdentity, WithoutASourceARefusalIsFinal) {
    ScriptedServer server(takes("another"));
    ClientOptions options = test::options_for(server);
    options.token = "mine";
    EXPECT_EQ(test::client_error([&] { Client(options).get("a"); }).status(), 401);
    EXPECT_EQ(server.requests().size(), 1u);
}

TEST(ClientIdentity, OperationsAtTheSameTimeAskOnce) {
    std::latch both(2);
    ScriptedServer server([&](Talk& talk) {
        if (header_of(talk.request()) == "Bearer token-1") {
            both.arrive_and_wait();
            talk.json(401, refused);
        } else {
            talk.json(200, test::workflow_json("a", "Running"));
        }
    });
    Counting tokens;
    const Client client(options_with(server, tokens.source()));
    auto first = client.async_get("a", asio::use_future);
    auto second = client.async_create(test::to_create(), asio::use_future);
    EXPECT_EQ(first.get().name(), "a");
    EXPECT_EQ(second.get().name(), "a");
    EXPECT_EQ(tokens.count(), 2);
    EXPECT_EQ(server.requests().size(), 4u);
}

TEST(ClientIdentity, StreamsAskAgainToo) {
    ScriptedServer server([](Talk& talk) {
        if (header_of(talk.request()) == "Bearer token-1") return talk.json(401, refused);
        talk.begin_events();
        if (talk.request().target.find("/log") != std::string::npos)
            talk.event(R"({"result":{"content":"hello"}})");
        else
            talk.event(test::watch_json("ADDED", test::workflow_json("a", "Succeeded")));
        talk.end_events();
    });
    for (int i = 0; i < 2; ++i) {
        Counting tokens;
        const Client client(options_with(server, tokens.source()));
        if (i == 0)
            EXPECT_EQ(phase(client.watch("a").next()->object), "Succeeded");
        else
            EXPECT_EQ(client.logs("a").next()->content, "hello");
        EXPECT_EQ(tokens.count(), 2);
    }
    ScriptedServer deaf(takes("another"));
    Counting tokens;
    const Client client(options_with(deaf, tokens.source()));
    WatchStream stream = client.watch("a");
    EXPECT_EQ(test::client_error([&] { stream.next(); }).status(), 401);
    EXPECT_EQ(deaf.requests().size(), 2u);
}

TEST(ClientIdentity, ASourceThatFails) {
    ScriptedServer server(takes("late"));
    int asked = 0;
    const Client client(options_with(server, TokenSource(
                                                 [&]() -> std::string {
                                                     if (++asked == 1) throw std::runtime_error("no luck");
                                                     return "late";
                                                 },
                                                 "the oracle")));
    const auto error = test::client_error([&] { client.create(test::to_create()); });
    EXPECT_EQ(error.kind(), ClientErrorKind::unauthorized);
    EXPECT_EQ(error.status(), 0);
    EXPECT_THAT(error.what(), HasSubstr("no token from the oracle: no luck; the request was not sent"));
    EXPECT_TRUE(server.requests().empty());
    EXPECT_EQ(client.get("a").name(), "a");
}

TEST(ClientIdentity, ATokenThatWouldWriteHeaders) {
    ScriptedServer server(takes("x"));
    const Client client(options_with(server, TokenSource([] { return std::string("secret\r\nX-Evil: 1"); })));
    EXPECT_THAT(test::client_error([&] { client.get("a"); }).what(),
                AllOf(HasSubstr("control character"), Not(HasSubstr("secret"))));
    EXPECT_TRUE(server.requests().empty());
}

TEST(ClientIdentity, ASourceThatHangsIsGivenUp) {
    ScriptedServer server(takes("x"));
    Hanging hanging;
    {
        ClientOptions options = options_with(server, hanging.source());
        options.token_timeout = std::chrono::milliseconds(20);
        const Client client(options);
        const auto error = test::client_error([&] { client.get("a"); });
        EXPECT_EQ(error.kind(), ClientErrorKind::timeout);
        EXPECT_THAT(error.what(), AllOf(HasSubstr("within 20 ms"), HasSubstr("token_timeout")));
    }
    EXPECT_GE(hanging.stops(), 1);
    {
        ClientOptions options = options_with(server, hanging.source());
        options.request_timeout = std::chrono::milliseconds(20);
        const Client client(options);
        const auto error = test::client_error([&] { client.create(test::to_create()); });
        EXPECT_EQ(error.kind(), ClientErrorKind::timeout);
        EXPECT_THAT(error.what(), HasSubstr("it could not be sent within 20 ms"));
    }
    EXPECT_TRUE(server.requests().empty());
}

TEST(ClientIdentity, WhoWaitsForASourceCanBeCancelled) {
    ScriptedServer server(takes("x"));
    Hanging hanging;
    const Client client(options_with(server, hanging.source()));
    asio::cancellation_signal signal;
    auto result = client.async_get("a", asio::bind_cancellation_slot(signal.slot(), asio::use_future));
    hanging.wait_for_call();
    signal.emit(asio::cancellation_type::total);
    EXPECT_EQ(test::client_error([&] { result.get(); }).kind(), ClientErrorKind::cancelled);
}

TEST(ClientIdentity, ASourceDoesNotBlockTheExecutor) {
    ScriptedServer server(takes("x"));
    asio::any_io_executor executor;
    const Client client(options_with(server, TokenSource([&] {
                                         std::promise<std::string> ran;
                                         asio::post(executor, [&] { ran.set_value("x"); });
                                         return ran.get_future().get();
                                     })));
    executor = client.get_executor();
    EXPECT_EQ(client.get("a").name(), "a");
}

TEST(ClientIdentity, AClientThatGoesStopsItsSource) {
    ScriptedServer server(takes("x"));
    Hanging hanging;
    std::future<SubmittedWorkflow> result;
    {
        const Client client(options_with(server, hanging.source()));
        result = client.async_get("a", asio::use_future);
        hanging.wait_for_call();
    }
    EXPECT_EQ(test::client_error([&] { result.get(); }).kind(), ClientErrorKind::cancelled);
    EXPECT_EQ(hanging.stops(), 1);
}

TEST(ClientIdentity, ACredentialMayHaveACertificate) {
    const auto first = test::self_signed("DNS:first");
    const auto second = test::self_signed("DNS:second");
    ScriptedServer server(
        [&](Talk& talk) {
            if (talk.request().client_certificate == second.certificate)
                talk.json(200, test::workflow_json("a", "Running"));
            else
                talk.json(401, refused);
        },
        test::self_signed("DNS:localhost"));
    int asked = 0;
    ClientOptions options = options_with(server, TokenSource([&] {
                                             const auto& pair = ++asked == 1 ? first : second;
                                             Credential credential;
                                             credential.client_certificate = pair.certificate;
                                             credential.client_key = pair.key;
                                             return credential;
                                         }));
    options.secure = true;
    options.insecure_skip_verify = true;
    const Client client(options);
    EXPECT_EQ(client.create(test::to_create()).name(), "a");
    EXPECT_EQ(server.requests().at(0).client_certificate, first.certificate);
    EXPECT_EQ(asked, 2);
    EXPECT_EQ(client.get("a").name(), "a");
    EXPECT_EQ(server.connections(), 2u);
}

TEST(ClientIdentity, ACertificateAsTextAndTheNameOnTheServers) {
    const auto mine = test::self_signed("DNS:me");
    const auto theirs = test::self_signed("DNS:argo.example.org");
    ScriptedServer server([](Talk& talk) { talk.json(200, test::workflow_json("a", "Running")); }, theirs);
    ClientOptions options = test::options_for(server);
    options.secure = true;
    options.certificate_authority_data = theirs.certificate;
    options.client_certificate_data = mine.certificate;
    options.client_key_data = mine.key;
    EXPECT_EQ(test::client_error([&] { Client(options).get("a"); }).kind(), ClientErrorKind::tls);
    options.tls_server_name = "argo.example.org";
    EXPECT_EQ(Client(options).get("a").name(), "a");
    EXPECT_EQ(server.requests().at(0).client_certificate, mine.certificate);
    options.client_key_data = theirs.key;
    EXPECT_THAT(test::client_error([&] { Client{options}; }).what(), HasSubstr("client_key_data"));
    options.certificate_authority_data = "not PEM";
    EXPECT_THAT(test::client_error([&] { Client{options}; }).what(),
                HasSubstr("certificate_authority_data cannot be used"));
}

}  // namespace
}  // namespace tiphys
