// SPDX-License-Identifier: Apache-2.0
// The compiler's work for a recipe, counted by the compiler: deterministic where seconds are not.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "compile_fail/compiler.hpp"
#include "support/require.hpp"

namespace tiphys::test {
namespace {

constexpr long gxx_operations = 6'000'000;  // for 100 tasks
constexpr long clang_steps = 450'000;

class Budget : public testing::TestWithParam<Compiler> {
protected:
    void SetUp() override {
        if (!compiler().path.empty()) return;
        if (nothing_is_skipped()) FAIL() << compiler().name << " is missing";
        GTEST_SKIP() << "no " << compiler().name << " on this machine";
    }
    static const Compiler& compiler() { return GetParam(); }
    static long of_hundred() { return compiler().clang ? clang_steps : gxx_operations; }

    /// Whether the compiler gets through a recipe of so many tasks within the budget, and what it says if
    /// not.
    static Output evaluate(int tasks, long budget) {
        const Output recipe = run({"sh", TIPHYS_SOURCE_DIR "/test/budget/recipe.sh", std::to_string(tasks)});
        EXPECT_EQ(recipe.status, 0) << recipe.text();
        const auto file =
            std::filesystem::temp_directory_path() / ("tiphys-budget-" + std::to_string(getpid()) + ".cpp");
        std::ofstream(file) << recipe.text();
        const std::string option = compiler().clang ? "-fconstexpr-steps=" : "-fconstexpr-ops-limit=";
        const Output output = run(compiler().command(file.string(), {option + std::to_string(budget)}));
        std::filesystem::remove(file);
        return output;
    }
};

TEST_P(Budget, HoldsAHundredTasks) {
    const Output output = evaluate(100, of_hundred());
    EXPECT_EQ(output.status, 0) << "more than " << of_hundred() << " steps\n"
                                << output.text().substr(0, 1500);
}

TEST_P(Budget, GrowsInProportion) {
    const Output output = evaluate(400, 4 * of_hundred());
    EXPECT_EQ(output.status, 0) << "more than " << 4 * of_hundred() << " steps\n"
                                << output.text().substr(0, 1500);
}

// The limit is known to act: a tenth of it does not do.
TEST_P(Budget, IsABudget) {
    const Output output = evaluate(100, of_hundred() / 10);
    EXPECT_NE(output.status, 0);
    const char* said =
        compiler().clang ? "constexpr evaluation hit maximum step limit" : "-fconstexpr-ops-limit=";
    EXPECT_NE(output.text().find(said), std::string::npos) << output.text();
}

INSTANTIATE_TEST_SUITE_P(, Budget, testing::ValuesIn(compilers()),
                         [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace tiphys::test
