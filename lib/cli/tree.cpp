// SPDX-License-Identifier: Apache-2.0
#include "tree.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <unordered_map>

namespace tiphys::cli {
namespace {

using model::NodeStatus;

/// "a(2)" before "a(10)": runs of digits compare as numbers.
bool natural_less(std::string_view a, std::string_view b) noexcept {
    const auto digits = [](std::string_view text, std::size_t at) {
        std::size_t end = at;
        while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])) != 0) ++end;
        while (at + 1 < end && text[at] == '0') ++at;
        return text.substr(at, end - at);
    };
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() && j < b.size()) {
        const std::string_view left = digits(a, i);
        const std::string_view right = digits(b, j);
        if (!left.empty() && !right.empty()) {
            if (left.size() != right.size()) return left.size() < right.size();
            if (left != right) return left < right;
            i = static_cast<std::size_t>(left.data() - a.data()) + left.size();
            j = static_cast<std::size_t>(right.data() - b.data()) + right.size();
        } else {
            if (a[i] != b[j]) return a[i] < b[j];
            ++i;
            ++j;
        }
    }
    return a.size() - i < b.size() - j;
}

/// Everything about one workflow's nodes that the tree needs, by index.
class Graph {
public:
    explicit Graph(const model::WorkflowStatus& status) {
        for (const auto& entry : status.nodes) {
            index_.emplace(entry.key.view(), nodes_.size());
            nodes_.push_back(&entry.value);
        }
        rank_.assign(nodes_.size(), 0);
        state_.assign(nodes_.size(), 0);
        parent_.assign(nodes_.size(), none);
        find_ranks();
        for (std::size_t i = 0; i < nodes_.size(); ++i) find_parent(i);
    }

    std::vector<NodeTree::Branch> branches() const {
        std::vector<std::vector<std::size_t>> under(nodes_.size() + 1);
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            if (nodes_[i]->type == "StepGroup") continue;
            under[parent_[i] == none ? nodes_.size() : parent_[i]].push_back(i);
        }
        for (auto& siblings : under)
            std::sort(siblings.begin(), siblings.end(), [this](std::size_t a, std::size_t b) {
                if (rank_[a] != rank_[b]) return rank_[a] < rank_[b];
                return natural_less(nodes_[a]->displayName, nodes_[b]->displayName);
            });
        return branches(under, nodes_.size(), 0);
    }

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    static constexpr std::size_t deepest = 200;

    std::size_t find(std::string_view id) const {
        const auto at = index_.find(id);
        return at == index_.end() ? none : at->second;
    }

    /// Adds the node and what is below it to `order_`, children first. Without recursion: a chain of steps
    /// may be as long as a workflow is large.
    void visit(std::size_t from) {
        std::vector<std::size_t> open{from};
        while (!open.empty()) {
            const std::size_t i = open.back();
            if (state_[i] == 0) {
                state_[i] = 1;
                for (const str& id : nodes_[i]->children)
                    if (const std::size_t child = find(id); child != none && state_[child] == 0)
                        open.push_back(child);
                continue;
            }
            open.pop_back();
            if (state_[i] == 1) order_.push_back(i);
            state_[i] = 2;
        }
    }

    /// Longest way from the top: it does not change for a node when later ones come to be.
    void find_ranks() {
        for (std::size_t i = 0; i < nodes_.size(); ++i) visit(i);
        for (auto at = order_.rbegin(); at != order_.rend(); ++at)
            for (const str& id : nodes_[*at]->children)
                if (const std::size_t child = find(id); child != none)
                    rank_[child] = std::max(rank_[child], rank_[*at] + 1);
    }

    void find_parent(std::size_t i) {
        const NodeStatus& node = *nodes_[i];
        if (parent_[i] == none && !node.boundaryID.empty()) parent_[i] = find(node.boundaryID);
        if (!(node.type == "TaskGroup") && !(node.type == "Retry")) return;
        // Items and attempts are called like their group, with "(…" after it.
        const std::string prefix = node.name.string() + "(";
        for (const str& id : node.children)
            if (const std::size_t child = find(id);
                child != none && child != i && nodes_[child]->name.view().starts_with(prefix))
                parent_[child] = i;
    }

    std::vector<NodeTree::Branch> branches(const std::vector<std::vector<std::size_t>>& under, std::size_t of,
                                           std::size_t level) const {
        std::vector<NodeTree::Branch> made;
        if (level > deepest) return made;
        for (const std::size_t i : under[of]) made.push_back({nodes_[i], branches(under, i, level + 1)});
        return made;
    }

    std::vector<const NodeStatus*> nodes_;
    std::unordered_map<std::string_view, std::size_t> index_;
    std::vector<std::size_t> rank_;
    std::vector<std::size_t> order_;
    std::vector<char> state_;
    std::vector<std::size_t> parent_;
};

struct Line {
    std::string text;
    bool quiet;  ///< may go first when there is no room
};

std::string elapsed(const str& started, const str& finished, std::int64_t now) {
    const auto begin = seconds_of(started.view());
    if (!begin) return {};
    return duration_text(seconds_of(finished.view()).value_or(now) - *begin);
}

/// symbol, name, duration and message behind a prefix, in the width that there is.
std::string line(const std::string& prefix, Look look, std::string_view name, const std::string& time,
                 std::string_view words, const Style& style) {
    const std::size_t used = columns(prefix) + 2;
    const std::size_t room = style.width > used ? style.width - used : 0;
    const std::string shown = cut(harmless(name), room, style);
    std::string made = dimmed(prefix, style) + coloured(symbol(look, style), look, style) + " " + shown;
    std::size_t left = room - std::min(room, columns(shown));
    if (!time.empty() && left > time.size() + 2) {
        made += "  " + dimmed(time, style);
        left -= time.size() + 2;
    }
    if (!words.empty() && left > 12)
        made += "  " + coloured(cut(harmless(words), left - 2, style), look, style);
    return made;
}

void add_lines(std::vector<Line>& to, const std::vector<NodeTree::Branch>& branches,
               const std::string& indent, const Style& style, std::int64_t now) {
    for (std::size_t i = 0; i < branches.size(); ++i) {
        const NodeStatus& node = *branches[i].node;
        const bool last = i + 1 == branches.size();
        const Look look = look_of(node.phase, node.type);
        const std::string fork = style.unicode ? (last ? "└─" : "├─") : (last ? "`-" : "|-");
        std::string words = node.message.string();
        if (look == Look::waiting && node.type == "Suspend" && words.empty()) words = "waits to be resumed";
        if (look == Look::not_run && words.empty()) words = node.phase.string();
        const std::string time = look == Look::not_run ? "" : elapsed(node.startedAt, node.finishedAt, now);
        to.push_back({line(indent + fork, look, node.displayName.value_or(node.name), time, words, style),
                      look == Look::succeeded || look == Look::not_run});
        add_lines(to, branches[i].branches, indent + (last ? "  " : style.unicode ? "│ " : "| "), style, now);
    }
}

}  // namespace

NodeTree::NodeTree(const model::Workflow& workflow) {
    if (!workflow.status) return;
    roots_ = Graph(*workflow.status).branches();
    // The entrypoint's node bears the workflow's name.
    // Not stable_partition: libstdc++ 12 builds it on a function that clang calls deprecated.
    const auto first = [&workflow](const Branch& branch) {
        return branch.node->name == workflow.metadata.name.view();
    };
    std::vector<Branch> ordered;
    for (const bool wanted : {true, false})
        for (Branch& branch : roots_)
            if (first(branch) == wanted) ordered.push_back(branch);
    roots_ = std::move(ordered);
}

std::vector<std::string> render_tree(const model::Workflow& workflow, const Style& style, std::int64_t now,
                                     std::size_t most_lines) {
    static const model::WorkflowStatus nothing;
    const model::WorkflowStatus& status = workflow.status ? *workflow.status : nothing;
    const std::string_view phase = status.phase.empty() ? "Pending" : status.phase.view();
    std::string words(phase);
    if (!status.progress.empty() && !(status.progress == "0/0")) words += " " + status.progress.string();
    if (!status.message.empty()) words += ": " + status.message.string();
    std::vector<std::string> made{line("", look_of(phase), workflow.metadata.name,
                                       elapsed(status.startedAt, status.finishedAt, now), words, style)};

    std::vector<Line> lines;
    add_lines(lines, NodeTree(workflow).roots(), "", style, now);
    const std::size_t room = most_lines > 1 ? most_lines - 1 : 1;
    if (lines.size() > room) {
        const std::size_t all = lines.size();
        std::size_t surplus = all - (room - 1);
        std::erase_if(lines, [&surplus](const Line& one) {
            if (!one.quiet || surplus == 0) return false;
            --surplus;
            return true;
        });
        if (lines.size() > room - 1) lines.resize(room - 1);
        const std::string more =
            (style.unicode ? "… " : "... ") + std::to_string(all - lines.size()) + " more nodes";
        lines.push_back({dimmed(cut(more, style.width, style), style), false});
    }
    for (Line& one : lines) made.push_back(std::move(one.text));
    return made;
}

}  // namespace tiphys::cli
