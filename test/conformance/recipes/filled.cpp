// SPDX-License-Identifier: Apache-2.0
#include "filled.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace tiphys::test {
namespace {

using form = model::value_type::form;

bool has(const model::object_type& type, std::string_view name) {
    return std::ranges::find(type.fields, name, &model::field::name) != type.fields.end();
}
/// An object of Kubernetes itself, whose class takes its name.
bool is_claim(const model::object_type& type) {
    return has(type, "apiVersion") && has(type, "kind") && has(type, "metadata");
}

json named() {
    json made = json::object();
    made.set("name", json("n"));
    return made;
}

/// What the schema wants, and a name.
json smallest(const model::object_type& type) {
    json made = json::object();
    for (const model::field& field : type.fields) {
        if (field.type->shape == form::object && field.required)
            made.set(field.name, smallest(*field.type->object()));
        else if (field.required && field.name == "name")
            made.set(field.name, json("n"));
    }
    if (is_claim(type)) made.set("metadata", named());
    return made;
}

class Filler {
public:
    json value(const model::value_type& type, model::text_form text) {
        const std::string n = std::to_string(++count_);
        switch (type.shape) {
            case form::boolean: return json(count_ % 2 == 0);
            case form::integer: return json(-static_cast<std::int64_t>(count_));
            case form::number: return json(number{str(n + ".5")});
            case form::string:
                if (text == model::text_form::any_string && count_ % 2 == 0) return json(str(n));
                return json(str("text " + n + (count_ % 3 == 0 ? "\nand more\nof it" : "")));
            case form::int_or_string: return count_ % 2 == 0 ? json(std::int64_t{7}) : json(str(n + "%"));
            case form::json: {
                json made = json::object();
                made.set("any", json(number{str(n + ".25")}));
                return made;
            }
            case form::box: return value(*type.element, text);
            case form::object: return smallest(*type.object());
            case form::list: {
                json made = json::array();
                for (int i = 0; i < 2; ++i) made.push_back(value(*type.element, text));
                return made;
            }
            case form::map: break;
        }
        json made = json::object();
        made.set("a", value(*type.element, text));
        made.set("b.c/d", value(*type.element, text));
        return made;
    }

private:
    int count_ = 0;
};

json without(const json& value, std::span<const std::string_view> names) {
    json made = json::object();
    for (const auto& member : value.members())
        if (std::ranges::find(names, member.key.view()) == names.end())
            made.set(member.key.view(), member.value);
    return made;
}

json without(const json& value, std::initializer_list<std::string_view> names) {
    return without(value, std::span(names.begin(), names.size()));
}

constexpr std::array<std::string_view, 10> kinds{"container", "script", "containerSet", "suspend", "resource",
                                                 "http",      "data",   "plugin",       "dag",     "steps"};

/// A task or step that calls in one of three ways, and says all else.
template <class Call>
json call_of(std::string_view target, int n) {
    json made = without(filled(model::describe<Call>()), {"template", "templateRef", "inline", "continueOn"});
    made.set("name", json(str("call-" + std::to_string(n))));
    if (target == "template") made.set(target, json("t"));
    if (target == "templateRef") made.set(target, filled(model::describe<model::TemplateRef>()));
    if (target == "inline") {
        json inline_ = json::object();
        inline_.set("suspend", json::object());
        made.set(target, inline_);
    }
    json on = json::object();
    on.set(n % 2 == 0 ? "failed" : "error", json(true));
    made.set("continueOn", on);
    return made;
}

json template_of(std::string_view kind) {
    const model::object_type& type = model::describe<model::Template>();
    json made = without(filled(type), std::span<const std::string_view>(kinds));
    made.set("name", json(str(std::string("a-") + std::string(kind))));
    const auto field = std::ranges::find(type.fields, kind, &model::field::name);
    if (kind == "plugin") {
        made.set(kind, Filler().value(*field->type, field->text));
    } else if (kind == "steps") {
        json groups = json::array();
        for (int i = 0; i < 2; ++i) {
            json group = json::array();
            group.push_back(call_of<model::WorkflowStep>(i == 0 ? "template" : "templateRef", 2 * i));
            group.push_back(call_of<model::WorkflowStep>("inline", 2 * i + 1));
            groups.push_back(group);
        }
        made.set(kind, groups);
    } else {
        json inner = filled(*field->type->element->object());
        if (kind == "dag") {
            json tasks = json::array();
            int n = 0;
            for (const std::string_view target : {"template", "templateRef", "inline"})
                tasks.push_back(call_of<model::DAGTask>(target, n++));
            inner.set("tasks", tasks);
        }
        made.set(kind, inner);
    }
    return made;
}

json workflow_spec() {
    json made = without(filled(model::describe<model::WorkflowSpec>()), {"templates"});
    json templates = json::array();
    for (const std::string_view kind : kinds) templates.push_back(template_of(kind));
    made.set("templates", templates);
    return made;
}

template <class Model>
void add(Documents& to, std::string_view kind, json spec) {
    json made = json::object();
    made.set("apiVersion", json("argoproj.io/v1alpha1"));
    made.set("kind", json(kind));
    json metadata = filled(model::describe<model::k8s::ObjectMeta>());
    made.set("metadata", metadata);
    made.set("spec", std::move(spec));
    Document document;
    document.kind = kind;
    document.value = read_json<Model>(to_json(made));
    to.push_back(std::move(document));
}

}  // namespace

json filled(const model::object_type& type) {
    json made = json::object();
    Filler filler;
    for (const model::field& field : type.fields)
        if (field.name != "status") made.set(field.name, filler.value(*field.type, field.text));
    if (is_claim(type)) made.set("metadata", named());
    return made;
}

std::vector<const model::object_type*> structs_below(const model::object_type& type) {
    std::vector<const model::object_type*> found{&type};
    for (std::size_t i = 0; i < found.size(); ++i)
        for (const model::field& field : found[i]->fields) {
            const model::value_type* held = field.type;
            while (held->element != nullptr) held = held->element;
            if (held->shape != form::object || field.name == "status") continue;
            const model::object_type* next = held->object();
            if (std::ranges::find(found, next) == found.end()) found.push_back(next);
        }
    return found;
}

Documents filled_documents() {
    Documents made;
    add<model::Workflow>(made, "Workflow", workflow_spec());
    json stored = json::object();
    stored.set("entrypoint", json("main"));
    add<model::WorkflowTemplate>(made, "WorkflowTemplate", stored);
    add<model::ClusterWorkflowTemplate>(made, "ClusterWorkflowTemplate", stored);
    json cron = filled(model::describe<model::CronWorkflowSpec>());
    cron.set("workflowSpec", without(workflow_spec(), {"templates"}));
    add<model::CronWorkflow>(made, "CronWorkflow", cron);
    add<model::WorkflowEventBinding>(made, "WorkflowEventBinding",
                                     filled(model::describe<model::WorkflowEventBindingSpec>()));
    add<model::events::EventSource>(made, "EventSource",
                                    filled(model::describe<model::events::EventSourceSpec>()));
    add<model::events::Sensor>(made, "Sensor", filled(model::describe<model::events::SensorSpec>()));
    return made;
}

}  // namespace tiphys::test
