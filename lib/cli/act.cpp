// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/client.hpp>

#include <ostream>

#include "commands.hpp"
#include "connect.hpp"
#include "print.hpp"

namespace tiphys::cli {
namespace {

/// The name that the server knows it by.
std::string act_on(const Client& client, const std::string& name, const ActCommand& command) {
    using Verb = ActCommand::Verb;
    switch (command.verb) {
        case Verb::stop: {
            StopOptions options;
            options.message = command.message;
            options.node_field_selector = command.node_field_selector;
            return std::string(client.stop(name, options).name());
        }
        case Verb::terminate: return std::string(client.terminate(name).name());
        case Verb::suspend: return std::string(client.suspend(name).name());
        case Verb::resume: {
            ResumeOptions options;
            options.node_field_selector = command.node_field_selector;
            return std::string(client.resume(name, options).name());
        }
        case Verb::retry: {
            RetryOptions options;
            options.restart_successful = command.restart_successful;
            options.node_field_selector = command.node_field_selector;
            for (const auto& [parameter, value] : command.parameters)
                options.parameters.push_back({parameter, value});
            return std::string(client.retry(name, options).name());
        }
        case Verb::resubmit: {
            ResubmitOptions options;
            options.memoized = command.memoized;
            for (const auto& [parameter, value] : command.parameters)
                options.parameters.push_back({parameter, value});
            return std::string(client.resubmit(name, options).name());
        }
        case Verb::remove: break;
    }
    RemoveOptions options;
    options.force = command.force;
    // Not `@latest` itself: a second one might have come.
    const std::string real = name == "@latest" ? std::string(client.get(name).name()) : name;
    client.remove(real, options);
    return real;
}

const char* done(ActCommand::Verb verb) {
    using Verb = ActCommand::Verb;
    switch (verb) {
        case Verb::stop: return "stopped";
        case Verb::terminate: return "terminated";
        case Verb::suspend: return "suspended";
        case Verb::resume: return "resumed";
        case Verb::retry: return "retried";
        case Verb::resubmit: return "submitted";
        case Verb::remove: return "deleted";
    }
    return "done";
}

}  // namespace

int act(const ActCommand& command, const Console& console) {
    const Client client(client_options(command.server));
    int status = exit_succeeded;
    for (const std::string& name : command.names) {
        try {
            const std::string real = act_on(client, name, command);
            console.out << "workflow " << real << ' ' << done(command.verb) << '\n' << std::flush;
        } catch (const ClientError& error) {
            // The others are tried nevertheless; whoever lists names wants as many done as can be.
            console.error << console.program << ": " << error.what() << "\n";
            status = exit_failed;
        }
    }
    flush(console.out);
    return status;
}

}  // namespace tiphys::cli
