// SPDX-License-Identifier: Apache-2.0
#include "variables.hpp"

#include <tiphys/expression/error.hpp>
#include <tiphys/expression/go_text.hpp>

#include <boost/json/array.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <map>
#include <vector>

#include "expressions.hpp"
#include "json_form.hpp"
#include "substitution.hpp"

namespace tiphys::local::engine {
namespace {

std::string join(std::string_view prefix, std::string_view name, std::string_view rest) {
    std::string text;
    text.reserve(prefix.size() + name.size() + rest.size() + 2);
    return text.append(prefix).append(".").append(name).append(".").append(rest);
}

std::string list_text(const std::vector<std::string>& texts) {
    std::string out = "[";
    for (const std::string& text : texts) {
        if (out.size() > 1) out += ',';
        out += text;
    }
    return out + "]";
}

/// Values that are all JSON lists or objects stay what they are; any other value makes all of them strings.
std::string aggregate_text(const std::vector<std::string>& values) {
    boost::json::array items;
    bool structured = true;
    for (const std::string& value : values) {
        try {
            boost::json::value item = read_json(value);
            structured = item.is_array() || item.is_object();
            if (structured) items.push_back(std::move(item));
        } catch (const ExpressionError&) {
            structured = false;
        }
        if (!structured) break;
    }
    if (structured) return write_json(items);
    std::vector<std::string> texts;
    for (const std::string& value : values) texts.push_back(json_text(value));
    return list_text(texts);
}

}  // namespace

std::string json_text(std::string_view text) { return write_json(boost::json::string(text)); }

std::string parameters_text(const list<model::Parameter>& parameters) {
    if (!parameters.has_value()) return "null";
    std::string out = "[";
    for (const model::Parameter& parameter : parameters) {
        if (out.size() > 1) out += ',';
        out += "{\"name\":" + json_text(parameter.name);
        if (parameter.default_.has_value()) out += ",\"default\":" + json_text(parameter.default_);
        if (parameter.value.has_value()) out += ",\"value\":" + json_text(parameter.value);
        if (!parameter.globalName.empty()) out += ",\"globalName\":" + json_text(parameter.globalName);
        if (!parameter.enum_.empty()) {
            std::vector<std::string> texts;
            for (const str& each : parameter.enum_) texts.push_back(json_text(each));
            out += ",\"enum\":" + list_text(texts);
        }
        if (parameter.description.has_value()) out += ",\"description\":" + json_text(parameter.description);
        out += '}';
    }
    return out + "]";
}

std::string map_text(const map<str>& entries) {
    if (entries.empty()) return "null";
    std::map<std::string_view, std::string_view> sorted;
    for (const auto& entry : entries) sorted.emplace(entry.key, entry.value);
    std::string out = "{";
    for (const auto& [key, value] : sorted) {
        if (out.size() > 1) out += ',';
        out += json_text(key) + ":" + json_text(value);
    }
    return out + "}";
}

void add_inputs(Scope& scope, const model::Template& processed) {
    if (!processed.inputs) return;
    for (const model::Parameter& parameter : processed.inputs->parameters)
        if (parameter.value.has_value())
            scope.set("inputs.parameters." + parameter.name.string(), parameter.value.string());
}

Node last_attempt(const Nodes& nodes, Node node) {
    if (nodes.type(node) != NodeType::retry) return node;
    const auto children = nodes.children(node);
    for (auto at = children.rbegin(); at != children.rend(); ++at)
        if (!nodes.hooked(*at)) return *at;
    return node;
}

void add_node(Scope& scope, std::string_view prefix, std::string_view name, const Nodes& nodes, Node node) {
    const model::NodeStatus& status = nodes.status(last_attempt(nodes, node));
    const auto set = [&](std::string_view what, const str& value) {
        if (!value.empty()) scope.set(join(prefix, name, what), value.string());
    };
    set("id", status.id);
    set("startedAt", status.startedAt);
    set("finishedAt", status.finishedAt);
    set("ip", status.podIP);
    set("status", status.phase);
    set("hostNodeName", status.hostNodeName);
    if (!status.outputs) return;
    const model::Outputs& outputs = *status.outputs;
    if (outputs.result.has_value()) scope.set(join(prefix, name, "outputs.result"), outputs.result.string());
    if (outputs.exitCode.has_value()) scope.set(join(prefix, name, "exitCode"), outputs.exitCode.string());
    for (const model::Parameter& parameter : outputs.parameters)
        if (parameter.value.has_value())
            scope.set(join(prefix, name, "outputs.parameters." + parameter.name.string()),
                      parameter.value.string());
}

void add_skipped_outputs(Scope& scope, std::string_view prefix, std::string_view name, const Nodes& nodes,
                         Node node, const model::Template* definition) {
    if (definition == nullptr || !definition->outputs || nodes.status(node).outputs) return;
    if (nodes.phase(node) != Phase::skipped && nodes.phase(node) != Phase::omitted) return;
    for (const model::Parameter& parameter : definition->outputs->parameters) {
        Value value;
        if (parameter.valueFrom && parameter.valueFrom->default_.has_value())
            value = parameter.valueFrom->default_.string();
        scope.set(join(prefix, name, "outputs.parameters." + parameter.name.string()), std::move(value));
    }
    if (definition->outputs->result.has_value())
        scope.set(join(prefix, name, "outputs.result"), std::nullopt);
}

void add_aggregate(Scope& scope, std::string_view prefix, std::string_view name, const Nodes& nodes,
                   std::span<const Node> children) {
    if (children.empty()) return;
    std::vector<std::string> results;
    std::vector<std::string> parameters;
    std::map<std::string, std::vector<std::string>> by_name;
    for (const Node child : children) {
        if (nodes.hooked(child) || nodes.retried(child)) continue;
        const model::NodeStatus& status = nodes.status(child);
        if (!status.outputs || nodes.phase(child) != Phase::succeeded) continue;
        if (!status.outputs->parameters.empty()) {
            std::map<std::string_view, std::string_view> sorted;
            for (const model::Parameter& parameter : status.outputs->parameters) {
                sorted[parameter.name] = parameter.value;
                by_name[parameter.name.string()].push_back(parameter.value.string());
            }
            std::string text = "{";
            for (const auto& [key, value] : sorted) {
                if (text.size() > 1) text += ',';
                text += json_text(key) + ":" + json_text(value);
            }
            parameters.push_back(text + "}");
        }
        if (status.outputs->result.has_value()) {
            // Argo reads each result as a JSON value; what is none fails the whole template.
            const std::string_view text = status.outputs->result;
            read_json(text);
            results.push_back(to_text(from_text<json>(text)));
        }
    }
    scope.set(join(prefix, name, "outputs.result"), list_text(results));
    scope.set(join(prefix, name, "outputs.parameters"), list_text(parameters));
    for (const auto& [key, values] : by_name)
        scope.set(join(prefix, name, "outputs.parameters." + key), aggregate_text(values));
}

std::optional<model::Outputs> template_outputs(const model::Template& processed, const Scope& scope) {
    if (!processed.outputs || processed.outputs->parameters.empty()) return std::nullopt;
    model::Outputs outputs;
    const local::Scope variables = flat(scope);
    for (const model::Parameter& declared : processed.outputs->parameters) {
        if (!declared.valueFrom) throw ExpressionError("output parameters must have a valueFrom specified");
        const model::ValueFrom& from = *declared.valueFrom;
        Value value;
        try {
            boost::json::value found = "";
            if (!from.expression.empty())
                found = resolve_expression(from.expression, variables);
            else if (!from.parameter.empty())
                found = resolve_parameter(from.parameter, variables).value;
            if (!found.is_null()) value = parameter_text(found);
        } catch (const ExpressionError&) {
            if (!from.default_.has_value()) throw;
            value = from.default_.string();
        }
        if (!value && from.default_.has_value()) value = from.default_.string();
        if (!value)
            throw ExpressionError("output parameter " + quote(declared.name) + ": " + quote(from.parameter) +
                                  " is an absent optional (skipped/omitted node output with no default)");
        model::Parameter& made = outputs.parameters.emplace_back(declared);
        made.value = *value;
        made.valueFrom.reset();
    }
    return outputs;
}

void mark_absent_arguments(model::Arguments& arguments, const Scope& scope) {
    for (model::Parameter& parameter : arguments.parameters) {
        const std::string_view text = parameter.value;
        if (text.size() < 4 || !text.starts_with("{{") || !text.ends_with("}}")) continue;
        const Value* const found = scope.find(trim_space(text.substr(2, text.size() - 4)));
        if (found != nullptr && !*found) parameter.value = absent_argument;
    }
}

std::optional<model::LifecycleHook> exit_hook(const str& on_exit, const map<model::LifecycleHook>& hooks,
                                              const box<model::Arguments>& workflow_arguments) {
    std::optional<model::LifecycleHook> hook;
    if (!on_exit.empty()) {
        hook.emplace().template_ = on_exit;
    } else if (const model::LifecycleHook* found = hooks.find("exit")) {
        hook = *found;
    }
    if (!hook) return hook;
    const bool empty =
        !hook->arguments || (hook->arguments->parameters.empty() && hook->arguments->artifacts.empty());
    if (empty && workflow_arguments) hook->arguments = workflow_arguments;
    return hook;
}

model::Arguments exit_arguments(const model::LifecycleHook& hook, Scope& scope, std::string_view prefix,
                                std::string_view name, const Nodes& nodes, Node node) {
    if (!hook.arguments || hook.arguments->parameters.empty()) return {};
    const model::NodeStatus& status = nodes.status(last_attempt(nodes, node));
    if (status.outputs)
        for (const model::Parameter& parameter : status.outputs->parameters)
            scope.set(join(prefix, name, "outputs.parameters." + parameter.name.string()),
                      parameter.value.string());
    model::Arguments arguments = *hook.arguments;
    mark_absent_arguments(arguments, scope);
    const std::string text = to_text(arguments);
    if (!has_tags(text)) return arguments;
    return from_text<model::Arguments>(replace(text, scope, Unresolved::allowed));
}

}  // namespace tiphys::local::engine
