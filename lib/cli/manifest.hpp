// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/generated/workflow.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "options.hpp"

namespace tiphys::cli {

/// What a user has to change before the command can do its work. `what()` names thing, place and remedy; it
/// may have several lines.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The whole file; "-" reads standard input.
///
/// Errors: `UsageError` that names the file and what the system says.
std::string read_text(const std::string& file);

/// The one Workflow of a manifest, YAML or JSON.
///
/// Errors: `UsageError`: no YAML, not exactly one document, no kind or one that cannot be run, an unknown or
/// mistyped field (with path, line and the nearest known name).
model::Workflow read_workflow(std::string_view text, const std::string& name);

/// Puts what the command line says into the workflow.
///
/// Errors: `UsageError` for a parameter that the workflow does not have, or a workflow without any name.
void apply(const RunOptions& options, model::Workflow& workflow);

/// Judges the workflow by the rules of check/.
///
/// Errors: `UsageError` that lists all mistakes with their lines. Returns the warnings, one text each.
std::vector<std::string> check(const model::Workflow& workflow, std::string_view text,
                               const std::string& name);

}  // namespace tiphys::cli
