// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/generated/workflow.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "names.hpp"
#include "phase.hpp"

namespace tiphys::local::engine {

/// Position of a node in status.nodes: nodes are only ever appended.
using Node = std::uint32_t;
inline constexpr Node no_node = 0xffffffffu;

/// What a new node starts with.
struct NodeSeed {
    std::string name;
    NodeType type = NodeType::pod;
    Phase phase = Phase::pending;
    Node boundary = no_node;
    std::string_view template_name;
    const model::TemplateRef* template_ref = nullptr;
    std::string message;
    bool flag =
        false;  ///< writes nodeFlag even if neither of the next two is set, as Argo does for its own nodes
    bool hooked = false;
    bool retried = false;
};

/// The node table of one workflow: status.nodes, an index into it, and the edges as positions.
class Nodes {
public:
    explicit Nodes(model::Workflow& workflow) : workflow_(&workflow) {}

    /// Appends a node. Throws std::runtime_error when its id is taken (two names with one hash).
    Node create(NodeSeed seed);
    std::size_t size() const { return records_.size(); }
    /// By id; no_node when there is none.
    Node find(std::string_view id) const;

    /// Valid until the next create().
    model::NodeStatus& status(Node node);
    const model::NodeStatus& status(Node node) const;
    std::string_view id(Node node) const { return status(node).id; }
    std::string_view name(Node node) const { return status(node).name; }
    NodeType type(Node node) const { return records_[node].type; }
    Phase phase(Node node) const { return records_[node].phase; }
    Node boundary(Node node) const { return records_[node].boundary; }
    bool hooked(Node node) const { return records_[node].hooked; }
    bool retried(Node node) const { return records_[node].retried; }
    Time started(Node node) const { return records_[node].started; }
    Time finished(Node node) const { return records_[node].finished; }
    std::span<const Node> children(Node node) const { return records_[node].children; }
    bool in_exit_handler(Node node) const;

    /// Sets phase, message (where given) and, once it is fulfilled, the time it finished.
    void mark(Node node, Phase phase, std::optional<std::string_view> message = std::nullopt);
    /// Changes the phase of a node that had finished already, as Argo does when an error shows up afterwards.
    void add_child(Node parent, Node child);
    void set_outbound(Node node, std::span<const Node> outbound);
    /// Appends the last nodes of what `node` stands for: those that what follows becomes a child of.
    void outbound(Node node, std::vector<Node>& to) const;

private:
    struct Record {
        NodeType type;
        Phase phase;
        bool hooked;
        bool retried;
        Node boundary;
        Time started;
        Time finished;
        std::uint32_t done = 0;  // executable nodes below this boundary
        std::uint32_t total = 0;
        std::vector<Node> children;
        std::vector<Node> outbound;
    };

    void count(Node node, std::uint32_t total, std::uint32_t done);

    model::Workflow* workflow_;
    std::vector<Record> records_;
    std::unordered_map<std::string, Node> index_;
    std::unordered_set<std::uint64_t> edges_;
    std::uint32_t done_ = 0;
    std::uint32_t total_ = 0;
};

}  // namespace tiphys::local::engine
