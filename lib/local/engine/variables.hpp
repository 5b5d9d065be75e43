// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "nodes.hpp"
#include "scope.hpp"

/// What the variables of a workflow are called and where their values come from.
namespace tiphys::local::engine {

/// Stands for an argument that refers to an absent optional until the template that it is for is known:
/// that template's default then takes its place.
inline constexpr std::string_view absent_argument =
    "\x1f"
    "absent optional\x1f";

/// Go's JSON of a list of parameters, members in the order of Argo's struct: {{inputs.parameters}}.
std::string parameters_text(const list<model::Parameter>& parameters);
/// Go's JSON of labels or annotations; `null` when there are none.
std::string map_text(const map<str>& entries);
/// Go's JSON string.
std::string json_text(std::string_view text);

/// Adds inputs.parameters.*.
void add_inputs(Scope& scope, const model::Template& processed);
/// Adds `<prefix>.<name>.id`, `.status`, `.outputs.…`: of a retry node, those of its last attempt.
void add_node(Scope& scope, std::string_view prefix, std::string_view name, const Nodes& nodes, Node node);
/// Adds the declared outputs of a node that was skipped or omitted: their defaults, or absent optionals.
void add_skipped_outputs(Scope& scope, std::string_view prefix, std::string_view name, const Nodes& nodes,
                         Node node, const model::Template* definition);
/// Adds the lists that the children of a loop make. Errors: ExpressionError when a result is not JSON.
void add_aggregate(Scope& scope, std::string_view prefix, std::string_view name, const Nodes& nodes,
                   std::span<const Node> children);
/// The last attempt of a retry node, or the node itself.
Node last_attempt(const Nodes& nodes, Node node);

/// The outputs of a steps or dag template. Errors: ExpressionError.
std::optional<model::Outputs> template_outputs(const model::Template& processed, const Scope& scope);

/// Replaces arguments that are nothing but a reference to an absent optional.
void mark_absent_arguments(model::Arguments& arguments, const Scope& scope);

/// The hook that runs when a step or task has ended: `onExit`, or hooks.exit. Null when there is none.
std::optional<model::LifecycleHook> exit_hook(const str& on_exit, const map<model::LifecycleHook>& hooks,
                                              const box<model::Arguments>& workflow_arguments);
/// The arguments of such a hook, with the outputs of the node it belongs to. Errors: ExpressionError.
model::Arguments exit_arguments(const model::LifecycleHook& hook, Scope& scope, std::string_view prefix,
                                std::string_view name, const Nodes& nodes, Node node);

}  // namespace tiphys::local::engine
