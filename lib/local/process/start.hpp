// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/local/process/sandbox.hpp>
#include <tiphys/local/process/spec.hpp>

#include <sys/types.h>

#include <string>
#include <vector>

#include "descriptor.hpp"

namespace tiphys::local::process {

/// A process that runs, or why it does not.
struct Started {
    pid_t pid = 0;
    Descriptor process;  ///< pidfd
    Descriptor out;      ///< reading end, does not block
    Descriptor err;
    Descriptor helper;  ///< bubblewrap's account of the process, does not block; absent without bubblewrap
    std::string error;
    int code = 0;
};

/// Starts `spec` from the calling thread, to which the process's life is tied. `environment` is the whole
/// environment, as environment_of gives it. A sandbox is used only with Isolation::private_files.
Started start(const ProcessSpec& spec, const std::vector<std::string>& environment, const Sandbox& sandbox);

/// Makes and leaves a file system of its own without running a program: says what fails, or nothing.
std::string try_namespaces(bool user_namespace);

/// Waits for a started process and forgets it. False when someone else has reaped it.
bool reap(pid_t id, int process, int& code, int& signal);

/// Children that have been started and not reaped.
std::size_t live_children() noexcept;

}  // namespace tiphys::local::process
