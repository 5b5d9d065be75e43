// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/stored.hpp>
#include <tiphys/client/submitted_workflow.hpp>

#include <vector>

namespace tiphys {

namespace client_detail {

template <>
inline constexpr bool is_awaited_result<std::vector<SubmittedWorkflow>> = true;

/// What a backfill begins with.
struct BackfillPlan {
    Request get;
    BackfillOptions options;
};

Request suspend_cron_request(const Core& core, const DocumentRef& cron, const DocumentOptions& options);
Request resume_cron_request(const Core& core, const DocumentRef& cron, const DocumentOptions& options);
BackfillPlan plan_backfill(const Core& core, const DocumentRef& cron, const BackfillOptions& options);
void start_backfill(const std::shared_ptr<Core>& core, Handler<std::vector<SubmittedWorkflow>> handler,
                    BackfillPlan plan);

}  // namespace client_detail

/// The CronWorkflows of a server: `client.cron_workflows()`.
class CronWorkflows : public client_detail::LintedDocuments<model::CronWorkflow> {
public:
    using LintedDocuments::LintedDocuments;

    /// It starts no runs until it is resumed: PUT …/suspend.
    template <class Token = boost::asio::deferred_t>
    auto async_suspend(const DocumentRef& cron, DocumentOptions options, Token&& token = Token()) const {
        return async_fetch<model::CronWorkflow>(client_detail::suspend_cron_request(*core(), cron, options),
                                                std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_suspend(const DocumentRef& cron, Token&& token = Token()) const {
        return async_suspend(cron, DocumentOptions(), std::forward<Token>(token));
    }
    model::CronWorkflow suspend(const DocumentRef& cron, const DocumentOptions& options = {}) const;

    /// It starts runs again: PUT …/resume.
    template <class Token = boost::asio::deferred_t>
    auto async_resume(const DocumentRef& cron, DocumentOptions options, Token&& token = Token()) const {
        return async_fetch<model::CronWorkflow>(client_detail::resume_cron_request(*core(), cron, options),
                                                std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_resume(const DocumentRef& cron, Token&& token = Token()) const {
        return async_resume(cron, DocumentOptions(), std::forward<Token>(token));
    }
    model::CronWorkflow resume(const DocumentRef& cron, const DocumentOptions& options = {}) const;

    /// Runs it for times that have passed: one workflow for each time of its schedules, named and labelled as
    /// the controller would have done it, and created by this client, not by a workflow in the cluster. Gives
    /// those that it created; times that have a workflow of that name already are left out, so a backfill
    /// that broke off can be made again.
    ///
    /// Schedules must be in UTC. Errors: invalid_argument for one in another zone, and for more times than
    /// BackfillOptions::limit; nothing is created then.
    template <class Token = boost::asio::deferred_t>
    auto async_backfill(const DocumentRef& cron, BackfillOptions options, Token&& token = Token()) const {
        return client_detail::launch<std::vector<SubmittedWorkflow>>(
            &client_detail::start_backfill, core(), std::forward<Token>(token),
            client_detail::plan_backfill(*core(), cron, options));
    }
    std::vector<SubmittedWorkflow> backfill(const DocumentRef& cron, const BackfillOptions& options) const;
};

}  // namespace tiphys
