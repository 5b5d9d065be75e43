// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/workflow.hpp>

namespace tiphys {

/// A workflow that runs again and again at times of the clock. Its own words are those below; all others
/// speak of the workflow that it runs. Source: Argo's CronWorkflowSpec.
class CronWorkflow : public detail::entity<CronWorkflow, model::CronWorkflow>,
                     public detail::cron_words<CronWorkflow> {
    using words = detail::cron_words<CronWorkflow>;

public:
    constexpr explicit CronWorkflow(const word& name)
        : entity(name, "argoproj.io/v1alpha1", "CronWorkflow") {}
    /// Goes on from one that was read or made elsewhere: words add to it and replace.
    constexpr explicit CronWorkflow(model::CronWorkflow from)
        : entity(std::move(from), "argoproj.io/v1alpha1", "CronWorkflow") {}

    /// When: "0 3 * * *", minutes, hours, days, months, weekdays; or "@daily" and its like. Calls add, as
    /// with `schedules`.
    constexpr CronWorkflow& schedule(const word& times) & { return schedules(times); }
    constexpr CronWorkflow&& schedule(const word& times) && { return std::move(schedules(times)); }

    using words::stop_strategy;
    /// No more runs once this holds: "cronworkflow.failed >= 3".
    constexpr CronWorkflow& stop_strategy(const word& expression) & {
        cron_to_fill().stopStrategy.ensure().expression = expression.view();
        note({}, "stopStrategy", -1, expression.where());
        return *this;
    }
    constexpr CronWorkflow&& stop_strategy(const word& expression) && {
        return std::move(stop_strategy(expression));
    }

private:
    friend detail::fill;
    constexpr model::CronWorkflowSpec& cron_to_fill() noexcept { return state().model.spec; }
};

}  // namespace tiphys
