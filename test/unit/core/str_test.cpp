// SPDX-License-Identifier: Apache-2.0
#include <tiphys/core/str.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_set>
#include <utility>

namespace tiphys {
namespace {

using namespace std::string_view_literals;

static_assert(sizeof(str) == 16);
static_assert(std::is_nothrow_move_constructible_v<str> && std::is_nothrow_move_assignable_v<str>);

// What a recipe does with text, by the compiler.
static_assert(!str().has_value() && str().empty());
static_assert(str("").has_value() && str("").empty());
static_assert(str("argo").view() == "argo"sv);
static_assert([] {
    str a("one");
    str b = a;
    b += " two";
    b += '!';
    str c = std::move(b);
    a = c;
    c = str();
    return a == "one two!" && !c.has_value() && !b.has_value();
}());
static_assert([] {
    str grown;
    for (int i = 0; i < 100; ++i) grown += "x";
    return grown.size() == 100 && grown[99] == 'x';
}());
static_assert(text(0) == "0" && text(-7) == "-7" && text(1234567890) == "1234567890");
static_assert(text(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
static_assert(text(std::numeric_limits<std::int64_t>::max()) == "9223372036854775807");

TEST(Str, AbsentAndEmptyDiffer) {
    const str absent;
    const str empty("");
    EXPECT_FALSE(absent.has_value());
    EXPECT_TRUE(empty.has_value());
    EXPECT_TRUE(absent.empty());
    EXPECT_TRUE(empty.empty());
    EXPECT_NE(absent, empty);
    EXPECT_EQ(absent, str());
    EXPECT_EQ(absent, ""sv);  // plain text has no presence
    EXPECT_EQ(empty, ""sv);
    EXPECT_EQ(absent.value_or("other"), "other");
    EXPECT_EQ(empty.value_or("other"), "");
}

TEST(Str, EmptyTextIsPresentFromEverySource) {
    EXPECT_TRUE(str(""sv).has_value());
    EXPECT_TRUE(str(std::string_view()).has_value());
    EXPECT_TRUE(str(std::string()).has_value());
    EXPECT_TRUE(str(str("")).has_value());
    str appended;
    appended.append("");
    EXPECT_TRUE(appended.has_value());
}

TEST(Str, ConvertsFromAndToTheStandardTypes) {
    const std::string original = std::string("with\0zero and \xC3\xA9"sv);
    const str own = original;
    EXPECT_EQ(std::string(own), original);
    EXPECT_EQ(own.string(), original);
    EXPECT_EQ(own, original);
    const std::string_view view = own;
    EXPECT_EQ(view, original);
    EXPECT_EQ(view.data(), own.data());
    EXPECT_EQ(std::string(own.begin(), own.end()), original);
    EXPECT_EQ(str("a\0b"sv).size(), 3u);
}

TEST(Str, CopiesAreDeep) {
    str a("original");
    str b(a);
    b += " changed";
    EXPECT_EQ(a, "original");
    a = b;
    EXPECT_NE(a.data(), b.data());
    EXPECT_EQ(a, "original changed");
    a.reset();
    EXPECT_FALSE(a.has_value());
    EXPECT_EQ(b, "original changed");
}

TEST(Str, MovedFromIsAbsent) {
    str a("text");
    const char* data = a.data();
    str b(std::move(a));
    EXPECT_EQ(b.data(), data);
    EXPECT_FALSE(a.has_value());  // NOLINT(bugprone-use-after-move)
    a = std::move(b);
    EXPECT_EQ(a, "text");
    EXPECT_FALSE(b.has_value());  // NOLINT(bugprone-use-after-move)
}

TEST(Str, SurvivesAssignmentToItself) {
    str a("long enough to be noticed when it goes");
    str& same = a;
    a = same;
    EXPECT_EQ(a, "long enough to be noticed when it goes");
    a = std::move(same);
    EXPECT_EQ(a, "long enough to be noticed when it goes");
}

TEST(Str, AppendsItself) {
    str a("0123456789abcdef");
    a += a.view();
    EXPECT_EQ(a, "0123456789abcdef0123456789abcdef");
    a += a.view().substr(30);
    EXPECT_EQ(a, "0123456789abcdef0123456789abcdefef");
    str b("xy");
    for (int i = 0; i < 10; ++i) b.append(b.view());
    EXPECT_EQ(b.size(), 2048u);
}

TEST(Str, AssignsAPartOfItself) {
    str a("0123456789abcdef");
    a = a.view().substr(10);
    EXPECT_EQ(a, "abcdef");
}

TEST(Str, ReserveKeepsTheText) {
    str a("keep");
    a.reserve(1000);
    const char* data = a.data();
    for (int i = 0; i < 996; ++i) a += 'x';
    EXPECT_EQ(a.data(), data);
    EXPECT_EQ(a.size(), 1000u);
    EXPECT_EQ(a.view().substr(0, 5), "keepx");
    a.reserve(1);
    EXPECT_EQ(a.size(), 1000u);
}

TEST(Str, ReserveOfNothingKeepsAbsence) {
    str absent;
    absent.reserve(0);
    EXPECT_FALSE(absent.has_value());
}

TEST(Str, RefusesTextOfMoreThanFourGigabytes) {
    str a("small");
    EXPECT_THROW(a.reserve(0x1'0000'0000u), std::length_error);
    EXPECT_EQ(a, "small");
}

TEST(Str, ComparesByTextAndLength) {
    EXPECT_EQ(str("same"), str("same"));
    EXPECT_NE(str("same"), str("sama"));
    EXPECT_NE(str("same"), str("sam"));
    EXPECT_NE(str("a\0b"sv), str("a\0c"sv));
    EXPECT_EQ("same"sv, str("same"));
    EXPECT_NE(str("same"), std::string("other"));
}

TEST(Str, HashesAsItsText) {
    std::unordered_set<str> set{"a", "b", "a"};
    EXPECT_EQ(set.size(), 2u);
    EXPECT_EQ(std::hash<str>()(str("x")), std::hash<std::string_view>()("x"));
}

TEST(Str, IsWrittenToStreams) {
    std::ostringstream out;
    out << str("text") << '|' << str() << '|';
    EXPECT_EQ(out.str(), "text||");
}

}  // namespace
}  // namespace tiphys
