// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/detail/fetch.hpp>
#include <tiphys/client/service_options.hpp>

#include <string>
#include <string_view>

/// The operations on stored documents as pure functions, for all kinds alike.
///
/// Errors: throw ClientError (invalid_argument) for what no server accepts.
/// Source: the .proto files below pkg/apiclient and the HTTP annotations in them.
namespace tiphys::client_detail {

/// What tells the operations of one kind from those of another.
struct DocumentKind {
    std::string_view noun;    ///< for messages
    std::string_view path;    ///< "/api/v1/workflow-templates"
    std::string_view member;  ///< of a request's body: "template"
    std::string_view page;    ///< of the server's web pages: "/workflow-templates"
    bool namespaced = true;
    bool versioned_get = true;     ///< knows getOptions
    bool named_by_part = false;    ///< knows namePattern
    std::string_view stream = {};  ///< of watches and logs: "/api/v1/stream/sensors"
};

inline constexpr DocumentKind workflow_template_kind{.noun = "workflow template",
                                                     .path = "/api/v1/workflow-templates",
                                                     .member = "template",
                                                     .page = "/workflow-templates",
                                                     .named_by_part = true};
inline constexpr DocumentKind cluster_workflow_template_kind{.noun = "cluster workflow template",
                                                             .path = "/api/v1/cluster-workflow-templates",
                                                             .member = "template",
                                                             .page = "/cluster-workflow-templates",
                                                             .namespaced = false};
inline constexpr DocumentKind cron_workflow_kind{.noun = "cron workflow",
                                                 .path = "/api/v1/cron-workflows",
                                                 .member = "cronWorkflow",
                                                 .page = "/cron-workflows"};
inline constexpr DocumentKind event_source_kind{.noun = "event source",
                                                .path = "/api/v1/event-sources",
                                                .member = "eventSource",
                                                .page = "/event-sources",
                                                .versioned_get = false,
                                                .stream = "/api/v1/stream/event-sources"};
inline constexpr DocumentKind sensor_kind{.noun = "sensor",
                                          .path = "/api/v1/sensors",
                                          .member = "sensor",
                                          .page = "/sensors",
                                          .stream = "/api/v1/stream/sensors"};
inline constexpr DocumentKind event_binding_kind{
    .noun = "workflow event binding", .path = "/api/v1/workflow-event-bindings", .member = {}, .page = {}};

/// What the operations need to know of a document's metadata; the views must outlive the call.
struct DocumentName {
    std::string_view name;
    std::string_view generate_name;
    std::string_view namespace_;
    std::string_view resource_version;
};

/// `document` is the document as JSON text.
Request create_document_request(const DocumentKind& kind, std::string_view ns, const DocumentName& name,
                                std::string_view document, const DocumentOptions& options);
Request lint_document_request(const DocumentKind& kind, std::string_view ns, const DocumentName& name,
                              std::string_view document, const DocumentOptions& options);
Request update_document_request(const DocumentKind& kind, std::string_view ns, const DocumentName& name,
                                std::string_view document, const DocumentOptions& options);
Request get_document_request(const DocumentKind& kind, std::string_view ns, std::string_view name,
                             const GetDocumentOptions& options);
Request remove_document_request(const DocumentKind& kind, std::string_view ns, std::string_view name,
                                const RemoveDocumentOptions& options);
Request list_documents_request(const DocumentKind& kind, std::string_view ns,
                               const ListDocumentsOptions& options);
/// `verb` is "suspend" or "resume".
Request act_on_cron_request(std::string_view ns, std::string_view name, std::string_view verb,
                            const DocumentOptions& options);
Request watch_documents_request(std::string_view stream, std::string_view ns,
                                const WatchDocumentsOptions& options);
Request event_logs_request(const DocumentKind& kind, std::string_view ns, const EventLogOptions& options);
/// The requests for a list of documents, page after page.
PageRequests pages_of(const DocumentKind& kind, const Core& core, ListDocumentsOptions options);
/// The path of the server's page for a document.
std::string document_page(const DocumentKind& kind, std::string_view ns, std::string_view name,
                          const DocumentOptions& options);

}  // namespace tiphys::client_detail
