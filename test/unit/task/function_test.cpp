// SPDX-License-Identifier: Apache-2.0
// What functions become in the model.
#include <gtest/gtest.h>

#include <algorithm>

#include "functions.hpp"

namespace tiphys::functions {
namespace {

Trained train(const Train&) { return {}; }

struct Files {
    File data;
    Json<Point> table{};
    int rows = 0;
};
BOOST_DESCRIBE_STRUCT(Files, (), (data, table, rows))
Files give_files() { return {}; }
void take_files(const Files&) {}

long measure(const Split& in) { return in.shards; }
long measure(const Count& in) { return static_cast<long>(in.chunk.size()); }

const model::Template& template_named(const Workflow& built, std::string_view name) {
    for (const auto& one : built.model().spec.templates)
        if (one.name == name) return one;
    throw std::logic_error("no template " + std::string(name));
}

constexpr auto counting = [] {
    return Workflow("word-count-")
        .entrypoint("main")
        .image("ghcr.io/me/word-count:1.0")
        .function<&split>()
        .function<&count>()
        .function<&sum>()
        .dag("main")
        .task<&split>("split")
        .with<&Split::shards>(8)
        .task<&count>("count")
        .with<&Count::chunk>(each(output<&Chunks::names>("split")))
        .task<&sum>("sum")
        .with<&Sum::totals>(all(output<&Words::total>("count")));
};

TEST(Function, IsATemplate) {
    const Workflow built = checked<counting>();
    const auto& made = template_named(built, "split");
    EXPECT_EQ(made.script->image, "ghcr.io/me/word-count:1.0");
    EXPECT_EQ(made.script->command, (list<str>{"/program", "function", "split"}));
    EXPECT_EQ(made.script->source, "{{inputs.parameters}}");
    EXPECT_EQ(made.inputs->parameters[0].name, "shards");
    EXPECT_EQ(made.inputs->parameters[0].default_, "1");
    EXPECT_EQ(made.outputs->parameters[0].name, "names");
    EXPECT_EQ(made.outputs->parameters[0].valueFrom->path, "/tmp/names");
    const auto& tasks = template_named(built, "main").dag->tasks;
    EXPECT_EQ(tasks[1].template_, "count");
    EXPECT_EQ(tasks[1].withParam, "{{tasks.split.outputs.parameters.names}}");
    EXPECT_EQ(tasks[1].arguments->parameters[0].value, "{{item}}");
    EXPECT_EQ(tasks[2].depends, "count");
    EXPECT_EQ(tasks[2].arguments->parameters[0].value, "{{tasks.count.outputs.parameters.total}}");
    EXPECT_TRUE(check_contracts(built).empty());
    ASSERT_EQ(built.functions().size(), 3u);
    EXPECT_EQ(built.functions()[2].name, "sum");
    EXPECT_FALSE(built.functions()[2].has_result);
}

TEST(Function, TakesParametersOfTheWorkflowByMember) {
    constexpr auto recipe = [] {
        return Workflow("a-")
            .image("words")
            .parameters<Split>()
            .parameters<Count>()
            .entrypoint("main")
            .dag("main")
            .task<&split>("split")
            .with<&Split::shards>(workflow_parameter<&Split::shards>())
            .task<&count>("count")
            .with<&Count::chunk>(workflow_parameter<&Count::chunk>());
    };
    const Workflow built = checked<recipe>();
    const auto& parameters = built.model().spec.arguments->parameters;
    ASSERT_EQ(parameters.size(), 2u);
    EXPECT_EQ(parameters[0].value, "1");
    EXPECT_FALSE(parameters[1].value.has_value());
    EXPECT_EQ(template_named(built, "main").dag->tasks[0].arguments->parameters[0].value,
              "{{workflow.parameters.shards}}");
}

TEST(Function, IsCalledAfterItselfOrAsSaid) {
    Workflow built("a-");
    built.function<&word_count>().function<&word_count>("others").program("/usr/bin/words").image("words");
    EXPECT_EQ(template_named(built, "word-count").script->command,
              (list<str>{"/usr/bin/words", "function", "word-count"}));
    EXPECT_EQ(template_named(built, "others").script->command,
              (list<str>{"/usr/bin/words", "function", "others"}));
    EXPECT_EQ(template_named(built, "others").script->image, "words");
    auto dag = built.dag("main");
    dag.task<&word_count>("a");
    EXPECT_EQ(template_named(built, "main").dag->tasks[0].template_, "word-count");
}

TEST(Function, IsAddedByTheTaskThatRunsIt) {
    constexpr auto recipe = [] {
        return Workflow("a-")
            .entrypoint("main")
            .image("words")
            .dag("main")
            .task<&list_parts>("list")
            .task<&word_count>("count")
            .with<&Count::chunk>(each(output<&list_parts>("list")))
            .task("more", Dag().task<&check_all>("check").task<&word_count>("again").with<&Count::chunk>("x"))
            .after("count")
            .function<&word_count>(Script().env("A", "b"));
    };
    const Workflow built = checked<recipe>();
    const auto& templates = built.model().spec.templates;
    ASSERT_EQ(templates.size(), 4u);
    EXPECT_EQ(templates[1].name, "list-parts");
    EXPECT_EQ(templates[1].script->source, "[]");
    EXPECT_EQ(templates[2].name, "word-count");
    // What was said later of a template that a task had added is of the same template.
    EXPECT_EQ(templates[2].script->env[0].name, "A");
    EXPECT_EQ(templates[3].name, "check-all");
    EXPECT_EQ(templates[3].script->image, "words");
    EXPECT_EQ(templates[0].dag->tasks[1].withParam, "{{tasks.list.outputs.result}}");
    EXPECT_EQ(built.functions().size(), 3u);
    EXPECT_TRUE(built.functions()[0].has_result);
}

TEST(Function, RunsInStepsAndAsEntrypoint) {
    constexpr auto steps = [] {
        return Workflow("a-")
            .entrypoint("main")
            .image("words")
            .steps("main")
            .step<&list_parts>("list")
            .step<&word_count>("a")
            .with<&Count::chunk>("x")
            .parallel_step<&word_count>("b")
            .with<&Count::chunk>(each(output<&list_parts>("list")));
    };
    const Workflow built = checked<steps>();
    const auto& main = template_named(built, "main");
    ASSERT_EQ(main.steps.size(), 2u);
    EXPECT_EQ(main.steps[1][1].template_, "word-count");
    EXPECT_EQ(main.steps[1][1].withParam, "{{steps.list.outputs.result}}");
    constexpr auto alone = [] { return Workflow("a-").image("words").entrypoint<&check_all>(); };
    EXPECT_EQ(checked<alone>().model().spec.entrypoint, "check-all");
}

// What all functions of a kind have is a C++ function that makes the script.
constexpr Script on_gpu(const word& image) {
    return Script(image).limit("nvidia.com/gpu", 1).retry_strategy(RetryStrategy().limit(3));
}

TEST(Function, TakesWhatAScriptSaysOfIt) {
    constexpr auto recipe = [] {
        return Workflow("a-").entrypoint("count").image("words").function<&count>(
            on_gpu("words-cuda").input("chunk", "nothing").output("total", "/results/total"));
    };
    const Workflow built = checked<recipe>();
    const auto& made = template_named(built, "count");
    EXPECT_EQ(made.script->image, "words-cuda");
    EXPECT_EQ(made.inputs->parameters[0].default_, "nothing");
    EXPECT_EQ(made.outputs->parameters[0].valueFrom->path, "/results/total");
    EXPECT_EQ(made.retryStrategy->limit.as_int(), 3);
    EXPECT_EQ(made.script->command[2], "count");
}

TEST(Function, FilesAreArtifacts) {
    constexpr auto recipe = [] {
        return Workflow("a-")
            .entrypoint("main")
            .image("words")
            .function<&train>(Script().output(Artifact("report").path("/results/report.txt")))
            .dag("main")
            .task<&train>("first")
            .with(Artifact("data").raw(RawArtifact().data("1 2 3")))
            .with(Artifact("start").raw(RawArtifact().data("{}")))
            .task<&train>("second")
            .with<&Train::data>(output<&Trained::log>("first"))
            .with<&Train::notes>(output<&Trained::report>("first"))
            .with<&Train::start>(output<&Trained::end>("first"))
            .with<&Train::epochs>(3);
    };
    const Workflow built = checked<recipe>();
    const auto& made = template_named(built, "train");
    ASSERT_EQ(made.inputs->artifacts.size(), 3u);
    EXPECT_EQ(made.inputs->artifacts[0].path, "/tmp/tiphys/inputs/data");
    EXPECT_FALSE(made.inputs->artifacts[0].optional.has_value());
    EXPECT_TRUE(made.inputs->artifacts[1].optional.value_or(false));
    ASSERT_EQ(made.inputs->parameters.size(), 1u);
    EXPECT_EQ(made.inputs->parameters[0].default_, "10");
    ASSERT_EQ(made.outputs->artifacts.size(), 5u);
    EXPECT_EQ(made.outputs->artifacts[0].path, "/results/report.txt");
    EXPECT_EQ(made.outputs->artifacts[1].name, "model");
    EXPECT_EQ(made.outputs->artifacts[2].path, "/tmp/tiphys/outputs/log");
    EXPECT_TRUE(made.outputs->artifacts[4].optional.value_or(false));
    ASSERT_EQ(made.outputs->parameters.size(), 2u);
    EXPECT_EQ(made.outputs->parameters[0].name, "summary");
    const auto& second = template_named(built, "main").dag->tasks[1];
    EXPECT_EQ(second.arguments->artifacts[0].from, "{{tasks.first.outputs.artifacts.log}}");
    EXPECT_EQ(second.arguments->parameters[0].value, "3");
    EXPECT_EQ(second.depends, "first");
    EXPECT_TRUE(check_contracts(built).empty());
}

TEST(Function, FilesAreGivenByOutputs) {
    Workflow built("a-");
    auto dag = built.dag("wired");
    dag.task<&give_files>("give");
    dag.task("named", "t").with(outputs<Files>("give"));
    dag.task<&take_files>("taken").with(outputs<Files, Files>("give"));
    dag.task<&count>("wrong").with(outputs<Files, Files>("give"));
    dag.task("all", "t").with(all_outputs<Files>("give"));
    for (const std::size_t one : {1u, 2u}) {
        const auto& arguments = *template_named(built, "wired").dag->tasks[one].arguments;
        ASSERT_EQ(arguments.artifacts.size(), 2u);
        EXPECT_EQ(arguments.artifacts[0].name, "data");
        EXPECT_EQ(arguments.artifacts[0].from, "{{tasks.give.outputs.artifacts.data}}");
        EXPECT_EQ(arguments.artifacts[1].from, "{{tasks.give.outputs.artifacts.table}}");
        ASSERT_EQ(arguments.parameters.size(), 1u);
        EXPECT_EQ(arguments.parameters[0].value, "{{tasks.give.outputs.parameters.rows}}");
    }
    EXPECT_FALSE(template_named(built, "wired").dag->tasks[4].arguments->artifacts.has_value());
    std::vector<std::string> said;
    for (const Diagnostic& one : check_contracts(built)) said.push_back(one.message.string());
    const std::string taken = "`wrong` is given a member of Files, but template `count` takes Count";
    EXPECT_EQ(said, (std::vector<std::string>{taken, taken, taken,
                                              "all(...) is of what a loop gives, but `give` runs once"}));
}

TEST(Function, IsRunByWhatStandsAloneAsItsDocumentHasIt) {
    const auto inner = [] {
        return Dag().task<&check_all>("check").task<&word_count>("count").with<&Count::chunk>("x");
    };
    const Workflow built =
        Workflow("a-")
            .image("words")
            .function<&word_count>("counter", Script().env("A", "b"))
            .template_("named", inner())
            .template_(
                "steps",
                Steps().step<&check_all>("check").parallel_step<&word_count>("count").step<&word_count>(
                    "again"))
            .dag("main")
            .task("inner", inner())
            .task("deeper", Dag().task("within", inner()));
    EXPECT_EQ(built.functions().size(), 2u);
    EXPECT_EQ(built.model().spec.templates.size(), 5u);
    EXPECT_EQ(template_named(built, "named").dag->tasks[0].template_, "check-all");
    EXPECT_EQ(template_named(built, "named").dag->tasks[1].template_, "counter");
    const auto& steps = template_named(built, "steps").steps;
    EXPECT_EQ(steps[0][0].template_, "check-all");
    EXPECT_EQ(steps[0][1].template_, "counter");
    EXPECT_EQ(steps[1][0].template_, "counter");
    const auto& tasks = template_named(built, "main").dag->tasks;
    EXPECT_EQ(tasks[0].inline_->dag->tasks[1].template_, "counter");
    EXPECT_EQ(tasks[1].inline_->dag->tasks[0].inline_->dag->tasks[1].template_, "counter");
}

TEST(Function, OverloadsAreFunctionsOfTheirOwn) {
    constexpr auto whole = static_cast<long (*)(const Split&)>(&measure);
    constexpr auto part = static_cast<long (*)(const Count&)>(&measure);
    const Workflow built = Workflow("a-")
                               .function<whole>()
                               .function<part>("measure-part")
                               .dag("main")
                               .task<whole>("a")
                               .task<part>("b");
    const auto& tasks = template_named(built, "main").dag->tasks;
    EXPECT_EQ(tasks[0].template_, "measure");
    EXPECT_EQ(tasks[1].template_, "measure-part");
    EXPECT_FALSE(template_named(built, "measure-part").inputs->parameters[0].name == "shards");
    Workflow wrong("a-");
    auto dag = wrong.dag("main");
    dag.task<whole>("a");
    dag.task("b", "t").with<&Words::total>(output<part>("a"));
    const auto said = check_contracts(wrong);
    ASSERT_EQ(said.size(), 1u);
    EXPECT_NE(said[0].message.view().find("Count"), std::string_view::npos) << said[0].message;
    EXPECT_NE(said[0].message.view().find("Split"), std::string_view::npos);
    // A second one of the same name is told.
    Workflow twice("a-");
    twice.entrypoint("main")
        .image("i")
        .dag("main")
        .task<whole>("a")
        .with("shards", 1)
        .task<part>("b")
        .with("chunk", "x");
    EXPECT_EQ(twice.functions().size(), 2u);
    const auto problems = validate(twice);
    EXPECT_TRUE(std::ranges::any_of(
        problems, [](const auto& one) { return one.rule->id == "template.duplicate-name"; }));
}

TEST(Function, EnumerationsListTheirValues) {
    const Workflow built = Workflow("a-").function<&repeat>().function<&repeat_loosely>();
    const auto& parameters = template_named(built, "repeat").inputs->parameters;
    EXPECT_EQ(parameters[5].name, "level");
    EXPECT_EQ(parameters[5].enum_, (list<str>{"low", "high"}));
    EXPECT_EQ(parameters[6].default_, "null");
    EXPECT_EQ(template_named(built, "repeat-loosely").inputs->parameters[1].enum_,
              (list<str>{"low", "high", "null"}));
    // The same of a plain contract.
    const Workflow plain = Workflow("a-").container("t", Container("busybox").contract<Everything>());
    EXPECT_EQ(plain.model().spec.templates[0].inputs->parameters[5].enum_, (list<str>{"low", "high"}));
}

TEST(Function, GoesAlongWhenADocumentIsConverted) {
    const Workflow built = Workflow("words").image("words").entrypoint<&check_all>();
    CronWorkflow nightly = as_cron_workflow(built, "@daily");
    ASSERT_EQ(nightly.functions().size(), 1u);
    nightly.function<&list_parts>();
    EXPECT_EQ(nightly.model().spec.workflowSpec.templates[1].script->image, "words");
}

TEST(Function, MistakesOfWiringAreTold) {
    Workflow built("a-");
    auto dag = built.dag("main");
    dag.task<&count>("a").with<&Split::shards>(3);
    dag.task<&word_count>("b").with<&Count::chunk>("x").with_items(1, 2);
    dag.task<&list_parts>("c");
    dag.task<&sum>("d").with<&Sum::totals>(all(output<&word_count>("c")));
    dag.task<&sum>("e").with<&Sum::totals>(all(output<&word_count>("b")));
    dag.task<&sum>("f").with("totals", output("b"));
    std::vector<std::string> said;
    for (const Diagnostic& one : check_contracts(built)) said.push_back(one.message.string());
    EXPECT_EQ(said,
              (std::vector<std::string>{
                  "`a` is given a member of Split, but template `count` takes Count",
                  "the result of function `word_count` is asked of `c`, whose template `list-parts` runs "
                  "`list_parts`",
              }));
}

}  // namespace
}  // namespace tiphys::functions
