// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/cron_schedule.hpp>
#include <tiphys/check/detail/document_rules.hpp>

/// Rules on cron workflows and on workflow event bindings.
namespace tiphys::detail {

inline constexpr std::string_view concurrency_policies[] = {"Allow", "Forbid", "Replace"};

constexpr void cron_schedules(const model::CronWorkflow& cron, const Path& path, report& report) {
    const auto& schedules = cron.spec.schedules;
    if (schedules.empty()) report(rule::cron_no_schedule, path, "the cron workflow has no schedule");
    for (std::size_t i = 0; i < schedules.size(); ++i) {
        const auto schedule = schedules[i].view();
        const str wrong = cron_schedule_error(schedule);
        if (wrong.has_value())
            report(rule::cron_schedule, (path / "schedules")[i],
                   joined("the schedule `", schedule, "` is wrong: ", wrong.view()));
        else if (schedule.substr(0, 3) == "TZ=" || schedule.substr(0, 8) == "CRON_TZ=")
            report(rule::cron_narrow_schedule, (path / "schedules")[i],
                   joined("the schedule `", schedule, "` holds its time zone"));
    }
}

constexpr void cron_workflow(const model::CronWorkflow& cron, report& report) {
    const Path path = Path() / "spec";
    object_metadata(cron.metadata, Path() / "metadata", report);
    cron_schedules(cron, path, report);
    one_of(rule::cron_concurrency_policy, cron.spec.concurrencyPolicy, concurrency_policies, path,
           "concurrencyPolicy", "the cron workflow", report);
    if (cron.spec.startingDeadlineSeconds.value_or(0) < 0)
        report(rule::cron_starting_deadline, path / "startingDeadlineSeconds",
               joined("startingDeadlineSeconds is ", text(*cron.spec.startingDeadlineSeconds).view()));
    if (cron.spec.stopStrategy)
        field_required(cron.spec.stopStrategy->expression, path / "stopStrategy", "expression",
                       "the stopStrategy", report);
}

constexpr void event_binding(const model::WorkflowEventBinding& binding, report& report) {
    const Path path = Path() / "spec";
    object_metadata(binding.metadata, Path() / "metadata", report);
    field_required(binding.spec.event.selector, path / "event", "selector", "the event", report);
    if (!binding.spec.submit) return;
    const auto& submit = *binding.spec.submit;
    field_required(submit.workflowTemplateRef.name, path / "submit" / "workflowTemplateRef", "name",
                   "the workflowTemplateRef", report);
    if (!submit.arguments) return;
    const auto& parameters = submit.arguments->parameters;
    for (std::size_t i = 0; i < parameters.size(); ++i)
        if (!parameters[i].valueFrom || parameters[i].valueFrom->event.empty())
            report(rule::event_argument, (path / "submit" / "arguments" / "parameters")[i],
                   joined("the argument `", parameters[i].name.view(), "` has no valueFrom.event"));
}

}  // namespace tiphys::detail
