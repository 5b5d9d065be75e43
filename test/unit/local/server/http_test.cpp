// SPDX-License-Identifier: Apache-2.0
#include "local/server/http.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace tiphys::local::server {
namespace {

TEST(HttpStatus, FollowsTheGateway) {
    const std::vector<std::pair<int, int>> table{
        {0, 200}, {1, 408},  {2, 500},  {3, 400},  {4, 504},  {5, 404},  {6, 409},  {7, 403},  {8, 429},
        {9, 400}, {10, 409}, {11, 400}, {12, 501}, {13, 500}, {14, 503}, {15, 500}, {16, 401}, {99, 500}};
    for (const auto& [code, status] : table) EXPECT_EQ(http_status(code), status) << "gRPC code " << code;
}

TEST(HttpStatus, HasGoesNamesForStatuses) {
    EXPECT_EQ(reason_phrase(429), "Too Many Requests");
    EXPECT_EQ(reason_phrase(404), "Not Found");
    EXPECT_EQ(reason_phrase(504), "Gateway Timeout");
    EXPECT_EQ(reason_phrase(299), "");
}

TEST(ErrorResponse, IsAStatusObjectWithoutAnErrorMember) {
    const Response made = error_response(5, "workflows.argoproj.io \"x\" not found");
    EXPECT_EQ(made.status, 404);
    EXPECT_EQ(made.content_type, "application/json");
    EXPECT_EQ(made.body, R"({"code":5,"message":"workflows.argoproj.io \"x\" not found"})");
}

TEST(ErrorResponse, EscapesWhatItQuotes) {
    EXPECT_EQ(error_response(3, "a\n\"b\"\\\x01").body,
              "{\"code\":3,\"message\":\"a\\n\\\"b\\\"\\\\\\u0001\"}");
}

TEST(StreamError, HasTheFourMembers) {
    EXPECT_EQ(
        stream_error(8, "EOF"),
        R"({"error":{"grpc_code":8,"http_code":429,"message":"EOF","http_status":"Too Many Requests"}})");
}

TEST(FramingOfJsonLines, EndsEachMessageWithOneNewline) {
    const Framing lines("");
    EXPECT_FALSE(lines.events());
    EXPECT_EQ(lines.content_type(), "application/json");
    EXPECT_EQ(lines.message(R"({"content":"a"})"), "{\"result\":{\"content\":\"a\"}}\n");
    EXPECT_EQ(lines.keep_alive(), "");
}

TEST(FramingOfJsonLines, LeavesTheNewlineOutAfterAnError) {
    const std::string error = Framing("").error(8, "EOF");
    EXPECT_EQ(error, stream_error(8, "EOF"));
    EXPECT_NE(error.back(), '\n');
}

TEST(FramingOfEvents, HasABlankAndThreeNewlines) {
    const Framing events("text/event-stream");
    EXPECT_TRUE(events.events());
    EXPECT_EQ(events.content_type(), "text/event-stream");
    EXPECT_EQ(events.message(R"({"content":"a"})"), "data: {\"result\":{\"content\":\"a\"}} \n\n\n");
    EXPECT_EQ(events.keep_alive(), ":\n");
    EXPECT_EQ(events.error(8, "EOF"), "data: " + stream_error(8, "EOF") + " \n\n");
}

TEST(FramingOfEvents, IsChosenByTheExactHeaderOnly) {
    for (const char* accept : {"application/json", "text/event-stream, */*", "text/event-stream;q=1",
                               "TEXT/EVENT-STREAM", " text/event-stream"})
        EXPECT_FALSE(Framing(accept).events()) << accept;
}

}  // namespace
}  // namespace tiphys::local::server
