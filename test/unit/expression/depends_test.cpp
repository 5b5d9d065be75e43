// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/depends.hpp>
#include <tiphys/expression/go_format.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tiphys::expression {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

ContinueOn stop(std::string_view) { return {}; }

std::string error_of(const std::function<void()>& function) {
    try {
        function();
    } catch (const ExpressionError& error) {
        return error.what();
    }
    return "no error";
}

TaskResults with(bool TaskResults::* result) {
    TaskResults out;
    out.*result = true;
    return out;
}

TEST(Depends, ExpandsBareNames) {
    const Depends depends = Depends::from_expression("A && (B-1.Succeeded || !C.Failed)", stop);
    EXPECT_EQ(depends.logic(), "(A.Succeeded || A.Skipped || A.Daemoned) && (B-1.Succeeded || !C.Failed)");
    EXPECT_THAT(depends.tasks(), ElementsAre("A", "B-1", "C"));
    EXPECT_THAT(depends.item_tasks(), IsEmpty());
}

TEST(Depends, ContinueOnAddsResults) {
    const auto flags = [](std::string_view task) {
        return task == "A" ? ContinueOn{true, true} : ContinueOn{};
    };
    EXPECT_EQ(Depends::from_list({"A", "B"}, flags).logic(),
              "(A.Succeeded || A.Skipped || A.Daemoned || A.Errored || A.Failed) && "
              "(B.Succeeded || B.Skipped || B.Daemoned)");
    EXPECT_EQ(Depends::from_expression("A", flags).logic(),
              "(A.Succeeded || A.Skipped || A.Daemoned || A.Errored || A.Failed)");
}

TEST(Depends, FindsWordsAsArgoDoes) {
    EXPECT_THAT(Depends::from_expression("A.succeeded", stop).tasks(), ElementsAre("A", "succeeded"));
    EXPECT_THAT(Depends::from_expression("A and B", stop).tasks(), ElementsAre("A", "and", "B"));
    EXPECT_THAT(Depends::from_expression("A.AnySucceeded || B.AllFailed", stop).item_tasks(),
                ElementsAre("A", "B"));
    EXPECT_EQ(error_of([] { Depends::from_expression("A.Done", stop); }),
              "task result 'Done' for task 'A' is invalid");
}

TEST(Depends, Evaluates) {
    struct Case {
        std::string_view depends;
        TaskResults a, b;
        bool runs;
    };
    const TaskResults ok = with(&TaskResults::succeeded);
    const TaskResults failed = with(&TaskResults::failed);
    const Case cases[] = {
        {"a-1 && b", ok, ok, true},
        {"a-1 && b", ok, failed, false},
        {"a-1 || b", failed, ok, true},
        {"a-1.Failed && b", failed, ok, true},
        {"!a-1.Succeeded", ok, ok, false},
        {"a-1", with(&TaskResults::skipped), {}, true},
        {"a-1", with(&TaskResults::omitted), {}, false},
        {"a-1", with(&TaskResults::daemoned), {}, true},
        {"a-1.Errored", with(&TaskResults::errored), {}, true},
        {"a-1.Omitted", with(&TaskResults::omitted), {}, true},
        {"a-1.AnySucceeded", with(&TaskResults::any_succeeded), {}, true},
        {"a-1.AllFailed || b.Failed", with(&TaskResults::all_failed), {}, true},
        {"(a-1.Succeeded || a-1.Skipped) && !(b.Failed || b.Errored)", ok, ok, true},
    };
    for (const Case& one : cases)
        EXPECT_EQ(Depends::from_expression(one.depends, stop).evaluate({{"a-1", one.a}, {"b", one.b}}),
                  one.runs)
            << one.depends;
    EXPECT_TRUE(Depends().evaluate({}));
    EXPECT_TRUE(Depends::from_list({}, stop).evaluate({}));
}

TEST(Depends, ErrorsAsArgo) {
    const Depends depends = Depends::from_expression("a-b.Succeeded &&", stop);
    EXPECT_EQ(error_of([&] { (void)depends.evaluate({}); }),
              "unable to evaluate expression 'a_b.Succeeded &&': unexpected token EOF (1:16)\n"
              " | a_b.Succeeded &&\n"
              " | ...............^");
}

TEST(Sequence, CountsUpAndDown) {
    EXPECT_THAT(expand_sequence("", "", "3", ""), ElementsAre("0", "1", "2"));
    EXPECT_THAT(expand_sequence("100", "", "2", "%02X"), ElementsAre("64", "65"));
    EXPECT_THAT(expand_sequence("2", "0", "", "testuser%02X"),
                ElementsAre("testuser02", "testuser01", "testuser00"));
    EXPECT_THAT(expand_sequence("1", "", "0", ""), IsEmpty());
    EXPECT_THAT(expand_sequence("0", "", "-1", ""), ElementsAre("0", "-1", "-2"));  // sic
    EXPECT_EQ(error_of([] { expand_sequence("a", "1", "", ""); }),
              "strconv.Atoi: parsing \"a\": invalid syntax");
    EXPECT_EQ(error_of([] { expand_sequence("1", "", "", ""); }),
              "neither end nor count was specified in withSequence");
    EXPECT_EQ(error_of([] { expand_sequence("0", "1000000", "", ""); }),
              "withSequence makes more than 1000000 items");
    EXPECT_EQ(error_of([] { expand_sequence("0", "1", "", "%d\""); }),
              "invalid character '\"' after top-level value");
}

TEST(NodeId, HashesTheName) {
    EXPECT_EQ(node_id("wf", "wf"), "wf");
    EXPECT_EQ(fnv1a_32(""), 2166136261U);
    EXPECT_EQ(fnv1a_32("a"), 3826002220U);
    EXPECT_EQ(node_id("diamond", "diamond.A"), "diamond-" + std::to_string(fnv1a_32("diamond.A")));
}

TEST(Format, RefusesWhatItCannotHold) {
    EXPECT_EQ(error_of([] { format_integer("%1000001d", 1); }),
              "format '%1000001d' makes more than 1000000 bytes");
    EXPECT_EQ(error_of([] { format_integer("%*d", 1); }),
              "format '%*d' asks for an operand that there is not");
    EXPECT_EQ(format_integer("%[1]d-%[1]x", 10), "10-a");
    EXPECT_EQ(error_of([] { parse_duration("9223372037"); }),
              "unable to parse 9223372037 as a duration: it is longer than 292 years");
}

}  // namespace
}  // namespace tiphys::expression
