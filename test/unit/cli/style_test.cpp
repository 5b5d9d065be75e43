// SPDX-License-Identifier: Apache-2.0
#include "cli/style.hpp"

#include <gtest/gtest.h>

namespace tiphys::cli {
namespace {

const Style unicode{true, false, 80};
const Style ascii{false, false, 80};
const Style colourful{true, true, 80};

TEST(Symbols, TellThePhase) {
    EXPECT_EQ(symbol(look_of("Succeeded"), unicode), "✔");
    EXPECT_EQ(symbol(look_of("Failed"), unicode), "✖");
    EXPECT_EQ(symbol(look_of("Error"), unicode), "✖");
    EXPECT_EQ(symbol(look_of("Running"), unicode), "●");
    EXPECT_EQ(symbol(look_of("Pending"), unicode), "◷");
    EXPECT_EQ(symbol(look_of("Running", "Suspend"), unicode), "◷");
    EXPECT_EQ(symbol(look_of("Skipped"), unicode), "○");
    EXPECT_EQ(symbol(look_of("Omitted"), unicode), "○");
    EXPECT_EQ(symbol(look_of(""), unicode), "◷");
}

TEST(Symbols, HaveAsciiStandIns) {
    EXPECT_EQ(symbol(Look::succeeded, ascii), "+");
    EXPECT_EQ(symbol(Look::failed, ascii), "x");
    EXPECT_EQ(symbol(Look::running, ascii), "*");
    EXPECT_EQ(symbol(Look::waiting, ascii), "~");
    EXPECT_EQ(symbol(Look::not_run, ascii), "o");
    EXPECT_EQ(to_ascii("✔ ✖ ● ◷ ○ ├─└… é"), "+ x * ~ o |-`... é");
}

TEST(Colours, AreThereOnlyWhenWanted) {
    EXPECT_EQ(coloured("a", Look::failed, unicode), "a");
    EXPECT_EQ(coloured("a", Look::failed, colourful), "\x1b[31ma\x1b[0m");
    EXPECT_EQ(dimmed("a", unicode), "a");
}

TEST(Columns, CountWhatATerminalShows) {
    EXPECT_EQ(columns("abc"), 3u);
    EXPECT_EQ(columns("✔ é"), 3u);
    EXPECT_EQ(columns("e\xcc\x81"), 1u);
    EXPECT_EQ(columns("世界"), 4u);
    EXPECT_EQ(columns("😀"), 2u);
    EXPECT_EQ(columns("\xff\xc3"), 2u);
}

TEST(Cut, KeepsWithinTheWidth) {
    EXPECT_EQ(cut("abcdef", 6, unicode), "abcdef");
    EXPECT_EQ(cut("abcdef", 5, unicode), "abcd…");
    EXPECT_EQ(cut("abcdef", 5, ascii), "ab...");
    EXPECT_EQ(cut("世界世界", 5, unicode), "世界…");
    EXPECT_EQ(cut("abcdef", 0, unicode), "");
    EXPECT_EQ(cut("abcdef", 2, ascii), "");
}

TEST(Harmless, LosesWhatMovesTheCursor) {
    EXPECT_EQ(harmless("a\nb\tc\rd"), "a b c d");
    EXPECT_EQ(harmless("\x1b[2Jred\x1b[31m text\x1b[0m"), "red text");
    EXPECT_EQ(harmless("\x1b]0;title\x07rest"), "rest");
    EXPECT_EQ(harmless("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\"), "link");
    EXPECT_EQ(harmless("a\x1b(Bb"), "aBb");
    EXPECT_EQ(harmless("bell\x07 null delete\x7f"), "bell null delete");
    EXPECT_EQ(harmless("c1\xc2\x9b"
                       "2J é"),
              "c12J é");
    EXPECT_EQ(harmless("\x1b"), "");
    EXPECT_EQ(harmless("\x1b["), "");
    EXPECT_EQ(harmless("\x1b]0;open"), "");
}

TEST(Times, AreRead) {
    EXPECT_EQ(seconds_of("1970-01-01T00:01:00Z"), 60);
    EXPECT_EQ(seconds_of("2026-11-23T15:00:00Z"), 1795446000);
    EXPECT_EQ(seconds_of(""), std::nullopt);
    EXPECT_EQ(seconds_of("2026-11-23 15:00:00Z"), std::nullopt);
}

TEST(Durations, AreShort) {
    EXPECT_EQ(duration_text(0), "0s");
    EXPECT_EQ(duration_text(59), "59s");
    EXPECT_EQ(duration_text(65), "1m05s");
    EXPECT_EQ(duration_text(3600 * 3 + 125), "3h02m");
    EXPECT_EQ(duration_text(-5), "0s");
}

}  // namespace
}  // namespace tiphys::cli
