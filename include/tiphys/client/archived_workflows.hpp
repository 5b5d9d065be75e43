// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/detail/fetch.hpp>
#include <tiphys/client/operation_options.hpp>
#include <tiphys/client/service_options.hpp>
#include <tiphys/client/submitted_workflow.hpp>
#include <tiphys/model/generated/requests.hpp>

namespace tiphys {

namespace client_detail {

PageRequests archived_requests(const Core& core, const ListArchivedOptions& options);
Request archived_request(const Core& core, std::string_view uid, const ArchivedOptions& options);
Request remove_archived_request(const Core& core, std::string_view uid, const ArchivedOptions& options);
Request resubmit_archived_request(const Core& core, std::string_view uid, const ResubmitOptions& options);
Request retry_archived_request(const Core& core, std::string_view uid, const RetryOptions& options);
Request archived_keys_request(const Core& core, const ArchivedOptions& options);
Request archived_values_request(const Core& core, std::string_view key, const ArchivedOptions& options);

}  // namespace client_detail

/// The workflows in a server's archive, each by its uid: `client.archived_workflows()`. Where the server has
/// none, lists are empty and all else is an error of the server.
class ArchivedWorkflows : public client_detail::Service {
public:
    using Service::Service;

    /// All that the options choose, page after page if `limit` asks for pages: GET
    /// /api/v1/archived-workflows.
    template <class Token = boost::asio::deferred_t>
    auto async_list(ListArchivedOptions options, Token&& token = Token()) const {
        return async_fetch_pages<model::WorkflowList>(client_detail::archived_requests(*core(), options),
                                                      std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_list(Token&& token = Token()) const {
        return async_list(ListArchivedOptions(), std::forward<Token>(token));
    }
    model::WorkflowList list(const ListArchivedOptions& options = {}) const;

    /// One page; `metadata.continue_` says where the next begins, and is absent in the last.
    template <class Token = boost::asio::deferred_t>
    auto async_list_page(ListArchivedOptions options, Token&& token = Token()) const {
        return async_fetch<model::WorkflowList>(client_detail::archived_requests(*core(), options).first,
                                                std::forward<Token>(token));
    }
    model::WorkflowList list_page(const ListArchivedOptions& options = {}) const;

    /// GET /api/v1/archived-workflows/{uid}.
    template <class Token = boost::asio::deferred_t>
    auto async_get(std::string_view uid, ArchivedOptions options, Token&& token = Token()) const {
        return async_fetch<SubmittedWorkflow>(client_detail::archived_request(*core(), uid, options),
                                              std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_get(std::string_view uid, Token&& token = Token()) const {
        return async_get(uid, ArchivedOptions(), std::forward<Token>(token));
    }
    SubmittedWorkflow get(std::string_view uid, const ArchivedOptions& options = {}) const;

    /// Deletes it from the archive: DELETE.
    template <class Token = boost::asio::deferred_t>
    auto async_remove(std::string_view uid, ArchivedOptions options, Token&& token = Token()) const {
        return async_fetch<void>(client_detail::remove_archived_request(*core(), uid, options),
                                 std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_remove(std::string_view uid, Token&& token = Token()) const {
        return async_remove(uid, ArchivedOptions(), std::forward<Token>(token));
    }
    void remove(std::string_view uid, const ArchivedOptions& options = {}) const;

    /// Runs it again as a new workflow: PUT …/resubmit.
    template <class Token = boost::asio::deferred_t>
    auto async_resubmit(std::string_view uid, ResubmitOptions options, Token&& token = Token()) const {
        return async_fetch<SubmittedWorkflow>(client_detail::resubmit_archived_request(*core(), uid, options),
                                              std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_resubmit(std::string_view uid, Token&& token = Token()) const {
        return async_resubmit(uid, ResubmitOptions(), std::forward<Token>(token));
    }
    SubmittedWorkflow resubmit(std::string_view uid, const ResubmitOptions& options = {}) const;

    /// Brings it back and runs again what failed: PUT …/retry.
    template <class Token = boost::asio::deferred_t>
    auto async_retry(std::string_view uid, RetryOptions options, Token&& token = Token()) const {
        return async_fetch<SubmittedWorkflow>(client_detail::retry_archived_request(*core(), uid, options),
                                              std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_retry(std::string_view uid, Token&& token = Token()) const {
        return async_retry(uid, RetryOptions(), std::forward<Token>(token));
    }
    SubmittedWorkflow retry(std::string_view uid, const RetryOptions& options = {}) const;

    /// The keys of labels that occur: GET /api/v1/archived-workflows-label-keys.
    template <class Token = boost::asio::deferred_t>
    auto async_label_keys(ArchivedOptions options, Token&& token = Token()) const {
        return async_fetch<model::LabelKeys>(client_detail::archived_keys_request(*core(), options),
                                             std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_label_keys(Token&& token = Token()) const {
        return async_label_keys(ArchivedOptions(), std::forward<Token>(token));
    }
    model::LabelKeys label_keys(const ArchivedOptions& options = {}) const;

    /// The values that one key has: GET /api/v1/archived-workflows-label-values.
    template <class Token = boost::asio::deferred_t>
    auto async_label_values(std::string_view key, ArchivedOptions options, Token&& token = Token()) const {
        return async_fetch<model::LabelValues>(client_detail::archived_values_request(*core(), key, options),
                                               std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_label_values(std::string_view key, Token&& token = Token()) const {
        return async_label_values(key, ArchivedOptions(), std::forward<Token>(token));
    }
    model::LabelValues label_values(std::string_view key, const ArchivedOptions& options = {}) const;
};

}  // namespace tiphys
