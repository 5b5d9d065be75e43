// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/client.hpp>

#include <boost/asio/use_awaitable.hpp>

#include <ostream>

#include "commands.hpp"
#include "connect.hpp"
#include "follow.hpp"

namespace tiphys::cli {
namespace {

/// Whether a node of the workflow is called so: then its pods are meant, however often it was tried.
bool has_node(const model::Workflow& workflow, std::string_view name) {
    if (workflow.status)
        for (const auto& entry : workflow.status->nodes)
            if (entry.value.displayName == name) return true;
    return false;
}

}  // namespace

int logs(const LogsCommand& command, const Console& console) {
    FollowOptions options{client_options(command.server)};
    LogOptions& query = options.logs.emplace();
    query.container = command.container;
    query.follow = command.follow;
    query.grep = command.grep;
    query.timestamps = command.timestamps;
    query.tail_lines = command.tail;
    if (command.since.count() != 0) query.since_seconds = command.since.count();
    // Read once before: where the lines of a node are wanted, it is the name that says which.
    const model::Workflow workflow = Client(options.client).get(command.name).model();
    std::string node;
    if (!command.pod.empty()) {
        if (has_node(workflow, command.pod))
            node = command.pod;
        else
            query.pod = command.pod;
    }
    // While lines come, nodes do; their names are had from the watch.
    options.to_end = command.follow && query.pod.empty();
    const auto display = lines_only(console.out, command.pod.empty(), node);
    const Followed made = follow(console, options, *display, [&workflow](const Client& server) {
        return server.async_get(workflow, boost::asio::use_awaitable);
    });
    if (made.signal != 0) return exit_interrupted;
    return made.complained ? exit_failed : exit_succeeded;
}

}  // namespace tiphys::cli
