// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/go_text.hpp>
#include <tiphys/expression/template.hpp>
#include <tiphys/expression/when.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace tiphys::expression {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string error_of(const std::function<void()>& function) {
    try {
        function();
    } catch (const ExpressionError& error) {
        return error.what();
    }
    return "no error";
}

Scope scope() {
    Scope out;
    out.set("inputs.parameters.message", "a \"b\"\n<c>");
    out.set("inputs.parameters.name", "key");
    out.set("item", "name");
    out.set_absent("steps.skipped.outputs.parameters.p");
    out.set_artifact("steps.a.outputs.artifacts.art",
                     boost::json::object{{"name", "art"}, {"s3", boost::json::object{{"key", "k"}}}});
    return out;
}

TEST(Substitute, WalksTextsAndKeys) {
    const auto document = boost::json::parse(
        R"({"{{inputs.parameters.name}}": ["{{inputs.parameters.message}}", 1, null, {"x": "{{=1 + 1}}{{nosuch}}"}],
            "open": "{{#if", "later": "{{item}}"})");
    EXPECT_EQ(boost::json::serialize(substitute(document, scope(), Mode::lenient())),
              R"({"key":["a \"b\"\n<c>",1,null,{"x":"2{{nosuch}}"}],"open":"{{#if","later":"name"})");
    EXPECT_EQ(error_of([&] { substitute(document, scope(), Mode::strict()); }),
              "failed to resolve {{nosuch}}");
}

TEST(Substitute, NestedTagsTakeTwoPasses) {
    const std::string once = substitute("{{inputs.parameters.{{item}}}}", scope(), Mode::lenient());
    EXPECT_EQ(once, "{{inputs.parameters.name}}");
    EXPECT_EQ(substitute(once, scope(), Mode::strict()), "key");
}

TEST(Substitute, ValuesAreNotSubstitutedAgain) {
    Scope names;
    names.set("a", "{{b}}");
    names.set("b", "x");
    EXPECT_EQ(substitute("{{a}}", names, Mode::strict()), "{{b}}");
}

TEST(Substitute, ArtifactsAreNoTexts) {
    EXPECT_EQ(substitute("{{steps.a.outputs.artifacts.art}}", scope(), Mode::strict_prefixes({"steps"})),
              "{{steps.a.outputs.artifacts.art}}");
    EXPECT_EQ(error_of([] { substitute("{{steps.a.outputs.artifacts.art}}", scope(), Mode::strict()); }),
              "failed to resolve {{steps.a.outputs.artifacts.art}}");
}

TEST(Resolve, Parameter) {
    const auto found = resolve_parameter("{{ inputs.parameters.name }}", scope());
    EXPECT_EQ(found.tag, "inputs.parameters.name");
    EXPECT_EQ(parameter_text(found.value), "key");
    EXPECT_EQ(resolve_parameter("item", scope()).value.as_string(), "name");
    EXPECT_TRUE(resolve_parameter("{{steps.skipped.outputs.parameters.p}}", scope()).value.is_null());
    EXPECT_EQ(resolve_parameter("{{=item + 'x'}}", scope()).value.as_string(), "namex");
    EXPECT_EQ(error_of([] { resolve_parameter("{{nosuch}}", scope()); }), "Unable to resolve: \"nosuch\"");
    EXPECT_EQ(error_of([] { resolve_parameter("{{=nosuch}}", scope()); }), "Unable to compile: \"nosuch\"");
    EXPECT_EQ(error_of([] { resolve_parameter("{{=1 +}}", scope()); }), "Unable to compile: \"1 +\"");
    EXPECT_EQ(error_of([] { resolve_parameter("{{=int(item)}}", scope()); }),
              "Invalid expression: \"int(item)\"");
    EXPECT_EQ(error_of([] { resolve_parameter("{{=nil}}", scope()); }), "Unable to resolve: \"=nil\"");
    EXPECT_EQ(resolve_parameter("{{steps.a.outputs.artifacts.art}}", scope()).value.as_object().at("name"),
              "art");
}

TEST(Resolve, Expression) {
    EXPECT_EQ(resolve_expression("steps.skipped.outputs.parameters.p ?? 'd'", scope()).as_string(), "d");
    EXPECT_EQ(error_of([] { resolve_expression("steps.skipped.outputs.parameters.p", scope()); }),
              "failed to evaluate expression \"steps.skipped.outputs.parameters.p\"");
    EXPECT_EQ(resolve_expression("item == 'name' ? steps.a.outputs.artifacts.art : nil", scope())
                  .as_object()
                  .at("name"),
              "art");
    EXPECT_EQ(parameter_text(resolve_expression("1.5 + 1", scope())), "2.5");
}

TEST(Resolve, AbsentReference) {
    EXPECT_TRUE(is_absent_reference("{{ steps.skipped.outputs.parameters.p }}", scope()));
    EXPECT_FALSE(is_absent_reference("steps.skipped.outputs.parameters.p", scope()));
    EXPECT_FALSE(is_absent_reference("x{{steps.skipped.outputs.parameters.p}}", scope()));
    EXPECT_FALSE(is_absent_reference("{{item}}", scope()));
    EXPECT_FALSE(is_absent_reference("{{}", scope()));
}

TEST(Items, EachKind) {
    struct Case {
        std::string_view item, text, name;
    };
    const Case cases[] = {
        {R"("a")", "a", "s(0:a)"},
        {"\"a (b)\"", "a (b)", "s(0:a b)"},
        {"\"a\\\"\\n\"", "a\"\n", "s(0:a\\\"\\n)"},
        {"1.50", "1.50", "s(0:1.50)"},
        {"1700000000000000001", "1700000000000000001", "s(0:1700000000000000001)"},
        {"true", "true", "s(0:true)"},
        {"null", "null", "s(0:[])"},
        {R"([1, "a", [2]])", R"([1,"a",[2]])", "s(0:[1 a [2]])"},
        {R"({"b": 1, "a": "<x>"})", "{\"a\":\"\\u003cx\\u003e\",\"b\":1}", "s(0:a:<x>,b:1)"},
        {"{}", "{}", "s(0:)"},
        {"[]", "[]", "s(0:[])"},
    };
    for (const Case& one : cases) {
        const ItemScope made = item_scope(one.item, "s", 0);
        ASSERT_NE(made.scope.text("item"), nullptr) << one.item;
        EXPECT_EQ(*made.scope.text("item"), one.text) << one.item;
        EXPECT_EQ(made.node_name, one.name) << one.item;
    }
    const ItemScope map =
        item_scope(R"({"s": "x", "n": 1.0, "b": false, "l": [1, 2], "m": {"k": "v"}, "e": "a\nb"})", "s", 3);
    EXPECT_EQ(*map.scope.text("item.s"), "x");
    EXPECT_EQ(*map.scope.text("item.n"), "1.0");
    EXPECT_EQ(*map.scope.text("item.b"), "false");
    EXPECT_EQ(*map.scope.text("item.l"), "[1,2]");
    EXPECT_EQ(*map.scope.text("item.m"), R"({"k":"v"})");
    EXPECT_EQ(*map.scope.text("item.e"), "a\\nb");  // sic: escapes stay
    EXPECT_EQ(map.node_name, R"(s(3:b:false,e:a\nb,l:[1,2],m:{"k":"v"},n:1.0,s:x))");
}

TEST(Items, WithParam) {
    EXPECT_THAT(parse_with_param(R"( [1, "a,b", {"k": [1, 2]}, 1e3] )"),
                ElementsAre("1", R"("a,b")", R"({"k":[1,2]})", "1e3"));
    EXPECT_THAT(parse_with_param("[]"), IsEmpty());
    EXPECT_THAT(parse_with_param("null"), IsEmpty());
    EXPECT_EQ(
        error_of([] { parse_with_param(" nope "); }),
        "withParam value could not be parsed as a JSON list: nope: invalid character 'o' in literal null "
        "(expecting 'u')");
    EXPECT_EQ(error_of([] { parse_with_param("{}"); }),
              "withParam value could not be parsed as a JSON list: {}: json: cannot unmarshal object into Go "
              "value of "
              "type []v1alpha1.Item");
    EXPECT_EQ(error_of([] { parse_with_param(""); }),
              "withParam value could not be parsed as a JSON list: : unexpected end of JSON input");
}

TEST(When, CronLeavesVariables) {
    EXPECT_TRUE(evaluate_cron_when(""));
    EXPECT_TRUE(evaluate_cron_when("'a' == 'a' && 1 < 2"));
    EXPECT_EQ(error_of([] { evaluate_cron_when("foo == foo"); }), "No parameter 'foo' found.");
    EXPECT_EQ(error_of([] { evaluate_cron_when("1 + 1"); }),
              "Expected boolean evaluation for '1 + 1'. Got 2");
}

TEST(Names, GuardedOnesAreNotAsked) {
    EXPECT_THAT(expression_names("item.required + (item.optional ?? 'x')"),
                ElementsAre("item", "item.required"));
    EXPECT_THAT(expression_names("item.a?.b"), ElementsAre("item"));
    EXPECT_THAT(expression_names("tasks.a.outputs.result ?? 'd'"), ElementsAre("tasks"));
}

}  // namespace
}  // namespace tiphys::expression
