// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/detail/cron_schedule.hpp>

#include "pairs.hpp"

namespace tiphys::test {
namespace {

TEST(CronRules, Spec) {
    const auto cron = [](const std::string& members) {
        return "{metadata: {name: x}, spec: {" + members +
               ", workflowSpec: {entrypoint: a, templates: [{name: a, suspend: {}}]}}}";
    };
    const std::string daily = "schedules: ['@daily']";
    const Pair pairs[] = {
        {"cron.no-schedule", "schedules: []", daily, "spec: the cron workflow has no schedule"},
        {"cron.schedule", "schedules: ['@daily', '60 * * * *']", "schedules: ['@daily', '59 * * * *']",
         "spec.schedules[1]: the schedule `60 * * * *` is wrong: the minute `60` is not within 0 and 59"},
        {"cron.narrow-schedule", "schedules: ['CRON_TZ=UTC 0 0 * * *']", daily, "holds its time zone"},
        {"cron.concurrency-policy", daily + ", concurrencyPolicy: Forbit",
         daily + ", concurrencyPolicy: Forbid", "did you mean `Forbid`?"},
        {"cron.starting-deadline", daily + ", startingDeadlineSeconds: -1",
         daily + ", startingDeadlineSeconds: 0", "startingDeadlineSeconds is -1"},
        {"cron.timezone", daily + ", timezone: Europe/Belin", daily + ", timezone: Europe/Berlin",
         "`Europe/Belin`"},
        {"field.required", daily + ", stopStrategy: {}", daily + ", stopStrategy: {expression: 'false'}",
         "the stopStrategy has no expression"},
        {"label.value", daily + ", workflowMetadata: {labels: {a: 'b c'}}",
         daily + ", workflowMetadata: {labels: {a: b}}", "spec.workflowMetadata.labels.a"},
    };
    expect_pairs<model::CronWorkflow>(pairs, cron);
}

TEST(CronRules, Schedules) {
    using detail::cron_schedule_error;
    for (const char* right : {"* * * * *",          "0 2 * * *",      "*/15 0-23/2 1,15 jan-DEC mon",
                              "? ? ? ? ?",          "5/10 * * * 0-6", "1,,2 * * * *",
                              "  0\t0 1 1 sun ",    "@yearly",        "@annually",
                              "@monthly",           "@weekly",        "@daily",
                              "@midnight",          "@hourly",        "@every 1h30m",
                              "@every 1.5h",        "@every 500ms",   "TZ=Europe/Berlin 0 0 * * *",
                              "CRON_TZ=UTC @daily", "+5 * * * *"})
        EXPECT_FALSE(cron_schedule_error(right).has_value())
            << right << ": " << cron_schedule_error(right).view();
    const std::pair<const char*, const char*> wrongs[] = {
        {"", "it is empty"},
        {"* * * *", "it has 4 fields, not five: minute, hour, day of the month, month, day of the week"},
        {"0 * * * * *", "it has 6 fields, not five: minute, hour, day of the month, month, day of the week"},
        {"* 24 * * *", "the hour `24` is not within 0 and 23"},
        {"* * 0 * *", "the day of the month `0` is not within 1 and 31"},
        {"* * * 13 *", "the month `13` is not within 1 and 12"},
        {"* * * * 7", "the day of the week `7` is not within 0 and 6"},
        {"* * * * frr", "the day of the week `frr` is no number or name"},
        {"5-3 * * * *", "the minute `5-3` ends before it begins"},
        {"*/0 * * * *", "the minute `*/0` has a step of zero"},
        {"*/x * * * *", "the minute `*/x` has a step that is no number"},
        {"1/2/3 * * * *", "the minute `1/2/3` has two steps"},
        {"1-2-3 * * * *", "the minute `1-2-3` is no range"},
        {"a * * * *", "the minute `a` is no number or name"},
        {"99999999999 * * * *", "the minute `99999999999` is no number or name"},
        {"@dayly", "`@dayly` is no descriptor; did you mean `@daily`?"},
        {"@every soon", "`soon` is no duration such as 1h30m"},
        {"@every ", "`` is no duration such as 1h30m"},
        {"TZ=UTC", "it has a time zone only"},
    };
    for (const auto& [schedule, error] : wrongs)
        EXPECT_EQ(cron_schedule_error(schedule).view(), error) << schedule;
    static_assert(!cron_schedule_error("0 3 * * mon-fri").has_value());
}

TEST(CronRules, EventBindings) {
    const auto binding = [](const std::string& spec) {
        return "{metadata: {name: x}, spec: {" + spec + "}}";
    };
    const std::string event = "event: {selector: 'true'}, ";
    const std::string submit = event + "submit: {workflowTemplateRef: {name: a}";
    const Pair pairs[] = {
        {"field.required", "event: {}, submit: {workflowTemplateRef: {name: a}}", submit + "}",
         "the event has no selector"},
        {"", event + "submit: {workflowTemplateRef: {}}", submit + "}",
         "the workflowTemplateRef has no name"},
        {"event.argument", submit + ", arguments: {parameters: [{name: p, value: v}]}}",
         submit + ", arguments: {parameters: [{name: p, valueFrom: {event: payload.v}}]}}",
         "submit.arguments.parameters[0]: the argument `p` has no valueFrom.event"},
    };
    expect_pairs<model::WorkflowEventBinding>(pairs, binding);
}

}  // namespace
}  // namespace tiphys::test
