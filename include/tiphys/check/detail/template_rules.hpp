// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/container_rules.hpp>
#include <tiphys/check/detail/metric_rules.hpp>
#include <tiphys/check/detail/resource_rules.hpp>

/// Rules on each template: its name, its kind, the fields that go with its kind, its parameters.
namespace tiphys::detail {

constexpr void template_name(const model::Template& self, const Path& path, report& report) {
    if (self.name.empty())
        report(rule::template_name, path, "a template has no name");
    else if (!is_node_name(self.name.view()))
        report(rule::template_name, path / "name",
               joined("the template name `", self.name.view(),
                      "` is not of letters, digits and `-`, or longer than 128 characters"));
}
constexpr void template_duplicate_name(const model::Template& self, const Path& path, report& report) {
    report(rule::template_duplicate_name, path / "name",
           joined("there are two templates `", self.name.view(), "`"));
}

/// Says whether it is of exactly one kind.
constexpr bool template_type(const template_view& view, report& report) {
    const auto& self = view.self;
    str kinds("");
    std::size_t count = 0;
    const auto note = [&](bool present, std::string_view kind) {
        if (!present) return;
        if (count++ != 0) kinds.append(" and ");
        kinds.append(kind);
    };
    note(self.container.has_value(), "container");
    note(self.containerSet.has_value(), "containerSet");
    note(self.dag.has_value(), "dag");
    note(self.data.has_value(), "data");
    note(self.http.has_value(), "http");
    note(self.plugin.has_value(), "plugin");
    note(self.resource.has_value(), "resource");
    note(self.script.has_value(), "script");
    note(self.steps.has_value(), "steps");
    note(self.suspend.has_value(), "suspend");
    if (count == 0)
        report(
            rule::template_type, view.path,
            joined("template `", self.name.view(), "` is neither container, script, dag, steps nor suspend"));
    if (count > 1)
        report(rule::template_type, view.path,
               joined("template `", self.name.view(), "` is ", kinds.view(), " at once"));
    return count == 1;
}

/// "container", "dag" and so on: the kind of a template that has one.
constexpr std::string_view kind_of(const model::Template& self) noexcept {
    if (self.container) return "container";
    if (self.dag) return "dag";
    if (self.steps.has_value()) return "steps";
    if (self.script) return "script";
    if (self.suspend) return "suspend";
    if (self.resource) return "resource";
    if (self.containerSet) return "containerSet";
    if (self.data) return "data";
    if (self.http) return "http";
    return "plugin";
}

constexpr void template_timeout(const template_view& view, report& report) {
    const auto judge = [&](const str& value, std::string_view member) {
        if (has_text(value) && !view.is_leaf())
            report(rule::template_timeout, view.path / member,
                   joined(template_words(view.self).view(), " is of kind ", kind_of(view.self), " and has a ",
                          member));
    };
    judge(view.self.timeout, "timeout");
    judge(view.self.pendingTimeout, "pendingTimeout");
    if (view.is_leaf() && is_integer(view.self.timeout.view()))
        report(rule::template_timeout_format, view.path / "timeout",
               joined("the timeout of ", template_words(view.self).view(), " is `", view.self.timeout.view(),
                      "`, which has no unit"));
}

constexpr void template_active_deadline(const template_view& view, report& report) {
    const int_or_string& value = view.self.activeDeadlineSeconds;
    if (view.is_dag() || view.is_steps()) {
        report(rule::template_active_deadline, view.path / "activeDeadlineSeconds",
               joined(template_words(view.self).view(), " is of kind ", kind_of(view.self),
                      " and has activeDeadlineSeconds"));
        return;
    }
    const bool valid = value.is_int() ? value.as_int() >= 0
                                      : has_variable(value.as_str().view()) ||
                                            (is_integer(value.as_str().view()) && value.as_str()[0] != '-');
    if (!valid)
        report(rule::template_active_deadline_value, view.path / "activeDeadlineSeconds",
               joined("activeDeadlineSeconds of ", template_words(view.self).view(), " is `",
                      value.to_text().view(), "`"));
}

constexpr void template_parallelism(const template_view& view, report& report) {
    if (view.is_dag() || view.is_steps())
        parallelism_value(view.self.parallelism, view.path, template_words(view.self).view(), report);
    else
        report(rule::template_parallelism, view.path / "parallelism",
               joined(template_words(view.self).view(), " is of kind ", kind_of(view.self),
                      " and has a parallelism"));
}

constexpr void template_pod_resources(const template_view& view, report& report) {
    const Path path = view.path / "podResources";
    if (view.self.http || view.self.plugin.has_value())
        report(rule::template_pod_resources, path,
               joined(template_words(view.self).view(), " is of kind ", kind_of(view.self),
                      " and has podResources"));
    else
        pod_resources(*view.self.podResources, path, template_words(view.self).view(), report);
}

constexpr void template_resource_claims(const template_view& view, report& report) {
    if (!view.is_pod())
        report(rule::template_resource_claims, view.path / "resourceClaims",
               joined(template_words(view.self).view(), " is of kind ", kind_of(view.self),
                      ", which makes no pod, and has resourceClaims"));
}

constexpr void template_plugin(const template_view& view, report& report) {
    const json& plugin = view.self.plugin;
    if (!plugin.is_object())
        report(rule::template_plugin, view.path / "plugin",
               joined("the plugin of ", template_words(view.self).view(), " is no object"));
    else if (plugin.members().size() != 1)
        report(rule::template_plugin, view.path / "plugin",
               joined("the plugin of ", template_words(view.self).view(), " has ",
                      text(static_cast<std::int64_t>(plugin.members().size())).view(), " keys, not one"));
}

inline constexpr std::string_view retry_policies[] = {"Always", "OnFailure", "OnError", "OnTransientError"};
constexpr void retry_policy(const model::RetryStrategy& given, const Path& path, std::string_view owner,
                            report& report) {
    one_of(rule::retry_policy, given.retryPolicy, retry_policies, path, "retryPolicy", owner, report);
}

constexpr void executor_service_account(const template_view& view, report& report) {
    const auto& self = view.self;
    const auto& spec = view.workflow.spec;
    const auto* base = view.workflow.base;
    bool token = true;
    if (self.automountServiceAccountToken.has_value())
        token = *self.automountServiceAccountToken;
    else
        token = spec.automountServiceAccountToken.value_or(
            base != nullptr ? base->automountServiceAccountToken.value_or(true) : true);
    const auto named = [](const auto& executor) { return executor && !executor->serviceAccountName.empty(); };
    if (token || !view.is_pod() || named(self.executor) || named(spec.executor) || view.workflow.is_open() ||
        view.workflow.is_template() || (base != nullptr && named(base->executor)))
        return;
    report(rule::executor_service_account, view.path,
           joined(template_words(view.self).view(),
                  " has automountServiceAccountToken: false, and no executor.serviceAccountName"));
}

constexpr void template_data(const template_view& view, report& report) {
    const Path path = view.path / "data";
    if (!view.self.data->source.artifactPaths)
        report(rule::field_required, path / "source",
               joined("the data of ", template_words(view.self).view(), " has no artifactPaths"));
    const auto& steps = view.self.data->transformation;
    if (steps.empty())
        report(rule::field_required, path,
               joined("the data of ", template_words(view.self).view(), " has no transformation"));
    for (std::size_t i = 0; i < steps.size(); ++i)
        field_required(steps[i].expression, (path / "transformation")[i], "expression",
                       joined("a transformation of ", template_words(view.self).view()).view(), report);
}

constexpr void template_too_many(const Rule& rule, std::size_t count, std::size_t most, const Path& path,
                                 const template_view& view, std::string_view what, report& report) {
    if (count > most)
        report(rule, path,
               joined(template_words(view.self).view(), " has ",
                      text(static_cast<std::int64_t>(count)).view(), " ", what));
}

/// What most templates lack costs one question each.
constexpr void template_fields(const template_view& view, report& report) {
    const model::Template& self = view.self;
    template_containers(view, report);
    if (self.dag)
        template_too_many(rule::template_too_many_tasks, self.dag->tasks.size(), 200,
                          view.path / "dag" / "tasks", view, "tasks", report);
    if (self.inputs)
        template_too_many(rule::template_too_many_inputs, self.inputs->parameters.size(), 500,
                          view.path / "inputs" / "parameters", view, "input parameters", report);
    if (self.resource) resource_fields(view, report);
    if (self.plugin.has_value()) template_plugin(view, report);
    if (self.data) template_data(view, report);
    if (self.http && self.http->url.empty())
        report(rule::field_required, view.path / "http",
               joined("the http of ", template_words(view.self).view(), " has no url"));
    if (self.inputs && !self.inputs->artifacts.empty()) input_artifacts(view, report);
    if (self.outputs)
        for (std::size_t i = 0; i < self.outputs->artifacts.size(); ++i)
            artifact_location(self.outputs->artifacts[i], (view.path / "outputs" / "artifacts")[i],
                              template_words(view.self).view(), report);
    if (self.timeout.has_value() || self.pendingTimeout.has_value()) template_timeout(view, report);
    if (self.activeDeadlineSeconds.has_value()) template_active_deadline(view, report);
    if (self.parallelism.has_value()) template_parallelism(view, report);
    if (self.podResources) template_pod_resources(view, report);
    if (!self.resourceClaims.empty()) template_resource_claims(view, report);
    if (self.archiveLocation)
        locations(*self.archiveLocation, view.path / "archiveLocation",
                  joined("the archiveLocation of ", template_words(view.self).view()).view(), report);
    if (self.metrics)
        metrics(*self.metrics, view.path / "metrics", template_words(view.self).view(), false, report);
    if (self.metadata) labels(*self.metadata, view.path / "metadata", report);
    if (!self.volumes.empty())
        volumes(self.volumes, view.path / "volumes", template_words(view.self).view(), report);
    if (self.retryStrategy)
        retry_policy(*self.retryStrategy, view.path / "retryStrategy",
                     joined("retryStrategy of ", template_words(view.self).view()).view(), report);
    if (self.automountServiceAccountToken.has_value() ||
        view.workflow.spec.automountServiceAccountToken.has_value())
        executor_service_account(view, report);
    for (std::size_t i = 0; i < self.hostAliases.size(); ++i)
        field_required(self.hostAliases[i].ip, (view.path / "hostAliases")[i], "ip", "a host alias", report);
}

constexpr void template_empty_steps(const template_view& view, report& report) {
    if (view.is_steps() && view.calls.empty())
        report(rule::template_empty_steps, view.path / "steps",
               joined(template_words(view.self).view(), " has no step"));
}

constexpr void step_unknown_field(const template_view& view, const call_view& call, const json& fields,
                                  report& report) {
    for (const auto& member : fields.members())
        report(
            rule::step_unknown_field, view.path_of(call) / member.key.view(),
            joined("step `", call.name, "` has a field `", member.key.view(), "`, which Argo does not know"));
}

/// Whether all have names, and none has another's. Good lists are most, and shall cost little.
template <class T>
constexpr bool are_names(const list<T>& items) {
    named_list named(&items);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto name = items[i].name.view();
        if (!is_parameter_name(name) || named.find(name) != static_cast<std::int32_t>(i)) return false;
    }
    return true;
}

/// Judges one list of parameters: `what` is "input", "output" or "argument", `whose` names its owner.
constexpr void parameter_names(const list<model::Parameter>& parameters, const Path& path,
                               std::string_view what, std::string_view whose, std::string_view owner,
                               report& report) {
    named_list named(&parameters);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const auto name = parameters[i].name.view();
        if (!is_parameter_name(name))
            report(rule::parameter_name, path[i] / "name",
                   joined("the ", what, " parameter name `", name, "` of ", whose, owner,
                          " is not of letters, digits, `-` and `_`"));
        if (named.find(name) != static_cast<std::int32_t>(i))
            report(rule::parameter_duplicate_name, path[i] / "name",
                   joined(whose, owner, " has two ", what, " parameters `", name, "`"));
    }
}

/// The same for artifacts.
constexpr void artifact_names(const list<model::Artifact>& artifacts, const Path& path, std::string_view what,
                              std::string_view whose, std::string_view owner, report& report) {
    named_list named(&artifacts);
    for (std::size_t i = 0; i < artifacts.size(); ++i) {
        const auto name = artifacts[i].name.view();
        if (!is_parameter_name(name))
            report(rule::artifact_name, path[i] / "name",
                   joined("the ", what, " artifact name `", name, "` of ", whose, owner,
                          " is not of letters, digits, `-` and `_`"));
        if (named.find(name) != static_cast<std::int32_t>(i))
            report(rule::artifact_duplicate_name, path[i] / "name",
                   joined(whose, owner, " has two ", what, " artifacts `", name, "`"));
    }
}

constexpr void parameter_names(const template_view& view, report& report) {
    const auto& self = view.self;
    const auto judge = [&](const auto& puts, std::string_view member, std::string_view what) {
        const bool parameters = are_names(puts.parameters);
        const bool artifacts = are_names(puts.artifacts);
        if (parameters && artifacts) return;
        const str owner = joined("`", self.name.view(), "`");
        const Path path = view.path / member;
        if (!parameters)
            parameter_names(puts.parameters, path / "parameters", what, "template ", owner.view(), report);
        if (!artifacts)
            artifact_names(puts.artifacts, path / "artifacts", what, "template ", owner.view(), report);
    };
    if (self.inputs) judge(*self.inputs, "inputs", "input");
    if (self.outputs) judge(*self.outputs, "outputs", "output");
}

}  // namespace tiphys::detail
