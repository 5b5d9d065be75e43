// SPDX-License-Identifier: Apache-2.0
#include "steps.hpp"

#include <tiphys/expression/error.hpp>
#include <tiphys/expression/when.hpp>

#include "expressions.hpp"
#include "json_form.hpp"
#include "loop.hpp"
#include "run.hpp"
#include "substitution.hpp"
#include "variables.hpp"

namespace tiphys::local::engine {
namespace {

bool loops(const model::WorkflowStep& step) {
    return !step.withItems.empty() || !step.withParam.empty() || step.withSequence.has_value();
}

bool continues(const box<model::ContinueOn>& on, Phase phase) {
    if (!on) return false;
    return (phase == Phase::error && on->error.value_or(false)) ||
           (phase == Phase::failed && on->failed.value_or(false));
}

}  // namespace

StepsActivity::StepsActivity(Run& run, ActivityId id, Frame frame)
    : Activity(run, id), frame_(std::move(frame)), scope_(&run.globals()) {
    add_inputs(scope_, frame_.definition);
}

void StepsActivity::begin() { start_group(); }

void StepsActivity::start_group() {
    if (group_ == frame_.definition.steps.size()) {
        succeed();
        return;
    }
    last_group_ = group_node_;
    NodeSeed seed;
    seed.name = std::string(run_.nodes().name(frame_.node)) + "[" + std::to_string(group_) + "]";
    seed.type = NodeType::step_group;
    seed.phase = Phase::running;
    seed.boundary = frame_.node;
    seed.flag = true;
    group_node_ = run_.create(std::move(seed));
    connect_group();

    children_.clear();
    declared_.clear();
    open_ = 0;
    over_ = false;
    try {
        std::vector<model::WorkflowStep> resolved;
        try {
            for (const model::WorkflowStep& step : frame_.definition.steps[group_])
                resolved.push_back(resolve(step));
        } catch (const ExpressionError& error) {
            throw ExpressionError(std::string("failed to resolve references: ") + error.what());
        }
        for (const model::WorkflowStep& step : resolved) expand(step);
    } catch (const ExpressionError& error) {
        fail_group(Phase::error, error.what());
        return;
    }
    start_children();
}

void StepsActivity::connect_group() {
    Nodes& nodes = run_.nodes();
    if (last_group_ == no_node) {
        nodes.add_child(frame_.node, group_node_);
        return;
    }
    const std::vector<Node> before(nodes.children(last_group_).begin(), nodes.children(last_group_).end());
    if (before.empty()) {
        nodes.add_child(last_group_, group_node_);
        return;
    }
    std::vector<Node> outbound;
    for (const Node child : before) nodes.outbound(child, outbound);
    for (const Node each : outbound) nodes.add_child(each, group_node_);
}

model::WorkflowStep StepsActivity::resolve(const model::WorkflowStep& declared) const {
    model::WorkflowStep step = declared;
    // Hooks are resolved when they run: they may speak of the step itself.
    step.hooks.reset();
    if (!step.when.empty()) {
        std::string when = step.when.string();
        if (has_tags(when)) when = replace_text(when, scope_, Unresolved::references);
        try {
            if (!evaluate_when(when)) {
                step.when = when;
                step.hooks = declared.hooks;
                return step;
            }
        } catch (const ExpressionError&) {
            if (!loops(step)) throw;  // else it speaks of the item
        }
    }
    if (step.arguments) mark_absent_arguments(*step.arguments, scope_);
    const std::string text = to_text(step);
    if (has_tags(text)) step = from_text<model::WorkflowStep>(replace(text, scope_, Unresolved::references));
    step.hooks = declared.hooks;
    return step;
}

void StepsActivity::expand(const model::WorkflowStep& step) {
    Declared& declared = declared_.emplace_back();
    declared.first = children_.size();
    if (!loops(step)) {
        declared.count = 1;
        children_.emplace_back().step = step;
        return;
    }
    declared.loop = true;
    const auto executes = [&] {
        try {
            return evaluate_when(step.when);
        } catch (const ExpressionError&) {
            return true;
        }
    };
    const std::vector<ItemScope> made =
        rounds(step.name, step.withItems, step.withParam, step.withSequence, executes);
    if (made.empty()) {
        NodeSeed seed;
        seed.name = std::string(run_.nodes().name(group_node_)) + "." + step.name.string();
        seed.type = NodeType::skipped;
        seed.phase = Phase::skipped;
        seed.boundary = frame_.node;
        seed.template_name = step.template_;
        seed.message = "Skipped, empty params";
        seed.flag = true;
        declared.skipped = run_.create(std::move(seed));
        run_.nodes().add_child(group_node_, declared.skipped);
        return;
    }
    model::WorkflowStep body = step;
    body.withItems.reset();
    body.withParam.reset();
    body.withSequence.reset();
    const std::string text = to_text(body);
    for (const ItemScope& round : made) {
        Child& child = children_.emplace_back();
        child.step = has_tags(text)
                         ? from_text<model::WorkflowStep>(replace_round(text, round, scope_, step.when))
                         : body;
        child.step.name = round.node_name;
        child.step.template_ = step.template_;
    }
    declared.count = made.size();
}

void StepsActivity::start_children() {
    starting_ = true;
    const std::string group_name(run_.nodes().name(group_node_));
    for (std::size_t i = 0; i < children_.size() && !over_; ++i) {
        const model::WorkflowStep& step = children_[i].step;
        NodeSeed seed;
        seed.name = group_name + "." + step.name.string();
        seed.type = NodeType::skipped;
        seed.boundary = frame_.node;
        seed.template_name = step.template_;
        seed.flag = true;
        try {
            if (!evaluate_when(step.when)) {
                seed.phase = Phase::skipped;
                seed.message = "when '" + step.when.string() + "' evaluated false";
                children_[i].node = run_.create(std::move(seed));
                children_[i].ended = true;
                run_.nodes().add_child(group_node_, children_[i].node);
                continue;
            }
        } catch (const ExpressionError& error) {
            seed.phase = Phase::error;
            seed.message = error.what();
            children_[i].node = run_.create(std::move(seed));
            run_.nodes().add_child(group_node_, children_[i].node);
            fail_group(Phase::error, error.what());
            break;
        }
        Invocation invocation;
        invocation.node_name = std::move(seed.name);
        invocation.kind = Invocation::Kind::step;
        invocation.holder_name = step.name.string();
        invocation.template_name = step.template_.string();
        if (step.inline_) invocation.inline_template = std::make_shared<model::Template>(*step.inline_);
        if (step.arguments) invocation.arguments = *step.arguments;
        invocation.boundary = frame_.node;
        invocation.on_exit = frame_.on_exit;
        invocation.depth = frame_.depth + 1;
        invocation.parent = id();
        invocation.slot = static_cast<std::uint32_t>(2 * i);
        ++open_;
        if (const auto result = run_.start(std::move(invocation))) started(i, *result);
    }
    starting_ = false;
    end_group_if_done();
}

void StepsActivity::child_started(std::uint32_t slot, const Started& result) {
    if (over_) return;
    if (slot % 2 == 0) {
        started(slot / 2, result);
        return;
    }
    run_.nodes().add_child(children_[slot / 2].node, result.node);
    if (result.error && !result.too_deep) fail_group(Phase::error, *result.error);
}

void StepsActivity::started(std::size_t index, const Started& result) {
    children_[index].node = result.node;
    run_.nodes().add_child(group_node_, result.node);
    if (result.error && !result.too_deep)
        fail_group(Phase::error, "step group deemed errored due to child " +
                                     std::string(run_.nodes().name(result.node)) +
                                     " error: " + *result.error);
}

void StepsActivity::child_ended(std::uint32_t slot, Node node, const std::optional<std::string>& error) {
    const std::size_t index = slot / 2;
    if (over_ || index >= children_.size()) return;
    if (slot % 2 == 1) {
        if (error)
            fail_group(Phase::error, *error);
        else
            child_finished(index);
        return;
    }
    if (error) {
        fail_group(Phase::error, "step group deemed errored due to child " +
                                     std::string(run_.nodes().name(node)) + " error: " + *error);
        return;
    }
    run_exit_hook(index);
}

void StepsActivity::run_exit_hook(std::size_t index) {
    const Child& child = children_[index];
    const model::NodeStatus& status = run_.nodes().status(child.node);
    scope_.set("steps." + status.displayName.string() + ".status", status.phase.string());
    const auto hook = exit_hook(child.step.onExit, child.step.hooks, run_.spec().arguments);
    if (!hook || !completed(run_.nodes().phase(child.node)) || !run_.should_execute(true)) {
        child_finished(index);
        return;
    }
    try {
        if (!hook->expression.empty() && !evaluate_bool(hook->expression, scope_)) {
            child_finished(index);
            return;
        }
        Invocation invocation;
        invocation.node_name = status.name.string() + ".onExit";
        invocation.kind = Invocation::Kind::hook;
        invocation.template_name = hook->template_.string();
        invocation.arguments =
            exit_arguments(*hook, scope_, "steps", child.step.name, run_.nodes(), child.node);
        invocation.boundary = frame_.node;
        invocation.on_exit = true;
        invocation.hooked = true;
        invocation.depth = frame_.depth + 1;
        invocation.parent = id();
        invocation.slot = static_cast<std::uint32_t>(2 * index + 1);
        const std::uint32_t slot = invocation.slot;
        if (const auto result = run_.start(std::move(invocation))) child_started(slot, *result);
    } catch (const ExpressionError& error) {
        fail_group(Phase::error, error.what());
    }
}

void StepsActivity::child_finished(std::size_t index) {
    if (children_[index].ended) return;
    children_[index].ended = true;
    --open_;
    end_group_if_done();
}

void StepsActivity::end_group_if_done() {
    if (over_ || starting_ || open_ != 0) return;
    for (const Child& child : children_) {
        const Phase phase = run_.nodes().phase(child.node);
        if (!failed_or_error(phase) || continues(child.step.continueOn, phase)) continue;
        fail_group(Phase::failed, "child '" + std::string(run_.nodes().id(child.node)) + "' failed");
        return;
    }
    over_ = true;
    run_.mark(group_node_, Phase::succeeded);
    try {
        add_group_variables();
    } catch (const ExpressionError& error) {
        finish(Phase::error, error.what(), error.what());
        return;
    }
    ++group_;
    run_.post([run = &run_, id = id()] {
        if (auto* const self = static_cast<StepsActivity*>(run->activity(id))) self->start_group();
    });
}

void StepsActivity::fail_group(Phase phase, const std::string& message) {
    if (over_) return;
    over_ = true;
    run_.mark(group_node_, phase, message);
    finish(Phase::failed, message, std::nullopt);
}

void StepsActivity::add_group_variables() {
    const auto& steps = frame_.definition.steps[group_];
    for (std::size_t i = 0; i < declared_.size(); ++i) {
        const model::WorkflowStep& step = steps[i];
        const Declared& declared = declared_[i];
        if (declared.loop && declared.skipped == no_node) {
            std::vector<Node> nodes;
            for (std::size_t at = 0; at < declared.count; ++at) {
                const Node node = children_[declared.first + at].node;
                if (run_.nodes().type(node) != NodeType::skipped) nodes.push_back(node);
            }
            add_aggregate(scope_, "steps", step.name, run_.nodes(), nodes);
            add_node(scope_, "steps", step.name, run_.nodes(), group_node_);
            continue;
        }
        const Node node = declared.loop ? declared.skipped : children_[declared.first].node;
        add_node(scope_, "steps", step.name, run_.nodes(), node);
        add_skipped_outputs(scope_, "steps", step.name, run_.nodes(), node,
                            run_.resolve(step.template_, step.inline_.get()));
    }
}

void StepsActivity::succeed() {
    try {
        if (const auto outputs = template_outputs(frame_.definition, scope_)) {
            run_.nodes().status(frame_.node).outputs = *outputs;
            run_.export_outputs(*outputs);
        }
    } catch (const ExpressionError& error) {
        finish(Phase::error, error.what(), error.what());
        return;
    }
    finish(Phase::succeeded, std::nullopt, std::nullopt);
}

void StepsActivity::finish(Phase phase, std::optional<std::string> message,
                           std::optional<std::string> error) {
    if (finished_) return;
    finished_ = true;
    Nodes& nodes = run_.nodes();
    std::vector<Node> outbound;
    const std::vector<Node> last(nodes.children(group_node_).begin(), nodes.children(group_node_).end());
    for (const Node child : last) nodes.outbound(child, outbound);
    nodes.set_outbound(frame_.node, outbound);
    run_.mark(frame_.node, phase, message ? std::optional<std::string_view>(*message) : std::nullopt);
    run_.close_boundary(frame_.node);
    run_.ended(frame_.parent, frame_.slot, frame_.node, std::move(error));
    run_.release(id());
}

}  // namespace tiphys::local::engine
