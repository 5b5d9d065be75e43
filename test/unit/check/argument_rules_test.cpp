// SPDX-License-Identifier: Apache-2.0
#include "pairs.hpp"

namespace tiphys::test {
namespace {

/// Steps whose only one gives `given` to a template that takes the parameter `p` and the artifact `a`.
std::string giving(const std::string& given) {
    return "{metadata: {name: x}, spec: {entrypoint: main, templates: [{name: main, steps: [[{name: s, "
           "template: "
           "work, arguments: {" +
           given +
           "}}]]}, {name: work, inputs: {parameters: [{name: p, default: '1', enum: ['1', '2']}, {name: q, "
           "default: "
           "'1'}], artifacts: [{name: a, path: /a, optional: true}]}, container: {image: busybox, args: "
           "['{{inputs.parameters.p}}{{inputs.parameters.q}}']}}]}}";
}

TEST(ArgumentRules, OfACall) {
    const Pair pairs[] = {
        {"parameter.name", "parameters: [{name: 'p q', value: '1'}]", "parameters: [{name: p, value: '1'}]",
         "steps[0][0].arguments.parameters[0].name: the argument parameter name `p q` of step `s`"},
        {"parameter.duplicate-name", "parameters: [{name: p, value: '1'}, {name: p, value: '2'}]",
         "parameters: [{name: p, value: '1'}, {name: q, value: '2'}]",
         "step `s` has two argument parameters `p`"},
        {"artifact.duplicate-name", "artifacts: [{name: a, raw: {data: x}}, {name: a, raw: {data: x}}]",
         "artifacts: [{name: a, raw: {data: x}}]", "step `s` has two argument artifacts `a`"},
        {"parameter.empty-enum", "parameters: [{name: p, value: '1', enum: []}]",
         "parameters: [{name: p, value: '1', enum: ['1']}]", "the enum of argument `p` of step `s` is empty"},
        {"argument.no-value", "parameters: [{name: p}]", "parameters: [{name: p, value: '2'}]",
         "parameters[0]: argument `p` of step `s` has no value"},
        {"", "parameters: [{name: q, enum: ['1'], valueFrom: {supplied: {}}}]",
         "parameters: [{name: q, value: '1', enum: ['1']}]", "has an enum and no value"},
        {"argument.value-from", "parameters: [{name: p, valueFrom: {default: '1'}}]",
         "parameters: [{name: p, valueFrom: {configMapKeyRef: {name: c, key: k}}}]",
         "is none of configMapKeyRef"},
        {"", "parameters: [{name: p, valueFrom: {supplied: {}, expression: '1'}}]",
         "parameters: [{name: p, valueFrom: {supplied: {}}}]", "is none of configMapKeyRef"},
        {"argument.not-in-enum", "parameters: [{name: q, value: '3', enum: ['1', '2']}]",
         "parameters: [{name: q, value: '2', enum: ['1', '2']}]",
         "is `3`, which is not in its enum: `1`, `2`"},
        {"argument.not-in-input-enum", "parameters: [{name: p, value: '3'}]",
         "parameters: [{name: p, value: '{{workflow.name}}'}]",
         "input `p` of template `work` allows `1`, `2`"},
        {"argument.artifact-source", "artifacts: [{name: a}]", "artifacts: [{name: a, s3: {key: k}}]",
         "artifact `a` of step `s` has neither from nor a location nor a key"},
        {"", "artifacts: [{name: a, fromExpression: 'workflow.name'}]",
         "artifacts: [{name: a, http: {url: u}}]", "has neither from"},
        {"artifact.not-an-artifact", "artifacts: [{name: a, from: '{{workflow.name}}'}]",
         "artifacts: [{name: a, from: '{{= 1 == 1 ? 1 : 2}}'}]", "names no artifact"},
        {"arguments.unknown", "parameters: [{name: pq, value: '1'}]", "parameters: [{name: q, value: '1'}]",
         "no such input parameter; did you mean `p`?"},
        {"", "artifacts: [{name: b, raw: {data: x}}]", "artifacts: [{name: a, raw: {data: x}}]",
         "no such input artifact; did you mean `a`?"},
    };
    expect_pairs<model::Workflow>(pairs, giving);
}

TEST(ArgumentRules, InputsAgainstTheirEnum) {
    const auto input = [](const std::string& members) {
        return template_of("inputs: {parameters: [{name: p, " + members +
                           "}]}, container: {image: busybox, args: ['{{inputs.parameters.p}}']}");
    };
    const Pair pairs[] = {
        {"input.not-in-enum", "default: c, enum: [a, b]", "default: b, enum: [a, b]",
         "spec.templates[0].inputs.parameters[0].default: the default `c` of input `p`"},
        {"", "value: c, enum: [a, b]", "value: '{{workflow.name}}', enum: [a, b]", "the value `c`"},
        {"parameter.empty-enum", "default: c, enum: []", "default: c, enum: [c]", "the enum of input `p`"},
    };
    expect_pairs<model::Workflow>(pairs, input);
}

TEST(ArgumentRules, OfTheWorkflow) {
    const Pair pairs[] = {
        {"parameter.duplicate-name",
         "arguments: {parameters: [{name: p, value: '1'}, {name: p, value: '2'}]}",
         "arguments: {parameters: [{name: p, value: '1'}]}", "the workflow has two argument parameters `p`"},
        {"artifact.from-and-expression",
         "arguments: {artifacts: [{name: a, from: '{{workflow.outputs.artifacts.a}}', fromExpression: x}]}",
         "arguments: {artifacts: [{name: a, raw: {data: x}}]}", "has both from and fromExpression"},
    };
    expect_pairs<model::Workflow>(pairs, spec_of);
}

// On submission a value may still be given; what is created must have it.
TEST(ArgumentRules, OfTheWorkflowWhenItIsCreated) {
    CheckOptions create;
    create.create = true;
    const Pair pairs[] = {{"argument.no-value", "arguments: {parameters: [{name: p}]}",
                           "arguments: {parameters: [{name: p, value: '1'}]}",
                           "spec.arguments.parameters[0]: argument `p` of the workflow has no value"}};
    expect_pairs<model::Workflow>(pairs, spec_of, {}, create);
    EXPECT_TRUE(
        validate(read_yaml<model::Workflow>(spec_of("arguments: {parameters: [{name: p}]}"))).empty());
}

// Names are looked up, not compared each with each: a list of this length would take minutes.
TEST(ArgumentRules, HoldManyNames) {
    model::Workflow workflow;
    workflow.metadata.name = "x";
    workflow.spec.entrypoint = "main";
    auto& work = workflow.spec.templates.emplace_back();
    work.name = "work";
    work.container.ensure().image = "busybox";
    auto& main = workflow.spec.templates.emplace_back();
    main.name = "main";
    auto& step = main.steps.emplace_back().emplace_back();
    step.name = "a";
    step.template_ = "work";
    constexpr int many = 200'000;
    std::string text;
    for (int i = 0; i < many; ++i) {
        const std::string name = "p" + std::to_string(many - i);
        work.inputs.ensure().parameters.emplace_back().name = name;
        auto& given = step.arguments.ensure().parameters.emplace_back();
        given.name = "p" + std::to_string(i + 1);
        given.value = "1";
        text += "{{inputs.parameters." + name + "}}";
    }
    work.container->args.push_back(text);
    const auto found = validate(workflow, {}, of_any_size());
    for (const Diagnostic& one : found) EXPECT_EQ(one.rule->severity, Severity::warning) << one.to_string();
}

TEST(UnusedRules, WarnOfInputsAndOutputs) {
    const auto document = [](const std::string& work) {
        return "{metadata: {name: x}, spec: {entrypoint: main, templates: [{name: main, steps: [[{name: s, "
               "template: "
               "work, arguments: {parameters: [{name: p, value: '1'}]}}]]}, {name: work, " +
               work + "}]}}";
    };
    const std::string inputs = "inputs: {parameters: [{name: p}]}, ";
    const Pair pairs[] = {
        {"input.unused", inputs + "container: {image: busybox, args: ['p']}",
         inputs + "container: {image: busybox, args: ['{{inputs.parameters.p}}']}",
         "spec.templates[1].inputs.parameters[0]: nothing in template `work` uses its input parameter `p`"},
        {"", inputs + "container: {image: busybox, args: ['p']}",
         inputs + "container: {image: busybox, args: ['{{inputs.parameters}}']}", "input parameter `p`"},
        {"", inputs + "container: {image: busybox, args: ['{{=1+1}}']}",
         inputs + "container: {image: busybox, args: ['{{=inputs.parameters[\"p\"]}}']}",
         "input parameter `p`"},
        {"", inputs + "container: {image: busybox}", inputs + "suspend: {}", "input parameter `p`"},
    };
    EXPECT_TRUE(find_rule("input.unused")->severity == Severity::warning);
    expect_pairs<model::Workflow>(pairs, document);
    const auto outputs = [&](const std::string& output) {
        return document(
            inputs +
            "container: {image: busybox, args: ['{{inputs.parameters.p}}']}, outputs: {parameters: "
            "[{name: o, valueFrom: {path: /o}" +
            output);
    };
    const Pair of_outputs[] = {
        {"output.unused", "}]}", ", globalName: g}]}",
         "spec.templates[1].outputs.parameters[0]: nothing uses the output parameter `o` of template `work`"},
        {"", "}]}",
         "}]}}, {name: other, steps: [[{name: a, template: work, arguments: {parameters: [{name: p, value: "
         "'1'}]}}]], outputs: {parameters: [{name: q, globalName: g, valueFrom: {parameter: "
         "'{{steps.a.outputs.parameters.o}}'}}]}",
         "`o`"},
        {"", "}]}",
         "}]}, metrics: {prometheus: [{name: m, help: h, counter: {value: '{{outputs.parameters.o}}'}}]}",
         "`o`"},
    };
    expect_pairs<model::Workflow>(of_outputs, outputs);
}

// In a template of workflows outputs are there for others.
TEST(UnusedRules, LeaveTheOutputsOfLibrariesAlone) {
    EXPECT_TRUE(
        validate(read_yaml<model::WorkflowTemplate>(
                     "{metadata: {name: x}, spec: {templates: [{name: work, container: {image: busybox}, "
                     "outputs: {parameters: [{name: o, valueFrom: {path: /o}}]}}]}}"))
            .empty());
}

}  // namespace
}  // namespace tiphys::test
