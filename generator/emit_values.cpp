// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "emit.hpp"

namespace tiphys::generator {
namespace {

void add_struct(std::string& out, const Values& made) {
    out += "\n/// Values of";
    for (std::size_t i = 0; i < made.users.size(); ++i) out += (i == 0 ? " " : ", ") + made.users[i];
    out += ". The members are text: a release may add values.\nstruct " + made.name + " {\n";
    std::string all;
    for (const auto& [name, text] : made.constants) {
        out += "    static constexpr std::string_view " + name + " = \"" + text + "\";\n";
        all += (all.empty() ? "" : ", ") + name;
    }
    out += "    static constexpr std::string_view all[] = {" + all + "};\n};\n";
}

}  // namespace

void emit_values(Files& files, const Model& model, const std::string& banner) {
    std::vector<const Values*> sorted;
    for (const Values& made : model.values) sorted.push_back(&made);
    // Not stable_sort: libstdc++ 12 builds it on a function that clang calls deprecated.
    std::sort(sorted.begin(), sorted.end(), [](const Values* a, const Values* b) {
        return a->space != b->space ? a->space < b->space : a < b;
    });
    std::string out = banner + "#pragma once\n\n#include <string_view>\n";
    std::string open;
    for (const Values* made : sorted) {
        const std::string space = full_namespace(made->space);
        if (space != open) {
            if (!open.empty()) out += "\n}  // namespace " + open + "\n";
            open = space;
            out += "\nnamespace " + open + " {\n";
        }
        add_struct(out, *made);
    }
    if (!open.empty()) out += "\n}  // namespace " + open + "\n";
    files[std::string(header_folder) + "values.hpp"] = out;
}

}  // namespace tiphys::generator
