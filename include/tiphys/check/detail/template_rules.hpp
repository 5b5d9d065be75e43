// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/context.hpp>

/// Rules on the workflow itself and on each template: names, kinds, parameters.
namespace tiphys::detail {

constexpr void workflow_name(const model::Workflow& workflow, report& report) {
    const auto& metadata = workflow.metadata;
    const Path path = Path() / "metadata";
    if (has_text(metadata.name)) {
        if (!is_object_name(metadata.name.view(), 63, false))
            report(
                rule::workflow_name, path / "name",
                joined("the workflow name `", metadata.name.view(),
                       "` is not of lower-case letters, digits, `-` and `.`, or longer than 63 characters"));
    } else if (has_text(metadata.generateName)) {
        if (!is_object_name(metadata.generateName.view(), 253, true))
            report(rule::workflow_name, path / "generateName",
                   joined("the workflow generateName `", metadata.generateName.view(),
                          "` is not of lower-case letters, digits, `-` and `.`"));
    } else {
        report(rule::workflow_name, path, "the workflow has neither a name nor a generateName");
    }
}

constexpr void document_name(const model::k8s::ObjectMeta& metadata, std::string_view kind, std::size_t limit,
                             report& report) {
    const Path path = Path() / "metadata";
    if (metadata.name.empty()) {
        if (metadata.generateName.empty())
            report(rule::document_name, path, joined("the ", kind, " has no name"));
    } else if (!is_object_name(metadata.name.view(), limit, false)) {
        report(rule::document_name, path / "name",
               joined("the ", kind, " name `", metadata.name.view(),
                      "` is not of lower-case letters, digits, `-` and `.`, or longer than ",
                      text(limit).view(), " characters"));
    }
}

constexpr void unknown_template(const workflow_view& workflow, const Rule& rule, const Path& path,
                                std::string_view who, std::string_view name, report& report) {
    nearest near(name);
    for (const auto& candidate : workflow.spec.templates) near.offer(candidate.name.view());
    if (workflow.base != nullptr)
        for (const auto& candidate : workflow.base->templates) near.offer(candidate.name.view());
    report(rule, path,
           joined(who, " `", name, "`, which the workflow does not have", near.question().view()));
}

constexpr void workflow_entrypoint_required(const workflow_view& workflow, report& report) {
    if (workflow.entrypoint().empty() && !workflow.is_template())
        report(rule::workflow_entrypoint_required, workflow.path, "the workflow has no entrypoint");
}
constexpr void workflow_unknown_entrypoint(const workflow_view& workflow, report& report) {
    const auto name = workflow.entrypoint();
    if (!name.empty() && workflow.find(name) == nullptr)
        unknown_template(workflow, rule::workflow_unknown_entrypoint, workflow.path / "entrypoint",
                         "the entrypoint is template", name, report);
}
constexpr void workflow_unknown_exit_handler(const workflow_view& workflow, report& report) {
    const auto name = workflow.exit_handler();
    if (!name.empty() && workflow.find(name) == nullptr)
        unknown_template(workflow, rule::workflow_unknown_exit_handler, workflow.path / "onExit",
                         "the exit handler is template", name, report);
}

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

constexpr void template_type(const template_view& view, report& report) {
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
}

/// Judges one list of parameters: `what` is "input", "output" or "argument", `whose` names its owner.
constexpr void parameter_names(const list<model::Parameter>& parameters, const Path& path,
                               std::string_view what, std::string_view whose, std::string_view owner,
                               report& report) {
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const auto name = parameters[i].name.view();
        if (!is_parameter_name(name))
            report(rule::parameter_name, path[i] / "name",
                   joined("the ", what, " parameter name `", name, "` of ", whose, owner,
                          " is not of letters, digits, `-` and `_`"));
        for (std::size_t j = 0; j < i; ++j)
            if (same(parameters[j].name.view(), name)) {
                report(rule::parameter_duplicate_name, path[i] / "name",
                       joined(whose, owner, " has two ", what, " parameters `", name, "`"));
                break;
            }
    }
}

constexpr void parameter_names(const template_view& view, report& report) {
    const auto& self = view.self;
    if (!self.inputs && !self.outputs) return;
    const str owner = joined("`", self.name.view(), "`");
    if (self.inputs)
        parameter_names(self.inputs->parameters, view.path / "inputs" / "parameters", "input", "template ",
                        owner.view(), report);
    if (self.outputs)
        parameter_names(self.outputs->parameters, view.path / "outputs" / "parameters", "output", "template ",
                        owner.view(), report);
}

}  // namespace tiphys::detail
