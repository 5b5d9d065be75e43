// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/scalars.hpp>
#include <tiphys/check/detail/template_rules.hpp>

/// Rules on arguments: what a step, a task, a hook or the workflow gives, against what the template takes.
namespace tiphys::detail {

constexpr bool has_own_value(const model::Parameter& input) noexcept {
    return input.value.has_value() || input.default_.has_value() ||
           (input.valueFrom && input.valueFrom->configMapKeyRef);
}
constexpr bool has_own_location(const model::Artifact& input) noexcept {
    return input.optional.value_or(false) || has_location(input) || input.from.has_value() ||
           input.fromExpression.has_value();
}
/// Argo's HasLocationOrKey: a location of an object store lies at its key.
constexpr bool has_location_or_key(const model::Artifact& given) noexcept {
    return (given.s3 && !given.s3->key.empty()) || (given.gcs && !given.gcs->key.empty()) ||
           (given.oss && !given.oss->key.empty()) || (given.azure && !given.azure->blob.empty()) ||
           (given.plugin && !given.plugin->key.empty()) || (given.git && !given.git->repo.empty()) ||
           (given.http && !given.http->url.empty()) ||
           (given.artifactory && !given.artifactory->url.empty()) || given.hdfs || given.raw;
}

/// Who gives arguments to which template.
struct caller {
    const workflow_view& workflow;
    const template_view* view;  ///< null: the workflow itself, or a hook of it
    const call_view* call;      ///< null with `view`
    std::string_view hook;      ///< empty: the call itself
    const model::Template* callee;
    const model::Arguments* arguments;

    constexpr Path path() const {
        const Path at = view != nullptr ? view->path_of(*call) : workflow.path;
        if (hook.empty()) return at;
        return is(hook, "onExit") ? at / hook : at / "hooks" / hook;
    }
    constexpr str who() const {
        str made("");
        if (is(hook, "onExit"))
            made = "the exit handler of ";
        else if (!hook.empty())
            made = joined("hook `", hook, "` of ");
        if (view != nullptr)
            made.append(view->call_kind()).append(" `").append(call->name).append("`");
        else
            made.append("the workflow");
        return made;
    }
};

constexpr void arguments_missing(const caller& by, report& report) {
    if (by.callee == nullptr || !by.callee->inputs) return;
    const auto missing = [&](std::string_view kind, std::string_view name) {
        report(rule::arguments_missing, by.path(),
               joined(by.who().view(), " does not give `", name, "`, an input ", kind, " of template `",
                      by.callee->name.view(), "`"));
    };
    named_list parameters(by.arguments == nullptr ? nullptr : &by.arguments->parameters);
    for (const auto& input : by.callee->inputs->parameters)
        if (!has_own_value(input) && parameters.find(input.name.view()) < 0)
            missing("parameter", input.name.view());
    named_list artifacts(by.arguments == nullptr ? nullptr : &by.arguments->artifacts);
    for (const auto& input : by.callee->inputs->artifacts)
        if (!has_own_location(input) && artifacts.find(input.name.view()) < 0)
            missing("artifact", input.name.view());
}

constexpr void arguments_unknown(const caller& by, report& report) {
    if (by.callee == nullptr || by.arguments == nullptr) return;
    const model::Inputs* inputs = by.callee->inputs.get();
    const auto unknown = [&](const Path& path, std::string_view kind, std::string_view name,
                             const nearest& near) {
        report(rule::arguments_unknown, path / "name",
               joined(by.who().view(), " gives `", name, "`, but template `", by.callee->name.view(),
                      "` has no such input ", kind, near.question().view()));
    };
    const auto& parameters = by.arguments->parameters;
    named_list known(inputs == nullptr ? nullptr : &inputs->parameters);
    named_list known_artifacts(inputs == nullptr ? nullptr : &inputs->artifacts);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        // A name that is none at all is another rule's.
        if (!is_parameter_name(parameters[i].name.view())) continue;
        if (known.find(parameters[i].name.view()) >= 0) continue;
        nearest near(parameters[i].name.view());
        if (inputs != nullptr)
            for (const auto& input : inputs->parameters) near.offer(input.name.view());
        unknown((by.path() / "arguments" / "parameters")[i], "parameter", parameters[i].name.view(), near);
    }
    const auto& artifacts = by.arguments->artifacts;
    for (std::size_t i = 0; i < artifacts.size(); ++i) {
        if (!is_parameter_name(artifacts[i].name.view())) continue;
        if (known_artifacts.find(artifacts[i].name.view()) >= 0) continue;
        nearest near(artifacts[i].name.view());
        if (inputs != nullptr)
            for (const auto& input : inputs->artifacts) near.offer(input.name.view());
        unknown((by.path() / "arguments" / "artifacts")[i], "artifact", artifacts[i].name.view(), near);
    }
}

constexpr str values_of(const list<str>& allowed) {
    str made("");
    for (std::size_t i = 0; i < allowed.size(); ++i) {
        if (i == 5) return joined(made.view(), ", …");
        made.append(i == 0 ? "`" : ", `").append(allowed[i].view()).append("`");
    }
    return made;
}
constexpr bool is_one_of(std::string_view value, const list<str>& allowed) noexcept {
    for (const str& one : allowed)
        if (same(one.view(), value)) return true;
    return false;
}

/// What an input has of its own, against its enum.
constexpr void input_enums(const template_view& view, report& report) {
    const auto& inputs = view.self.inputs->parameters;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const model::Parameter& input = inputs[i];
        if (!input.enum_.has_value()) continue;
        const Path path = (view.path / "inputs" / "parameters")[i];
        if (input.enum_.empty())
            report(rule::parameter_empty_enum, path / "enum",
                   joined("the enum of input `", input.name.view(), "` of ", template_words(view.self).view(),
                          " is empty"));
        const auto judge = [&](const str& own, std::string_view member) {
            if (!own.has_value() || input.enum_.empty() || has_variable(own.view()) ||
                is_one_of(own.view(), input.enum_))
                return;
            report(rule::input_not_in_enum, path / member,
                   joined("the ", member, " `", own.view(), "` of input `", input.name.view(), "` of ",
                          template_words(view.self).view(),
                          " is not in its enum: ", values_of(input.enum_).view()));
        };
        judge(input.value, "value");
        judge(input.default_, "default");
    }
}

/// Whether the `from` of an artifact is one variable, and one that holds an artifact.
constexpr void artifact_reference(const model::Artifact& artifact, const Path& at, const str& who,
                                  report& report) {
    if (artifact.from.empty()) return;
    const auto name = only_variable(artifact.from.view());
    if (!name.empty() && (name.front() == '=' || contains(name, "artifacts."))) return;
    report(rule::artifact_not_an_artifact, at / "from",
           joined("the from of ", who.view(), " is `", artifact.from.view(), "`, which names no artifact"));
}

/// The values themselves. `required`: an argument without one is a mistake.
constexpr void argument_values(const caller& by, bool required, report& report) {
    if (by.arguments == nullptr) return;
    const auto& parameters = by.arguments->parameters;
    const bool takes = by.callee != nullptr && by.callee->inputs;
    named_list inputs(takes ? &by.callee->inputs->parameters : nullptr);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const model::Parameter& given = parameters[i];
        const auto path = [&] { return (by.path() / "arguments" / "parameters")[i]; };
        const auto words = [&] { return joined("argument `", given.name.view(), "` of ", by.who().view()); };
        if (given.valueFrom) {
            const model::ValueFrom& from = *given.valueFrom;
            const bool known = from.configMapKeyRef || !from.event.empty() || from.supplied;
            if (!known || !from.path.empty() || !from.jsonPath.empty() || !from.parameter.empty() ||
                !from.expression.empty())
                report(rule::argument_value_from, path() / "valueFrom",
                       joined("the valueFrom of ", words().view(),
                              " is none of configMapKeyRef, event and supplied"));
        } else if (!given.value.has_value() && required) {
            report(rule::argument_no_value, path(), joined(words().view(), " has no value"));
        }
        if (given.enum_.has_value()) {
            if (given.enum_.empty())
                report(rule::parameter_empty_enum, path() / "enum",
                       joined("the enum of ", words().view(), " is empty"));
            else if (!given.value.has_value() && given.valueFrom && required)
                report(rule::argument_no_value, path(), joined(words().view(), " has an enum and no value"));
            else if (given.value.has_value() && !is_one_of(given.value.view(), given.enum_))
                report(rule::argument_not_in_enum, path() / "value",
                       joined(words().view(), " is `", given.value.view(),
                              "`, which is not in its enum: ", values_of(given.enum_).view()));
        }
        const auto found = takes && given.value.has_value() ? inputs.find(given.name.view()) : -1;
        if (found < 0) continue;
        const model::Parameter* input = &by.callee->inputs->parameters[static_cast<std::size_t>(found)];
        if (!input->enum_.empty() && !has_variable(given.value.view()) &&
            !is_one_of(given.value.view(), input->enum_))
            report(rule::argument_not_in_input_enum, path() / "value",
                   joined(words().view(), " is `", given.value.view(), "`, but input `", given.name.view(),
                          "` of template `", by.callee->name.view(), "` allows ",
                          values_of(input->enum_).view()));
    }
    const auto& artifacts = by.arguments->artifacts;
    for (std::size_t i = 0; i < artifacts.size(); ++i) {
        const model::Artifact& given = artifacts[i];
        const auto path = [&] { return (by.path() / "arguments" / "artifacts")[i]; };
        const auto words = [&] { return joined("artifact `", given.name.view(), "` of ", by.who().view()); };
        if (given.from.empty() && !has_location_or_key(given))
            report(rule::argument_artifact_source, path(),
                   joined(words().view(), " has neither from nor a location nor a key"));
        if (!given.from.empty() && !given.fromExpression.empty())
            report(rule::artifact_from_and_expression, path(),
                   joined(words().view(), " has both from and fromExpression"));
        artifact_reference(given, path(), words(), report);
        // Those of the workflow itself are judged with its other fields.
        if (by.view != nullptr || !by.hook.empty()) artifact_location(given, path(), by.who().view(), report);
    }
}

/// The names within one list of arguments.
constexpr void argument_names(const caller& by, report& report) {
    if (by.arguments == nullptr) return;
    if (!are_names(by.arguments->parameters))
        parameter_names(by.arguments->parameters, by.path() / "arguments" / "parameters", "argument",
                        by.who().view(), "", report);
    if (!are_names(by.arguments->artifacts))
        artifact_names(by.arguments->artifacts, by.path() / "arguments" / "artifacts", "argument",
                       by.who().view(), "", report);
}

}  // namespace tiphys::detail
