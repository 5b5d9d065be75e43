// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/local_rules.hpp>

/// The rules that are decided locally; validate.cpp hands them to the walk.
namespace tiphys::detail {

// Expressions of hooks, `when`, retries, labels, outputs, events: local_expressions.cpp. Those of templates
// are met by the walk over `{{…}}`, which knows their scopes.
expression_facts read_expression(std::string_view text);
const Rule* read_when(std::string_view text, str& reason);
const Rule* read_with_param(std::string_view text, str& reason);
void judge_expressions(const model::CronWorkflow& cron, report& report);
void judge_expressions(const model::WorkflowEventBinding& binding, report& report);

// Manifests, patches, time zones and sizes: local_rules.cpp.
void local_templates(const template_view& view, report& report);
void pod_spec_patch_yaml(const str& patch, const Path& path, std::string_view owner, report& report);
/// `bytes` of JSON are sent for the document, which messages call `kind`.
void document_size(std::size_t bytes, std::string_view kind, report& report);
void cron_timezone(const model::CronWorkflow& cron, report& report);

}  // namespace tiphys::detail
