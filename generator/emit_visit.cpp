// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "emit.hpp"

namespace tiphys::generator {
namespace {

std::string visit_header(unit home) {
    return home == unit::workflow ? "visit" : "visit_" + std::string(name_of(home));
}

/// The order in which people write manifests.
std::vector<const Member*> written_order(const Struct& made) {
    constexpr std::array<std::string_view, 6> first{"apiVersion", "kind", "name",
                                                    "metadata",   "spec", "status"};
    std::vector<const Member*> order;
    for (std::string_view name : first)
        for (const Member& member : made.members)
            if (member.json_name == name) order.push_back(&member);
    for (const Member& member : made.members)
        if (std::find(first.begin(), first.end(), member.json_name) == first.end()) order.push_back(&member);
    return order;
}

void add_specialisation(std::string& out, const Struct& made) {
    const std::string type = full_name(made);
    // Keys carry their length: in a constant expression a plain literal is counted character by character.
    out += "template <>\nstruct members<" + type +
           "> {\n    template <class V>\n    static constexpr void each(V& to, const " + type +
           "& value) {\n        to.begin_object();\n";
    for (const Member* member : written_order(made))
        out += std::string("        ") +
               (member->shape == Member::form::object ? "visit_required" : "visit_member") + "(to, \"" +
               member->json_name + "\", " + std::to_string(member->json_name.size()) + ", value." +
               member->name + ");\n";
    out +=
        "        visit_unknown(to, value.unknown_fields);\n        to.end_object();\n    }\n"
        "    static void each_at_run_time(visitor& to, const " +
        type + "& value);\n};\n";
}

std::string definitions(const std::vector<const Struct*>& structs, unit home, const std::string& banner) {
    std::string out = banner + "#include <tiphys/model/generated/" + visit_header(home) +
                      ".hpp>\n\nnamespace tiphys::detail {\n\n";
    for (const Struct* made : structs)
        out += "void members<" + full_name(*made) + ">::each_at_run_time(visitor& to, const " +
               full_name(*made) + "& value) { each(to, value); }\n";
    return out + "\n}  // namespace tiphys::detail\n";
}

}  // namespace

void emit_visit(Files& files, const Model& model, const std::string& banner) {
    std::string before = "visitor";
    for (unit home : all_units) {
        std::string out = banner + "#pragma once\n\n#include <tiphys/model/generated/" +
                          std::string(name_of(home)) + ".hpp>\n#include <tiphys/model/" + before +
                          ".hpp>\n\nnamespace tiphys::detail {\n\n";
        std::vector<const Struct*> part;
        int n = 0;
        const auto close = [&] {
            if (part.empty()) return;
            files[std::string(source_folder) + visit_header(home) + "_" + std::to_string(++n) + ".cpp"] =
                definitions(part, home, banner);
            part.clear();
        };
        std::size_t members = 0;
        for (const Struct& made : model.structs) {
            if (made.home != home) continue;
            add_specialisation(out, made);
            part.push_back(&made);
            members += made.members.size();
            if (members > 400) close(), members = 0;
        }
        close();
        files[std::string(header_folder) + visit_header(home) + ".hpp"] =
            out + "\n}  // namespace tiphys::detail\n";
        before = "generated/" + visit_header(home);
    }
}

}  // namespace tiphys::generator
