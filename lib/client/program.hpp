// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace tiphys::client_detail {

/// What a program printed before it ended with success.
struct ProgramOutput {
    std::string out;
};

struct NoSuchProgram : std::runtime_error {
    NoSuchProgram() : runtime_error("there is no such program (check PATH)") {}
};

/// Runs a program to its end in the calling thread: without a shell, with an empty standard input, in a
/// process group of its own. When it has ended, or `stop` is requested, nothing of the group is left.
/// `environment` is added to that of this process.
///
/// Preconditions: `command` is not empty.
/// Errors: throws std::runtime_error with what is wrong: it cannot be run, fails (with its last words on
/// standard error), is stopped, or prints more than 1 MiB.
ProgramOutput run_program(const std::vector<std::string>& command,
                          const std::vector<std::pair<std::string, std::string>>& environment,
                          const std::stop_token& stop);

}  // namespace tiphys::client_detail
