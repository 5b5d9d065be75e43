// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/workflow_rules.hpp>

/// Rules on each step and task: its name, its template, its loop and its arguments.
namespace tiphys::detail {

constexpr void call_name(const template_view& view, const call_view& call, report& report) {
    const Rule& rule = view.is_dag() ? rule::task_name : rule::step_name;
    if (call.name.empty()) {
        report(rule, view.path_of(call),
               joined("a ", view.call_kind(), " of template `", view.self.name.view(), "` has no name"));
    } else if (!is_node_name(call.name)) {
        report(rule, view.path_of(call) / "name",
               joined("the ", view.call_kind(), " name `", call.name,
                      "` is not of letters, digits and `-`, or longer than 128 characters"));
    }
}

constexpr void call_duplicate_name(const template_view& view, const call_view& call, report& report) {
    report(view.is_dag() ? rule::task_duplicate_name : rule::step_duplicate_name, view.path_of(call) / "name",
           joined(view.kind(), " `", view.self.name.view(), "` has two ", view.call_kind(), "s `", call.name,
                  "`"));
}

constexpr void template_unknown(const template_view& view, const call_view& call, report& report) {
    if (call.references || call.callee != nullptr) return;
    if (call.template_name->empty())
        report(rule::template_unknown, view.path_of(call),
               joined(view.call_kind(), " `", call.name, "` names no template"));
    else
        unknown_template(view.workflow, rule::template_unknown, view.path_of(call) / "template",
                         joined(view.call_kind(), " `", call.name, "` uses template").view(),
                         call.template_name->view(), report);
}

constexpr void loop_several(const template_view& view, const call_view& call, report& report) {
    if (int{call.items->has_value()} + int{call.with_param} + int{call.with_sequence} > 1)
        report(rule::loop_several, view.path_of(call),
               joined(view.call_kind(), " `", call.name,
                      "` has more than one of withItems, withParam and withSequence"));
}

constexpr bool has_own_value(const model::Parameter& input) noexcept {
    return input.value.has_value() || input.default_.has_value() ||
           (input.valueFrom && input.valueFrom->configMapKeyRef);
}
constexpr bool has_own_location(const model::Artifact& input) noexcept {
    return input.optional.value_or(false) || input.s3 || input.git || input.http || input.artifactory ||
           input.hdfs || input.raw || input.gcs || input.oss || input.azure || input.plugin ||
           input.from.has_value() || input.fromExpression.has_value();
}

/// Whether a call gives just the inputs of its template, in their order, as most calls do: then the three
/// rules on arguments have nothing to say, and the compiler is spared them.
constexpr bool gives_the_inputs(const call_view& call) noexcept {
    if (call.callee == nullptr || !call.callee->inputs || call.arguments == nullptr) return false;
    const model::Inputs& inputs = *call.callee->inputs;
    if (!inputs.artifacts.empty() || !call.arguments->artifacts.empty()) return false;
    const model::Parameter* input = inputs.parameters.begin();
    if (inputs.parameters.size() != call.arguments->parameters.size()) return false;
    for (const auto& given : call.arguments->parameters)
        if (!same((input++)->name.view(), given.name.view())) return false;
    return true;
}

constexpr void arguments_missing(const template_view& view, const call_view& call, report& report) {
    if (call.callee == nullptr || !call.callee->inputs) return;
    const auto missing = [&](std::string_view kind, std::string_view name) {
        report(rule::arguments_missing, view.path_of(call),
               joined(view.call_kind(), " `", call.name, "` does not give `", name, "`, an input ", kind,
                      " of template `", call.callee->name.view(), "`"));
    };
    for (const auto& input : call.callee->inputs->parameters)
        if (!has_own_value(input) &&
            (call.arguments == nullptr ||
             find_parameter(call.arguments->parameters, input.name.view()) == nullptr))
            missing("parameter", input.name.view());
    for (const auto& input : call.callee->inputs->artifacts)
        if (!has_own_location(input) &&
            (call.arguments == nullptr ||
             find_artifact(call.arguments->artifacts, input.name.view()) == nullptr))
            missing("artifact", input.name.view());
}

constexpr void arguments_unknown(const template_view& view, const call_view& call, report& report) {
    if (call.callee == nullptr || call.arguments == nullptr) return;
    const model::Inputs* inputs = call.callee->inputs.get();
    const auto unknown = [&](const Path& path, std::string_view kind, std::string_view name,
                             const nearest& near) {
        report(rule::arguments_unknown, path / "name",
               joined(view.call_kind(), " `", call.name, "` gives `", name, "`, but template `",
                      call.callee->name.view(), "` has no such input ", kind, near.question().view()));
    };
    const auto& parameters = call.arguments->parameters;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (inputs != nullptr && find_parameter(inputs->parameters, parameters[i].name.view()) != nullptr)
            continue;
        nearest near(parameters[i].name.view());
        if (inputs != nullptr)
            for (const auto& input : inputs->parameters) near.offer(input.name.view());
        unknown((view.path_of(call) / "arguments" / "parameters")[i], "parameter", parameters[i].name.view(),
                near);
    }
    const auto& artifacts = call.arguments->artifacts;
    for (std::size_t i = 0; i < artifacts.size(); ++i) {
        if (inputs != nullptr && find_artifact(inputs->artifacts, artifacts[i].name.view()) != nullptr)
            continue;
        nearest near(artifacts[i].name.view());
        if (inputs != nullptr)
            for (const auto& input : inputs->artifacts) near.offer(input.name.view());
        unknown((view.path_of(call) / "arguments" / "artifacts")[i], "artifact", artifacts[i].name.view(),
                near);
    }
}

constexpr void call_parameter_names(const template_view& view, const call_view& call, report& report) {
    if (call.arguments == nullptr || call.arguments->parameters.empty()) return;
    bool wrong = false;
    const auto& parameters = call.arguments->parameters;
    for (std::size_t i = 0; i < parameters.size() && !wrong; ++i) {
        wrong = !is_parameter_name(parameters[i].name.view());
        for (std::size_t j = 0; j < i; ++j)
            wrong = wrong || same(parameters[j].name.view(), parameters[i].name.view());
    }
    if (wrong)
        parameter_names(parameters, view.path_of(call) / "arguments" / "parameters", "argument",
                        view.call_kind(), joined(" `", call.name, "`").view(), report);
}

/// The entrypoint and the exit handler are called with the workflow's own arguments.
constexpr void workflow_arguments_missing(const workflow_view& workflow, const model::Template* callee,
                                          const Path& path, std::string_view role, report& report) {
    if (callee == nullptr || !callee->inputs) return;
    const model::Arguments* given = workflow.spec.arguments.get();
    for (const auto& input : callee->inputs->parameters)
        if (!has_own_value(input) &&
            (given == nullptr || find_parameter(given->parameters, input.name.view()) == nullptr))
            report(rule::arguments_missing, path,
                   joined("the workflow does not give `", input.name.view(),
                          "`, an input parameter of template `", callee->name.view(), "`, its ", role));
    for (const auto& input : callee->inputs->artifacts)
        if (!has_own_location(input) &&
            (given == nullptr || find_artifact(given->artifacts, input.name.view()) == nullptr))
            report(rule::arguments_missing, path,
                   joined("the workflow does not give `", input.name.view(),
                          "`, an input artifact of template `", callee->name.view(), "`, its ", role));
}

}  // namespace tiphys::detail
