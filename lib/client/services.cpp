// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/archived_workflows.hpp>
#include <tiphys/client/sync_limits.hpp>

#include "client/fetch.hpp"
#include "client/service_operations.hpp"

namespace tiphys {
namespace client_detail {

TIPHYS_CLIENT_FETCHES(model::LabelKeys);
TIPHYS_CLIENT_FETCHES(model::LabelValues);
TIPHYS_CLIENT_FETCHES(model::sync::SyncLimitResponse);

PageRequests archived_requests(const Core& core, const ListArchivedOptions& options) {
    const std::string ns = core.options().namespace_;
    PageRequests pages;
    pages.first = made([&] { return list_archived_request(ns, options); });
    pages.next = [ns, next = options](std::string_view from) mutable {
        next.continue_ = from;
        return next_archived_request(ns, next);
    };
    return pages;
}
Request archived_request(const Core& core, std::string_view uid, const ArchivedOptions& options) {
    return made([&] { return get_archived_request(core.options().namespace_, uid, options); });
}
Request remove_archived_request(const Core& core, std::string_view uid, const ArchivedOptions& options) {
    return made([&] { return remove_archived_request(core.options().namespace_, uid, options); });
}
Request resubmit_archived_request(const Core& core, std::string_view uid, const ResubmitOptions& options) {
    return made([&] { return resubmit_archived_request(core.options().namespace_, uid, options); });
}
Request retry_archived_request(const Core& core, std::string_view uid, const RetryOptions& options) {
    return made([&] { return retry_archived_request(core.options().namespace_, uid, options); });
}
Request archived_keys_request(const Core& core, const ArchivedOptions& options) {
    return made([&] { return archived_label_keys_request(core.options().namespace_, options); });
}
Request archived_values_request(const Core& core, std::string_view key, const ArchivedOptions& options) {
    return made([&] { return archived_label_values_request(core.options().namespace_, key, options); });
}

Request create_limit_request(const Core& core, std::string_view key, std::int64_t limit,
                             const SyncLimitOptions& options) {
    return made([&] { return create_sync_limit_request(core.options().namespace_, key, limit, options); });
}
Request limit_request(const Core& core, std::string_view key, const SyncLimitOptions& options) {
    return made([&] { return get_sync_limit_request(core.options().namespace_, key, options); });
}
Request update_limit_request(const Core& core, std::string_view key, std::int64_t limit,
                             const SyncLimitOptions& options) {
    return made([&] { return update_sync_limit_request(core.options().namespace_, key, limit, options); });
}
Request remove_limit_request(const Core& core, std::string_view key, const SyncLimitOptions& options) {
    return made([&] { return remove_sync_limit_request(core.options().namespace_, key, options); });
}

}  // namespace client_detail

model::WorkflowList ArchivedWorkflows::list(const ListArchivedOptions& options) const {
    return client_detail::pages_now<model::WorkflowList>(core(), "list",
                                                         client_detail::archived_requests(*core(), options));
}
model::WorkflowList ArchivedWorkflows::list_page(const ListArchivedOptions& options) const {
    return fetch<model::WorkflowList>("list_page", client_detail::archived_requests(*core(), options).first);
}
SubmittedWorkflow ArchivedWorkflows::get(std::string_view uid, const ArchivedOptions& options) const {
    return fetch<SubmittedWorkflow>("get", client_detail::archived_request(*core(), uid, options));
}
void ArchivedWorkflows::remove(std::string_view uid, const ArchivedOptions& options) const {
    fetch<void>("remove", client_detail::remove_archived_request(*core(), uid, options));
}
SubmittedWorkflow ArchivedWorkflows::resubmit(std::string_view uid, const ResubmitOptions& options) const {
    return fetch<SubmittedWorkflow>("resubmit",
                                    client_detail::resubmit_archived_request(*core(), uid, options));
}
SubmittedWorkflow ArchivedWorkflows::retry(std::string_view uid, const RetryOptions& options) const {
    return fetch<SubmittedWorkflow>("retry", client_detail::retry_archived_request(*core(), uid, options));
}
model::LabelKeys ArchivedWorkflows::label_keys(const ArchivedOptions& options) const {
    return fetch<model::LabelKeys>("label_keys", client_detail::archived_keys_request(*core(), options));
}
model::LabelValues ArchivedWorkflows::label_values(std::string_view key,
                                                   const ArchivedOptions& options) const {
    return fetch<model::LabelValues>("label_values",
                                     client_detail::archived_values_request(*core(), key, options));
}

model::sync::SyncLimitResponse SyncLimits::create(std::string_view key, std::int64_t limit,
                                                  const SyncLimitOptions& options) const {
    return fetch<model::sync::SyncLimitResponse>(
        "create", client_detail::create_limit_request(*core(), key, limit, options));
}
model::sync::SyncLimitResponse SyncLimits::get(std::string_view key, const SyncLimitOptions& options) const {
    return fetch<model::sync::SyncLimitResponse>("get", client_detail::limit_request(*core(), key, options));
}
model::sync::SyncLimitResponse SyncLimits::update(std::string_view key, std::int64_t limit,
                                                  const SyncLimitOptions& options) const {
    return fetch<model::sync::SyncLimitResponse>(
        "update", client_detail::update_limit_request(*core(), key, limit, options));
}
void SyncLimits::remove(std::string_view key, const SyncLimitOptions& options) const {
    fetch<void>("remove", client_detail::remove_limit_request(*core(), key, options));
}

}  // namespace tiphys
