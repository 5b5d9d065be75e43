// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/detail/request.hpp>
#include <tiphys/client/operation_options.hpp>

#include <boost/json/array.hpp>

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
/// The same, to be judged.
Request lint_request(std::string_view ns, std::string_view workflow, const LintOptions& options);
/// Runs the stored document of that kind and name.
Request submit_request(std::string_view ns, std::string_view kind, std::string_view name,
                       const SubmitOptions& options);
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
Request resubmit_request(std::string_view ns, std::string_view name, const ResubmitOptions& options);
Request set_request(std::string_view ns, std::string_view name, const SetOptions& options);
/// An empty name: all workflows.
Request watch_request(std::string_view ns, std::string_view name, const WatchOptions& options);
Request logs_request(std::string_view ns, std::string_view name, const LogOptions& options);
/// The older form of the same, for one pod: `options.pod`.
Request pod_logs_request(std::string_view ns, std::string_view name, const LogOptions& options);
Request version_request();
Request info_request();
Request user_info_request();
Request collect_event_request(std::string_view name);
/// The path of the server's page for a workflow, and its query.
std::string workflow_page(std::string_view ns, std::string_view name);

/// "name=value" for each, as Argo takes them.
boost::json::array name_value_list(const std::vector<NamedValue>& values);

}  // namespace tiphys::client_detail
