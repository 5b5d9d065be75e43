// SPDX-License-Identifier: Apache-2.0
#include "dag_phase.hpp"

#include <deque>
#include <unordered_map>
#include <unordered_set>

#include "dag.hpp"
#include "run.hpp"
#include "variables.hpp"

namespace tiphys::local::engine {
namespace {

bool continues(const model::ContinueOn* on, Phase phase) {
    if (on == nullptr) return false;
    return (phase == Phase::error && on->error.value_or(false)) ||
           (phase == Phase::failed && on->failed.value_or(false));
}

}  // namespace

Depends read_depends(const model::DAGTask& task, const list<model::DAGTask>& tasks,
                     const std::unordered_map<std::string_view, std::uint32_t>& by_name) {
    const auto continue_on = [&](std::string_view name) {
        ContinueOn made;
        const auto at = by_name.find(name);
        if (at == by_name.end()) return made;
        const auto& declared = tasks[at->second].continueOn;
        if (declared) made = {declared->error.value_or(false), declared->failed.value_or(false)};
        return made;
    };
    if (!task.depends.empty()) return Depends::from_expression(task.depends, continue_on);
    std::vector<std::string> names;
    for (const str& each : task.dependencies) names.push_back(each.string());
    return Depends::from_list(names, continue_on);
}

TaskResults task_results(const Nodes& nodes, Node node) {
    const Phase phase = nodes.phase(node);
    TaskResults made;
    made.succeeded = phase == Phase::succeeded;
    made.failed = phase == Phase::failed;
    made.errored = phase == Phase::error;
    made.skipped = phase == Phase::skipped;
    made.omitted = phase == Phase::omitted;
    if (nodes.type(node) != NodeType::task_group) return made;
    const auto children = nodes.children(node);
    made.all_failed = !children.empty();
    for (const Node child : children) {
        made.any_succeeded = made.any_succeeded || nodes.phase(child) == Phase::succeeded;
        made.all_failed = made.all_failed && nodes.phase(child) == Phase::failed;
    }
    return made;
}

Phase dag_phase(const Nodes& nodes, Node dag, std::span<const Target> targets, bool fail_fast) {
    std::unordered_map<Node, Phase> known;
    std::unordered_map<Node, bool> is_target;
    for (const Target& target : targets) is_target[target.node] = true;
    std::unordered_set<std::uint64_t> seen;
    std::deque<std::pair<Node, Phase>> queue;
    const auto add = [&](Node node, Phase phase) {
        if (seen.insert(std::uint64_t{node} << 8 | static_cast<std::uint64_t>(phase)).second)
            queue.emplace_back(node, phase);
    };
    for (const Node child : nodes.children(dag)) add(child, Phase::succeeded);
    while (!queue.empty()) {
        auto [node, branch] = queue.front();
        queue.pop_front();
        if (completed(nodes.phase(node))) branch = nodes.phase(node);
        if (is_target.contains(node)) {
            const auto at = known.find(node);
            if (at == known.end())
                known.emplace(node, branch);
            else if (!failed_or_error(at->second))
                at->second = branch;
        }
        if (nodes.type(node) != NodeType::retry) {
            for (const Node child : nodes.children(node)) add(child, branch);
            continue;
        }
        // The attempts of a retry do not matter, what follows the last does.
        const auto attempts = nodes.children(node);
        for (auto at = attempts.rbegin(); at != attempts.rend(); ++at) {
            if (nodes.hooked(*at)) {
                add(*at, branch);
                continue;
            }
            for (const Node child : nodes.children(*at)) add(child, branch);
        }
    }
    Phase result = Phase::succeeded;
    for (const Target& target : targets) {
        const auto at = known.find(target.node);
        if (at == known.end() || !failed_or_error(at->second)) continue;
        if (continues(target.continue_on, at->second)) continue;
        result = at->second;
        if (fail_fast) break;
    }
    return result;
}

void add_task(Scope& scope, const Run& run, const model::DAGTask& task, Node node) {
    const Nodes& nodes = run.nodes();
    if (nodes.type(node) == NodeType::task_group)
        add_aggregate(scope, "tasks", task.name, nodes, nodes.children(node));
    add_node(scope, "tasks", task.name, nodes, node);
    add_skipped_outputs(scope, "tasks", task.name, nodes, node,
                        run.resolve(task.template_, task.inline_.get()));
}

}  // namespace tiphys::local::engine
