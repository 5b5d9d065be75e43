// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/cli/cli.hpp>

#include <cstdint>
#include <iosfwd>
#include <string>

#include "options.hpp"
#include "style.hpp"

/// What the `tiphys` program does. Each gives the exit status of the process; messages for people who look at
/// errors go to `error`.
namespace tiphys::cli {

/// Runs a manifest on an embedded server, and shows how it goes.
int run(const RunCommand& command, const Console& console);
/// Serves until SIGINT or SIGTERM.
int serve(const ServeCommand& command, std::ostream& out, std::ostream& error);
/// Writes manifests as JSON, as YAML or as C++.
int convert(const ConvertCommand& command, std::ostream& out);
/// Judges manifests by the rules of check/ without a server.
int lint(const LintCommand& command, std::ostream& out);
/// Says what two manifests, or a manifest and a server, differ in: 0 nothing, 1 something.
int diff(const DiffCommand& command, const Console& console);
/// Writes the graph of a document, for Graphviz or Mermaid.
int graph(const GraphCommand& command, std::ostream& out);

/// Judges the workflows of manifests and sends them to a server.
int submit(const SubmitCommand& command, const Console& console);
int list_workflows(const ListCommand& command, const Console& console);
int get(const GetCommand& command, const Console& console);
int logs(const LogsCommand& command, const Console& console);
int watch(const WatchCommand& command, const Console& console);
int wait(const WaitCommand& command, const Console& console);
/// Stops, terminates, suspends, resumes, retries or deletes; 1 where one could not be.
int act(const ActCommand& command, const Console& console);

/// What `list` prints, for a terminal or a pipe; `now` in seconds since 1970.
std::string render_list(const list<model::Workflow>& workflows, bool wide, bool namespaces,
                        const Style& style, bool terminal, std::int64_t now);
/// What `get` prints: a head, the tree, the outputs.
std::string render_workflow(const model::Workflow& workflow, const Style& style, std::int64_t now);

int version(std::ostream& out);

/// The whole program.
int main(int argc, const char* const* argv, std::ostream& out, std::ostream& error);

}  // namespace tiphys::cli
