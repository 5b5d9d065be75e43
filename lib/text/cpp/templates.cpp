// SPDX-License-Identifier: Apache-2.0
#include "templates.hpp"

#include <tiphys/model/generated/describe.hpp>
#include <tiphys/text/word_of.hpp>

#include <algorithm>
#include <optional>
#include <utility>

#include "model.hpp"
#include "names.hpp"
#include "short_forms.hpp"

namespace tiphys::detail::cpp {
namespace {

constexpr std::string_view kinds[] = {"container", "script", "containerSet", "suspend", "resource",
                                      "http",      "data",   "plugin",       "dag",     "steps"};

const model::object_type& template_type() { return model::describe<model::Template>(); }

const model::object_type& member_type(const model::object_type& type, std::string_view name) {
    return object_of(*find_field(type, name)->type);
}
const model::object_type& element_type(const model::object_type& type, std::string_view name) {
    return object_of(*unboxed(*find_field(type, name)->type).element);
}

/// `ref("document", "template")`, if it says no more than that.
std::optional<Expression> reference_of(const json& value) {
    const json* cluster = value.find("clusterScope");
    if (value.find("name") == nullptr || value.find("template") == nullptr) return std::nullopt;
    if (value.members().size() != (cluster == nullptr ? 2u : 3u)) return std::nullopt;
    if (cluster != nullptr && !cluster->as_boolean()) return std::nullopt;
    return call(cluster == nullptr ? "ref" : "cluster_ref",
                {literal(text_of(value, "name")), literal(text_of(value, "template"))});
}

void add_parameters(std::vector<Link>& to, std::string_view word, std::string_view simple, const json* all,
                    const model::object_type& type, Needs& needs) {
    if (all == nullptr) return;
    for (const json& one : all->items()) add_parameter(to, word, simple, one, type, needs);
}

void add_artifacts(std::vector<Link>& to, std::string_view word, const json* all,
                   const model::object_type& type, Needs& needs) {
    if (all == nullptr) return;
    for (const json& one : all->items()) to.push_back({std::string(word), {value_of(one, type, needs)}});
}

/// Whether each of its artifacts and parameters can be said by a word of its own.
bool is_plain(const json& value) {
    if (value.members().empty()) return false;
    return std::all_of(value.members().begin(), value.members().end(), [](const auto& member) {
        return (member.key == std::string_view("parameters") ||
                member.key == std::string_view("artifacts")) &&
               !member.value.items().empty();
    });
}

/// The arguments of a call.
void add_arguments(std::vector<Link>& to, const json& value, const model::object_type& type, Needs& needs) {
    const json* parameters = value.find("parameters");
    const bool are_values = parameters == nullptr ||
                            std::all_of(parameters->items().begin(), parameters->items().end(),
                                        [](const json& one) { return has_only(one, {"name", "value"}); });
    if (!is_plain(value) || !are_values) {
        to.push_back({"arguments", {value_of(value, type, needs)}});
        return;
    }
    add_parameters(to, "with", "value", value.find("parameters"), element_type(type, "parameters"), needs);
    const json* artifacts = value.find("artifacts");
    if (artifacts == nullptr) return;
    for (const json& one : artifacts->items()) {
        if (has_only(one, {"name", "from"}))
            to.push_back({"with_artifact", {literal(text_of(one, "name")), literal(text_of(one, "from"))}});
        else
            to.push_back({"with", {value_of(one, element_type(type, "artifacts"), needs)}});
    }
}

void add_inputs(std::vector<Link>& to, const json& value, Needs& needs) {
    const model::object_type& type = member_type(template_type(), "inputs");
    if (!is_plain(value)) {
        to.push_back({"inputs", {value_of(value, type, needs)}});
        return;
    }
    add_parameters(to, "input", "default", value.find("parameters"), element_type(type, "parameters"), needs);
    add_artifacts(to, "input", value.find("artifacts"), element_type(type, "artifacts"), needs);
}

/// An output parameter. `from` is where the plain form takes it from: "path", or in a scope "parameter".
void add_output(std::vector<Link>& to, const json& value, std::string_view from,
                const model::object_type& type, Needs& needs) {
    const json* source = value.find("valueFrom");
    if (source != nullptr && has_only(value, {"name", "valueFrom"})) {
        const Expression name = literal(text_of(value, "name"));
        if (has_only(*source, {from})) {
            to.push_back({"output", {name, literal(text_of(*source, from))}});
            return;
        }
        if (from == "path" && has_only(*source, {"path", "default"})) {
            const model::object_type& of = member_type(type, "valueFrom");
            const model::field& otherwise = *find_field(of, "default");
            to.push_back({"output",
                          {name, literal(text_of(*source, "path")),
                           scalar(*source->find("default"), *otherwise.type, otherwise.text)}});
            return;
        }
        if (from == "parameter" && has_only(*source, {"expression"})) {
            to.push_back({"output_expression", {name, literal(text_of(*source, "expression"))}});
            return;
        }
    }
    to.push_back({"output", {value_of(value, type, needs)}});
}

void add_outputs(std::vector<Link>& to, const json& value, std::string_view from, Needs& needs) {
    const model::object_type& type = member_type(template_type(), "outputs");
    if (!is_plain(value)) {
        to.push_back({"outputs", {value_of(value, type, needs)}});
        return;
    }
    if (const json* all = value.find("parameters"))
        for (const json& one : all->items())
            add_output(to, one, from, element_type(type, "parameters"), needs);
    add_artifacts(to, "output", value.find("artifacts"), element_type(type, "artifacts"), needs);
}

/// Words whose names differ from the rule, since another word of the class has that name.
std::string template_word(std::string_view name) {
    return name == "securityContext" ? "pod_security_context" : word_of(name);
}
/// Whether the constructor takes its name.
bool is_named(const model::object_type& type) {
    const model::field* name = find_field(type, "name");
    return name != nullptr && name->required;
}
std::string container_word(std::string_view name) {
    return name == "name" ? "container_name" : word_of(name);
}

/// Labels and annotations of its pods.
void add_metadata(std::vector<Link>& to, const json& value, const model::object_type& type, Needs& needs) {
    for (const auto& member : value.members())
        add_words(to, member.key == std::string_view("labels") ? "label" : "annotation", member.value,
                  field_of(type, member.key.view()), needs);
}

/// All of a template but what kind it is, its inputs and its outputs.
void add_settings(std::vector<Link>& to, const json& value, std::string_view kind, Needs& needs) {
    const bool has_pod = kind.empty() || kind == "container" || kind == "script" || kind == "containerSet";
    json left = json::object();
    for (const auto& member : value.members()) {
        const std::string_view name = member.key.view();
        if (name == "name" || name == "inputs" || name == "outputs" ||
            std::find(std::begin(kinds), std::end(kinds), name) != std::end(kinds))
            continue;
        // Only templates whose pods are the user's have a word for them.
        if (!has_pod && (name == "initContainers" || name == "sidecars")) {
            left.set(name, member.value);
            continue;
        }
        const model::field& field = field_of(template_type(), name);
        if (name == "metadata" && !member.value.members().empty())
            add_metadata(to, member.value, object_of(*field.type), needs);
        else
            add_words(to, template_word(name), member.value, field, needs);
    }
    if (left.members().empty()) return;
    ModelStatements statements;
    statements.object(left, template_type(), "made");
    to.push_back({"template_model", {block("[](model::Template& made) {", std::move(statements).take())}});
}

}  // namespace

void add_container(std::vector<Link>& to, const json& value, const model::object_type& type, Needs& needs) {
    // What is read first: what runs, with what.
    constexpr std::string_view first[] = {"command", "args", "env"};
    json ordered = json::object();
    for (const std::string_view name : first)
        if (const json* found = value.find(name)) ordered.set(name, *found);
    for (const auto& member : value.members())
        if (member.key != std::string_view("source")) ordered.set(member.key.view(), member.value);
    // A long text comes last.
    if (const json* source = value.find("source")) ordered.set("source", *source);
    for (const auto& member : ordered.members()) {
        const std::string_view name = member.key.view();
        if (name == "image" || (name == "name" && is_named(type))) continue;
        if (add_container_word(to, name, member.value)) continue;
        add_words(to, container_word(name), member.value, field_of(type, name), needs);
    }
}

namespace {

/// A text that the constructor takes; what is absent becomes so again by model access.
Expression with_text(std::string_view name, const json& value, std::string_view property,
                     std::string_view kind) {
    Expression made = call(std::string(name));
    if (const json* text = value.find(property)) {
        made.arguments.push_back(literal(text->as_text().view()));
    } else {
        made.arguments.push_back(literal(""));
        made.links.push_back({"template_model",
                              {block("[](model::Template& t) {", {"t." + std::string(kind) + "->" +
                                                                  member_of(property) + ".reset();"})}});
    }
    return made;
}

/// All of a request but its URL.
void add_request(std::vector<Link>& to, const json& value, const model::object_type& type, Needs& needs) {
    for (const auto& member : value.members()) {
        const std::string_view name = member.key.view();
        if (name == "url") continue;
        const auto& items = member.value.items();
        const bool are_plain = name == "headers" &&
                               std::all_of(items.begin(), items.end(),
                                           [](const json& one) { return has_only(one, {"name", "value"}); });
        if (!are_plain) {
            add_words(to, word_of(name), member.value, field_of(type, name), needs);
            continue;
        }
        for (const json& one : items)
            to.push_back({"header", {literal(text_of(one, "name")), literal(text_of(one, "value"))}});
    }
}

/// `Data(ArtifactPaths("all"))`, if its source is nothing else.
Expression data_of(const json& value, const model::object_type& type, Needs& needs) {
    const json* source = value.find("source");
    if (source == nullptr || !has_only(*source, {"artifactPaths"})) return call("Data");
    const model::object_type& paths = member_type(member_type(type, "source"), "artifactPaths");
    return call("Data", {value_of(*source->find("artifactPaths"), paths, needs)});
}

void add_data(std::vector<Link>& to, const json& value, const model::object_type& type, Needs& needs) {
    const json* source = value.find("source");
    const bool is_said = source != nullptr && has_only(*source, {"artifactPaths"});
    if (source != nullptr && !is_said && !source->members().empty())
        add_words(to, "source", *source, field_of(type, "source"), needs);
    const json* steps = value.find("transformation");
    if (steps == nullptr) return;
    for (const json& one : steps->items()) {
        const bool is_text = has_only(one, {"expression"});
        to.push_back({"transformation",
                      {is_text ? literal(text_of(one, "expression"))
                               : value_of(one, element_type(type, "transformation"), needs)}});
    }
}

/// The head of a value template, and the words of its kind.
Expression head_of(std::string_view kind, const json& value, const json& whole, Needs& needs) {
    Expression made;
    const auto begin = [&](Expression head) {
        made = std::move(head);
        if (const json* inputs = whole.find("inputs")) add_inputs(made.links, *inputs, needs);
    };
    if (kind == "plugin") {
        begin(call("Plugin", {free_json(value, needs)}));
        return made;
    }
    const model::object_type& type = member_type(template_type(), kind);
    if (kind == "container" || kind == "script") {
        begin(call(kind == "container" ? "Container" : "Script"));
        if (const json* image = value.find("image"))
            made.arguments.push_back(literal(image->as_text().view()));
        add_container(made.links, value, type, needs);
    } else if (kind == "resource") {
        begin(with_text("Resource", value, "action", kind));
        add_words(made.links, value, type, {"action"}, needs);
    } else if (kind == "http") {
        begin(with_text("Http", value, "url", kind));
        add_request(made.links, value, type, needs);
    } else if (kind == "containerSet") {
        begin(call("ContainerSet"));
        for (const auto& member : value.members()) {
            const std::string_view name = member.key.view();
            if (name == "volumeMounts" && add_container_word(made.links, name, member.value)) continue;
            add_words(made.links, name == "retryStrategy" ? "container_retry_strategy" : word_of(name),
                      member.value, field_of(type, name), needs);
        }
    } else if (kind == "data") {
        begin(data_of(value, type, needs));
        add_data(made.links, value, type, needs);
    } else {
        begin(call("Suspend"));
        add_words(made.links, value, type, {}, needs);
    }
    return made;
}

/// What a task or step runs, as the second argument of its word.
std::optional<Expression> target_of(const json& value, Needs& needs) {
    const json* name = value.find("template");
    const json* reference = value.find("templateRef");
    const json* inline_ = value.find("inline");
    if ((name != nullptr) + (reference != nullptr) + (inline_ != nullptr) != 1) return std::nullopt;
    if (name != nullptr) return literal(name->as_text().view());
    if (reference != nullptr) return reference_of(*reference);
    const std::string_view kind = kind_of_template(*inline_);
    if (kind.empty() || kind == "dag" || kind == "steps" || inline_->find("name") != nullptr)
        return std::nullopt;
    return template_value(*inline_, needs);
}

/// The names of "A && B", if that is all that it says and how the builder would write it.
std::vector<std::string> names_after(std::string_view depends) {
    std::vector<std::string> names;
    constexpr std::string_view sign = " && ";
    for (;;) {
        const std::size_t end = depends.find(sign);
        const std::string_view name = depends.substr(0, end);
        const bool is_name = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                   c == '_';
        });
        if (!is_name) return {};
        names.emplace_back(name);
        if (end == depends.npos) return names;
        depends.remove_prefix(end + sign.size());
    }
}

void add_order(std::vector<Link>& to, std::string_view depends) {
    const std::vector<std::string> names = names_after(depends);
    if (names.empty()) {
        to.push_back({"depends", {literal(depends)}});
        return;
    }
    constexpr std::size_t most = 8;
    for (std::size_t i = 0; i < names.size(); i += most) {
        Link link{"after"};
        for (std::size_t j = i; j < names.size() && j < i + most; ++j)
            link.arguments.push_back(literal(names[j]));
        to.push_back(std::move(link));
    }
}

/// `.continue_on(failed, error)`, if it says what that says.
bool add_continue_on(std::vector<Link>& to, const json& value) {
    const json* failed = value.find("failed");
    const json* error = value.find("error");
    const std::size_t said = (failed == nullptr ? 0u : 1u) + (error == nullptr ? 0u : 1u);
    const bool is_true =
        (failed == nullptr || failed->as_boolean()) && (error == nullptr || error->as_boolean());
    if (said == 0 || value.members().size() != said || !is_true) return false;
    Link link{"continue_on", {plain(failed == nullptr ? "false" : "true")}};
    if (error != nullptr) link.arguments.push_back(plain("true"));
    to.push_back(std::move(link));
    return true;
}

/// Nothing where a word is missing for something that it says.
std::optional<std::vector<Link>> call_of(const json& value, const std::string& word,
                                         const model::object_type& type, Needs& needs) {
    std::vector<Link> made;
    made.push_back({word, {literal(text_of(value, "name"))}});
    const std::optional<Expression> target = target_of(value, needs);
    if (!target) return std::nullopt;
    made.back().arguments.push_back(*target);
    for (const auto& member : value.members()) {
        const std::string_view name = member.key.view();
        if (name == "name" || name == "template" || name == "templateRef" || name == "inline") continue;
        if (name == "arguments") {
            add_arguments(made, member.value, member_type(type, name), needs);
        } else if (name == "depends") {
            add_order(made, member.value.as_text().view());
        } else if (name == "continueOn") {
            if (!add_continue_on(made, member.value)) return std::nullopt;
        } else if (name == "withItems") {
            Link link{"with_items"};
            for (const json& one : member.value.items()) link.arguments.push_back(free_json(one, needs));
            made.push_back(std::move(link));
        } else if (name == "hooks" && !member.value.members().empty()) {
            for (const auto& one : member.value.members())
                made.push_back(hook_link(one.key.view(), one.value, element_type(type, name), needs));
        } else {
            add_words(made, word_of(name), member.value, field_of(type, name), needs);
        }
    }
    for (std::size_t i = 1; i < made.size(); ++i) made[i].glued = true;
    return made;
}

}  // namespace

Link hook_link(std::string_view event, const json& value, const model::object_type& type, Needs& needs) {
    const json* name = value.find("template");
    const json* reference = value.find("templateRef");
    const json* arguments = value.find("arguments");
    const json* expression = value.find("expression");
    Link made{"hook", {literal(event)}};
    std::optional<Expression> target;
    if (name != nullptr && reference == nullptr) target = literal(name->as_text().view());
    if (name == nullptr && reference != nullptr) target = reference_of(*reference);
    const json* parameters = arguments == nullptr ? nullptr : arguments->find("parameters");
    const bool are_values = arguments == nullptr ||
                            (has_only(*arguments, {"parameters"}) &&
                             std::all_of(parameters->items().begin(), parameters->items().end(),
                                         [](const json& one) { return has_only(one, {"name", "value"}); }));
    if (!target || !are_values) {
        // The generated word takes any hook.
        made.word = "hooks";
        made.arguments.push_back(value_of(value, type, needs));
        return made;
    }
    if (arguments == nullptr && name != nullptr) {
        made.arguments.push_back(*target);
        if (expression != nullptr) made.arguments.push_back(literal(expression->as_text().view()));
        return made;
    }
    Expression hook = call("Hook", {*target});
    if (arguments != nullptr) add_arguments(hook.links, *arguments, member_type(type, "arguments"), needs);
    if (expression != nullptr) hook.links.push_back({"expression", {literal(expression->as_text().view())}});
    made.arguments.push_back(std::move(hook));
    return made;
}

void add_parameter(std::vector<Link>& to, std::string_view word, std::string_view simple, const json& value,
                   const model::object_type& type, Needs& needs) {
    if (word != "with" && has_only(value, {"name"})) {
        to.push_back({std::string(word), {literal(text_of(value, "name"))}});
    } else if (has_only(value, {"name", simple})) {
        const model::field& field = *find_field(type, simple);
        to.push_back(
            {std::string(word),
             {literal(text_of(value, "name")), scalar(*value.find(simple), *field.type, field.text)}});
    } else {
        to.push_back({std::string(word), {value_of(value, type, needs)}});
    }
}

std::string_view kind_of_template(const json& value) {
    std::string_view found;
    for (const std::string_view kind : kinds) {
        if (value.find(kind) == nullptr) continue;
        if (!found.empty()) return {};
        found = kind;
    }
    return found;
}

bool has_kind(const json& value) {
    return std::any_of(std::begin(kinds), std::end(kinds),
                       [&](std::string_view kind) { return value.find(kind) != nullptr; });
}

Expression template_value(const json& value, Needs& needs) {
    const std::string_view kind = kind_of_template(value);
    Expression made = call("Template");
    if (!kind.empty())
        made = head_of(kind, *value.find(kind), value, needs);
    else if (const json* inputs = value.find("inputs"))
        add_inputs(made.links, *inputs, needs);
    if (const json* outputs = value.find("outputs")) add_outputs(made.links, *outputs, "path", needs);
    add_settings(made.links, value, kind, needs);
    return made;
}

std::vector<Link> scope_words(const json& value, Needs& needs) {
    std::vector<Link> made;
    if (const json* inputs = value.find("inputs")) add_inputs(made, *inputs, needs);
    if (const json* outputs = value.find("outputs")) add_outputs(made, *outputs, "parameter", needs);
    add_settings(made, value, kind_of_template(value), needs);
    if (const json* dag = value.find("dag"))
        add_words(made, *dag, member_type(template_type(), "dag"), {"tasks"}, needs);
    return made;
}

std::optional<std::vector<std::vector<Link>>> calls_of(const json& value, Needs& needs) {
    std::vector<std::vector<Link>> made;
    const auto add = [&](const json& one, const char* word, const model::object_type& type) {
        auto call = call_of(one, word, type, needs);
        if (call) made.push_back(std::move(*call));
        return call.has_value();
    };
    if (const json* dag = value.find("dag")) {
        const model::object_type& type = element_type(member_type(template_type(), "dag"), "tasks");
        if (const json* tasks = dag->find("tasks"))
            for (const json& task : tasks->items())
                if (!add(task, "task", type)) return std::nullopt;
    } else if (const json* steps = value.find("steps")) {
        for (const json& group : steps->items()) {
            if (group.items().empty()) return std::nullopt;
            bool first = true;
            for (const json& step : group.items())
                if (!add(step, std::exchange(first, false) ? "step" : "parallel_step",
                         model::describe<model::WorkflowStep>()))
                    return std::nullopt;
        }
    }
    return made;
}

}  // namespace tiphys::detail::cpp
