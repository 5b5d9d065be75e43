// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/generated/workflow.hpp>
#include <tiphys/text/text.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tiphys {

/// One document of a file: a manifest of Argo's, or any other, which is kept whole.
struct Document {
    std::string kind;  ///< as written; empty where the document has none
    std::variant<json, model::Workflow, model::WorkflowTemplate, model::ClusterWorkflowTemplate,
                 model::CronWorkflow, model::WorkflowEventBinding>
        value;
    std::size_t line = 1;  ///< where it begins
};

using Documents = std::vector<Document>;

/// Reads all documents of a YAML text, or all values of a JSON text one after the other (text that begins
/// with `{` or `[` is tried as JSON first). Empty documents are passed over. `kind` chooses the type; what
/// is of another kind becomes a tiphys::json.
///
/// Errors: ReadError, which calls the text `name`.
Documents read_documents(std::string_view text, std::string_view name, const ReadOptions& options = {});

/// The documents of a file, or of standard input if the path is "-".
///
/// Errors: ReadError, which names the file.
Documents read_file(const std::string& path, const ReadOptions& options = {});

/// The text of a file, or of standard input if the path is "-"; not more than ReadOptions::max_bytes of it
/// are read.
///
/// Errors: ReadError, which names the file.
std::string read_text(const std::string& path, const ReadOptions& options = {});

/// Compact JSON.
std::string to_json(const Document& document);
/// JSON for people.
std::string to_pretty_json(const Document& document);
std::string to_yaml(const Document& document);
/// JSON for people, one text after the other, as jq reads them.
std::string to_pretty_json(const Documents& documents);
/// One text, documents divided by `---`.
std::string to_yaml(const Documents& documents);

}  // namespace tiphys
