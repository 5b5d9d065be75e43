// SPDX-License-Identifier: Apache-2.0
#include <tiphys/core/core.hpp>

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace tiphys {
namespace {

static_assert([] {
    map<str> labels;
    labels["b"] = "2";
    labels["a"] = "1";
    labels["b"] = "3";
    const map<str> copy = labels;
    return copy.size() == 2 && *copy.find("b") == "3" && copy.begin()->key == "b" &&
           copy.find("c") == nullptr;
}());

TEST(Map, AbsentAndEmptyDiffer) {
    map<str> absent;
    map<str> empty;
    empty.engage();
    EXPECT_FALSE(absent.has_value());
    EXPECT_TRUE(empty.has_value());
    EXPECT_TRUE(empty.empty());
    EXPECT_NE(absent, empty);
    EXPECT_EQ(absent.find("x"), nullptr);
    EXPECT_FALSE(absent.contains("x"));
}

TEST(Map, KeepsTheOrderOfInsertion) {
    map<int> numbers;
    for (const char* key : {"z", "m", "a"}) numbers[key] = 1;
    numbers["m"] = 2;
    std::vector<std::string> keys;
    for (const auto& entry : numbers) keys.push_back(entry.key.string());
    EXPECT_EQ(keys, (std::vector<std::string>{"z", "m", "a"}));
    EXPECT_EQ(*numbers.find("m"), 2);
}

TEST(Map, BracketsMakeAnAbsentValue) {
    map<str> made;
    EXPECT_FALSE(made["new"].has_value());
    EXPECT_TRUE(made.contains("new"));
    EXPECT_TRUE(made.has_value());
}

TEST(Map, EraseTakesOneKey) {
    map<int> numbers;
    numbers["a"] = 1;
    numbers["b"] = 2;
    EXPECT_TRUE(numbers.erase("a"));
    EXPECT_FALSE(numbers.erase("a"));
    EXPECT_EQ(numbers.size(), 1u);
    EXPECT_TRUE(numbers.erase("b"));
    EXPECT_TRUE(numbers.has_value());  // present and empty, as the object {}
    EXPECT_TRUE(numbers.empty());
    map<int> absent;
    EXPECT_FALSE(absent.erase("a"));
    EXPECT_FALSE(absent.has_value());
}

TEST(Map, TakesItsOwnKeysWhileItGrows) {
    map<int> own;
    own["a key that is long enough for the heap"] = 1;
    for (int i = 0; i < 20; ++i) own.append(own.begin()->key.view()) = i;
    EXPECT_EQ(own.size(), 21u);
    for (const auto& entry : own) EXPECT_EQ(entry.key, "a key that is long enough for the heap");
}

TEST(Map, CopiesAreDeep) {
    map<list<str>> a;
    a["x"].push_back("one");
    map<list<str>> b = a;
    b["x"].push_back("two");
    EXPECT_EQ(a.find("x")->size(), 1u);
    EXPECT_NE(a, b);
    a = std::move(b);
    EXPECT_EQ(a.find("x")->size(), 2u);
    EXPECT_FALSE(b.has_value());  // NOLINT(bugprone-use-after-move)
    a.reset();
    EXPECT_FALSE(a.has_value());
}

}  // namespace
}  // namespace tiphys
