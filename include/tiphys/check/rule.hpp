// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace tiphys {

/// How bad it is: an error is refused by Argo or fails when it runs; a warning is likely not what was meant.
enum class Severity : std::uint8_t { error, warning };

/// Who else would have said it, and when.
enum class Enforced : std::uint8_t {
    at_submission,  ///< Argo's validator refuses the workflow.
    at_run_time,    ///< Argo accepts it; the workflow fails or waits for ever.
    by_tiphys       ///< Argo ignores it silently.
};

/// Who can judge it.
enum class Decided : std::uint8_t {
    statically,  ///< The compiler, and the running program.
    locally      ///< The running program only: it takes a library (expressions, time zones) or a clock.
};

/// One rule: a row of the table in `rules.hpp`, and the function of the same name that applies it.
struct Rule {
    std::string_view id;        ///< in words: "dag.unknown-dependency"
    std::string_view sentence;  ///< what is wrong
    std::string_view remedy;    ///< what to do
    Severity severity = Severity::error;
    Enforced enforced = Enforced::at_submission;
    Decided decided = Decided::statically;
};

namespace rule {
using enum Severity;
using enum Enforced;
using enum Decided;
}  // namespace rule

}  // namespace tiphys
