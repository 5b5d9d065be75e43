// SPDX-License-Identifier: Apache-2.0
#include "local_rules.hpp"

namespace tiphys::detail {

void judge_expressions(const workflow_view&, report&) {}
void judge_expressions(const template_view&, report&) {}
void judge_expressions(const template_view&, const call_view&, report&) {}
void judge_expressions(const model::CronWorkflow&, report&) {}
void judge_expressions(const model::WorkflowEventBinding&, report&) {}

}  // namespace tiphys::detail
