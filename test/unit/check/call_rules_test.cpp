// SPDX-License-Identifier: Apache-2.0
#include "pairs.hpp"

namespace tiphys::test {
namespace {

std::string step_with(const std::string& members) {
    return "{metadata: {name: x}, spec: {entrypoint: main, templates: [{name: main, steps: [[{name: s, "
           "template: "
           "work, arguments: {parameters: [{name: p, value: '1'}]}, " +
           members +
           "}]]}, {name: work, inputs: {parameters: [{name: p}]}, container: {image: busybox, args: "
           "['{{inputs.parameters.p}}']}}, {name: bye, inputs: {parameters: [{name: q}]}, container: {image: "
           "busybox, args: ['{{inputs.parameters.q}}']}}, {name: free, container: {image: busybox}}]}}";
}

TEST(HookRules, OfACall) {
    const Pair pairs[] = {
        {"hook.expression-required", "hooks: {started: {template: free}}", "hooks: {exit: {template: free}}",
         "hooks.started: hook `started` of step `s` has no expression"},
        {"hook.template", "hooks: {exit: {template: fre}}",
         "hooks: {exit: {templateRef: {name: elsewhere, template: fre}}}",
         "hooks.exit.template: hook `exit` of step `s` uses template `fre`, which the workflow does not "
         "have; did you "
         "mean `free`?"},
        {"", "hooks: {exit: {}}", "hooks: {exit: {template: '{{workflow.name}}'}}", "names no template"},
        {"", "onExit: fre", "onExit: free", "onExit: the exit handler of step `s` is template `fre`"},
        // An exit hook without arguments of its own gets those of the step.
        {"arguments.missing", "hooks: {exit: {template: bye}}", "hooks: {exit: {template: work}}",
         "hooks.exit: hook `exit` of step `s` does not give `q`, an input parameter of template `bye`"},
        {"", "onExit: bye", "onExit: work", "the exit handler of step `s` does not give `q`"},
        {"", "hooks: {a: {expression: 'steps.s.status == \"Failed\"', template: work}}",
         "hooks: {a: {expression: 'steps.s.status == \"Failed\"', template: free}}",
         "hook `a` of step `s` does not give `p`"},
        {"arguments.unknown",
         "hooks: {exit: {template: bye, arguments: {parameters: [{name: q, value: '1'}, {name: r, value: "
         "'1'}]}}}",
         "hooks: {exit: {template: bye, arguments: {parameters: [{name: q, value: '{{steps.s.status}}'}]}}}",
         "hooks.exit.arguments.parameters[1].name: hook `exit` of step `s` gives `r`"},
        {"argument.no-value", "hooks: {exit: {template: bye, arguments: {parameters: [{name: q}]}}}",
         "hooks: {exit: {template: bye, arguments: {parameters: [{name: q, value: a}]}}}",
         "argument `q` of hook `exit` of step `s` has no value"},
        {"items.kind", "withItems: [1, null]", "withItems: [1, a, true, {k: v}, [2]]",
         "withItems[1]: an item of step `s` is null"},
        {"sequence.no-end", "withSequence: {}", "withSequence: {count: 3}", "has neither count nor end"},
        {"sequence.count-and-end", "withSequence: {count: 3, end: 3}", "withSequence: {start: 1, end: 3}",
         "has both count and end"},
        {"sequence.integer", "withSequence: {count: '3.5'}", "withSequence: {count: '{{workflow.name}}'}",
         "`3.5`"},
        {"", "withSequence: {count: 1, start: a}", "withSequence: {count: '+1', start: '-5'}",
         "the start of"},
        {"sequence.format", "withSequence: {count: 3, format: '%d-%d'}",
         "withSequence: {count: 3, format: '100%% %#04x'}", "does not print one integer"},
        {"", "withSequence: {count: 3, format: 'node'}", "withSequence: {count: 3, format: '%+.2d'}",
         "`node`"},
        {"", "withSequence: {count: 3, format: '%'}", "withSequence: {count: 3, format: ''}", "`%`"},
    };
    expect_pairs<model::Workflow>(pairs, step_with);
}

TEST(HookRules, OfTheWorkflow) {
    const Pair pairs[] = {
        {"hook.expression-required", "hooks: {failed: {template: main}}", "hooks: {exit: {template: main}}",
         "spec.hooks.failed: hook `failed` of the workflow has no expression"},
        {"hook.template", "hooks: {exit: {template: nope}}", "hooks: {exit: {template: main}}",
         "spec.hooks.exit.template: hook `exit` of the workflow uses template `nope`"},
        {"variable.unknown",
         "hooks: {exit: {template: main, arguments: {parameters: [{name: p, value: "
         "'{{inputs.parameters.p}}'}]}}}",
         "hooks: {exit: {template: main}}", "the workflow has no input parameter `p`"},
    };
    const Pair first[] = {pairs[0], pairs[1]};
    expect_pairs<model::Workflow>(first, spec_of);
    const auto found = validate(read_yaml<model::Workflow>(spec_of(pairs[2].wrong)));
    ASSERT_EQ(found.size(), 2u) << described(found);
    EXPECT_EQ(found[0].rule->id, "arguments.unknown");
    EXPECT_EQ(
        found[1].to_string(),
        "error variable.unknown at spec.hooks.exit.arguments.parameters[0].value: value of the workflow uses "
        "{{inputs.parameters.p}}, but the workflow has no input parameter `p`");
}

TEST(DagRules, OfTasks) {
    const auto dag = [](const std::string& tasks) {
        return "{metadata: {name: x}, spec: {entrypoint: main, templates: [{name: main, dag: {" + tasks +
               "}}, {name: work, container: {image: busybox}}]}}";
    };
    const Pair pairs[] = {
        {"dag.continue-on",
         "tasks: [{name: a, template: work, continueOn: {failed: true}}, {name: b, template: work, depends: "
         "a}]",
         "tasks: [{name: a, template: work, continueOn: {failed: true}}, {name: b, template: work, "
         "dependencies: "
         "[a]}]",
         "tasks[0].continueOn: task `a` has continueOn, but dag `main` uses depends"},
        {"dag.reserved-name",
         "tasks: [{name: in, template: work}, {name: b, template: work, dependencies: [in]}]",
         "tasks: [{name: in, template: work}, {name: b, template: work}]", "depends on `in`"},
        {"dag.unknown-target", "target: 'a ', tasks: [{name: a, template: work}]",
         "target: 'a {{workflow.name}}', tasks: [{name: a, template: work}]", "target ``"},
        {"hook.expression-required", "tasks: [{name: a, template: work, hooks: {h: {template: work}}}]",
         "tasks: [{name: a, template: work, hooks: {h: {template: work, expression: 'true'}}}]",
         "hook `h` of task `a`"},
    };
    expect_pairs<model::Workflow>(pairs, dag);
}

}  // namespace
}  // namespace tiphys::test
