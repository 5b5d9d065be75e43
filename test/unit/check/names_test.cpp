// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/detail/names.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace tiphys::detail {
namespace {

TEST(Names, NodeNamesAreOfLettersDigitsAndHyphens) {
    for (const auto* good : {"a", "A-1", "1", "a-", "hello-world"}) EXPECT_TRUE(is_node_name(good)) << good;
    for (const auto* bad : {"", "-a", "a_b", "a.b", "a b", "\xc3\xa9"})
        EXPECT_FALSE(is_node_name(bad)) << bad;
    EXPECT_TRUE(is_node_name(std::string(128, 'a')));
    EXPECT_FALSE(is_node_name(std::string(129, 'a')));
}

TEST(Names, ParameterNamesMayHoldUnderscoresAndBeginAnyhow) {
    for (const auto* good : {"_", "-a", "a_b-C1"}) EXPECT_TRUE(is_parameter_name(good)) << good;
    for (const auto* bad : {"", "a.b", "a b", "{{x}}"}) EXPECT_FALSE(is_parameter_name(bad)) << bad;
}

TEST(Names, ObjectNamesAreSubdomains) {
    for (const auto* good : {"a", "a-b", "a.b", "1a"}) EXPECT_TRUE(is_object_name(good, 63, false)) << good;
    for (const auto* bad : {"", "-a", "a-", "a.", ".a", "a..b", "a-.b", "a.-b", "A", "a_b"})
        EXPECT_FALSE(is_object_name(bad, 63, false)) << bad;
    EXPECT_TRUE(is_object_name("nightly-", 63, true));
    EXPECT_FALSE(is_object_name(std::string(64, 'a'), 63, false));
}

TEST(NameIndex, FindsWhatWasAddedFirst) {
    constexpr std::size_t count = 3000;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) names.push_back("task-" + std::to_string(i));
    name_index index(count);
    for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(index.add(names[i], i), -1);
    for (std::size_t i = 0; i < count; ++i) {
        EXPECT_EQ(index.find(names[i]), static_cast<std::int32_t>(i));
        EXPECT_EQ(index.add(names[i], 7), static_cast<std::int32_t>(i));
    }
    EXPECT_EQ(index.find("task"), -1);
    EXPECT_EQ(index.find(""), -1);
}

TEST(Names, AreTheSameLetterByLetter) {
    for (std::size_t size = 0; size < 40; ++size) {
        const std::string name(size, 'a');
        EXPECT_TRUE(same_name(name, std::string(size, 'a'))) << size;
        EXPECT_FALSE(same_name(name, std::string(size + 1, 'a'))) << size;
        for (std::size_t i = 0; i < size; ++i) {
            std::string other = name;
            other[i] = 'b';
            EXPECT_FALSE(same_name(name, other)) << size << ' ' << i;
            EXPECT_NE(hash_at_run_time(name, 1), hash_at_run_time(other, 1)) << size << ' ' << i;
        }
        EXPECT_NE(hash_at_run_time(name, 1), hash_at_run_time(name, 2)) << size;
    }
}

TEST(Nearest, StopsWhereNothingNearCanCome) {
    for (const char* b : {"", "build", "biuld", "deploy", "bbuildd", "xxxxxxxxxxxxxxxxxxxx"}) {
        const std::size_t exact = distance("build", b);
        for (std::size_t below = 1; below < 30; ++below)
            EXPECT_EQ(std::min(distance("build", b, below), below), std::min(exact, below)) << b << below;
    }
}

TEST(Names, AreCutInMessages) {
    EXPECT_EQ(shown("short"), "short");
    EXPECT_EQ(shown(std::string(200, 'a')).size(), 200u);
    std::string text;
    for (int i = 0; i < 300; ++i) text += "ü";
    for (const std::string& one : {text, "x" + text}) {
        const std::string made = shown(one).string();
        EXPECT_LE(made.size(), 203u);
        // Whole characters only, but for the dots.
        EXPECT_EQ((made.size() - 3 - (one[0] == 'x' ? 1 : 0)) % 2, 0u);
        EXPECT_NE(made.find("ü…ü"), std::string::npos);
    }
}

TEST(Nearest, MeasuresInsertionsDeletionsReplacementsAndSwaps) {
    EXPECT_EQ(distance("build", "build"), 0u);
    EXPECT_EQ(distance("biuld", "build"), 1u);
    EXPECT_EQ(distance("build", "buil"), 1u);
    EXPECT_EQ(distance("", "abc"), 3u);
    EXPECT_EQ(distance(std::string(65, 'a'), "a"), 64u);
}

TEST(Nearest, AsksOnlyForWhatIsNear) {
    nearest near("biuld");
    near.offer("deploy");
    near.offer("build");
    EXPECT_EQ(near.question(), "; did you mean `build`?");
    nearest far("x");
    far.offer("deploy");
    EXPECT_EQ(far.question(), "");
}

}  // namespace
}  // namespace tiphys::detail
