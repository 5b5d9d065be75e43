// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/diagnostic.hpp>
#include <tiphys/text/text.hpp>

#include <iosfwd>
#include <string>
#include <vector>

#include "style.hpp"

namespace tiphys::cli {

/// What `lint` has to say about one place of a file.
struct Finding {
    std::string file = {};
    Location place = {};         ///< zeros where it is not known
    const Rule* rule = nullptr;  ///< null: the file cannot be read as a document
    std::string path = {};       ///< of the value in its document
    std::string message = {};
    std::string source = {};  ///< the line of the file that holds the place

    Severity severity() const noexcept { return rule == nullptr ? Severity::error : rule->severity; }
};

/// "error" or "warning".
std::string_view word_for(Severity severity) noexcept;

/// A line each, as compilers write them: `file:line:column: error: message [rule]`. With `excerpt` the line
/// of the file follows, with a caret below the place, and what to do.
void print_text(std::ostream& out, const std::vector<Finding>& findings, const Style& style, bool excerpt);
/// One array of objects with the members file, line, column, severity, rule, enforced, path, message and
/// remedy; those that are not known are null.
void print_json(std::ostream& out, const std::vector<Finding>& findings);
/// Workflow commands of GitHub Actions, which shows each at its line: `::error file=…,line=…::message`.
void print_github(std::ostream& out, const std::vector<Finding>& findings);

}  // namespace tiphys::cli
