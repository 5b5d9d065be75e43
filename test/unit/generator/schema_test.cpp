// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

#include <gtest/gtest.h>

#include <string>

#include "files.hpp"
#include "problem_of.hpp"

namespace tiphys::generator {
namespace {

TEST(Schema, ReadsAndWritesTypes) {
    for (std::string_view text : {"string", "required string/byte", "list map integer/int64",
                                  "required list io.k8s.Foo", "string = A | B", "any"})
        EXPECT_EQ(to_string(parse_type(text, "here")), text);
    const TypeFact fact = parse_type("required list map string = A | B", "here");
    EXPECT_TRUE(fact.required);
    EXPECT_EQ(fact.containers, (std::vector<std::string>{"list", "map"}));
    EXPECT_EQ(fact.name, "string");
    EXPECT_EQ(fact.values, (std::vector<std::string>{"A", "B"}));
}

TEST(Schema, RefusesOtherText) {
    for (std::string_view text :
         {"", "required", "list", "string integer", "string =", "string = A B", "string = A |"})
        EXPECT_EQ(problem_of([&] { parse_type(text, "f: a.X.p"); }),
                  "f: a.X.p: \"" + std::string(text) +
                      "\" is not a type; write [required] (list|map)* NAME [= VALUE | VALUE]")
            << text;
}

TEST(Schema, RefusesWrongFiles) {
    const auto problem = [](std::string_view text) {
        return problem_of([&] { read_schema(text, "f.json"); });
    };
    EXPECT_EQ(problem("x"), "f.json: is not JSON: syntax error");
    EXPECT_EQ(problem("{}"), R"(f.json: lacks "release")");
    EXPECT_EQ(problem(R"({"release": 4})"), "f.json: release: must be a string");
    EXPECT_EQ(problem(R"({"release": "v1", "definitions": []})"),
              "f.json: definitions: must be a JSON object");
    EXPECT_EQ(problem(R"({"release": "v1", "definitions": {"a.X": {"p": "list a.Y"}}, "operations": {}})"),
              R"(f.json: a.X.p: refers to "a.Y", which is not a definition)");
    EXPECT_EQ(problem(R"({"release": "v1", "definitions": {"a.X": {"p": 1}}, "operations": {}})"),
              "f.json: a.X.p: must be a string");
    EXPECT_EQ(problem(R"({"release": "v1", "definitions": {}, "operations": {"O": {"method": "GET"}}})"),
              R"(f.json: O: lacks "path")");
    EXPECT_EQ(problem(R"({"release": "v1", "definitions": {},
                          "operations": {"O": {"method": "GET", "path": "/", "body": "a.X"}}})"),
              R"(f.json: O.body: refers to "a.X", which is not a definition)");
    EXPECT_EQ(problem(R"({"release": "v1", "definitions": {},
                          "operations": {"O": {"method": "GET", "path": "/", "verb": "x"}}})"),
              R"(f.json: O: has an unknown member "verb")");
}

TEST(Schema, TheCommittedOnesAreInTheirOwnForm) {
    const auto files = list_folder(TIPHYS_SCHEMAS);
    EXPECT_EQ(files.size(), 4u);
    for (const auto& file : files) {
        const std::string text = read_file(file);
        const Schema schema = read_schema(text, file.string());
        EXPECT_EQ(write_schema(schema), text);
        EXPECT_EQ(schema.release, file.stem());
    }
}

}  // namespace
}  // namespace tiphys::generator
