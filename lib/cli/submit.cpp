// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/client.hpp>

#include <algorithm>
#include <ostream>

#include "commands.hpp"
#include "connect.hpp"
#include "follow.hpp"
#include "manifest.hpp"
#include "print.hpp"

namespace tiphys::cli {
namespace {

/// The namespace that the server will be asked for.
void settle_namespace(model::Workflow& workflow, const ClientOptions& client) {
    if (workflow.metadata.namespace_.empty() && !client.namespace_.empty())
        workflow.metadata.namespace_ = client.namespace_;
}

void print_answer(const Console& console, const std::vector<model::Workflow>& workflows, Format format) {
    if (format == Format::name) {
        for (const model::Workflow& one : workflows) console.out << called(one) << '\n';
        return flush(console.out);
    }
    Documents documents;
    for (const model::Workflow& one : workflows) documents.push_back(document_of(one));
    print(console.out, documents, format);
}

/// Shows each until it ends, if that is wanted.
int follow_all(const Console& console, const std::vector<model::Workflow>& workflows,
               const SubmitOptions& options) {
    if (!options.watch && !options.wait && !options.log) return exit_succeeded;
    int status = exit_succeeded;
    for (const model::Workflow& one : workflows) {
        const int outcome = follow_to_end(console, options.client, one, {options.watch, options.log, {}});
        if (outcome == exit_interrupted) return outcome;
        status = std::max(status, outcome);
    }
    return status;
}

int submit_judged(const Console& console, std::vector<model::Workflow> workflows,
                  const SubmitOptions& options) {
    for (model::Workflow& one : workflows) settle_namespace(one, options.client);
    if (options.dry_run) {
        print_answer(console, workflows, options.format);
        return exit_succeeded;
    }
    const Client client(options.client);
    CreateOptions creation;
    creation.server_dry_run = options.server_dry_run;
    std::vector<model::Workflow> made;
    try {
        for (const model::Workflow& one : workflows) made.push_back(client.create(one, creation).model());
    } catch (...) {
        // What exists by now must not stay unknown.
        print_answer(console, made, options.format);
        throw;
    }
    print_answer(console, made, options.format);
    if (options.server_dry_run) return exit_succeeded;
    return follow_all(console, made, options);
}

/// The names that argo takes for what is stored, and their kinds.
StoredRef stored_of(const std::string& from) {
    static constexpr std::pair<std::string_view, std::string_view> kinds[] = {
        {"workflowtemplate", "WorkflowTemplate"},
        {"wftmpl", "WorkflowTemplate"},
        {"clusterworkflowtemplate", "ClusterWorkflowTemplate"},
        {"cwft", "ClusterWorkflowTemplate"},
        {"cronworkflow", "CronWorkflow"},
        {"cronwf", "CronWorkflow"}};
    const std::size_t slash = from.find('/');
    if (slash != from.npos && slash + 1 < from.size())
        for (const auto& [word, kind] : kinds)
            if (std::string_view(from).substr(0, slash) == word) return {kind, from.substr(slash + 1)};
    throw UsageError("--from " + from +
                     ": write workflowtemplate/NAME, clusterworkflowtemplate/NAME or cronworkflow/NAME");
}

int submit_stored(const Console& console, const SubmitCommand& command, const SubmitOptions& how) {
    const StoredRef stored = stored_of(command.from);
    tiphys::SubmitOptions options;
    const Overrides& with = command.overrides;
    options.name = with.name;
    options.generate_name = with.generate_name;
    options.entrypoint = with.entrypoint;
    for (const auto& [name, value] : with.parameters) options.parameters.push_back({name, value});
    for (const auto& [name, value] : with.labels) options.labels.push_back({name, value});
    // Only the server knows the document: it makes what would be sent, too.
    options.dry_run = how.dry_run;
    options.server_dry_run = how.server_dry_run;
    const std::vector<model::Workflow> made{Client(how.client).submit(stored, options).model()};
    print_answer(console, made, how.format);
    if (how.dry_run || how.server_dry_run) return exit_succeeded;
    return follow_all(console, made, how);
}

}  // namespace

int submit(const Console& console, const std::vector<model::Workflow>& workflows,
           const SubmitOptions& options) {
    for (const model::Workflow& one : workflows)
        for (const std::string& warning : check(one, {}, called(one)))
            console.error << console.program << ": warning: " << warning << "\n";
    return submit_judged(console, workflows, options);
}

int submit(const SubmitCommand& command, const Console& console) {
    SubmitOptions how = command.how;
    if (!command.from.empty()) {
        how.client = client_options(command.server);
        return submit_stored(console, command, how);
    }
    std::vector<model::Workflow> workflows;
    for (const std::string& file : command.files) {
        const std::string text = read_text(file);
        for (Manifest& one : read_workflows(text, file)) {
            apply(command.overrides, one.workflow, called(file));
            for (const std::string& warning : check(one, text, file))
                console.error << console.program << ": warning: " << warning << "\n";
            workflows.push_back(std::move(one.workflow));
        }
    }
    if (workflows.size() > 1 && !command.overrides.name.empty())
        throw UsageError("--name " + command.overrides.name + ": there are " +
                         std::to_string(workflows.size()) +
                         " workflows, and each needs a name of its own; use --generate-name");
    how.client = how.dry_run ? options_for_dry_run(command.server) : client_options(command.server);
    return submit_judged(console, std::move(workflows), how);
}

}  // namespace tiphys::cli
