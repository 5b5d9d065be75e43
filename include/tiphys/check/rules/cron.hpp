// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on cron workflows.
namespace tiphys::rule {

inline constexpr Rule cron_no_schedule{"cron.no-schedule", "A cron workflow has at least one schedule.",
                                       "Give it: schedules: [\"0 3 * * *\"]."};
inline constexpr Rule cron_schedule{
    "cron.schedule",
    "A schedule has five fields, or is one of @hourly, @daily, @weekly, @monthly, @yearly and @every.",
    "Write it like \"0 3 * * mon-fri\" or \"@every 1h30m\"."};
inline constexpr Rule cron_narrow_schedule{
    "cron.narrow-schedule",
    "The full custom resource definitions of Argo refuse a time zone within a schedule.",
    "Give the zone in spec.timezone.", warning};
inline constexpr Rule cron_concurrency_policy{
    "cron.concurrency-policy", "concurrencyPolicy is Allow, Forbid or Replace.", "Name one of them."};
inline constexpr Rule cron_starting_deadline{"cron.starting-deadline",
                                             "startingDeadlineSeconds is not negative.", "Give 0 or more."};
inline constexpr Rule cron_timezone{"cron.timezone",
                                    "The time zone is one of the tz database.",
                                    "Name one, such as Europe/Berlin.",
                                    error,
                                    at_submission,
                                    locally};

inline constexpr const Rule* cron_rules[] = {&cron_no_schedule,       &cron_schedule,
                                             &cron_narrow_schedule,   &cron_concurrency_policy,
                                             &cron_starting_deadline, &cron_timezone};

}  // namespace tiphys::rule
