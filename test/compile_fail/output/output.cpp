// SPDX-License-Identifier: Apache-2.0
#include "../bad.hpp"
#include "../model.hpp"

/// An output of the steps `main`.
constexpr model::Parameter& shown(const parts& of) {
    auto& output = of.main.outputs.ensure().parameters.emplace_back();
    output.name = "shown";
    return output;
}

constexpr auto value_and_value_from = [] {
    return changed([]([[maybe_unused]] const parts& of) {
        TIPHYS_WHEN_WRONG(of.work.outputs->parameters[0].value = "1";)  // expect-nowhere output.value-and-value-from: spec.templates[0].outputs.parameters[0]: the output parameter `result` of template `work` has both a value and a valueFrom
    });
};

constexpr auto no_value = [] {
    return changed([]([[maybe_unused]] const parts& of) {
        TIPHYS_WHEN_WRONG(of.work.outputs->parameters[0].valueFrom.reset();)  // expect-nowhere output.no-value: spec.templates[0].outputs.parameters[0]: the output parameter `result` of template `work` has no valueFrom
    });
};

constexpr auto none = [] {
    return changed([]([[maybe_unused]] const parts& of) {
        TIPHYS_WHEN_WRONG(of.work.outputs->parameters[0].valueFrom->path.reset();)  // expect-nowhere output.value-from-one: spec.templates[0].outputs.parameters[0].valueFrom: the valueFrom of the output parameter `result` of template `work` has none of path, jqFilter, jsonPath, parameter, expression and supplied
    });
};

constexpr auto several = [] {
    return changed([]([[maybe_unused]] const parts& of) {
        TIPHYS_WHEN_WRONG(of.work.outputs->parameters[0].valueFrom->jqFilter = ".";)  // expect-nowhere output.value-from-one: spec.templates[0].outputs.parameters[0].valueFrom: the valueFrom of the output parameter `result` of template `work` has several of path, jqFilter, jsonPath, parameter, expression and supplied
    });
};

constexpr auto of_a_container = [] {
    return changed([](const parts& of) {
        auto& from = *of.work.outputs->parameters[0].valueFrom;
        from.path.reset();
        from.BAD(jsonPath, path) = "/tmp/result";  // expect-nowhere output.value-from-kind: spec.templates[0].outputs.parameters[0].valueFrom: the output parameter `result` of template `work` needs valueFrom.path
    });
};

constexpr auto of_steps = [] {
    return changed([](const parts& of) {
        shown(of).valueFrom.ensure().BAD(path, expression) = "steps.one.id";  // expect-nowhere output.value-from-kind: spec.templates[1].outputs.parameters[0].valueFrom: the output parameter `shown` of template `main` needs valueFrom.parameter or expression
    });
};

constexpr auto literal_value = [] {
    return changed([](const parts& of) {
        auto& output = shown(of);
        TIPHYS_WHEN_WRONG(output.value = "7";)  // expect-nowhere output.literal-value: spec.templates[1].outputs.parameters[0].value: the output parameter `shown` of template `main` has a value, which needs a valueFrom
        TIPHYS_WHEN_RIGHT(output.valueFrom.ensure().parameter = "{{steps.one.outputs.parameters.result}}";)
    });
};

constexpr auto not_a_reference = [] {
    return changed([](const parts& of) {
        shown(of).valueFrom.ensure().parameter = BAD("result: {{steps.one.outputs.parameters.result}}", "{{steps.one.outputs.parameters.result}}");  // expect-nowhere output.not-a-reference: spec.templates[1].outputs.parameters[0].valueFrom.parameter: the valueFrom.parameter of the output parameter `shown` of template `main` is `result: {{steps.one.outputs.parameters.result}}`, which is not one {{variable}}
    });
};

constexpr auto global_name = [] {
    return changed([](const parts& of) {
        of.work.outputs->parameters[0].globalName = BAD("the result", "the-result");  // expect-nowhere output.global-name: spec.templates[0].outputs.parameters[0].globalName: the globalName `the result` of the output parameter `result` of template `work` is not of letters, digits, `-` and `_`
    });
};

constexpr auto artifact_path = [] {
    return changed([](const parts& of) {
        auto& artifact = of.work.outputs->artifacts.emplace_back();
        artifact.name = "log";  // expect-nowhere output.artifact-path: spec.templates[0].outputs.artifacts[0]: the output artifact `log` of template `work` has no path
        TIPHYS_WHEN_RIGHT(artifact.path = "/tmp/log";)
    });
};

constexpr auto artifact_traversal = [] {
    return changed([](const parts& of) {
        auto& artifact = of.work.outputs->artifacts.emplace_back();
        artifact.name = "log";
        artifact.path = BAD("/tmp/../../etc", "/tmp/log");  // expect-nowhere output.artifact-traversal: spec.templates[0].outputs.artifacts[0].path: the path `/tmp/../../etc` of the output artifact `log` of template `work` climbs with `..`
    });
};

constexpr auto artifact_misplaced_path = [] {
    return changed([](const parts& of) {
        auto& source = of.work.outputs->artifacts.emplace_back();
        source.name = "log";
        source.path = "/tmp/log";
        auto& artifact = of.main.outputs.ensure().artifacts.emplace_back();
        artifact.name = "log";
        artifact.from = "{{steps.one.outputs.artifacts.log}}";
        TIPHYS_WHEN_WRONG(artifact.path = "/tmp/log";)  // expect-nowhere output.artifact-misplaced-path: spec.templates[1].outputs.artifacts[0].path: the output artifact `log` of template `main`, which runs no container, has a path
    });
};

void all() {
    checked<value_and_value_from>();
    checked<no_value>();
    checked<none>();
    checked<several>();
    checked<of_a_container>();
    checked<of_steps>();
    checked<literal_value>();
    checked<not_a_reference>();
    checked<global_name>();
    checked<artifact_path>();
    checked<artifact_traversal>();
    checked<artifact_misplaced_path>();
}
