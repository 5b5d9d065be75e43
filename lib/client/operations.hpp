// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/detail/request.hpp>
#include <tiphys/client/operation_options.hpp>

#include <string>
#include <string_view>

/// The operations of Argo's API as pure functions: method, target and body. `ns` is the namespace of an
/// operation whose options do not name one.
///
/// Errors: throw ClientError (invalid_argument) for what no server accepts: preconditions.hpp.
/// Source: pkg/apiclient/workflow/workflow.proto and the HTTP annotations in it.
namespace tiphys::client_detail {

inline constexpr std::string_view no_name =
    "the name of the workflow is empty: a workflow has one once it is created; pass on what `create` "
    "returned";

/// `workflow` is a workflow as JSON text.
Request create_request(std::string_view ns, std::string_view workflow, const CreateOptions& options);
Request get_request(std::string_view ns, std::string_view name, const GetOptions& options);
Request list_request(std::string_view ns, const ListOptions& options);
/// The same for the page that the server itself says is next.
Request next_page_request(std::string_view ns, const ListOptions& options);
Request remove_request(std::string_view ns, std::string_view name, const RemoveOptions& options);
Request resume_request(std::string_view ns, std::string_view name, const ResumeOptions& options);
Request suspend_request(std::string_view ns, std::string_view name, const SuspendOptions& options);
Request stop_request(std::string_view ns, std::string_view name, const StopOptions& options);
Request terminate_request(std::string_view ns, std::string_view name, const TerminateOptions& options);
Request retry_request(std::string_view ns, std::string_view name, const RetryOptions& options);
/// An empty name: all workflows.
Request watch_request(std::string_view ns, std::string_view name, const WatchOptions& options);
Request logs_request(std::string_view ns, std::string_view name, const LogOptions& options);
Request version_request();
Request info_request();

}  // namespace tiphys::client_detail
