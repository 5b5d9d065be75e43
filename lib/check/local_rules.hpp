// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/local_rules.hpp>

/// The rules that are decided locally; validate.cpp hands them to the walk.
namespace tiphys::detail {

/// Expressions of hooks, `when`, retries, labels, outputs, events: local_expressions.cpp.
void judge_expressions(const workflow_view& view, report& report);
void judge_expressions(const template_view& view, report& report);
void judge_expressions(const template_view& view, const call_view& call, report& report);
void judge_expressions(const model::CronWorkflow& cron, report& report);
void judge_expressions(const model::WorkflowEventBinding& binding, report& report);

}  // namespace tiphys::detail
