// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/diagnostic.hpp>

#include <stdexcept>
#include <vector>

namespace tiphys {

class DocumentSet;

namespace model {
struct ClusterWorkflowTemplate;
struct CronWorkflow;
struct Workflow;
struct WorkflowEventBinding;
struct WorkflowTemplate;
}  // namespace model

/// A workflow, or a document of the other kinds, that was made at run time breaks rules: all of them are in
/// `diagnostics()` and in `what()`.
class InvalidWorkflow : public std::runtime_error {
public:
    /// `kind` names what is wrong: "workflow", "cron workflow".
    explicit InvalidWorkflow(std::vector<Diagnostic> diagnostics, std::string_view kind = "workflow");

    const std::vector<Diagnostic>& diagnostics() const noexcept { return diagnostics_; }

private:
    std::vector<Diagnostic> diagnostics_;
};

/// Errors: `InvalidWorkflow` if `validate` finds an error (warnings pass).
void throw_if_invalid(const model::Workflow& document);
void throw_if_invalid(const model::WorkflowTemplate& document);
void throw_if_invalid(const model::ClusterWorkflowTemplate& document);
void throw_if_invalid(const model::CronWorkflow& document);
void throw_if_invalid(const model::WorkflowEventBinding& document);
/// The same, with the documents that its references may mean, and with mistakes that another check has found.
void throw_if_invalid(const model::Workflow& document, const DocumentSet& set, list<Diagnostic> more = {});
void throw_if_invalid(const model::WorkflowTemplate& document, const DocumentSet& set,
                      list<Diagnostic> more = {});
void throw_if_invalid(const model::ClusterWorkflowTemplate& document, const DocumentSet& set,
                      list<Diagnostic> more = {});
void throw_if_invalid(const model::CronWorkflow& document, const DocumentSet& set,
                      list<Diagnostic> more = {});
void throw_if_invalid(const model::WorkflowEventBinding& document, const DocumentSet& set,
                      list<Diagnostic> more = {});

}  // namespace tiphys
