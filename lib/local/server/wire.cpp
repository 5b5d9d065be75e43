// SPDX-License-Identifier: Apache-2.0
#include "wire.hpp"

#include <tiphys/model/model.hpp>
#include <tiphys/text/text.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string_view>

namespace tiphys::local::server {
namespace {

void add_template_zeros(model::Template& one);

template <class Step>
void add_step_zeros(Step& step) {
    step.arguments.ensure();
    if (step.inline_) add_template_zeros(*step.inline_);
}

void add_template_zeros(model::Template& one) {
    one.inputs.ensure();
    one.outputs.ensure();
    one.metadata.ensure();
    const auto present = [](str& text) {
        if (!text.has_value()) text = "";
    };
    if (one.container) {
        present(one.container->name);
        one.container->resources.ensure();
    }
    if (one.script) {
        present(one.script->name);
        present(one.script->source);
        one.script->resources.ensure();
    }
    if (one.dag)
        for (auto& task : one.dag->tasks) add_step_zeros(task);
    for (auto& group : one.steps)
        for (auto& step : group) add_step_zeros(step);
}

namespace js = boost::json;

/// The member as an object, made empty when it is not there.
js::object& object_in(js::object& parent, std::string_view key) {
    js::value& member = parent[key];
    return member.is_object() ? member.as_object() : member.emplace_object();
}

void present(js::object& parent, std::string_view key, js::value otherwise) {
    parent.emplace(key, std::move(otherwise));
}

void add_template_zeros(js::object& one);

void add_step_zeros(js::value& value) {
    auto* step = value.if_object();
    if (step == nullptr) return;
    object_in(*step, "arguments");
    if (auto* inlined = step->if_contains("inline"); inlined != nullptr && inlined->is_object())
        add_template_zeros(inlined->as_object());
}

void add_template_zeros(js::object& one) {
    for (const char* key : {"inputs", "outputs", "metadata"}) object_in(one, key);
    for (const char* key : {"container", "script"}) {
        auto* member = one.if_contains(key);
        if (member == nullptr || !member->is_object()) continue;
        js::object& program = member->as_object();
        present(program, "name", "");
        if (std::string_view(key) == "script") present(program, "source", "");
        object_in(program, "resources");
    }
    if (auto* dag = one.if_contains("dag"); dag != nullptr && dag->is_object())
        if (auto* tasks = dag->as_object().if_contains("tasks"); tasks != nullptr && tasks->is_array())
            for (js::value& task : tasks->as_array()) add_step_zeros(task);
    if (auto* groups = one.if_contains("steps"); groups != nullptr && groups->is_array())
        for (js::value& group : groups->as_array())
            if (group.is_array())
                for (js::value& step : group.as_array()) add_step_zeros(step);
}

}  // namespace

bool is_complete(const model::Workflow& workflow) noexcept {
    if (!workflow.status) return false;
    const std::string_view phase = workflow.status->phase.view();
    return phase == "Succeeded" || phase == "Failed" || phase == "Error";
}

void add_zero_members(model::Workflow& workflow) {
    workflow.spec.arguments.ensure();
    for (model::Template& one : workflow.spec.templates) add_template_zeros(one);
}

void add_zero_members(js::object& workflow) {
    object_in(workflow, "metadata");
    js::object& spec = object_in(workflow, "spec");
    object_in(spec, "arguments");
    if (auto* templates = spec.if_contains("templates"); templates != nullptr && templates->is_array())
        for (js::value& one : templates->as_array())
            if (one.is_object()) add_template_zeros(one.as_object());
    js::object& status = object_in(workflow, "status");
    present(status, "startedAt", nullptr);
    present(status, "finishedAt", nullptr);
}

std::string workflow_json(const model::Workflow& workflow) {
    std::string made = "{\"metadata\":";
    made += to_json(workflow.metadata);
    made += ",\"spec\":";
    made += to_json(workflow.spec);
    made += ",\"status\":{";
    const model::WorkflowStatus* status = workflow.status.get();
    if (status == nullptr || !status->startedAt.has_value()) made += "\"startedAt\":null,";
    if (status == nullptr || !status->finishedAt.has_value()) made += "\"finishedAt\":null,";
    // A whole object follows without its first brace; an empty one leaves a comma too many.
    const std::string members = status == nullptr ? "{}" : to_json(*status);
    if (members == "{}" && made.back() == ',') made.pop_back();
    made.append(members, 1);
    if (workflow.unknown_fields) {
        const std::string unknown = to_json(*workflow.unknown_fields);
        if (unknown.size() > 2) {
            made += ',';
            made.append(unknown, 1, unknown.size() - 2);
        }
    }
    made += '}';
    return made;
}

std::string workflow_json(const model::Workflow& workflow, const FieldFilter& fields) {
    std::string text = workflow_json(workflow);
    if (fields.empty()) return text;
    js::value value = js::parse(text);
    fields.apply(value);
    add_zero_members(value.as_object());
    return js::serialize(value);
}

}  // namespace tiphys::local::server
