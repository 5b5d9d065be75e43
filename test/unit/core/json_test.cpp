// SPDX-License-Identifier: Apache-2.0
#include <tiphys/core/core.hpp>

#include <gtest/gtest.h>

#include <utility>

namespace tiphys {
namespace {

constexpr json sample() {
    json made = json::object();
    made.set("name", "argo");
    made.set("count", 3);
    made.set("on", true);
    made.set("none", nullptr);
    json items = json::array();
    items.push_back(1);
    items.push_back("two");
    made.set("items", items);
    return made;
}

static_assert([] {
    const json made = sample();
    const json copy = made;
    return copy == made && copy.find("items")->items().size() == 2 && copy.find("count")->as_text() == "3" &&
           copy.find("on")->as_boolean() && copy.find("none")->is_null() && copy.find("x") == nullptr;
}());
static_assert(!json().has_value() && json(nullptr).has_value());

TEST(Json, KnowsItsKind) {
    EXPECT_EQ(json().kind(), json::type::absent);
    EXPECT_TRUE(json(nullptr).is_null());
    EXPECT_TRUE(json(true).is_boolean());
    EXPECT_TRUE(json(1).is_number());
    EXPECT_TRUE(json("x").is_string());
    EXPECT_TRUE(json(std::string_view("x")).is_string());
    EXPECT_TRUE(json(str("x")).is_string());
    EXPECT_TRUE(json::array().is_array());
    EXPECT_TRUE(json::object().is_object());
}

TEST(Json, NumbersKeepTheirText) {
    EXPECT_EQ(json(number{"1e3"}).as_text(), "1e3");
    EXPECT_NE(json(number{"1e3"}), json(1000));
    EXPECT_EQ(json(std::int64_t{-9007199254740993}).as_text(), "-9007199254740993");
}

TEST(Json, DistinguishesKindsOfTheSameText) {
    EXPECT_NE(json("1"), json(1));
    EXPECT_NE(json("true"), json(true));
    EXPECT_NE(json(false), json());
    EXPECT_NE(json(nullptr), json());
    EXPECT_NE(json::array(), json::object());
    EXPECT_NE(json(true), json(false));
}

TEST(Json, ArraysCompareInOrderAndObjectsByMember) {
    json a = json::object();
    a.set("x", 1);
    a.set("y", 2);
    json b = json::object();
    b.set("y", 2);
    b.set("x", 1);
    EXPECT_EQ(a, b);
    b.set("x", 3);
    EXPECT_NE(a, b);
    json c = json::array();
    c.push_back(1);
    c.push_back(2);
    json d = json::array();
    d.push_back(2);
    d.push_back(1);
    EXPECT_NE(c, d);
    d.push_back(3);
    EXPECT_NE(c, d);
}

TEST(Json, SetReplacesAMemberInItsPlace) {
    json made = sample();
    made.set("name", "other");
    EXPECT_EQ(made.members().size(), 5u);
    EXPECT_EQ(made.members().begin()->key, "name");
    EXPECT_EQ(made.find("name")->as_text(), "other");
}

TEST(Json, CopiesAreDeep) {
    const json original = sample();
    json copy = original;
    copy.members()["items"].push_back(nullptr);
    EXPECT_EQ(original.find("items")->items().size(), 2u);
    EXPECT_NE(copy, original);
}

TEST(Json, NestsItself) {
    json nested = json::array();
    nested.push_back(1);
    for (int i = 0; i < 12; ++i) nested.push_back(nested);  // doubles each time
    EXPECT_EQ(nested.items().size(), 13u);
    EXPECT_EQ(nested.items().back().items().size(), 12u);
}

TEST(Json, ResetMakesItAbsent) {
    json made = sample();
    made.reset();
    EXPECT_EQ(made, json());
    EXPECT_FALSE(made.has_value());
    EXPECT_EQ(made.find("name"), nullptr);
}

}  // namespace
}  // namespace tiphys
