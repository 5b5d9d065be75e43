// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <tiphys/build/build.hpp>
#include <tiphys/build/expr.hpp>
#include <tiphys/expression/expr.hpp>
#include <tiphys/expression/inspect.hpp>
#include <tiphys/expression/template.hpp>
#include <tiphys/expression/when.hpp>

#include <boost/json/serialize.hpp>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "expr_ast.hpp"

namespace tiphys::expr {
namespace {

using expression::Environment;
using expression::evaluate_expression;

template <class E>
std::string shown(const E& expression) {
    return std::string(expression.text());
}

template <class E>
boost::json::value result_of(const E& expression, const boost::json::object& names = {}) {
    return evaluate_expression(expression.text(), Environment::from_names(names));
}

TEST(Expr, NamesAreArgos) {
    EXPECT_EQ(shown(inputs.parameters["message"]), "inputs.parameters.message");
    EXPECT_EQ(shown(inputs.parameters["my-message"]), "inputs.parameters['my-message']");
    EXPECT_EQ(shown(inputs.artifacts["data"]["path"]), "inputs.artifacts.data.path");
    EXPECT_EQ(shown(tasks["A"].outputs.result()), "tasks.A.outputs.result");
    EXPECT_EQ(shown(tasks["flip-coin"].outputs.parameters["side"]), "tasks['flip-coin'].outputs.parameters.side");
    EXPECT_EQ(shown(steps["A"].outputs.artifacts["x"]), "steps.A.outputs.artifacts.x");
    EXPECT_EQ(shown(steps["A"].exit_code()), "steps.A.exitCode");
    EXPECT_EQ(shown(steps["A"].status()), "steps.A.status");
    EXPECT_EQ(shown(steps["A"].id()), "steps.A.id");
    EXPECT_EQ(shown(tasks["A"].started_at()), "tasks.A.startedAt");
    EXPECT_EQ(shown(tasks["A"].finished_at()), "tasks.A.finishedAt");
    EXPECT_EQ(shown(tasks["A"].ip()), "tasks.A.ip");
    EXPECT_EQ(shown(tasks["A"].host_node_name()), "tasks.A.hostNodeName");
    EXPECT_EQ(shown(item()["os"]), "item.os");
    EXPECT_EQ(shown(workflow.status()), "workflow.status");
    EXPECT_EQ(shown(workflow.parameters["json"]), "workflow.parameters.json");
    EXPECT_EQ(shown(workflow.labels["app.kubernetes.io/name"]), "workflow.labels['app.kubernetes.io/name']");
    EXPECT_EQ(shown(workflow.outputs.parameters["x"]), "workflow.outputs.parameters.x");
    EXPECT_EQ(shown(last_retry.exit_code()), "lastRetry.exitCode");
    EXPECT_EQ(shown(response.status_code() == 200), "response.statusCode == 200");
    EXPECT_EQ(shown(name("in")), "$env.in");
    EXPECT_EQ(shown(name("my-name")), "$env['my-name']");
    EXPECT_EQ(shown(name("$env")["a"]), "$env.a");
}

// What hera.expr gets wrong: operands lose their parentheses, a number may not stand on the left, and most of
// the language is missing.
TEST(Expr, KeepsThePrecedenceThatHeraLoses) {
    EXPECT_EQ(shown((name("a") + name("b")) * 2), "(a + b) * 2");
    EXPECT_EQ(shown(!(name("a") == name("b"))), "!(a == b)");
    EXPECT_EQ(shown(1 + name("x")), "1 + x");
    EXPECT_EQ(shown(name("a") && name("b")), "a && b");
    EXPECT_EQ(shown((name("a") || name("b")) && name("c")), "(a || b) && c");
    EXPECT_EQ(shown(name("a") || (name("b") && name("c"))), "a || b && c");
    EXPECT_EQ(shown(name("a") - (name("b") - name("c"))), "a - (b - c)");
    EXPECT_EQ(shown(name("a") - name("b") - name("c")), "a - b - c");
    EXPECT_EQ(shown(pow(pow(name("a"), 2), 3)), "(a ** 2) ** 3");
    EXPECT_EQ(shown(pow(name("a"), pow(2, name("b")))), "a ** 2 ** b");
    EXPECT_EQ(shown(pow(-name("a"), 2)), "(-a) ** 2");
    EXPECT_EQ(shown(-pow(name("a"), 2)), "-(a ** 2)");
    EXPECT_EQ(shown(pow(-2, name("b"))), "(-2) ** b");
    EXPECT_EQ(shown(Any(name("a") < name("b")) < name("c")), "(a < b) < c");
    EXPECT_EQ(shown(Any(!name("a")) * name("b")), "(!a) * b");
}

TEST(Expr, HasTheWholeLanguage) {
    const Any a = name("a");
    const Any b = name("b");
    EXPECT_EQ(shown(a.value_or("x")), "a ?? 'x'");
    EXPECT_EQ(shown(a.value_or(b).value_or("x")), "a ?? b ?? 'x'");
    EXPECT_EQ(shown(a.value_or(b) + "x"), "(a ?? b) + 'x'");
    EXPECT_EQ(shown(a.maybe("b")["c"]), "a?.b.c");
    EXPECT_EQ(shown(a.maybe("b-c")), "a?.['b-c']");
    EXPECT_EQ(shown(a.maybe(0)), "a?.[0]");
    EXPECT_EQ(shown(conditional(a > 1, "x", conditional(a > 0, "y", "z"))), "a > 1 ? 'x' : a > 0 ? 'y' : 'z'");
    EXPECT_EQ(shown(conditional(conditional(a, true, b), 1, 2)), "(a ? true : b) ? 1 : 2");
    EXPECT_EQ(shown(a.slice(1, -1)), "a[1:-1]");
    EXPECT_EQ(shown(a.slice_from(1)), "a[1:]");
    EXPECT_EQ(shown(a.slice_to(b + 1)), "a[:b + 1]");
    EXPECT_EQ(shown(a[0][b]["c"]), "a[0][b].c");
    EXPECT_EQ(shown(range(1, b)), "1..b");
    EXPECT_EQ(shown(range(1, b + 1)), "1..(b + 1)");
    EXPECT_EQ(shown(a | split.with(",") | filter.with(it() != "") | join.with("-")),
              "a | split(',') | filter(# != '') | join('-')");
    EXPECT_EQ(shown((a | upper) + "x"), "(a | upper()) + 'x'");
    EXPECT_EQ(shown(let("x", from_json(a), [](const auto& x) { return x["u"] + x["v"]; })),
              "let x = fromJSON(a); x.u + x.v");
    EXPECT_EQ(shown(list_of(let("x", a, [](const auto& x) { return x; }), 2)), "[(let x = a; x), 2]");
    EXPECT_EQ(shown(a.in(list_of(1, 2))), "a in [1, 2]");
    EXPECT_EQ(shown(a.not_in(list_of(1, 2)) && b.contains("x")), "a not in [1, 2] && b contains 'x'");
    EXPECT_EQ(shown(!b.starts_with("x") || b.ends_with("y") || b.matches("^z")),
              "!(b startsWith 'x') || b endsWith 'y' || b matches '^z'");
    EXPECT_EQ(shown(map_of("x", 1, "y", map_of(string(a), 2))), "{'x': 1, 'y': {(string(a)): 2} }");
    EXPECT_EQ(shown(map(a, map_of("x", it()))), "map(a, ({'x': #}))");
    EXPECT_EQ(shown(map(a, 5)), "map(a, 5)");
    EXPECT_EQ(shown(reduce(a, acc() + it(), 0)), "reduce(a, #acc + #, 0)");
    EXPECT_EQ(shown(map(a, it()["x"] + it_index())), "map(a, #.x + #index)");
    EXPECT_EQ(shown(sprig::trunc(5, a)), "sprig.trunc(5, a)");
    EXPECT_EQ(shown((now() - a).method("Seconds") > 360), "(now() - a).Seconds() > 360");
    EXPECT_EQ(shown(a == nil), "a == nil");
}

TEST(Expr, WritesConstants) {
    EXPECT_EQ(shown(constant(1.5)), "1.5");
    EXPECT_EQ(shown(constant(3.0)), "3.0");
    EXPECT_EQ(shown(constant(0.0001)), "0.0001");
    EXPECT_EQ(shown(constant(-0.1)), "-0.1");
    EXPECT_EQ(shown(constant(true)), "true");
    EXPECT_EQ(shown(constant("it's")), "\"it's\"");
    EXPECT_EQ(shown(constant("it's \"so\"")), "'it\\'s \"so\"'");
    EXPECT_EQ(shown(constant("a\\b\n\t\x01")), "'a\\\\b\\n\\t\\x01'");
    EXPECT_EQ(shown(constant("{{x}}")), "'{\\x7bx}\\x7d'");
    EXPECT_THROW(constant(std::numeric_limits<double>::infinity()), std::invalid_argument);
    EXPECT_THROW(constant(std::numeric_limits<double>::quiet_NaN()), std::invalid_argument);
    for (const double number : {0.1, 1e-7, 1e21, 123456.789, 1e300, 5e-324, 1.0 / 3.0, 9007199254740993.0})
        EXPECT_EQ(result_of(constant(number)), number) << constant(number).text();
    for (const std::int64_t number : {INT64_MIN, INT64_MIN + 1, std::int64_t{-1}, INT64_MAX})
        EXPECT_EQ(result_of(constant(number)), number) << constant(number).text();
    for (const char* text : {"", "'", "\"", "'\"", "\\", "{{", "}}}", "a\rb\nc", "ü€😀", "\x7f"})
        EXPECT_EQ(result_of(constant(text)), text) << constant(text).text();
}

TEST(Expr, IsEvaluatedAsWritten) {
    const boost::json::object names{{"inputs.parameters.n", "7"}, {"inputs.parameters.s", "a,b,,c"},
                                    {"item", boost::json::array{3, 1, 2}}};
    const auto n = as_int(inputs.parameters["n"]);
    EXPECT_EQ(result_of((n + 1) * 2 - n % 4, names), (7 + 1) * 2 - 7 % 4);
    EXPECT_EQ(result_of(n / 2, names), 3.5);
    EXPECT_EQ(result_of(pow(-n, 2), names), 49.0);
    EXPECT_EQ(result_of(inputs.parameters["s"] | split.with(",") | filter.with(it() != "") | join.with("-"), names),
              "a-b-c");
    EXPECT_EQ(result_of(sort(item())[0], names), 1);
    EXPECT_EQ(result_of(sum(item(), it() * 2), names), 12);
    EXPECT_EQ(result_of(reduce(item(), acc() * 10 + it(), 0), names), 312);
    EXPECT_EQ(result_of(to_json(map(sort_by(item(), it(), "desc"), it() + 1)), names), "[4,3,2]");
    EXPECT_EQ(result_of(count(range(1, n), it() % 2 == 1), names), 4);
    EXPECT_EQ(result_of(item().slice(0, 2), names), (boost::json::array{3, 1}));
    EXPECT_EQ(result_of(let("x", n, [](const auto& x) { return x * x; }), names), 49);
    EXPECT_EQ(result_of(conditional(n > 5 && !(n > 6), "low", "high"), names), "high");
    EXPECT_EQ(result_of(keys(group_by(item(), string(it() > 1))), names), (boost::json::array{"false", "true"}));
    EXPECT_EQ(result_of(sprig::trunc(2, upper("abc") + string(n)), names), "AB");
    EXPECT_EQ(result_of(map_of("a", 1, "b", list_of(1, nil, true)).maybe("c").value_or("none"), names), "none");
    EXPECT_EQ(result_of(jsonpath("{\"a\": [1, 2]}", "$.a[1]"), names), 2.0);
}

TEST(Expr, StandsInTagsWhereAValueIsWanted) {
    const Workflow built = Workflow("a-").entrypoint("main")
        .container("work", Container("busybox").input("x", map_of("a", map_of("b", "}}"))).command("true"))
        .dag("main")
            .output_expression("r", tasks["A"].outputs.result() + "!")
            .task("A", "work")
            .task("B", "work").with("x", as_int(tasks["A"].outputs.result()) + 1).after("A");
    const auto& templates = built.model().spec.templates;
    EXPECT_EQ(templates[1].dag->tasks[1].arguments->parameters[0].value, "{{=asInt(tasks.A.outputs.result) + 1}}");
    EXPECT_EQ(templates[1].outputs->parameters[0].valueFrom->expression, "tasks.A.outputs.result + '!'");
    const str& given = templates[0].inputs->parameters[0].default_;
    EXPECT_EQ(given, "{{={'a': {'b': '}\\x7d'} } }}");
    EXPECT_EQ(expression::substitute(given.view(), expression::Scope(), expression::Mode::strict()),
              "{\"a\":{\"b\":\"}}\"}}");
}

TEST(Expr, StandsBareWhereArgoTakesExpressions) {
    const Workflow built = Workflow("a-")
        .entrypoint("main")
        .container("main", Container("busybox").command("true").retry_strategy(
            RetryStrategy().limit(3).expression(as_int(last_retry.exit_code()) >= 2)))
        .suspend("tell")
        .hook("failed", "tell", expr::workflow.status() == "Failed");
    const auto& spec = built.model().spec;
    EXPECT_EQ(spec.templates[0].retryStrategy->expression, "asInt(lastRetry.exitCode) >= 2");
    EXPECT_EQ(spec.hooks.find("failed")->expression, "workflow.status == 'Failed'");
    EXPECT_FALSE(has_errors(validate(built.model())));
}

int line_of_site(const Workflow& built, std::string_view field) {
    for (const auto& site : built.sites())
        if (std::string_view(site.field) == field) return static_cast<int>(site.where.line());
    return 0;
}

TEST(Expr, KeepsTheLine) {
    const int first = __LINE__ + 1;
    const Workflow built = Workflow("a-")
        .suspend("s").dag("main")
        .task("A", "s")
            .when(inputs.parameters["x"] == "y")
            .with("p",
                  upper(inputs.parameters["x"]));
    EXPECT_EQ(line_of_site(built, "when"), first + 3);
    EXPECT_EQ(line_of_site(built, "arguments"), first + 5);
}

TEST(When, SpeaksTheLanguageOfWhen) {
    const Text x = inputs.parameters["x"];
    const auto n = as_int(tasks["my-task"].outputs.result());
    EXPECT_EQ(when_text(x == "it's"), "'{{inputs.parameters.x}}' == 'it\\'s'");
    EXPECT_EQ(when_text(n > 3 && x != "b"), "{{tasks.my-task.outputs.result}} > 3 && '{{inputs.parameters.x}}' != 'b'");
    EXPECT_EQ(when_text((x == "a" || x == "b") && !(n * 2 - 1 <= -3)),
              "('{{inputs.parameters.x}}' == 'a' || '{{inputs.parameters.x}}' == 'b') && "
              "!({{tasks.my-task.outputs.result}} * 2 - 1 <= -3)");
    EXPECT_EQ(when_text(x.in(list_of("a", "b"))), "'{{inputs.parameters.x}}' in ('a', 'b')");
    EXPECT_EQ(when_text(x.in(list_of("a"))), "'{{inputs.parameters.x}}' in ('a', 'a')");
    EXPECT_EQ(when_text(n.not_in(list_of(1, 2))), "!({{tasks.my-task.outputs.result}} in (1, 2))");
    EXPECT_EQ(when_text(x.matches("^a.*")), "'{{inputs.parameters.x}}' =~ '^a.*'");
    EXPECT_EQ(when_text(item() == 3), "{{item}} == 3");
    EXPECT_EQ(when_text(item() == "3"), "'{{item}}' == '3'");
    EXPECT_EQ(when_text(x == inputs.parameters["y"]), "'{{inputs.parameters.x}}' == '{{inputs.parameters.y}}'");
    EXPECT_EQ(when_text(conditional(n > 1, x, "b") == "a"),
              "({{tasks.my-task.outputs.result}} > 1 ? '{{inputs.parameters.x}}' : 'b') == 'a'");
}

TEST(When, RefusesWhatWhenCannotSay) {
    const Text x = inputs.parameters["x"];
    EXPECT_THROW(when_text(x.value_or("a") == "a"), std::invalid_argument);
    EXPECT_THROW(when_text(len(x) > 3), std::invalid_argument);
    EXPECT_THROW(when_text(x == nil), std::invalid_argument);
    EXPECT_THROW(when_text(x.starts_with("a")), std::invalid_argument);
    EXPECT_THROW(when_text(pow(as_int(x), 2) > 3), std::invalid_argument);
    EXPECT_THROW(when_text(x == "2020-01-02"), std::invalid_argument);
    EXPECT_THROW(when_text(x == "Mon Jan"), std::invalid_argument);
    EXPECT_THROW(when_text(x == "{{y}}"), std::invalid_argument);
    EXPECT_THROW(when_text(item()), std::invalid_argument);
    EXPECT_THROW(when_text(any(item(), it() == 1)), std::invalid_argument);
    EXPECT_THROW(when_text(item()[0] == "a"), std::invalid_argument);
    EXPECT_THROW(when_text(item().maybe("a") == "a"), std::invalid_argument);
    EXPECT_THROW(when_text(let("a", x, [](const auto& a) { return a == "b"; })), std::invalid_argument);
    EXPECT_THROW(when_text(as_int(x) > 1234567890123456), std::invalid_argument);
    try {
        when_text(x.contains("a"));
        FAIL();
    } catch (const std::invalid_argument& error) {
        EXPECT_STREQ(error.what(),
                     "Argo's `when` has no such operator: `inputs.parameters.x contains 'a'`; give it as an "
                     "expression: in_tags(…)");
    }
    // The word takes them all the same: Argo evaluates tags in `when`, too.
    const Workflow built = Workflow("a-").suspend("s").dag("main").task("A", "s").when(x.contains("a"));
    EXPECT_EQ(built.model().spec.templates[1].dag->tasks[0].when, "{{=inputs.parameters.x contains 'a'}}");
}

constexpr bool evaluated_by_the_compiler() {
    const auto condition = as_int(inputs.parameters["n"]) * 2 > 3 && tasks["my-task"].outputs.result() == "it's";
    return condition.text() == "asInt(inputs.parameters.n) * 2 > 3 && tasks['my-task'].outputs.result == \"it's\"" &&
           when_text(condition) ==
               "{{inputs.parameters.n}} * 2 > 3 && '{{tasks.my-task.outputs.result}}' == 'it\\'s'" &&
           in_tags(constant(0.25) + 1) == "{{=0.25 + 1}}";
}
static_assert(evaluated_by_the_compiler());

// What the library evaluates is the language's own list.
TEST(Expr, HasEveryFunctionOfTheLanguage) {
    const auto names = [](const char* file, const char* pattern) {
        std::ifstream in(std::string(TIPHYS_SOURCE_DIR "/") + file);
        std::stringstream text;
        text << in.rdbuf();
        const std::string source = text.str();
        const std::regex name(pattern);
        std::set<std::string> found;
        for (auto at = std::sregex_iterator(source.begin(), source.end(), name); at != std::sregex_iterator(); ++at)
            found.insert((*at)[1].str());
        return found;
    };
    const auto here = names("include/tiphys/build/detail/expr_functions.hpp", "function<\"([A-Za-z0-9]+)\"");
    auto language = names("lib/expression/expr_builtin.cpp", "\\{\"([A-Za-z0-9]+)\", *\\{-?[0-9]");
    for (const char* const predicate : {"all", "none", "any", "one", "filter", "map", "count", "sum", "find", "findIndex",
                                        "findLast", "findLastIndex", "groupBy", "sortBy", "reduce"})
        language.insert(predicate);
    for (const std::string& name : language)
        EXPECT_TRUE(expression::expr::is_builtin(name) || expression::expr::is_argo_function(name)) << name;
    EXPECT_EQ(here, language);
    EXPECT_EQ(here.size(), 75u);
}

TEST(Sprig, HasEveryFunctionThatArgoOffers) {
    std::ifstream in(TIPHYS_SOURCE_DIR "/include/tiphys/build/detail/expr_sprig.hpp");
    std::stringstream text;
    text << in.rdbuf();
    const std::string source = text.str();
    static const std::regex name("\"sprig\\.([A-Za-z0-9_]+)\"");
    std::set<std::string> found;
    for (auto at = std::sregex_iterator(source.begin(), source.end(), name); at != std::sregex_iterator(); ++at) {
        EXPECT_TRUE(expression::is_sprig_function((*at)[1].str())) << (*at)[1];
        found.insert((*at)[1].str());
    }
    // 209 less three that are older spellings of others.
    EXPECT_EQ(found.size(), 206u);
}

}  // namespace
}  // namespace tiphys::expr
