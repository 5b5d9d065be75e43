// SPDX-License-Identifier: Apache-2.0
#include "pairs.hpp"

namespace tiphys::test {
namespace {

std::string echo(const std::string& text) { return "container: {image: busybox, args: [\"" + text + "\"]}"; }

std::string body_of(const std::string& body) {
    return "{metadata: {name: x}, spec: {entrypoint: main, arguments: {parameters: [{name: day, value: "
           "mon}]}, "
           "templates: [{name: main, inputs: {parameters: [{name: in-put, default: '1'}]}, " +
           body +
           "}, {name: work, container: {image: busybox}, outputs: {parameters: [{name: r, globalName: r, "
           "valueFrom: "
           "{path: /r}}]}}, {name: wait, suspend: {}}]}}";
}

TEST(ExpressionRules, Tags) {
    const std::string used = "{{inputs.parameters.in-put}} ";
    const Pair pairs[] = {
        {"expression.syntax", echo(used + "{{=1 +}}"), echo(used + "{{=1 + 1}}"),
         "args of template `main` uses the expression `1 +`, which does not parse: unexpected token EOF"},
        {"", echo(used + "{{=(1}}"), echo(used + "{{=(1)}}"), "does not parse"},
        {"", echo(used + "{{=jsonpath('{}', 'a b[')}}"), echo(used + "{{=jsonpath('{}', '$.a')}}"),
         "invalid JSONPath"},
        {"expression.unknown-name", echo(used + "{{=inputs.parameters.nope}}"),
         echo("{{=inputs.parameters['in-put']}}"), "has no input parameter `nope`"},
        {"", echo(used + "{{=foo + 1}}"), echo(used + "{{=let foo = 1; foo + 1}}"),
         "Argo has no variable `foo`"},
        {"", echo(used + "{{=workflow.parameters.dya}}"), echo(used + "{{=workflow.parameters.day ?? 'x'}}"),
         "did you mean `day`?"},
        {"", echo(used + "{{=steps.a.id}}"), echo(used + "{{=workflow.parameters[pod.name]}}"),
         "has no steps"},
        {"expression.unknown-function", echo(used + "{{=asint('1')}}"), echo(used + "{{=asInt('1')}}"),
         "there is no function `asint`"},
        {"", echo(used + "{{=sprig.env('A')}}"), echo(used + "{{=sprig.uuidv4() + string(now())}}"),
         "there is no function `sprig.env`"},
        {"", echo(used + "{{=sprig.uper('A')}}"), echo(used + "{{=filter([1], # > 1)}}"), "`sprig.uper`"},
    };
    expect_pairs<model::Workflow>(pairs, body_of);
}

TEST(ExpressionRules, Members) {
    const std::string body = echo("{{inputs.parameters.in-put}}");
    const auto step = [](const std::string& members) {
        return "steps: [[{name: a, template: work, when: '{{inputs.parameters.in-put}} == 1'}], [{name: b, "
               "template: "
               "work, " +
               members + "}]]";
    };
    const std::string dag =
        "dag: {tasks: [{name: a, template: work, when: '{{inputs.parameters.in-put}} == 1'}]}, ";
    const Pair pairs[] = {
        {"expression.unknown-name",
         body + ", retryStrategy: {expression: 'lastRetry.code == \"1\" || inputs.x == 1'}",
         body + ", retryStrategy: {expression: 'asInt(lastRetry.exitCode) > 1 && retries != \"1\"'}",
         "names"},
        {"", "http: {url: '{{inputs.parameters.in-put}}', successCondition: 'reponse.statusCode == 200'}",
         "http: {url: '{{inputs.parameters.in-put}}', successCondition: 'response.statusCode == 200'}",
         "but there is no `reponse.statusCode` here"},
        {"", step("hooks: {h: {template: work, expression: steps.c.status == 'Failed'}}"),
         step("hooks: {h: {template: work, expression: \"steps['b'].status == 'Failed'\"}}"),
         "has no step `c`"},
        {"",
         dag + "outputs: {parameters: [{name: o, valueFrom: {expression: tasks.a.outputs.parameters.q}}]}",
         dag + "outputs: {parameters: [{name: o, valueFrom: {expression: tasks.a.outputs.parameters.r}}]}",
         "has no output parameter `q`"},
        {"expression.syntax", body + ", retryStrategy: {expression: 'lastRetry.exitCode =='}",
         body + ", retryStrategy: {expression: 'lastRetry.exitCode == \"{{workflow.name}}\"'}",
         "does not parse"},
        {"", step("hooks: {h: {template: work, expression: 'steps.b.status = 1'}}"),
         step("hooks: {h: {template: work, expression: '{{workflow.name}} == 1'}}"), "does not parse"},
        {"variable.not-ready",
         "steps: [[{name: a, template: work, when: '{{inputs.parameters.in-put}} == 1'}, {name: b, template: "
         "work, "
         "hooks: {h: {template: work, expression: steps.a.status == 'Failed'}}}]]",
         step("hooks: {h: {template: work, expression: steps.a.status == 'Failed'}}"),
         "stands in no earlier group"},
    };
    for (std::size_t i = 0; i < std::size(pairs); ++i) {
        const auto found = validate(read_yaml<model::Workflow>(body_of(pairs[i].wrong)));
        ASSERT_GE(found.size(), 1u) << pairs[i].wrong;
        if (i == 0) {
            EXPECT_EQ(found.size(), 1u) << described(found);
            EXPECT_NE(found[0].to_string().find("but there is no `inputs.x` here"), std::string::npos)
                << described(found);
            continue;
        }
        EXPECT_NE(found[0].to_string().find(pairs[i].says), std::string::npos) << described(found);
        const auto none = validate(read_yaml<model::Workflow>(body_of(pairs[i].right)));
        EXPECT_EQ(none.size(), 0u) << pairs[i].right << described(none);
    }
}

TEST(ExpressionRules, OfDataAndLabels) {
    const auto data = [](const std::string& expression) {
        return template_of(
            "data: {source: {artifactPaths: {name: a, s3: {bucket: b, key: k}}}, transformation: "
            "[{expression: \"" +
            expression + "\"}]}");
    };
    const Pair of_data[] = {
        {"expression.unknown-name", "filter(dat, # endsWith 'x')", "filter(data, # endsWith 'x')",
         "data.transformation[0].expression"},
        {"expression.syntax", "filter(data", "map(data, upper(#))", "does not parse"},
    };
    expect_pairs<model::Workflow>(of_data, data);
    const auto label = [](const std::string& expression) {
        return spec_of(
            "arguments: {parameters: [{name: day, value: mon}]}, workflowMetadata: {labelsFrom: {l: "
            "{expression: \"" +
            expression + "\"}}}");
    };
    const Pair of_labels[] = {
        {"expression.unknown-name", "workflow.parameters.dya", "workflow.parameters.day",
         "spec.workflowMetadata.labelsFrom.l.expression"},
        {"expression.syntax", "workflow.name +", "workflow.name + 'x'", "does not parse"},
    };
    expect_pairs<model::Workflow>(of_labels, label);
}

TEST(WhenRules, OfSteps) {
    const auto when = [](const std::string& condition) {
        return "{metadata: {name: x}, spec: {entrypoint: main, templates: [{name: main, steps: [[{name: a, "
               "template: "
               "work}], [{name: b, template: work, " +
               condition +
               "}]]}, {name: work, container: {image: busybox}, outputs: {parameters: [{name: r, globalName: "
               "r, "
               "valueFrom: {path: /r}}]}}]}}";
    };
    const Pair pairs[] = {
        {"when.syntax", "when: \"'a' == \"", "when: \"'a' == ''\"",
         "step `b` uses when `'a' == `, which does not parse"},
        {"", "when: \"({{steps.a.outputs.result}} == 1\"", "when: \"({{steps.a.outputs.result}} == 1)\"",
         "which does not parse"},
        {"when.boolean", "when: '1 + 1'", "when: '1 + 1 == 2'", "which is not true or false"},
        {"", "when: 'yes'", "when: \"{{steps.a.outputs.parameters.r}}\"", "which is not true or false"},
        {"", "when: '1 > \"a\"'", "when: 'heads == heads'", "which is not true or false"},
        {"with-param.list", "withParam: '{\"a\": 1}'", "withParam: '[{\"a\": 1}]'", "which is no JSON list"},
        {"", "withParam: 'a, b'", "withParam: '{{steps.a.outputs.result}}'", "withParam `a, b`"},
    };
    expect_pairs<model::Workflow>(pairs, when);
    // What only a tag can decide is left alone.
    for (const char* fine :
         {"when: '{{=true}}'", "when: '{{steps.a.outputs.result}} {{steps.a.outputs.parameters.r}} 3'",
          "when: '{{steps.a.outputs.result}} =~ \"a.*\"'", "when: '!{{steps.a.outputs.result}}'",
          "when: \"'{{steps.a.outputs.result}}' in ('a', 'b')\"",
          "when: 'a-{{steps.a.outputs.result}} == a-b'"}) {
        const auto none = validate(read_yaml<model::Workflow>(when(fine)));
        EXPECT_EQ(none.size(), 0u) << fine << described(none);
    }
}

TEST(ExpressionRules, OfCronWorkflowsAndEventBindings) {
    const auto cron = [](const std::string& expression) {
        return "{metadata: {name: x}, spec: {schedules: ['* * * * *'], stopStrategy: {expression: \"" +
               expression + "\"}, workflowSpec: {entrypoint: main, templates: [{name: main, suspend: {}}]}}}";
    };
    const Pair of_cron[] = {
        {"expression.syntax", "cronworkflow.failed >", "cronworkflow.failed > 1",
         "spec.stopStrategy.expression"},
        {"expression.unknown-name", "cronworkflow.fails > 1", "cronworkflow.succeeded > 1",
         "`cronworkflow.fails`"},
        {"", "failed > 1", "cronworkflow.labels.l == 'a' || cronworkflow.failed > 1", "names `failed`"},
    };
    for (const Pair& pair : of_cron) {
        const auto found = validate(read_yaml<model::CronWorkflow>(cron(pair.wrong)));
        ASSERT_EQ(found.size(), 1u) << described(found);
        EXPECT_NE(found[0].to_string().find(pair.says), std::string::npos) << described(found);
    }
    EXPECT_EQ(validate(read_yaml<model::CronWorkflow>(cron(of_cron[0].right))).size(), 0u);

    const auto binding = [](const std::string& selector) {
        return "{metadata: {name: x}, spec: {event: {selector: \"" + selector +
               "\"}, submit: {workflowTemplateRef: {name: t}, arguments: {parameters: [{name: p, valueFrom: "
               "{event: "
               "payload.message}}]}}}}";
    };
    const Pair of_bindings[] = {
        {"expression.syntax", "payload.a ==", "payload.a == 'b' && metadata['x'][0] == 'y'",
         "spec.event.selector"},
        {"expression.unknown-name", "body.a == 'b'", "discriminator == 'x' && namespace == 'y'",
         "names `body.a`"},
        {"expression.unknown-function", "has(payload.a)", "payload.a != nil", "calls `has`"},
    };
    expect_pairs<model::WorkflowEventBinding>(of_bindings, binding);
}

}  // namespace
}  // namespace tiphys::test
