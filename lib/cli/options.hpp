// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/cli/cli.hpp>

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <optional>
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

/// Which files of a folder are meant: patterns of `*` and `?`, matched with a file's name, or, where they
/// hold a slash, with its path below the folder (`**` then stands for any folders).
struct FileChoice {
    std::vector<std::string> include = {};  ///< none: all that end in .yaml, .yml or .json
    std::vector<std::string> exclude = {};
};

struct ConvertCommand {
    bool to_json = false;                  ///< else to YAML
    bool to_cpp = false;                   ///< else to JSON or YAML
    bool program = false;                  ///< C++: a whole program instead of a header
    bool yaml = false;                     ///< C++: the program prints YAML instead of JSON
    std::string name_space = "workflows";  ///< C++: where the recipes lie
    /// "-": standard input, which is also read when there is none. Folders only with `output`.
    std::vector<std::string> files = {};
    std::string output = {};  ///< folder for a file for each input; empty: standard output
    bool recursive = false;   ///< folders within folders too
    bool flatten = false;     ///< all files in `output` itself
    FileChoice choice = {};
};

struct LintCommand {
    std::vector<std::string> files = {};  ///< files, folders, or "-": standard input
    LintOptions how = {};
};

struct GraphCommand {
    std::string file = {};  ///< "-": standard input
    std::string name = {};  ///< of the document, where the file holds several
    bool mermaid = false;   ///< else for Graphviz
};

/// How the server is found; what is not given comes from ARGO_SERVER and the like.
struct ServerFlags {
    std::string argo_server = {};
    std::optional<std::string> name_space = {};
    std::string base_href = {};
    std::optional<bool> secure = {};
    bool insecure_skip_verify = false;
    std::string token_file = {};
    std::string certificate_authority = {};
    std::string client_certificate = {};
    std::string client_key = {};
    std::string kubeconfig = {};
};

struct DiffCommand {
    std::string before = {};
    std::string after = {};
    bool json = false;
};

struct SubmitCommand {
    std::vector<std::string> files = {};
    std::string from = {};  ///< "workflowtemplate/NAME": what the server stores, instead of files
    Overrides overrides = {};
    ServerFlags server = {};
    SubmitOptions how = {};  ///< without the client's
};

enum class ListFormat : std::uint8_t { table, wide, name, json, yaml };

struct ListCommand {
    ServerFlags server = {};
    bool all_namespaces = false;
    std::string selector = {};
    std::vector<std::string> phases = {};
    std::chrono::seconds since{0};  ///< 0: of any age
    std::size_t limit = 0;          ///< 0: all
    ListFormat format = ListFormat::table;
};

struct GetCommand {
    ServerFlags server = {};
    std::string name = {};
    std::optional<Format> format = {};  ///< none: the tree
};

struct LogsCommand {
    ServerFlags server = {};
    std::string name = {};
    std::string pod = {};  ///< of a pod, or of a node; empty: all
    std::string container = "main";
    bool follow = false;
    bool timestamps = false;
    std::optional<std::int64_t> tail = {};
    std::chrono::seconds since{0};
    std::string grep = {};
};

struct WatchCommand {
    ServerFlags server = {};
    std::string name = {};
    bool log = false;
};

struct WaitCommand {
    ServerFlags server = {};
    std::vector<std::string> names = {};
    std::chrono::seconds timeout{0};
};

/// What is done to workflows by their names.
struct ActCommand {
    enum class Verb : std::uint8_t { stop, terminate, suspend, resume, retry, resubmit, remove };

    Verb verb = Verb::stop;
    ServerFlags server = {};
    std::vector<std::string> names = {};
    std::string message = {};                                          ///< stop
    std::string node_field_selector = {};                              ///< stop, resume, retry
    bool restart_successful = false;                                   ///< retry
    std::vector<std::pair<std::string, std::string>> parameters = {};  ///< retry, resubmit
    bool memoized = false;                                             ///< resubmit
    bool force = false;                                                ///< delete
};

struct VersionCommand {};

/// What the command line says, or the exit status when there is nothing to do: help was printed (0), or it
/// could not be understood (2, and the error says why).
using Command = std::variant<int, RunCommand, ServeCommand, ConvertCommand, LintCommand, DiffCommand,
                             GraphCommand, SubmitCommand, ListCommand, GetCommand, LogsCommand, WatchCommand,
                             WaitCommand, ActCommand, VersionCommand>;
Command parse(int argc, const char* const* argv, std::ostream& out, std::ostream& error);

}  // namespace tiphys::cli
