// SPDX-License-Identifier: Apache-2.0
#include "recipe.hpp"

#include <tiphys/model/generated/describe.hpp>
#include <tiphys/text/word_of.hpp>

#include <algorithm>
#include <optional>
#include <utility>

#include "literal.hpp"
#include "model.hpp"
#include "short_forms.hpp"
#include "templates.hpp"

namespace tiphys::detail::cpp {
namespace {

constexpr std::size_t body_indent = 4;

std::string_view text_in(const json* value) {
    return value == nullptr ? std::string_view() : value->as_text().view();
}

/// A copy without some of its members.
json without(const json& value, std::initializer_list<std::string_view> names) {
    json made = json::object();
    for (const auto& member : value.members())
        if (std::find(names.begin(), names.end(), member.key.view()) == names.end())
            made.set(member.key.view(), member.value);
    return made;
}

/// All but the names.
void add_words_of_metadata(std::vector<Link>& to, const json& metadata, Needs& needs) {
    const model::object_type& type = model::describe<model::k8s::ObjectMeta>();
    for (const auto& member : metadata.members()) {
        const std::string_view name = member.key.view();
        if (name == "name" || name == "generateName") continue;
        const std::string word = name == "labels"        ? "label"
                                 : name == "annotations" ? "annotation"
                                                         : word_of(name);
        add_words(to, word, member.value, field_of(type, name), needs);
    }
}

/// A template of a document: one link for a value, or a scope and what is said in it.
struct Said {
    Link opening;
    std::vector<Link> words;               ///< in the scope, before its calls
    std::vector<std::vector<Link>> calls;  ///< tasks or steps
    std::string_view scope;                ///< "dag", "steps", or empty
    bool is_model = false;                 ///< it has no word in scopes

    std::size_t size() const {
        std::size_t links = 1 + words.size();
        for (const auto& each : calls) links += each.size();
        return links;
    }
};

/// A document that holds the spec of a workflow.
class WorkflowRecipe {
public:
    WorkflowRecipe(const json& value, const model::object_type& type, std::string_view kind, Needs& needs)
        : value_(value), type_(type), kind_(kind), needs_(needs) {}

    std::string body() {
        head_ = call(std::string(kind_));
        const json nothing = json::object();
        const json* metadata = value_.find("metadata");
        add_metadata(metadata == nullptr ? nothing : *metadata);
        const json* spec = value_.find("spec");
        const model::object_type& spec_type = object_of(field_of(type_, "spec").type[0]);
        if (spec == nullptr) spec = &nothing;
        if (kind_ == "CronWorkflow") {
            add_cron(*spec, spec_type);
            const json* inner = spec->find("workflowSpec");
            add_spec(inner == nullptr ? nothing : *inner,
                     object_of(*field_of(spec_type, "workflowSpec").type));
        } else {
            add_spec(*spec, spec_type);
        }
        json left = without(value_, {"kind", "metadata", "spec"});
        if (text_in(left.find("apiVersion")) == "argoproj.io/v1alpha1") left = without(left, {"apiVersion"});
        if (value_.find("apiVersion") == nullptr) at_last_.push_back("document.apiVersion.reset();");
        add_model(left);
        return is_long() ? statements() : chain();
    }

private:
    void add(Link link) { words_.push_back(std::move(link)); }

    void add_metadata(const json& metadata) {
        const json* name = metadata.find("name");
        const json* beginning = metadata.find("generateName");
        const bool ends_open = text_in(name).ends_with('-');
        // A name that ends in '-' is a generateName to the builder.
        const bool is_generated = name == nullptr && text_in(beginning).ends_with('-');
        head_.arguments = {literal(is_generated                    ? text_in(beginning)
                                   : name != nullptr && !ends_open ? text_in(name)
                                                                   : "")};
        if (name == nullptr && !is_generated) at_last_.push_back("document.metadata.name.reset();");
        if (name != nullptr && ends_open) add({"name", {literal(text_in(name))}});
        if (beginning != nullptr && !is_generated) add({"generate_name", {literal(text_in(beginning))}});
        add_words_of_metadata(words_, metadata, needs_);
    }

    void add_cron(const json& spec, const model::object_type& type) {
        for (const auto& member : spec.members()) {
            const std::string_view name = member.key.view();
            if (name == "workflowSpec") continue;
            // What Argo has replaced by `schedules`, which is what the builder's `schedule` adds to.
            if (name == "schedule") {
                at_last_.push_back("document.spec.schedule = " + quoted(member.value.as_text().view()) + ";");
                continue;
            }
            const std::string word = name == "suspend"            ? "cron_suspended"
                                     : name == "workflowMetadata" ? "cron_workflow_metadata"
                                                                  : word_of(name);
            add_words(words_, word, member.value, field_of(type, name), needs_);
        }
    }

    void add_spec(const json& spec, const model::object_type& type) {
        if (const json* entrypoint = spec.find("entrypoint"))
            add({"entrypoint", {literal(text_in(entrypoint))}});
        if (const json* arguments = spec.find("arguments")) add_arguments(*arguments, type);
        for (const auto& member : spec.members()) {
            const std::string_view name = member.key.view();
            if (name == "entrypoint" || name == "arguments" || name == "templates") continue;
            const model::field& field = field_of(type, name);
            if (name == "hooks")
                add_hooks(member.value, field);
            else if (name == "workflowTemplateRef")
                add_reference(member.value, field);
            else
                add_words(words_, name == "suspend" ? "suspended" : word_of(name), member.value, field,
                          needs_);
        }
        if (const json* templates = spec.find("templates"))
            for (const json& one : templates->items())
                add_template(one, object_of(*unboxed(*field_of(type, "templates").type).element));
    }

    void add_arguments(const json& arguments, const model::object_type& spec_type) {
        const model::object_type& type = object_of(*field_of(spec_type, "arguments").type);
        if (arguments.members().empty()) {
            add({"arguments", {value_of(arguments, type, needs_)}});
            return;
        }
        for (const std::string_view name : {"parameters", "artifacts"}) {
            const json* all = arguments.find(name);
            if (all == nullptr) continue;
            const model::object_type& element = object_of(*unboxed(*field_of(type, name).type).element);
            for (const json& one : all->items()) {
                if (name == "parameters")
                    add_parameter(words_, "parameter", "value", one, element, needs_);
                else
                    add({"artifact", {value_of(one, element, needs_)}});
            }
        }
    }

    void add_hooks(const json& hooks, const model::field& field) {
        const model::object_type& type = object_of(*unboxed(*field.type).element);
        for (const auto& hook : hooks.members()) add(hook_link(hook.key.view(), hook.value, type, needs_));
    }

    void add_reference(const json& reference, const model::field& field) {
        const json* cluster = reference.find("clusterScope");
        const std::size_t said = cluster == nullptr ? 1 : 2;
        if (reference.find("name") != nullptr && reference.members().size() == said &&
            (cluster == nullptr || cluster->as_boolean()))
            add({cluster == nullptr ? "workflow_template_ref" : "cluster_workflow_template_ref",
                 {literal(text_in(reference.find("name")))}});
        else
            add_words(words_, "workflow_template_ref", reference, field, needs_);
    }

    void add_template(const json& one, const model::object_type& type) {
        const std::string_view kind = kind_of_template(one);
        Said said;
        const bool is_scope = kind == "dag" || kind == "steps";
        auto calls = is_scope ? calls_of(one, needs_) : std::vector<std::vector<Link>>();
        if (kind.empty() || one.find("name") == nullptr || !calls) {
            said.opening = {"template_", {model_value(one, type)}};
            said.is_model = true;
        } else if (is_scope) {
            said.opening = {std::string(kind), {literal(text_in(one.find("name")))}};
            said.words = scope_words(one, needs_);
            said.calls = std::move(*calls);
            said.scope = kind;
        } else {
            said.opening = {word_of(kind), {literal(text_in(one.find("name")))}};
            Expression made = template_value(one, needs_);
            // A template that only waits needs no value.
            if (kind != "suspend" || !made.links.empty()) said.opening.arguments.push_back(std::move(made));
        }
        templates_.push_back(std::move(said));
    }

    std::string lambda_head() const { return "[](model::" + std::string(kind_) + "& document) {"; }

    /// What no word says.
    void add_model(const json& left) {
        ModelStatements statements;
        statements.object(left, type_, "document");
        std::vector<std::string> lines = std::move(at_last_);
        for (std::string& line : std::move(statements).take()) lines.push_back(std::move(line));
        if (!lines.empty()) add({"workflow_model", {block(lambda_head(), std::move(lines))}});
    }

    bool is_long() const {
        std::size_t links = words_.size();
        for (const Said& said : templates_) {
            if (said.calls.size() > most_calls_in_a_dag) return true;
            links += said.size();
        }
        return links > most_links_in_a_chain;
    }

    std::string chain() {
        Expression made = std::move(head_);
        made.open = true;
        made.links = std::move(words_);
        bool in_scope = false;
        for (Said& said : templates_) {
            // A scope has the words that add templates, but not the one that takes a model.
            if (said.is_model && in_scope) made.links.push_back({"workflow"});
            in_scope = !said.scope.empty();
            made.links.push_back(std::move(said.opening));
            for (Link& link : said.words) {
                link.level = 1;
                made.links.push_back(std::move(link));
            }
            for (std::vector<Link>& each : said.calls)
                for (Link& link : each) {
                    link.level = 1;
                    made.links.push_back(std::move(link));
                }
        }
        if (made.links.empty()) made.open = false;
        return statement(body_indent, "return ", made);
    }

    std::string statements() {
        const std::string variable = "document";
        Names names({variable});
        std::string made = statement(body_indent, "", with_arguments(std::string(kind_) + " " + variable));
        const auto say = [&](const std::string& subject, std::vector<Link> links) {
            if (links.empty()) return;
            Expression one = detail::cpp::variable(subject);
            one.links = std::move(links);
            made += statement(body_indent, "", one);
        };
        for (Link& word : words_) say(variable, {std::move(word)});
        for (Said& said : templates_) {
            if (said.scope.empty()) {
                say(variable, {std::move(said.opening)});
                continue;
            }
            const std::string scope =
                names.unique(said.opening.arguments[0].text, said.scope) + "_" + std::string(said.scope);
            Expression opened = detail::cpp::variable(variable);
            opened.links.push_back(std::move(said.opening));
            made += statement(body_indent, "auto " + scope + " = ", opened);
            for (Link& word : said.words) say(scope, {std::move(word)});
            for (std::vector<Link>& each : said.calls) say(scope, std::move(each));
        }
        return made + std::string(body_indent, ' ') + "return " + variable + ";\n";
    }

    Expression with_arguments(std::string name) const {
        Expression made = head_;
        made.text = std::move(name);
        return made;
    }

    const json& value_;
    const model::object_type& type_;
    std::string_view kind_;
    Needs& needs_;
    Expression head_;
    std::vector<Link> words_;
    std::vector<Said> templates_;
    std::vector<std::string> at_last_;
};

/// `.selector("true").submit("template").parameter("message", "payload.message")`.
class BindingRecipe {
public:
    BindingRecipe(const json& value, const model::object_type& type, Needs& needs)
        : value_(value), type_(type), needs_(needs) {}

    /// Nothing where a word is missing for something that it says.
    std::optional<Expression> builder() {
        const json* metadata = value_.find("metadata");
        const json* spec = value_.find("spec");
        if (!has_only(value_, {"apiVersion", "kind", "metadata", "spec"}) ||
            text_of(value_, "apiVersion") != "argoproj.io/v1alpha1" || metadata->find("name") == nullptr ||
            text_of(*metadata, "name").ends_with('-'))
            return std::nullopt;
        const json* event = spec->find("event");
        const json* submit = spec->find("submit");
        if (spec->members().size() != (submit == nullptr ? 1u : 2u) || event == nullptr ||
            !has_only(*event, {"selector"}))
            return std::nullopt;
        made_ = call("WorkflowEventBinding", {literal(text_of(*metadata, "name"))});
        made_.open = true;
        add_words_of_metadata(made_.links, *metadata, needs_);
        add({"selector", {literal(text_of(*event, "selector"))}});
        if (submit != nullptr) add_submit(*submit);
        return std::move(made_);
    }

private:
    void add(Link link) { made_.links.push_back(std::move(link)); }

    void add_submit(const json& submit) {
        const model::object_type& type =
            object_of(*field_of(object_of(*field_of(type_, "spec").type), "submit").type);
        const json* reference = submit.find("workflowTemplateRef");
        const json* arguments = submit.find("arguments");
        const json* parameters = arguments == nullptr ? nullptr : arguments->find("parameters");
        const json* cluster = reference == nullptr ? nullptr : reference->find("clusterScope");
        const bool is_plain =
            reference != nullptr && reference->find("name") != nullptr &&
            reference->members().size() == (cluster == nullptr ? 1u : 2u) &&
            (cluster == nullptr || cluster->as_boolean()) &&
            submit.members().size() == (arguments == nullptr ? 1u : 2u) &&
            (arguments == nullptr || (has_only(*arguments, {"parameters"}) && !parameters->items().empty()));
        if (!is_plain) {
            add({"submit", {value_of(submit, type, needs_)}});
            return;
        }
        add({cluster == nullptr ? "submit" : "submit_cluster", {literal(text_of(*reference, "name"))}});
        if (parameters == nullptr) return;
        const model::object_type& parameter = model::describe<model::Parameter>();
        for (const json& one : parameters->items()) {
            const json* from = one.find("valueFrom");
            if (has_only(one, {"name", "valueFrom"}) && has_only(*from, {"event"}))
                add({"parameter", {literal(text_of(one, "name")), literal(text_of(*from, "event"))}});
            else
                add({"parameter", {value_of(one, parameter, needs_)}});
        }
    }

    const json& value_;
    const model::object_type& type_;
    Needs& needs_;
    Expression made_;
};

/// Statements that fill the model.
std::string model_body(const json& value, const model::object_type& type) {
    ModelStatements statements;
    statements.object(value, type, "document");
    const std::string indent(body_indent, ' ');
    std::string made = indent + "model::" + struct_of(type) + " document;\n";
    for (const std::string& line : std::move(statements).take()) made += indent + line + '\n';
    return made + indent + "return document;\n";
}

/// A document whose class is generated: an event source, a sensor.
std::string value_body(const json& value, const model::object_type& type, std::string_view kind,
                       Needs& needs) {
    const std::string name = struct_of(type);
    const json* metadata = value.find("metadata");
    const bool is_plain = metadata != nullptr && metadata->find("name") != nullptr &&
                          text_in(value.find("apiVersion")) == "argoproj.io/v1alpha1" &&
                          text_in(value.find("kind")) == kind && value.find("status") == nullptr;
    needs.events = needs.events || name.starts_with("events::");
    if (!is_plain) return model_body(value, type);
    Expression made = call(name, {literal(text_in(metadata->find("name")))});
    made.open = true;
    add_words(made.links, *metadata, model::describe<model::k8s::ObjectMeta>(), {"name"}, needs);
    add_words(made.links, value, type, {"apiVersion", "kind", "metadata"}, needs);
    if (made.links.empty()) made.open = false;
    return statement(body_indent, "return ", made);
}

}  // namespace

std::string recipe_body(const json& value, const model::object_type* type, std::string_view kind,
                        Needs& needs) {
    if (type == nullptr) return statement(body_indent, "return ", free_json(value, needs));
    const bool holds_workflow = kind == "Workflow" || kind == "WorkflowTemplate" ||
                                kind == "ClusterWorkflowTemplate" || kind == "CronWorkflow";
    if (holds_workflow) return WorkflowRecipe(value, *type, kind, needs).body();
    if (kind == "WorkflowEventBinding") {
        if (const auto made = BindingRecipe(value, *type, needs).builder())
            return statement(body_indent, "return ", *made);
        return model_body(value, *type);
    }
    return value_body(value, *type, kind, needs);
}

}  // namespace tiphys::detail::cpp
