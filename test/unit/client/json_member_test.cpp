// SPDX-License-Identifier: Apache-2.0
#include "client/json_member.hpp"

#include "expect_error.hpp"

namespace tiphys::client_detail {
namespace {

TEST(JsonMember, FindsTheTextOfAMember) {
    EXPECT_EQ(json_member(R"({"result":{"a":[1,{"b":"}"}]},"error":null})", "result"),
              R"({"a":[1,{"b":"}"}]})");
    EXPECT_EQ(json_member(R"( { "x" : "a\"b,}" , "y" : -1.5e3 } )", "x"), R"("a\"b,}")");
    EXPECT_EQ(json_member(R"( { "x" : "a\\" , "y" : -1.5e3 } )", "y"), "-1.5e3");
    EXPECT_EQ(json_member(R"({"x":true})", "x"), "true");
    EXPECT_EQ(json_member(R"({"x":{"result":1}})", "result"), std::nullopt);
    EXPECT_EQ(json_member("{}", "x"), std::nullopt);
    EXPECT_EQ(json_member(" { } ", "x"), std::nullopt);
}

TEST(JsonMember, TextThatIsNotOneObjectIsAnError) {
    for (const char* text :
         {"", " ", "1", "[]", "{", "{\"a\"", "{\"a\":", "{\"a\":}", "{\"a\":1", "{\"a\":1,}", "{\"a\":1}}",
          "{\"a\":1} x", "{\"a\":\"", "{\"a\":\"\\", "{\"a\":[1}", "{a:1}", "{\"a\" 1}", "<html>"})
        EXPECT_EQ(test::client_error([&] { json_member(text, "x"); }).kind(), ClientErrorKind::not_json)
            << text;
}

/// Every prefix of a document is broken, and none may be read beyond its end.
TEST(JsonMember, EveryPrefixIsAnError) {
    const std::string whole = R"({"result":{"type":"ADDED","object":{"a":[1,2,"\\\""]}},"x":null})";
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const std::string prefix = whole.substr(0, size);
        EXPECT_EQ(test::client_error([&] { json_member(prefix, "x"); }).kind(), ClientErrorKind::not_json)
            << prefix;
    }
    EXPECT_EQ(json_member(whole, "x"), "null");
}

}  // namespace
}  // namespace tiphys::client_detail
