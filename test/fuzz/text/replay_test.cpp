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
             std::filesystem::path(TIPHYS_SOURCE_DIR) / "test" / "fuzz" / "text" / "corpus" / folder)) {
        SCOPED_TRACE(entry.path());
        target(tiphys::read_text(entry.path().string()));
        ++count;
    }
    return count;
}

TEST(FuzzCorpus, OfJson) { EXPECT_GE(replay("json", fuzz::read_json), 10u); }

TEST(FuzzCorpus, OfYaml) { EXPECT_GE(replay("yaml", fuzz::read_yaml), 10u); }

}  // namespace
