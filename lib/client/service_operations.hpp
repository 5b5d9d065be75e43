// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/detail/request.hpp>
#include <tiphys/client/operation_options.hpp>
#include <tiphys/client/service_options.hpp>
#include <tiphys/core/json.hpp>

#include <string>
#include <string_view>

/// The operations of the archive, of limits and of events as pure functions.
///
/// Errors: throw ClientError (invalid_argument) for what no server accepts.
/// Source: the .proto files below pkg/apiclient and the HTTP annotations in them.
namespace tiphys::client_detail {

Request list_archived_request(std::string_view ns, const ListArchivedOptions& options);
/// The same for the page that the server itself says is next.
Request next_archived_request(std::string_view ns, const ListArchivedOptions& options);
Request get_archived_request(std::string_view ns, std::string_view uid, const ArchivedOptions& options);
Request remove_archived_request(std::string_view ns, std::string_view uid, const ArchivedOptions& options);
Request resubmit_archived_request(std::string_view ns, std::string_view uid, const ResubmitOptions& options);
Request retry_archived_request(std::string_view ns, std::string_view uid, const RetryOptions& options);
Request archived_label_keys_request(std::string_view ns, const ArchivedOptions& options);
Request archived_label_values_request(std::string_view ns, std::string_view key,
                                      const ArchivedOptions& options);

Request create_sync_limit_request(std::string_view ns, std::string_view key, std::int64_t limit,
                                  const SyncLimitOptions& options);
Request get_sync_limit_request(std::string_view ns, std::string_view key, const SyncLimitOptions& options);
Request update_sync_limit_request(std::string_view ns, std::string_view key, std::int64_t limit,
                                  const SyncLimitOptions& options);
Request remove_sync_limit_request(std::string_view ns, std::string_view key, const SyncLimitOptions& options);

Request receive_event_request(std::string_view ns, std::string_view discriminator, const json& payload,
                              const SendEventOptions& options);

}  // namespace tiphys::client_detail
