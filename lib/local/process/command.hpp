// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/local/process/spec.hpp>

#include <string>
#include <vector>

#include "view.hpp"

namespace tiphys::local::process {

/// The environment of the process, as "NAME=value" texts.
std::vector<std::string> environment_of(const ProcessSpec& spec);

/// Where a program is, or why there is none.
struct Command {
    std::string path;  ///< as the process sees it
    std::string error;
    int code = 0;  ///< 126 or 127 with an error
};

/// Finds argv[0] as a shell does: as it is when it has a slash, else along PATH of `environment`.
Command find_command(const ProcessSpec& spec, const std::vector<Place>& places,
                     const std::vector<std::string>& environment, const std::string& working_directory);

/// Says why exec of a file that exists failed with `failure`.
Command explain_exec(const ProcessSpec& spec, const std::vector<Place>& places, const std::string& path,
                     int failure);

}  // namespace tiphys::local::process
