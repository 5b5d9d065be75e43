// SPDX-License-Identifier: Apache-2.0
#include "dag.hpp"

#include <tiphys/expression/error.hpp>
#include <tiphys/expression/when.hpp>

#include <algorithm>

#include "dag_phase.hpp"
#include "expressions.hpp"
#include "json_form.hpp"
#include "loop.hpp"
#include "run.hpp"
#include "substitution.hpp"
#include "variables.hpp"

namespace tiphys::local::engine {
namespace {

bool loops(const model::DAGTask& task) {
    return !task.withItems.empty() || !task.withParam.empty() || task.withSequence.has_value();
}

}  // namespace

DagActivity::DagActivity(Run& run, ActivityId id, Frame frame)
    : Activity(run, id), frame_(std::move(frame)), inputs_(&run.globals()) {
    add_inputs(inputs_, frame_.definition);
}

std::string DagActivity::node_name(std::string_view task) const {
    return std::string(run_.nodes().name(frame_.node)).append(".").append(task);
}

void DagActivity::link() {
    const auto& declared = frame_.definition.dag->tasks;
    tasks_.resize(declared.size());
    for (std::uint32_t i = 0; i < tasks_.size(); ++i) {
        tasks_[i].declared = &declared[i];
        tasks_[i].loop = loops(declared[i]);
        by_name_.emplace(declared[i].name.view(), i);
    }
    for (std::uint32_t i = 0; i < tasks_.size(); ++i) {
        tasks_[i].depends = read_depends(declared[i], declared, by_name_);
        for (const std::string& name : tasks_[i].depends.tasks()) {
            const auto need = by_name_.find(name);
            if (need == by_name_.end())
                throw ExpressionError("templates." + frame_.definition.name.string() + ".tasks." +
                                      declared[i].name.string() + " dependency '" + name + "' not defined");
            tasks_[i].needs.push_back(need->second);
        }
        tasks_[i].open_needs = static_cast<std::uint32_t>(tasks_[i].needs.size());
        for (const std::uint32_t need : tasks_[i].needs) tasks_[need].feeds.push_back(i);
    }
}

void DagActivity::choose_targets() {
    const std::string_view named = frame_.definition.dag->target;
    if (named.empty()) {
        for (std::uint32_t i = 0; i < tasks_.size(); ++i)
            if (tasks_[i].feeds.empty()) targets_.push_back(i);
        std::sort(targets_.begin(), targets_.end(), [this](std::uint32_t a, std::uint32_t b) {
            return tasks_[a].declared->name.view() < tasks_[b].declared->name.view();
        });
    } else {
        for (std::size_t at = 0; at <= named.size();) {
            const std::size_t blank = std::min(named.find(' ', at), named.size());
            const std::string_view name = named.substr(at, blank - at);
            const auto found = by_name_.find(name);
            if (found == by_name_.end())
                throw ExpressionError("target " + std::string(name) + " does not exist");
            targets_.push_back(found->second);
            at = blank + 1;
        }
    }
    for (const std::uint32_t target : targets_) tasks_[target].target = true;
}

void DagActivity::want(std::uint32_t first, std::vector<std::uint32_t>& roots) {
    // Depth first, like Argo's recursion, without its stack: chains may be long.
    std::vector<std::pair<std::uint32_t, std::size_t>> path;
    const auto enter = [&](std::uint32_t task) {
        if (tasks_[task].wanted) return;
        tasks_[task].wanted = true;
        ++open_tasks_;
        path.emplace_back(task, 0);
    };
    enter(first);
    while (!path.empty()) {
        auto& [task, next] = path.back();
        if (next < tasks_[task].needs.size()) {
            enter(tasks_[task].needs[next++]);
            continue;
        }
        if (tasks_[task].needs.empty()) roots.push_back(task);
        path.pop_back();
    }
}

void DagActivity::begin() {
    std::vector<std::uint32_t> roots;
    try {
        link();
        choose_targets();
    } catch (const ExpressionError& error) {
        finish(Phase::error, error.what(), error.what());
        return;
    }
    for (const std::uint32_t target : targets_) want(target, roots);
    for (const std::uint32_t root : roots)
        if (!finished_) start_task(root);
    assess();
}

bool DagActivity::depends_allow(std::uint32_t at) const {
    const Task& task = tasks_[at];
    if (task.depends.empty()) return true;
    std::map<std::string, TaskResults, std::less<>> results;
    for (const std::uint32_t need : task.needs)
        results.emplace(tasks_[need].declared->name.string(), task_results(run_.nodes(), tasks_[need].node));
    return task.depends.evaluate(results);
}

void DagActivity::start_task(std::uint32_t at) {
    try {
        if (!depends_allow(at)) {
            not_executed(at, Phase::omitted, "omitted: depends condition not met");
            return;
        }
    } catch (const ExpressionError& error) {
        not_executed(at, Phase::error, error.what());
        return;
    }
    start_resolved(at);
}

Node DagActivity::made_node(std::uint32_t at, const std::string& name, NodeType type, Phase phase,
                            const std::string& message) {
    NodeSeed seed;
    seed.name = name;
    seed.type = type;
    seed.phase = phase;
    seed.boundary = frame_.node;
    seed.template_name = tasks_[at].declared->template_;
    seed.message = message;
    seed.flag = true;
    return run_.create(std::move(seed));
}

void DagActivity::not_executed(std::uint32_t at, Phase phase, const std::string& message) {
    Task& task = tasks_[at];
    task.node = made_node(at, node_name(task.declared->name), NodeType::skipped, phase, message);
    connect(at, task.node);
    if (!run_exit_hook(at, task.node, true)) task_ended(at);
}

void DagActivity::connect(std::uint32_t at, Node node) {
    Nodes& nodes = run_.nodes();
    const Task& task = tasks_[at];
    if (task.loop && task.node != no_node && task.node != node) {
        nodes.add_child(task.node, node);
        return;
    }
    if (task.needs.empty()) {
        nodes.add_child(frame_.node, node);
        return;
    }
    std::vector<Node> outbound;
    for (const std::uint32_t need : task.needs) nodes.outbound(tasks_[need].node, outbound);
    for (const Node each : outbound) nodes.add_child(each, node);
}

model::DAGTask DagActivity::resolve(std::uint32_t at, const Scope& scope) const {
    model::DAGTask task = *tasks_[at].declared;
    task.hooks.reset();
    if (!task.when.empty()) {
        std::string when = task.when.string();
        if (has_tags(when)) when = replace_text(when, scope, Unresolved::references);
        try {
            if (!evaluate_when(when)) {
                task.when = when;
                return task;
            }
        } catch (const ExpressionError&) {
            if (!loops(task)) throw;
        }
    }
    if (task.arguments) mark_absent_arguments(*task.arguments, scope);
    const std::string text = to_text(task);
    if (!has_tags(text)) return task;
    return from_text<model::DAGTask>(replace(text, scope, Unresolved::references));
}

void DagActivity::start_resolved(std::uint32_t at) {
    Task& task = tasks_[at];
    const std::string name = node_name(task.declared->name);
    std::vector<model::DAGTask> expanded;
    try {
        Scope scope(&inputs_);
        load(scope, at, to_text(*task.declared));
        model::DAGTask resolved = resolve(at, scope);
        if (!task.loop) {
            expanded.push_back(std::move(resolved));
        } else {
            const auto executes = [&] {
                try {
                    return evaluate_when(resolved.when);
                } catch (const ExpressionError&) {
                    return true;
                }
            };
            const auto made = rounds(resolved.name, resolved.withItems, resolved.withParam,
                                     resolved.withSequence, executes);
            resolved.withItems.reset();
            resolved.withParam.reset();
            resolved.withSequence.reset();
            resolved.hooks = task.declared->hooks;
            const std::string text = to_text(resolved);
            expanded.reserve(made.size());
            for (const ItemScope& round : made) {
                expanded.push_back(has_tags(text) ? from_text<model::DAGTask>(
                                                        replace_round(text, round, scope, resolved.when))
                                                  : resolved);
                expanded.back().name = round.node_name;
                expanded.back().template_ = resolved.template_;
            }
        }
    } catch (const ExpressionError& error) {
        not_executed(at, Phase::error, error.what());
        return;
    }
    if (task.loop && expanded.empty()) {
        not_executed(at, Phase::skipped, "Skipped, empty params");
        return;
    }
    if (task.loop) {
        const Node group = made_node(at, name, NodeType::task_group, Phase::running, {});
        connect(at, group);
        task.node = group;
    }
    task.open_rounds = static_cast<std::uint32_t>(expanded.size());
    task.starting = true;
    for (const model::DAGTask& each : expanded) {
        start_round(at, each);
        if (finished_) return;
    }
    task.starting = false;
    if (task.open_rounds == 0) {
        ++task.open_rounds;
        round_ended(at);
    }
}

void DagActivity::start_round(std::uint32_t at, const model::DAGTask& resolved) {
    Task& task = tasks_[at];
    const std::string name = node_name(resolved.name);
    const auto record = [&](Node node) {
        connect(at, node);
        if (!task.loop) task.node = node;
        round_ended(at);
    };
    try {
        if (!evaluate_when(resolved.when)) {
            record(made_node(at, name, NodeType::skipped, Phase::skipped,
                             "when '" + resolved.when.string() + "' evaluated false"));
            return;
        }
    } catch (const ExpressionError& error) {
        record(made_node(at, name, NodeType::skipped, Phase::error, error.what()));
        return;
    }
    Invocation invocation;
    invocation.node_name = name;
    invocation.kind = Invocation::Kind::task;
    invocation.holder_name = resolved.name.string();
    invocation.template_name = resolved.template_.string();
    if (resolved.inline_) invocation.inline_template = std::make_shared<model::Template>(*resolved.inline_);
    if (resolved.arguments) invocation.arguments = *resolved.arguments;
    invocation.boundary = frame_.node;
    invocation.on_exit = frame_.on_exit;
    invocation.depth = frame_.depth + 1;
    invocation.parent = id();
    invocation.slot = static_cast<std::uint32_t>(slots_.size());
    slots_.push_back(Slot{.task = at});
    const std::uint32_t slot = invocation.slot;
    if (const auto result = run_.start(std::move(invocation))) started(slot, *result);
}

void DagActivity::child_started(std::uint32_t slot, const Started& result) {
    if (!finished_) started(slot, result);
}

void DagActivity::started(std::uint32_t slot, const Started& result) {
    Slot& at = slots_[slot];
    const Node parent = at.node;
    at.node = result.node;
    if (at.hook) {
        run_.nodes().add_child(parent, result.node);
        // Argo leaves the dag waiting when a hook cannot be started; its task counts as ended here.
        if (result.error && !result.too_deep) run_.ended(id(), slot, result.node);
        return;
    }
    Task& task = tasks_[at.task];
    if (!task.loop) task.node = result.node;
    connect(at.task, result.node);
    if (!result.error || result.too_deep) return;
    run_.ended(id(), slot, result.node, result.error);
}

void DagActivity::child_ended(std::uint32_t slot, Node node, const std::optional<std::string>& error) {
    if (finished_) return;
    const Slot at = slots_[slot];
    if (at.hook) {
        if (at.group_hook)
            task_ended(at.task);
        else
            round_ended(at.task);
        return;
    }
    if (error)
        run_.mark(node, Phase::error,
                  "task '" + std::string(run_.nodes().name(node)) + "' errored: " + *error);
    if (!run_exit_hook(at.task, node, false)) round_ended(at.task);
}

bool DagActivity::run_exit_hook(std::uint32_t at, Node node, bool of_group) {
    const model::DAGTask& declared = *tasks_[at].declared;
    if (declared.onExit.empty() && !declared.hooks.contains("exit")) return false;
    if (!completed(run_.nodes().phase(node)) || !run_.should_execute(true)) return false;
    const auto hook = exit_hook(declared.onExit, declared.hooks, run_.spec().arguments);
    try {
        Scope scope(&inputs_);
        std::string text = hook->expression.string();
        if (hook->arguments) text += to_text(*hook->arguments);
        load(scope, at, text);
        scope.set("tasks." + declared.name.string() + ".status",
                  std::string(engine::text(run_.nodes().phase(node))));
        if (!hook->expression.empty() && !evaluate_bool(hook->expression, scope)) return false;
        Invocation invocation;
        invocation.node_name = std::string(run_.nodes().name(node)) + ".onExit";
        invocation.kind = Invocation::Kind::hook;
        invocation.template_name = hook->template_.string();
        invocation.arguments = exit_arguments(*hook, scope, "tasks", declared.name, run_.nodes(), node);
        invocation.boundary = frame_.node;
        invocation.on_exit = true;
        invocation.hooked = true;
        invocation.depth = frame_.depth + 1;
        invocation.parent = id();
        invocation.slot = static_cast<std::uint32_t>(slots_.size());
        slots_.push_back(Slot{.task = at, .node = node, .hook = true, .group_hook = of_group});
        const std::uint32_t slot = invocation.slot;
        if (const auto result = run_.start(std::move(invocation))) started(slot, *result);
        return true;
    } catch (const ExpressionError& error) {
        run_.mark(node, Phase::error, error.what());
        return false;
    }
}

void DagActivity::round_ended(std::uint32_t at) {
    Task& task = tasks_[at];
    --task.open_rounds;
    if (task.open_rounds != 0 || task.starting) return;
    if (!task.loop) {
        task_ended(at);
        return;
    }
    Phase phase = Phase::succeeded;
    for (const Node child : run_.nodes().children(task.node))
        if (!run_.nodes().hooked(child) && failed_or_error(run_.nodes().phase(child)))
            phase = run_.nodes().phase(child);
    run_.mark(task.node, phase);
    if (!run_exit_hook(at, task.node, true)) task_ended(at);
}

void DagActivity::task_ended(std::uint32_t at) {
    Task& task = tasks_[at];
    if (task.ended) return;
    task.ended = true;
    --open_tasks_;
    for (const std::uint32_t next : task.feeds) {
        if (--tasks_[next].open_needs != 0 || !tasks_[next].wanted) continue;
        // Through the queue: a chain of omitted tasks must not nest as deep as it is long.
        run_.post([run = &run_, id = id(), next] {
            auto* const self = static_cast<DagActivity*>(run->activity(id));
            if (self != nullptr && !self->finished_) self->start_task(next);
        });
    }
    if (open_tasks_ == 0)
        run_.post([run = &run_, id = id()] {
            if (auto* const self = static_cast<DagActivity*>(run->activity(id))) self->assess();
        });
}

bool DagActivity::is_ancestor(std::uint32_t task, std::uint32_t of) const {
    const auto& needs = tasks_[of].needs;
    if (std::find(needs.begin(), needs.end(), task) != needs.end()) return true;
    std::vector<bool> seen(tasks_.size());
    std::vector<std::uint32_t> left(needs.begin(), needs.end());
    while (!left.empty()) {
        const std::uint32_t at = left.back();
        left.pop_back();
        if (at == task) return true;
        if (seen[at]) continue;
        seen[at] = true;
        left.insert(left.end(), tasks_[at].needs.begin(), tasks_[at].needs.end());
    }
    return false;
}

void DagActivity::load(Scope& scope, std::uint32_t of, std::string_view text) const {
    if (text.find("tasks") == std::string_view::npos) return;
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_';
    };
    std::vector<std::uint32_t> loaded;
    for (std::size_t at = 0; at < text.size();) {
        if (!letter(text[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && letter(text[end])) ++end;
        const auto found = by_name_.find(text.substr(at, end - at));
        at = end;
        if (found == by_name_.end()) continue;
        const std::uint32_t task = found->second;
        if (tasks_[task].node == no_node || std::find(loaded.begin(), loaded.end(), task) != loaded.end())
            continue;
        if (!is_ancestor(task, of)) continue;
        loaded.push_back(task);
        add_task(scope, run_, *tasks_[task].declared, tasks_[task].node);
    }
}

void DagActivity::assess() {
    if (finished_ || open_tasks_ != 0) return;
    std::vector<Target> targets;
    for (const std::uint32_t target : targets_) {
        const model::DAGTask& declared = *tasks_[target].declared;
        targets.push_back(Target{.node = tasks_[target].node, .continue_on = declared.continueOn.get()});
    }
    const bool fail_fast = frame_.definition.dag->failFast.value_or(true);
    const Phase phase = dag_phase(run_.nodes(), frame_.node, targets, fail_fast);
    if (phase != Phase::succeeded) {
        finish(phase, std::nullopt, std::nullopt);
        return;
    }
    try {
        for (const Task& task : tasks_)
            if (task.node != no_node && run_.nodes().status(task.node).outputs)
                run_.export_outputs(*run_.nodes().status(task.node).outputs);
        const bool aggregates = frame_.definition.outputs && !frame_.definition.outputs->parameters.empty();
        Scope scope(&inputs_);
        for (const Task& task : tasks_) {
            // A loop whose results are no JSON fails the dag even if nobody reads them.
            if (task.node != no_node && (aggregates || task.loop))
                add_task(scope, run_, *task.declared, task.node);
        }
        if (const auto outputs = template_outputs(frame_.definition, scope))
            run_.nodes().status(frame_.node).outputs = *outputs;
    } catch (const ExpressionError& error) {
        finish(Phase::error, error.what(), error.what());
        return;
    }
    finish(Phase::succeeded, std::nullopt, std::nullopt);
}

void DagActivity::stop(const std::string&, const std::string&) {
    for (Task& task : tasks_)
        if (task.loop && task.node != no_node && !fulfilled(run_.nodes().phase(task.node)))
            run_.mark(task.node, Phase::failed);
    finish(Phase::failed, std::nullopt, std::nullopt);
}

void DagActivity::finish(Phase phase, std::optional<std::string> message, std::optional<std::string> error) {
    if (finished_) return;
    finished_ = true;
    Nodes& nodes = run_.nodes();
    std::vector<Node> outbound;
    for (const std::uint32_t target : targets_)
        if (tasks_[target].node != no_node) nodes.outbound(tasks_[target].node, outbound);
    nodes.set_outbound(frame_.node, outbound);
    run_.mark(frame_.node, phase, message ? std::optional<std::string_view>(*message) : std::nullopt);
    run_.close_boundary(frame_.node);
    run_.ended(frame_.parent, frame_.slot, frame_.node, std::move(error));
    run_.release(id());
}

}  // namespace tiphys::local::engine
