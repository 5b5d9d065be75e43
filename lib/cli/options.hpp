// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tiphys::cli {

struct RunOptions {
    std::string file = {};  ///< "-": standard input
    std::vector<std::pair<std::string, std::string>> parameters = {};
    std::string entrypoint = {};
    std::string name = {};
    std::string generate_name = {};
    std::string directory = {};
    unsigned parallelism = 0;
    bool quiet = false;
};

struct ServeOptions {
    std::uint16_t port = 2746;
    std::string directory;
    unsigned parallelism = 0;
};

struct ConvertOptions {
    bool to_json = false;                  ///< else to YAML
    bool to_cpp = false;                   ///< else to JSON or YAML
    bool program = false;                  ///< C++: a whole program instead of a header
    bool yaml = false;                     ///< C++: the program prints YAML instead of JSON
    std::string name_space = "workflows";  ///< C++: where the recipes lie
    /// "-": standard input, which is also read when there is none.
    std::vector<std::string> files = {};
};

enum class LintFormat : std::uint8_t { text, json, github };

struct LintOptions {
    std::vector<std::string> files = {};  ///< files, folders, or "-": standard input
    LintFormat format = LintFormat::text;
    std::string argo_version = {};  ///< the release to judge for; empty: the newest
    std::vector<std::string> disabled = {};
    bool create = false;
};

struct VersionOptions {};

/// What the command line says, or the exit status when there is nothing to do: help was printed (0), or it
/// could not be understood (2, and the error says why).
using Command = std::variant<int, RunOptions, ServeOptions, ConvertOptions, LintOptions, VersionOptions>;
Command parse(int argc, const char* const* argv, std::ostream& out, std::ostream& error);

/// Process exit statuses.
inline constexpr int exit_succeeded = 0, exit_failed = 1, exit_usage = 2, exit_interrupted = 130;

}  // namespace tiphys::cli
