// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/progress.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <ostream>
#include <tuple>
#include <vector>

#include "client/words.hpp"

namespace tiphys {
namespace {

std::string_view symbol(std::string_view phase) {
    if (phase == "Pending") return "◷";
    if (phase == "Running") return "●";
    if (phase == "Succeeded") return "✔";
    if (phase == "Skipped" || phase == "Omitted") return "○";
    if (phase == "Failed") return "✖";
    if (phase == "Error") return "⚠";
    return "?";
}

bool over(std::string_view phase) { return phase != "Pending" && phase != "Running"; }

/// "12:00:03" of "2026-01-01T12:00:03Z".
std::string_view clock(std::string_view time) {
    return time.size() >= 19 && time[10] == 'T' ? time.substr(11, 8) : std::string_view("--:--:--");
}

struct Line {
    std::string_view time;  ///< RFC 3339: compares as it passes
    std::string_view name;
    std::string_view phase;
    std::string_view message;
};

class Progress {
public:
    explicit Progress(std::ostream& out) : out_(out) {}

    void see(const model::Workflow& workflow) {
        if (!workflow.status.has_value()) return;
        const model::WorkflowStatus& status = *workflow.status;
        std::vector<Line> lines;
        bool has_root = false;
        for (const auto& entry : status.nodes) {
            const model::NodeStatus& node = entry.value;
            has_root = has_root || node.displayName == workflow.metadata.name.view();
            // "[0]", "[1]": the groups of steps tell nothing that their members do not.
            if (node.type == "StepGroup" || node.phase.empty()) continue;
            std::string& before = phases_[std::string(entry.key.view())];
            if (before == node.phase.view()) continue;
            before = node.phase.view();
            lines.push_back({over(node.phase) ? node.finishedAt.view() : node.startedAt.view(),
                             node.displayName, node.phase, node.message});
        }
        std::sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
            return std::tie(a.time, a.name, a.phase) < std::tie(b.time, b.name, b.phase);
        });
        // A workflow that ends before it has a node still has something to say.
        if (!has_root && finished(workflow) && !told_end_) {
            told_end_ = true;
            lines.push_back({status.finishedAt, workflow.metadata.name, status.phase, status.message});
        }
        for (const Line& line : lines) print(line);
        out_.flush();
    }

private:
    void print(const Line& line) {
        out_ << clock(line.time) << "  " << symbol(line.phase) << ' '
             << client_detail::one_line(line.name, 200) << "  " << client_detail::one_line(line.phase, 40);
        if (!line.message.empty()) out_ << "  " << client_detail::one_line(line.message, 500);
        out_ << '\n';
    }

    std::ostream& out_;
    std::map<std::string, std::string, std::less<>> phases_;  ///< by node id
    bool told_end_ = false;
};

}  // namespace

Observer progress_to(std::ostream& out) {
    return [progress = std::make_shared<Progress>(out)](const model::Workflow& workflow) {
        progress->see(workflow);
    };
}

}  // namespace tiphys
