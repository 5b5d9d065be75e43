// SPDX-License-Identifier: Apache-2.0
#include "../bad.hpp"
#include "../model.hpp"

constexpr auto artifact_name = [] {
    return changed([](const parts& of) {
        auto& artifact = of.work.outputs->artifacts.emplace_back();
        artifact.name = BAD("a.txt", "a-txt");  // expect-nowhere artifact.name: spec.templates[0].outputs.artifacts[0].name: the output artifact name `a.txt` of template `work` is not of letters, digits, `-` and `_`
        artifact.path = "/tmp/a";
    });
};

constexpr auto artifact_duplicate_name = [] {
    return changed([](const parts& of) {
        for (const std::string_view name : {std::string_view("a"), std::string_view(BAD("a", "b"))}) {  // expect-nowhere artifact.duplicate-name: spec.templates[0].outputs.artifacts[1].name: template `work` has two output artifacts `a`
            auto& artifact = of.work.outputs->artifacts.emplace_back();
            artifact.name = name;
            artifact.path = "/tmp/a";
        }
    });
};

constexpr auto empty_enum = [] {
    return changed([](const parts& of) {
        of.one.arguments->parameters[0].enum_.engage();  // expect-nowhere parameter.empty-enum: spec.templates[1].steps[0][0].arguments.parameters[0].enum: the enum of argument `message` of step `one` is empty
        TIPHYS_WHEN_RIGHT(add(of.one.arguments->parameters[0].enum_, "hello");)
    });
};

constexpr auto no_value = [] {
    return changed([]([[maybe_unused]] const parts& of) {
        TIPHYS_WHEN_WRONG(of.one.arguments->parameters[0].value.reset();)  // expect-nowhere argument.no-value: spec.templates[1].steps[0][0].arguments.parameters[0]: argument `message` of step `one` has no value
    });
};

constexpr auto value_from = [] {
    return changed([](const parts& of) {
        auto& given = of.one.arguments->parameters[0];
        given.value.reset();
        given.valueFrom.ensure().BAD(path, event) = "payload";  // expect-nowhere argument.value-from: spec.templates[1].steps[0][0].arguments.parameters[0].valueFrom: the valueFrom of argument `message` of step `one` is none of configMapKeyRef, event and supplied
    });
};

constexpr auto not_in_enum = [] {
    return changed([](const parts& of) {
        add(of.one.arguments->parameters[0].enum_, BAD("goodbye", "hello"));  // expect-nowhere argument.not-in-enum: spec.templates[1].steps[0][0].arguments.parameters[0].value: argument `message` of step `one` is `hello`, which is not in its enum: `goodbye`
    });
};

constexpr auto not_in_input_enum = [] {
    return changed([](const parts& of) {
        auto& allowed = of.work.inputs->parameters[0].enum_;
        add(allowed, "goodbye");
        add(allowed, BAD("hallo", "hello"));  // expect-nowhere argument.not-in-input-enum: spec.templates[1].steps[0][0].arguments.parameters[0].value: argument `message` of step `one` is `hello`, but input `message` of template `work` allows `goodbye`, `hallo`
    });
};

constexpr auto default_not_in_enum = [] {
    return changed([](const parts& of) {
        auto& input = of.work.inputs->parameters[0];
        add(input.enum_, "hello");
        add(input.enum_, BAD("good day", "bye"));
        input.default_ = "bye";  // expect-nowhere input.not-in-enum: spec.templates[0].inputs.parameters[0].default: the default `bye` of input `message` of template `work` is not in its enum: `hello`, `good day`
    });
};

constexpr void takes_an_artifact(const parts& of) {
    auto& input = of.work.inputs->artifacts.emplace_back();
    input.name = "file";
    input.path = "/tmp/file";
    auto& output = of.work.outputs->artifacts.emplace_back();
    output.name = "file";
    output.path = "/tmp/out";
    of.one.arguments->artifacts.emplace_back().name = "file";
    of.one.arguments->artifacts[0].raw.ensure().data = "text";
    of.two.arguments->artifacts.emplace_back().name = "file";
}

constexpr auto artifact_source = [] {
    return changed([](const parts& of) {
        takes_an_artifact(of);  // expect-nowhere argument.artifact-source: spec.templates[1].steps[1][0].arguments.artifacts[0]: artifact `file` of step `two` has neither from nor a location nor a key
        TIPHYS_WHEN_RIGHT(of.two.arguments->artifacts[0].from = "{{steps.one.outputs.artifacts.file}}";)
    });
};

constexpr auto from_and_expression = [] {
    return changed([](const parts& of) {
        takes_an_artifact(of);
        of.two.arguments->artifacts[0].from = "{{steps.one.outputs.artifacts.file}}";
        TIPHYS_WHEN_WRONG(of.two.arguments->artifacts[0].fromExpression = "steps.one.outputs.artifacts.file";)  // expect-nowhere artifact.from-and-expression: spec.templates[1].steps[1][0].arguments.artifacts[0]: artifact `file` of step `two` has both from and fromExpression
    });
};

constexpr auto not_an_artifact = [] {
    return changed([](const parts& of) {
        takes_an_artifact(of);
        of.two.arguments->artifacts[0].from = BAD("{{steps.one.outputs.parameters.result}}", "{{steps.one.outputs.artifacts.file}}");  // expect-nowhere artifact.not-an-artifact: spec.templates[1].steps[1][0].arguments.artifacts[0].from: the from of artifact `file` of step `two` is `{{steps.one.outputs.parameters.result}}`, which names no artifact
    });
};

void all() {
    checked<artifact_name>();
    checked<artifact_duplicate_name>();
    checked<empty_enum>();
    checked<no_value>();
    checked<value_from>();
    checked<not_in_enum>();
    checked<not_in_input_enum>();
    checked<default_not_in_enum>();
    checked<artifact_source>();
    checked<from_and_expression>();
    checked<not_an_artifact>();
}
