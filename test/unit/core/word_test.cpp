// SPDX-License-Identifier: Apache-2.0
#include <tiphys/core/word.hpp>

#include <gtest/gtest.h>

#include <source_location>
#include <string>

namespace tiphys {
namespace {

constexpr unsigned line_of(const word& text) { return text.where().line(); }

struct Chain {
    unsigned lines[3] = {};
    unsigned count = 0;
    constexpr Chain& with(const word& text) {
        lines[count++] = line_of(text);
        return *this;
    }
};

// Each literal of a chain that spans lines keeps its own line, on both compilers.
constexpr unsigned first = std::source_location::current().line() + 2;
constexpr Chain chain = Chain()
                            .with("one")

                            .with("two")
                            .with("three");
static_assert(chain.lines[0] == first && chain.lines[1] == first + 2 && chain.lines[2] == first + 3);

static_assert(word("text").view() == "text");
static_assert(word("").view().empty());

TEST(Word, ViewsWhatItWasGiven) {
    const std::string standard = "standard";
    const str own("own");
    EXPECT_EQ(word(standard).view(), "standard");
    EXPECT_EQ(word(own).view(), "own");
    EXPECT_EQ(word(std::string_view("view")).view(), "view");
    EXPECT_EQ(word("literal").view(), "literal");
    EXPECT_EQ(std::string_view(word(own)).data(), own.data());
}

TEST(Word, KeepsZerosInsideALiteral) {
    EXPECT_EQ(word("a\0b").view().size(), 3u);
    constexpr char unterminated[] = {'a', 'b'};
    EXPECT_EQ(word(unterminated).view(), "ab");
}

TEST(Word, KnowsItsFile) {
    const word here("x");
    EXPECT_TRUE(std::string_view(here.where().file_name()).ends_with("word_test.cpp"));
}

}  // namespace
}  // namespace tiphys
