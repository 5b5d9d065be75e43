// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/detail/fetch.hpp>
#include <tiphys/client/service_options.hpp>
#include <tiphys/model/generated/requests.hpp>

namespace tiphys {

namespace client_detail {

Request create_limit_request(const Core& core, std::string_view key, std::int64_t limit,
                             const SyncLimitOptions& options);
Request limit_request(const Core& core, std::string_view key, const SyncLimitOptions& options);
Request update_limit_request(const Core& core, std::string_view key, std::int64_t limit,
                             const SyncLimitOptions& options);
Request remove_limit_request(const Core& core, std::string_view key, const SyncLimitOptions& options);

}  // namespace client_detail

/// How many workflows or templates may hold a semaphore at once, each limit by its key:
/// `client.sync_limits()`.
class SyncLimits : public client_detail::Service {
public:
    using Service::Service;

    /// POST /api/v1/sync/{namespace}. Errors: conflict if there is one. The limit is at least 1.
    template <class Token = boost::asio::deferred_t>
    auto async_create(std::string_view key, std::int64_t limit, SyncLimitOptions options,
                      Token&& token = Token()) const {
        return async_fetch<model::sync::SyncLimitResponse>(
            client_detail::create_limit_request(*core(), key, limit, options), std::forward<Token>(token));
    }
    model::sync::SyncLimitResponse create(std::string_view key, std::int64_t limit,
                                          const SyncLimitOptions& options) const;

    /// GET /api/v1/sync/{namespace}/{key}.
    template <class Token = boost::asio::deferred_t>
    auto async_get(std::string_view key, SyncLimitOptions options, Token&& token = Token()) const {
        return async_fetch<model::sync::SyncLimitResponse>(
            client_detail::limit_request(*core(), key, options), std::forward<Token>(token));
    }
    model::sync::SyncLimitResponse get(std::string_view key, const SyncLimitOptions& options) const;

    /// PUT /api/v1/sync/{namespace}/{key}. Errors: not_found if there is none.
    template <class Token = boost::asio::deferred_t>
    auto async_update(std::string_view key, std::int64_t limit, SyncLimitOptions options,
                      Token&& token = Token()) const {
        return async_fetch<model::sync::SyncLimitResponse>(
            client_detail::update_limit_request(*core(), key, limit, options), std::forward<Token>(token));
    }
    model::sync::SyncLimitResponse update(std::string_view key, std::int64_t limit,
                                          const SyncLimitOptions& options) const;

    /// DELETE /api/v1/sync/{namespace}/{key}.
    template <class Token = boost::asio::deferred_t>
    auto async_remove(std::string_view key, SyncLimitOptions options, Token&& token = Token()) const {
        return async_fetch<void>(client_detail::remove_limit_request(*core(), key, options),
                                 std::forward<Token>(token));
    }
    void remove(std::string_view key, const SyncLimitOptions& options) const;
};

}  // namespace tiphys
