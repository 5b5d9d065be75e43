// SPDX-License-Identifier: Apache-2.0
#include <tiphys/text/documents.hpp>

#include <gtest/gtest.h>

#include <filesystem>

#include "targets.hpp"

/// Every input of the corpora, past crashes among them, through the fuzzers' functions.
namespace {

std::size_t replay(const char* folder, void (*target)(std::string_view)) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(
             std::filesystem::path(TIPHYS_SOURCE_DIR) / "test" / "fuzz" / "check" / "corpus" / folder)) {
        SCOPED_TRACE(entry.path());
        target(tiphys::read_text(entry.path().string()));
        ++count;
    }
    return count;
}

TEST(FuzzCorpus, OfExpressions) { EXPECT_GE(replay("expression", fuzz::expression), 10u); }

TEST(FuzzCorpus, OfDepends) { EXPECT_GE(replay("depends", fuzz::depends), 10u); }

TEST(FuzzCorpus, OfWhen) { EXPECT_GE(replay("when", fuzz::when), 10u); }

TEST(FuzzCorpus, OfSchedules) { EXPECT_GE(replay("cron", fuzz::cron), 10u); }

TEST(FuzzCorpus, OfTags) { EXPECT_GE(replay("tags", fuzz::tags), 10u); }

}  // namespace
