// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <tiphys/build/build.hpp>
#include <tiphys/build/contract.hpp>
#include <tiphys/build/expr.hpp>

#include <boost/describe/class.hpp>

#include <map>
#include <string>
#include <vector>

namespace tiphys::contracts {

struct Split {
    int shards = 1;
    str text;
};
BOOST_DESCRIBE_STRUCT(Split, (), (shards, text))
struct Chunks {
    std::vector<std::string> names;
};
BOOST_DESCRIBE_STRUCT(Chunks, (), (names))
struct Count {
    std::string chunk;
};
BOOST_DESCRIBE_STRUCT(Count, (), (chunk))
struct Words {
    long total = 0;
};
BOOST_DESCRIBE_STRUCT(Words, (), (total))
struct Sum {
    std::vector<long> totals;
};
BOOST_DESCRIBE_STRUCT(Sum, (), (totals))

struct Point {
    int x = 1;
    bool visible = true;
};
BOOST_DESCRIBE_STRUCT(Point, (), (x, visible))
struct Base {
    str owner = "me";
};
BOOST_DESCRIBE_STRUCT(Base, (), (owner))
struct All : Base {
    str text = "a \"b\"";
    bool flag = true;
    long number = -5;
    list<str> names{"a", "b"};
    Point point{};
    opt<bool> undescribed{};
};
BOOST_DESCRIBE_STRUCT(All, (Base), (text, flag, number, names, point))
struct Loose {
    std::optional<int> maybe;
    std::map<std::string, double> weights;
};
BOOST_DESCRIBE_STRUCT(Loose, (), (maybe, weights))

constexpr auto word_count = [] {
    return Workflow("word-count-")
        .entrypoint("main")
        .container("split", Container("busybox").command("split").contract<Split, Chunks>())
        .container("count", Container("busybox").command("count").contract<Count, Words>())
        .container("sum", Container("busybox").command("sum").contract<Sum, Words>())
        .dag("main")
            .contract<nothing, Words>()
            .gives<&Words::total>(output<&Words::total>("sum"))
            .task("split", "split").with<&Split::shards>(8).with<&Split::text>("a b c")
            .task("count", "count").with<&Count::chunk>(each(output<&Chunks::names>("split")))
            .task("sum", "sum").with<&Sum::totals>(all(output<&Words::total>("count")));
};

TEST(Contract, DeclaresParametersAndWiresThem) {
    const Workflow built = checked<word_count>();
    const auto& templates = built.model().spec.templates;
    const auto& split = templates[0];
    EXPECT_EQ(split.inputs->parameters[0].name, "shards");
    EXPECT_EQ(split.inputs->parameters[0].default_, "1");
    EXPECT_EQ(split.inputs->parameters[1].name, "text");
    EXPECT_FALSE(split.inputs->parameters[1].default_.has_value());
    EXPECT_EQ(split.outputs->parameters[0].valueFrom->path, "/tmp/names");
    const auto& tasks = templates[3].dag->tasks;
    EXPECT_EQ(tasks[0].arguments->parameters[0].value, "8");
    EXPECT_EQ(tasks[0].arguments->parameters[1].value, "a b c");
    EXPECT_EQ(tasks[1].withParam, "{{tasks.split.outputs.parameters.names}}");
    EXPECT_EQ(tasks[1].arguments->parameters[0].value, "{{item}}");
    EXPECT_EQ(tasks[1].depends, "split");
    EXPECT_EQ(tasks[2].arguments->parameters[0].value, "{{tasks.count.outputs.parameters.total}}");
    EXPECT_EQ(tasks[2].depends, "count");
    EXPECT_EQ(templates[3].outputs->parameters[0].valueFrom->parameter, "{{tasks.sum.outputs.parameters.total}}");
    EXPECT_TRUE(check_contracts(built).empty());
}

TEST(Contract, WritesValuesAsTextAndJson) {
    const Workflow built = Workflow("a-").container("t", Container("busybox").contract<All>());
    const auto& parameters = built.model().spec.templates[0].inputs->parameters;
    ASSERT_EQ(parameters.size(), 6u);
    EXPECT_EQ(parameters[0].name, "owner");
    EXPECT_EQ(parameters[0].default_, "me");
    EXPECT_EQ(parameters[1].default_, "a \"b\"");
    EXPECT_EQ(parameters[2].default_, "true");
    EXPECT_EQ(parameters[3].default_, "-5");
    EXPECT_EQ(parameters[4].default_, "[\"a\",\"b\"]");
    // Point has no == and so no default that could be told from it.
    EXPECT_FALSE(parameters[5].default_.has_value());
    EXPECT_EQ(detail::parameter_text(Point{}), "{\"x\":1,\"visible\":true}");
    EXPECT_EQ(detail::parameter_text(Loose{3, {{"a", 0.5}}}), "{\"maybe\":3,\"weights\":{\"a\":0.5}}");
    EXPECT_EQ(detail::parameter_text(std::optional<int>()), "null");
    EXPECT_EQ(detail::parameter_text(std::vector<std::string>{"a\"", "b"}), "[\"a\\\"\",\"b\"]");
    EXPECT_EQ(detail::parameter_text(std::string_view("a\"")), "a\"");
}

TEST(Contract, KeepsWhatIsDeclaredAlready) {
    const Workflow built = Workflow("a-").container(
        "t", Container("busybox").input("shards", 3).output("names", "/data/names").contract<Split, Chunks>());
    const auto& made = built.model().spec.templates[0];
    ASSERT_EQ(made.inputs->parameters.size(), 2u);
    EXPECT_EQ(made.inputs->parameters[0].default_, "3");
    ASSERT_EQ(made.outputs->parameters.size(), 1u);
    EXPECT_EQ(made.outputs->parameters[0].valueFrom->path, "/data/names");
}

TEST(Contract, TakesExpressionsAndInputsOfTheType) {
    const Workflow built = Workflow("a-")
        .container("count", Container("busybox").contract<Count, Words>())
        .container("split", Container("busybox").contract<Split, Chunks>())
        .steps("main")
            .contract<Split, Words>()
            .gives<&Words::total>(expr::as_int(expr::steps["b"].outputs.result()) + 1)
            .step("a", "count").with<&Count::chunk>(input<&Split::text>())
            .step("b", "split").with<&Split::shards>(expr::len(expr::inputs.parameters["text"]))
            .step("c", "split").with<&Split::shards>(expr::item());
    const auto& main = built.model().spec.templates[2];
    EXPECT_EQ(main.steps[0][0].arguments->parameters[0].value, "{{inputs.parameters.text}}");
    EXPECT_EQ(main.steps[1][0].arguments->parameters[0].value, "{{=len(inputs.parameters.text)}}");
    EXPECT_EQ(main.outputs->parameters[0].valueFrom->expression, "asInt(steps.b.outputs.result) + 1");
}

TEST(Contract, TellsTheWrongStruct) {
    Workflow built("a-");
    built.container("count", Container("busybox").contract<Count, Words>());
    built.container("split", Container("busybox").contract<Split, Chunks>());
    auto dag = built.dag("main");
    dag.task("a", "count").with<&Split::text>("x");
    dag.task("b", "split").with<&Split::text>("x").with_items(1, 2);
    dag.task("c", "count").with<&Count::chunk>(each(output<&Chunks::names>("a")));
    dag.task("d", "count").with<&Count::chunk>(output<&Count::chunk>("b"));
    dag.task("e", "split").with<&Split::shards>(output<&Split::shards>("undeclared"));
    std::vector<std::string> said;
    for (const Diagnostic& one : check_contracts(built)) said.push_back(one.message.string());
    EXPECT_EQ(said, (std::vector<std::string>{
                        "`a` is given a member of Split, but template `count` takes Count",
                        "a member of Chunks is asked of `a`, whose template `count` gives Words",
                        "a member of Count is asked of `b`, whose template `split` gives Chunks",
                    }));
}

TEST(Contract, TellsListsFromSingleValues) {
    Workflow built("a-");
    built.container("count", Container("busybox").contract<Count, Words>());
    built.container("sum", Container("busybox").contract<Sum, Words>());
    auto dag = built.dag("main");
    dag.task("once", "count").with<&Count::chunk>("x");
    dag.task("often", "count").with<&Count::chunk>("{{item}}").with_items("a", "b");
    dag.task("a", "sum").with<&Sum::totals>(all(output<&Words::total>("once")));
    dag.task("b", "sum").with<&Sum::totals>(all(output<&Words::total>("often")));
    dag.task("c", "sum").with<&Sum::totals>(std::vector<long>{1, 2});
    std::vector<std::string> said;
    for (const Diagnostic& one : check_contracts(built)) said.push_back(one.message.string());
    EXPECT_EQ(said, (std::vector<std::string>{"all(...) is of what a loop gives, but `once` runs once"}));
    EXPECT_EQ(built.model().spec.templates[2].dag->tasks[4].arguments->parameters[0].value, "[1,2]");
}

struct Configuration {
    bool mistaken = false;
};
constexpr auto configured = [](const Configuration& given) {
    Workflow workflow("a-");
    workflow.entrypoint("main").container("count", Container("busybox").command("c").contract<Count, Words>());
    auto dag = workflow.dag("main");
    if (given.mistaken)
        dag.task("a", "count").with("chunk", "x").with<&Split::text>("y");
    else
        dag.task("a", "count").with<&Count::chunk>("x");
    return workflow;
};

TEST(Contract, IsJudgedAgainWithTheRealConfiguration) {
    EXPECT_NO_THROW(checked<configured>(Configuration()));
    try {
        checked<configured>(Configuration{.mistaken = true});
        FAIL();
    } catch (const InvalidWorkflow& error) {
        std::vector<std::string> rules;
        for (const Diagnostic& one : error.diagnostics()) rules.emplace_back(one.rule->id);
        EXPECT_EQ(rules, (std::vector<std::string>{"arguments.unknown", "contract.types"}));
        EXPECT_NE(std::string(error.what()).find("`a` is given a member of Split, but template `count` takes Count"),
                  std::string::npos) << error.what();
    }
}

constexpr auto tools = [] {
    return WorkflowTemplate("tools")
        .container("split", Container("busybox").command("s").contract<Split, Chunks>())
        .container("count", Container("busybox").command("c").contract<Count, Words>());
};
constexpr auto all_tools = [] {
    return ClusterWorkflowTemplate("tools").container("count", Container("busybox").command("c").contract<Split, Chunks>());
};
constexpr auto by_reference = [] {
    return Workflow("a-").entrypoint("main")
        .dag("main")
            .task("a", ref(tools, "split")).with<&Split::text>("x")
            .task("b", ref(tools, "count")).with<&Count::chunk>(each(output<&Chunks::names>("a")));
};
constexpr auto by_name = [](bool wrong) {
    Workflow workflow("a-");
    workflow.entrypoint("main").dag("main").task("a", ref("tools", "count")).with<&Count::chunk>("x");
    if (wrong) workflow.dag("other").task("a", ref("tools", "count")).with("chunk", "x").with<&Split::text>("x");
    return workflow;
};
constexpr auto by_the_right_name = [] { return by_name(false); };

std::vector<std::string> said_of(const Workflow& built) {
    std::vector<std::string> said;
    for (const Diagnostic& one : check_contracts(built)) said.push_back(one.message.string());
    return said;
}

TEST(Contract, ReachesTemplatesOfOtherDocuments) {
    EXPECT_NO_THROW(checked<by_reference>());
    EXPECT_NO_THROW((checked<by_the_right_name, tools>()));
    Workflow built("a-");
    auto dag = built.dag("main");
    dag.task("a", ref(tools, "count")).with<&Split::text>("x");
    dag.task("b", ref(tools, "split")).with<&Split::text>("x");
    dag.task("c", ref(tools, "count")).with<&Count::chunk>(output<&Count::chunk>("b"));
    dag.task("d", ref(all_tools, "count")).with<&Count::chunk>("x");
    dag.task("e", ref("unknown", "count")).with<&Split::text>("x");
    built.steps("steps").step("f", "s").parallel(Step("g", "s"), Step("h", ref(tools, "count")).with<&Words::total>(1));
    EXPECT_EQ(said_of(built), (std::vector<std::string>{
                                  "`a` is given a member of Split, but template `count` of `tools` takes Count",
                                  "a member of Count is asked of `b`, whose template `split` of `tools` gives Chunks",
                                  "`d` is given a member of Count, but template `count` of `tools` takes Split",
                                  "`h` is given a member of Words, but template `count` of `tools` takes Count",
                              }));
    const auto known = detail::known_libraries<decltype(tools), decltype(complete)>();
    const auto found = detail::contract_mistakes(by_name(true), known);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].message, "`a` is given a member of Split, but template `count` of `tools` takes Count");
}

TEST(Contract, IsNotOfTemplatesThatAreGone) {
    constexpr auto emptied = [] {
        return WorkflowTemplate("tools").container("count", Container("b").command("c").contract<Count, Words>())
            .workflow_model([](auto& made) { made.spec.templates = {}; });
    };
    EXPECT_TRUE(detail::library_of<decltype(emptied)>().contracts().empty());
    EXPECT_TRUE(check_contracts(Workflow("a-").dag("main").task("a", ref(emptied, "count")).workflow()).empty());
}

TEST(Contract, ReachesInlineTemplates) {
    Workflow built("a-");
    auto dag = built.dag("main");
    const auto split = [] { return Container("busybox").command("s").contract<Split, Chunks>(); };
    dag.task("a", split()).with<&Split::text>("x");
    dag.task("b", split()).with<&Count::chunk>("x");
    dag.task("c", split()).with<&Split::text>(output<&Count::chunk>("a"));
    dag.task("d", split()).with<&Split::text>(each(output<&Chunks::names>("a")));
    built.steps("steps").parallel(Step("e", split()).with<&Count::chunk>("x")).step("f", split()).with<&Count::chunk>("x");
    EXPECT_EQ(said_of(built), (std::vector<std::string>{
                                  "`b` is given a member of Count, but its inline template takes Split",
                                  "a member of Count is asked of `a`, whose inline template gives Chunks",
                                  "`e` is given a member of Count, but its inline template takes Split",
                                  "`f` is given a member of Count, but its inline template takes Split",
                              }));
}

}  // namespace tiphys::contracts
