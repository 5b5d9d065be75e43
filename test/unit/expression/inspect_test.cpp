// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/inspect.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace tiphys::expression {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// "a.b", "a?" if guarded, "a…" if open.
std::vector<std::string> names(std::string_view expression) {
    std::vector<std::string> made;
    for (const auto& name : inspect_expression(expression).names)
        made.push_back(name.path + (name.guarded ? "?" : "") + (name.open ? "…" : ""));
    return made;
}

TEST(Inspect, NamesEachPathOnceAndWhole) {
    EXPECT_THAT(names("inputs.parameters.a + inputs.parameters['b-c'] + inputs.parameters.a"),
                ElementsAre("inputs.parameters.a", "inputs.parameters.b-c"));
    EXPECT_THAT(names("a ? b.c : [d, {e: f}]"), ElementsAre("a", "b.c", "d", "f"));
    EXPECT_THAT(names("1 + len('x') + asInt(s)"), ElementsAre("s"));
}

TEST(Inspect, MarksWhatIsGuardedAndWhatIsOpen) {
    EXPECT_THAT(names("a.b ?? c"), ElementsAre("a.b?", "c"));
    EXPECT_THAT(names("a?.b.c"), ElementsAre("a.b.c?"));
    EXPECT_THAT(names("(a.b ?? '') + a.b"), ElementsAre("a.b"));
    EXPECT_THAT(names("inputs.parameters[item]"), ElementsAre("inputs.parameters…", "item"));
    EXPECT_THAT(names("steps[x].id"), ElementsAre("steps…", "x"));
}

TEST(Inspect, LeavesOutWhatTheExpressionDeclares) {
    EXPECT_THAT(names("let a = b; a.c + 1"), ElementsAre("b"));
    EXPECT_THAT(names("filter(list, .x > # and #.y)"), ElementsAre("list"));
    EXPECT_THAT(names("$env['a']"), IsEmpty());
}

TEST(Inspect, FindsFunctionsThatDoNotExist) {
    EXPECT_THAT(
        inspect_expression("asint('1') + sprig.uper('a') + upper('b') + foo(asint('2'))").unknown_functions,
        ElementsAre("asint", "sprig.uper", "foo"));
    // Known to Argo, though not evaluated here.
    EXPECT_THAT(inspect_expression("now() - duration('1h') < date(sprig.htmlDate(x))").unknown_functions,
                IsEmpty());
    EXPECT_TRUE(is_sprig_function("genCA"));
    EXPECT_FALSE(is_sprig_function("expandenv"));
}

TEST(Inspect, ReadsThePathsOfJsonpath) {
    EXPECT_THAT(inspect_expression("jsonpath(a, '$.b[?(@.c > 1)]') + jsonpath(a, b)").wrong_paths, IsEmpty());
    EXPECT_THAT(inspect_expression("jsonpath(a, 'b[')").wrong_paths,
                ElementsAre(HasSubstr("invalid JSONPath selector")));
}

TEST(Inspect, SaysWhatDoesNotParse) {
    for (const auto* bad : {"", "1 +", "(a", "a b", "'a", "a.", "{a", "[1,", "a ? b"})
        EXPECT_THROW(inspect_expression(bad), ExpressionError) << bad;
    EXPECT_THROW(inspect_expression(std::string(10'000, '(')), ExpressionError);
    EXPECT_THROW(inspect_expression(std::string(100'000, '!') + "a"), ExpressionError);
}

TEST(CheckWhen, ParsesAndDoesNotEvaluate) {
    for (const auto* good : {"", "a == b", "1 + 1", "'a' > 1", "a in (b, c)", "!a && (b || c)", "x"})
        EXPECT_NO_THROW(check_when(good)) << good;
    for (const auto* bad : {"a ==", "(a", "a)", "a b", "&& a", "'a", "a == == b"})
        EXPECT_THROW(check_when(bad), ExpressionError) << bad;
}

}  // namespace
}  // namespace tiphys::expression
