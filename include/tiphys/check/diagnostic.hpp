// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/path.hpp>

#include <iosfwd>

namespace tiphys {

/// How bad it is: an error is refused by Argo or fails when it runs; a warning is likely not what was meant.
enum class Severity : std::uint8_t { error, warning };

/// Who else would have said it, and when.
enum class Enforced : std::uint8_t {
    at_submission,  ///< Argo's validator refuses the workflow.
    at_run_time,    ///< Argo accepts it; the workflow fails or waits for ever.
    by_tiphys       ///< Argo ignores it silently.
};

/// One rule: a row of the table in `rules.hpp`, and the function of the same name that applies it.
struct Rule {
    std::string_view id;        ///< in words: "dag.unknown-dependency"
    std::string_view sentence;  ///< what is wrong
    std::string_view remedy;    ///< what to do
    Severity severity = Severity::error;
    Enforced enforced = Enforced::at_submission;
};

/// One mistake in a document.
///
/// Object lifetimes: keys of maps in `path` view the model; `location` and `message` outlive it.
struct Diagnostic {
    const Rule* rule = nullptr;
    Path path;
    /// The path as text: "spec.templates[1].dag.tasks[0].depends".
    str location;
    /// Which of several references in the value at `path` (the second name in a `depends`), or -1.
    std::int32_t reference = -1;
    /// Names the offenders: "task `test` depends on `biuld`, which dag `main` does not have; …".
    str message;

    /// "error dag.unknown-dependency at spec.templates[1].dag.tasks[0].depends: task `test` …".
    std::string to_string() const;
};

std::ostream& operator<<(std::ostream& out, const Diagnostic& diagnostic);

}  // namespace tiphys
