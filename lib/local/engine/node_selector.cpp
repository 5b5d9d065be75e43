// SPDX-License-Identifier: Apache-2.0
#include "node_selector.hpp"

#include <tiphys/local/engine_options.hpp>

namespace tiphys::local::engine {
namespace {

std::string_view field(const model::NodeStatus& node, std::string_view name) {
    if (name == "displayName") return node.displayName;
    if (name == "templateName") return node.templateRef ? node.templateRef->template_ : node.templateName;
    if (name == "phase") return node.phase;
    if (name == "name") return node.name;
    if (name == "id") return node.id;
    if (name == "templateRef.name")
        return node.templateRef ? node.templateRef->name.view() : std::string_view();
    if (name == "templateRef.template")
        return node.templateRef ? node.templateRef->template_.view() : std::string_view();
    constexpr std::string_view before = "inputs.parameters.", after = ".value";
    if (node.inputs && name.size() > before.size() + after.size() && name.starts_with(before) &&
        name.ends_with(after)) {
        const std::string_view parameter =
            name.substr(before.size(), name.size() - before.size() - after.size());
        for (const model::Parameter& each : node.inputs->parameters)
            if (each.name == parameter) return each.value;
    }
    return {};
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

}  // namespace

NodeSelector::NodeSelector(std::string_view text) {
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        const std::string_view term = text.substr(0, comma);
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
        if (trimmed(term).empty()) continue;
        const std::size_t sign = term.find('=');
        if (sign == std::string_view::npos || sign == 0)
            throw Refused(Refused::invalid_argument, "invalid selector: '" + std::string(term) +
                                                         "'; can't understand '" + std::string(term) + "'");
        const bool differs = term[sign - 1] == '!';
        std::string_view value = term.substr(sign + 1);
        if (!differs && value.starts_with('=')) value.remove_prefix(1);
        requirements_.push_back({std::string(trimmed(term.substr(0, differs ? sign - 1 : sign))),
                                 std::string(trimmed(value)), !differs});
    }
}

bool NodeSelector::matches(const model::NodeStatus& node) const {
    for (const Requirement& each : requirements_)
        if ((field(node, each.field) == each.value) != each.equal) return false;
    return true;
}

}  // namespace tiphys::local::engine
