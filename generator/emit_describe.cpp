// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "emit.hpp"

namespace tiphys::generator {
namespace {

void add_table(std::string& out, const Struct& made) {
    const std::string full = full_name(made);
    out += "\ntemplate <>\nconst object_type& describe<" + full + ">() {\n";
    out += "    using T = " + full + ";\n";
    if (!made.members.empty()) {
        out += "    static constexpr field fields[] = {\n";
        for (const Member& member : made.members) {
            std::string type = member.type;
            if (!member.definition.empty() || member.shape != Member::form::value)
                type = "decltype(T::" + member.name + ")";
            out += "        {\"" + member.json_name + "\", offsetof(T, " + member.name + "), " +
                   (member.required ? "true" : "false") + ", text_form::" + std::string(member.text) +
                   ", &detail::type_of<" + type + ">::value" +
                   (member.values.empty() ? "" : ", model::" + member.values + "::all") + "},\n";
        }
        out += "    };\n";
    }
    out += "    static constexpr object_type table{\"" + made.definition + "\", " +
           (made.members.empty() ? "{}" : "fields") +
           ", offsetof(T, unknown_fields)};\n    return table;\n}\n";
}

}  // namespace

void emit_describe(Files& files, const Model& model, const std::string& banner) {
    std::vector<const Struct*> sorted;
    for (const Struct& made : model.structs) sorted.push_back(&made);
    std::sort(sorted.begin(), sorted.end(),
              [](const Struct* a, const Struct* b) { return a->definition < b->definition; });

    std::string header = banner +
                         "#pragma once\n\n#include <tiphys/model/descriptor.hpp>\n"
                         "#include <tiphys/model/generated/fwd.hpp>\n\nnamespace tiphys::model {\n\n";
    for (const Struct* made : sorted) {
        const std::string full = full_name(*made);
        header += "template <>\nconst object_type& describe<" + full + ">();\n";
    }
    header +=
        "\n/// The tables of all model types, sorted by definition (bytewise).\n"
        "std::span<const object_type* const> all_types();\n\n}  // namespace tiphys::model\n";
    files[std::string(header_folder) + "describe.hpp"] = header;

    constexpr std::size_t members_per_file = 400;
    std::string list;
    for (unit home : all_units) {
        std::string out;
        std::size_t members = 0;
        int n = 0;
        const std::string name(name_of(home));
        const auto close = [&] {
            if (out.empty()) return;
            files[std::string(source_folder) + "describe_" + name + "_" + std::to_string(++n) + ".cpp"] =
                out + "\n}  // namespace tiphys::model\n";
            out.clear();
            members = 0;
        };
        for (const Struct* made : sorted) {
            if (made->home != home) continue;
            if (members >= members_per_file) close();
            if (out.empty())
                out = banner + "#include <tiphys/model/generated/" + name +
                      ".hpp>\n#include <tiphys/model/generated/describe.hpp>\n"
                      "#include <tiphys/model/generated/values.hpp>\n\n"
                      "// Both compilers know the offsets of members that lie in a base class.\n"
                      "#pragma GCC diagnostic ignored \"-Winvalid-offsetof\"\n\n"
                      "namespace tiphys::model {\n";
            add_table(out, *made);
            members += made->members.size() + 1;
        }
        close();
    }
    std::string all = banner +
                      "#include <tiphys/model/generated/describe.hpp>\n\nnamespace tiphys::model {\n\n"
                      "std::span<const object_type* const> all_types() {\n"
                      "    static const object_type* const types[] = {\n";
    for (const Struct* made : sorted) {
        const std::string full = full_name(*made);
        all += "        &describe<" + full + ">(),\n";
    }
    files[std::string(source_folder) + "all_types.cpp"] =
        all + "    };\n    return types;\n}\n\n}  // namespace tiphys::model\n";
}

void emit_type_lists(Files& files, const Model& model, const std::string& banner) {
    for (unit home : all_units) {
        std::string out = banner;
        for (const Struct& made : model.structs)
            if (made.home == home) out += "TYPE(" + full_name(made) + ")\n";
        files[std::string(test_folder) + "types_" + std::string(name_of(home)) + ".inc"] = out;
    }
}

}  // namespace tiphys::generator
