// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

/// The text of a built document. The same functions exist for every model type (`text/text.hpp`).
namespace tiphys {

class ClusterWorkflowTemplate;
class CronWorkflow;
class Workflow;
class WorkflowEventBinding;
class WorkflowTemplate;

/// Compact JSON, as the Argo API takes it.
std::string to_json(const Workflow& document);
std::string to_json(const WorkflowTemplate& document);
std::string to_json(const ClusterWorkflowTemplate& document);
std::string to_json(const CronWorkflow& document);
std::string to_json(const WorkflowEventBinding& document);

/// JSON for people: 2 spaces, one member a line.
std::string to_pretty_json(const Workflow& document);
std::string to_pretty_json(const WorkflowTemplate& document);
std::string to_pretty_json(const ClusterWorkflowTemplate& document);
std::string to_pretty_json(const CronWorkflow& document);
std::string to_pretty_json(const WorkflowEventBinding& document);

/// YAML as people write it, for `kubectl apply` and `argo submit`.
std::string to_yaml(const Workflow& document);
std::string to_yaml(const WorkflowTemplate& document);
std::string to_yaml(const ClusterWorkflowTemplate& document);
std::string to_yaml(const CronWorkflow& document);
std::string to_yaml(const WorkflowEventBinding& document);

/// Writes YAML to `<name>.yaml` in a folder, which is made where there is none, and returns the absolute
/// path; as `write_file` of models does (`text/documents.hpp`).
std::string write_file(const std::string& folder, const Workflow& document, std::string_view name = {});
std::string write_file(const std::string& folder, const WorkflowTemplate& document,
                       std::string_view name = {});
std::string write_file(const std::string& folder, const ClusterWorkflowTemplate& document,
                       std::string_view name = {});
std::string write_file(const std::string& folder, const CronWorkflow& document, std::string_view name = {});
std::string write_file(const std::string& folder, const WorkflowEventBinding& document,
                       std::string_view name = {});

/// Prints YAML.
std::ostream& operator<<(std::ostream& out, const Workflow& document);
std::ostream& operator<<(std::ostream& out, const WorkflowTemplate& document);
std::ostream& operator<<(std::ostream& out, const ClusterWorkflowTemplate& document);
std::ostream& operator<<(std::ostream& out, const CronWorkflow& document);
std::ostream& operator<<(std::ostream& out, const WorkflowEventBinding& document);

}  // namespace tiphys
