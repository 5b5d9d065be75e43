// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/cron_workflow.hpp>

#include <stdexcept>

/// One kind of document as another. What is converted stays as it is; the lines of its literals go along, so
/// that mistakes are told where they were written.
///
/// Finalizers and owner references are of one object, so a copy has none. But those finalizers that are for
/// workflows go to the workflows: a workflow's to the runs of the cron workflow that it becomes, those of a
/// cron workflow's workflowMetadata to its run. Stored templates give none: making one of such a document is
/// an error.
namespace tiphys {

namespace detail {

/// Names of workflows become labels of their pods; what a server adds to a generateName counts.
inline constexpr std::size_t most_of_a_name = 63;
inline constexpr std::size_t most_of_a_prefix = 58;
/// The controller adds a dash and a time of ten digits for each run.
inline constexpr std::size_t most_of_a_cron_name = 52;

/// What conversions may see of builders.
struct conversion {
    template <class From>
    static constexpr const model::WorkflowSpec& spec_of(const From& from) noexcept {
        if constexpr (requires { from.model().spec.workflowSpec; })
            return from.model().spec.workflowSpec;
        else
            return from.model().spec;
    }

    /// The spec, the lines of it, and what its words wait for; not the metadata.
    template <class To, class From>
    static constexpr void copy_spec(To& to, const From& from) {
        if constexpr (requires { to.state_->model.spec.workflowSpec; })
            to.state_->model.spec.workflowSpec = spec_of(from);
        else
            to.state_->model.spec = spec_of(from);
        for (const site& one : from.sites())
            if (!is(one.field, "name") || one.of.template_ >= 0) to.state_->sites.push_back(one);
        for (const library& one : from.libraries()) add_library(to.state_->libraries, one);
        to.state_->functions = from.state_->functions;
        to.state_->wanted = from.wanted();
        to.state_->brought_claims = from.state_->brought_claims;
        to.state_->implied = from.state_->implied;
        to.state_->afters = from.state_->afters;
    }

    /// Labels and annotations go to the new document, and to the workflows that it starts.
    template <class To, class From>
    static constexpr void copy_metadata(To& to, const From& from) {
        const auto& given = from.model().metadata;
        for (const auto& one : given.labels) to.label(one.key, one.value).workflow_label(one.key, one.value);
        for (const auto& one : given.annotations)
            to.annotation(one.key, one.value).workflow_annotation(one.key, one.value);
        if constexpr (!std::is_same_v<To, ClusterWorkflowTemplate>)
            if (!given.namespace_.empty()) to.namespace_(given.namespace_);
        if constexpr (requires { from.model().spec.workflowSpec; }) {
            const auto& runs = from.model().spec.workflowMetadata;
            if (!runs) return;
            for (const auto& one : runs->labels) to.workflow_label(one.key, one.value);
            for (const auto& one : runs->annotations) to.workflow_annotation(one.key, one.value);
        }
    }

    /// The finalizers that the workflows have which a document is or starts; absent where it gives none.
    template <class From>
    static constexpr list<str> finalizers_of_workflows(const From& from) {
        if constexpr (std::is_same_v<From, Workflow>) return from.model().metadata.finalizers;
        if constexpr (requires { from.model().spec.workflowSpec; })
            if (const auto& runs = from.model().spec.workflowMetadata) return runs->finalizers;
        return {};
    }
    static constexpr void give_finalizers(Workflow& to, list<str> given) {
        to.state_->model.metadata.finalizers = std::move(given);
    }
    static constexpr void give_finalizers(CronWorkflow& to, list<str> given) {
        if (given.has_value()) to.state_->model.spec.workflowMetadata.ensure().finalizers = std::move(given);
    }
    /// Errors: throws std::invalid_argument, as a template has no place for them.
    template <class Template>
    static constexpr void give_finalizers(Template& to, const list<str>& given) {
        if (given.empty()) return;
        throw std::invalid_argument(joined("the workflows have the finalizer `", given[0].view(),
                                           "`, which a ", to.model().kind.view(),
                                           " cannot give them: take it away before the conversion")
                                        .string());
    }

    /// A template to store, as a copy.
    template <class To, class From>
    static constexpr To stored(const From& from, const word& name) {
        const str own = name_of(from);
        const std::string_view wanted = name.has_value() ? name.view() : own.view();
        limit("workflow template", wanted, most_of_a_name);
        To made(word(wanted, name.where()));
        copy_spec(made, from);
        copy_metadata(made, from);
        give_finalizers(made, finalizers_of_workflows(from));
        return made;
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

constexpr void limit_workflow_name(std::string_view name) {
    conversion::limit("workflow", name, name.ends_with('-') ? most_of_a_prefix : most_of_a_name);
}

template <class Template>
inline constexpr bool is_stored_template =
    std::is_same_v<Template, WorkflowTemplate> || std::is_same_v<Template, ClusterWorkflowTemplate>;

}  // namespace detail

/// A workflow that runs a stored template: its spec refers to it. `name` is "<template>-" unless given.
/// The workflow bears the label by which Argo finds the workflows of a template, and none of the template's
/// own: what a template gives to its workflows, by workflowMetadata, Argo gives to this one.
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
    }
    detail::conversion::give_finalizers(made, detail::conversion::finalizers_of_workflows(from));
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
    detail::conversion::give_finalizers(made, detail::conversion::finalizers_of_workflows(from));
    return made;
}

/// A workflow, the spec of a cron workflow, or a template of the cluster as a template to store. `name` is
/// the document's own unless given, without a dash at its end; labels and annotations go to the template and
/// to the workflows that run it. Errors: std::length_error for a name that is too long; std::invalid_argument
/// for finalizers of workflows.
template <class From>
    requires(std::is_same_v<From, Workflow> || std::is_same_v<From, CronWorkflow> ||
             std::is_same_v<From, ClusterWorkflowTemplate>)
constexpr WorkflowTemplate as_workflow_template(const From& from, const word& name = {}) {
    return detail::conversion::stored<WorkflowTemplate>(from, name);
}

/// The same as a template for all namespaces; the document's own is not kept.
/// Errors: as for as_workflow_template.
template <class From>
    requires(std::is_same_v<From, Workflow> || std::is_same_v<From, CronWorkflow> ||
             std::is_same_v<From, WorkflowTemplate>)
constexpr ClusterWorkflowTemplate as_cluster_workflow_template(const From& from, const word& name = {}) {
    return detail::conversion::stored<ClusterWorkflowTemplate>(from, name);
}

}  // namespace tiphys
