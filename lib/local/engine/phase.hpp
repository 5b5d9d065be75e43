// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace tiphys::local::engine {

/// Phase of a node, in Argo's words.
enum class Phase : std::uint8_t { pending, running, succeeded, skipped, failed, error, omitted };

constexpr std::string_view text(Phase phase) {
    switch (phase) {
        case Phase::pending: return "Pending";
        case Phase::running: return "Running";
        case Phase::succeeded: return "Succeeded";
        case Phase::skipped: return "Skipped";
        case Phase::failed: return "Failed";
        case Phase::error: return "Error";
        case Phase::omitted: return "Omitted";
    }
    return "";
}
constexpr bool failed_or_error(Phase phase) { return phase == Phase::failed || phase == Phase::error; }
/// It ran to an end; a skipped or omitted node did not.
constexpr bool completed(Phase phase) { return failed_or_error(phase) || phase == Phase::succeeded; }
constexpr bool fulfilled(Phase phase) {
    return completed(phase) || phase == Phase::skipped || phase == Phase::omitted;
}

enum class NodeType : std::uint8_t { pod, steps, step_group, dag, task_group, retry, skipped, suspend };

constexpr std::string_view text(NodeType type) {
    switch (type) {
        case NodeType::pod: return "Pod";
        case NodeType::steps: return "Steps";
        case NodeType::step_group: return "StepGroup";
        case NodeType::dag: return "DAG";
        case NodeType::task_group: return "TaskGroup";
        case NodeType::retry: return "Retry";
        case NodeType::skipped: return "Skipped";
        case NodeType::suspend: return "Suspend";
    }
    return "";
}

}  // namespace tiphys::local::engine
