// SPDX-License-Identifier: Apache-2.0
// Expressions come from strangers: whatever the text, an answer or an ExpressionError, soon, on a small
// stack.
#include <tiphys/expression/depends.hpp>
#include <tiphys/expression/expr.hpp>
#include <tiphys/expression/go_format.hpp>
#include <tiphys/expression/go_text.hpp>
#include <tiphys/expression/jsonpath.hpp>
#include <tiphys/expression/regex.hpp>
#include <tiphys/expression/template.hpp>
#include <tiphys/expression/when.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>

namespace tiphys::expression {
namespace {

std::string error_of(const std::function<void()>& function) {
    try {
        function();
    } catch (const ExpressionError& error) {
        return error.what();
    }
    return "no error";
}

std::string repeat(std::string_view text, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += text;
    return out;
}

constexpr std::size_t many = 1'000'000;

TEST(Hostile, When) {
    EXPECT_NE(error_of([] { evaluate_when(repeat("(", many / 2) + repeat(")", many / 2)); }), "no error");
    EXPECT_NE(error_of([] { evaluate_when(repeat("(", 900) + "true" + repeat(")", 901)); }), "no error");
    EXPECT_TRUE(evaluate_when(repeat("(", 900) + "true" + repeat(")", 900)));
    EXPECT_NE(error_of([] { evaluate_when(repeat("x", 2 * many)); }).find("longer than 1048576 bytes"),
              std::string::npos);
    EXPECT_TRUE(evaluate_when(repeat("true && ", 100'000) + "true"));
    EXPECT_TRUE(evaluate_when("1 == " + repeat("1 * ", 100'000) + "1"));
    EXPECT_NE(error_of([] { evaluate_when(repeat("a ? ", 50'000) + "b"); }), "no error");
    EXPECT_TRUE(evaluate_when('\'' + repeat("a", 5'000) + "' !~ '(a+)+b'"));
    EXPECT_NE(error_of([] { evaluate_when("a =~ '((a{1000}){1000}){1000}'"); }), "no error");
}

TEST(Hostile, Expression) {
    const Environment none;
    const auto fails = [&](const std::string& text) {
        return error_of([&] { evaluate_expression(text, none); });
    };
    EXPECT_EQ(fails(repeat("(", many)), "the expression is longer than 65536 bytes");
    for (const std::string_view open :
         {"(", "[", "{a:", "-", "!", "not ", "1+(", "map([1],", "true?", "let a=", "if "})
        EXPECT_NE(fails(repeat(open, 60'000 / open.size())).find("500 levels"), std::string::npos) << open;
    EXPECT_NE(fails(repeat("1+", 30'000) + "1").find("500 levels"), std::string::npos);
    EXPECT_NE(fails("a" + repeat(".b", 20'000)).find("500 levels"), std::string::npos);
    EXPECT_NE(fails("[" + repeat("1,", 20'000) + "]").find("exceeds maximum allowed nodes"),
              std::string::npos);
    EXPECT_NE(fails("1..1000000000000").find("memory budget exceeded"), std::string::npos);
    EXPECT_NE(fails("-9223372036854775807..9223372036854775807").find("memory budget exceeded"),
              std::string::npos);
    EXPECT_NE(fails("len(map(1..900, map(1..900, 1)))").find("memory budget exceeded"), std::string::npos);
    EXPECT_NE(fails("let l = 1..2500; all(l, all(l, # > 0))").find("more than 10000000 steps"),
              std::string::npos);
    EXPECT_NE(fails("repeat(repeat('aaaaaaaaaa', 90000), 90000)").find("memory budget exceeded"),
              std::string::npos);
    EXPECT_NE(fails("reduce(1..100, #acc + #acc, 'aaaaaaaaaa')").find("memory budget exceeded"),
              std::string::npos);
    EXPECT_NE(fails("1 <" + repeat("(1 < 1 <", 20) + '1' + repeat(") < 1", 20)).find("maximum allowed nodes"),
              std::string::npos);
    EXPECT_NE(fails("sprig.untilStep(0, 9000000, 1)").find("memory budget exceeded"), std::string::npos);
    EXPECT_NE(fails("now()").find("now() is not supported by the embedded engine"), std::string::npos);
    EXPECT_NE(fails("sprig.genCA('a', 1)").find("sprig.genCA is not supported by the embedded engine"),
              std::string::npos);
}

TEST(Hostile, Regex) {
    EXPECT_FALSE(Regex("(a*)*b").matches(repeat("a", 20'000)));
    EXPECT_FALSE(Regex("(a|a)*b").matches(repeat("a", 20'000)));
    EXPECT_FALSE(Regex("^(([a-z])+.)+[A-Z]([a-z])+$").matches(repeat("a", 20'000)));
    EXPECT_TRUE(Regex("x*").matches(repeat("x", many / 2)));
    EXPECT_NE(error_of([] { Regex(repeat("(", 5'000) + repeat(")", 5'000)); }).find("nests too deeply"),
              std::string::npos);
    EXPECT_NE(error_of([] { Regex("(a{1000}){1000}"); }).find("expression too large"), std::string::npos);
    EXPECT_NE(error_of([] { (void)Regex("(a{900}){30}").matches(repeat("a", many)); }).find("20000000 steps"),
              std::string::npos);
}

TEST(Hostile, JsonAndPath) {
    EXPECT_EQ(error_of([] { read_json(repeat("[", many)); }), "exceeded max depth");
    EXPECT_EQ(error_of([] { read_json(repeat("{\"a\":", many / 5)); }), "exceeded max depth");
    EXPECT_EQ(error_of([] { jsonpath("{}", "$" + repeat(".a", many)); }),
              "the JSONPath is longer than 65536 bytes");
    EXPECT_NE(error_of([] {
                  jsonpath("[]", "$[?" + repeat("(", 30'000) + repeat(")", 30'000) + "]");
              }).find("100 levels"),
              std::string::npos);
    std::string deep = "1";
    for (int i = 0; i < 40; ++i) deep = "[" + deep + ",2]";
    EXPECT_EQ(error_of([&] { jsonpath(deep, "$" + repeat("..*", 12)); }),
              "the JSONPath visits more than 1000000 values");
    EXPECT_EQ(error_of([] { jsonpath("[1]", "$" + repeat("[0]", 5'000)); }),
              "the JSONPath has more than 1000 steps");
}

TEST(Hostile, TemplateAndDepends) {
    Scope scope;
    scope.set("a", "x");
    EXPECT_EQ(substitute(repeat("{{a}}", 200'000), scope, Mode::strict()), repeat("x", 200'000));
    EXPECT_NE(error_of([&] { substitute(repeat("{{", many), scope, Mode::strict()); }), "no error");
    const auto stop = [](std::string_view) { return ContinueOn{}; };
    EXPECT_NE(error_of([&] { (void)Depends::from_expression(repeat("(", 60'000), stop).evaluate({}); }),
              "no error");
    EXPECT_NE(error_of([&] { (void)Depends::from_expression(repeat("!", 60'000) + "A", stop).evaluate({}); }),
              "no error");
}

/// Pieces that parsers care about, in any order, and any bytes. The seed is fixed: a failure repeats.
TEST(Hostile, RandomTexts) {
    const std::vector<std::string> pieces{
        "(",    ")",        "[",   "]",    "{",       "}",      "{{", "}}", "=",   "==",  "!",   "!=",
        "<",    ">=",       "&&",  "||",   "?",       ":",      "??", "?.", ".",   "..",  ",",   ";",
        "#",    "|",        "+",   "-",    "*",       "**",     "/",  "%",  "^",   "~",   "=~",  "'",
        "\"",   "`",        "\\",  "\\u",  "a",       "b.c",    "$",  "@",  "in",  "not", "let", "if",
        "else", "true",     "nil", "map(", "filter(", "len(",   "0x", "1",  "9e9", ".5",  " ",   "\n",
        "\xff", "\xc3\xa9", "//",  "/*",   "?(",      "sprig.", "%d"};
    std::mt19937 random(20240229);
    Scope scope;
    scope.set("a", "x");
    scope.set("b.c", "1");
    const Environment environment = scope.environment();
    std::size_t answers = 0;
    for (int i = 0; i < 6'000; ++i) {
        std::string text;
        const std::size_t length = random() % 12;
        for (std::size_t j = 0; j < length; ++j)
            text += random() % 20 == 0 ? std::string(1, static_cast<char>(random() % 256))
                                       : pieces[random() % pieces.size()];
        const std::function<void()> calls[] = {
            [&] { evaluate_when(text); },
            [&] { evaluate_expression(text, environment); },
            [&] { substitute(text, scope, Mode::lenient()); },
            [&] { substitute("{{=" + text + "}}", scope, Mode::strict()); },
            [&] { jsonpath(R"({"a": [1, {"b": "c"}], "b": {"c": 2}})", "$" + text); },
            [&] { (void)Regex(text).find("ab c1"); },
            [&] { read_json(text); },
            [&] { format_integer(text, 5); },
            [&] { parse_duration(text); },
            [&] { parse_with_param('[' + text + ']'); },
            [&] {
                (void)Depends::from_expression(text, [](std::string_view) {
                    return ContinueOn{};
                }).evaluate({});
            },
        };
        for (const auto& call : calls) answers += error_of(call) == "no error" ? 1 : 0;
    }
    EXPECT_GT(answers, 6'000U);
}

}  // namespace
}  // namespace tiphys::expression
