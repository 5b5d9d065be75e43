// SPDX-License-Identifier: Apache-2.0
#include "display.hpp"

#include <tiphys/client/progress.hpp>

#include <algorithm>
#include <ostream>
#include <sstream>

#include "tree.hpp"

namespace tiphys::cli {
namespace {

/// A pod is called after its workflow and template, a node id after its workflow only; both end in the same
/// hash of the node's name. The pod of a workflow of one pod bears the workflow's name, as its node id does.
std::string_view hash_of(std::string_view name) {
    const std::size_t dash = name.rfind('-');
    return dash == std::string_view::npos ? name : name.substr(dash + 1);
}

class PlainDisplay final : public Display {
public:
    PlainDisplay(std::ostream& out, bool unicode)
        : out_(out), unicode_(unicode), progress_(progress_to(text_)) {}

private:
    void show(const model::Workflow& workflow) override {
        progress_(workflow);
        out_ << (unicode_ ? text_.str() : to_ascii(text_.str())) << std::flush;
        text_.str({});
    }
    void show_log(std::string_view node, std::string_view content) override {
        out_ << node << ": " << content << '\n' << std::flush;
    }

    std::ostream& out_;
    bool unicode_;
    std::ostringstream text_;
    Observer progress_;
};

class LiveDisplay final : public Display {
public:
    LiveDisplay(std::ostream& out, Style style, std::function<std::pair<std::size_t, std::size_t>()> screen,
                std::function<std::int64_t()> now)
        : out_(out), style_(style), screen_(std::move(screen)), now_(std::move(now)) {}

    void tick() override {
        // Once a second for the clocks, otherwise only for news.
        const std::int64_t now = now_();
        if (changed_ || now != drawn_at_) draw(false);
    }

private:
    void show(const model::Workflow& workflow) override {
        workflow_ = workflow;
        changed_ = true;
    }
    void show_log(std::string_view node, std::string_view content) override {
        above_ += dimmed(harmless(node) + ":", style_) + " " + harmless(content) + "\n";
        changed_ = true;
    }
    void show_end() override { draw(true); }

    void draw(bool last) {
        const auto [rows, width] = screen_();
        style_.width = std::max<std::size_t>(width, 20);
        std::string frame;
        if (drawn_ != 0) frame += "\x1b[" + std::to_string(drawn_) + "A";
        frame += "\r\x1b[J";
        frame += above_;
        above_.clear();
        drawn_ = 0;
        drawn_at_ = now_();
        changed_ = false;
        if (workflow_.metadata.name.has_value()) {
            // What scrolls out of the screen cannot be drawn again: the tree leaves one row free.
            const std::size_t room = last ? 1000 : std::max<std::size_t>(rows, 4) - 1;
            for (const std::string& line : render_tree(workflow_, style_, drawn_at_, room)) {
                frame += line + "\n";
                ++drawn_;
            }
        }
        out_ << frame << std::flush;
    }

    std::ostream& out_;
    Style style_;
    std::function<std::pair<std::size_t, std::size_t>()> screen_;
    std::function<std::int64_t()> now_;
    model::Workflow workflow_;
    std::string above_;
    std::size_t drawn_ = 0;
    std::int64_t drawn_at_ = -1;
    bool changed_ = false;
};

struct Row {
    std::string node;
    std::string name;
    std::string value;
};

void add_rows(std::vector<Row>& to, const std::string& node, const model::Outputs& outputs) {
    for (const auto& one : outputs.parameters) to.push_back({node, one.name.string(), one.value.string()});
}

void add_rows(std::vector<Row>& to, const std::vector<NodeTree::Branch>& branches,
              std::string_view workflow) {
    for (const auto& branch : branches) {
        const model::NodeStatus& node = *branch.node;
        if (node.outputs && !(node.name == workflow))
            add_rows(to, harmless(node.displayName.value_or(node.name)), *node.outputs);
        add_rows(to, branch.branches, workflow);
    }
}

}  // namespace

void Display::update(const model::Workflow& workflow) {
    if (workflow.status)
        for (const auto& entry : workflow.status->nodes) {
            const model::NodeStatus& node = entry.value;
            if (!(node.type == "Pod")) continue;
            names_.try_emplace(std::string(hash_of(entry.key)), node.displayName.value_or(node.name));
        }
    show(workflow);
    std::erase_if(waiting_, [this](const auto& line) {
        const auto name = names_.find(hash_of(line.first));
        if (name == names_.end()) return false;
        show_log(name->second, line.second);
        return true;
    });
}

void Display::log(std::string_view pod_name, std::string_view content) {
    const auto name = names_.find(hash_of(pod_name));
    if (name != names_.end())
        show_log(name->second, content);
    else if (waiting_.size() < most_waiting)
        waiting_.emplace_back(pod_name, content);
    else
        show_log(pod_name, content);
}

void Display::finish() {
    for (const auto& [pod, content] : waiting_) show_log(pod, content);
    waiting_.clear();
    show_end();
}

std::unique_ptr<Display> plain_display(std::ostream& out, bool unicode) {
    return std::make_unique<PlainDisplay>(out, unicode);
}

std::unique_ptr<Display> live_display(std::ostream& out, Style style,
                                      std::function<std::pair<std::size_t, std::size_t>()> screen,
                                      std::function<std::int64_t()> now) {
    return std::make_unique<LiveDisplay>(out, style, std::move(screen), std::move(now));
}

std::string render_outputs(const model::Workflow& workflow) {
    std::vector<Row> rows;
    if (workflow.status) {
        const std::string_view name = workflow.metadata.name.view();
        const NodeTree tree(workflow);
        if (workflow.status->outputs) add_rows(rows, "(workflow)", *workflow.status->outputs);
        for (const auto& branch : tree.roots())
            if (branch.node->name == name && branch.node->outputs)
                add_rows(rows, std::string(name), *branch.node->outputs);
        add_rows(rows, tree.roots(), name);
    }
    if (rows.empty()) return {};
    std::size_t node_width = 0;
    std::size_t name_width = 0;
    for (const Row& row : rows) {
        node_width = std::max(node_width, columns(row.node));
        name_width = std::max(name_width, columns(row.name));
    }
    const auto padded = [](const std::string& text, std::size_t width) {
        return text + std::string(width - columns(text), ' ');
    };
    std::string made = "Outputs\n";
    for (const Row& row : rows) {
        const std::string head =
            "  " + padded(row.node, node_width) + "  " + padded(row.name, name_width) + " = ";
        const std::string indent(columns(head), ' ');
        std::string_view value = row.value;
        while (value.ends_with('\n')) value.remove_suffix(1);
        made += head;
        for (;;) {
            const std::size_t end = value.find('\n');
            made += harmless(value.substr(0, end)) + "\n";
            if (end == std::string_view::npos) break;
            value.remove_prefix(end + 1);
            made += indent;
        }
    }
    return made;
}

}  // namespace tiphys::cli
