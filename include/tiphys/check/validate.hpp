// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/call_rules.hpp>
#include <tiphys/check/detail/cron_rules.hpp>
#include <tiphys/check/detail/cron_variables.hpp>
#include <tiphys/check/detail/output_rules.hpp>
#include <tiphys/check/detail/prefetch.hpp>
#include <tiphys/check/detail/recursion.hpp>
#include <tiphys/check/detail/unused_rules.hpp>

namespace tiphys {
namespace detail {

/// The one walk over a document. It makes the views that the rules need, and calls the rules of each node.
class walk {
public:
    constexpr walk(const DocumentSet& documents, const CheckOptions& options, const local_rules* local,
                   report& report)
        : documents_(documents), options_(options), local_(local), report_(report) {}

    constexpr void operator()(const model::Workflow& document) {
        workflow_name(document, report_);
        walk_spec(document_kind::workflow, document.metadata, document.metadata, document.spec,
                  Path() / "spec");
    }
    constexpr void operator()(const model::WorkflowTemplate& document) {
        document_name(document.metadata, "workflow template", 63, report_);
        walk_spec(document_kind::workflow_template, document.metadata, document.metadata, document.spec,
                  Path() / "spec");
    }
    constexpr void operator()(const model::ClusterWorkflowTemplate& document) {
        document_name(document.metadata, "cluster workflow template", 63, report_);
        walk_spec(document_kind::cluster_workflow_template, document.metadata, document.metadata,
                  document.spec, Path() / "spec");
    }
    constexpr void operator()(const model::CronWorkflow& document) {
        document_name(document.metadata, "cron workflow", 52, report_);
        cron_workflow(document, report_);
        if (!document.spec.when.empty()) cron_when_variables(document, report_);
        if (local_ != nullptr) local_->on_cron_workflow(document, report_);
        const model::k8s::ObjectMeta none;
        const auto& metadata = document.spec.workflowMetadata;
        walk_spec(document_kind::cron_workflow, metadata ? *metadata : none, document.metadata,
                  document.spec.workflowSpec, Path() / "spec" / "workflowSpec");
    }
    constexpr void operator()(const model::WorkflowEventBinding& document) {
        document_name(document.metadata, "workflow event binding", 253, report_);
        event_binding(document, report_);
        if (local_ != nullptr) local_->on_event_binding(document, report_);
    }

private:
    /// Inline templates may hold inline templates; Argo itself stops at a hundred levels of calls.
    static constexpr std::size_t max_inline_depth = 5;

    // Before walk_template: clang evaluates what it calls only if the definition of the template came before.
    template <class Call>
    constexpr void walk_call(const template_view& view, const Call& call, const call_view& seen,
                             tag_walker& tags, std::size_t depth) {
        call_extras(view, seen, call, report_);
        if (seen.own >= 0 && depth == 0 && (seen.callee->dag || seen.callee->steps.has_value()) &&
            is_unconditional(call, seen))
            calls_.add(walked_, seen);
        tags.walk_call(call, seen);
        if (call.templateRef)
            template_reference(
                view.workflow, *call.templateRef, call.template_, view.path_of(seen),
                [&] { return joined(view.call_kind(), " `", seen.name, "`"); }, report_);
        if (call.unknown_fields && !view.is_dag())
            step_unknown_field(view, seen, *call.unknown_fields, report_);
        if (local_ != nullptr && local_->on_call != nullptr) local_->on_call(view, seen, report_);
        if (call.inline_ && depth < max_inline_depth)
            walk_template(view.workflow, *call.inline_, view.path_of(seen) / "inline",
                          view.item_in_scope || seen.loops(), depth + 1, &tags);
    }

    constexpr void walk_template(const workflow_view& workflow, const model::Template& self, const Path& path,
                                 bool item_in_scope, std::size_t depth, tag_walker* outer) {
        template_view view{workflow, self, path, item_in_scope, {}, name_index(0), {}, {}, {}, false};
        const bool typed = template_type(view, report_);
        parameter_names(view, report_);
        if (typed) template_fields(view, report_);
        list_calls(view);
        template_empty_steps(view, report_);
        if (view.is_dag()) {
            dag_no_tasks(view, report_);
            dag_depends_and_dependencies(view, report_);
            read_dependencies(view, report_);
            dag_cycle(view, report_);
            dag_unknown_target(view, report_);
        }
        template_strategies(view, report_);
        if (self.inputs) input_enums(view, report_);
        if (self.outputs) output_rules(view, report_)();
        tag_walker tags(view, report_, local_, outer);
        bool depends = false;
        if (view.is_dag())
            for (const auto& task : self.dag->tasks) depends = depends || !task.depends.empty();
        for (const call_view& call : view.calls) {
            call_name(view, call, report_);
            if (view.is_dag()) {
                prefetch_arguments(self.dag->tasks, static_cast<std::size_t>(call.index));
                const auto& task = self.dag->tasks[static_cast<std::size_t>(call.index)];
                task_name_digit(view, call, depends, report_);
                if (depends && task.continueOn) dag_continue_on(view, task, call, report_);
            }
            template_unknown(view, call, report_);
            loop_several(view, call, report_);
            if (!gives_the_inputs(call)) call_arguments(view, call, report_);
            if (view.is_dag())
                walk_call(view, self.dag->tasks[static_cast<std::size_t>(call.index)], call, tags, depth);
            else
                walk_call(
                    view,
                    self.steps[static_cast<std::size_t>(call.group)][static_cast<std::size_t>(call.index)],
                    call, tags, depth);
        }
        tags.settle([&](std::size_t i) { tags.walk_call(self.dag->tasks[i], view.calls[i]); });
        tags.walk_template();
        input_unused(view, tags.scope(), report_);
        if (local_ != nullptr && local_->on_template != nullptr) local_->on_template(view, report_);
    }

    template <class Call>
    static constexpr call_view seen(const workflow_view& workflow, const Call& call, std::size_t group,
                                    std::size_t index) {
        const bool references = call.templateRef.has_value() || call.inline_.has_value();
        const model::Template* callee = nullptr;
        std::int32_t own = -1;
        if (!references) {
            own = workflow.templates.find(call.template_.view());
            callee = own >= 0 ? &workflow.spec.templates[static_cast<std::size_t>(own)]
                              : workflow.find(call.template_.view());
        } else if (call.templateRef && !call.inline_) {
            callee = workflow.find(*call.templateRef);
        }
        return {call.name.view(),
                &call.template_,
                call.arguments.get(),
                &call.withItems,
                call.withParam.has_value(),
                call.withSequence.has_value(),
                references,
                callee,
                static_cast<std::int32_t>(group),
                static_cast<std::int32_t>(index),
                own};
    }

    constexpr void list_calls(template_view& view) {
        const auto& self = view.self;
        if (view.is_dag()) {
            const auto& tasks = self.dag->tasks;
            view.calls.reserve(tasks.size());
            for (std::size_t i = 0; i < tasks.size(); ++i) {
                prefetch_names(tasks, i);
                view.calls.push_back(seen(view.workflow, tasks[i], static_cast<std::size_t>(-1), i));
            }
        } else {
            for (std::size_t group = 0; group < self.steps.size(); ++group)
                for (std::size_t i = 0; i < self.steps[group].size(); ++i)
                    view.calls.push_back(seen(view.workflow, self.steps[group][i], group, i));
        }
        view.names = name_index(view.calls.size());
        for (std::size_t i = 0; i < view.calls.size(); ++i)
            if (!view.calls[i].name.empty() && view.names.add(view.calls[i].name, i) >= 0)
                call_duplicate_name(view, view.calls[i], report_);
    }

    constexpr void walk_spec(document_kind kind, const model::k8s::ObjectMeta& metadata,
                             const model::k8s::ObjectMeta& document, const model::WorkflowSpec& spec,
                             const Path& at) {
        const auto& templates = spec.templates;
        output_uses uses(templates);
        workflow_view view{spec, metadata,   at,       name_index(templates.size()),
                           kind, documents_, options_, document.namespace_.view(),
                           uses, {},         {}};
        if (spec.workflowTemplateRef) find_base(view);
        uses.parameters[0] = named_list<model::Parameter>(parameters_of(spec.arguments.get()));
        if (view.base != nullptr)
            uses.parameters[1] = named_list<model::Parameter>(parameters_of(view.base->arguments.get()));
        object_metadata(metadata, metadata_of(kind), report_);
        workflow_fields(view, report_);
        const Path path = view.path / "templates";
        for (std::size_t i = 0; i < templates.size(); ++i) {
            template_name(templates[i], path[i], report_);
            if (!templates[i].name.empty() && view.templates.add(templates[i].name.view(), i) >= 0)
                template_duplicate_name(templates[i], path[i], report_);
        }
        workflow_arguments(view, report_);
        workflow_strategies(view, report_);
        workflow_hooks(view, report_);
        walk_whole(view);
        if (!view.is_open()) {
            workflow_entrypoint_required(view, report_);
            workflow_unknown_entrypoint(view, report_);
            workflow_unknown_exit_handler(view, report_);
            if (!view.is_template()) {
                workflow_arguments_missing(view, view.find(view.entrypoint()), view.path / "entrypoint",
                                           "entrypoint", report_);
                workflow_arguments_missing(view, view.find(view.exit_handler()), view.path / "onExit",
                                           "exit handler", report_);
            }
        }
        if (local_ != nullptr && local_->on_workflow != nullptr) local_->on_workflow(view, report_);
        for (walked_ = 0; walked_ < templates.size(); ++walked_)
            walk_template(view, templates[walked_], path[walked_], false, 0, nullptr);
        if (!calls_.empty()) calls_.judge(view, report_);
        output_unused(view, report_);
    }

    /// What stands in the spec beside its templates.
    constexpr void walk_whole(const workflow_view& workflow) {
        const auto& spec = workflow.spec;
        if (!spec.hooks.has_value() && !spec.metrics && !spec.synchronization && !spec.workflowMetadata)
            return;
        const model::Template none;
        template_view view{workflow, none, workflow.path, false, {}, name_index(0), {}, {}, {}, false};
        tag_walker(view, report_, local_, nullptr).walk_workflow(spec);
    }

    /// Of the metadata that a spec's workflow has.
    static constexpr Path metadata_of(document_kind kind) {
        if (kind != document_kind::cron_workflow) return Path() / "metadata";
        return Path() / "spec" / "workflowMetadata";
    }

    constexpr void find_base(workflow_view& view) {
        const auto& reference = *view.spec.workflowTemplateRef;
        const auto name = reference.name.view();
        if (reference.clusterScope.value_or(false)) {
            if (const auto* found = view.documents.find_cluster(name)) view.complete_by(*found);
        } else if (const auto* found = view.documents.find(name, view.namespace_)) {
            view.complete_by(*found);
        }
    }

    unconditional_calls calls_;
    std::size_t walked_ = 0;  ///< index of the template
    const DocumentSet& documents_;
    const CheckOptions& options_;
    const local_rules* local_;
    report& report_;
};

/// The same as `validate`, compiled once in the library for the running program, and the local rules.
list<Diagnostic> validate_at_run_time(const model::Workflow&, const DocumentSet&, const CheckOptions&);
list<Diagnostic> validate_at_run_time(const model::WorkflowTemplate&, const DocumentSet&,
                                      const CheckOptions&);
list<Diagnostic> validate_at_run_time(const model::ClusterWorkflowTemplate&, const DocumentSet&,
                                      const CheckOptions&);
list<Diagnostic> validate_at_run_time(const model::CronWorkflow&, const DocumentSet&, const CheckOptions&);
list<Diagnostic> validate_at_run_time(const model::WorkflowEventBinding&, const DocumentSet&,
                                      const CheckOptions&);

template <class Document>
constexpr list<Diagnostic> validate_here(const Document& document, const DocumentSet& set = {},
                                         const CheckOptions& options = {},
                                         const local_rules* local = nullptr) {
    report found(options);
    walk{set, options, local, found}(document);
    return std::move(found.found());
}

template <class T>
inline constexpr bool is_document = false;
template <>
inline constexpr bool is_document<model::Workflow> = true;
template <>
inline constexpr bool is_document<model::WorkflowTemplate> = true;
template <>
inline constexpr bool is_document<model::ClusterWorkflowTemplate> = true;
template <>
inline constexpr bool is_document<model::CronWorkflow> = true;
template <>
inline constexpr bool is_document<model::WorkflowEventBinding> = true;

}  // namespace detail

/// All mistakes of a Workflow, WorkflowTemplate, ClusterWorkflowTemplate, CronWorkflow or
/// WorkflowEventBinding, by the rules of `rules.hpp`; none: it is valid. Causes stand before effects, and
/// equal documents give equal lists.
///
/// `set` holds the documents that its references may mean; what it does not hold is left to the cluster.
/// The compiler evaluates it inside `checked<recipe>()`; programs call it for what they shape or read at run
/// time, where it also applies the rules that are decided locally (`Rule::decided`).
/// Errors: `std::length_error` for a document nested deeper than 64 levels within a template.
template <class Document>
    requires detail::is_document<Document>
constexpr list<Diagnostic> validate(const Document& document, const DocumentSet& set = {},
                                    const CheckOptions& options = {}) {
    if (__builtin_is_constant_evaluated()) return detail::validate_here(document, set, options);
    return detail::validate_at_run_time(document, set, options);
}

}  // namespace tiphys
