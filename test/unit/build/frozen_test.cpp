// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/build.hpp>
#include <tiphys/text/text.hpp>

#include <gtest/gtest.h>

namespace tiphys {
namespace {

constexpr auto diamond = [] {
    return Workflow("dag-diamond-")
        .entrypoint("diamond")
        .container("echo", Container("alpine:3.23").input("message").command("echo", "{{inputs.parameters.message}}"))
        .dag("diamond")
        .task("A", "echo")
        .with("message", "\"quoted\"\n\ttab, back\\slash, é and \x01")
        .task("B", "echo")
        .with("message", "B")
        .after("A")
        .task("C", "echo")
        .with("message", 42)
        .after("A")
        .with_items(1, "two", true)
        .task("D", "echo")
        .with("message", "D")
        .depends("B && C.Succeeded");
};

constexpr auto raw = [] {
    model::CronWorkflow cron;
    cron.metadata.name = "nightly";
    cron.spec.schedules = {"0 3 * * *"};
    cron.spec.workflowSpec.entrypoint = "main";
    auto& only = cron.spec.workflowSpec.templates.emplace_back();
    only.name = "main";
    only.suspend.ensure().duration = "1s";
    return cron;
};

TEST(Frozen, IsWhatTheRunningProgramWrites) {
    EXPECT_EQ(frozen<diamond>(), to_json(checked<diamond>()));
    EXPECT_EQ(frozen<raw>(), to_json(checked<raw>()));
}

static_assert(frozen<raw>().front() == '{' && frozen<raw>().back() == '}');

// checked_test.cpp makes workflows from recipes of its own: both files in one program show that the names of their
// recipes do not meet in the linker, as clang would have them.
TEST(Frozen, RecipesOfSeveralFilesMakeOneProgram) {
    EXPECT_EQ(checked<diamond>().model().metadata.generateName, "dag-diamond-");
}

TEST(Frozen, StandsInStaticStorageAndEndsInAZero) {
    constexpr std::string_view text = frozen<diamond>();
    EXPECT_EQ(text.data()[text.size()], '\0');
    EXPECT_EQ(text.data(), frozen<diamond>().data());
    EXPECT_EQ(read_json<model::Workflow>(text), checked<diamond>().model());
}

}  // namespace
}  // namespace tiphys
