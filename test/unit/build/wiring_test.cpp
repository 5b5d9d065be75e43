// SPDX-License-Identifier: Apache-2.0
// What one word says of many arguments, and templates that hooks bring along.
#include <boost/describe/class.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include <tiphys/build/build.hpp>
#include <tiphys/build/json_value.hpp>
#include <tiphys/text/text.hpp>

namespace tiphys {
namespace {

struct Chunks {
    str names;
    str first;
};
BOOST_DESCRIBE_STRUCT(Chunks, (), (names, first))
struct Count {
    str first;
    int n = 1;
};
BOOST_DESCRIBE_STRUCT(Count, (), (first, n))
struct Counts {
    std::vector<str> first;
};
BOOST_DESCRIBE_STRUCT(Counts, (), (first))
struct Build {
    str os;
    int cores = 0;
};
BOOST_DESCRIBE_STRUCT(Build, (), (os, cores))

struct Elsewhere {
    bool elsewhere = false;
};

Container working() { return Container("b").command("c"); }

/// The errors.
std::string told(const Workflow& workflow) {
    std::string text;
    for (const auto& one : validate(workflow))
        if (one.rule->severity == Severity::error) text += std::string(one.rule->id) + ": " + one.message.string() + '\n';
    return text;
}
/// The arguments of the call, as JSON.
template <class Call>
std::string arguments(const Call& call) {
    return call.arguments ? to_json(*call.arguments) : "";
}
const model::DAGTask& task(const Workflow& workflow, std::size_t index) { return workflow.model().spec.templates[0].dag->tasks[index]; }

constexpr std::string_view both =
    R"({"artifacts":[{"name":"f","from":"{{tasks.split.outputs.artifacts.f}}"}],)"
    R"("parameters":[{"name":"first","value":"{{tasks.split.outputs.parameters.first}}"}]})";

TEST(Outputs, BecomeTheArgumentsOfTheirNames) {
    Workflow workflow("a-");
    workflow.entrypoint("main").dag("main")
        .task("split", "split")
        .task("count", "count").with(outputs("split"))
        .task("other", "count").with("first", "mine").with(outputs("split")).after("split");
    EXPECT_EQ(arguments(task(workflow, 1)), "") << "no template is known yet";
    // Both are declared after the call; the input `n` has a default, and `names` is not taken.
    workflow.container("split", working().output("names", "/n").output("first", "/o").output(Artifact("f").path("/f")))
        .container("count", working().input("first").input("n", 1).input(Artifact("f").path("/f")));
    EXPECT_EQ(arguments(task(workflow, 1)), both);
    EXPECT_EQ(task(workflow, 1).depends, "split") << "implied, as by a reference";
    EXPECT_EQ(arguments(task(workflow, 2)), R"({"artifacts":[{"name":"f","from":"{{tasks.split.outputs.artifacts.f}}"}],"parameters":[{"name":"first","value":"mine"}]})");
    EXPECT_EQ(told(workflow), "");
    EXPECT_EQ(to_json(workflow), to_json(workflow));
    EXPECT_EQ(Workflow(std::move(workflow)).model().spec.templates[0].dag->tasks[1].arguments->parameters.size(), 1u);
}

TEST(Outputs, AreFoundInTemplatesOfAnyKind) {
    constexpr auto tools = [] {
        return WorkflowTemplate("tools").container("split", Container("b").command("c").output("first", "/o"))
            .container("count", Container("b").command("c").input("first"));
    };
    const auto inner = [] { return Dag().task("split", working().output("first", "/o")).task("count", working().input("first")).with(outputs("split")); };
    const Workflow workflow = Workflow("a-").entrypoint("main").dag("main")
        .task("split", ref(tools, "split"))
        .task("count", ref(tools, "count")).with(outputs("split"))
        .task("foreign", ref("elsewhere", "t")).with(outputs("split"))
        .task("inner", inner())
        .task("deeper", Dag().task("within", inner()))
        .template_("named", inner())
        .steps("other")
            .step("split", working().output("first", "/o"))
            .parallel(Step("count", working().input("first")).with(outputs("split")));
    const std::string_view first = R"({"parameters":[{"name":"first","value":"{{tasks.split.outputs.parameters.first}}"}]})";
    EXPECT_EQ(arguments(task(workflow, 1)), first);
    EXPECT_EQ(arguments(task(workflow, 2)), first) << "of a template that is not known the cluster says what it takes";
    EXPECT_EQ(arguments(task(workflow, 3).inline_->dag->tasks[1]), first);
    EXPECT_EQ(arguments(task(workflow, 4).inline_->dag->tasks[0].inline_->dag->tasks[1]), first);
    EXPECT_EQ(arguments(workflow.model().spec.templates[1].dag->tasks[1]), first);
    EXPECT_EQ(arguments(workflow.model().spec.templates[2].steps[1][0]), R"({"parameters":[{"name":"first","value":"{{steps.split.outputs.parameters.first}}"}]})");
    EXPECT_EQ(told(workflow), "");
}

// The model may be looked at in the middle of a recipe.
TEST(Outputs, AreGivenOnceTheTemplateIsKnown) {
    Workflow workflow("a-");
    workflow.entrypoint("main").container("split", working().output("first", "/o").output("names", "/n").output(Artifact("f").path("/f")));
    auto dag = workflow.dag("main");
    dag.task("split", "split");
    auto count = dag.task("count", "count").with(outputs("split"));
    auto foreign = dag.task("foreign", ref("elsewhere", "t")).with(outputs("split"));
    const auto given = [&](std::size_t index) { return arguments(workflow.model().spec.templates[1].dag->tasks[index]); };
    EXPECT_EQ(given(1), "") << "what it takes is not known yet";
    workflow.container("count", working().input("first").input("n", 1));
    EXPECT_EQ(given(1), R"({"parameters":[{"name":"first","value":"{{tasks.split.outputs.parameters.first}}"}]})");
    EXPECT_EQ(workflow.model().spec.templates[1].dag->tasks[2].arguments->parameters.size(), 2u);
    // What is given otherwise after that takes its place.
    const auto given_at = std::source_location::current().line() + 1;
    count.with("n", "{{item}}").with("first", "mine");
    EXPECT_EQ(given(1), R"({"parameters":[{"name":"n","value":"{{item}}"},{"name":"first","value":"mine"}]})");
    foreign.with_artifact("f", "{{tasks.split.outputs.artifacts.f}}").with("first", "mine");
    EXPECT_EQ(given(2), R"({"artifacts":[{"name":"f","from":"{{tasks.split.outputs.artifacts.f}}"}],)"
                        R"("parameters":[{"name":"names","value":"{{tasks.split.outputs.parameters.names}}"},{"name":"first","value":"mine"}]})");
    // The lines move with their arguments.
    const auto problems = validate(workflow);
    const auto item = std::ranges::find_if(problems, [](const auto& one) { return one.message.view().find("item") != std::string_view::npos; });
    ASSERT_NE(item, problems.end());
    EXPECT_EQ(detail::locate(workflow.sites(), *item)->where.line(), given_at);
    // Of the stored template that the document refers to, the cluster says what it takes.
    Workflow refers("a-");
    refers.workflow_template_ref("stored").container("split", working().output("first", "/o"))
        .dag("main").task("split", "split").task("count", "count").with(outputs("split"));
    EXPECT_EQ(arguments(refers.model().spec.templates[1].dag->tasks[1]),
              R"({"parameters":[{"name":"first","value":"{{tasks.split.outputs.parameters.first}}"}]})");
}

TEST(Outputs, SayWhatTheyCannotFind) {
    const auto with = [](auto add) {
        Workflow workflow("a-");
        workflow.entrypoint("main").container("count", working().input("first", "1")).container("none", working());
        add(workflow.dag("main"));
        return told(workflow);
    };
    EXPECT_EQ(with([](auto dag) { dag.task("a", ref("tools", "t")); dag.task("b", "count").with(outputs("a")); }),
              "outputs.wanted: `b` takes outputs of `a`, whose template is of another document, which is not known here\n");
    EXPECT_EQ(with([](auto dag) { dag.task("a", "none"); dag.task("b", "count").with(outputs("a")); }),
              "outputs.wanted: `b` takes outputs of `a`, but its template has no input of the name of one of them\n");
    // One mistake each, which the rules tell already.
    EXPECT_EQ(with([](auto dag) { dag.task("a", "nine"); dag.task("b", "count").with(outputs("a")); }).find("template.unknown: "), 0u);
    EXPECT_EQ(with([](auto dag) { dag.task("a", "none"); dag.task("b", "count").with(outputs("c")); }),
              "dag.unknown-dependency: task `b` depends on `c`, which dag `main` does not have; did you mean `a`?\n");
    Workflow steps("a-");
    steps.entrypoint("main").container("count", working().input("first", "1")).steps("main")
        .step("split", working().output("first", "/o")).step("b", "count").with(outputs("splt"));
    EXPECT_EQ(told(steps), "outputs.wanted: `b` takes outputs of `splt`, which is none of the steps beside it; did you mean `split`?\n");
    // The real configuration is judged as well.
    constexpr auto configured = [](Elsewhere config) {
        Workflow workflow("a-");
        workflow.entrypoint("main").container("count", Container("b").command("c").input("first", "1"))
            .container("give", Container("b").command("c").output("first", "/o"));
        auto dag = workflow.dag("main");
        if (config.elsewhere)
            dag.task("a", ref("tools", "t"));
        else
            dag.task("a", "give");
        dag.task("b", "count").with(outputs("a"));
        return workflow;
    };
    EXPECT_NO_THROW(checked<configured>(Elsewhere()));
    EXPECT_THROW(checked<configured>(Elsewhere{true}), InvalidWorkflow);
}

TEST(Outputs, AreTypedByTheirStructs) {
    Workflow workflow("a-");
    workflow.entrypoint("main").dag("main")
        .task("split", "split")
        .task("all", "show").with(outputs<Chunks>("split"))
        .task("some", "count").with(outputs<Chunks, Count>("split")).with<&Count::n>(2)
        .task("loop", "split").with_items(1, 2)
        .task("sum", "sum").with(all_outputs<Chunks, Counts>("loop"))
        .workflow()
        .container("split", working().contract<nothing, Chunks>())
        .container("show", working().contract<Chunks>())
        .container("count", working().contract<Count>())
        .container("sum", working().contract<Counts>());
    EXPECT_EQ(arguments(task(workflow, 1)), R"({"parameters":[{"name":"names","value":"{{tasks.split.outputs.parameters.names}}"},)"
                                            R"({"name":"first","value":"{{tasks.split.outputs.parameters.first}}"}]})");
    EXPECT_EQ(arguments(task(workflow, 2)), R"({"parameters":[{"name":"first","value":"{{tasks.split.outputs.parameters.first}}"},{"name":"n","value":"2"}]})");
    EXPECT_EQ(arguments(task(workflow, 4)), R"({"parameters":[{"name":"first","value":"{{tasks.loop.outputs.parameters.first}}"}]})");
    EXPECT_EQ(task(workflow, 2).depends, "split");
    EXPECT_EQ(told(workflow), "");
    EXPECT_EQ(check_contracts(workflow).size(), 0u);
    Workflow wrong("a-");
    wrong.container("split", working().contract<nothing, Chunks>()).container("count", working().contract<Build>())
        .dag("main").task("split", "split").task("count", "count").with(outputs<Chunks, Count>("split"));
    EXPECT_EQ(check_contracts(wrong).size(), 1u);
}

TEST(WithEach, GivesTheMembersAsArguments) {
    Workflow workflow("a-");
    workflow.entrypoint("main").dag("main")
        .task("objects", "build").with_each(json_object("os", "linux", "cores", 1), json_object("os", "mac", "cores", 2))
        .task("structs", "build").with_each(Build{"linux", 1}, Build{"mac", 2})
        .task("list", "build").with_each(std::vector<Build>{{"linux", 1}, {"mac", 2}})
        .task("mine", "build").with("cores", 4).with_each(json_object("os", "linux", "cores", 1)).with_each(json_object("os", "mac", "cores", 2))
        .task("none", "build").with("os", "x").with("cores", 0).with_each(std::vector<json>())
        .workflow().container("build", working().contract<Build>());
    const std::string_view items = R"([{"os":"linux","cores":1},{"os":"mac","cores":2}])";
    const std::string_view given = R"({"parameters":[{"name":"os","value":"{{item.os}}"},{"name":"cores","value":"{{item.cores}}"}]})";
    for (const std::size_t index : {0u, 1u, 2u}) {
        EXPECT_EQ(to_json(task(workflow, index).withItems), items);
        EXPECT_EQ(arguments(task(workflow, index)), given);
    }
    EXPECT_EQ(to_json(task(workflow, 3).withItems), items);
    EXPECT_EQ(arguments(task(workflow, 3)), R"({"parameters":[{"name":"cores","value":"4"},{"name":"os","value":"{{item.os}}"}]})");
    EXPECT_EQ(to_json(task(workflow, 4).withItems), "[]");
    EXPECT_EQ(told(workflow), "");
    EXPECT_EQ(check_contracts(workflow).size(), 0u);
}

TEST(WithEach, NamesTheOddOne) {
    const auto with = [](json second) {
        Workflow workflow("a-");
        workflow.entrypoint("main").container("build", working().input("os").input("cores", 1).input("arch", ""))
            .dag("main").task("a", "build").with_each(json_object("os", "linux", "cores", 1), second);
        return told(workflow);
    };
    EXPECT_EQ(with(json_object("os", "mac", "cores", 2)), "");
    EXPECT_EQ(with(json_object("os", "mac")), "variable.unknown: task `a` uses {{item.cores}}, but withItems[1] has no `cores`\n");
    EXPECT_NE(with(json_object("os", "mac", "core", 2)).find("but withItems[1] has no `cores`; did you mean `core`?"), std::string::npos);
    EXPECT_EQ(with(json_object("os", "mac", "cores", 2, "arch", "arm")), "variable.unknown: task `a` uses {{item.arch}}, but withItems[0] has no `arch`\n");
    EXPECT_THROW(with(json("text")), std::invalid_argument);
}

TEST(Hooks, BringTheirTemplatesAlong) {
    const auto bye = Container("b").input("text", "bye").command("c");
    Workflow workflow("a-");
    workflow.entrypoint("main").dag("main")
        .task("a", Container("b").command("c")).on_exit("one", bye)
        .task("b", Dag().task("in", working()).on_exit("two", bye)).hook("running", Hook("three", bye).with("text", "up").expression("tasks.b.status == 'Running'"))
        .workflow().steps("other")
            .step("a", Steps().step("in", working()).on_exit("four", bye)).on_exit("five", bye)
            .parallel(Step("b", working()).on_exit("six", bye), Step("c", "one").hook("exit", Hook("seven", bye)))
        .workflow().hook("exit", Hook("eight", bye));
    const auto& spec = workflow.model().spec;
    std::string names;
    for (const auto& one : spec.templates) names += one.name.string() + ' ';
    EXPECT_EQ(names, "main one two three other four five six seven eight ");
    EXPECT_EQ(spec.templates[0].dag->tasks[0].onExit, "one");
    EXPECT_EQ(spec.templates[0].dag->tasks[1].inline_->dag->tasks[0].onExit, "two");
    EXPECT_EQ(spec.templates[0].dag->tasks[1].hooks.find("running")->template_, "three");
    EXPECT_EQ(spec.templates[4].steps[0][0].inline_->steps[0][0].onExit, "four");
    EXPECT_EQ(spec.templates[4].steps[1][1].hooks.find("exit")->template_, "seven");
    EXPECT_EQ(spec.templates[8].container->image, "b");
    EXPECT_EQ(told(workflow), "");
    // A call brings its template as a hook does, from within a dag that stands alone, too.
    const Workflow called = Workflow("a-").entrypoint("main").dag("main").task("a", Dag().task("in", "work", working()).task("out", "work")).workflow();
    EXPECT_EQ(called.model().spec.templates[1].name, "work");
    EXPECT_EQ(told(called), "");
    // The same name twice is the mistake that it is elsewhere.
    EXPECT_EQ(told(Workflow("a-").entrypoint("one").container("one", working()).dag("main").task("a", "one").on_exit("one", bye).workflow()).find("template.duplicate-name"), 0u);
}

}  // namespace
}  // namespace tiphys
