// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/generated/workflow.hpp>

#include <string>
#include <string_view>

namespace tiphys::test {

/// What two runs of a workflow must have in common, as text: its phase and message, then its nodes sorted by
/// name, one a line:
///
///     [0].flip (flip) Pod flip-coin Succeeded "message" {result=heads, exit=0} -> [1]
///
/// name, displayName, type, templateName, phase, message, outputs, children. The workflow's own name is left
/// out of the names, ids are written as names, and children are sorted: Argo's order among them is that of a
/// Go map.
std::string tree(const model::Workflow& workflow);

/// The node with this name after that of the workflow, or null.
const model::NodeStatus* find_node(const model::Workflow& workflow, std::string_view name);

/// Its outputs.result; "(none)" when there is none.
std::string result_of(const model::Workflow& workflow, std::string_view name);

}  // namespace tiphys::test
