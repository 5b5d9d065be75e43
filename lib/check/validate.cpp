// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/invalid_workflow.hpp>
#include <tiphys/check/validate.hpp>

namespace tiphys {
namespace {

std::string summary(const std::vector<Diagnostic>& diagnostics) {
    std::string made("the workflow is wrong:");
    for (const Diagnostic& diagnostic : diagnostics) made.append("\n  ").append(diagnostic.to_string());
    return made;
}

}  // namespace

namespace detail {

list<Diagnostic> validate_at_run_time(const model::Workflow& workflow) { return validate_here(workflow); }

}  // namespace detail

InvalidWorkflow::InvalidWorkflow(std::vector<Diagnostic> diagnostics)
    : std::runtime_error(summary(diagnostics)), diagnostics_(std::move(diagnostics)) {}

void throw_if_invalid(const model::Workflow& workflow) {
    std::vector<Diagnostic> errors;
    for (Diagnostic& diagnostic : validate(workflow))
        if (diagnostic.rule->severity == Severity::error) errors.push_back(std::move(diagnostic));
    if (!errors.empty()) throw InvalidWorkflow(std::move(errors));
}

}  // namespace tiphys
