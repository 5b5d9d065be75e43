// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/operation_options.hpp>
#include <tiphys/model/model.hpp>

#include <initializer_list>
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
/// It has no other namespace; `name` is the option that chose `ns`.
void check_place(const model::Workflow& workflow, std::string_view ns, std::string_view name);
/// The selectors, the limit and the place to go on.
void check_list(std::string_view ns, const ListOptions& options);
void check_retry(const RetryOptions& options);
void check_logs(const LogOptions& options);

/// The name of an object other than a workflow; `noun` is what the message calls it.
void check_object_name(std::string_view name, std::string_view noun);
/// A field selector of Kubernetes, over whatever fields.
void check_field_selector(std::string_view selector, std::string_view name);
/// Argo's own field selector of lists of workflows in `ns`.
void check_workflow_fields(std::string_view selector, std::string_view ns, std::string_view name);
/// A whole number, as Argo's offsets into lists of workflows are.
void check_offset(std::string_view continue_, std::string_view name);
/// Empty, or one of these.
void check_one_of(std::string_view value, std::initializer_list<std::string_view> known,
                  std::string_view name);
/// What all logs have in common; `options` is the name of the struct.
void check_log_lines(const LogOptions& lines, std::string_view options);
/// Names of parameters or artifacts, each once.
void check_arguments(const std::vector<NamedValue>& values, std::string_view name);
void check_submit(std::string_view kind, std::string_view ns, const SubmitOptions& options);
void check_set(const SetOptions& options);

}  // namespace tiphys::client_detail
