// SPDX-License-Identifier: Apache-2.0
#include "client/identity.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <future>
#include <stdexcept>

#include "expect_error.hpp"

namespace tiphys::client_detail {
namespace {

using std::chrono::system_clock;

/// Asks as an operation does, and runs it to its end.
std::string asked(Identities& identities) {
    asio::io_context context;
    std::string header;
    std::exception_ptr failed;
    const auto operation = std::make_shared<Operation>(context.get_executor());
    asio::co_spawn(
        context,
        [&]() -> asio::awaitable<void> {
            const auto identity = co_await identities.current(*operation);
            header = identity->authorization;
        },
        [&](std::exception_ptr error) { failed = error; });
    context.run();
    if (failed) std::rethrow_exception(failed);
    return header;
}

TEST(Authorization, PutsBearerBeforeASingleWord) {
    EXPECT_EQ(authorization(""), "");
    EXPECT_EQ(authorization(" \n"), "");
    EXPECT_EQ(authorization("abc\n"), "Bearer abc");
    EXPECT_EQ(authorization("Bearer abc"), "Bearer abc");
    EXPECT_EQ(authorization("Basic YTpi"), "Basic YTpi");
}

TEST(Identities, AreRenewedTenSecondsBeforeTheirEnd) {
    system_clock::time_point now{};
    int count = 0;
    ClientOptions options;
    options.token_source = [&] {
        Credential credential;
        credential.token = std::to_string(++count);
        credential.expires = now + std::chrono::seconds(60);
        return credential;
    };
    Identities identities(options, nullptr, [&] { return now; });
    EXPECT_EQ(count, 0);
    EXPECT_EQ(asked(identities), "Bearer 1");
    now += std::chrono::seconds(49);
    EXPECT_EQ(asked(identities), "Bearer 1");
    now += std::chrono::seconds(1);
    EXPECT_EQ(asked(identities), "Bearer 2");
    now += std::chrono::hours(1);
    EXPECT_EQ(asked(identities), "Bearer 3");
}

TEST(Identities, AreRenewedWhenTheyAreOutdatedOrRefused) {
    bool outdated = false;
    int count = 0;
    ClientOptions options;
    options.token_source = [&] {
        Credential credential;
        credential.token = std::to_string(++count);
        credential.outdated = [&] { return outdated; };
        return credential;
    };
    Identities identities(options, nullptr);
    EXPECT_EQ(asked(identities), "Bearer 1");
    outdated = true;
    EXPECT_EQ(asked(identities), "Bearer 2");
    outdated = false;
    EXPECT_EQ(asked(identities), "Bearer 2");
    // What is refused is no longer the one that is kept: nothing is asked.
    EXPECT_TRUE(identities.refuse(std::make_shared<const Identity>()));
    EXPECT_EQ(asked(identities), "Bearer 2");
}

TEST(Identities, ACallThatWasGivenUpIsRepeatedForWhoHasComeMeanwhile) {
    std::promise<void> first_began;
    std::promise<void> others_wait;
    int count = 0;
    ClientOptions options;
    options.token_source = [&](const std::stop_token& stop) -> std::string {
        if (++count > 1) return "second";
        first_began.set_value();
        others_wait.get_future().wait();
        EXPECT_TRUE(stop.stop_requested());
        throw std::runtime_error("told to stop");
    };
    Identities identities(options, nullptr);
    asio::io_context context;
    std::vector<std::string> outcomes;
    const auto start = [&](const std::shared_ptr<Operation>& operation) {
        asio::co_spawn(
            context,
            [&, operation]() -> asio::awaitable<void> {
                try {
                    const auto identity = co_await identities.current(*operation);
                    outcomes.push_back(identity->authorization);
                } catch (const ClientError& error) {
                    outcomes.emplace_back(to_string(error.kind()));
                }
            },
            [](std::exception_ptr error) { EXPECT_EQ(error, nullptr); });
        context.restart();
        context.poll();
    };
    const auto first = std::make_shared<Operation>(context.get_executor());
    start(first);
    first_began.get_future().wait();
    first->cancel(asio::cancellation_type::terminal);
    context.poll();
    EXPECT_THAT(outcomes, testing::ElementsAre("cancelled"));
    const auto second = std::make_shared<Operation>(context.get_executor());
    start(second);
    others_wait.set_value();
    context.run();
    EXPECT_THAT(outcomes, testing::ElementsAre("cancelled", "Bearer second"));
    EXPECT_EQ(count, 2);
}

TEST(Identities, OfATokenAreFixed) {
    ClientOptions options;
    options.token = "abc";
    Identities identities(options, nullptr);
    EXPECT_EQ(asked(identities), "Bearer abc");
    EXPECT_FALSE(identities.refuse(nullptr));
}

TEST(Identities, HalfACertificateIsAnError) {
    ClientOptions options;
    options.token_source = [] {
        Credential credential;
        credential.client_key = "key";
        return credential;
    };
    Identities identities(options, nullptr);
    EXPECT_THAT(test::client_error([&] { asked(identities); }).what(),
                testing::HasSubstr("must be given together"));
}

}  // namespace
}  // namespace tiphys::client_detail
