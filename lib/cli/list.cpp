// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/client.hpp>

#include <algorithm>
#include <ctime>
#include <ostream>

#include "commands.hpp"
#include "connect.hpp"
#include "print.hpp"
#include "table.hpp"
#include "terminal.hpp"

namespace tiphys::cli {
namespace {

std::string_view phase_of(const model::Workflow& workflow) {
    const std::string_view phase = tiphys::phase(workflow);
    return phase.empty() ? "Pending" : phase;
}

/// What the server can leave out. Pending ones may have no label yet, so all are fetched where they count.
std::string selector_of(const ListCommand& command) {
    std::string made = command.selector;
    const auto& phases = command.phases;
    if (phases.empty() || std::find(phases.begin(), phases.end(), "Pending") != phases.end()) return made;
    made += made.empty() ? "workflows.argoproj.io/phase in (" : ",workflows.argoproj.io/phase in (";
    for (std::size_t i = 0; i < phases.size(); ++i) made += (i == 0 ? "" : ",") + phases[i];
    return made + ")";
}

/// The parts that a table shows; whole workflows may be large.
const char* fields_of(ListFormat format) {
    switch (format) {
        case ListFormat::json:
        case ListFormat::yaml: return "";
        case ListFormat::wide:
            return "metadata,items.metadata,items.spec.arguments,items.spec.entrypoint,"
                   "items.status.phase,items.status.message,items.status.progress,"
                   "items.status.startedAt,items.status.finishedAt";
        default:
            return "metadata,items.metadata,items.status.phase,items.status.message,items.status.progress,"
                   "items.status.startedAt,items.status.finishedAt";
    }
}

/// The ones that are meant, the newest first; of the same second in the order of their names.
void choose(list<model::Workflow>& items, const ListCommand& command, std::int64_t now) {
    std::vector<model::Workflow> kept;
    for (model::Workflow& one : items) {
        const auto& phases = command.phases;
        if (!phases.empty() && std::find(phases.begin(), phases.end(), phase_of(one)) == phases.end())
            continue;
        const auto made = seconds_of(one.metadata.creationTimestamp.view());
        if (command.since.count() != 0 && (!made || *made < now - command.since.count())) continue;
        kept.push_back(std::move(one));
    }
    std::sort(kept.begin(), kept.end(), [](const model::Workflow& a, const model::Workflow& b) {
        if (!(a.metadata.creationTimestamp == b.metadata.creationTimestamp))
            return a.metadata.creationTimestamp.view() > b.metadata.creationTimestamp.view();
        if (!(a.metadata.name == b.metadata.name)) return a.metadata.name.view() < b.metadata.name.view();
        return a.metadata.namespace_.view() < b.metadata.namespace_.view();
    });
    if (command.limit != 0 && kept.size() > command.limit) kept.resize(command.limit);
    items.reset();
    items.engage();
    for (model::Workflow& one : kept) items.push_back(std::move(one));
}

std::string parameters_of(const model::Workflow& workflow) {
    std::string made;
    if (workflow.spec.arguments)
        for (const auto& one : workflow.spec.arguments->parameters)
            made += (made.empty() ? "" : ",") + one.name.string() + "=" + one.value.string();
    return made;
}

}  // namespace

std::string render_list(const list<model::Workflow>& workflows, bool wide, bool namespaces,
                        const Style& style, bool terminal, std::int64_t now) {
    Table table;
    table.head = {"NAME", "STATUS", "AGE", "DURATION", "PROGRESS", "MESSAGE"};
    if (wide) table.head.insert(table.head.end() - 1, {"ENTRYPOINT", "PARAMETERS"});
    if (namespaces) table.head.insert(table.head.begin(), "NAMESPACE");
    for (const model::Workflow& one : workflows) {
        static const model::WorkflowStatus none;
        const model::WorkflowStatus& status = one.status ? *one.status : none;
        const auto made = seconds_of(one.metadata.creationTimestamp.view());
        const auto started = seconds_of(status.startedAt.view());
        const std::string_view phase = phase_of(one);
        const Look look = look_of(phase);
        std::vector<Cell> row;
        if (namespaces) row.push_back({one.metadata.namespace_.string()});
        row.push_back({one.metadata.name.string()});
        row.push_back(
            {terminal ? std::string(symbol(look, style)) + " " + std::string(phase) : std::string(phase),
             look});
        row.push_back({made ? age_text(now - *made) : ""});
        row.push_back(
            {started ? duration_text(seconds_of(status.finishedAt.view()).value_or(now) - *started) : ""});
        row.push_back({status.progress == "0/0" ? "" : status.progress.string()});
        if (wide) {
            row.push_back({one.spec.entrypoint.string()});
            row.push_back({parameters_of(one)});
        }
        row.push_back({status.message.string(), look});
        table.rows.push_back(std::move(row));
    }
    return render_table(table, style, terminal);
}

int list_workflows(const ListCommand& command, const Console& console) {
    const ClientOptions options = client_options(command.server);
    ListOptions query;
    query.all_namespaces = command.all_namespaces;
    query.label_selector = selector_of(command);
    // Kubernetes gives whole objects.
    if (options.api == ClientApi::argo_server) query.fields = fields_of(command.format);
    // In pages, as a cluster may hold thousands.
    query.limit = 500;
    model::WorkflowList found = Client(options).list(query);
    const auto now = static_cast<std::int64_t>(std::time(nullptr));
    choose(found.items, command, now);
    const bool namespaces = command.all_namespaces || options.namespace_.empty();
    if (command.format == ListFormat::json || command.format == ListFormat::yaml) {
        for (model::Workflow& one : found.items) {
            one.apiVersion = "argoproj.io/v1alpha1";
            one.kind = "Workflow";
        }
        found.apiVersion = "argoproj.io/v1alpha1";
        found.kind = "WorkflowList";
        print(console.out, {{"WorkflowList", found}},
              command.format == ListFormat::json ? Format::json : Format::yaml);
        return exit_succeeded;
    }
    if (found.items.empty()) {
        console.error << console.program << ": no such workflows in "
                      << (namespaces ? "any namespace" : "namespace " + options.namespace_) << "\n";
        return exit_succeeded;
    }
    if (command.format == ListFormat::name) {
        for (const model::Workflow& one : found.items)
            console.out << (namespaces ? one.metadata.namespace_.string() + "/" : "")
                        << one.metadata.name.string() << '\n';
    } else {
        const bool terminal = is_terminal();
        console.out << render_list(found.items, command.format == ListFormat::wide, namespaces,
                                   Style{is_utf8_locale(), terminal && wants_colour(), screen_size().second},
                                   terminal, now);
    }
    flush(console.out);
    return exit_succeeded;
}

}  // namespace tiphys::cli
