// SPDX-License-Identifier: Apache-2.0
// Every rule has a wrong example and a right twin among the tables of this folder (pairs.hpp). That each
// static one has a compile-fail pair is shown by test/compile_fail, its line in the page of rules by
// test/golden.
#include <tiphys/check/rules.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace tiphys::test {
namespace {

TEST(Rules, EachHasAWrongExampleAndARightTwin) {
    std::string tables;
    for (const auto& file : std::filesystem::directory_iterator(TIPHYS_SOURCE_DIR "/test/unit/check")) {
        if (!file.path().string().ends_with("_test.cpp")) continue;
        std::ifstream in(file.path());
        tables.append(std::istreambuf_iterator<char>(in), {});
    }
    ASSERT_NE(tables.find("const Pair pairs[]"), std::string::npos);
    for (const Rule* rule : rules) {
        // Those on releases are asked of check_release(): release_test.cpp.
        if (rule->id.starts_with("release.")) continue;
        EXPECT_NE(tables.find("{\"" + std::string(rule->id) + "\","), std::string::npos)
            << rule->id << " stands in no table of pairs";
    }
}

}  // namespace
}  // namespace tiphys::test
