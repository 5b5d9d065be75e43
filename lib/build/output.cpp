// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/cron_workflow.hpp>
#include <tiphys/build/event_binding.hpp>
#include <tiphys/build/output.hpp>
#include <tiphys/text/documents.hpp>

#include <ostream>

namespace tiphys {

std::string to_json(const Workflow& document) { return to_json(document.model()); }
std::string to_pretty_json(const Workflow& document) { return to_pretty_json(document.model()); }
std::string to_yaml(const Workflow& document) { return to_yaml(document.model()); }
std::string write_file(const std::string& folder, const Workflow& document, std::string_view name) {
    return write_file(folder, document.model(), name);
}
std::ostream& operator<<(std::ostream& out, const Workflow& document) { return out << document.model(); }

std::string to_json(const WorkflowTemplate& document) { return to_json(document.model()); }
std::string to_pretty_json(const WorkflowTemplate& document) { return to_pretty_json(document.model()); }
std::string to_yaml(const WorkflowTemplate& document) { return to_yaml(document.model()); }
std::string write_file(const std::string& folder, const WorkflowTemplate& document, std::string_view name) {
    return write_file(folder, document.model(), name);
}
std::ostream& operator<<(std::ostream& out, const WorkflowTemplate& document) {
    return out << document.model();
}

std::string to_json(const ClusterWorkflowTemplate& document) { return to_json(document.model()); }
std::string to_pretty_json(const ClusterWorkflowTemplate& document) {
    return to_pretty_json(document.model());
}
std::string to_yaml(const ClusterWorkflowTemplate& document) { return to_yaml(document.model()); }
std::string write_file(const std::string& folder, const ClusterWorkflowTemplate& document,
                       std::string_view name) {
    return write_file(folder, document.model(), name);
}
std::ostream& operator<<(std::ostream& out, const ClusterWorkflowTemplate& document) {
    return out << document.model();
}

std::string to_json(const CronWorkflow& document) { return to_json(document.model()); }
std::string to_pretty_json(const CronWorkflow& document) { return to_pretty_json(document.model()); }
std::string to_yaml(const CronWorkflow& document) { return to_yaml(document.model()); }
std::string write_file(const std::string& folder, const CronWorkflow& document, std::string_view name) {
    return write_file(folder, document.model(), name);
}
std::ostream& operator<<(std::ostream& out, const CronWorkflow& document) { return out << document.model(); }

std::string to_json(const WorkflowEventBinding& document) { return to_json(document.model()); }
std::string to_pretty_json(const WorkflowEventBinding& document) { return to_pretty_json(document.model()); }
std::string to_yaml(const WorkflowEventBinding& document) { return to_yaml(document.model()); }
std::string write_file(const std::string& folder, const WorkflowEventBinding& document,
                       std::string_view name) {
    return write_file(folder, document.model(), name);
}
std::ostream& operator<<(std::ostream& out, const WorkflowEventBinding& document) {
    return out << document.model();
}

}  // namespace tiphys
