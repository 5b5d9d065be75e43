// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "client/backoff.hpp"
#include "client/words.hpp"
#include "expect_error.hpp"

namespace tiphys {
namespace {

TEST(ClientErrorType, IsASystemErrorWithItsOwnWords) {
    const ClientError error({.kind = ClientErrorKind::not_found, .message = "no such thing", .status = 404});
    const boost::system::system_error& base = error;
    EXPECT_STREQ(base.what(), "no such thing");
    EXPECT_EQ(base.code(), ClientErrorKind::not_found);
    EXPECT_STREQ(base.code().category().name(), "tiphys.client");
    EXPECT_EQ(base.code().message(), "not found");
    EXPECT_EQ(error.grpc_code(), -1);
}

TEST(ClientErrorType, EveryKindHasWordsOfItsOwn) {
    std::set<std::string> words;
    const int last = static_cast<int>(ClientErrorKind::server);
    for (int kind = 1; kind <= last; ++kind) words.emplace(to_string(static_cast<ClientErrorKind>(kind)));
    EXPECT_EQ(words.size(), static_cast<std::size_t>(last));
    EXPECT_EQ(words.count("unknown"), 0u);
    EXPECT_EQ(to_string(static_cast<ClientErrorKind>(last + 1)), "unknown");
}

TEST(ClientErrorType, TransientIsWhatTimeMends) {
    const auto transient = [](ClientErrorKind kind, int status = 0) {
        return is_transient(ClientError({.kind = kind, .message = "m", .status = status}));
    };
    EXPECT_TRUE(transient(ClientErrorKind::unreachable));
    EXPECT_TRUE(transient(ClientErrorKind::timeout));
    EXPECT_TRUE(transient(ClientErrorKind::closed));
    EXPECT_TRUE(transient(ClientErrorKind::too_many_requests, 429));
    EXPECT_TRUE(transient(ClientErrorKind::server, 503));
    EXPECT_FALSE(transient(ClientErrorKind::server, 500));
    EXPECT_FALSE(transient(ClientErrorKind::cancelled));
    EXPECT_FALSE(transient(ClientErrorKind::tls));
    EXPECT_FALSE(transient(ClientErrorKind::unauthorized, 401));
}

TEST(OneLine, KeepsWhatATerminalSurvives) {
    using client_detail::one_line;
    EXPECT_EQ(one_line("ordinary – ünïcødé ✔ 😀"), "ordinary – ünïcødé ✔ 😀");
    EXPECT_EQ(one_line("a\nb\tc\rd\x1b[1m\x7f"), "a\\nb c\\rd\\x1b[1m\\x7f");
    EXPECT_EQ(one_line("\xc2\x85\xc2\xa0"), "\\xc2\\x85\xc2\xa0");  // a C1 control; a no-break space is none
    EXPECT_EQ(one_line("\xff\xc0\x80\xed\xa0\x80\xe2\x9c"), "\\xff\\xc0\\x80\\xed\\xa0\\x80\\xe2\\x9c");
    EXPECT_EQ(one_line("12345678", 5), "12345…");
    EXPECT_EQ(one_line("12345", 5), "12345");
}

TEST(Backoff, DoublesUpToTheLongestAndVaries) {
    using client_detail::backoff;
    using std::chrono::milliseconds;
    const auto pause = [](unsigned failures, double jitter) {
        return backoff(milliseconds(200), milliseconds(5000), failures, jitter).count();
    };
    EXPECT_EQ(pause(1, 0), 200);
    EXPECT_EQ(pause(2, 0), 400);
    EXPECT_EQ(pause(5, 0), 3200);
    EXPECT_EQ(pause(6, 0), 5000);
    EXPECT_EQ(pause(10'000, 0), 5000);
    EXPECT_EQ(pause(1, -1), 150);
    EXPECT_EQ(pause(10, 1), 6250);
    EXPECT_EQ(backoff(milliseconds(0), milliseconds(5000), 7, 1).count(), 0);
    for (int i = 0; i < 100; ++i) {
        const double jitter = client_detail::random_jitter();
        EXPECT_GE(jitter, -1);
        EXPECT_LE(jitter, 1);
    }
}

}  // namespace
}  // namespace tiphys
