// SPDX-License-Identifier: Apache-2.0
#include "nodes.hpp"

#include <tiphys/expression/go_format.hpp>

#include <stdexcept>

#include "expressions.hpp"

namespace tiphys::local::engine {
namespace {

/// Nodes that count in "progress": pods and what people answer.
bool executable(NodeType type) { return type == NodeType::pod || type == NodeType::suspend; }

bool done(Phase phase) {
    return phase == Phase::succeeded || phase == Phase::skipped || phase == Phase::omitted;
}

str progress(std::uint32_t done, std::uint32_t total) {
    return str(std::to_string(done) + "/" + std::to_string(total));
}

}  // namespace

Node Nodes::create(NodeSeed seed) {
    const std::string_view workflow = workflow_->metadata.name;
    std::string id = node_id(workflow, seed.name);
    const auto [at, fresh] = index_.try_emplace(std::move(id), static_cast<Node>(records_.size()));
    if (!fresh) throw std::runtime_error("node " + seed.name + " already initialized");
    const Node node = at->second;

    const Time now = std::chrono::system_clock::now();
    const Node boundary = seed.boundary;
    model::NodeStatus& status = workflow_->status.ensure().nodes.append(at->first);
    status.id = at->first;
    status.name = seed.name;
    status.displayName =
        boundary == no_node ? seed.name : display_name(seed.name, this->status(boundary).name);
    status.type = text(seed.type);
    status.templateName = seed.template_name.empty() ? str() : str(seed.template_name);
    if (seed.template_ref != nullptr) status.templateRef = *seed.template_ref;
    status.templateScope = "local/" + std::string(workflow);
    if (boundary != no_node) status.boundaryID = this->status(boundary).id;
    status.phase = text(seed.phase);
    if (!seed.message.empty()) status.message = seed.message;
    if (seed.flag || seed.hooked || seed.retried) {
        auto& flag = status.nodeFlag.ensure();
        if (seed.hooked) flag.hooked = true;
        if (seed.retried) flag.retried = true;
    }
    if (seed.type == NodeType::pod) status.taskResultSynced = true;
    status.startedAt = timestamp(now);
    if (fulfilled(seed.phase)) status.finishedAt = status.startedAt;

    records_.push_back(Record{.type = seed.type,
                              .phase = seed.phase,
                              .hooked = seed.hooked,
                              .retried = seed.retried,
                              .boundary = boundary,
                              .started = now,
                              .finished = fulfilled(seed.phase) ? now : Time{},
                              .children = {},
                              .outbound = {}});
    if (executable(seed.type)) count(node, 1, 0);
    return node;
}

Node Nodes::find(std::string_view id) const {
    const auto found = index_.find(std::string(id));
    return found == index_.end() ? no_node : found->second;
}

model::NodeStatus& Nodes::status(Node node) { return workflow_->status->nodes.begin()[node].value; }
const model::NodeStatus& Nodes::status(Node node) const {
    return workflow_->status->nodes.begin()[node].value;
}

bool Nodes::in_exit_handler(Node node) const {
    for (; node != no_node; node = boundary(node))
        if (status(node).displayName.view().ends_with(".onExit")) return true;
    return false;
}

void Nodes::mark(Node node, Phase phase, std::optional<std::string_view> message) {
    Record& record = records_[node];
    model::NodeStatus& at = status(node);
    if (executable(record.type) && done(phase) && !done(record.phase)) count(node, 0, 1);
    record.phase = phase;
    at.phase = text(phase);
    if (message) at.message = message->empty() ? str() : str(*message);
    if (fulfilled(phase) && record.finished == Time{}) {
        record.finished = std::chrono::system_clock::now();
        at.finishedAt = timestamp(record.finished);
    }
}

void Nodes::add_child(Node parent, Node child) {
    if (!edges_.insert(std::uint64_t{parent} << 32 | child).second) return;
    records_[parent].children.push_back(child);
    status(parent).children.push_back(status(child).id);
}

void Nodes::set_outbound(Node node, std::span<const Node> outbound) {
    records_[node].outbound.assign(outbound.begin(), outbound.end());
    auto& ids = status(node).outboundNodes;
    ids.reset();
    for (const Node each : outbound) ids.push_back(status(each).id);
}

void Nodes::outbound(Node node, std::vector<Node>& to) const {
    const Record& record = records_[node];
    switch (record.type) {
        case NodeType::skipped:
        case NodeType::suspend:
        case NodeType::pod: to.push_back(node); return;
        case NodeType::task_group:
            if (record.children.empty()) to.push_back(node);
            for (const Node child : record.children) outbound(child, to);
            return;
        case NodeType::retry:
            if (!record.children.empty()) to.push_back(record.children.back());
            return;
        case NodeType::steps:
        case NodeType::step_group:
        case NodeType::dag:
            for (const Node each : record.outbound) outbound(each, to);
            return;
    }
}

void Nodes::count(Node node, std::uint32_t total, std::uint32_t finished) {
    total_ += total;
    done_ += finished;
    workflow_->status->progress = progress(done_, total_);
    for (; node != no_node; node = records_[node].boundary) {
        Record& record = records_[node];
        record.total += total;
        record.done += finished;
        status(node).progress = progress(record.done, record.total);
    }
}

}  // namespace tiphys::local::engine
