// SPDX-License-Identifier: Apache-2.0
#include "manifest.hpp"

#include <tiphys/check/validate.hpp>
#include <tiphys/text/documents.hpp>

#include <algorithm>
#include <filesystem>

namespace tiphys::cli {
namespace {

ReadOptions options_for(const std::string& name) {
    ReadOptions made;
    made.name = called(name);
    return made;
}

/// The kinds that Argo has beside Workflow.
bool is_argo_kind(std::string_view kind) {
    for (const char* one : {"WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow",
                            "WorkflowEventBinding", "WorkflowTaskSet", "WorkflowArtifactGCTask"})
        if (kind == one) return true;
    return false;
}

void require_workflow(const json& document, const std::string& name) {
    if (!document.is_object())
        throw UsageError(called(name) +
                         ": no workflow in it: a manifest is an object that begins with `apiVersion: "
                         "argoproj.io/v1alpha1` and `kind: Workflow`");
    const json* kind = document.find("kind");
    if (kind == nullptr || !kind->is_string() || kind->as_text().empty())
        throw UsageError(called(name) + ": it does not say its kind; add `kind: Workflow`");
    const std::string text = kind->as_text().string();
    if (is_argo_kind(text))
        throw UsageError(called(name) + ": it holds a " + text +
                         ", and `tiphys run` runs documents of kind Workflow only");
    if (text != "Workflow")
        throw UsageError(called(name) + ": kind " + text +
                         " is not one of Argo's; `tiphys run` takes kind Workflow");
    const json* version = document.find("apiVersion");
    if (version != nullptr && !(version->as_text() == "argoproj.io/v1alpha1"))
        throw UsageError(called(name) + ": apiVersion " + version->as_text().string() +
                         " is not one that this program knows; write argoproj.io/v1alpha1");
}

std::string list_of(const list<model::Parameter>& parameters) {
    std::string made;
    for (const auto& one : parameters) made += (made.empty() ? "" : ", ") + one.name.string();
    return made;
}

void add(std::vector<Manifest>& to, const Document& document, const std::string& name, std::size_t line,
         const std::string& at) {
    if (const auto* one = std::get_if<model::Workflow>(&document.value)) {
        to.push_back({*one, line, at});
    } else if (const auto* many = std::get_if<model::WorkflowList>(&document.value)) {
        for (std::size_t i = 0; i < many->items.size(); ++i)
            to.push_back({many->items[i], line, at + "items[" + std::to_string(i) + "]."});
    } else if (const auto* list = std::get_if<DocumentList>(&document.value)) {
        for (std::size_t i = 0; i < list->items.size(); ++i)
            add(to, list->items[i], name, line, at + "items[" + std::to_string(i) + "].");
    } else {
        throw UsageError(called(name) + ":" + std::to_string(line) + ": " +
                         (document.kind.empty() ? "a document that does not say its kind"
                                                : "a document of kind " + document.kind) +
                         "; only documents of kind Workflow can be submitted");
    }
}

}  // namespace

std::string read_text(const std::string& file) {
    std::error_code ignored;
    if (file != "-" && std::filesystem::is_directory(file, ignored))
        throw UsageError(file + ": is a folder; name a manifest in it");
    try {
        return tiphys::read_text(file);
    } catch (const ReadError& error) {
        throw UsageError(called(file) + ": " + error.reason);
    }
}

model::Workflow read_workflow(std::string_view text, const std::string& name) {
    try {
        require_workflow(read_yaml<json>(text, options_for(name)), name);
        return read_yaml<model::Workflow>(text, options_for(name));
    } catch (const ReadError& error) {
        throw UsageError(error.what());
    }
}

std::vector<Manifest> read_workflows(std::string_view text, const std::string& name) {
    std::vector<Manifest> made;
    try {
        for (const Document& document : read_documents(text, called(name)))
            add(made, document, name, document.line, "");
    } catch (const ReadError& error) {
        throw UsageError(error.what());
    }
    if (made.empty()) throw UsageError(called(name) + ": no workflow in it");
    return made;
}

void apply(const Overrides& overrides, model::Workflow& workflow, const std::string& called) {
    for (const auto& [name, value] : overrides.parameters) {
        model::Parameter* found = nullptr;
        if (workflow.spec.arguments)
            for (auto& one : workflow.spec.arguments->parameters)
                if (one.name == name) found = &one;
        if (found == nullptr) {
            const std::string known =
                workflow.spec.arguments ? list_of(workflow.spec.arguments->parameters) : std::string();
            throw UsageError(
                "-p " + name + "=" + value + ": the workflow has no parameter `" + name + "`; " +
                (known.empty() ? "it has none (spec.arguments.parameters)" : "it has: " + known));
        }
        found->value = value;
        found->valueFrom.reset();
    }
    for (const auto& [name, value] : overrides.labels) workflow.metadata.labels[name] = value;
    if (!overrides.entrypoint.empty()) workflow.spec.entrypoint = overrides.entrypoint;
    if (!overrides.name.empty()) {
        workflow.metadata.name = overrides.name;
        workflow.metadata.generateName.reset();
    }
    if (!overrides.generate_name.empty()) {
        workflow.metadata.generateName = overrides.generate_name;
        workflow.metadata.name.reset();
    }
    if (workflow.metadata.name.empty() && workflow.metadata.generateName.empty())
        throw UsageError(
            called + ": the workflow has no name: add metadata.name or metadata.generateName, or use --name");
}

std::string called(const std::string& file) { return file == "-" ? "standard input" : file; }

std::string called(const model::Workflow& workflow) {
    return std::string(workflow.metadata.name.value_or(workflow.metadata.generateName.value_or("workflow")));
}

std::vector<std::string> check(const model::Workflow& workflow, std::string_view text,
                               const std::string& name) {
    return check(Manifest{workflow}, text, name);
}

std::vector<std::string> check(const Manifest& manifest, std::string_view text, const std::string& name) {
    // Of the text that begins with the document.
    for (std::size_t i = 1; i < manifest.line && !text.empty(); ++i)
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    std::vector<std::string> warnings;
    std::string errors;
    for (const Diagnostic& one : validate(manifest.workflow)) {
        const std::string path = manifest.at + one.location.string();
        const Location place = text.empty() ? Location() : locate(text, path);
        std::string line = called(name);
        if (place.line != 0) line += ":" + std::to_string(place.line + manifest.line - 1);
        line += ": " + one.message.string() + " (" + std::string(one.rule->id) + " at " + path + ")";
        if (one.rule->severity == Severity::warning)
            warnings.push_back(std::move(line));
        else
            errors += (errors.empty() ? "" : "\n") + line;
    }
    if (!errors.empty()) throw UsageError(errors);
    return warnings;
}

}  // namespace tiphys::cli
