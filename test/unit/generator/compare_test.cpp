// SPDX-License-Identifier: Apache-2.0
#include "compare.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tiphys::generator {
namespace {

Schema schema(std::string_view release, std::string_view definitions, std::string_view operations = "{}") {
    return read_schema(R"({"release": ")" + std::string(release) + R"(", "operations": )" +
                           std::string(operations) + R"(, "definitions": )" + std::string(definitions) + "}",
                       "f.json");
}

std::string rows(const Schema& from, const Schema& to) {
    const std::string head = "| what | v1.0.0 | v1.1.0 |\n|---|---|---|\n";
    const std::string text = compare(from, to);
    return text.starts_with(head) ? text.substr(head.size()) : text;
}

TEST(Compare, ListsWhatCameWentAndChanged) {
    EXPECT_EQ(
        rows(schema("v1.0.0", R"({"A": {"gone": "integer", "same": "string", "type": "string"},
                                        "Gone": {"x": "string"}, "Kind": "string", "Z": {}})"),
             schema("v1.1.0", R"({"A": {"new": "A", "same": "string", "type": "required string = a | b"},
                                        "Kind": {}, "New": {"x": "string", "y": "string"}, "Z": {}})")),
        "| A.gone | integer | – |\n"
        "| A.new | – | A |\n"
        "| A.type | string | required string = a \\| b |\n"
        "| Gone | object of 1 property | – |\n"
        "| Kind | string | object of 0 properties |\n"
        "| New | – | object of 2 properties |\n");
}

TEST(Compare, ListsOperations) {
    EXPECT_EQ(rows(schema("v1.0.0", R"({"B": {}})", R"({"Get": {"method": "GET", "path": "/a"}})"),
                   schema("v1.1.0", R"({"B": {}})",
                          R"({"Get": {"method": "GET", "path": "/a", "query": {"q": "string"}},
                              "Watch": {"method": "PUT", "path": "/b", "body": "B", "response": "B", "stream": true}})")),
              "| Get | GET /a | GET /a q:string |\n"
              "| Watch | – | PUT /b, takes B, gives a stream of B |\n");
}

TEST(Compare, SaysThatNothingChanged) {
    EXPECT_EQ(rows(schema("v1.0.0", "{}"), schema("v1.1.0", "{}")), "v1.0.0 and v1.1.0 do not differ\n");
}

}  // namespace
}  // namespace tiphys::generator
