// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/call_rules.hpp>
#include <tiphys/check/detail/variable_rules.hpp>

namespace tiphys {
namespace detail {

/// The one walk over a workflow. It makes the views that the rules need, and calls the rules of each node.
class walk {
public:
    constexpr explicit walk(report& report) : report_(report) {}

    constexpr void operator()(const model::Workflow& workflow) {
        workflow_name(workflow, report_);
        const auto& templates = workflow.spec.templates;
        workflow_view view{workflow.spec, workflow.metadata, Path() / "spec", name_index(templates.size())};
        const Path path = view.path / "templates";
        for (std::size_t i = 0; i < templates.size(); ++i) {
            template_name(templates[i], path[i], report_);
            if (!templates[i].name.empty() && view.templates.add(templates[i].name.view(), i) >= 0)
                template_duplicate_name(templates[i], path[i], report_);
        }
        if (view.spec.arguments)
            parameter_names(view.spec.arguments->parameters, view.path / "arguments" / "parameters",
                            "argument", "the workflow", "", report_);
        if (!view.spec.workflowTemplateRef) {
            workflow_entrypoint_required(view, report_);
            workflow_unknown_entrypoint(view, report_);
            workflow_unknown_exit_handler(view, report_);
            workflow_arguments_missing(view, view.find(view.spec.entrypoint.view()), view.path / "entrypoint",
                                       "entrypoint", report_);
            workflow_arguments_missing(view, view.find(view.spec.onExit.view()), view.path / "onExit",
                                       "exit handler", report_);
        }
        for (std::size_t i = 0; i < templates.size(); ++i)
            walk_template(view, templates[i], path[i], false, 0);
    }

private:
    /// Inline templates may hold inline templates; Argo itself stops at a hundred levels of calls.
    static constexpr std::size_t max_inline_depth = 5;

    // Before walk_template: clang evaluates what it calls only if the definition of the template came before.
    template <class Call>
    constexpr void walk_call(const template_view& view, const Call& call, const call_view& seen,
                             tag_walker& tags, std::size_t depth) {
        tags.walk_call(call, seen);
        if (call.inline_ && depth < max_inline_depth)
            walk_template(view.workflow, *call.inline_, view.path_of(seen) / "inline",
                          view.item_in_scope || seen.loops(), depth + 1);
    }

    constexpr void walk_template(const workflow_view& workflow, const model::Template& self, const Path& path,
                                 bool item_in_scope, std::size_t depth) {
        template_view view{workflow, self, path, item_in_scope, {}, name_index(0), {}, {}};
        template_type(view, report_);
        parameter_names(view, report_);
        list_calls(view);
        if (view.is_dag()) {
            dag_no_tasks(view, report_);
            dag_depends_and_dependencies(view, report_);
            read_dependencies(view, report_);
            dag_cycle(view, report_);
            dag_unknown_target(view, report_);
        }
        tag_walker tags(view, report_);
        bool depends = false;
        if (view.is_dag())
            for (const auto& task : self.dag->tasks) depends = depends || !task.depends.empty();
        for (const call_view& call : view.calls) {
            call_name(view, call, report_);
            if (view.is_dag()) task_name_digit(view, call, depends, report_);
            template_unknown(view, call, report_);
            loop_several(view, call, report_);
            if (!gives_the_inputs(call)) {
                call_parameter_names(view, call, report_);
                arguments_missing(view, call, report_);
                arguments_unknown(view, call, report_);
            }
            if (view.is_dag())
                walk_call(view, self.dag->tasks[static_cast<std::size_t>(call.index)], call, tags, depth);
            else
                walk_call(
                    view,
                    self.steps[static_cast<std::size_t>(call.group)][static_cast<std::size_t>(call.index)],
                    call, tags, depth);
        }
        tags.walk_template();
    }

    template <class Call>
    static constexpr call_view seen(const workflow_view& workflow, const Call& call, std::size_t group,
                                    std::size_t index) {
        const bool references = call.templateRef.has_value() || call.inline_.has_value();
        return {call.name.view(),
                &call.template_,
                call.arguments.get(),
                &call.withItems,
                call.withParam.has_value(),
                call.withSequence.has_value(),
                references,
                references ? nullptr : workflow.find(call.template_.view()),
                static_cast<std::int32_t>(group),
                static_cast<std::int32_t>(index)};
    }

    constexpr void list_calls(template_view& view) {
        const auto& self = view.self;
        if (view.is_dag()) {
            const auto& tasks = self.dag->tasks;
            view.calls.reserve(tasks.size());
            for (std::size_t i = 0; i < tasks.size(); ++i)
                view.calls.push_back(seen(view.workflow, tasks[i], static_cast<std::size_t>(-1), i));
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

    report& report_;
};

/// The same as `validate`, compiled once in the library for the running program.
list<Diagnostic> validate_at_run_time(const model::Workflow& workflow);

constexpr list<Diagnostic> validate_here(const model::Workflow& workflow) {
    report found;
    walk{found}(workflow);
    return std::move(found.found());
}

}  // namespace detail

/// All mistakes of a workflow, by the rules of `rules.hpp`; none: it is valid.
///
/// The compiler evaluates it inside `checked<recipe>()`; programs call it for workflows that they shape or
/// read at run time. It judges as `argo lint` does: the workflow's own arguments may still lack values.
/// Errors: `std::length_error` for a document nested deeper than 64 levels within a template.
constexpr list<Diagnostic> validate(const model::Workflow& workflow) {
    if (__builtin_is_constant_evaluated()) return detail::validate_here(workflow);
    return detail::validate_at_run_time(workflow);
}

}  // namespace tiphys
