// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "activity.hpp"
#include "core.hpp"
#include "log_store.hpp"
#include "nodes.hpp"
#include "scope.hpp"

namespace tiphys::local::engine {

/// spec.shutdown
enum class Shutdown : std::uint8_t { none, stop, terminate };

/// One workflow in execution: its nodes, its variables, its activities, and the queue of what happened.
///
/// Nothing is walked twice: an activity hears of the end of its children and of nothing else, so the cost of
/// a task does not depend on the size of the workflow.
class Run : public std::enable_shared_from_this<Run> {
public:
    Run(Core& core, model::Workflow workflow, std::filesystem::path directory);
    ~Run();

    // What the engine calls.
    const model::Workflow& workflow() const { return workflow_; }
    model::Workflow& workflow() { return workflow_; }
    const std::filesystem::path& directory() const { return directory_; }
    const LogStore& logs() const { return logs_; }
    LogStore& logs() { return logs_; }
    bool completed() const { return completed_; }
    /// Forgets all that runs, which ends the processes, and tells how many there were.
    std::int64_t abandon();
    /// Works off the queue.
    void pump();
    void start_pod(ActivityId pod);
    /// resume, suspend, stop and terminate of the API. Errors: Refused.
    void resume(std::string_view selector);
    void suspend();
    void stop(std::string_view selector, std::string_view message);
    void shutdown(Shutdown strategy);
    /// Ends the processes at once.
    void kill();

    // What activities call.
    Core& core() { return core_; }
    Nodes& nodes() { return nodes_; }
    const Nodes& nodes() const { return nodes_; }
    const Scope& globals() const { return globals_; }
    const model::WorkflowSpec& spec() const { return exec_; }
    std::string_view name() const { return workflow_.metadata.name; }

    /// Executes a template, or nothing yet where `parallelism` forbids it: the parent's child_started then
    /// hears of it. Every node that is started without an error, or with one because it lies too deep, ends
    /// with a child_ended later.
    std::optional<Started> start(Invocation invocation);
    /// Tells the parent, in the queue's turn.
    void ended(ActivityId parent, std::uint32_t slot, Node node, std::optional<std::string> error = {});
    void post(std::function<void()> work);
    Node create(NodeSeed seed);
    void mark(Node node, Phase phase, std::optional<std::string_view> message = std::nullopt);
    /// A node changed by other means than mark().
    void changed() { core_.touch(*this); }
    /// Ends an activity; its id is dead from then on.
    void release(ActivityId id);
    Activity* activity(ActivityId id);

    /// A composite opens its boundary before it starts its children.
    void open_boundary(Node node, const model::Template& processed, std::string_view template_name,
                       const model::Template* inline_template);
    void close_boundary(Node node);
    /// Whether the template around a node refers to {{…<its name>.outputs.result}}.
    bool wants_result(Node boundary, std::string_view node_name) const;
    const model::Template* find_template(std::string_view name) const;
    /// The outputs that a template declares, by the name or the inline template of a step or task.
    const model::Template* resolve(std::string_view name, const model::Template* inline_template) const;
    /// Exports the outputs that have a globalName.
    void export_outputs(const model::Outputs& outputs);

    /// Whether new pods may start; `on_exit`: those of exit handlers.
    bool should_execute(bool on_exit) const {
        return shutdown_ == Shutdown::none || (shutdown_ == Shutdown::stop && on_exit);
    }
    bool shutting_down() const { return shutdown_ != Shutdown::none; }
    std::string_view shutdown_text() const;
    std::optional<Time> deadline() const { return deadline_; }
    bool past_deadline() const { return deadline_ && std::chrono::system_clock::now() > *deadline_; }
    void pod_started();
    void pod_stopped();
    const model::RetryStrategy* retry_strategy(const model::Template& definition) const;

    // What RetryActivity shares with start(): runs the leaf or composite itself, below the retry node.
    Started execute_kind(const Invocation& invocation, Frame frame, bool retried);
    /// ProcessArgs and the local variables. Errors: ExpressionError.
    model::Template process(const model::Template& definition, const Invocation& invocation,
                            Scope& locals) const;

private:
    struct Boundary {
        std::int64_t parallelism = 0;  ///< 0: no limit
        std::int64_t active = 0;
        std::deque<Invocation> waiting;
        std::shared_ptr<const std::unordered_set<std::string>> results;
    };

    void begin();
    void set_globals();
    void substitute_spec();
    Started execute(Invocation invocation);
    Started fail_to_start(const Invocation& invocation, const std::string& message, bool too_deep = false);
    bool blocked(const Invocation& invocation);
    void unblock(Node boundary);
    void entry_started(const Started& started, std::uint32_t slot);
    void entry_ended(std::uint32_t slot, Node node, const std::optional<std::string>& error);
    void run_exit_handler(Node entry);
    void finish(Node entry, Node exit);
    void complete(std::string_view phase, std::string message);
    void complete_when_idle();
    /// Something is wrong with the engine itself: ends what runs, and starts nothing more.
    void abort(const std::string& message);
    void set_phase(std::string_view phase);
    void condition(std::string_view type, bool status);
    void pass_deadline();
    void stop_activities(const std::string& pod_message, const std::string& wait_message, bool composites,
                         bool exit_too);
    std::string failures() const;

    template <class A>
    A& add(Frame frame);

    Core& core_;
    model::Workflow workflow_;
    model::WorkflowSpec exec_;  ///< the specification with its globals substituted
    std::filesystem::path directory_;
    Nodes nodes_;
    Scope globals_;
    LogStore logs_;

    std::unordered_map<std::string_view, const model::Template*> templates_;
    mutable std::unordered_map<std::string, std::shared_ptr<const std::unordered_set<std::string>>> results_;
    std::unordered_map<ActivityId, std::unique_ptr<Activity>> activities_;
    ActivityId next_activity_ = 1;
    std::deque<std::function<void()>> queue_;
    bool pumping_ = false;

    std::unordered_map<Node, Boundary> boundaries_;
    std::deque<Invocation> waiting_;
    std::int64_t active_pods_ = 0;  ///< pods that are pending or running
    std::int64_t processes_ = 0;

    Shutdown shutdown_ = Shutdown::none;
    std::optional<Time> deadline_;
    boost::asio::steady_timer deadline_timer_;
    Time started_{};
    Node entry_ = no_node;
    bool begun_ = false;
    bool completed_ = false;
    std::optional<std::pair<std::string, std::string>> verdict_;  ///< phase and message, once nothing runs
};

}  // namespace tiphys::local::engine
