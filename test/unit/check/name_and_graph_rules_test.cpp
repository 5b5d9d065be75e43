// SPDX-License-Identifier: Apache-2.0
#include "pairs.hpp"

namespace tiphys::test {
namespace {

std::string work_and(const std::string& more) {
    return "{metadata: {name: x}, spec: {entrypoint: main, templates: [{name: work, container: {image: "
           "b}}, " +
           more + "]}}";
}
std::string tasks(const std::string& items) {
    return work_and("{name: main, dag: {tasks: [" + items + "]}}");
}
std::string steps(const std::string& groups) { return work_and("{name: main, steps: [" + groups + "]}"); }

TEST(NameAndGraphRules, Tasks) {
    const Pair pairs[] = {
        {"task.name", "{name: a_b, template: work}", "{name: a-b, template: work}", "the task name `a_b`"},
        {"", "{template: work}", "{name: 1a, template: work}", "a task of template `main` has no name"},
        {"task.duplicate-name", "{name: a, template: work}, {name: a, template: work}",
         "{name: a, template: work}, {name: A, template: work}", "dag `main` has two tasks `a`"},
        {"template.unknown", "{name: a, template: wrok}", "{name: a, template: work}",
         "task `a` uses template `wrok`, which the workflow does not have; did you mean `work`?"},
        {"loop.several", "{name: a, template: work, withItems: [1], withSequence: {count: 2}}",
         "{name: a, template: work, withItems: [1]}", "task `a` has more than one of withItems"},
        {"dag.no-tasks", "", "{name: a, template: work}", "dag `main` has no task"},
        {"dag.unknown-dependency", "{name: a, template: work, dependencies: [b]}",
         "{name: a, template: work}, {name: b, template: work, dependencies: [a]}",
         "task `a` depends on `b`, which dag `main` does not have"},
        {"dag.cycle", "{name: a, template: work, depends: b}, {name: b, template: work, depends: a}",
         "{name: a, template: work, depends: b}, {name: b, template: work}", "`a`"},
        {"dag.depends-syntax", "{name: a, template: work}, {name: b, template: work, depends: a &&}",
         "{name: a, template: work}, {name: b, template: work, depends: '!a.Failed && (a || a)'}", "`b`"},
        {"dag.unknown-result", "{name: a, template: work}, {name: b, template: work, depends: a.Suceeded}",
         "{name: a, template: work}, {name: b, template: work, depends: a.Succeeded}", "`Suceeded`"},
        {"dag.depends-and-dependencies",
         "{name: a, template: work}, {name: b, template: work, depends: a}, "
         "{name: c, template: work, dependencies: [a]}",
         "{name: a, template: work}, {name: b, template: work, depends: a}, {name: c, template: work, "
         "depends: a}",
         "`main`"},
    };
    expect_pairs<model::Workflow>(pairs, tasks);
}

TEST(NameAndGraphRules, Steps) {
    const Pair pairs[] = {
        {"step.name", "[{name: -a, template: work}]", "[{name: a-, template: work}]", "the step name `-a`"},
        {"step.duplicate-name", "[{name: a, template: work}], [{name: a, template: work}]",
         "[{name: a, template: work}], [{name: b, template: work}]", "template `main` has two steps `a`"},
    };
    expect_pairs<model::Workflow>(pairs, steps);
}

TEST(NameAndGraphRules, Templates) {
    const Pair pairs[] = {
        {"template.name", "{name: ma.in, suspend: {}}, {name: main, suspend: {}}",
         "{name: main, suspend: {}}", "`ma.in`"},
        {"template.duplicate-name", "{name: main, suspend: {}}, {name: main, suspend: {}}",
         "{name: main, suspend: {}}, {name: Main, suspend: {}}", "`main`"},
        {"template.type", "{name: main}", "{name: main, suspend: {}}", "`main`"},
        {"", "{name: main, suspend: {}, container: {image: b}}", "{name: main, container: {image: b}}",
         "`main`"},
        {"template.recursion", "{name: main, steps: [[{name: again, template: main}]]}",
         "{name: main, steps: [[{name: again, template: main, when: '{{workflow.status}} == Failed'}]]}",
         "`main`"},
    };
    expect_pairs<model::Workflow>(pairs, work_and);
}

TEST(NameAndGraphRules, Workflows) {
    const auto with = [](const std::string& members) { return "{" + members + "}"; };
    const std::string main = "templates: [{name: main, suspend: {}}]";
    const std::string name = "metadata: {name: x}, ";
    const Pair pairs[] = {
        {"workflow.name", "spec: {entrypoint: main, " + main + "}",
         "metadata: {generateName: x-}, spec: {entrypoint: main, " + main + "}", "neither"},
        {"", "metadata: {name: X}, spec: {entrypoint: main, " + main + "}",
         "metadata: {name: x.y-1}, spec: {entrypoint: main, " + main + "}", "`X`"},
        {"workflow.entrypoint-required", name + "spec: {" + main + "}",
         name + "spec: {entrypoint: main, " + main + "}", "entrypoint"},
        {"workflow.unknown-entrypoint", name + "spec: {entrypoint: mian, " + main + "}",
         name + "spec: {entrypoint: main, " + main + "}", "did you mean `main`?"},
        {"workflow.unknown-exit-handler", name + "spec: {entrypoint: main, onExit: bye, " + main + "}",
         name + "spec: {entrypoint: main, onExit: main, " + main + "}", "`bye`"},
    };
    expect_pairs<model::Workflow>(pairs, with);
}

std::string repeated(int n, const std::string& before, const std::string& after) {
    std::string made;
    for (int i = 0; i < n; ++i) made += (i == 0 ? "" : ", ") + before + std::to_string(i) + after;
    return made;
}

TEST(NameAndGraphRules, WhatTheFullDefinitionsAllow) {
    const auto tasks_of = [](int n) {
        return "{name: main, dag: {tasks: [" + repeated(n, "{name: a", ", template: work}") + "]}}";
    };
    const auto metrics = [](int n) {
        return "{name: main, suspend: {}, metrics: {prometheus: [" +
               repeated(n, "{name: m", ", help: h, counter: {value: '1'}}") + "]}}";
    };
    const auto inputs = [](int n) {
        return "{name: main, inputs: {parameters: [" + repeated(n, "{name: p", ", value: v}") +
               "]}, container: {image: b, args: ['{{inputs.parameters}}']}}";
    };
    const auto templates = [](int n) {
        return "{name: main, suspend: {}}, " + repeated(n - 2, "{name: t", ", suspend: {}}");
    };
    const Pair pairs[] = {
        {"template.too-many-tasks", tasks_of(201), tasks_of(200), "201"},
        {"template.too-many-inputs", inputs(501), inputs(500), "501"},
        {"metric.too-many", metrics(101), metrics(100), "101"},
        {"workflow.too-many-templates", templates(201), templates(200), "201"},
    };
    expect_pairs<model::Workflow>(pairs, work_and);
}

TEST(NameAndGraphRules, Documents) {
    const auto library = [](const std::string& metadata) {
        return "{metadata: {" + metadata + "}, spec: {templates: [{name: main, suspend: {}}]}}";
    };
    const Pair pairs[] = {{"document.name", "name: Library", "name: library", "`Library`"}};
    expect_pairs<model::WorkflowTemplate>(pairs, library);
}

TEST(NameAndGraphRules, Artifacts) {
    const Pair pairs[] = {
        {"artifact.name",
         "{name: main, inputs: {artifacts: [{name: a.b, path: /a, raw: {data: x}}]}, container: {image: b}}",
         "{name: main, inputs: {artifacts: [{name: a_b, path: /a, raw: {data: x}}]}, container: {image: b}}",
         "`a.b`"},
    };
    expect_pairs<model::Workflow>(pairs, work_and);
}

TEST(NameAndGraphRules, FieldsOfSteps) {
    // Files with unknown fields are refused when they are read; what a server or a program gives keeps them.
    const Pair pairs[] = {{"step.unknown-field", "[{name: a, template: work, wen: x}]",
                           "[{name: a, template: work}]", "`wen`"}};
    for (const Pair& pair : pairs) {
        ReadOptions keep;
        keep.unknown_fields = UnknownFields::keep;
        const auto found = validate(read_yaml<model::Workflow>(steps(pair.wrong), keep));
        ASSERT_EQ(found.size(), 1u) << described(found);
        EXPECT_EQ(found[0].rule->id, pair.rule);
        EXPECT_NE(found[0].message.string().find(pair.says), std::string::npos) << found[0].message;
        EXPECT_EQ(validate(read_yaml<model::Workflow>(steps(pair.right), keep)).size(), 0u);
    }
}

}  // namespace
}  // namespace tiphys::test
