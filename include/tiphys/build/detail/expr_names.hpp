// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/expr_operators.hpp>

/// The variables of Argo, as its documentation names them, in snake_case. What Argo gives as text is text.
/// Source: Argo's docs/variables.md.
namespace tiphys::expr {

namespace detail {

template <Type T>
constexpr Expr<T> variable(std::string_view text) {
    return {str(text), Strength::primary};
}

/// `inputs.parameters["x"]` and its like: a group of names.
template <Type T>
struct name_group {
    tiphys::detail::literal base;
    constexpr Expr<T> operator[](const word& name) const {
        return {member(base, name.view()), Strength::primary, name.where()};
    }
};

/// The same below a step or task, whose name it owns.
template <Type T>
class owned_group {
public:
    constexpr owned_group(str base, tiphys::detail::literal group, const std::source_location& where)
        : base_(std::move(base)), group_(group), where_(where) {}
    constexpr Expr<T> operator[](const word& name) const {
        return {member(joined(base_.view(), group_).view(), name.view()), Strength::primary, name.where()};
    }
    constexpr std::string_view base() const { return base_.view(); }
    constexpr const std::source_location& where() const { return where_; }

private:
    str base_;
    tiphys::detail::literal group_;
    std::source_location where_;
};

/// The outputs of a step or task.
struct node_outputs {
    owned_group<Type::text> parameters;
    owned_group<Type::any> artifacts;

    constexpr node_outputs(std::string_view node, const std::source_location& where)
        : parameters(str(node), ".outputs.parameters", where),
          artifacts(str(node), ".outputs.artifacts", where) {}
    /// What the script or container printed.
    constexpr Expr<Type::text> result() const {
        return {joined(parameters.base(), ".outputs.result"), Strength::primary, parameters.where()};
    }
};

/// A step or task.
struct node {
    node_outputs outputs;

    constexpr node(str base, const std::source_location& where) : outputs(base.view(), where) {}
    constexpr Expr<Type::text> id() const { return field(".id"); }
    constexpr Expr<Type::text> ip() const { return field(".ip"); }
    /// Succeeded, Failed, Error, Skipped, Omitted, Daemoned …
    constexpr Expr<Type::text> status() const { return field(".status"); }
    constexpr Expr<Type::text> exit_code() const { return field(".exitCode"); }
    constexpr Expr<Type::text> started_at() const { return field(".startedAt"); }
    constexpr Expr<Type::text> finished_at() const { return field(".finishedAt"); }
    constexpr Expr<Type::text> host_node_name() const { return field(".hostNodeName"); }

private:
    constexpr Expr<Type::text> field(std::string_view name) const {
        return {joined(outputs.parameters.base(), name), Strength::primary, outputs.parameters.where()};
    }
};

struct node_group {
    tiphys::detail::literal base;
    constexpr node operator[](const word& name) const { return {member(base, name.view()), name.where()}; }
};

struct inputs_names {
    name_group<Type::text> parameters{"inputs.parameters"};
    name_group<Type::any> artifacts{"inputs.artifacts"};
};

struct outputs_names {
    name_group<Type::text> parameters{"outputs.parameters"};
    name_group<Type::any> artifacts{"outputs.artifacts"};
    constexpr Expr<Type::text> result() const { return variable<Type::text>("outputs.result"); }
    constexpr Expr<Type::text> exit_code() const { return variable<Type::text>("outputs.exitCode"); }
};

struct workflow_outputs {
    name_group<Type::text> parameters{"workflow.outputs.parameters"};
    name_group<Type::any> artifacts{"workflow.outputs.artifacts"};
};

struct workflow_names {
    name_group<Type::text> parameters{"workflow.parameters"};
    name_group<Type::text> labels{"workflow.labels"};
    name_group<Type::text> annotations{"workflow.annotations"};
    workflow_outputs outputs{};
    constexpr Expr<Type::text> name() const { return variable<Type::text>("workflow.name"); }
    constexpr Expr<Type::text> namespace_() const { return variable<Type::text>("workflow.namespace"); }
    constexpr Expr<Type::text> uid() const { return variable<Type::text>("workflow.uid"); }
    constexpr Expr<Type::text> main_entrypoint() const {
        return variable<Type::text>("workflow.mainEntrypoint");
    }
    constexpr Expr<Type::text> service_account_name() const {
        return variable<Type::text>("workflow.serviceAccountName");
    }
    constexpr Expr<Type::any> creation_timestamp() const {
        return variable<Type::any>("workflow.creationTimestamp");
    }
    constexpr Expr<Type::text> priority() const { return variable<Type::text>("workflow.priority"); }
    constexpr Expr<Type::text> duration() const { return variable<Type::text>("workflow.duration"); }
    constexpr Expr<Type::text> scheduled_time() const {
        return variable<Type::text>("workflow.scheduledTime");
    }
    /// In exit handlers: Succeeded, Failed or Error; in hooks also Running.
    constexpr Expr<Type::text> status() const { return variable<Type::text>("workflow.status"); }
    /// In exit handlers: a JSON list of what failed.
    constexpr Expr<Type::text> failures() const { return variable<Type::text>("workflow.failures"); }
};

struct last_retry_names {
    constexpr Expr<Type::text> exit_code() const { return variable<Type::text>("lastRetry.exitCode"); }
    constexpr Expr<Type::text> status() const { return variable<Type::text>("lastRetry.status"); }
    /// Seconds.
    constexpr Expr<Type::text> duration() const { return variable<Type::text>("lastRetry.duration"); }
    constexpr Expr<Type::text> message() const { return variable<Type::text>("lastRetry.message"); }
};

struct cronworkflow_names {
    name_group<Type::text> labels{"cronworkflow.labels"};
    name_group<Type::text> annotations{"cronworkflow.annotations"};
    constexpr Expr<Type::text> name() const { return variable<Type::text>("cronworkflow.name"); }
    constexpr Expr<Type::text> namespace_() const { return variable<Type::text>("cronworkflow.namespace"); }
    /// A time, or nil before the first run: `(now() - x).method("Seconds")`.
    constexpr Expr<Type::any> last_scheduled_time() const {
        return variable<Type::any>("cronworkflow.lastScheduledTime");
    }
    constexpr Expr<Type::any> failed() const { return variable<Type::any>("cronworkflow.failed"); }
    constexpr Expr<Type::any> succeeded() const { return variable<Type::any>("cronworkflow.succeeded"); }
};

/// In `successCondition` of HTTP templates.
struct request_names {
    constexpr Expr<Type::text> method() const { return variable<Type::text>("request.method"); }
    constexpr Expr<Type::text> url() const { return variable<Type::text>("request.url"); }
    constexpr Expr<Type::text> body() const { return variable<Type::text>("request.body"); }
    constexpr Expr<Type::map> headers() const { return variable<Type::map>("request.headers"); }
};
struct response_names {
    constexpr Expr<Type::number> status_code() const { return variable<Type::number>("response.statusCode"); }
    constexpr Expr<Type::text> body() const { return variable<Type::text>("response.body"); }
    constexpr Expr<Type::map> headers() const { return variable<Type::map>("response.headers"); }
};

}  // namespace detail

inline constexpr detail::inputs_names inputs{};
inline constexpr detail::outputs_names outputs{};
inline constexpr detail::node_group tasks{"tasks"};
inline constexpr detail::node_group steps{"steps"};
inline constexpr detail::workflow_names workflow{};
inline constexpr detail::last_retry_names last_retry{};
inline constexpr detail::cronworkflow_names cronworkflow{};
inline constexpr detail::request_names request{};
inline constexpr detail::response_names response{};

/// What a loop goes through; `item()["name"]` of a map.
constexpr Any item() { return detail::variable<Type::any>("item"); }
/// How often it was tried again.
constexpr Text retries() { return detail::variable<Type::text>("retries"); }
/// In metrics: of the template that emits them.
constexpr Text status() { return detail::variable<Type::text>("status"); }
constexpr Text exit_code() { return detail::variable<Type::text>("exitCode"); }

/// Any other name.
constexpr Any name(const word& text) {
    if (detail::is_identifier(text.view()) && !detail::is_reserved(text.view()))
        return {str(text.view()), detail::Strength::primary, text.where()};
    if (tiphys::detail::is(text.view(), "$env"))
        return {str("$env"), detail::Strength::primary, text.where()};
    return {detail::member("$env", text.view()), detail::Strength::primary, text.where()};
}

}  // namespace tiphys::expr
