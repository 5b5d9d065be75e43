// SPDX-License-Identifier: Apache-2.0
#include <tiphys/model/generated/describe.hpp>
#include <tiphys/text/cpp.hpp>
#include <tiphys/text/word_of.hpp>

#include <array>
#include <utility>

#include "expression.hpp"
#include "names.hpp"
#include "recipe.hpp"

namespace tiphys {
namespace {

using namespace detail::cpp;

/// Names that the code itself uses.
const std::set<std::string> used{"cluster_ref", "document",    "events", "int_or_string", "json",
                                 "json_array",  "json_object", "k8s",    "main",          "model",
                                 "number",      "ref",         "std",    "tiphys",        "workflows",
                                 "made",        "task",        "step"};

template <class List>
concept is_list = requires(const List& value) { value.items.begin(); };

void add(std::vector<Document>& to, const Document& document) {
    std::visit(
        [&]<class T>(const T& value) {
            if constexpr (std::is_same_v<T, DocumentList>) {
                for (const Document& one : value.items) add(to, one);
            } else if constexpr (is_list<T>) {
                constexpr std::string_view ending = "List";
                for (const auto& one : value.items) {
                    Document made;
                    made.kind = document.kind.substr(0, document.kind.size() - ending.size());
                    made.value = one;
                    made.line = document.line;
                    to.push_back(std::move(made));
                }
            } else {
                to.push_back(document);
            }
        },
        document.value);
}

const model::object_type* type_of(const Document& document) {
    return std::visit(
        []<class T>(const T&) -> const model::object_type* {
            if constexpr (std::is_same_v<T, json> || std::is_same_v<T, DocumentList>)
                return nullptr;
            else
                return &model::describe<T>();
        },
        document.value);
}

std::string_view name_of(const json& value) {
    const json* metadata = value.find("metadata");
    if (metadata == nullptr) return {};
    for (const std::string_view member : {"name", "generateName"})
        if (const json* name = metadata->find(member); name != nullptr && name->is_string())
            return name->as_text().view();
    return {};
}

struct Recipe {
    std::string name;
    std::string body;
    bool is_workflow;   ///< `checked` takes what it makes
    std::string model;  ///< the struct of Argo Events that it converts to; empty: of another kind
};

std::string includes(const Needs& needs, bool is_program) {
    std::string made;
    if (is_program) made += "#include <iostream>\n\n";
    made += "#include <tiphys/build/build.hpp>\n";
    if (needs.events) made += "#include <tiphys/build/events.hpp>\n";
    if (needs.json) made += "#include <tiphys/build/json_value.hpp>\n";
    if (needs.k8s) made += "#include <tiphys/build/k8s.hpp>\n";
    if (is_program && needs.events) made += "#include <tiphys/model/generated/visit_events.hpp>\n";
    if (is_program) made += "#include <tiphys/text/text.hpp>\n";
    return made + "\n";
}

std::string main_of(const std::vector<Recipe>& recipes, const CppOptions& options) {
    const bool yaml = options.form == CppOptions::Form::program_yaml;
    std::string made = "\nint main() {\n";
    for (std::size_t i = 0; i < recipes.size(); ++i) {
        const Recipe& one = recipes[i];
        const std::string objection = i < options.objections.size() ? options.objections[i] : std::string();
        if (!objection.empty()) {
            std::string comment = "    // Not checked: ";
            for (const char c : objection)
                comment += c == '\n' ? std::string("\n    // ") : std::string(1, c);
            made += comment + "\n";
        }
        const std::string recipe = options.name_space + "::" + one.name;
        Expression made_text = call(yaml ? "tiphys::to_yaml" : "tiphys::to_pretty_json");
        if (one.is_workflow && objection.empty())
            made_text.arguments.push_back(call("tiphys::checked<" + recipe + ">"));
        else if (!one.model.empty())
            made_text.arguments.push_back(call("tiphys::model::" + one.model, {call(recipe)}));
        else
            made_text.arguments.push_back(call(recipe));
        made += statement(4, yaml && i != 0 ? "std::cout << \"---\\n\" << " : "std::cout << ", made_text);
    }
    return made + "    return std::cout.flush() ? 0 : 1;\n}\n";
}

}  // namespace

std::vector<Document> recipes_of(const Documents& documents) {
    std::vector<Document> found;
    for (const Document& document : documents) add(found, document);
    return found;
}

std::vector<std::string> recipe_names(const Documents& documents) {
    Names names(used);
    std::vector<std::string> found;
    for (const Document& document : recipes_of(documents)) {
        const std::string otherwise = document.kind.empty() ? "document" : word_of(document.kind);
        found.push_back(names.unique(name_of(read_json<json>(to_json(document))), otherwise));
    }
    return found;
}

std::string to_cpp(const Documents& documents, const CppOptions& options) {
    const bool is_program = options.form != CppOptions::Form::header;
    const std::vector<std::string> names = recipe_names(documents);
    Needs needs;
    std::vector<Recipe> recipes;
    for (const Document& document : recipes_of(documents)) {
        const json value = read_json<json>(to_json(document));
        const model::object_type* type = type_of(document);
        Recipe made;
        made.name = names[recipes.size()];
        made.body = recipe_body(value, type, document.kind, needs);
        if (type != nullptr && struct_of(*type).starts_with("events::")) made.model = struct_of(*type);
        made.is_workflow = type != nullptr && made.model.empty();
        recipes.push_back(std::move(made));
    }
    std::string text;
    if (!options.made_from.empty()) text += "// Made from " + options.made_from + ".\n";
    if (!is_program) text += "#pragma once\n\n";
    text += includes(needs, is_program);
    text += "namespace " + options.name_space + " {\n\nusing namespace tiphys;\n";
    for (const Recipe& one : recipes)
        text += std::string(is_program ? "\n" : "\ninline ") + "constexpr auto " + one.name + " = [] {\n" +
                one.body + "};\n";
    text += "\n}  // namespace " + options.name_space + "\n";
    if (is_program) text += main_of(recipes, options);
    return text;
}

}  // namespace tiphys
