// SPDX-License-Identifier: Apache-2.0
#include "tree.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace tiphys::test {
namespace {

std::string relative(std::string_view name, std::string_view workflow) {
    if (name.starts_with(workflow)) name.remove_prefix(workflow.size());
    return name.empty() ? "." : std::string(name);
}

/// Ids replaced by the names they stand for, the longest first: one id may begin another.
std::string with_names(std::string text, const std::map<std::string, std::string>& names,
                       std::string_view own) {
    std::vector<std::pair<std::string, std::string>> longest(names.begin(), names.end());
    std::sort(longest.begin(), longest.end(),
              [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
    for (const auto& [id, name] : longest)
        if (id != own)
            for (auto at = text.find(id); at != std::string::npos; at = text.find(id, at + name.size()))
                text.replace(at, id.size(), name);
    return text;
}

std::string outputs(const model::NodeStatus& node) {
    std::vector<std::string> parts;
    if (node.outputs) {
        for (const auto& each : node.outputs->parameters)
            parts.push_back(each.name.string() + "=" + each.value.string());
        if (node.outputs->result.has_value()) parts.push_back("result=" + node.outputs->result.string());
        if (node.outputs->exitCode.has_value()) parts.push_back("exit=" + node.outputs->exitCode.string());
    }
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? " {" : ", ") + part;
    return text.empty() ? text : text + "}";
}

}  // namespace

const model::NodeStatus* find_node(const model::Workflow& workflow, std::string_view name) {
    const std::string full = workflow.metadata.name.string() + std::string(name);
    if (workflow.status)
        for (const auto& entry : workflow.status->nodes)
            if (entry.value.name == full) return &entry.value;
    return nullptr;
}

std::string result_of(const model::Workflow& workflow, std::string_view name) {
    const model::NodeStatus* const node = find_node(workflow, name);
    return node != nullptr && node->outputs && node->outputs->result.has_value()
               ? node->outputs->result.string()
               : "(none)";
}

std::string tree(const model::Workflow& workflow) {
    if (!workflow.status) return "(not started)\n";
    const std::string own = workflow.metadata.name.string();
    std::map<std::string, std::string> names;
    for (const auto& entry : workflow.status->nodes)
        names[entry.key.string()] = relative(entry.value.name, own);

    std::vector<std::string> lines;
    for (const auto& entry : workflow.status->nodes) {
        const model::NodeStatus& node = entry.value;
        std::string line =
            names[entry.key.string()] + " (" + relative(node.displayName, own) + ") " + node.type.string() +
            " " + (node.templateName.empty() ? "-" : node.templateName.string()) + " " + node.phase.string();
        if (!node.message.empty()) line += " \"" + with_names(node.message.string(), names, own) + "\"";
        line += outputs(node);
        std::vector<std::string> children;
        for (const str& child : node.children)
            children.push_back(names.contains(child.string()) ? names[child.string()] : "?" + child.string());
        std::sort(children.begin(), children.end());
        if (!children.empty()) line += " ->";
        for (const std::string& child : children) line += " " + child;
        lines.push_back(line);
    }
    std::sort(lines.begin(), lines.end());
    std::string text = workflow.status->phase.string();
    if (!workflow.status->message.empty())
        text += " \"" + with_names(workflow.status->message.string(), names, own) + "\"";
    text += "\n";
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

}  // namespace tiphys::test
