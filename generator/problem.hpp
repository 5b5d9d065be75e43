// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

namespace tiphys::generator {

/// The input is wrong; the text names the file, the definition and the property.
struct Problem : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What the program returns to its caller.
enum class exit_code : int {
    ok = 0,
    wrong_input = 1,  ///< a file cannot be read or written, or its content is not what it should be
    wrong_usage = 2,  ///< unknown option, missing option
    differs = 3       ///< `--check` found files that differ from what would be written
};

}  // namespace tiphys::generator
