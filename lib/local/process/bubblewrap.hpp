// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/local/process/sandbox.hpp>

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

#include "view.hpp"

namespace tiphys::local::process {

/// The command line that runs `argv` in `view`. Its account of the process goes to descriptor 3.
std::vector<std::string> bubblewrap_arguments(const Sandbox& sandbox, const View& view,
                                              const std::string& working_directory,
                                              const std::vector<std::string>& argv);

/// What bubblewrap has told so far on its account.
struct Account {
    pid_t child = 0;     ///< leader of the process group inside, by its id outside
    bool ended = false;  ///< the program was run, and has ended
};
Account read_account(std::string_view text);

}  // namespace tiphys::local::process
