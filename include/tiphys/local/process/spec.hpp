// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tiphys::local {

/// The two output streams of a process.
enum class Stream : unsigned char { out, err };

/// What a process has to itself.
enum class Isolation : unsigned char {
    none,          ///< it sees this machine's files as they are: the cheapest form
    private_files  ///< ProcessSpec::private_directories and ProcessSpec::mounts replace what lies at those
                   ///< paths
};

struct Sandbox;

/// A file or folder of this machine shown to the process at another path.
struct Mount {
    std::filesystem::path source;  ///< an existing file or folder
    std::string target;            ///< absolute path as the process sees it
    bool read_only = false;
};

/// How to run one process: the main container of a pod.
///
/// Units and shapes: with Isolation::private_files each path of `private_directories` is a folder of the
/// pod's own, which starts empty and hides what this machine has there; the same files lie below
/// `private_root` (see host_path). A path that this machine does not have may be private too: every existing
/// folder above it
/// (`/`, and say `/var` for `/var/result`) is then rebuilt from its entries, so that what the process adds
/// directly in such a folder is lost at its end. Such a folder may have 512 entries at most.
struct ProcessSpec {
    /// Lines longer than this arrive in pieces of this size.
    static constexpr std::size_t max_line = std::size_t{1} << 20;

    std::vector<std::string> argv;  ///< argv[0] without a slash is sought in PATH, as a shell does
    std::vector<std::pair<std::string, std::string>>
        environment;  ///< added to this program's, or instead of it
    bool inherit_environment = true;
    std::string
        working_directory;  ///< as the process sees it; empty: this program's, or `/` where that is hidden

    Isolation isolation = Isolation::none;
    std::filesystem::path private_root;            ///< made if missing; one per pod, never shared
    std::vector<std::string> private_directories;  ///< absolute, for example {"/tmp", "/mnt/out"}
    std::vector<Mount> mounts;
    std::shared_ptr<const Sandbox> sandbox;  ///< how; null: what Sandbox::probe() finds

    /// Called for each line, without its newline, in order within a stream, on the executor. Must not throw.
    std::function<void(Stream, std::string_view line)> on_line;
    std::filesystem::path log;          ///< both streams are appended as they arrive; empty: none
    std::filesystem::path out_log;      ///< standard output is appended; empty: none
    std::size_t max_captured = 262144;  ///< bytes of standard output kept for ExitStatus::captured

    std::chrono::milliseconds termination_grace{30000};  ///< between SIGTERM and SIGKILL
};

/// How a process ended, or why it never began.
struct ExitStatus {
    int code =
        0;  ///< as a shell reports it: 128 + signal when a signal ended it, 126 to 128 when not started
    int signal = 0;          ///< 0, or the signal that ended it (0 also where the sandbox's helper hides it)
    std::string error;       ///< why it could not start; empty when it ran
    std::string captured;    ///< the beginning of standard output, at most ProcessSpec::max_captured bytes
    bool truncated = false;  ///< there was more standard output than `captured` holds
    std::string log_error;   ///< the first failure to write a log; the process ran on

    bool started() const noexcept { return error.empty(); }
    bool succeeded() const noexcept { return error.empty() && code == 0; }
};

}  // namespace tiphys::local
