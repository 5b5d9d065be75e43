// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/model.hpp>
#include <tiphys/text/text.hpp>

#include <string>
#include <vector>

namespace tiphys::cli {

struct NodeText {
    std::string id;
    std::string name;
    std::string display_name;
    std::string type;
    std::string phase;
    std::string boundary;
    std::vector<std::string> children = {};
    std::string message = {};
};

/// A workflow "wf" whose nodes started at 10:00:00 and, where they have ended, ended at 10:00:07.
inline model::Workflow workflow_of(const std::string& phase, const std::vector<NodeText>& nodes) {
    model::Workflow made;
    made.metadata.name = "wf";
    auto& status = made.status.ensure();
    const auto set_times = [](auto& one, const std::string& state) {
        if (state != "Pending") one.startedAt = "2026-01-01T10:00:00Z";
        if (state != "Pending" && state != "Running") one.finishedAt = "2026-01-01T10:00:07Z";
    };
    status.phase = phase;
    set_times(status, phase);
    for (const NodeText& text : nodes) {
        model::NodeStatus node;
        node.id = text.id;
        node.name = text.name;
        node.displayName = text.display_name;
        node.type = text.type;
        node.phase = text.phase;
        if (!text.boundary.empty()) node.boundaryID = text.boundary;
        for (const auto& child : text.children) node.children.push_back(child);
        if (!text.message.empty()) node.message = text.message;
        set_times(node, text.phase);
        status.nodes[text.id] = node;
    }
    return made;
}

inline model::Workflow diamond() {
    return workflow_of("Running",
                       {
                           {"wf", "wf", "wf", "DAG", "Running", "", {"wf-1"}},
                           {"wf-4", "wf.D", "D", "Pod", "Pending", "wf"},
                           {"wf-3", "wf.C", "C", "Pod", "Running", "wf", {"wf-4"}},
                           {"wf-2", "wf.B", "B", "Pod", "Failed", "wf", {"wf-4"}, "Error (exit code 3)"},
                           {"wf-1", "wf.A", "A", "Pod", "Succeeded", "wf", {"wf-2", "wf-3"}},
                       });
}

}  // namespace tiphys::cli
