// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include <tiphys/build/build.hpp>
#include <tiphys/build/expr.hpp>

#include "support/golden.hpp"

namespace tiphys {
namespace {

Workflow started() {
    Workflow workflow("a-");
    workflow.entrypoint("main").container("work", Container("b").command("c").input("x", "1").output("o", "/o").output(Artifact("f").path("/f")));
    return workflow;
}
std::string_view depends(const Workflow& workflow, std::size_t task) {
    return workflow.model().spec.templates.back().dag->tasks[task].depends.view();
}

// Every way to say how things follow each other.
TEST(Flow, WritesWhatItsWordsSay) {
    Workflow workflow = started();
    auto dag = workflow.dag("main");
    dag.output("sum", output("b", "o")).output("file", output_artifact("b", "f"));
    auto a = dag.task("a", "work");
    dag.task("b", "work").with("x", output(a, "o")).hook("exit", "work").hook("running", "work", "tasks.b.status == 'Running'");
    auto c = dag.task("c", "work").with("x", each(output("b"), "name")).continue_on(true);
    auto d = dag.task("d", Container("busybox").command("sh", "-c")).on_exit("work");
    auto e = dag.task("e", Dag().task("in", "work").task("out", "work").with("x", output("in", "o"))).hook("exit", Hook("work").with("x", "7"));
    auto f = dag.task("f", "work").with_artifact("f", "{{tasks.b.outputs.artifacts.f}}").with("g", output_artifact("b", "f"));
    a >> (d, e) >> f;
    c >> f;
    dag.task("g", "work").with_param(output_parameters("c")).with("x", item("o"));
    dag.task("h", "work").depends((failed("a") || errored("a")) && !skipped("b") && !(daemoned(c) && all_failed("c")));
    workflow.steps("inner")
        .step("one", "work")
        .parallel(Step("two", "work").with("x", output("one", "o")), Step("three", Container("busybox").command("true")), Step("four").template_ref(ref("lib", "t")))
        .step("five", Steps().step("deep", "work")).when("{{steps.two.status}} == Succeeded")
        .parallel_step("six", "work").with("x", each(output("one")))
        .step("seven", "work").with("x", all(output("six", "o"))).with_sequence({.count = 2});
    EXPECT_GOLDEN("builder/flow.yaml", to_yaml(workflow));
}

TEST(Depends, PrintsItsExpressionWithTheParenthesesItNeeds) {
    const auto text = [](const Dependency& condition) { return std::string(condition.text()); };
    EXPECT_EQ(text(done("a")), "a");
    EXPECT_EQ(text(succeeded("a") && !failed("b")), "a.Succeeded && !b.Failed");
    EXPECT_EQ(text(succeeded("a") || (failed("b") && errored("c"))), "a.Succeeded || b.Failed && c.Errored");
    EXPECT_EQ(text((succeeded("a") || failed("b")) && errored("c")), "(a.Succeeded || b.Failed) && c.Errored");
    EXPECT_EQ(text(!(skipped("a") && omitted("b"))), "!(a.Skipped && b.Omitted)");
    EXPECT_EQ(text(!!daemoned("a")), "!!a.Daemoned");
    EXPECT_EQ(text(any_succeeded("a") && (all_failed("b") && done("c"))), "a.AnySucceeded && b.AllFailed && c");
}

TEST(Depends, KeepsTheLineOfEachName) {
    const auto base = std::source_location::current().line();
    const auto condition = succeeded("a") &&  // 1
                           !(failed("b") ||   // 2
                             done("c"));      // 3
    ASSERT_EQ(condition.lines().size(), 3u);
    for (std::uint_least32_t i = 0; i < 3; ++i) EXPECT_EQ(condition.lines()[i].line(), base + 1 + i);
}

TEST(Arrows, OrderTasks) {
    Workflow workflow = started();
    auto dag = workflow.dag("main");
    auto a = dag.task("a", "work"), b = dag.task("b", "work"), c = dag.task("c", "work"), d = dag.task("d", "work");
    a >> (b, c) >> d;
    EXPECT_EQ(depends(workflow, 0), "");
    EXPECT_EQ(depends(workflow, 1), "a");
    EXPECT_EQ(depends(workflow, 2), "a");
    EXPECT_EQ(depends(workflow, 3), "b && c");
    auto e = dag.task("e", "work"), f = dag.task("f", "work"), g = dag.task("g", "work").depends("e || a");
    (a, b, c) >> (e, f) >> g;
    EXPECT_EQ(depends(workflow, 4), "a && b && c");
    EXPECT_EQ(depends(workflow, 5), "a && b && c");
    EXPECT_EQ(depends(workflow, 6), "(e || a) && e && f");
    static_assert(std::is_same_v<decltype(a >> b), decltype(a >> (b, c) >> (d, e, f) >> g)>, "types do not grow");
}

// What an arrow means is said of the task that it comes from.
TEST(Arrows, CarryConditions) {
    Workflow workflow = started();
    auto dag = workflow.dag("main");
    auto a = dag.task("a", "work"), b = dag.task("b", "work"), c = dag.task("c", "work"), d = dag.task("d", "work");
    succeeded(a) >> b;
    (failed(a) || errored(a)) >> c;
    b >> c;
    (failed(b) || skipped(b)) >> (c, d) >> dag.task("e", "work");
    auto f = dag.task("f", "work"), g = dag.task("g", "work"), h = dag.task("h", "work"), i = dag.task("i", "work");
    (a, failed(b)) >> f;
    (succeeded("a"), failed(b), c) >> g;
    (a, b, omitted(c)) >> h;
    !succeeded(a) >> i;
    EXPECT_EQ(depends(workflow, 1), "a.Succeeded");
    EXPECT_EQ(depends(workflow, 2), "(a.Failed || a.Errored) && b && (b.Failed || b.Skipped)");
    EXPECT_EQ(depends(workflow, 3), "b.Failed || b.Skipped");
    EXPECT_EQ(depends(workflow, 4), "c && d");
    EXPECT_EQ(depends(workflow, 5), "a && b.Failed");
    EXPECT_EQ(depends(workflow, 6), "a.Succeeded && b.Failed && c");
    EXPECT_EQ(depends(workflow, 7), "a && b && c.Omitted");
    EXPECT_EQ(depends(workflow, 8), "!a.Succeeded");
    static_assert(std::is_same_v<decltype(succeeded(a) >> b), decltype(a >> b)>);
}

// What a condition says of a task takes the place of what a reference to it implied.
TEST(Arrows, SayMoreThanReferences) {
    Workflow workflow = started();
    auto dag = workflow.dag("main");
    auto a = dag.task("a", "work"), b = dag.task("b", "work");
    for (const char* name : {"c", "3", "4", "5", "6", "7"}) dag.task(name, "work");
    const auto task = [&](const char* name) { return dag.task(name, "work"); };
    auto one = task("one").with("x", output(a, "o"));
    failed(a) >> one;
    auto two = task("two").with("x", output(a, "o")).with("y", output(b, "o"));
    errored(a) >> two;
    auto three = task("three").with("x", output(b, "o")).with("y", output(a, "o")).after("c");
    (failed(a) || skipped("a")) >> three;
    auto four = task("four");
    failed(a) >> four;
    four.with("x", output(a, "o"));
    EXPECT_EQ(depends(workflow, 8), "a.Failed");
    EXPECT_EQ(depends(workflow, 9), "b && a.Errored");
    EXPECT_EQ(depends(workflow, 10), "b && c && (a.Failed || a.Skipped)");
    EXPECT_EQ(depends(workflow, 11), "a.Failed");
}

TEST(Arrows, StayBesideALaterDepends) {
    Workflow workflow = started();
    auto dag = workflow.dag("main");
    auto a = dag.task("a", "work"), b = dag.task("b", "work"), c = dag.task("c", "work");
    succeeded(a) >> c;
    (failed(a) || errored(b)) >> c;
    auto d = dag.task("d", "work").with("x", output(a, "o"));
    const auto base = std::source_location::current().line();
    (failed(b) ||                                // 1
     skipped("nope")) >> c;                      // 2
    c.depends("d");
    EXPECT_EQ(depends(workflow, 2), "d && a.Succeeded && (a.Failed || b.Errored) && (b.Failed || nope.Skipped)");
    const auto told = validate(workflow);
    const auto unknown = std::ranges::find_if(told, [](const auto& one) { return one.rule->id == "dag.unknown-dependency"; });
    ASSERT_NE(unknown, told.end());
    EXPECT_EQ(detail::locate(workflow.sites(), *unknown)->where.line(), base + 2);
    c.depends("d || b");
    EXPECT_EQ(depends(workflow, 2), "(d || b) && a.Succeeded");
    c.depends("a");
    EXPECT_EQ(depends(workflow, 2), "a && (b.Failed || nope.Skipped)");
    // What a reference implies stands again as well, once, and no word takes a name of the user's away.
    d.depends("a.Failed || b");
    failed(a) >> d;
    EXPECT_EQ(depends(workflow, 3), "(a.Failed || b) && a.Failed");
    auto e = dag.task("e", "work").with("x", output(a, "o")).depends("a || b");
    errored(a) >> e;
    EXPECT_EQ(depends(workflow, 4), "(a || b) && a.Errored");
    dag.task("f", "work").with("x", output(a, "o")).depends("a.Failed").after(a);
    EXPECT_EQ(depends(workflow, 5), "a.Failed && a");
    dag.task("g", "work").with("x", output(a, "o")).depends("a.Failed").depends("b");
    EXPECT_EQ(depends(workflow, 6), "b && a");
}

TEST(Arrows, AreLedToTheirLines) {
    Workflow workflow("a-");
    auto dag = workflow.dag("main");
    for (const char* name : {"a", "b", "c"}) dag.task(name, "work");
    const auto base = std::source_location::current().line();
    auto d = dag.task("d", "work")
        .with("x", output("a", "o"))   // 2
        .with("y", output("b", "o"));  // 3
    (failed("a") ||                    // 4
     failed("c")) >> d;                // 5
    EXPECT_EQ(workflow.model().spec.templates[0].dag->tasks[3].depends, "b && (a.Failed || c.Failed)");
    for (const std::int32_t reference : {0, 1, 2}) {
        Diagnostic diagnostic;
        diagnostic.path = (Path() / "spec" / "templates")[0] / "dag" / "tasks";
        diagnostic.path = diagnostic.path[3] / "depends";
        diagnostic.reference = reference;
        const auto* found = detail::locate(workflow.sites(), diagnostic);
        ASSERT_NE(found, nullptr);
        EXPECT_EQ(found->where.line(), base + 3 + static_cast<unsigned>(reference));
    }
}

// The rule: a typed reference implies a dependency, unless this task's after, depends or dependencies names the task.
TEST(References, ImplyWhatIsNotSaid) {
    Workflow workflow = started();
    workflow.dag("main")
        .task("a", "work").task("b", "work")
        .task("2", "work").with("x", output("a", "o"))
        .task("3", "work").with("x", output("a", "o")).with("y", output("a"))
        .task("4", "work").after("a").with("x", output("a", "o"))
        .task("5", "work").with("x", output("a", "o")).after("a", "b")
        .task("6", "work").with("x", output("a", "o")).depends("a.Failed")
        .task("7", "work").depends("a.Failed || b").with("x", output("a", "o"))
        .task("8", "work").with("x", output("a", "o")).depends("b || b.Failed")
        .task("9", "work").with("x", output("a", "o")).dependencies("b")
        .task("10", "work").dependencies("b").with("x", output("a", "o"))
        .task("11", "work").with("x", output("a", "o")).dependencies("a", "b")
        .task("12", "work").with("x", "{{tasks.a.outputs.parameters.o}}")
        .task("13", "work").with("x", each(output("a"))).with("y", each(output("a"), "y")).depends(failed("b"))
        .task("14", "work").with("x", input("i")).with("y", workflow_parameter("w")).with("z", status_of("b"))
        .task("15", "work").with("x", output("a")).depends("b").depends("a.Daemoned");
    EXPECT_EQ(depends(workflow, 2), "a");
    EXPECT_EQ(depends(workflow, 3), "a");
    EXPECT_EQ(depends(workflow, 4), "a");
    EXPECT_EQ(depends(workflow, 5), "a && b");
    EXPECT_EQ(depends(workflow, 6), "a.Failed");
    EXPECT_EQ(depends(workflow, 7), "a.Failed || b");
    EXPECT_EQ(depends(workflow, 8), "(b || b.Failed) && a");
    const auto& tasks = workflow.model().spec.templates.back().dag->tasks;
    EXPECT_EQ(tasks[9].dependencies, (list<str>{"a", "b"}));
    EXPECT_EQ(depends(workflow, 9), "");
    EXPECT_EQ(tasks[10].dependencies, (list<str>{"b", "a"}));
    EXPECT_EQ(tasks[11].dependencies, (list<str>{"a", "b"}));
    EXPECT_EQ(depends(workflow, 12), "");
    EXPECT_EQ(depends(workflow, 13), "b.Failed && a");
    EXPECT_EQ(tasks[13].withParam, "{{tasks.a.outputs.result}}");
    EXPECT_EQ(tasks[13].arguments->parameters[1].value, "{{item.y}}");
    EXPECT_EQ(depends(workflow, 14), "b");
    EXPECT_EQ(tasks[14].arguments->parameters[0].value, "{{inputs.parameters.i}}");
    EXPECT_EQ(tasks[14].arguments->parameters[2].value, "{{tasks.b.status}}");
    EXPECT_EQ(depends(workflow, 15), "a.Daemoned");
}

constexpr auto by_expression = [] {
    using namespace expr;
    return Workflow("a-").entrypoint("main")
        .container("work", Container("b").command("c").input("x", "1").output("o", "/o"))
        .dag("main")
            .task("a", "work").task("b-c", "work")
            .task("t2", "work").with("x", expr::tasks["a"].outputs.parameters["o"])
            .task("t3", "work").when(expr::tasks["b-c"].status() == "Succeeded" && as_int(expr::tasks["a"].outputs.parameters["o"]) > 1)
            .task("t4", "work").depends("a.Failed").when(expr::tasks["a"].status() == "Failed");
};
static_assert(detail::found<by_expression>.count == 0, "a task may read what it waits for");

TEST(References, OfExpressionsImplyTheSame) {
    Workflow workflow = checked<by_expression>();
    EXPECT_EQ(depends(workflow, 2), "a");
    EXPECT_EQ(depends(workflow, 3), "b-c && a");
    EXPECT_EQ(depends(workflow, 4), "a.Failed");
    const auto all_tasks = [](std::string_view expression) {
        std::string found;
        detail::read_tasks(expression, [&](std::string_view name) { found.append(name) += ' '; });
        return found;
    };
    EXPECT_EQ(all_tasks("tasks.a.status + tasks['b-c'].outputs.result + tasks[\"d\"].ip"), "a b-c d ");
    EXPECT_EQ(all_tasks("'tasks.a' + \"\\\"tasks.b\" + mytasks.c + x.tasks.d + tasks2.e + tasks"), "");
    EXPECT_EQ(all_tasks("tasks. tasks[ tasks['a"), "a ");
    EXPECT_EQ(all_tasks("'tasks.a\\"), "");
    // A task that there is not is one mistake.
    Workflow unknown = started();
    unknown.dag("main").task("a", "work").when(expr::tasks["nope"].status() == "Failed");
    std::vector<std::string> rules;
    for (const auto& one : validate(unknown))
        if (one.rule->severity == Severity::error) rules.emplace_back(one.rule->id);
    EXPECT_EQ(rules, std::vector<std::string>{"variable.unknown"});
    Workflow steps("a-");
    steps.steps("main").step("a", "work").step("b", "work").when(expr::steps["a"].outputs.result() == "1");
    EXPECT_EQ(steps.model().spec.templates[0].steps[1][0].when, "'{{steps.a.outputs.result}}' == '1'");
}

TEST(References, AreLedToTheirLines) {
    const auto base = std::source_location::current().line();
    const Workflow workflow = Workflow("a-").dag("main")
        .task("a", "work")                       // 2
            .with("x", output("p", "o"))         // 3
            .with("y", output("q", "o"))         // 4
            .depends(failed("r") &&              // 5
                     done("p"))                  // 6
        .task("b", Dag().input("x")              // 7
            .task("in", "work")                  // 8
            .task("out", "nope"));               // 9
    const auto line_of = [&](const Path& path, std::int32_t reference = -1) {
        Diagnostic diagnostic;
        diagnostic.path = path;
        diagnostic.reference = reference;
        const auto* found = detail::locate(workflow.sites(), diagnostic);
        return found == nullptr ? 0 : found->where.line() - base;
    };
    const Path tasks = (Path() / "spec" / "templates")[0] / "dag" / "tasks";
    EXPECT_EQ(workflow.model().spec.templates[0].dag->tasks[0].depends, "r.Failed && p && q");
    EXPECT_EQ(line_of(tasks[0] / "depends", 0), 5u);
    EXPECT_EQ(line_of(tasks[0] / "depends", 1), 6u);
    EXPECT_EQ(line_of(tasks[0] / "depends", 2), 4u);
    EXPECT_EQ(line_of((tasks[1] / "inline" / "inputs" / "parameters")[0]), 7u);
    EXPECT_EQ(line_of((tasks[1] / "inline" / "dag" / "tasks")[1] / "template"), 9u);
}

TEST(References, LoopOverOneListOnly) {
    Workflow workflow = started();
    EXPECT_THROW(workflow.dag("main").task("a", "work").with("x", each(output("b"))).with("y", each(output("c"))), std::logic_error);
}

}  // namespace
}  // namespace tiphys
