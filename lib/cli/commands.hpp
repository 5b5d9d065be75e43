// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/cli/cli.hpp>

#include <iosfwd>

#include "options.hpp"

/// What the `tiphys` program does. Each gives the exit status of the process; messages for people who look at
/// errors go to `error`.
namespace tiphys::cli {

/// Runs a manifest on an embedded server, and shows how it goes.
int run(const RunCommand& command, const Console& console);
/// Serves until SIGINT or SIGTERM.
int serve(const ServeCommand& options, std::ostream& out, std::ostream& error);
/// Writes manifests as JSON, as YAML or as C++.
int convert(const ConvertCommand& options, std::ostream& out);
/// Judges manifests by the rules of check/ without a server.
int lint(const LintCommand& options, std::ostream& out);
int version(std::ostream& out);

/// The whole program.
int main(int argc, const char* const* argv, std::ostream& out, std::ostream& error);

}  // namespace tiphys::cli
