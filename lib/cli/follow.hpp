// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/cli/cli.hpp>
#include <tiphys/client/operation_options.hpp>
#include <tiphys/client/submitted_workflow.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>

#include "display.hpp"

namespace tiphys {
class Client;
}

namespace tiphys::cli {

/// The display for standard output: a tree on a terminal, else a line for each change.
std::unique_ptr<Display> display_for(std::ostream& out);

struct FollowOptions {
    ClientOptions client;
    std::optional<LogOptions> logs = {};  ///< what the pods print
    bool to_end = true;                   ///< of the workflow; else to the end of the logs
    bool embedded = false;  ///< the server is this program: where requests go is nobody's business
    std::chrono::milliseconds timeout{0};  ///< 0: none
};

struct Followed {
    SubmittedWorkflow workflow;  ///< as it was last seen; without a name when it was not had at all
    int signal = 0;              ///< what ended it before the workflow had
    bool complained = false;     ///< the console has been told of an error
};

/// Creates or gets the workflow that is followed.
using Begin = std::function<boost::asio::awaitable<SubmittedWorkflow>(const Client&)>;

/// Begins, and feeds the display until the workflow has ended or SIGINT or SIGTERM comes. What goes wrong is
/// told to the console.
Followed follow(const Console& console, const FollowOptions& options, Display& display, Begin begin);

struct Showing {
    bool tree = false;   ///< the nodes as they change
    bool lines = false;  ///< what the pods print
    std::chrono::milliseconds timeout{0};
};

/// Log lines and nothing else: a Display for commands that show no tree.
std::unique_ptr<Display> lines_only(std::ostream& out, bool prefixed, std::string node = {});

/// What follows every line that can be taken as it comes.
LogOptions following();

/// Shows a workflow of a server until it ends; without a tree and lines, waits and prints one line about the
/// end. The status is that of the outcome, or 130 after a signal, which the workflow survives.
int follow_to_end(const Console& console, const ClientOptions& client, const WorkflowRef& workflow,
                  const Showing& showing);

}  // namespace tiphys::cli
