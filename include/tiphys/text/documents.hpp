// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/generated/events.hpp>
#include <tiphys/model/generated/requests.hpp>
#include <tiphys/model/generated/workflow.hpp>
#include <tiphys/text/text.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tiphys {

struct Document;

/// Documents of any kinds in one, as `kubectl get … -o yaml` prints them: `kind: List`.
struct DocumentList {
    json head;                    ///< all of its members but `items`
    std::vector<Document> items;  ///< each chosen by its own kind

    // Out of line, where Document is complete.
    DocumentList();
    DocumentList(const DocumentList&);
    DocumentList(DocumentList&&) noexcept;
    DocumentList& operator=(const DocumentList&);
    DocumentList& operator=(DocumentList&&) noexcept;
    ~DocumentList();

    friend bool operator==(const DocumentList&, const DocumentList&);
};

/// One document of a file: a manifest of Argo's, or any other, which is kept whole.
///
/// Who writes `value` with std::visit includes generated/visit.hpp, visit_events.hpp and visit_requests.hpp;
/// the functions below need none of them.
struct Document {
    std::string kind;  ///< as written; empty where the document has none
    std::variant<json, model::Workflow, model::WorkflowTemplate, model::ClusterWorkflowTemplate,
                 model::CronWorkflow, model::WorkflowEventBinding, model::events::EventSource,
                 model::events::Sensor, model::WorkflowList, model::WorkflowTemplateList,
                 model::ClusterWorkflowTemplateList, model::CronWorkflowList, model::WorkflowEventBindingList,
                 model::events::EventSourceList, model::events::SensorList, DocumentList>
        value;
    std::size_t line = 1;  ///< where it begins; of an item of a list: where the list does
};

using Documents = std::vector<Document>;

/// Reads all documents of a YAML text, or all values of a JSON text one after the other (text that begins
/// with `{` or `[` is tried as JSON first). Empty documents are passed over. `kind` chooses the type; what
/// is of another kind becomes a tiphys::json.
///
/// Errors: ReadError, which calls the text `name`.
Documents read_documents(std::string_view text, std::string_view name, const ReadOptions& options = {});
/// The same from a stream, which is read to its end.
Documents read_documents(std::istream& in, std::string_view name, const ReadOptions& options = {});

/// The documents of a file, or of standard input if the path is "-".
///
/// Errors: ReadError, which names the file.
Documents read_file(const std::string& path, const ReadOptions& options = {});

/// The text of a file, or of standard input if the path is "-"; not more than ReadOptions::max_bytes of it
/// are read.
///
/// Errors: ReadError, which names the file.
std::string read_text(const std::string& path, const ReadOptions& options = {});

/// Writes a document as YAML into a folder, which is made where there is none: `<name>.yaml`, after the
/// document's own name, or its generateName without the dash, unless `name` gives another. A file of that
/// name is replaced, as a whole or not at all. Returns the absolute path of the file. (Builders:
/// `build/output.hpp`.)
///
/// Errors: std::invalid_argument for a document without a name and for what is no name of a file;
/// std::system_error, which names the file.
std::string write_file(const std::string& folder, const Document& document, std::string_view name = {});

namespace detail {

/// `name` and `generate_name` are the document's, `given` the user's.
std::string write_file(const std::string& folder, std::string_view given, std::string_view name,
                       std::string_view generate_name, const std::string& text);

constexpr const model::k8s::ObjectMeta* metadata_of(const model::k8s::ObjectMeta& held) { return &held; }
constexpr const model::k8s::ObjectMeta* metadata_of(const box<model::k8s::ObjectMeta>& held) {
    return held.has_value() ? &*held : nullptr;
}

}  // namespace detail

/// The same of a model.
template <ModelType Model>
    requires requires(const Model& model) { detail::metadata_of(model.metadata); }
std::string write_file(const std::string& folder, const Model& model, std::string_view name = {}) {
    const model::k8s::ObjectMeta* held = detail::metadata_of(model.metadata);
    return held == nullptr ? detail::write_file(folder, name, {}, {}, to_yaml(model))
                           : detail::write_file(folder, name, held->name.view(), held->generateName.view(),
                                                to_yaml(model));
}

/// Compact JSON.
std::string to_json(const Document& document);
/// JSON for people.
std::string to_pretty_json(const Document& document);
std::string to_yaml(const Document& document);
/// JSON for people, one text after the other, as jq reads them.
std::string to_pretty_json(const Documents& documents);
/// One text, documents divided by `---`.
std::string to_yaml(const Documents& documents);

namespace detail {

template <>
struct members<DocumentList> {
    static void each(visitor& to, const DocumentList& value);
    static void each_at_run_time(visitor& to, const DocumentList& value) { each(to, value); }
};

}  // namespace detail
}  // namespace tiphys
