// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/invalid_workflow.hpp>
#include <tiphys/check/validate.hpp>
#include <tiphys/text/json_writer.hpp>

#include "local_rules.hpp"

namespace tiphys {
namespace {

std::string summary(const std::vector<Diagnostic>& diagnostics, std::string_view kind) {
    std::string made("the ");
    made.append(kind).append(" is wrong:");
    for (const Diagnostic& diagnostic : diagnostics) made.append("\n  ").append(diagnostic.to_string());
    return made;
}

template <class Document>
void throw_if(const Document& document, const DocumentSet& set, list<Diagnostic> more,
              std::string_view kind) {
    std::vector<Diagnostic> errors;
    const auto add = [&](list<Diagnostic> found) {
        for (Diagnostic& diagnostic : found)
            if (diagnostic.rule->severity == Severity::error) errors.push_back(std::move(diagnostic));
    };
    add(validate(document, set));
    add(std::move(more));
    if (!errors.empty()) throw InvalidWorkflow(std::move(errors), kind);
}

}  // namespace

namespace detail {
namespace {

constexpr local_rules local{
    [](const workflow_view& view, report& report) {
        if (!view.spec.podSpecPatch.empty())
            pod_spec_patch_yaml(view.spec.podSpecPatch, view.path, "the workflow", report);
    },
    local_templates,
    nullptr,
    [](const model::CronWorkflow& cron, report& report) {
        cron_timezone(cron, report);
        judge_expressions(cron, report);
    },
    [](const model::WorkflowEventBinding& binding, report& report) { judge_expressions(binding, report); },
    read_expression,
    read_when,
    read_with_param};

template <class Document>
list<Diagnostic> judge(const Document& document, std::string_view kind, const DocumentSet& set,
                       const CheckOptions& options) {
    report found(options);
    walk{set, options, &local, found}(document);
    document_size(json_size(document), kind, found);
    return std::move(found.found());
}

}  // namespace

list<Diagnostic> validate_at_run_time(const model::Workflow& document, const DocumentSet& set,
                                      const CheckOptions& options) {
    return judge(document, "workflow", set, options);
}
list<Diagnostic> validate_at_run_time(const model::WorkflowTemplate& document, const DocumentSet& set,
                                      const CheckOptions& options) {
    return judge(document, "workflow template", set, options);
}
list<Diagnostic> validate_at_run_time(const model::ClusterWorkflowTemplate& document, const DocumentSet& set,
                                      const CheckOptions& options) {
    return judge(document, "cluster workflow template", set, options);
}
list<Diagnostic> validate_at_run_time(const model::CronWorkflow& document, const DocumentSet& set,
                                      const CheckOptions& options) {
    return judge(document, "cron workflow", set, options);
}
list<Diagnostic> validate_at_run_time(const model::WorkflowEventBinding& document, const DocumentSet& set,
                                      const CheckOptions& options) {
    return judge(document, "workflow event binding", set, options);
}

void throw_unknown_rule(std::string_view id) {
    str near("");
    std::size_t best = 8;
    for (const Rule* rule : rules)
        if (const std::size_t far = distance(id, rule->id); far < best) {
            best = far;
            near = joined("; did you mean ", rule->id, "?");
        }
    throw std::invalid_argument(joined("tiphys: there is no rule ", id, near.view()).string());
}
void throw_enforced_rule(std::string_view id) {
    throw std::invalid_argument(
        joined("tiphys: the rule ", id, " cannot be switched off: Argo itself enforces it").string());
}

}  // namespace detail

InvalidWorkflow::InvalidWorkflow(std::vector<Diagnostic> diagnostics, std::string_view kind)
    : std::runtime_error(summary(diagnostics, kind)), diagnostics_(std::move(diagnostics)) {}

void throw_if_invalid(const model::Workflow& document) { throw_if_invalid(document, {}); }
void throw_if_invalid(const model::Workflow& document, const DocumentSet& set, list<Diagnostic> more) {
    throw_if(document, set, std::move(more), "workflow");
}
void throw_if_invalid(const model::WorkflowTemplate& document) { throw_if_invalid(document, {}); }
void throw_if_invalid(const model::WorkflowTemplate& document, const DocumentSet& set,
                      list<Diagnostic> more) {
    throw_if(document, set, std::move(more), "workflow template");
}
void throw_if_invalid(const model::ClusterWorkflowTemplate& document) { throw_if_invalid(document, {}); }
void throw_if_invalid(const model::ClusterWorkflowTemplate& document, const DocumentSet& set,
                      list<Diagnostic> more) {
    throw_if(document, set, std::move(more), "cluster workflow template");
}
void throw_if_invalid(const model::CronWorkflow& document) { throw_if_invalid(document, {}); }
void throw_if_invalid(const model::CronWorkflow& document, const DocumentSet& set, list<Diagnostic> more) {
    throw_if(document, set, std::move(more), "cron workflow");
}
void throw_if_invalid(const model::WorkflowEventBinding& document) { throw_if_invalid(document, {}); }
void throw_if_invalid(const model::WorkflowEventBinding& document, const DocumentSet& set,
                      list<Diagnostic> more) {
    throw_if(document, set, std::move(more), "workflow event binding");
}

}  // namespace tiphys
