// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/cron_workflow.hpp>

#include <stdexcept>

/// One kind of document as another. What is converted stays as it is; the lines of its literals go along, so
/// that mistakes are told where they were written.
namespace tiphys {

namespace detail {

/// What conversions may see of builders.
struct conversion {
    template <class From>
    static constexpr const model::WorkflowSpec& spec_of(const From& from) noexcept {
        if constexpr (requires { from.model().spec.workflowSpec; })
            return from.model().spec.workflowSpec;
        else
            return from.model().spec;
    }

    /// The spec, and the lines of it; not the metadata.
    template <class To, class From>
    static constexpr void copy_spec(To& to, const From& from) {
        if constexpr (requires { to.state_->model.spec.workflowSpec; })
            to.state_->model.spec.workflowSpec = spec_of(from);
        else
            to.state_->model.spec = spec_of(from);
        for (const site& one : from.sites())
            if (!is(one.field, "name") || one.of.template_ >= 0) to.state_->sites.push_back(one);
        for (const library& one : from.libraries()) add_library(to.state_->libraries, one);
    }

    /// Labels and annotations go to the new document, and to the workflows that it starts.
    template <class To, class From>
    static constexpr void copy_metadata(To& to, const From& from) {
        const auto& given = from.model().metadata;
        for (const auto& one : given.labels) to.label(one.key, one.value).workflow_label(one.key, one.value);
        for (const auto& one : given.annotations)
            to.annotation(one.key, one.value).workflow_annotation(one.key, one.value);
        if (!given.namespace_.empty()) to.namespace_(given.namespace_);
        if constexpr (requires { from.model().spec.workflowSpec; }) {
            const auto& runs = from.model().spec.workflowMetadata;
            if (!runs) return;
            for (const auto& one : runs->labels) to.workflow_label(one.key, one.value);
            for (const auto& one : runs->annotations) to.workflow_annotation(one.key, one.value);
        }
    }

    template <class To>
    static constexpr void copy_finalizers(To& to, const model::k8s::ObjectMeta& from) {
        if (from.finalizers.has_value()) to.state_->model.metadata.finalizers = from.finalizers;
    }

    template <class From>
    static constexpr str name_of(const From& from) {
        const auto& given = from.model().metadata;
        if (!given.name.empty()) return given.name;
        std::string_view prefix = given.generateName.view();
        while (prefix.ends_with('-')) prefix.remove_suffix(1);
        return str(prefix);
    }

    /// Errors: throws std::length_error instead of cutting a name off.
    static constexpr void limit(std::string_view kind, std::string_view name, std::size_t most) {
        if (name.size() <= most) return;
        const str why = joined("the name `", name, "` of the ", kind, " has ",
                               text(static_cast<std::int64_t>(name.size())).view(), " characters, ",
                               text(static_cast<std::int64_t>(most)).view(),
                               " at most: give a shorter name to the conversion");
        throw std::length_error(std::string(why.view()));
    }
};

/// Names of workflows become labels of their pods; what a server adds to a generateName counts.
inline constexpr std::size_t most_of_a_name = 63;
inline constexpr std::size_t most_of_a_prefix = 58;
/// The controller adds a dash and a time of ten digits for each run.
inline constexpr std::size_t most_of_a_cron_name = 52;

constexpr void limit_workflow_name(std::string_view name) {
    conversion::limit("workflow", name, name.ends_with('-') ? most_of_a_prefix : most_of_a_name);
}

template <class Template>
inline constexpr bool is_stored_template =
    std::is_same_v<Template, WorkflowTemplate> || std::is_same_v<Template, ClusterWorkflowTemplate>;

}  // namespace detail

/// A workflow that runs a stored template: its spec refers to it. `name` is "<template>-" unless given.
/// The workflow bears the label by which Argo finds the workflows of a template.
/// Errors: std::length_error for a name that is too long.
template <class Template>
    requires detail::is_stored_template<Template>
constexpr Workflow as_workflow(const Template& from, const word& name = {}) {
    constexpr bool cluster = std::is_same_v<Template, ClusterWorkflowTemplate>;
    const str prefix = detail::joined(detail::conversion::name_of(from).view(), "-");
    const std::string_view wanted = name.has_value() ? name.view() : prefix.view();
    detail::limit_workflow_name(wanted);
    Workflow made(word(wanted, name.where()));
    const str of = detail::conversion::name_of(from);
    if (!from.model().metadata.namespace_.empty()) made.namespace_(from.model().metadata.namespace_);
    if constexpr (cluster) {
        made.label("workflows.argoproj.io/cluster-workflow-template", of);
        made.cluster_workflow_template_ref(of);
    } else {
        made.label("workflows.argoproj.io/workflow-template", of);
        made.workflow_template_ref(of);
    }
    return made;
}

/// A workflow that holds all that a template does, and needs no stored one. What the template's
/// workflowMetadata gives to its workflows, Argo gives to this one.
/// Errors: std::length_error for a name that is too long.
template <class Template>
    requires detail::is_stored_template<Template>
constexpr Workflow copy_as_workflow(const Template& from, const word& name = {}) {
    const str prefix = detail::joined(detail::conversion::name_of(from).view(), "-");
    const std::string_view wanted = name.has_value() ? name.view() : prefix.view();
    detail::limit_workflow_name(wanted);
    Workflow made(word(wanted, name.where()));
    const auto& metadata = from.model().metadata;
    for (const auto& one : metadata.labels) made.label(one.key, one.value);
    for (const auto& one : metadata.annotations) made.annotation(one.key, one.value);
    if (!metadata.namespace_.empty()) made.namespace_(metadata.namespace_);
    detail::conversion::copy_spec(made, from);
    return made;
}

/// One run of a cron workflow, as Argo starts it by hand: its spec, with the labels and annotations of its
/// workflowMetadata.
/// Errors: std::length_error for a name that is too long.
template <std::same_as<CronWorkflow> Cron>
constexpr Workflow as_workflow(const Cron& from, const word& name = {}) {
    const str prefix = detail::joined(detail::conversion::name_of(from).view(), "-");
    const std::string_view wanted = name.has_value() ? name.view() : prefix.view();
    detail::limit_workflow_name(wanted);
    Workflow made(word(wanted, name.where()));
    made.label("workflows.argoproj.io/cron-workflow", detail::conversion::name_of(from));
    if (const auto& metadata = from.model().spec.workflowMetadata) {
        for (const auto& one : metadata->labels) made.label(one.key, one.value);
        for (const auto& one : metadata->annotations) made.annotation(one.key, one.value);
        detail::conversion::copy_finalizers(made, *metadata);
    }
    if (!from.model().metadata.namespace_.empty()) made.namespace_(from.model().metadata.namespace_);
    detail::conversion::copy_spec(made, from);
    return made;
}

/// A workflow, or a template's spec, at times of the clock. `name` is the document's own unless given; labels
/// and annotations go to the cron workflow and to its runs.
/// Errors: std::length_error for a name that is too long.
template <class From>
    requires(!std::is_same_v<From, CronWorkflow> && detail::is_entity<From> &&
             requires(const From& from) { from.model().spec.entrypoint; })
constexpr CronWorkflow as_cron_workflow(const From& from, const word& schedule, const word& name = {}) {
    const str own = detail::conversion::name_of(from);
    const std::string_view wanted = name.has_value() ? name.view() : own.view();
    detail::conversion::limit("cron workflow", wanted, detail::most_of_a_cron_name);
    CronWorkflow made(word(wanted, name.where()));
    made.schedule(schedule);
    detail::conversion::copy_metadata(made, from);
    detail::conversion::copy_spec(made, from);
    return made;
}

/// A workflow as a template to store. `name` is the workflow's own unless given, without a dash at its end;
/// labels and annotations go to the template and to the workflows that run it.
/// Errors: std::length_error for a name that is too long.
template <class From>
    requires(std::is_same_v<From, Workflow> || std::is_same_v<From, CronWorkflow> ||
             std::is_same_v<From, ClusterWorkflowTemplate>)
constexpr WorkflowTemplate as_workflow_template(const From& from, const word& name = {}) {
    const str own = detail::conversion::name_of(from);
    const std::string_view wanted = name.has_value() ? name.view() : own.view();
    detail::conversion::limit("workflow template", wanted, detail::most_of_a_name);
    WorkflowTemplate made(word(wanted, name.where()));
    detail::conversion::copy_spec(made, from);
    detail::conversion::copy_metadata(made, from);
    return made;
}

}  // namespace tiphys
