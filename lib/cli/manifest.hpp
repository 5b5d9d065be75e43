// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/generated/workflow.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "options.hpp"

namespace tiphys::cli {

/// The whole file; "-" reads standard input.
///
/// Errors: `UsageError` that names the file and what the system says.
std::string read_text(const std::string& file);

/// The one Workflow of a manifest, YAML or JSON.
///
/// Errors: `UsageError`: no YAML, not exactly one document, no kind or one that cannot be run, an unknown or
/// mistyped field (with path, line and the nearest known name).
model::Workflow read_workflow(std::string_view text, const std::string& name);

/// One workflow of a file, and where it stands there.
struct Manifest {
    model::Workflow workflow;
    std::size_t line = 1;  ///< where its document begins
    std::string at = {};   ///< of an item of a list: "items[2]."
};

/// All workflows of a manifest: its documents, and the items of its lists.
///
/// Errors: `UsageError`: none at all, a document of another kind, or what `read_workflow` refuses.
std::vector<Manifest> read_workflows(std::string_view text, const std::string& name);

/// What messages call a file: its name, or "standard input".
std::string called(const std::string& file);

/// Judges the workflow by the rules of check/. An empty text: the places of mistakes are not looked for.
///
/// Errors: `UsageError` that lists all mistakes with their lines. Returns the warnings, one text each.
std::vector<std::string> check(const model::Workflow& workflow, std::string_view text,
                               const std::string& name);
std::vector<std::string> check(const Manifest& manifest, std::string_view text, const std::string& name);
/// What messages call a workflow that does not come from a file.
std::string called(const model::Workflow& workflow);

}  // namespace tiphys::cli
