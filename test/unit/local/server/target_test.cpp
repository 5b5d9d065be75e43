// SPDX-License-Identifier: Apache-2.0
#include "local/server/target.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "local/server/http.hpp"
#include "local/server/service.hpp"

namespace tiphys::local::server {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string failure_of(const auto& action) {
    try {
        action();
    } catch (const Failure& failure) {
        return std::to_string(failure.code()) + " " + failure.what();
    }
    return "no failure";
}

TEST(Target, DecodesSegmentsAndParameters) {
    const Target target("/api/v1/workflows/a%2Fb/%40latest?listOptions.limit=5&x=a+b%26c&flag");
    EXPECT_THAT(target.segments(), ElementsAre("api", "v1", "workflows", "a/b", "@latest"));
    EXPECT_EQ(target.parameter("x"), "a b&c");
    EXPECT_EQ(target.integer("listOptions.limit"), 5);
    EXPECT_TRUE(target.has_parameter("flag"));
    EXPECT_EQ(target.parameter("flag"), "");
    EXPECT_FALSE(target.has_parameter("none"));
    EXPECT_EQ(target.integer("none"), std::nullopt);
}

TEST(Target, KeepsPlusInAPathAndTheLastSegmentThatIsEmpty) {
    EXPECT_THAT(Target("/api/v1/workflows/a+b/").segments(),
                ElementsAre("api", "v1", "workflows", "a+b", ""));
    EXPECT_THAT(Target("/").segments(), ElementsAre(""));
}

TEST(Target, TakesTheLastOfRepeatedScalarsAndAllOfALists) {
    const Target target("/x?a=1&a=2&a=3");
    EXPECT_EQ(target.parameter("a"), "3");
    EXPECT_THAT(target.parameters("a"), ElementsAre("1", "2", "3"));
}

TEST(Target, RefusesBadEscapes) {
    for (const char* bad : {"/a%", "/a%4", "/a%zz", "/a?x=%g1"})
        EXPECT_THAT(failure_of([bad] { Target target(bad); }), HasSubstr("3 invalid URL escape")) << bad;
}

TEST(Target, ReadsBooleansAsGoDoes) {
    for (const char* yes : {"1", "t", "T", "true", "TRUE", "True"})
        EXPECT_TRUE(Target(std::string("/x?a=") + yes).boolean("a")) << yes;
    for (const char* no : {"0", "f", "F", "false", "FALSE", "False"})
        EXPECT_FALSE(Target(std::string("/x?a=") + no).boolean("a")) << no;
    EXPECT_FALSE(Target("/x").boolean("a"));
    EXPECT_THAT(failure_of([] { Target("/x?a=yes").boolean("a"); }),
                HasSubstr("3 a: strconv.ParseBool: parsing \"yes\": invalid syntax"));
}

TEST(Target, ReadsIntegersAsGoDoes) {
    EXPECT_EQ(Target("/x?a=-7").integer("a"), -7);
    EXPECT_THAT(failure_of([] { Target("/x?a=7x").integer("a"); }),
                HasSubstr("parsing \"7x\": invalid syntax"));
    EXPECT_THAT(failure_of([] { Target("/x?a=").integer("a"); }), HasSubstr("parsing \"\": invalid syntax"));
    EXPECT_THAT(failure_of([] { Target("/x?a=99999999999999999999").integer("a"); }),
                HasSubstr("value out of range"));
}

TEST(Target, KnowsItsCleanPath) {
    EXPECT_EQ(Target("/api/v1//workflows/x").clean_path(), "/api/v1/workflows/x");
    EXPECT_EQ(Target("/api/./v1/../v1/workflows/").clean_path(), "/api/v1/workflows/");
    EXPECT_EQ(Target("/").clean_path(), "/");
    EXPECT_EQ(Target("/../..").clean_path(), "/");
    EXPECT_EQ(Target("/a/%2e%2e/b").clean_path(), "/a/%2e%2e/b");
}

std::string_view matched(std::string_view method, const char* path) {
    const model::operation* found = match(method, Target(path));
    return found == nullptr ? "none" : found->id;
}

TEST(Match, FindsEachOperationByItsOwnPath) {
    for (const model::operation& one : model::operations()) {
        const model::operation* found = match(one.method, Target(one.path));
        ASSERT_NE(found, nullptr) << one.id;
        EXPECT_EQ(found->id, one.id);
    }
}

TEST(Match, TakesAnEmptyNamespaceWithItsSlash) {
    EXPECT_EQ(matched("GET", "/api/v1/workflows/"), "WorkflowService_ListWorkflows");
    EXPECT_EQ(matched("GET", "/api/v1/workflow-events/"), "WorkflowService_WatchWorkflows");
    EXPECT_EQ(matched("GET", "/api/v1/workflows"), "none");
}

TEST(Match, LooksAtTheMethodAndTheWholePath) {
    EXPECT_EQ(matched("GET", "/api/v1/workflows/argo/x"), "WorkflowService_GetWorkflow");
    EXPECT_EQ(matched("PATCH", "/api/v1/workflows/argo/x"), "none");
    EXPECT_EQ(matched("GET", "/api/v1/workflows/argo/x/y"), "none");
    EXPECT_EQ(matched("GET", "/api/v1/workflows/argo/x/log"), "WorkflowService_WorkflowLogs");
    EXPECT_EQ(matched("GET", "/api/v1/workflows/argo/x/pod/log"), "WorkflowService_PodLogs");
    EXPECT_EQ(matched("GET", "/api/v2/workflows/argo/x"), "none");
}

}  // namespace
}  // namespace tiphys::local::server
