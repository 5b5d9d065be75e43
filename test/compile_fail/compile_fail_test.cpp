// SPDX-License-Identifier: Apache-2.0
// Every file of the folders beside this one holds wrong recipes, each with its message and line in a comment
// (diagnostics.hpp). Wrong, it must fail with exactly these; with TIPHYS_RIGHT it must compile in silence.
#include <tiphys/check/rules.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "compile_fail/diagnostics.hpp"
#include "support/require.hpp"

namespace tiphys::test {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> cases() {
    std::vector<fs::path> found;
    for (const auto& folder : fs::directory_iterator(TIPHYS_SOURCE_DIR "/test/compile_fail")) {
        if (!folder.is_directory()) continue;
        for (const auto& file : fs::directory_iterator(folder))
            if (file.path().extension() == ".cpp") found.push_back(file.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::string contents(const fs::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct Subject {
    fs::path file;
    Compiler compiler;
    std::string section() const { return file.parent_path().filename().string(); }
};

void PrintTo(const Subject& subject, std::ostream* out) { *out << subject.file.string(); }

std::vector<Subject> subjects() {
    std::vector<Subject> all;
    for (const fs::path& file : cases())
        for (const Compiler& compiler : compilers()) all.push_back({file, compiler});
    return all;
}

class CompileFail : public testing::TestWithParam<Subject> {
protected:
    void SetUp() override {
        const Compiler& compiler = GetParam().compiler;
        if (!compiler.path.empty()) return;
        if (nothing_is_skipped()) FAIL() << compiler.name << " is missing";
        GTEST_SKIP() << "no " << compiler.name << " 19 or later on this machine";
    }
};

TEST_P(CompileFail, WrongFailsAsExpected) {
    const auto& [file, compiler] = GetParam();
    const std::size_t lines_per_error = GetParam().section() == "typed" ? 20 : 10;
    const Output output = run(compiler.command(file.string()));
    const auto found = complaints(file.filename().string(), expectations(contents(file)), output, lines_per_error);
    for (const std::string& complaint : found) ADD_FAILURE() << complaint;
    if (!found.empty()) std::cout << output.text();
}

TEST_P(CompileFail, RightCompilesInSilence) {
    const auto& [file, compiler] = GetParam();
    const Output output = run(compiler.command(
        file.string(), {"-DTIPHYS_RIGHT", "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion"}));
    EXPECT_EQ(output.status, 0);
    EXPECT_EQ(output.text(), "");
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(CompileFail);
INSTANTIATE_TEST_SUITE_P(, CompileFail, testing::ValuesIn(subjects()), [](const auto& one) {
    std::string name = one.param.section() + "_" + one.param.file.stem().string() + "_" + one.param.compiler.name;
    std::replace_if(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    return name;
});

TEST(Rules, EachHasAWrongRecipe) {
    std::map<std::string, int> seen;
    for (const auto* rule : rules)
        // What only the running program can judge has its tests in test/unit/check.
        if (rule->severity == Severity::error && rule->decided == Decided::statically)
            seen[std::string(rule->id)] = 0;
    for (const fs::path& file : cases())
        for (const Expectation& expected : expectations(contents(file))) {
            if (expected.kind == Expectation::Kind::error) continue;
            // About types of C++ and words of the builder, which no document has: no rows of the table.
            if (expected.rule == "contract.types" || expected.rule == "outputs.wanted") continue;
            const auto rule = seen.find(expected.rule);
            if (rule == seen.end())
                ADD_FAILURE() << file << ":" << expected.line << ": there is no rule " << expected.rule;
            else
                ++rule->second;
        }
    std::string without;
    for (const auto& [id, count] : seen)
        if (count == 0) without += "\n    " + id;
    EXPECT_EQ(without, "") << "rules that no file of test/compile_fail expects";
}

}  // namespace
}  // namespace tiphys::test
