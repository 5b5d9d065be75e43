// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/context.hpp>

namespace tiphys::detail {

/// The rules that only the running program can judge, because they take a library: expressions, YAML, time
/// zones. The walk calls each for its node, after the rules that the compiler judges too; in constant
/// evaluation there are none. Their rows are `decided` locally. lib/check/local_rules.cpp holds them.
struct local_rules {
    void (*on_workflow)(const workflow_view& view, report& report);
    void (*on_template)(const template_view& view, report& report);
    void (*on_call)(const template_view& view, const call_view& call, report& report);
    void (*on_cron_workflow)(const model::CronWorkflow& cron, report& report);
    void (*on_event_binding)(const model::WorkflowEventBinding& binding, report& report);
};

}  // namespace tiphys::detail
