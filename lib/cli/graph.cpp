// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/graph.hpp>

#include <memory>
#include <ostream>

#include "commands.hpp"
#include "manifest.hpp"
#include "option_parts.hpp"
#include "print.hpp"

namespace tiphys::cli {
namespace {

std::string drawn(const Document& document, bool mermaid) {
    return std::visit(
        [&](const auto& value) -> std::string {
            if constexpr (requires { to_dot(value); })
                return mermaid ? to_mermaid(value) : to_dot(value);
            else
                return {};
        },
        document.value);
}

Document read_one(const GraphCommand& command) {
    try {
        Documents documents = read_file(command.file);
        std::string names;
        std::size_t found = 0, chosen = 0;
        for (std::size_t i = 0; i < documents.size(); ++i) {
            if (drawn(documents[i], false).empty()) continue;
            const std::string name = name_of(documents[i]);
            if (!command.name.empty() && name != command.name) continue;
            names += (names.empty() ? "" : ", ") + name;
            if (++found == 1) chosen = i;
        }
        if (found == 1) return std::move(documents[chosen]);
        const std::string where = called(command.file);
        if (found > 1)
            throw UsageError(where + " holds several documents that have a graph (" + names +
                             "): choose one of different names with --name");
        throw UsageError(where + ": no Workflow, WorkflowTemplate, ClusterWorkflowTemplate or CronWorkflow" +
                         (command.name.empty() ? "" : " is called " + command.name));
    } catch (const ReadError& error) {
        throw UsageError(error.what());
    }
}

}  // namespace

void offer_graph(CLI::App& app, Offers& offers) {
    struct Words {
        GraphCommand graph;
        std::string format = "dot";
    };
    const auto words = std::make_shared<Words>();
    CLI::App* command = app.add_subcommand("graph", "Write the graph of a document, for Graphviz or Mermaid");
    command->add_option("FILE", words->graph.file, "Manifest, YAML or JSON; - reads standard input")
        ->required();
    command->add_option("--format", words->format, "Language of the graph: dot or mermaid")
        ->check(CLI::IsMember({"dot", "mermaid"}))
        ->capture_default_str();
    command->add_option("--name", words->graph.name, "Name of the document, where the file holds several");
    offers.push_back({command, [words] {
                          words->graph.mermaid = words->format == "mermaid";
                          return words->graph;
                      }});
}

int graph(const GraphCommand& command, std::ostream& out) {
    out << drawn(read_one(command), command.mermaid);
    flush(out);
    return exit_succeeded;
}

}  // namespace tiphys::cli
