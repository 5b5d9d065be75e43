// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/client.hpp>

#include <ctime>
#include <ostream>

#include "commands.hpp"
#include "connect.hpp"
#include "display.hpp"
#include "print.hpp"
#include "table.hpp"
#include "terminal.hpp"
#include "tree.hpp"

namespace tiphys::cli {

std::string render_workflow(const model::Workflow& workflow, const Style& style, std::int64_t now) {
    static const model::WorkflowStatus none;
    const model::WorkflowStatus& status = workflow.status ? *workflow.status : none;
    std::string made;
    const auto add = [&made](std::string_view title, std::string_view value) {
        if (value.empty()) return;
        made += title;
        made.append(title.size() < 16 ? 16 - title.size() : 1, ' ');
        made += harmless(value) + "\n";
    };
    add("Name:", workflow.metadata.name.view());
    add("Namespace:", workflow.metadata.namespace_.view());
    add("ServiceAccount:", workflow.spec.serviceAccountName.view());
    const std::string_view phase = tiphys::phase(workflow).empty() ? "Pending" : tiphys::phase(workflow);
    made += "Status:         " + coloured(phase, look_of(phase), style) + "\n";
    add("Message:", status.message.view());
    const auto time = [&](std::string_view title, const str& text) {
        if (const auto at = seconds_of(text.view()))
            add(title, text.string() + " (" + age_text(now - *at) + " ago)");
    };
    time("Created:", workflow.metadata.creationTimestamp);
    time("Started:", status.startedAt);
    time("Finished:", status.finishedAt);
    if (const auto started = seconds_of(status.startedAt.view()))
        add("Duration:", duration_text(seconds_of(status.finishedAt.view()).value_or(now) - *started));
    add("Progress:", status.progress.view());
    if (workflow.spec.arguments && !workflow.spec.arguments->parameters.empty()) {
        made += "Parameters:\n";
        for (const auto& one : workflow.spec.arguments->parameters)
            made += "  " + harmless(one.name.view()) + " = " + harmless(one.value.view()) + "\n";
    }
    made += "\n";
    for (const std::string& line : render_tree(workflow, style, now, 100'000)) made += line + "\n";
    if (const std::string outputs = render_outputs(workflow); !outputs.empty()) made += "\n" + outputs;
    return made;
}

int get(const GetCommand& command, const Console& console) {
    const model::Workflow found = Client(client_options(command.server)).get(command.name).model();
    if (command.format == Format::name) {
        console.out << found.metadata.name.view() << '\n';
        flush(console.out);
    } else if (command.format) {
        print(console.out, {document_of(found)}, *command.format);
    } else {
        const bool terminal = is_terminal();
        // A pipe has no width; lines stay whole.
        const Style style{is_utf8_locale(), terminal && wants_colour(),
                          terminal ? std::max<std::size_t>(screen_size().second, 20) : 100'000};
        console.out << render_workflow(found, style, static_cast<std::int64_t>(std::time(nullptr)));
        flush(console.out);
    }
    return exit_succeeded;
}

}  // namespace tiphys::cli
