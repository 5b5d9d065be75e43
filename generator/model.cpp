// SPDX-License-Identifier: Apache-2.0
#include "model.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>
#include <utility>

#include "problem.hpp"

namespace tiphys::generator {
namespace {

/// A type of the core layer and how it reads what is not a JSON string.
struct Scalar {
    std::string_view type;
    std::string_view text = "plain";
};

std::optional<Scalar> scalar(std::string_view name) {
    if (name == "string") return Scalar{"str"};
    if (name == "string/byte") return Scalar{"str", "bytes"};
    if (name == "string/date-time") return Scalar{"str", "time"};
    if (name == "quantity") return Scalar{"str", "quantity"};
    if (name == "any_string") return Scalar{"str", "any_string"};
    if (name == "boolean") return Scalar{"opt<bool>"};
    if (name == "integer" || name.starts_with("integer/")) return Scalar{"opt<std::int64_t>"};
    if (name == "number" || name.starts_with("number/")) return Scalar{"number"};
    if (name == "any" || name == "json") return Scalar{"json"};
    if (name == "int_or_string") return Scalar{"int_or_string"};
    return std::nullopt;
}

std::string member_name(std::string_view json_name) {
    static const std::set<std::string_view> keywords{
        "and",     "asm",      "auto",     "bool",     "break",    "case",    "catch",   "char",
        "class",   "concept",  "const",    "continue", "default",  "delete",  "do",      "double",
        "else",    "enum",     "explicit", "export",   "extern",   "false",   "float",   "for",
        "friend",  "goto",     "if",       "inline",   "int",      "long",    "mutable", "namespace",
        "new",     "noexcept", "not",      "nullptr",  "operator", "or",      "private", "protected",
        "public",  "register", "requires", "return",   "short",    "signed",  "sizeof",  "static",
        "struct",  "switch",   "template", "this",     "throw",    "true",    "try",     "typedef",
        "typeid",  "typename", "union",    "unsigned", "using",    "virtual", "void",    "volatile",
        "wchar_t", "while",    "xor"};
    return std::string(json_name) + (keywords.contains(json_name) ? "_" : "");
}

std::string qualified(const CppName& to, std::string_view from) {
    if (to.space == from) return to.name;
    if (to.space.empty()) return "model::" + to.name;
    return to.space + "::" + to.name;
}

class Builder {
public:
    Builder(const Schema& schema, const Corrections& corrections) : schema_(schema) { correct(corrections); }

    Model run() {
        std::set<std::pair<std::string, std::string>> taken;
        for (const auto& [name, definition] : schema_.definitions) {
            const CppName cpp = cpp_name(name);
            if (!taken.emplace(cpp.space, cpp.name).second)
                throw Problem(name + ": another definition is called tiphys::model::" + cpp.space +
                              "::" + cpp.name + " as well");
        }
        for (const auto& [name, definition] : schema_.definitions) {
            const CppName cpp = cpp_name(name);
            if (!definition.is_object) {
                const Member made = member(name, "", definition.alias, cpp.space);
                model_.aliases.push_back({name, cpp.space, cpp.name, made.type});
            } else {
                made_.emplace(name, make(name, definition, cpp));
            }
        }
        assign_units();
        for (auto& [name, made] : made_) place(name);
        return std::move(model_);
    }

private:
    void correct(const Corrections& corrections) {
        const auto unknown = [](std::string_view definition, std::string_view property) {
            return Problem("corrections.cpp: " + std::string(definition) + (property.empty() ? "" : ".") +
                           std::string(property) +
                           " is not in the schema or needs no correction; remove the row");
        };
        using enum PropertyCorrection::action;
        // Embedding copies members, so these are corrected first.
        for (const bool embedding : {false, true}) {
            for (const auto& row : corrections.properties) {
                if ((row.what == embed) != embedding) continue;
                const auto found = schema_.definitions.find(std::string(row.definition));
                if (found == schema_.definitions.end() || !apply(row, found->second.properties))
                    throw unknown(row.definition, row.property);
            }
        }
        for (const auto& row : corrections.definitions) {
            const auto found = schema_.definitions.find(std::string(row.definition));
            if (found == schema_.definitions.end()) throw unknown(row.definition, "");
            found->second.is_object = false;
            found->second.properties.clear();
            found->second.alias = parse_type(row.type, row.definition);
        }
    }

    /// False if the row changes nothing.
    bool apply(const PropertyCorrection& row, std::map<std::string, TypeFact>& properties) const {
        const std::string name(row.property);
        if (row.what == PropertyCorrection::action::add)
            return properties.emplace(name, parse_type(row.type, row.definition)).second;
        const auto property = properties.find(name);
        if (property == properties.end()) return false;
        switch (row.what) {
            case PropertyCorrection::action::add: break;
            case PropertyCorrection::action::optional: return std::exchange(property->second.required, false);
            case PropertyCorrection::action::retype:
                return std::exchange(property->second.name, row.type) != row.type;
            case PropertyCorrection::action::embed: {
                const auto target = schema_.definitions.find(property->second.name);
                if (target == schema_.definitions.end() || !property->second.containers.empty()) return false;
                properties.erase(property);
                for (const auto& [inner, fact] : target->second.properties) properties.emplace(inner, fact);
                return true;
            }
        }
        return false;
    }

    /// The fact with the names of definitions that are no objects replaced by what they stand for.
    TypeFact resolved(TypeFact fact, const std::string& where) const {
        for (int depth = 0; depth < 10; ++depth) {
            const auto found = schema_.definitions.find(fact.name);
            if (found == schema_.definitions.end() || found->second.is_object) return fact;
            const TypeFact& alias = found->second.alias;
            fact.name = alias.name;
            fact.containers.insert(fact.containers.end(), alias.containers.begin(), alias.containers.end());
        }
        throw Problem(where + ": its definition stands for itself");
    }

    Member member(const std::string& owner, const std::string& property, const TypeFact& declared,
                  std::string_view space) const {
        const std::string where = property.empty() ? owner : owner + "." + property;
        const TypeFact fact = resolved(declared, where);
        Member made;
        made.json_name = property;
        made.name = member_name(property);
        made.required = fact.required;
        std::string near;
        std::string full;
        const auto found = schema_.definitions.find(fact.name);
        if (found != schema_.definitions.end()) {
            const CppName cpp = cpp_name(fact.name);
            made.definition = fact.name;
            near = qualified(cpp, space);
            full = qualified(cpp, "");
            if (fact.containers.empty()) {
                made.element = near;
                made.element_full = full;
                made.shape = fact.required ? Member::form::object : Member::form::box;
                made.type = fact.required ? near : "box<" + near + ">";
                return made;
            }
        } else {
            const auto known = scalar(fact.name);
            if (!known)
                throw Problem(where + ": type \"" + fact.name +
                              "\" has no C++ form; give it one in model.cpp");
            made.text = known->text;
            near = full = known->type;
            made.type = near;
        }
        made.depth = fact.containers.size();
        for (std::size_t i = fact.containers.size(); i-- > 0;) {
            const std::string open = fact.containers[i] + "<";
            if (i == 0) {
                made.shape = fact.containers[i] == "list" ? Member::form::list : Member::form::map;
                made.element = near;
                made.element_full = full;
                made.type = open + near + ">";
            }
            near = open + near + ">";
            full = open + full + ">";
        }
        return made;
    }

    Struct make(const std::string& name, const Definition& definition, const CppName& cpp) const {
        Struct made{name, cpp.space, cpp.name, {}, unit::events};
        for (const auto& [property, fact] : definition.properties)
            made.members.push_back(member(name, property, fact, cpp.space));
        return made;
    }

    void assign_units() {
        std::set<std::string> seen;
        const std::function<void(const std::string&, unit)> mark = [&](const std::string& name, unit home) {
            const auto found = made_.find(name);
            if (found == made_.end() || !seen.insert(name).second) return;
            found->second.home = home;
            for (const Member& member : found->second.members) mark(member.definition, home);
        };
        for (std::string_view root : {"Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate",
                                      "CronWorkflow", "WorkflowEventBinding"})
            mark("io.argoproj.workflow.v1alpha1." + std::string(root), unit::workflow);
        const auto of_events = [](std::string_view name) {
            const std::string space = cpp_name(name).space;
            return space == "events" || space == "eventsource" || space == "sensor";
        };
        for (const auto& [name, made] : made_)
            if (made.space != "k8s" && !of_events(name)) mark(name, unit::requests);
        for (const auto& [id, operation] : schema_.operations)
            for (const std::string& name : {operation.body, operation.response})
                if (made_.contains(name) && !of_events(name)) mark(name, unit::requests);
    }

    void place(const std::string& name) {
        const auto found = made_.find(name);
        if (placed_.contains(name)) return;
        if (std::find(path_.begin(), path_.end(), name) != path_.end()) {
            std::string text = name + ": required properties make it hold itself by value:";
            for (const std::string& step : path_) text += " " + step;
            throw Problem(text);
        }
        path_.push_back(name);
        for (const Member& member : found->second.members)
            if (member.shape == Member::form::object) place(member.definition);
        path_.pop_back();
        placed_.insert(name);
        model_.structs.push_back(found->second);
    }

    Schema schema_;
    Model model_;
    std::map<std::string, Struct> made_;
    std::set<std::string> placed_;
    std::vector<std::string> path_;
};

}  // namespace

std::string_view name_of(unit home) {
    switch (home) {
        case unit::workflow: return "workflow";
        case unit::requests: return "requests";
        case unit::events: break;
    }
    return "events";
}

CppName cpp_name(std::string_view definition) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 9> prefixes{{
        {"io.argoproj.workflow.v1alpha1.", ""},
        {"io.argoproj.events.", "events"},
        {"github.com.argoproj.argo_events.", "events"},
        {"io.k8s.", "k8s"},
        {"eventsource.", "eventsource"},
        {"sensor.", "sensor"},
        {"sync.", "sync"},
        {"grpc.gateway.runtime.", "grpc"},
        {"google.protobuf.", "google"},
    }};
    for (const auto& [prefix, space] : prefixes)
        if (definition.starts_with(prefix))
            return {std::string(space), std::string(definition.substr(definition.rfind('.') + 1))};
    throw Problem(std::string(definition) +
                  ": no C++ namespace is known for its prefix; add it to cpp_name()");
}

Model build_model(const Schema& schema, const Corrections& corrections) {
    return Builder(schema, corrections).run();
}

}  // namespace tiphys::generator
