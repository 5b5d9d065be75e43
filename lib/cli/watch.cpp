// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>

#include "commands.hpp"
#include "connect.hpp"
#include "follow.hpp"

namespace tiphys::cli {

int watch(const WatchCommand& command, const Console& console) {
    return follow_to_end(console, client_options(command.server), command.name, {true, command.log, {}});
}

int wait(const WaitCommand& command, const Console& console) {
    using clock = std::chrono::steady_clock;
    const ClientOptions client = client_options(command.server);
    const auto until = clock::now() + command.timeout;
    int status = exit_succeeded;
    // One after the other takes as long as the longest.
    for (const std::string& name : command.names) {
        Showing showing;
        if (command.timeout.count() != 0)
            showing.timeout =
                std::max(std::chrono::duration_cast<std::chrono::milliseconds>(until - clock::now()),
                         std::chrono::milliseconds(1));
        const int outcome = follow_to_end(console, client, name, showing);
        if (outcome == exit_interrupted) return outcome;
        status = std::max(status, outcome);
    }
    return status;
}

}  // namespace tiphys::cli
