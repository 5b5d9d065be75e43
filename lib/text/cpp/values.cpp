// SPDX-License-Identifier: Apache-2.0
#include "values.hpp"

#include <tiphys/text/word_of.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "model.hpp"
#include "names.hpp"
#include "short_forms.hpp"
#include "templates.hpp"

namespace tiphys::detail::cpp {
namespace {

using form = model::value_type::form;

/// As many texts as one call takes.
constexpr std::size_t most_texts = 8;

/// Text that a number of C++ stands for as well: no sign but '-', no leading zeros, within 64 bits.
bool is_integer(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    if (text.empty() || text.size() > 18 || (text[0] == '0' && text.size() > 1)) return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Expression integer(std::string_view text) {
    // There is no such literal: it is a '-' before one that does not fit.
    if (text == "-9223372036854775808") return plain("std::numeric_limits<std::int64_t>::min()");
    return plain(std::string(text));
}

/// Whether its word can be said without an argument.
bool says_by_presence(const model::object_type& type) {
    return type.fields.empty() || struct_of(type) == "k8s::EmptyDirVolumeSource";
}

bool has_text(const json& value, std::string_view name) {
    const json* found = value.find(name);
    return found != nullptr && found->is_string();
}

/// The properties that the constructor takes of this value.
std::vector<std::string_view> constructor_of(const std::string& name, const json& value,
                                             const model::object_type& type) {
    for (const Constructor& row : constructors_beside_names) {
        if (row.type != name) continue;
        std::vector<std::string_view> taken;
        for (const std::string_view property : row.properties)
            if (!property.empty()) taken.push_back(property);
        if (std::all_of(taken.begin(), taken.end(), [&](auto property) { return has_text(value, property); }))
            return taken;
    }
    const model::field* named = find_field(type, "name");
    if (named != nullptr && named->required) return {"name"};
    return {};
}

/// A claim: it is an object of Kubernetes itself, and its constructor takes the name in its metadata.
bool is_document(const model::object_type& type) {
    return find_field(type, "apiVersion") != nullptr && find_field(type, "kind") != nullptr &&
           find_field(type, "metadata") != nullptr;
}

/// A template without a name, as the words take it.
Expression template_of(const json& value, const model::object_type& type, Needs& needs) {
    const std::string_view kind = kind_of_template(value);
    if (value.find("name") != nullptr || kind == "dag" || kind == "steps" ||
        (kind.empty() && has_kind(value)))
        return model_value(value, type);
    return template_value(value, needs);
}

/// What one element of a list, or one value of a map, is in a call.
Expression element(const json& value, const model::value_type& type, model::text_form text, Needs& needs) {
    const model::value_type& inner = unboxed(type);
    if (inner.shape == form::object) return value_of(value, *inner.object(), needs);
    if (inner.shape == form::json) return free_json(value, needs);
    return scalar(value, inner, text);
}

void add_list(std::vector<Link>& to, const std::string& word, const json& value, const model::field& field,
              const model::value_type& type, Needs& needs) {
    const model::value_type& inner = unboxed(*type.element);
    const auto& items = value.items();
    if (inner.shape == form::list) {
        for (const json& each : items) add_list(to, word, each, field, inner, needs);
        return;
    }
    // Structs read best one by one; each call adds to those before.
    const std::size_t most = inner.shape == form::object || inner.shape == form::map ? 1 : most_texts;
    for (std::size_t i = 0; i < items.size(); i += most) {
        Link link{word};
        for (std::size_t j = i; j < items.size() && j < i + most; ++j)
            link.arguments.push_back(element(items[j], inner, field.text, needs));
        to.push_back(std::move(link));
    }
}

}  // namespace

const model::field* find_field(const model::object_type& type, std::string_view name) {
    const auto found = std::find_if(type.fields.begin(), type.fields.end(),
                                    [&](const model::field& each) { return each.name == name; });
    return found == type.fields.end() ? nullptr : &*found;
}

const model::field& field_of(const model::object_type& type, std::string_view name) {
    const model::field* found = find_field(type, name);
    if (found == nullptr)
        throw std::invalid_argument(std::string(type.name) + " has no member \"" + std::string(name) +
                                    "\", so no C++ can say it");
    return *found;
}

const model::value_type& unboxed(const model::value_type& type) {
    return type.shape == form::box ? unboxed(*type.element) : type;
}

const model::object_type& object_of(const model::value_type& type) { return *unboxed(type).object(); }

Expression scalar(const json& value, const model::value_type& type, model::text_form text) {
    switch (type.shape) {
        case form::boolean: return plain(value.as_boolean() ? "true" : "false");
        case form::integer: return integer(value.as_text().view());
        case form::number: return call("number", {literal(value.as_text().view())});
        case form::int_or_string:
            if (value.is_number()) return integer(value.as_text().view());
            break;
        default:
            if (text == model::text_form::any_string && is_integer(value.as_text().view()))
                return integer(value.as_text().view());
            break;
    }
    return literal(value.as_text().view());
}

Expression free_json(const json& value, Needs& needs) {
    switch (value.kind()) {
        case json::type::absent:
        case json::type::null: return plain("nullptr");
        case json::type::boolean: return plain(value.as_boolean() ? "true" : "false");
        case json::type::number:
            if (is_integer(value.as_text().view())) return integer(value.as_text().view());
            return call("number", {literal(value.as_text().view())});
        case json::type::string: return literal(value.as_text().view());
        case json::type::array: {
            needs.json = true;
            Expression made = call("json_array");
            for (const json& one : value.items()) made.arguments.push_back(free_json(one, needs));
            return made;
        }
        case json::type::object: break;
    }
    needs.json = true;
    Expression made = call("json_object");
    made.group = 2;
    for (const auto& member : value.members()) {
        made.arguments.push_back(literal(member.key.view()));
        made.arguments.push_back(free_json(member.value, needs));
    }
    return made;
}

Expression model_value(const json& value, const model::object_type& type) {
    ModelStatements statements;
    statements.object(value, type, "made");
    std::vector<std::string> lines = std::move(statements).take();
    lines.insert(lines.begin(), "model::" + struct_of(type) + " made;");
    lines.push_back("return made;");
    return block("[] {", std::move(lines), "}()");
}

Expression value_of(const json& value, const model::object_type& type, Needs& needs) {
    const std::string name = struct_of(type);
    if (auto shorter = short_form(name, value)) return std::move(*shorter);
    if (name == "Template") return template_of(value, type, needs);
    if (name == "UserContainer" || name == "ContainerNode") {
        Expression made = call(name, {literal(text_of(value, "name"))});
        if (value.find("image") != nullptr) made.arguments.push_back(literal(text_of(value, "image")));
        add_container(made.links, value, type, needs);
        return made;
    }
    needs.k8s = needs.k8s || name.starts_with("k8s::");
    needs.events = needs.events || name.starts_with("events::") || name == "k8s::ServicePort";
    Expression made = call(name);
    if (is_document(type)) {
        const json* metadata = value.find("metadata");
        if (metadata == nullptr || !has_text(*metadata, "name")) return model_value(value, type);
        made.arguments.push_back(literal(metadata->find("name")->as_text().view()));
        add_words(made.links, *metadata, object_of(*field_of(type, "metadata").type), {"name"}, needs);
        add_words(made.links, value, type, {"metadata"}, needs);
        return made;
    }
    const std::vector<std::string_view> taken = constructor_of(name, value, type);
    for (const std::string_view property : taken)
        made.arguments.push_back(
            literal(has_text(value, property) ? value.find(property)->as_text().view() : ""));
    add_words(made.links, value, type, taken, needs);
    return made;
}

void add_words(std::vector<Link>& to, const std::string& word, const json& value, const model::field& field,
               Needs& needs) {
    const model::value_type& type = unboxed(*field.type);
    switch (type.shape) {
        case form::boolean:
            to.push_back({word, {}});
            if (!value.as_boolean()) to.back().arguments.push_back(plain("false"));
            break;
        case form::object:
            to.push_back({word, {}});
            // Its presence is all that it says.
            if (!value.members().empty() || !says_by_presence(*type.object()))
                to.back().arguments.push_back(value_of(value, *type.object(), needs));
            break;
        case form::list: add_list(to, word, value, field, type, needs); break;
        case form::map:
            for (const auto& entry : value.members())
                to.push_back(
                    {word,
                     {literal(entry.key.view()), element(entry.value, *type.element, field.text, needs)}});
            break;
        case form::json: to.push_back({word, {free_json(value, needs)}}); break;
        default: to.push_back({word, {scalar(value, type, field.text)}}); break;
    }
}

void add_words(std::vector<Link>& to, const json& value, const model::object_type& type,
               std::span<const std::string_view> said, Needs& needs) {
    for (const auto& member : value.members()) {
        const std::string_view name = member.key.view();
        if (std::find(said.begin(), said.end(), name) != said.end()) continue;
        add_words(to, word_of(name), member.value, field_of(type, name), needs);
    }
}

}  // namespace tiphys::detail::cpp
