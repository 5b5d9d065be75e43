// SPDX-License-Identifier: Apache-2.0
#include "emit.hpp"

namespace tiphys::generator {

void emit_operations(Files& files, const Schema& schema, const std::string& banner) {
    std::string out =
        banner +
        "#pragma once\n\n#include <tiphys/model/operation.hpp>\n\nnamespace tiphys::model::generated {\n";
    out += "\ninline constexpr std::string_view argo_release = \"" + schema.release + "\";\n";
    out += "\n// Names of query parameters, as sent.\n";
    for (const auto& [id, operation] : schema.operations) {
        if (operation.query.empty()) continue;
        out += "inline constexpr std::string_view query_" + id + "[] = {\n";
        for (const auto& [name, fact] : operation.query) out += "    \"" + name + "\",\n";
        out += "};\n";
    }
    out += "\n// Sorted by id (bytewise).\ninline constexpr operation operations[] = {\n";
    for (const auto& [id, operation] : schema.operations) {
        out += "    {\"" + id + "\", \"" + operation.method + "\",\n     \"" + operation.path + "\", " +
               (operation.query.empty() ? "{}" : "query_" + id) + ",\n     \"" + operation.body + "\", \"" +
               operation.response + "\", " + (operation.stream ? "true" : "false") + "},\n";
    }
    out += "};\n\n}  // namespace tiphys::model::generated\n";
    files[std::string(header_folder) + "operations.hpp"] = out;
}

}  // namespace tiphys::generator
