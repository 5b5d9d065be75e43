// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <tiphys/build/build.hpp>

namespace tiphys::detail {
namespace {

std::uint_least32_t line_of(const Workflow& workflow, const Path& path, std::int32_t reference = -1) {
    Diagnostic diagnostic;
    diagnostic.path = path;
    diagnostic.reference = reference;
    const site* found = locate(workflow.sites(), diagnostic);
    return found == nullptr ? 0 : found->where.line();
}

TEST(Sites, LeadEachPathToItsLine) {
    const auto base = std::source_location::current().line();
    const Workflow workflow = Workflow("a-")     // 1
        .entrypoint("main")                      // 2
        .container("work", Container("image")    // 3
            .input("x")                          // 4
            .command("sh", "-c")                 // 5
            .command("true")                     // 6
            .env("A", "1")                       // 7
            .env("B", "2"))                      // 8
        .dag("main")                             // 9
            .task("a", "work").with("x", "1")    // 10
            .task("b", "work")                   // 11
                .with("x", "1")                  // 12
                .after("a")                      // 13
                .when("true")                    // 14
        .steps("other")                          // 15
            .step("s", "work")                   // 16
            .parallel_step("t", "work")          // 17
                .with("x", "2");                 // 18
    const Path spec = Path() / "spec";
    const Path work = (spec / "templates")[0];
    const Path task = ((spec / "templates")[1] / "dag" / "tasks")[1];
    const Path step = ((spec / "templates")[2] / "steps")[0][1];
    EXPECT_EQ(line_of(workflow, Path() / "metadata" / "generateName"), base + 1);
    EXPECT_EQ(line_of(workflow, spec), base + 1);
    EXPECT_EQ(line_of(workflow, spec / "entrypoint"), base + 2);
    EXPECT_EQ(line_of(workflow, work), base + 3);
    EXPECT_EQ(line_of(workflow, work / "container" / "image"), base + 3);
    EXPECT_EQ(line_of(workflow, (work / "inputs" / "parameters")[0] / "name"), base + 4);
    EXPECT_EQ(line_of(workflow, (work / "container" / "command")[1]), base + 5);
    EXPECT_EQ(line_of(workflow, (work / "container" / "command")[2]), base + 6);
    EXPECT_EQ(line_of(workflow, (work / "container" / "env")[1] / "value"), base + 8);
    EXPECT_EQ(line_of(workflow, (spec / "templates")[1] / "dag"), base + 9);
    EXPECT_EQ(line_of(workflow, task), base + 11);
    EXPECT_EQ(line_of(workflow, task / "template"), base + 11);
    EXPECT_EQ(line_of(workflow, (task / "arguments" / "parameters")[0] / "value"), base + 12);
    EXPECT_EQ(line_of(workflow, task / "depends", 0), base + 13);
    EXPECT_EQ(line_of(workflow, task / "when"), base + 14);
    EXPECT_EQ(line_of(workflow, task / "withParam"), base + 11);
    EXPECT_EQ(line_of(workflow, step), base + 17);
    EXPECT_EQ(line_of(workflow, (step / "arguments" / "parameters")[0] / "name"), base + 18);
}

}  // namespace
}  // namespace tiphys::detail
