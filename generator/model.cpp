// SPDX-License-Identifier: Apache-2.0
#include "model.hpp"

#include <tiphys/text/word_of.hpp>

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
    return std::string(json_name) + (is_cpp_keyword(json_name) ? "_" : "");
}

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> made;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) made.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return made;
}

std::string qualified(const CppName& to, std::string_view from) {
    if (to.space == from) return to.name;
    if (to.space.empty()) return "model::" + to.name;
    return to.space + "::" + to.name;
}

class Builder {
public:
    Builder(const History& history, const Corrections& corrections)
        : history_(history), schema_(history.schema), corrections_(corrections) {}

    Model run() {
        for (const std::string& release : history_.releases)
            model_.releases.push_back(minor_release(release));
        for (const auto& [name, definition] : schema_.definitions) take(name);
        for (const auto& [name, definition] : schema_.definitions) {
            const CppName cpp = cpp_name(name);
            if (!definition.is_object) {
                const Member made = member(name, "", definition.alias, cpp.space);
                model_.aliases.push_back({name, cpp.space, cpp.name, made.type});
            } else {
                made_.emplace(name, make(name, definition, cpp));
            }
        }
        for (const Replacement& row : corrections_.replacements) replace(row);
        for (const ValueSet& row : corrections_.values) add_values(row);
        assign_units();
        for (auto& [name, made] : made_) place(name);
        return std::move(model_);
    }

private:
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
        Struct made;
        made.definition = name;
        made.space = cpp.space;
        made.name = cpp.name;
        made.releases = history_.definitions.at(name);
        std::size_t in_body = 0;
        for (const auto& [property, fact] : definition.properties) {
            made.members.push_back(member(name, property, fact, cpp.space));
            made.members.back().releases = history_.properties.at(name).at(property);
            const bool in_place = made.members.back().shape == Member::form::object;
            if (in_place && (property == "metadata" || property == "spec")) ++in_body;
        }
        made.has_body = in_body == 2;
        return made;
    }

    /// Null if there is no such member.
    Member* find(const std::string& definition, std::string_view property) {
        const auto found = made_.find(definition);
        if (found == made_.end()) return nullptr;
        for (Member& member : found->second.members)
            if (member.json_name == property) return &member;
        return nullptr;
    }

    void replace(const Replacement& row) {
        Member* old = find(std::string(row.definition), row.property);
        const std::string name = std::string(row.definition) + "." + std::string(row.property);
        if (old == nullptr || old->releases.last + 1 == history_.releases.size())
            throw Problem("corrections.cpp: " + name + " was not removed by any release; remove the row");
        const Member* by = find(std::string(row.definition), row.by);
        if (by == nullptr || by->releases.last + 1 != history_.releases.size())
            throw Problem("corrections.cpp: " + name + " is to be replaced by \"" + std::string(row.by) +
                          "\", which " + history_.releases.back() + " does not have");
        old->replacement = row.by;
    }

    void add_values(const ValueSet& row) {
        const CppName cpp = take(std::string(row.name));
        Values made{cpp.space, cpp.name, {}, {}};
        for (const std::string& word : words(row.values)) {
            // The text may hold '=' as well, as Comparator's do.
            const auto sign = word.find('=', 1);
            made.constants.emplace_back(member_name(word.substr(0, sign)),
                                        sign == std::string::npos ? word : word.substr(sign + 1));
        }
        const std::string_view package = row.name.substr(0, row.name.rfind('.') + 1);
        for (const std::string& use : words(row.uses)) {
            const std::string definition = definition_of(use.substr(0, use.find('.')), package);
            Member* member = find(definition, use.substr(use.find('.') + 1));
            if (member == nullptr || (member->type != "str" && member->type != "list<str>"))
                throw Problem("values.cpp: " + std::string(row.name) + ": " + use +
                              " is not a text property; correct the row");
            member->values = qualified(cpp, "");
            made.users.push_back(made_.at(definition).name + "::" + member->name);
        }
        model_.values.push_back(std::move(made));
    }

    /// The definition of that short name in the package, else the only one there is; empty if none.
    std::string definition_of(const std::string& name, std::string_view package) const {
        if (made_.contains(std::string(package) + name)) return std::string(package) + name;
        std::string found;
        for (const auto& [definition, made] : made_)
            if (made.name == name) found = found.empty() ? definition : "-";
        return found;
    }

    CppName take(const std::string& definition) {
        const CppName cpp = cpp_name(definition);
        if (!taken_.emplace(cpp.space, cpp.name).second)
            throw Problem(definition + ": another definition is called tiphys::model::" + cpp.space +
                          "::" + cpp.name + " as well");
        return cpp;
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

    const History& history_;
    const Schema& schema_;
    const Corrections& corrections_;
    Model model_;
    std::set<std::pair<std::string, std::string>> taken_;
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

Model build_model(const History& history, const Corrections& corrections) {
    return Builder(history, corrections).run();
}

}  // namespace tiphys::generator
