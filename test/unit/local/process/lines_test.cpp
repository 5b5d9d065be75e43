// SPDX-License-Identifier: Apache-2.0
#include "lines.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tiphys::local::process {
namespace {

using Texts = std::vector<std::string>;

Texts cut(std::size_t max, const Texts& chunks) {
    Texts lines;
    Lines cutter(max);
    auto emit = [&](std::string_view line) { lines.emplace_back(line); };
    for (const std::string& chunk : chunks) cutter.feed(chunk, emit);
    cutter.finish(emit);
    return lines;
}

TEST(Lines, CutsAtNewlines) {
    EXPECT_EQ(cut(10, {"a\nb\n"}), (Texts{"a", "b"}));
    EXPECT_EQ(cut(10, {"a\n\nb"}), (Texts{"a", "", "b"}));
    EXPECT_EQ(cut(10, {}), Texts{});
    EXPECT_EQ(cut(10, {"\n"}), Texts{""});
}

TEST(Lines, JoinsChunks) {
    EXPECT_EQ(cut(10, {"a", "b", "\n", "c"}), (Texts{"ab", "c"}));
    EXPECT_EQ(cut(10, {"ab\nc", "d\ne"}), (Texts{"ab", "cd", "e"}));
}

TEST(Lines, SplitsOverlongLines) {
    EXPECT_EQ(cut(3, {"abcdefgh\nx"}), (Texts{"abc", "def", "gh", "x"}));
    EXPECT_EQ(cut(3, {"ab", "cd", "ef\n"}), (Texts{"abc", "def"}));
}

TEST(Lines, ALineOfJustTheLimitIsOneLine) {
    EXPECT_EQ(cut(3, {"abc\ndef\n"}), (Texts{"abc", "def"}));
    EXPECT_EQ(cut(3, {"abc", "\n", "d"}), (Texts{"abc", "d"}));
    EXPECT_EQ(cut(3, {"abc"}), (Texts{"abc"}));
}

// However the bytes are chunked, the lines are the same.
TEST(Lines, DoNotDependOnChunks) {
    const std::string text = "one\n\nthree is long\nfour\n\n\nx";
    const Texts whole = cut(5, {text});
    for (std::size_t first = 0; first <= text.size(); ++first)
        for (std::size_t second = first; second <= text.size(); ++second)
            EXPECT_EQ(
                cut(5, {text.substr(0, first), text.substr(first, second - first), text.substr(second)}),
                whole);
}

}  // namespace
}  // namespace tiphys::local::process
