// SPDX-License-Identifier: Apache-2.0
// How a template comes to be executed: its inputs, the limits on parallelism, its node, its activity.
#include <tiphys/expression/error.hpp>

#include "dag.hpp"
#include "expressions.hpp"
#include "json_form.hpp"
#include "pod.hpp"
#include "retry.hpp"
#include "run.hpp"
#include "steps.hpp"
#include "substitution.hpp"
#include "suspend.hpp"
#include "variables.hpp"

namespace tiphys::local::engine {
namespace {

constexpr int deepest = 100;
constexpr std::string_view too_deep_text =
    "Maximum recursion depth exceeded. See "
    "https://argo-workflows.readthedocs.io/en/release-4.1/scaling/#maximum-recursion-depth";

/// The name that an annotation gives the nodes of a template; empty when there is none, or no proper one.
std::string own_display_name(const model::Template& definition) {
    const str* const name = definition.annotations.find("workflows.argoproj.io/display-name");
    if (name == nullptr || name->size() < 2 || name->size() > 63) return {};
    const auto alphanumeric = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    if (!alphanumeric((*name)[0]) || !alphanumeric((*name)[name->size() - 1])) return {};
    for (const char c : *name)
        if (!alphanumeric(c) && c != '-' && c != '.') return {};
    return name->string();
}

}  // namespace

model::Template Run::process(const model::Template& definition, const Invocation& invocation,
                             Scope& locals) const {
    model::Template made = definition;
    if (made.inputs)
        for (model::Parameter& input : made.inputs->parameters) {
            if (!input.value.has_value() && input.default_.has_value()) input.value = input.default_;
            const model::Parameter* argument = nullptr;
            for (const model::Parameter& each : invocation.arguments.parameters)
                if (each.name == input.name) {
                    argument = &each;
                    break;
                }
            if (argument != nullptr && argument->value == absent_argument) {
                if (!input.value.has_value() && !input.valueFrom)
                    throw ExpressionError(
                        "inputs.parameters." + input.name.string() +
                        ": argument references an absent optional (skipped/omitted node output "
                        "with no default)");
            } else if (argument != nullptr) {
                input.value = argument->value;
                input.valueFrom = argument->value.has_value() ? box<model::ValueFrom>() : argument->valueFrom;
            }
            if (!input.value.has_value())
                throw ExpressionError("inputs.parameters." + input.name.string() + " was not supplied");
        }
    std::string text = to_text(made);
    if (!has_tags(text)) return made;
    text = replace(text, locals, Unresolved::allowed);
    made = from_text<model::Template>(text);
    if (!has_tags(text)) return made;
    if (made.inputs) {
        add_inputs(locals, made);
        locals.set("inputs.parameters", parameters_text(made.inputs->parameters));
    } else {
        locals.set("inputs.parameters", "null");
    }
    if (made.outputs)
        for (const model::Parameter& output : made.outputs->parameters)
            if (output.valueFrom && !output.valueFrom->path.empty())
                locals.set("outputs.parameters." + output.name.string() + ".path",
                           output.valueFrom->path.string());
    return from_text<model::Template>(replace(text, locals, Unresolved::allowed));
}

bool Run::blocked(const Invocation& invocation) {
    if (exec_.parallelism.has_value() && active_pods_ >= *exec_.parallelism) {
        waiting_.push_back(invocation);
        return true;
    }
    if (invocation.boundary == no_node) return false;
    const auto at = boundaries_.find(invocation.boundary);
    if (at == boundaries_.end()) return false;
    Boundary& boundary = at->second;
    if (boundary.parallelism <= 0 || boundary.active < boundary.parallelism) return false;
    boundary.waiting.push_back(invocation);
    return true;
}

std::optional<Started> Run::start(Invocation invocation) {
    if (blocked(invocation)) return std::nullopt;
    return execute(std::move(invocation));
}

void Run::unblock(Node node) {
    const auto at = node == no_node ? boundaries_.end() : boundaries_.find(node);
    if (node != no_node && at == boundaries_.end()) return;
    auto& waiting = node == no_node ? waiting_ : at->second.waiting;
    // What cannot start goes back to the end of a queue: at most one round.
    for (std::size_t left = waiting.size(); left > 0 && !waiting.empty(); --left) {
        if (node == no_node && exec_.parallelism.has_value() && active_pods_ >= *exec_.parallelism) return;
        if (node != no_node && at->second.active >= at->second.parallelism) return;
        Invocation next = std::move(waiting.front());
        waiting.pop_front();
        const ActivityId parent = next.parent;
        const std::uint32_t slot = next.slot;
        if (parent != the_run && activity(parent) == nullptr) continue;
        const auto started = start(std::move(next));
        if (!started) continue;
        if (parent == the_run)
            entry_started(*started, slot);
        else if (Activity* const to = activity(parent))
            to->child_started(slot, *started);
        if (node != no_node && !boundaries_.contains(node)) return;
    }
}

Started Run::fail_to_start(const Invocation& invocation, const std::string& message, bool too_deep) {
    NodeSeed seed;
    seed.name = invocation.node_name;
    seed.type = NodeType::skipped;
    seed.phase = Phase::error;
    seed.boundary = invocation.boundary;
    seed.template_name = invocation.template_name;
    seed.hooked = invocation.hooked;
    seed.message = message;
    Started failed{.node = create(std::move(seed)), .error = message, .too_deep = too_deep};
    if (too_deep) ended(invocation.parent, invocation.slot, failed.node);
    return failed;
}

Started Run::execute(Invocation invocation) {
    if (invocation.depth >= deepest) return fail_to_start(invocation, std::string(too_deep_text), true);
    const model::Template* definition = resolve(invocation.template_name, invocation.inline_template.get());
    if (definition == nullptr)
        return fail_to_start(invocation, "template " + invocation.template_name + " not found");
    Frame frame;
    frame.boundary = invocation.boundary;
    frame.on_exit = invocation.on_exit;
    frame.depth = invocation.depth;
    frame.parent = invocation.parent;
    frame.slot = invocation.slot;
    try {
        Scope locals(&globals_);
        const bool retries = retry_strategy(*definition) != nullptr;
        if ((definition->container || definition->script) && !retries)
            locals.set("pod.name", pod_name(name(), invocation.node_name, definition->name));
        if (invocation.kind == Invocation::Kind::task)
            locals.set("tasks.name", invocation.holder_name);
        else
            locals.set("steps.name", invocation.holder_name);
        locals.set("node.name", invocation.node_name);
        frame.definition = process(*definition, invocation, locals);
        const std::string called = own_display_name(frame.definition);
        if (!retries) {
            const Started started = execute_kind(invocation, std::move(frame), false);
            if (!called.empty()) nodes_.status(started.node).displayName = called;
            return started;
        }

        NodeSeed seed;
        seed.name = invocation.node_name;
        seed.type = NodeType::retry;
        seed.phase = Phase::running;
        seed.boundary = invocation.boundary;
        seed.template_name = invocation.template_name;
        seed.hooked = invocation.hooked;
        frame.node = create(std::move(seed));
        if (frame.definition.inputs && !frame.definition.inputs->parameters.empty())
            nodes_.status(frame.node).inputs = *frame.definition.inputs;
        if (!called.empty()) nodes_.status(frame.node).displayName = called;
        const Node node = frame.node;
        const ActivityId id = next_activity_++;
        auto made = std::make_unique<RetryActivity>(*this, id, std::move(frame), std::move(invocation));
        activities_.emplace(id, std::move(made));
        post([this, id] {
            if (auto* const retry = static_cast<RetryActivity*>(activity(id))) retry->begin();
        });
        return Started{.node = node, .error = {}};
    } catch (const ExpressionError& error) {
        return fail_to_start(invocation, error.what());
    }
}

template <class A>
A& Run::add(Frame frame) {
    const ActivityId id = next_activity_++;
    auto made = std::make_unique<A>(*this, id, std::move(frame));
    A& reference = *made;
    activities_.emplace(id, std::move(made));
    post([this, id] {
        if (auto* const found = static_cast<A*>(activity(id))) found->begin();
    });
    return reference;
}

Started Run::execute_kind(const Invocation& invocation, Frame frame, bool retried) {
    const model::Template& definition = frame.definition;
    NodeSeed seed;
    seed.name = invocation.node_name;
    seed.boundary = invocation.boundary;
    seed.template_name = invocation.template_name;
    seed.hooked = invocation.hooked;
    seed.retried = retried;
    seed.phase = Phase::pending;
    if (definition.steps.has_value())
        seed.type = NodeType::steps, seed.phase = Phase::running;
    else if (definition.dag)
        seed.type = NodeType::dag, seed.phase = Phase::running;
    else if (definition.suspend)
        seed.type = NodeType::suspend;
    else
        seed.type = NodeType::pod;
    const NodeType type = seed.type;
    const Node node = create(std::move(seed));
    frame.node = node;
    if (definition.inputs && !definition.inputs->parameters.empty())
        nodes_.status(node).inputs = *definition.inputs;

    if (type == NodeType::steps || type == NodeType::dag) {
        open_boundary(node, definition, invocation.template_name, invocation.inline_template.get());
        if (type == NodeType::steps)
            add<StepsActivity>(std::move(frame));
        else
            add<DagActivity>(std::move(frame));
    } else if (type == NodeType::suspend) {
        add<SuspendActivity>(std::move(frame));
    } else if (!should_execute(frame.on_exit)) {
        mark(node, Phase::failed, "workflow shutdown with strategy: " + std::string(shutdown_text()));
        ended(frame.parent, frame.slot, node);
    } else if (!frame.on_exit && past_deadline()) {
        mark(node, Phase::failed, "Step exceeded its deadline");
        ended(frame.parent, frame.slot, node);
    } else {
        add<PodActivity>(std::move(frame));
    }
    return Started{.node = node, .error = {}};
}

}  // namespace tiphys::local::engine
