// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/workflow.hpp>

namespace tiphys {

/// A workflow that runs again and again at times of the clock. Its own words are those below; all others
/// speak of the workflow that it runs. Source: Argo's CronWorkflowSpec.
class CronWorkflow : public detail::entity<CronWorkflow, model::CronWorkflow> {
    using base = detail::entity<CronWorkflow, model::CronWorkflow>;

public:
    constexpr explicit CronWorkflow(const word& name)
        : entity(name, "argoproj.io/v1alpha1", "CronWorkflow") {}

    /// When: "0 3 * * *", minutes, hours, days, months, weekdays; or "@daily" and its like. Calls add.
    constexpr CronWorkflow& schedule(const word& times) & {
        auto& schedules = cron().schedules;
        schedules.push_back(str(times.view()));
        note({}, "schedules", static_cast<std::int32_t>(schedules.size() - 1), times.where());
        return *this;
    }
    constexpr CronWorkflow&& schedule(const word& times) && { return std::move(schedule(times)); }
    constexpr CronWorkflow& schedules(const word& a, const word& b = {}, const word& c = {},
                                      const word& d = {}, const word& e = {}, const word& f = {},
                                      const word& g = {}, const word& h = {}) & {
        for (const word* times : {&a, &b, &c, &d, &e, &f, &g, &h}) {
            if (!times->has_value()) break;
            schedule(*times);
        }
        return *this;
    }
    constexpr CronWorkflow&& schedules(const word& a, const word& b = {}, const word& c = {},
                                       const word& d = {}, const word& e = {}, const word& f = {},
                                       const word& g = {}, const word& h = {}) && {
        return std::move(schedules(a, b, c, d, e, f, g, h));
    }

    /// Whose clock: "Europe/Berlin"; that of the controller unless given.
    constexpr CronWorkflow& timezone(const word& name) & {
        cron().timezone = name.view();
        note({}, "timezone", -1, name.where());
        return *this;
    }
    constexpr CronWorkflow&& timezone(const word& name) && { return std::move(timezone(name)); }

    /// What happens while a run is still going on: Allow, Forbid or Replace.
    constexpr CronWorkflow& concurrency_policy(const word& policy) & {
        cron().concurrencyPolicy = policy.view();
        note({}, "concurrencyPolicy", -1, policy.where());
        return *this;
    }
    constexpr CronWorkflow&& concurrency_policy(const word& policy) && {
        return std::move(concurrency_policy(policy));
    }

    /// A run that could not start in time still starts within so many seconds.
    constexpr CronWorkflow& starting_deadline_seconds(std::int64_t seconds) & {
        cron().startingDeadlineSeconds = seconds;
        return *this;
    }
    constexpr CronWorkflow&& starting_deadline_seconds(std::int64_t seconds) && {
        return std::move(starting_deadline_seconds(seconds));
    }

    /// No more runs once this holds: "cronworkflow.failed >= 3".
    constexpr CronWorkflow& stop_strategy(const word& expression) & {
        cron().stopStrategy.ensure().expression = expression.view();
        note({}, "stopStrategy", -1, expression.where());
        return *this;
    }
    constexpr CronWorkflow&& stop_strategy(const word& expression) && {
        return std::move(stop_strategy(expression));
    }

    /// How many runs that succeeded are kept; 3 unless given.
    constexpr CronWorkflow& successful_jobs_history_limit(std::int64_t runs) & {
        cron().successfulJobsHistoryLimit = runs;
        return *this;
    }
    constexpr CronWorkflow&& successful_jobs_history_limit(std::int64_t runs) && {
        return std::move(successful_jobs_history_limit(runs));
    }
    /// How many runs that failed are kept; 1 unless given.
    constexpr CronWorkflow& failed_jobs_history_limit(std::int64_t runs) & {
        cron().failedJobsHistoryLimit = runs;
        return *this;
    }
    constexpr CronWorkflow&& failed_jobs_history_limit(std::int64_t runs) && {
        return std::move(failed_jobs_history_limit(runs));
    }

    /// A run is left out unless this holds: "{{= cronworkflow.lastScheduledTime == nil || … }}".
    constexpr CronWorkflow& when(const word& expression) & {
        cron().when = expression.view();
        note({}, "when", -1, expression.where());
        return *this;
    }
    constexpr CronWorkflow&& when(const word& expression) && { return std::move(when(expression)); }

    /// Starts no runs until it is resumed. (With a name, `suspend` adds a template that waits.)
    template <std::same_as<bool> Bool>
    constexpr CronWorkflow& suspend(Bool suspended) & {
        cron().suspend = suspended;
        return *this;
    }
    template <std::same_as<bool> Bool>
    constexpr CronWorkflow&& suspend(Bool suspended) && {
        return std::move(suspend(suspended));
    }
    constexpr CronWorkflow& suspend(const word& name, Suspend made = {}) & {
        return base::suspend(name, std::move(made));
    }
    constexpr CronWorkflow&& suspend(const word& name, Suspend made = {}) && {
        return std::move(base::suspend(name, std::move(made)));
    }

private:
    constexpr model::CronWorkflowSpec& cron() noexcept { return state().model.spec; }
};

}  // namespace tiphys
