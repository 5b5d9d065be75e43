// SPDX-License-Identifier: Apache-2.0
// The life of a workflow as a whole: its entry, its exit handler, its end, and what people may do to it.
#include <tiphys/expression/error.hpp>
#include <tiphys/expression/go_text.hpp>

#include <algorithm>
#include <utility>
#include <vector>

#include "expressions.hpp"
#include "node_selector.hpp"
#include "pod.hpp"
#include "run.hpp"
#include "suspend.hpp"
#include "variables.hpp"

namespace tiphys::local::engine {
namespace {

std::string_view workflow_phase(Phase node) {
    switch (node) {
        case Phase::failed: return "Failed";
        case Phase::error: return "Error";
        default: return "Succeeded";
    }
}

}  // namespace

std::string_view Run::shutdown_text() const {
    return shutdown_ == Shutdown::terminate ? "Terminate" : shutdown_ == Shutdown::stop ? "Stop" : "";
}

void Run::entry_started(const Started& started, std::uint32_t slot) {
    if (slot == 0) entry_ = started.node;
    if (!started.error || started.too_deep) return;
    complete("Error",
             (slot == 0 ? "error in entry template execution: " : "error in exit template execution : ") +
                 *started.error);
}

void Run::entry_ended(std::uint32_t slot, Node node, const std::optional<std::string>& error) {
    if (verdict_) return;
    if (slot == 1) {
        if (error)
            complete("Error", "error in exit template execution : " + *error);
        else
            finish(entry_, node);
        return;
    }
    if (error)
        complete("Error", "error in entry template execution: " + *error);
    else
        run_exit_handler(node);
}

void Run::run_exit_handler(Node entry) {
    const std::optional<model::LifecycleHook> hook = exit_hook(exec_.onExit, exec_.hooks, exec_.arguments);
    if (!hook || !should_execute(true)) {
        finish(entry, no_node);
        return;
    }
    globals_.set("workflow.status", std::string(workflow_phase(nodes_.phase(entry))));
    globals_.set("workflow.failures", quote(failures()));
    globals_.set("workflow.duration", seconds_text(std::chrono::system_clock::now() - started_));
    Invocation handler;
    handler.node_name = std::string(name()) + ".onExit";
    handler.template_name = hook->template_;
    if (hook->arguments) handler.arguments = *hook->arguments;
    handler.on_exit = true;
    handler.hooked = true;
    handler.slot = 1;
    if (const auto started = start(std::move(handler))) entry_started(*started, 1);
}

std::string Run::failures() const {
    std::string out;
    for (Node node = 0; node < nodes_.size(); ++node) {
        if (!failed_or_error(nodes_.phase(node))) continue;
        const model::NodeStatus& status = nodes_.status(node);
        out += out.empty() ? "[" : ",";
        out += "{\"displayName\":" + json_text(status.displayName) +
               ",\"message\":" + json_text(status.message) +
               ",\"templateName\":" + json_text(status.templateName) +
               ",\"phase\":" + json_text(status.phase) +
               ",\"podName\":" + json_text(pod_name(name(), status.name, status.templateName)) +
               ",\"finishedAt\":" + (status.finishedAt.empty() ? "null" : json_text(status.finishedAt)) + "}";
    }
    return out.empty() ? "null" : out + "]";
}

void Run::finish(Node entry, Node exit) {
    const Phase phase = nodes_.phase(entry);
    std::string message;
    if (failed_or_error(phase)) {
        message = shutting_down() ? "Stopped with strategy '" + std::string(shutdown_text()) + "'"
                                  : nodes_.status(entry).message.string();
        complete(workflow_phase(phase), std::move(message));
    } else if (exit != no_node && failed_or_error(nodes_.phase(exit))) {
        complete(workflow_phase(nodes_.phase(exit)), nodes_.status(exit).message.string());
    } else {
        complete("Succeeded", "");
    }
}

void Run::complete(std::string_view phase, std::string message) {
    if (!verdict_) verdict_.emplace(std::string(phase), std::move(message));
    core_.touch(*this);
}

void Run::complete_when_idle() {
    // Argo leaves no pod of a completed workflow behind, and neither may a program that ends with it.
    if (completed_ || !verdict_ || processes_ != 0 || active_pods_ != 0) return;
    completed_ = true;
    deadline_timer_.cancel();
    auto& status = *workflow_.status;
    if (verdict_->first == "Error" && entry_ != no_node && nodes_.phase(entry_) == Phase::running)
        mark(entry_, Phase::error, "Workflow operation error");
    status.finishedAt = timestamp(std::chrono::system_clock::now());
    status.message = verdict_->second.empty() ? str() : str(verdict_->second);
    set_phase(verdict_->first);
    workflow_.metadata.labels["workflows.argoproj.io/completed"] = "true";
    condition("PodRunning", false);
    condition("Completed", true);
    activities_.clear();
    queue_.clear();
    boundaries_.clear();
    waiting_.clear();
    core_.touch(*this);
}

void Run::set_phase(std::string_view phase) {
    workflow_.status->phase = phase;
    workflow_.metadata.labels["workflows.argoproj.io/phase"] = phase;
    if (!workflow_.metadata.labels.contains("workflows.argoproj.io/completed"))
        workflow_.metadata.labels["workflows.argoproj.io/completed"] = "false";
    core_.touch(*this);
}

void Run::condition(std::string_view type, bool status) {
    auto& conditions = workflow_.status->conditions;
    auto at = std::find_if(conditions.begin(), conditions.end(),
                           [&](const model::Condition& each) { return each.type == type; });
    if (at == conditions.end()) {
        conditions.emplace_back().type = type;
        at = conditions.end() - 1;
    }
    at->status = status ? "True" : "False";
    core_.touch(*this);
}

void Run::stop_activities(const std::string& pod_message, const std::string& wait_message, bool composites,
                          bool exit_too) {
    std::vector<ActivityId> leaves, others;
    for (const auto& [id, each] : activities_) (each->leaf() ? leaves : others).push_back(id);
    std::sort(leaves.begin(), leaves.end());
    // Inner ones were made after outer ones.
    std::sort(others.rbegin(), others.rend());
    for (const ActivityId id : leaves)
        if (Activity* const each = activity(id); each != nullptr && (exit_too || !each->on_exit()))
            each->stop(pod_message, wait_message);
    if (!composites) return;
    for (const ActivityId id : others)
        if (Activity* const each = activity(id); each != nullptr && (exit_too || !each->on_exit()))
            each->stop(pod_message, wait_message);
}

void Run::pass_deadline() {
    if (completed_) return;
    const std::string message = "Step exceeded its deadline";
    stop_activities(message, message, false, false);
}

void Run::shutdown(Shutdown strategy) {
    if (completed_)
        throw Refused(Refused::failed_precondition, "cannot shutdown a completed workflow: workflow: \"" +
                                                        std::string(name()) + "\", namespace: \"" +
                                                        workflow_.metadata.namespace_.string() + "\"");
    if (shutdown_ < strategy) shutdown_ = strategy;
    const std::string text(shutdown_text());
    workflow_.spec.shutdown = text;
    // A suspended workflow ends as well.
    workflow_.spec.suspend.reset();
    if (!begun_) {
        core_.touch(*this);
        return;
    }
    post([this, text] {
        stop_activities("workflow shutdown with strategy:  " + text, "Stopped with strategy '" + text + "'",
                        true, shutdown_ == Shutdown::terminate);
    });
}

void Run::kill() {
    for (auto& [id, each] : activities_)
        if (auto* const pod = dynamic_cast<PodActivity*>(each.get())) pod->kill();
}

void Run::abort(const std::string& message) {
    try {
        stop_activities(message, message, false, true);
    } catch (const std::exception&) {
        // What failed once may fail again; the pods that were reached have ended.
    }
    queue_.clear();
}

std::int64_t Run::abandon() {
    completed_ = true;
    deadline_timer_.cancel();
    queue_.clear();
    activities_.clear();
    return std::exchange(processes_, 0);
}

void Run::suspend() {
    if (completed_) throw Refused(Refused::invalid_argument, "cannot suspend completed workflows");
    workflow_.spec.suspend = true;
    core_.touch(*this);
}

void Run::resume(std::string_view selector) {
    const NodeSelector picks(selector);
    std::vector<SuspendActivity*> chosen;
    for (auto& [id, each] : activities_)
        if (auto* const waiting = dynamic_cast<SuspendActivity*>(each.get()))
            if (waiting->active() && picks.matches(nodes_.status(waiting->node()))) chosen.push_back(waiting);
    if (!selector.empty() && chosen.empty())
        throw Refused(
            Refused::internal,
            "currently, set only targets suspend nodes: no suspend nodes matching nodeFieldSelector: " +
                std::string(selector));
    for (SuspendActivity* const each : chosen) each->check_outputs();
    if (selector.empty()) workflow_.spec.suspend.reset();
    for (SuspendActivity* const each : chosen) each->resume();
    core_.touch(*this);
}

void Run::stop(std::string_view selector, std::string_view message) {
    if (selector.empty()) {
        shutdown(Shutdown::stop);
        return;
    }
    const NodeSelector picks(selector);
    std::vector<SuspendActivity*> chosen;
    for (auto& [id, each] : activities_)
        if (auto* const waiting = dynamic_cast<SuspendActivity*>(each.get()))
            if (waiting->active() && picks.matches(nodes_.status(waiting->node()))) chosen.push_back(waiting);
    if (chosen.empty())
        throw Refused(
            Refused::internal,
            "currently, set only targets suspend nodes: no suspend nodes matching nodeFieldSelector: " +
                std::string(selector));
    for (SuspendActivity* const each : chosen) each->fail(message);
}

}  // namespace tiphys::local::engine
