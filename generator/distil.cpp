// SPDX-License-Identifier: Apache-2.0
#include "distil.hpp"

#include <boost/json.hpp>

#include "problem.hpp"

namespace tiphys::generator {
namespace {

namespace bj = boost::json;

constexpr std::string_view reference = "#/definitions/";

std::string upper(std::string_view text) {
    std::string made;
    for (char c : text) made += (c >= 'a' && c <= 'z') ? static_cast<char>(c - 'a' + 'A') : c;
    return made;
}

class Distiller {
public:
    explicit Distiller(std::string_view file) : file_(file) {}

    Schema run(std::string_view text, std::string_view release) {
        boost::system::error_code error;
        const bj::value document = bj::parse(text, error);
        if (error) fail("", "is not JSON: " + error.message());
        const bj::object& top = object(document, "the document");
        const bj::value* version = top.if_contains("swagger");
        if (version == nullptr || !version->is_string() || version->get_string() != "2.0")
            fail("", "is not a swagger file: member \"swagger\" must be \"2.0\"");
        definitions_ = &object(member(top, "definitions", "the document"), "definitions");
        Schema schema;
        schema.release = release;
        for (const auto& [name, value] : *definitions_)
            schema.definitions.emplace(name, definition(name, value));
        for (const auto& [path, methods] : object(member(top, "paths", "the document"), "paths"))
            for (const auto& [method, value] : object(methods, path)) {
                const std::string where = std::string(path) + " " + upper(method);
                const bj::object& in = object(value, where);
                const std::string id = string(member(in, "operationId", where), where);
                if (!schema.operations.emplace(id, operation(path, method, in)).second)
                    fail(where, "operationId \"" + id + "\" is used twice");
            }
        return schema;
    }

private:
    [[noreturn]] void fail(std::string_view where, std::string_view what) const {
        std::string text(file_);
        text += ": ";
        if (!where.empty()) text.append(where).append(": ");
        throw Problem(text.append(what));
    }
    const bj::object& object(const bj::value& value, std::string_view where) const {
        if (!value.is_object()) fail(where, "must be a JSON object");
        return value.get_object();
    }
    std::string string(const bj::value& value, std::string_view where) const {
        if (!value.is_string()) fail(where, "must be a string");
        return std::string(value.get_string());
    }
    const bj::value& member(const bj::object& in, std::string_view name, std::string_view where) const {
        if (const bj::value* found = in.if_contains(name)) return *found;
        fail(where, "lacks \"" + std::string(name) + "\"");
    }

    std::string referred(const bj::object& in, std::string_view where) const {
        const std::string target = string(member(in, "$ref", where), where);
        if (!target.starts_with(reference) || !definitions_->contains(target.substr(reference.size())))
            fail(where, "$ref \"" + target + "\" is not a definition of this file");
        return target.substr(reference.size());
    }

    TypeFact type(const bj::value& value, const std::string& where) const {
        const bj::object& in = object(value, where);
        TypeFact fact;
        if (in.contains("$ref")) {
            fact.name = referred(in, where);
            return fact;
        }
        const bj::value* kind = in.if_contains("type");
        if (kind == nullptr) {
            fact.name = "any";
            return fact;
        }
        fact.name = string(*kind, where + ".type");
        if (fact.name == "array" || fact.name == "object") {
            const bool is_list = fact.name == "array";
            fact = type(member(in, is_list ? "items" : "additionalProperties", where), where);
            fact.containers.insert(fact.containers.begin(), is_list ? "list" : "map");
            return fact;
        }
        if (fact.name != "string" && fact.name != "integer" && fact.name != "number" &&
            fact.name != "boolean")
            fail(where, "has type \"" + fact.name + "\", which the schema cannot hold");
        if (const bj::value* format = in.if_contains("format"))
            fact.name += "/" + string(*format, where + ".format");
        if (const bj::value* values = in.if_contains("enum")) {
            if (!values->is_array()) fail(where, "enum must be an array");
            for (const bj::value& item : values->get_array())
                fact.values.push_back(string(item, where + ".enum"));
        }
        return fact;
    }

    Definition definition(std::string_view name, const bj::value& value) const {
        const std::string where(name);
        const bj::object& in = object(value, where);
        Definition made;
        const bj::value* kind = in.if_contains("type");
        if (kind == nullptr || *kind != "object" || in.contains("additionalProperties")) {
            made.is_object = false;
            made.alias = type(value, where);
            return made;
        }
        if (const bj::value* properties = in.if_contains("properties"))
            for (const auto& [property, what] : object(*properties, where + ".properties"))
                made.properties.emplace(property, type(what, where + "." + std::string(property)));
        if (const bj::value* names = in.if_contains("required")) {
            if (!names->is_array()) fail(where, "required must be an array");
            for (const bj::value& item : names->get_array()) {
                const auto found = made.properties.find(string(item, where + ".required"));
                if (found == made.properties.end())
                    fail(where,
                         "requires \"" + string(item, where) + "\", which is not one of its properties");
                found->second.required = true;
            }
        }
        return made;
    }

    Operation operation(std::string_view path, std::string_view method, const bj::object& in) const {
        Operation made;
        made.method = upper(method);
        made.path = path;
        const std::string where = made.path + " " + made.method;
        if (const bj::value* parameters = in.if_contains("parameters")) {
            if (!parameters->is_array()) fail(where, "parameters must be an array");
            for (const bj::value& value : parameters->get_array())
                parameter(made, object(value, where), where);
        }
        const bj::object& responses = object(member(in, "responses", where), where + " responses");
        const std::string place = where + " response 200";
        const bj::object& answer = object(member(responses, "200", where), place);
        if (const bj::value* schema = answer.if_contains("schema"))
            response(made, object(*schema, place), place);
        return made;
    }

    void parameter(Operation& made, const bj::object& in, const std::string& where) const {
        const std::string name = string(member(in, "name", where), where);
        const std::string place = where + " parameter \"" + name + "\"";
        const std::string kind = string(member(in, "in", place), place);
        if (kind == "query") {
            made.query.emplace(name, type(in, place));
        } else if (kind == "body") {
            made.body = type(member(in, "schema", place), place).name;
        } else if (kind == "path") {
            if (made.path.find("{" + name + "}") == std::string::npos) fail(place, "is not part of the path");
            if (string(member(in, "type", place), place) != "string") fail(place, "must be a string");
        } else {
            fail(place, "lies in \"" + kind + "\", which the schema cannot hold");
        }
    }

    void response(Operation& made, const bj::object& in, const std::string& where) const {
        if (in.contains("$ref")) {
            made.response = referred(in, where);
            return;
        }
        const bj::value* format = in.if_contains("format");
        if (format != nullptr && *format == "binary") {
            made.response = "binary";
            return;
        }
        // What is left is the gateway's description of a stream: {result, error}.
        const bj::value* properties = in.if_contains("properties");
        if (properties == nullptr || !properties->is_object() || !properties->get_object().contains("result"))
            fail(where, "is neither a definition, nor binary, nor a stream of results");
        made.response = referred(object(properties->get_object().at("result"), where), where);
        made.stream = true;
    }

    std::string_view file_;
    const bj::object* definitions_ = nullptr;
};

}  // namespace

Schema distil(std::string_view swagger, std::string_view file, std::string_view release) {
    return Distiller(file).run(swagger, release);
}

}  // namespace tiphys::generator
