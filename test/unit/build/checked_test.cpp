// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <tiphys/build/build.hpp>

namespace tiphys {
namespace {

constexpr auto plain = [] { return Workflow("a-").entrypoint("m").container("m", Container("b").command("true")); };

struct Config {
    bool audit = false;
    int shards = 2;
    str image = "busybox";
};

constexpr auto configured = [](const Config& config) {
    Workflow workflow("a-");
    workflow.entrypoint("main").container("work", Container(config.image).command("true"));
    auto dag = workflow.dag("main");
    for (int i = 0; i < config.shards; ++i) dag.task(detail::joined("t", text(i).view()), "work");
    if (config.audit) dag.task("audit", "auditor");
    return workflow;
};

constexpr auto raw = [] {
    model::Workflow workflow;
    workflow.metadata.name = "raw";
    workflow.spec.entrypoint = "m";
    auto& only = workflow.spec.templates.emplace_back();
    only.name = "m";
    only.suspend.ensure();
    return workflow;
};

constexpr model::Workflow function_recipe() { return raw(); }

TEST(Checked, MakesTheWorkflow) {
    const Workflow workflow = checked<plain>();
    EXPECT_EQ(workflow.model().spec.templates.size(), 1u);
}

TEST(Checked, ChecksAgainWithTheRealConfiguration) {
    EXPECT_EQ(checked<configured>(Config{}).model().spec.templates[1].dag->tasks.size(), 2u);
    EXPECT_EQ(checked<configured>(Config{.shards = 5}).model().spec.templates[1].dag->tasks.size(), 5u);
    try {
        checked<configured>(Config{.audit = true});
        FAIL();
    } catch (const InvalidWorkflow& error) {
        ASSERT_EQ(error.diagnostics().size(), 1u);
        EXPECT_EQ(error.diagnostics()[0].rule->id, "template.unknown");
    }
}

TEST(Checked, TakesModelsAndFunctions) {
    EXPECT_EQ(checked<raw>().spec.templates.size(), 1u);
    EXPECT_EQ(checked<&function_recipe>().spec.entrypoint, "m");
}

static_assert(detail::found<plain>.count == 0);

constexpr auto six_mistakes = [] {
    auto dag = Workflow("a-").entrypoint("main").suspend("s").dag("main");
    for (int i = 0; i < 6; ++i) dag.task(detail::joined("t", text(i).view()), "nope");
    return dag;
};
static_assert(detail::found<six_mistakes>.count == 5, "the first five are reported");

}  // namespace
}  // namespace tiphys
