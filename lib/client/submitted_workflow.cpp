// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/submitted_workflow.hpp>

namespace tiphys {

std::string_view phase(const model::Workflow& workflow) noexcept {
    return workflow.status.has_value() ? workflow.status->phase.view() : std::string_view();
}

bool finished(const model::Workflow& workflow) noexcept {
    const std::string_view now = phase(workflow);
    return now == "Succeeded" || now == "Failed" || now == "Error";
}

bool succeeded(const model::Workflow& workflow) noexcept { return phase(workflow) == "Succeeded"; }

const model::WorkflowStatus& SubmittedWorkflow::status() const noexcept {
    static const model::WorkflowStatus none;
    return model_.status.has_value() ? *model_.status : none;
}

const str& SubmittedWorkflow::output(std::string_view parameter) const noexcept {
    static const str none;
    // The id of the first node is the workflow's name.
    const model::NodeStatus* first = status().nodes.find(name());
    if (first == nullptr || !first->outputs) return none;
    for (const auto& output : first->outputs->parameters)
        if (output.name == parameter) return output.value;
    return none;
}

}  // namespace tiphys
