// SPDX-License-Identifier: Apache-2.0
// The README's code is cut from the samples: between `//[name` and `//]`. TIPHYS_UPDATE_GOLDEN=1 cuts it
// anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace {

const std::filesystem::path root = TIPHYS_SOURCE_DIR;

std::string content(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    EXPECT_TRUE(in) << path;
    return text.str();
}

std::string region(const std::string& file, const std::string& name) {
    const std::string text = content(root / file);
    const std::string begin = "//[" + name + "\n";
    const auto from = text.find(begin);
    const auto to = text.find("//]\n", from);
    EXPECT_TRUE(from != std::string::npos && to != std::string::npos) << file << " has no region " << name;
    return text.substr(from + begin.size(), to - from - begin.size());
}

TEST(Readme, QuotesTheSamples) {
    const std::string readme = content(root / "README.md");
    std::string cut;
    std::size_t at = 0;
    int quotes = 0;
    const std::string mark = "<!-- samples/";
    for (std::size_t found; (found = readme.find(mark, at)) != std::string::npos; ++quotes) {
        const auto end = readme.find(" -->\n```cpp\n", found);
        ASSERT_NE(end, std::string::npos);
        const std::string reference = readme.substr(found + 5, end - found - 5);
        const auto colon = reference.find(':');
        const auto code = end + std::string(" -->\n```cpp\n").size();
        cut += readme.substr(at, code - at) + region(reference.substr(0, colon), reference.substr(colon + 1));
        at = readme.find("```\n", code);
        ASSERT_NE(at, std::string::npos);
    }
    cut += readme.substr(at);
    EXPECT_GE(quotes, 4);
    if (const char* update = std::getenv("TIPHYS_UPDATE_GOLDEN");
        update != nullptr && *update == '1' && cut != readme) {
        std::ofstream(root / "README.md", std::ios::binary) << cut;
        FAIL() << "wrote README.md; look at it, then run again";
    }
    EXPECT_TRUE(cut == readme) << "README.md differs from the samples; TIPHYS_UPDATE_GOLDEN=1 cuts it anew";
}

}  // namespace
