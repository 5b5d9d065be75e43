// SPDX-License-Identifier: Apache-2.0
#include "manifest.hpp"

#include <tiphys/check/validate.hpp>
#include <tiphys/text/documents.hpp>

#include <filesystem>

namespace tiphys::cli {
namespace {

std::string called(const std::string& file) { return file == "-" ? "standard input" : file; }

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

void apply(const RunOptions& options, model::Workflow& workflow) {
    for (const auto& [name, value] : options.parameters) {
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
    if (!options.entrypoint.empty()) workflow.spec.entrypoint = options.entrypoint;
    if (!options.name.empty()) {
        workflow.metadata.name = options.name;
        workflow.metadata.generateName.reset();
    }
    if (!options.generate_name.empty()) {
        workflow.metadata.generateName = options.generate_name;
        workflow.metadata.name.reset();
    }
    if (workflow.metadata.name.empty() && workflow.metadata.generateName.empty())
        throw UsageError(
            called(options.file) +
            ": the workflow has no name: add metadata.name or metadata.generateName, or use --name");
}

std::vector<std::string> check(const model::Workflow& workflow, std::string_view text,
                               const std::string& name) {
    std::vector<std::string> warnings;
    std::string errors;
    for (const Diagnostic& one : validate(workflow)) {
        const str path = one.location;
        const Location place = locate(text, path);
        std::string line = called(name);
        if (place.line != 0) line += ":" + std::to_string(place.line);
        line += ": " + one.message.string() + " (" + std::string(one.rule->id) + " at " + path.string() + ")";
        if (one.rule->severity == Severity::warning)
            warnings.push_back(std::move(line));
        else
            errors += (errors.empty() ? "" : "\n") + line;
    }
    if (!errors.empty()) throw UsageError(errors);
    return warnings;
}

}  // namespace tiphys::cli
