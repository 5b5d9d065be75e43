// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/path.hpp>
#include <tiphys/check/rule.hpp>

#include <iosfwd>

namespace tiphys {

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

/// Whether one of them is an error; warnings alone leave a document valid.
constexpr bool has_errors(const list<Diagnostic>& diagnostics) noexcept {
    for (const Diagnostic& one : diagnostics)
        if (one.rule->severity == Severity::error) return true;
    return false;
}

std::ostream& operator<<(std::ostream& out, const Diagnostic& diagnostic);

}  // namespace tiphys
