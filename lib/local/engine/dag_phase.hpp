// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/expression/depends.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expressions.hpp"
#include "nodes.hpp"
#include "scope.hpp"

namespace tiphys::local::engine {

class Run;

/// A task that the end of a dag depends on.
struct Target {
    Node node = no_node;
    const model::ContinueOn* continue_on = nullptr;
};

/// The phase of a dag whose tasks have all ended. An omitted task inherits the phase of what led to it, a
/// failure before a success: so the failure of a branch reaches its targets.
Phase dag_phase(const Nodes& nodes, Node dag, std::span<const Target> targets, bool fail_fast);

/// What `depends` may ask of a task.
TaskResults task_results(const Nodes& nodes, Node node);

/// Adds the variables tasks.<name>.*. Errors: ExpressionError.
void add_task(Scope& scope, const Run& run, const model::DAGTask& task, Node node);

}  // namespace tiphys::local::engine
