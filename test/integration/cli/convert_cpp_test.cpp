// SPDX-License-Identifier: Apache-2.0
// What the programs print that `tiphys convert --to cpp --program` writes.
#include <tiphys/text/cpp.hpp>

#include <gtest/gtest.h>

#include <cstdio>

#include "child.hpp"

namespace tiphys::test {
namespace {

struct Printed {
    int status;
    std::string text;
};
Printed printed_by(const char* program) {
    std::FILE* out = popen(program, "r");
    if (out == nullptr) throw std::runtime_error(std::string(program) + " cannot be started");
    std::string text;
    char some[4096];
    while (const std::size_t n = std::fread(some, 1, sizeof some, out)) text.append(some, n);
    return {pclose(out), std::move(text)};
}

TEST(ConvertedProgram, PrintsItsDocumentsAsJson) {
    const Printed printed = printed_by(TIPHYS_CONVERTED_JSON);
    EXPECT_EQ(printed.status, 0);
    // A list becomes what it holds.
    const Documents documents = recipes_of(read_file(TIPHYS_MANIFEST_JSON));
    EXPECT_EQ(documents.size(), 11u);
    EXPECT_EQ(printed.text, to_pretty_json(documents));
}

TEST(ConvertedProgram, PrintsItsDocumentsAsYaml) {
    const Printed printed = printed_by(TIPHYS_CONVERTED_YAML);
    EXPECT_EQ(printed.status, 0);
    Child convert({"convert", "--to", "yaml", TIPHYS_MANIFEST_YAML}, {});
    EXPECT_EQ(convert.wait(), 0);
    EXPECT_EQ(printed.text, convert.out());
}

TEST(ConvertedProgram, HeadersGoToStandardOutput) {
    Child convert({"convert", "--to", "cpp", "--namespace", "many", TIPHYS_MANIFEST_YAML}, {});
    EXPECT_EQ(convert.wait(), 0);
    EXPECT_EQ(convert.out(), to_cpp(read_file(TIPHYS_MANIFEST_YAML),
                                    {.made_from = TIPHYS_MANIFEST_YAML, .name_space = "many"}));
    Child wrong({"convert", "--to", "cpp"}, {.input = "kind: Workflow\nspec: {entrypiont: x}\n"});
    EXPECT_EQ(wrong.wait(), 2);
    EXPECT_EQ(wrong.out(), "");
    EXPECT_NE(wrong.error().find("did you mean \"entrypoint\"?"), std::string::npos) << wrong.error();
}

}  // namespace
}  // namespace tiphys::test
