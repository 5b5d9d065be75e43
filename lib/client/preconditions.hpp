// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/operation_options.hpp>
#include <tiphys/model/model.hpp>

#include <string_view>
#include <vector>

/// What Argo's server, or Kubernetes behind it, demands of a request whatever it finds there: judged before a
/// byte is sent, so that the message names our option and not the server's words for it.
///
/// Errors: all throw ClientError (invalid_argument).
/// Source: server/utils/list_options.go, workflow/util/util.go, apimachinery (fields, labels, names).
namespace tiphys::client_detail {

/// A name of Kubernetes, or `@latest`.
void check_name(std::string_view name);
/// Empty is refused, unless all namespaces are meant.
void check_namespace(std::string_view ns, bool or_all = false);
/// `name` is what the message calls the option.
void check_uid(std::string_view uid, std::string_view name);
void check_label_selector(std::string_view selector, std::string_view name);
/// Over the fields of a node: "displayName=approve,phase!=Failed".
void check_node_selector(std::string_view selector, std::string_view name);

/// A workflow to be created in `ns`: it has a name, and no other namespace.
void check_new(const model::Workflow& workflow, std::string_view ns);
/// The selectors, the limit and the place to go on.
void check_list(std::string_view ns, const ListOptions& options);
void check_retry(const RetryOptions& options);
void check_logs(const LogOptions& options);

}  // namespace tiphys::client_detail
