// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/cli/cli.hpp>

#include <cstdint>
#include <iosfwd>
#include <string>
#include <variant>
#include <vector>

namespace tiphys::cli {

struct RunCommand {
    std::string file = {};  ///< "-": standard input
    Overrides overrides = {};
    RunOptions how = {};
};

struct ServeCommand {
    std::uint16_t port = 2746;
    std::string directory;
    unsigned parallelism = 0;
};

struct ConvertCommand {
    bool to_json = false;                  ///< else to YAML
    bool to_cpp = false;                   ///< else to JSON or YAML
    bool program = false;                  ///< C++: a whole program instead of a header
    bool yaml = false;                     ///< C++: the program prints YAML instead of JSON
    std::string name_space = "workflows";  ///< C++: where the recipes lie
    /// "-": standard input, which is also read when there is none.
    std::vector<std::string> files = {};
};

struct LintCommand {
    std::vector<std::string> files = {};  ///< files, folders, or "-": standard input
    LintOptions how = {};
};

struct VersionCommand {};

/// What the command line says, or the exit status when there is nothing to do: help was printed (0), or it
/// could not be understood (2, and the error says why).
using Command = std::variant<int, RunCommand, ServeCommand, ConvertCommand, LintCommand, VersionCommand>;
Command parse(int argc, const char* const* argv, std::ostream& out, std::ostream& error);

}  // namespace tiphys::cli
