// SPDX-License-Identifier: Apache-2.0
#include "print.hpp"

#include <tiphys/cli/cli.hpp>
#include <tiphys/model/generated/visit.hpp>

#include <ostream>

namespace tiphys::cli {
namespace {

std::string name_of(const model::k8s::ObjectMeta& metadata) {
    return std::string(metadata.name.value_or(metadata.generateName));
}

}  // namespace

std::string name_of(const Document& document) {
    return std::visit(
        []<class T>(const T& value) -> std::string {
            if constexpr (requires { value.metadata.generateName; }) {
                return name_of(value.metadata);
            } else if constexpr (std::is_same_v<T, json>) {
                const json* metadata = value.is_object() ? value.find("metadata") : nullptr;
                for (const char* member : {"name", "generateName"})
                    if (const json* name =
                            metadata != nullptr && metadata->is_object() ? metadata->find(member) : nullptr)
                        return name->as_text().string();
            }
            return {};
        },
        document.value);
}

Document document_of(model::Workflow workflow) {
    workflow.apiVersion = "argoproj.io/v1alpha1";
    workflow.kind = "Workflow";
    return {"Workflow", std::move(workflow)};
}

void flush(std::ostream& out) {
    if (!out.flush()) throw std::runtime_error("cannot write to standard output");
}

void print(std::ostream& out, const Documents& documents, Format format) {
    if (format == Format::json) {
        out << to_pretty_json(documents);
    } else if (format == Format::yaml) {
        out << to_yaml(documents);
    } else {
        for (const Document& document : documents) out << document.kind << ' ' << name_of(document) << '\n';
    }
    flush(out);
}

}  // namespace tiphys::cli
