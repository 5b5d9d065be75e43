// SPDX-License-Identifier: Apache-2.0
#include "client/sse_parser.hpp"

#include <vector>

#include "expect_error.hpp"

namespace tiphys::client_detail {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> all(SseParser& parser) {
    std::vector<std::string> events;
    while (auto event = parser.next()) events.push_back(*event);
    return events;
}

std::vector<std::string> parsed(std::string_view text) {
    SseParser parser(1 << 20);
    parser.feed(text);
    return all(parser);
}

TEST(SseParser, ArgosForm) {
    EXPECT_THAT(parsed("data: {\"a\":1} \n\n\n:\ndata: {\"b\":2} \n\n\n"),
                ElementsAre("{\"a\":1}", "{\"b\":2}"));
}

TEST(SseParser, WhatTheStandardAllows) {
    EXPECT_THAT(parsed("data:x\n\n"), ElementsAre("x"));
    EXPECT_THAT(parsed("\xef\xbb\xbf"
                       "data: x\n\n"),
                ElementsAre("x"));
    EXPECT_THAT(parsed("event: e\nid: 7\nretry: 1\ndata: x\nunknown\n\n"), ElementsAre("x"));
    EXPECT_THAT(parsed("data: a\ndata: b\n\n"), ElementsAre("a\nb"));
    EXPECT_THAT(parsed(": comment\n\n:\n\n"), IsEmpty());
    EXPECT_THAT(parsed("database: x\n\n"), IsEmpty());
    EXPECT_THAT(parsed("data\n\n"), IsEmpty());
    EXPECT_THAT(parsed("data: x\r\n\r\ndata: y\r\rdata: z\n\n"), ElementsAre("x", "y", "z"));
    EXPECT_THAT(parsed("data: not at its end\n"), IsEmpty());
}

TEST(SseParser, ChunksMayBeSplitAnywhere) {
    const std::string text = ":\r\ndata: {\"a\":1} \r\n\r\n\ndata: b1\rdata: b2\r\r:\n\ndata: c\n\n";
    for (std::size_t first = 0; first <= text.size(); ++first)
        for (std::size_t second = first; second <= text.size(); ++second) {
            SseParser parser(1 << 20);
            std::vector<std::string> events;
            for (const std::string& part :
                 {text.substr(0, first), text.substr(first, second - first), text.substr(second)}) {
                parser.feed(part);
                for (auto& event : all(parser)) events.push_back(event);
            }
            ASSERT_THAT(events, ElementsAre("{\"a\":1}", "b1\nb2", "c")) << first << ", " << second;
            ASSERT_FALSE(parser.inside_event());
        }
}

TEST(SseParser, ByteByByte) {
    SseParser parser(1 << 20);
    std::vector<std::string> events;
    for (const char c : std::string_view("data: {\"a\":1} \n\n\n:\ndata: {\"b\":2} \n\n\n")) {
        parser.feed({&c, 1});
        for (auto& event : all(parser)) events.push_back(event);
    }
    EXPECT_THAT(events, ElementsAre("{\"a\":1}", "{\"b\":2}"));
}

TEST(SseParser, KnowsWhetherAnEventIsIncomplete) {
    SseParser parser(1 << 20);
    EXPECT_FALSE(parser.inside_event());
    for (const char* part : {"da", "ta: x", "\n"}) {
        parser.feed(part);
        EXPECT_EQ(parser.next(), std::nullopt);
        EXPECT_TRUE(parser.inside_event()) << part;
    }
    parser.feed("\n");
    EXPECT_EQ(parser.next(), "x");
    EXPECT_EQ(parser.next(), std::nullopt);
    EXPECT_FALSE(parser.inside_event());
}

TEST(SseParser, TheLimitHoldsForWholeAndForIncompleteEvents) {
    const auto kind = [](std::string_view text) {
        SseParser parser(100);
        parser.feed(text);
        const ClientError error = test::client_error([&] { all(parser); });
        EXPECT_THAT(error.what(), HasSubstr("larger than 100 bytes"));
        return error.kind();
    };
    EXPECT_EQ(kind("data: " + std::string(101, 'x') + "\n\n"), ClientErrorKind::too_large);
    EXPECT_EQ(kind("data: " + std::string(200, 'x')), ClientErrorKind::too_large);
    std::string lines;
    for (int i = 0; i < 20; ++i) lines += "data: 123456789\n";
    EXPECT_EQ(kind(lines), ClientErrorKind::too_large);
    EXPECT_THAT(parsed("data: " + std::string(100, 'x') + "\n\n"), ElementsAre(std::string(100, 'x')));
}

}  // namespace
}  // namespace tiphys::client_detail
