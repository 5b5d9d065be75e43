// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <string>

namespace tiphys::bench {

/// An HTTP server that gives every request the same small answer: the least that both clients can be measured
/// against. It runs in a process of its own on loopback, so that its work is not counted as theirs, and goes
/// with the value.
///
/// Errors: std::system_error if it cannot be started.
class AnswerServer {
public:
    explicit AnswerServer(const std::string& body);
    ~AnswerServer();
    AnswerServer(const AnswerServer&) = delete;
    AnswerServer& operator=(const AnswerServer&) = delete;

    /// "127.0.0.1:PORT"
    const std::string& address() const noexcept { return address_; }

private:
    pid_t child_ = -1;
    std::string address_;
};

}  // namespace tiphys::bench
