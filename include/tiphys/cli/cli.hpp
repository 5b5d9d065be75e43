// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/options.hpp>
#include <tiphys/local/engine_options.hpp>
#include <tiphys/text/documents.hpp>

#include <functional>
#include <iosfwd>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// What the `tiphys` program does, for programs that hold their workflows themselves. Functions give the exit
/// status of a process; `guarded` turns what they throw into a message and a status.
namespace tiphys::cli {

/// Process exit statuses.
inline constexpr int exit_succeeded = 0, exit_failed = 1, exit_usage = 2, exit_interrupted = 130;

/// What a user has to change before the command can do its work. `what()` names thing, place and remedy; it
/// may have several lines.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Where a command writes. Whether standard output is a terminal decides on trees and colours.
///
/// Object lifetimes: the streams must outlive it.
struct Console {
    std::ostream& out;               ///< what was asked for
    std::ostream& error;             ///< messages for people
    std::string program = "tiphys";  ///< begins each message
};

/// Calls `action`, and says what it throws: a UsageError or InvalidWorkflow is status 2, else it is 1.
int guarded(const Console& console, const std::function<int()>& action);

/// What a command line says in place of the manifest.
struct Overrides {
    std::vector<std::pair<std::string, std::string>> parameters = {};  ///< of spec.arguments; the last counts
    std::vector<std::pair<std::string, std::string>> labels = {};
    std::string entrypoint = {};
    std::string name = {};
    std::string generate_name = {};
};

/// Puts them into the workflow, which `called` names in messages.
///
/// Errors: UsageError for a parameter that the workflow does not have, or a workflow without any name.
void apply(const Overrides& overrides, model::Workflow& workflow, const std::string& called);

struct RunOptions {
    local::EngineOptions engine = {};
    bool quiet = false;  ///< does not print what the pods print
};

/// Runs the workflow on an embedded server and shows how it goes, until it ends or SIGINT or SIGTERM comes:
/// then its processes are ended. At the end come the output parameters and the folder of the logs.
///
/// Preconditions: neither signal has a handler that must stay.
/// Errors: UsageError for a workflow with mistakes, `std::system_error` where no server can be had.
int run(const Console& console, const model::Workflow& workflow, const RunOptions& options = {});

/// How documents are printed.
enum class Format : std::uint8_t { name, json, yaml };

struct SubmitOptions {
    ClientOptions client = {};
    bool watch = false;           ///< shows how it goes until it ends
    bool wait = false;            ///< waits for the end in silence
    bool log = false;             ///< prints what the pods print, until it ends
    bool dry_run = false;         ///< prints what would be sent, and sends nothing
    bool server_dry_run = false;  ///< the server checks and completes, and creates nothing
    Format format = Format::name;
};

/// Judges the workflows, then creates them on the server and prints their names (or what the server made of
/// them). With `watch`, `wait` or `log` the status is that of the outcome: 1 where one has not succeeded. A
/// signal ends the waiting, not the workflow.
///
/// Errors: UsageError for a workflow with mistakes (nothing was sent then), ClientError.
int submit(const Console& console, const std::vector<model::Workflow>& workflows,
           const SubmitOptions& options);

enum class LintFormat : std::uint8_t { text, json, github };

struct LintOptions {
    LintFormat format = LintFormat::text;
    std::string argo_version = {};           ///< the release to judge for; empty: the newest
    std::vector<std::string> disabled = {};  ///< rules that are not applied
    bool create = false;                     ///< as the server does when a workflow is created
};

/// Judges documents as one set, in which templates refer to each other, and prints what is wrong with them.
/// They are called by their names.
///
/// Errors: UsageError for a release or a rule that does not exist.
int lint(const Console& console, const Documents& documents, const LintOptions& options = {});

/// Prints documents, one after the other; of Format::name the kind and the name of each, a line each.
///
/// Errors: `std::runtime_error` where the stream does not take them.
void print(std::ostream& out, const Documents& documents, Format format);

}  // namespace tiphys::cli
