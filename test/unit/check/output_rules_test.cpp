// SPDX-License-Identifier: Apache-2.0
#include "pairs.hpp"

namespace tiphys::test {
namespace {

std::string output_of(const std::string& body) {
    return "{metadata: {name: x}, spec: {entrypoint: main, templates: [{name: main, " + body +
           "}, {name: work, container: {image: busybox}, outputs: {parameters: [{name: r, globalName: r, "
           "valueFrom: "
           "{path: /r}}], artifacts: [{name: f, path: /f}]}}]}}";
}

const std::string container = "container: {image: busybox}, outputs: ";
const std::string steps = "steps: [[{name: a, template: work}]], outputs: ";
const std::string dag = "dag: {tasks: [{name: a, template: work}]}, outputs: ";

TEST(OutputRules, OfEachKind) {
    const Pair pairs[] = {
        {"output.value-and-value-from",
         container + "{parameters: [{name: o, value: '1', valueFrom: {path: /o}}]}",
         container + "{parameters: [{name: o, valueFrom: {path: /o}}]}", "has both a value and a valueFrom"},
        {"output.no-value", container + "{parameters: [{name: o}]}",
         container + "{parameters: [{name: o, value: ''}]}",
         "the output parameter `o` of template `main` has no valueFrom"},
        {"output.value-from-one", container + "{parameters: [{name: o, valueFrom: {default: '1'}}]}",
         container + "{parameters: [{name: o, valueFrom: {path: /o, default: '1'}}]}", "has none of path"},
        {"", container + "{parameters: [{name: o, valueFrom: {path: /o, expression: '1'}}]}",
         container + "{parameters: [{name: o, valueFrom: {path: /o}}]}", "has several of path"},
        {"output.value-from-kind", container + "{parameters: [{name: o, valueFrom: {supplied: {}}}]}",
         "suspend: {}, outputs: {parameters: [{name: o, valueFrom: {supplied: {}}}]}",
         "needs valueFrom.path"},
        {"",
         "resource: {action: get, manifest: '{kind: A, metadata: {name: a}}'}, outputs: {parameters: [{name: "
         "o, valueFrom: {path: /o}}]}",
         "resource: {action: get, manifest: '{kind: A, metadata: {name: a}}'}, outputs: {parameters: [{name: "
         "o, valueFrom: {jqFilter: .a}}]}",
         "needs valueFrom.jqFilter or jsonPath"},
        {"", dag + "{parameters: [{name: o, valueFrom: {path: /o}}]}",
         dag + "{parameters: [{name: o, valueFrom: {expression: tasks.a.outputs.parameters.r}}]}",
         "needs valueFrom.parameter or expression"},
        {"output.literal-value", steps + "{parameters: [{name: o, value: '1'}]}",
         steps + "{parameters: [{name: o, valueFrom: {parameter: '{{steps.a.outputs.parameters.r}}'}}]}",
         "has a value, which needs a valueFrom"},
        {"", "suspend: {}, outputs: {parameters: [{name: o, value: '1'}]}",
         "suspend: {}, outputs: {parameters: [{name: o, valueFrom: {supplied: {}}}]}", "has a value"},
        {"", "suspend: {}, outputs: {parameters: [{name: o, valueFrom: {path: /o}}]}",
         "suspend: {}, outputs: {parameters: [{name: o, valueFrom: {supplied: {}}}]}",
         "needs valueFrom.supplied"},
        {"output.not-a-reference",
         steps + "{parameters: [{name: o, valueFrom: {parameter: 'a {{steps.a.id}}'}}]}",
         steps + "{parameters: [{name: o, valueFrom: {parameter: '{{ steps.a.id }}'}}]}",
         "is `a {{steps.a.id}}`, which is not one {{variable}}"},
        {"", steps + "{parameters: [{name: o, valueFrom: {parameter: '{{steps.a.id}}{{steps.a.id}}'}}]}",
         steps + "{parameters: [{name: o, valueFrom: {parameter: '{{=steps.a.id + steps.a.id}}'}}]}",
         "is not one"},
        {"output.global-name",
         container + "{parameters: [{name: o, globalName: 'a b', valueFrom: {path: /o}}]}",
         container + "{parameters: [{name: o, globalName: '{{workflow.name}}', valueFrom: {path: /o}}]}",
         "the globalName `a b` of the output parameter `o`"},
        {"", container + "{artifacts: [{name: o, globalName: a.b, path: /o}]}",
         container + "{artifacts: [{name: o, globalName: a_b, path: /o}]}", "output artifact `o`"},
        {"output.artifact-path", container + "{artifacts: [{name: o}]}",
         container + "{artifacts: [{name: o, path: /o}]}", "has no path"},
        {"output.artifact-traversal", container + "{artifacts: [{name: o, path: /a/../../o}]}",
         container + "{artifacts: [{name: o, path: /a/..b/o}]}", "climbs"},
        {"output.artifact-misplaced-path",
         dag + "{artifacts: [{name: o, path: /o, from: '{{tasks.a.outputs.artifacts.f}}'}]}",
         dag + "{artifacts: [{name: o, from: '{{tasks.a.outputs.artifacts.f}}'}]}",
         "runs no container, has a path"},
        {"artifact.not-an-artifact",
         dag + "{artifacts: [{name: o, from: '{{tasks.a.outputs.parameters.r}}'}]}",
         dag + "{artifacts: [{name: o, from: '{{tasks.a.outputs.artifacts.f}}'}]}", "names no artifact"},
        {"artifact.from-and-expression",
         dag + "{artifacts: [{name: o, from: '{{tasks.a.outputs.artifacts.f}}', fromExpression: "
               "tasks.a.outputs.artifacts.f}]}",
         dag + "{artifacts: [{name: o, fromExpression: tasks.a.outputs.artifacts.f}]}", "has both"},
    };
    expect_pairs<model::Workflow>(pairs, output_of);
}

}  // namespace
}  // namespace tiphys::test
