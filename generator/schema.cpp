// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>

#include "problem.hpp"

namespace tiphys::generator {
namespace {

namespace bj = boost::json;

std::string quoted(std::string_view text) { return bj::serialize(bj::string(text)); }

class Reader {
public:
    explicit Reader(std::string_view file) : file_(file) {}

    Schema read(std::string_view text) const {
        boost::system::error_code error;
        const bj::value document = bj::parse(text, error);
        if (error) fail("", "is not JSON: " + error.message());
        const bj::object& top = object(document, "");
        Schema schema;
        schema.release = string(member(top, "release", ""), "release");
        for (const auto& [name, value] : object(member(top, "definitions", ""), "definitions"))
            schema.definitions.emplace(name, definition(name, value));
        for (const auto& [name, value] : object(member(top, "operations", ""), "operations"))
            schema.operations.emplace(name, operation(name, value));
        check_names(schema);
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
    TypeFact type(const bj::value& value, const std::string& where) const {
        return parse_type(string(value, where), std::string(file_) + ": " + where);
    }

    Definition definition(std::string_view name, const bj::value& value) const {
        Definition made;
        if (value.is_string()) {
            made.is_object = false;
            made.alias = type(value, std::string(name));
            return made;
        }
        for (const auto& [property, fact] : object(value, name)) {
            const std::string where = std::string(name) + "." + std::string(property);
            made.properties.emplace(property, type(fact, where));
        }
        return made;
    }

    Operation operation(std::string_view name, const bj::value& value) const {
        Operation made;
        const std::string where(name);
        const bj::object& in = object(value, name);
        made.method = string(member(in, "method", name), where + ".method");
        made.path = string(member(in, "path", name), where + ".path");
        for (const auto& [key, fact] : in) {
            if (key == "method" || key == "path") continue;
            if (key == "body")
                made.body = string(fact, where + ".body");
            else if (key == "response")
                made.response = string(fact, where + ".response");
            else if (key == "stream") {
                if (!fact.is_bool()) fail(where + ".stream", "must be true or false");
                made.stream = fact.get_bool();
            } else if (key == "query") {
                for (const auto& [parameter, what] : object(fact, where + ".query"))
                    made.query.emplace(parameter, type(what, where + ".query." + std::string(parameter)));
            } else {
                fail(where, "has an unknown member \"" + std::string(key) + "\"");
            }
        }
        return made;
    }

    void check_names(const Schema& schema) const {
        auto check = [&](std::string_view name, std::string_view where) {
            if (!is_builtin(name) && !schema.definitions.contains(std::string(name)))
                fail(where, "refers to \"" + std::string(name) + "\", which is not a definition");
        };
        for (const auto& [name, definition] : schema.definitions) {
            if (!definition.is_object) check(definition.alias.name, name);
            for (const auto& [property, fact] : definition.properties)
                check(fact.name, name + "." + property);
        }
        for (const auto& [name, operation] : schema.operations) {
            for (const auto& [parameter, fact] : operation.query)
                check(fact.name, name + ".query." + parameter);
            if (!operation.body.empty()) check(operation.body, name + ".body");
            if (!operation.response.empty()) check(operation.response, name + ".response");
        }
    }

    std::string_view file_;
};

/// Members of a JSON object, one per line, at a depth.
class Lines {
public:
    Lines(std::string& out, int depth) : out_(out), indent_(static_cast<std::size_t>(2 * depth), ' ') {}
    std::string& add(std::string_view name) {
        out_ += first_ ? "\n" : ",\n";
        first_ = false;
        out_ += indent_ + quoted(name) + ": ";
        return out_;
    }
    void close() { out_ += first_ ? "}" : "\n" + indent_.substr(2) + "}"; }

private:
    std::string& out_;
    std::string indent_;
    bool first_ = true;
};

}  // namespace

bool is_builtin(std::string_view name) {
    constexpr std::array<std::string_view, 6> plain{"string",  "integer", "number",
                                                    "boolean", "any",     "binary"};
    return std::find(plain.begin(), plain.end(), name) != plain.end() || name.starts_with("string/") ||
           name.starts_with("integer/") || name.starts_with("number/");
}

TypeFact parse_type(std::string_view text, std::string_view where) {
    TypeFact fact;
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) words.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    std::size_t i = 0;
    if (i < words.size() && words[i] == "required") fact.required = true, ++i;
    while (i < words.size() && (words[i] == "list" || words[i] == "map"))
        fact.containers.push_back(words[i++]);
    const auto bad = [&] {
        return Problem(std::string(where) + ": \"" + std::string(text) +
                       "\" is not a type; write [required] (list|map)* NAME [= VALUE | VALUE]");
    };
    if (i == words.size()) throw bad();
    fact.name = words[i++];
    for (std::string_view sign = "="; i < words.size(); sign = "|") {
        if (words[i] != sign || i + 1 == words.size()) throw bad();
        fact.values.push_back(words[i + 1]);
        i += 2;
    }
    return fact;
}

std::string to_string(const TypeFact& fact) {
    std::string text = fact.required ? "required " : "";
    for (const std::string& container : fact.containers) text += container + " ";
    text += fact.name;
    for (std::size_t i = 0; i < fact.values.size(); ++i) text += (i == 0 ? " = " : " | ") + fact.values[i];
    return text;
}

std::string write_schema(const Schema& schema) {
    std::string out = "{";
    Lines top(out, 1);
    top.add("release") += quoted(schema.release);
    top.add("definitions") += "{";
    Lines definitions(out, 2);
    for (const auto& [name, definition] : schema.definitions) {
        definitions.add(name);
        if (!definition.is_object) {
            out += quoted(to_string(definition.alias));
            continue;
        }
        out += "{";
        Lines properties(out, 3);
        for (const auto& [property, fact] : definition.properties)
            properties.add(property) += quoted(to_string(fact));
        properties.close();
    }
    definitions.close();
    top.add("operations") += "{";
    Lines operations(out, 2);
    for (const auto& [name, operation] : schema.operations) {
        operations.add(name) += "{";
        Lines members(out, 3);
        members.add("method") += quoted(operation.method);
        members.add("path") += quoted(operation.path);
        if (!operation.query.empty()) {
            members.add("query") += "{";
            Lines query(out, 4);
            for (const auto& [parameter, fact] : operation.query)
                query.add(parameter) += quoted(to_string(fact));
            query.close();
        }
        if (!operation.body.empty()) members.add("body") += quoted(operation.body);
        if (!operation.response.empty()) members.add("response") += quoted(operation.response);
        if (operation.stream) members.add("stream") += "true";
        members.close();
    }
    operations.close();
    top.close();
    return out += "\n";
}

Schema read_schema(std::string_view text, std::string_view file) { return Reader(file).read(text); }

}  // namespace tiphys::generator
