// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/detail/depends.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tiphys::detail {
namespace {

struct reading {
    std::vector<std::string> references;
    depends_error error;
};

reading read(std::string_view text) {
    reading made;
    made.error = read_depends(text, [&](const depends_reference& reference) {
        std::string word(reference.task);
        if (!reference.result.empty()) word.append(".").append(reference.result);
        made.references.push_back(word);
    });
    return made;
}

TEST(Depends, FindsEachReferenceInOrder) {
    const auto [references, error] = read("A && (B.Succeeded || !C-1.Failed)\n && 4d");
    EXPECT_EQ(error.expected, "");
    EXPECT_EQ(references, (std::vector<std::string>{"A", "B.Succeeded", "C-1.Failed", "4d"}));
}

TEST(Depends, SaysWhereItStopsToFit) {
    const struct {
        std::string_view text;
        std::size_t offset;
        std::string_view expected;
    } cases[] = {
        {"", 0, "a task"},
        {"A &&", 4, "a task"},
        {"A & B", 2, "`&&`, `||` or `)`"},
        {"A B", 2, "`&&`, `||` or `)`"},
        {"A and B", 2, "`&&`, `||` or `)`"},
        {"(A", 2, "`)`"},
        {"A)", 1, "no `)` without its `(`"},
        {"&& A", 0, "a task, `!` or `(`"},
        {"A.", 2, "a result such as Succeeded"},
        {"A.1", 2, "a result such as Succeeded"},
        {"()", 1, "a task, `!` or `(`"},
        {"A || _B", 5, "a task, `!` or `(`"},
        {"A!", 1, "`&&`, `||` or `)`"},
    };
    for (const auto& c : cases) {
        const auto error = read(c.text).error;
        EXPECT_EQ(error.offset, c.offset) << c.text;
        EXPECT_EQ(error.expected, c.expected) << c.text;
    }
}

TEST(Depends, TakesAnyDepth) {
    const std::string deep = std::string(100'000, '(') + "A" + std::string(100'000, ')');
    EXPECT_EQ(read(deep).error.expected, "");
    EXPECT_EQ(read(std::string(100'000, '!') + "A").references.size(), 1u);
    EXPECT_EQ(read(std::string(100'000, '(')).error.expected, "a task");
}

static_assert(is_depends_result("AnySucceeded"));
static_assert(!is_depends_result("succeeded"));

}  // namespace
}  // namespace tiphys::detail
