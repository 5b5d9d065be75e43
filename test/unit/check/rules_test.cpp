// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/rules.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace tiphys {
namespace {

TEST(Rules, HaveIdsInWordsAndSentences) {
    std::set<std::string_view> ids;
    for (const Rule* rule : rules) {
        EXPECT_TRUE(ids.insert(rule->id).second) << rule->id;
        const auto dot = rule->id.find('.');
        ASSERT_NE(dot, std::string_view::npos) << rule->id;
        EXPECT_EQ(rule->id.find_first_not_of("abcdefghijklmnopqrstuvwxyz.-"), std::string_view::npos)
            << rule->id;
        EXPECT_EQ(rule->sentence.back(), '.') << rule->id;
        EXPECT_EQ(rule->remedy.back(), '.') << rule->id;
    }
}

}  // namespace
}  // namespace tiphys
