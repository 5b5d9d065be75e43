// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/generated/workflow.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "style.hpp"

namespace tiphys::cli {

/// The nodes of a workflow as people think of them: what a template calls lies under it, in the order of
/// execution; the items of a loop and the attempts of a retry lie under their group; step groups are not
/// shown.
class NodeTree {
public:
    explicit NodeTree(const model::Workflow& workflow);

    struct Branch {
        const model::NodeStatus* node;
        std::vector<Branch> branches;
    };
    /// The entrypoint's node first, then exit handlers and hooks.
    const std::vector<Branch>& roots() const noexcept { return roots_; }

private:
    std::vector<Branch> roots_;
};

/// A workflow on a terminal: a headline and its tree, one line a node, none wider than `style.width`.
///
/// With more than `most_lines` lines, nodes that succeeded or did not run go first, then whatever comes last;
/// a last line says how many are not shown. `now` is in seconds since 1970.
std::vector<std::string> render_tree(const model::Workflow& workflow, const Style& style, std::int64_t now,
                                     std::size_t most_lines = 1000);

}  // namespace tiphys::cli
