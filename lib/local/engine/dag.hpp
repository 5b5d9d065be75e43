// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/expression/depends.hpp>

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "activity.hpp"
#include "expressions.hpp"
#include "scope.hpp"

namespace tiphys::local::engine {

/// A dag template. Each task waits for a count of tasks and hears of nothing else; what its texts refer to is
/// looked up when it starts.
class DagActivity final : public Activity {
public:
    DagActivity(Run& run, ActivityId id, Frame frame);

    void begin();
    bool on_exit() const override { return frame_.on_exit; }
    void child_started(std::uint32_t slot, const Started& started) override;
    void child_ended(std::uint32_t slot, Node node, const std::optional<std::string>& error) override;
    void stop(const std::string& pod_message, const std::string& wait_message) override;

private:
    struct Task {
        const model::DAGTask* declared = nullptr;
        std::vector<std::uint32_t> needs;  ///< in the order in which they are named
        std::vector<std::uint32_t> feeds;
        Depends depends;
        std::uint32_t open_needs = 0;
        std::uint32_t open_rounds = 0;
        Node node = no_node;  ///< of a loop: its TaskGroup
        bool wanted = false;  ///< a target, or needed by one
        bool target = false;
        bool loop = false;
        bool starting = false;
        bool ended = false;  ///< with its exit hook
    };
    /// One template that was started: a task, a round of one, or an exit hook of either.
    struct Slot {
        std::uint32_t task = 0;
        Node node = no_node;
        bool hook = false;
        bool group_hook = false;
    };

    void link();
    void choose_targets();
    void want(std::uint32_t task, std::vector<std::uint32_t>& roots);
    void start_task(std::uint32_t task);
    bool depends_allow(std::uint32_t task) const;
    void start_resolved(std::uint32_t task);
    void start_round(std::uint32_t task, const model::DAGTask& resolved);
    void started(std::uint32_t slot, const Started& started);
    model::DAGTask resolve(std::uint32_t task, const Scope& scope) const;
    Node made_node(std::uint32_t task, const std::string& name, NodeType type, Phase phase,
                   const std::string& message);
    void not_executed(std::uint32_t task, Phase phase, const std::string& message);
    void connect(std::uint32_t task, Node node);
    /// Starts the exit hook of a node, and tells whether there is one to wait for.
    bool run_exit_hook(std::uint32_t task, Node node, bool of_group);
    void round_ended(std::uint32_t task);
    void task_ended(std::uint32_t task);
    /// The variables that a text of this task may use.
    void load(Scope& scope, std::uint32_t task, std::string_view text) const;
    bool is_ancestor(std::uint32_t task, std::uint32_t of) const;
    void assess();
    void finish(Phase phase, std::optional<std::string> message, std::optional<std::string> error);
    std::string node_name(std::string_view task) const;

    Frame frame_;
    Scope inputs_;
    std::vector<Task> tasks_;
    std::unordered_map<std::string_view, std::uint32_t> by_name_;
    std::vector<std::uint32_t> targets_;
    std::vector<Slot> slots_;
    std::size_t open_tasks_ = 0;
    bool finished_ = false;
};

/// What a task waits for.
Depends read_depends(const model::DAGTask& task, const list<model::DAGTask>& tasks,
                     const std::unordered_map<std::string_view, std::uint32_t>& by_name);

}  // namespace tiphys::local::engine
