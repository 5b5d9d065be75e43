// SPDX-License-Identifier: Apache-2.0
#include "text_testing.hpp"

namespace {

using namespace tiphys;

TEST(Locate, FindsMembersAndElementsOfJson) {
    constexpr std::string_view text = "{\"a\": [1, {\"b\\n\": 2,\n  \"é\": [[], [3]]}], \"c.d\": {}\n}";
    EXPECT_EQ(locate(text, ""), (Location{1, 1}));
    EXPECT_EQ(locate(text, "a"), (Location{1, 2}));
    EXPECT_EQ(locate(text, "a[0]"), (Location{1, 8}));
    EXPECT_EQ(locate(text, "a[1]"), (Location{1, 11}));
    EXPECT_EQ(locate(text, "a[1][\"b\n\"]"), (Location{1, 12}));
    EXPECT_EQ(locate(text, "a[1][\"é\"]"), (Location{2, 3}));
    EXPECT_EQ(locate(text, "a[1][\"é\"][1][0]"), (Location{2, 14}));
    EXPECT_EQ(locate(text, "[\"c.d\"]"), (Location{2, 21}));
    EXPECT_EQ(locate(text, "a[2]"), (Location{}));
    EXPECT_EQ(locate(text, "b"), (Location{}));
}

TEST(Locate, FindsMembersAndElementsOfYaml) {
    constexpr std::string_view text =
        "# first\na: &x\n- 1\n- b: 2\n  é: ü\n  c: [[], [3, z]]\nd: *x\n---\nspec:\n  - {q: [1, 2]}\n  - "
        "\"k.l\": 5\n";
    EXPECT_EQ(locate(text, ""), (Location{2, 1}));
    EXPECT_EQ(locate(text, "a[0]"), (Location{3, 3}));
    EXPECT_EQ(locate(text, "a[1]"), (Location{4, 3}));
    EXPECT_EQ(locate(text, "a[1].b"), (Location{4, 3}));
    EXPECT_EQ(locate(text, "a[1].c[1][1]"), (Location{6, 15}));
    EXPECT_EQ(locate(text, "d"), (Location{7, 1}));
    EXPECT_EQ(locate(text, "spec[0].q[1]", 1), (Location{10, 13}));
    EXPECT_EQ(locate(text, "spec[1][\"k.l\"]", 1), (Location{11, 5}));
    EXPECT_EQ(locate(text, "spec", 0), (Location{}));
    EXPECT_EQ(locate(text, "spec", 2), (Location{}));
    EXPECT_EQ(locate("{a: {b: 1}}", "a.b"), (Location{1, 6}));
}

TEST(Locate, SurvivesTextThatIsBroken) {
    for (const char* text : {"", "{", "[", "}", "]]", "{\"a", "{\"a\":[", "\"", "a: [", "\xff", "{]}", ",",
                             "a: *b", "[}", "{\"\\u12"})
        for (const char* path :
             {"", "a", "[0]", "a[0]", "[", "[\"", "[\"a", "[x]", "..", "]", "[99999999999999999999]"})
            static_cast<void>(locate(text, path));
}

}  // namespace
