// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/local/engine_options.hpp>
#include <tiphys/model/generated/workflow.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace tiphys::local {

/// Runs workflows on this machine as Argo's controller does, with pods as local processes.
///
/// The status that a workflow shows (node names, ids, types, phases, messages, children, outputs) is what
/// Argo v4.1.2 writes. The image of a container is not pulled: its command runs on this machine. What the
/// engine cannot run is refused by `create`, by name, before anything starts.
///
/// References to workflows are valid until the next call that may change it: copy what you keep.
///
/// Object lifetimes: destroying the engine ends all processes it started; no handler is called afterwards.
/// Errors: a request that Argo would refuse throws `Refused`; I/O trouble throws `std::system_error`.
/// Thread safety: none; all calls, and all handlers, on the executor's one thread (or strand).
class Engine {
public:
    explicit Engine(boost::asio::any_io_executor executor, EngineOptions options = {});
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// Takes a workflow in and starts it: names it (generateName), gives it a uid and a creation time.
    /// Its first pods start in a later turn of the executor.
    const model::Workflow& create(std::string_view namespace_, model::Workflow workflow);

    /// As `create`, but only judges: throws what `create` would throw.
    void validate(std::string_view namespace_, const model::Workflow& workflow) const;

    /// The workflow as it stands, or null. The name "@latest" is the one created last.
    const model::Workflow* get(std::string_view namespace_, std::string_view name) const;

    /// All workflows of a namespace, or of all of them when it is empty, in order of creation.
    std::vector<const model::Workflow*> list(std::string_view namespace_) const;

    /// Forgets a workflow and ends its processes; its logs stay on disk.
    void remove(std::string_view namespace_, std::string_view name);

    /// Resumes suspended nodes that the field selector picks (all when empty) and a suspended workflow.
    const model::Workflow& resume(std::string_view namespace_, std::string_view name,
                                  std::string_view node_field_selector = {});
    /// Starts no further pods until it is resumed.
    const model::Workflow& suspend(std::string_view namespace_, std::string_view name);
    /// Ends a workflow; exit handlers still run. With a selector, fails the suspended nodes that it picks.
    const model::Workflow& stop(std::string_view namespace_, std::string_view name,
                                std::string_view node_field_selector = {}, std::string_view message = {});
    /// Ends a workflow at once, without exit handlers.
    const model::Workflow& terminate(std::string_view namespace_, std::string_view name);

    /// Calls back for every change of a workflow, at most once per workflow and turn of the engine.
    int on_change(std::function<void(Change, const model::Workflow&)> handler);
    /// Calls back for every line that a pod prints.
    int on_log(std::function<void(const model::Workflow&, const LogLine&)> handler);
    void disconnect(int connection);

    /// What was printed so far, in order of arrival. `filter`: a node id or a pod name; empty: all.
    void read_logs(std::string_view namespace_, std::string_view name, std::string_view filter,
                   const std::function<void(const LogLine&)>& handler) const;

    /// Folder of a workflow's logs.
    std::filesystem::path log_directory(std::string_view namespace_, std::string_view name) const;

    /// Ends all processes and completes every workflow as a termination does; `on_change` reports it.
    void shutdown();

    const EngineOptions& options() const noexcept;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tiphys::local
