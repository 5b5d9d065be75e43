// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/client.hpp>
#include <tiphys/local/server.hpp>

#include <boost/asio/use_awaitable.hpp>

#include <ostream>

#include "commands.hpp"
#include "follow.hpp"
#include "manifest.hpp"

namespace tiphys::cli {
namespace {

int run_judged(const Console& console, const model::Workflow& workflow, const RunOptions& options) {
    local::ServerOptions server_options;
    server_options.engine = options.engine;
    local::Server server(server_options);
    const auto display = display_for(console.out);
    FollowOptions following_options{server.client_options()};
    if (!options.quiet) following_options.logs = following();
    following_options.embedded = true;
    const Followed made = follow(console, following_options, *display, [&](const Client& client) {
        return client.async_create(workflow, boost::asio::use_awaitable);
    });

    const SubmittedWorkflow& last = made.workflow;
    const std::string begin = console.program + ": ";
    if (last.name().empty()) {
        if (made.signal == 0) return exit_usage;
        console.error << begin << "interrupted before the workflow started\n";
        return exit_interrupted;
    }
    const std::string logs = server.log_directory(last.namespace_(), last.name()).string();
    if (made.signal != 0) {
        console.error << begin << "interrupted; ending the processes of " << last.name() << "\n"
                      << std::flush;
        server.stop();
        console.error << begin << "they have ended; logs: " << logs << "\n";
        return exit_interrupted;
    }
    console.out << render_outputs(last.model());
    console.out << "Logs: " << logs << "\n" << std::flush;
    return last.succeeded() && !made.complained ? exit_succeeded : exit_failed;
}

}  // namespace

int run(const Console& console, const model::Workflow& workflow, const RunOptions& options) {
    for (const std::string& warning : check(workflow, {}, called(workflow)))
        console.error << console.program << ": warning: " << warning << "\n";
    return run_judged(console, workflow, options);
}

int run(const RunCommand& command, const Console& console) {
    const std::string text = read_text(command.file);
    model::Workflow manifest = read_workflow(text, command.file);
    apply(command.overrides, manifest, called(command.file));
    for (const std::string& warning : check(manifest, text, command.file))
        console.error << console.program << ": warning: " << warning << "\n";
    return run_judged(console, manifest, command.how);
}

}  // namespace tiphys::cli
