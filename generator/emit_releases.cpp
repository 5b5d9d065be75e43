// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "emit.hpp"

namespace tiphys::generator {
namespace {

std::string row(const Struct& made, std::string_view field, Span releases, std::string_view replacement) {
    return "    {\"" + made.definition + "\", \"" + std::string(field) + "\", " +
           std::to_string(releases.first) + ", " + std::to_string(releases.last) + ", \"" +
           std::string(replacement) + "\"},\n";
}

}  // namespace

void emit_releases(Files& files, const Model& model, const std::string& banner) {
    std::vector<const Struct*> sorted;
    for (const Struct& made : model.structs) sorted.push_back(&made);
    std::sort(sorted.begin(), sorted.end(),
              [](const Struct* a, const Struct* b) { return a->definition < b->definition; });
    std::string out = banner +
                      "#include <tiphys/model/release.hpp>\n\nnamespace tiphys::model {\nnamespace {\n\n"
                      "constexpr std::string_view names[] = {";
    for (std::size_t i = 0; i < model.releases.size(); ++i)
        out += (i == 0 ? "\"" : ", \"") + model.releases[i] + "\"";
    out += "};\n\nconstexpr release_note notes[] = {\n";
    for (const Struct* made : sorted) {
        if (made->releases != Span{0, model.releases.size() - 1}) out += row(*made, "", made->releases, "");
        // A field that came with its type needs no row of its own.
        for (const Member& member : made->members)
            if (member.releases != made->releases)
                out += row(*made, member.json_name, member.releases, member.replacement);
    }
    files[std::string(source_folder) + "releases.cpp"] =
        out +
        "};\n\n}  // namespace\n\nstd::span<const std::string_view> releases() { return names; }\n"
        "std::span<const release_note> release_notes() { return notes; }\n\n}  // namespace tiphys::model\n";
}

}  // namespace tiphys::generator
