// SPDX-License-Identifier: Apache-2.0
#include "history.hpp"

#include <gtest/gtest.h>

#include <string>

#include "problem_of.hpp"

namespace tiphys::generator {
namespace {

Schema schema(std::string_view release, std::string_view definitions) {
    return read_schema(R"({"release": ")" + std::string(release) + R"(", "operations": {}, "definitions": )" +
                           std::string(definitions) + "}",
                       "f.json");
}

std::string type(const History& history, const std::string& definition, const std::string& property) {
    return to_string(history.schema.definitions.at(definition).properties.at(property));
}

TEST(History, IsInTheOrderOfReleases) {
    const History history =
        merge({schema("v3.10.1", "{}"), schema("v3.9.12", "{}"), schema("v4.0.0", "{}")}, {});
    EXPECT_EQ(history.releases, (std::vector<std::string>{"v3.9.12", "v3.10.1", "v4.0.0"}));
    EXPECT_EQ(history.schema.release, "v4.0.0");
    EXPECT_EQ(minor_release("v3.10.1"), "3.10");
}

TEST(History, HoldsWhatTheNewestHasAndWhatItRemovedFromIt) {
    const History history =
        merge({schema("v1.0.0", R"({"A": {"gone": "required Old", "kept": "string", "must": "string"},
                                    "Old": {"x": "string"}, "Request": {"y": "string"}})"),
               schema("v1.1.0", R"({"A": {"kept": "string", "must": "required string", "new": "New"},
                                    "New": {"z": "string"}})")},
              {});
    EXPECT_EQ(type(history, "A", "gone"), "Old") << "nobody has to set it any more";
    EXPECT_EQ(type(history, "A", "must"), "required string");
    EXPECT_EQ(history.properties.at("A").at("gone"), (Span{0, 0}));
    EXPECT_EQ(history.properties.at("A").at("kept"), (Span{0, 1}));
    EXPECT_EQ(history.properties.at("A").at("new"), (Span{1, 1}));
    EXPECT_EQ(history.definitions.at("A"), (Span{0, 1}));
    EXPECT_EQ(history.definitions.at("Old"), (Span{0, 0}));
    EXPECT_EQ(history.definitions.at("New"), (Span{1, 1}));
    EXPECT_FALSE(history.schema.definitions.contains("Request")) << "nothing that is left holds it";
}

TEST(History, RefusesWhatItCannotSay) {
    const auto problem = [](std::vector<Schema> schemas) {
        return problem_of([&] { merge(std::move(schemas), {}); });
    };
    EXPECT_EQ(problem({}), "there is no schema");
    for (const std::string_view release :
         {"4.1.2", "v4.1", "v4.1.2.3", "v4.x.2", "v4..2", "latest", "v4.1.2-rc1"})
        EXPECT_EQ(problem({schema(release, "{}"), schema("v1.0.0", "{}")}),
                  "release \"" + std::string(release) + "\" is not written like v4.1.2");
    EXPECT_EQ(problem({schema("v4.1.3", "{}"), schema("v4.1.2", "{}")}),
              "there are schemas of v4.1.2 and v4.1.3; keep one of release 4.1");
    EXPECT_EQ(problem({schema("v1.0.0", R"({"A": {"p": "string"}})"), schema("v1.1.0", R"({"A": {}})"),
                       schema("v1.2.0", R"({"A": {"p": "string"}})")}),
              "A.p is in v1.0.0 and v1.2.0, and not in between; the table of releases cannot hold that");
    EXPECT_EQ(problem({schema("v1.0.0", R"({"A": {"p": "required integer"}})"),
                       schema("v1.1.0", R"({"A": {"p": "list string"}})")}),
              "A.p is \"integer\" in v1.0.0 and \"list string\" later; give it a row in corrections.cpp");
    EXPECT_EQ(problem({schema("v1.0.0", R"({"A": "string"})"), schema("v1.1.0", R"({"A": {}})")}),
              "A is something else in v1.0.0 than later; say in corrections.cpp what it is in both");
}

TEST(History, UnitesAnObjectThatChanged) {
    using enum PropertyCorrection::action;
    constexpr PropertyCorrection row{"Cache", "map", unite, "CacheMap", "reason"};
    const Corrections corrections{{}, {&row, 1}};
    const std::string types =
        R"("Key": {"name": "string", "key": "required string"}, "Name": {"name": "string"})";
    const Schema before = schema("v1.0.0", R"({"Cache": {"map": "required Key"}, )" + types + "}");
    const Schema after = schema("v1.1.0", R"({"Cache": {"map": "required Name"}, )" + types + "}");
    const History history = merge({before, after}, corrections);
    EXPECT_EQ(type(history, "Cache", "map"), "required CacheMap");
    EXPECT_EQ(type(history, "CacheMap", "key"), "string");
    EXPECT_EQ(history.properties.at("CacheMap").at("key"), (Span{0, 0}));
    EXPECT_EQ(history.properties.at("CacheMap").at("name"), (Span{0, 1}));
    EXPECT_EQ(problem_of([&] { merge({after}, corrections); }),
              "corrections.cpp: Cache.map does not change from one object to another; remove the row");
}

TEST(History, TakesCorrectionsOfWhatOnlySomeReleasesHave) {
    using enum PropertyCorrection::action;
    const auto with = [](const PropertyCorrection& row, std::string_view before, std::string_view after) {
        return problem_of(
            [&] { merge({schema("v1.0.0", before), schema("v1.1.0", after)}, {{}, {&row, 1}}); });
    };
    const PropertyCorrection row{"A", "p", retype, "integer", ""};
    EXPECT_EQ(with(row, R"({"A": {"p": "string"}})", R"({"A": {}})"), "no problem");
    EXPECT_EQ(with(row, R"({"A": {}})", R"({"A": {"p": "string"}})"), "no problem");
    EXPECT_EQ(with(row, R"({"A": {"p": "string"}})", R"({"A": {"p": "integer"}})"),
              "corrections.cpp: A.p needs no correction in v1.1.0; remove the row");
}

}  // namespace
}  // namespace tiphys::generator
