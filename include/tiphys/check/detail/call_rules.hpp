// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/argument_rules.hpp>
#include <tiphys/check/detail/strategy_rules.hpp>
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

/// Whether a call gives just the inputs of its template, in their order, as most calls do: then the rules
/// on arguments have nothing to say, and the compiler is spared them.
constexpr bool gives_the_inputs(const call_view& call) noexcept {
    if (call.callee == nullptr || !call.callee->inputs || call.arguments == nullptr) return false;
    const model::Inputs& inputs = *call.callee->inputs;
    if (!inputs.artifacts.empty() || !call.arguments->artifacts.empty()) return false;
    const model::Parameter* input = inputs.parameters.begin();
    if (inputs.parameters.size() != call.arguments->parameters.size()) return false;
    for (const auto& given : call.arguments->parameters) {
        if (!same_name(input->name.view(), given.name.view()) || !given.value.has_value() ||
            given.valueFrom || given.enum_.has_value() || input->enum_.has_value())
            return false;
        ++input;
    }
    return true;
}

/// All of the arguments of a call.
constexpr void call_arguments(const template_view& view, const call_view& call, report& report) {
    const caller by{view.workflow, &view, &call, {}, call.callee, call.arguments};
    argument_names(by, report);
    argument_values(by, true, report);
    arguments_missing(by, report);
    arguments_unknown(by, report);
}

constexpr void hook_template(const caller& by, const str& name, bool references, report& report) {
    if (references || by.callee != nullptr || has_variable(name.view()) || by.workflow.is_open()) return;
    const Path path = by.path();
    if (name.empty())
        report(rule::hook_template, path, joined(by.who().view(), " names no template"));
    else if (is(by.hook, "onExit"))
        unknown_template(by.workflow, rule::hook_template, path,
                         joined(by.who().view(), " is template").view(), name.view(), report);
    else
        unknown_template(by.workflow, rule::hook_template, path / "template",
                         joined(by.who().view(), " uses template").view(), name.view(), report);
}

/// A hook of a step, a task or the workflow. An exit hook without arguments gets those of its owner.
constexpr void hook(const workflow_view& workflow, const template_view* view, const call_view* call,
                    std::string_view name, const model::LifecycleHook& hook, const model::Arguments* owners,
                    report& report) {
    const bool exit = is(name, "exit");
    const bool own =
        hook.arguments && !(hook.arguments->parameters.empty() && hook.arguments->artifacts.empty());
    const bool references = hook.templateRef.has_value();
    const model::Template* callee =
        references ? workflow.find(*hook.templateRef) : workflow.find(hook.template_.view());
    const model::Arguments* given = own ? hook.arguments.get() : exit ? owners : nullptr;
    const caller by{workflow, view, call, name, callee, given};
    if (!exit && hook.expression.empty())
        report(rule::hook_expression_required, by.path(),
               joined(by.who().view(), " has no expression that says when it runs"));
    hook_template(by, hook.template_, references, report);
    if (references)
        template_reference(
            workflow, *hook.templateRef, hook.template_, by.path(), [&] { return by.who(); }, report);
    arguments_missing(by, report);
    if (!own) return;
    argument_names(by, report);
    argument_values(by, true, report);
    arguments_unknown(by, report);
}

/// What few calls have: loops, hooks, an exit handler.
template <class Call>
constexpr void call_extras(const template_view& view, const call_view& call, const Call& model,
                           report& report) {
    if (call.with_sequence) sequence(view, call, *model.withSequence, report);
    if (call.items->has_value()) items_kind(view, call, report);
    for (const auto& entry : model.hooks)
        hook(view.workflow, &view, &call, entry.key.view(), entry.value, call.arguments, report);
    if (model.onExit.empty()) return;
    const caller by{view.workflow, &view, &call, "onExit", view.workflow.find(model.onExit.view()),
                    call.arguments};
    hook_template(by, model.onExit, false, report);
    arguments_missing(by, report);
}

constexpr void workflow_hooks(const workflow_view& workflow, report& report) {
    for (const auto& entry : workflow.spec.hooks)
        hook(workflow, nullptr, nullptr, entry.key.view(), entry.value, workflow.spec.arguments.get(),
             report);
}

/// The workflow's own arguments: on submission they may still lack values.
constexpr void workflow_arguments(const workflow_view& workflow, report& report) {
    if (!workflow.spec.arguments) return;
    const caller by{workflow, nullptr, nullptr, {}, nullptr, workflow.spec.arguments.get()};
    argument_names(by, report);
    argument_values(by, workflow.options.create && !workflow.is_template(), report);
}

/// The entrypoint and the exit handler are called with the workflow's own arguments.
constexpr void workflow_arguments_missing(const workflow_view& workflow, const model::Template* callee,
                                          const Path& path, std::string_view role, report& report) {
    if (callee == nullptr || !callee->inputs) return;
    const auto gives = [&](const auto& find) {
        return (workflow.spec.arguments && find(*workflow.spec.arguments)) ||
               (workflow.base != nullptr && workflow.base->arguments && find(*workflow.base->arguments));
    };
    const auto missing = [&](std::string_view kind, std::string_view name) {
        report(rule::arguments_missing, path,
               joined("the workflow does not give `", name, "`, an input ", kind, " of template `",
                      callee->name.view(), "`, its ", role));
    };
    for (const auto& input : callee->inputs->parameters)
        if (!has_own_value(input) && !gives([&](const model::Arguments& given) {
                return find_parameter(given.parameters, input.name.view()) != nullptr;
            }))
            missing("parameter", input.name.view());
    for (const auto& input : callee->inputs->artifacts)
        if (!has_own_location(input) && !gives([&](const model::Arguments& given) {
                return find_artifact(given.artifacts, input.name.view()) != nullptr;
            }))
            missing("artifact", input.name.view());
}

}  // namespace tiphys::detail
