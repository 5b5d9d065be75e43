// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace tiphys {

/// A function could not be called, or what it gave could not be left behind: the message names the function,
/// the parameter or artifact, the value, and what was wanted.
class CallError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// What a function throws to end its process with an exit code of its own; nothing of its outputs is left. To
/// leave outputs too, return an `Outcome`.
class FunctionFailure : public std::runtime_error {
public:
    FunctionFailure(const std::string& message, int exit_code)
        : std::runtime_error(message), exit_code_(exit_code) {}

    int exit_code() const noexcept { return exit_code_; }

private:
    int exit_code_;
};

}  // namespace tiphys
