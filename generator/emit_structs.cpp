// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "emit.hpp"

namespace tiphys::generator {
namespace {

std::string comment_of(const Model& model, const Struct& made, const Member& member) {
    const std::string text = remarks(model, made, member, true);
    return text.empty() ? text : "  ///< " + text;
}

/// The base class of a struct that has one, as seen from the struct's namespace, or from tiphys::detail.
std::string body_of(const Struct& made, bool in_full = false) {
    const auto type = [&](std::string_view name) {
        for (const Member& member : made.members)
            if (member.json_name == name) return in_full ? "model::" + member.element_full : member.element;
        return std::string();
    };
    return std::string(in_full ? "model::" : "") + "object_body<" + type("metadata") + ", " + type("spec") +
           ">";
}

void add_struct(std::string& out, const Model& model, const Struct& made) {
    const std::string releases = when(model, made.releases);
    const std::string_view known = phrase_of(made);
    out += "\n/// " + (known.empty() ? phrase(made.name) : std::string(known)) +
           (releases.empty() ? "" : " (" + releases + ")") + "\n/// " + link(made) + "\nstruct " + made.name;
    if (made.has_body) out += " : " + body_of(made);
    out += " {\n";
    for (const Member& member : made.members) {
        const bool in_base = made.has_body && (member.json_name == "metadata" || member.json_name == "spec");
        out += in_base
                   ? "    // " + member.type + " " + member.name + ": in the base\n"
                   : "    " + member.type + " " + member.name + ";" + comment_of(model, made, member) + "\n";
    }
    if (!made.members.empty()) out += "\n";
    out += "    box<json> unknown_fields;\n\n    friend constexpr bool operator==(const " + made.name +
           "&, const " + made.name + "&) = default;\n};\n";
}

/// Opens and closes namespaces as the emitted entities need them.
class Space {
public:
    explicit Space(std::string& out) : out_(out) {}
    void enter(const std::string& space) {
        const std::string wanted = full_namespace(space);
        if (wanted == open_) return;
        leave();
        open_ = wanted;
        out_ += "\nnamespace " + open_ + " {\n";
    }
    void leave() {
        if (!open_.empty()) out_ += "\n}  // namespace " + open_ + "\n";
        open_.clear();
    }

private:
    std::string& out_;
    std::string open_;
};

std::string forward_declarations(const Model& model, const std::string& banner) {
    std::string out = banner + "#pragma once\n\n#include <tiphys/core/core.hpp>\n";
    std::vector<const Struct*> sorted;
    for (const Struct& made : model.structs) sorted.push_back(&made);
    std::sort(sorted.begin(), sorted.end(), [](const Struct* a, const Struct* b) {
        return std::tie(a->space, a->name) < std::tie(b->space, b->name);
    });
    Space space(out);
    std::string last = "-";
    for (const Struct* made : sorted) {
        space.enter(made->space);
        if (std::exchange(last, made->space) != made->space) out += "\n";
        out += "struct " + made->name + ";\n";
    }
    space.leave();
    out += "\n// Definitions that are no structs.";
    std::vector<const Alias*> aliases;
    for (const Alias& alias : model.aliases) aliases.push_back(&alias);
    std::sort(aliases.begin(), aliases.end(), [](const Alias* a, const Alias* b) {
        return std::tie(a->space, a->name) < std::tie(b->space, b->name);
    });
    last = "-";
    for (const Alias* alias : aliases) {
        space.enter(alias->space);
        if (std::exchange(last, alias->space) != alias->space) out += "\n";
        out += "using " + alias->name + " = " + alias->type + ";\n";
    }
    space.leave();
    return out;
}

}  // namespace

std::string remarks(const Model& model, const Struct& made, const Member& member, bool in_struct) {
    std::vector<std::string> words;
    if (in_struct && member.name != member.json_name) words.push_back("\"" + member.json_name + "\"");
    if (member.required) words.emplace_back("required");
    if (member.text == "any_string") words.emplace_back("any scalar, as text");
    if (member.text == "quantity") words.emplace_back("quantity");
    if (member.text == "time") words.emplace_back("RFC 3339");
    if (member.text == "bytes") words.emplace_back("base64");
    if (!member.values.empty()) words.push_back((in_struct ? "" : "one of model::") + member.values);
    if (std::string_view unit = unit_of(made, member); !unit.empty()) words.emplace_back(unit);
    // What came or went with its struct is said there.
    if (member.releases != made.releases)
        if (std::string text = when(model, member.releases); !text.empty()) words.push_back(text);
    if (!member.replacement.empty()) words.push_back("use " + member.replacement);
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string when(const Model& model, Span releases) {
    std::string text;
    if (releases.first != 0) text = "since " + model.releases[releases.first];
    if (releases.last + 1 != model.releases.size())
        text += (text.empty() ? "until " : ", until ") + model.releases[releases.last];
    return text;
}

std::vector<std::string> storage_types(const Model& model, unit home) {
    // What lib/core instantiates already.
    std::set<std::string> seen{"str", "list<str>", "json", "map_entry<str>", "map_entry<json>"};
    std::vector<std::string> types;
    const auto full = [](std::string name, const Member& member) {
        // Core types keep their names, structs get theirs in full.
        const auto at = member.definition.empty() ? std::string::npos : name.find_last_of('<');
        if (member.definition.empty()) return name;
        return at == std::string::npos ? "model::" + name
                                       : name.substr(0, at + 1) + "model::" + name.substr(at + 1);
    };
    for (unit each : all_units) {
        for (const Struct& made : model.structs) {
            if (made.home != each) continue;
            for (const Member& member : made.members) {
                if (member.shape == Member::form::value || member.shape == Member::form::object) continue;
                std::string type = full(member.element_full, member);
                // The storage of an outer list needs that of the lists inside.
                std::string inner = type;
                for (bool is_map = member.shape == Member::form::map;;) {
                    const std::string name = is_map ? "map_entry<" + inner + ">" : inner;
                    if (seen.insert(name).second && each == home) types.push_back(name);
                    if (inner.starts_with("list<"))
                        is_map = false, inner = inner.substr(5, inner.size() - 6);
                    else if (inner.starts_with("map<"))
                        is_map = true, inner = inner.substr(4, inner.size() - 5);
                    else
                        break;
                }
            }
        }
        if (each == home) break;
    }
    std::sort(types.begin(), types.end());
    return types;
}

/// The class templates of which the library holds the code for the structs of one header.
static std::vector<std::string> instantiations(const Model& model, unit home) {
    std::vector<std::string> types;
    for (const std::string& type : storage_types(model, home)) types.push_back("storage<" + type + ">");
    std::set<std::string> bodies;
    for (unit each : all_units) {
        for (const Struct& made : model.structs)
            if (made.home == each && made.has_body && bodies.insert(body_of(made, true)).second &&
                each == home)
                types.push_back("body_code<" + body_of(made, true) + ">");
        if (each == home) break;
    }
    return types;
}

void emit_structs(Files& files, const Model& model, const std::string& banner) {
    files[std::string(header_folder) + "fwd.hpp"] = forward_declarations(model, banner);
    std::string before = "fwd";
    for (unit home : all_units) {
        std::string out = banner + "#pragma once\n\n#include <tiphys/model/generated/" + before + ".hpp>\n";
        if (home == unit::workflow) out += "#include <tiphys/model/object_body.hpp>\n";
        Space space(out);
        for (const Struct& made : model.structs) {
            if (made.home != home) continue;
            space.enter(made.space);
            add_struct(out, model, made);
        }
        space.leave();
        const auto types = instantiations(model, home);
        if (!types.empty()) {
            out += "\nnamespace tiphys::detail {\n\n";
            for (const std::string& type : types) out += "extern template struct " + type + ";\n";
            out += "\n}  // namespace tiphys::detail\n";
        }
        files[std::string(header_folder) + std::string(name_of(home)) + ".hpp"] = out;
        before = name_of(home);
    }
}

void emit_storage(Files& files, const Model& model, const std::string& banner) {
    constexpr std::size_t per_file = 60;
    for (unit home : all_units) {
        const auto types = instantiations(model, home);
        for (std::size_t at = 0, n = 1; at < types.size(); at += per_file, ++n) {
            const std::string name(name_of(home));
            std::string out = banner + "#include <tiphys/model/generated/" + name +
                              ".hpp>\n\nnamespace tiphys::detail {\n\n";
            for (std::size_t i = at; i < std::min(at + per_file, types.size()); ++i)
                out += "template struct " + types[i] + ";\n";
            files[std::string(source_folder) + "storage_" + name + "_" + std::to_string(n) + ".cpp"] =
                out + "\n}  // namespace tiphys::detail\n";
        }
    }
}

}  // namespace tiphys::generator
