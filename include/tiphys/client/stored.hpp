// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/detail/fetch.hpp>
#include <tiphys/client/error.hpp>
#include <tiphys/client/service_options.hpp>
#include <tiphys/model/generated/events.hpp>
#include <tiphys/model/model.hpp>

namespace tiphys {

/// A builder, or anything else that gives a model of this kind.
template <class T, class Model>
concept SourceOf = requires(const T& source) {
    { source.model() } -> std::convertible_to<const Model&>;
} || std::convertible_to<const T&, const Model&>;

namespace client_detail {

inline const model::k8s::ObjectMeta& metadata_of(const model::k8s::ObjectMeta& metadata) { return metadata; }
/// Those of Argo Events may have none.
const model::k8s::ObjectMeta& metadata_of(const box<model::k8s::ObjectMeta>& metadata);

template <class T>
concept HasMetadata = requires(const std::remove_cvref_t<T>& document) { metadata_of(document.metadata); };

}  // namespace client_detail

/// Which stored document an operation is about: by its name, or a document that has one. A document brings
/// its namespace along.
struct DocumentRef {
    DocumentRef(const char* document) : name(document) {}
    DocumentRef(std::string_view document) : name(document) {}
    DocumentRef(std::string document) : name(std::move(document)) {}
    template <client_detail::HasMetadata Document>
    DocumentRef(const Document& document)
        : name(client_detail::metadata_of(document.metadata).name.view()),
          namespace_(client_detail::metadata_of(document.metadata).namespace_.view()) {}
    template <class Builder>
        requires requires(const Builder& builder) {
            { builder.model() } -> client_detail::HasMetadata;
        }
    DocumentRef(const Builder& builder) : DocumentRef(builder.model()) {}

    std::string name;
    std::string namespace_;  ///< empty: that of the options or of the client
};

/// A stored document that can be run: `{"WorkflowTemplate", "hello"}`, or the document itself.
struct StoredRef {
    /// `kind` is "WorkflowTemplate", "ClusterWorkflowTemplate" or "CronWorkflow".
    StoredRef(std::string_view kind_of_it, std::string_view name_of_it)
        : kind(kind_of_it), name(name_of_it) {}
    StoredRef(const model::WorkflowTemplate& document)
        : kind("WorkflowTemplate"),
          name(document.metadata.name.view()),
          namespace_(document.metadata.namespace_.view()) {}
    StoredRef(const model::ClusterWorkflowTemplate& document)
        : kind("ClusterWorkflowTemplate"), name(document.metadata.name.view()) {}
    StoredRef(const model::CronWorkflow& document)
        : kind("CronWorkflow"),
          name(document.metadata.name.view()),
          namespace_(document.metadata.namespace_.view()) {}
    template <class Builder>
        requires requires(const Builder& builder) { StoredRef(builder.model()); }
    StoredRef(const Builder& builder) : StoredRef(builder.model()) {}

    std::string kind;
    std::string name;
    std::string namespace_;  ///< empty: that of the options or of the client
};

namespace client_detail {

template <class Model>
struct list_of;
template <>
struct list_of<model::WorkflowTemplate> {
    using type = model::WorkflowTemplateList;
};
template <>
struct list_of<model::ClusterWorkflowTemplate> {
    using type = model::ClusterWorkflowTemplateList;
};
template <>
struct list_of<model::CronWorkflow> {
    using type = model::CronWorkflowList;
};
template <>
struct list_of<model::events::EventSource> {
    using type = model::events::EventSourceList;
};
template <>
struct list_of<model::events::Sensor> {
    using type = model::events::SensorList;
};

/// How to create a document or to change what is there: requests that are made when the server has told what
/// it holds.
struct ApplyRequests {
    Request get;
    Request create;
    std::function<Request(std::string_view current)> update = {};
};

/// Requests for documents of one kind, instantiated in lib/ for the five kinds.
template <class Model>
struct Stored {
    static Request create(const Core& core, const Model& document, const DocumentOptions& options);
    static Request lint(const Core& core, const Model& document, const DocumentOptions& options);
    static Request update(const Core& core, const Model& document, const DocumentOptions& options);
    static ApplyRequests apply(const Core& core, const Model& document, const DocumentOptions& options);
    static Request get(const Core& core, const DocumentRef& document, const GetDocumentOptions& options);
    static Request remove(const Core& core, const DocumentRef& document,
                          const RemoveDocumentOptions& options);
    static PageRequests list(const Core& core, const ListDocumentsOptions& options);
    static std::string link(const Core& core, const DocumentRef& document, const DocumentOptions& options);
};
template <class Model>
void start_apply(const std::shared_ptr<Core>& core, Handler<Model> handler, ApplyRequests requests);
template <class Model>
Model apply_now(const std::shared_ptr<Core>& core, ApplyRequests requests);

/// The model that a source gives, by reference or by value, or is.
template <class Model, class Source>
decltype(auto) model_of(const Source& source) {
    if constexpr (requires { source.model(); })
        return source.model();
    else
        return static_cast<const Model&>(source);
}

/// Documents of one kind as a server keeps them: what the handles of the kinds have in common.
///
/// The `async_` operations are as those of Client, also in what they say of lifetimes, completion,
/// cancellation, errors and threads.
template <class Model>
class Documents : public Service {
public:
    using List = typename list_of<Model>::type;
    using Service::Service;

    /// Stores a new document: POST. `source` is a builder or a model; it has a name, or a generateName from
    /// which the server makes one. The namespace is the one of the options, else the document's own, which
    /// must not differ, else the client's.
    template <SourceOf<Model> Source, class Token = asio::deferred_t>
    auto async_create(const Source& source, DocumentOptions options, Token&& token = Token()) const {
        return this->template async_fetch<Model>(
            Stored<Model>::create(*core(), model_of<Model>(source), options), std::forward<Token>(token));
    }
    template <SourceOf<Model> Source, class Token = asio::deferred_t>
    auto async_create(const Source& source, Token&& token = Token()) const {
        return async_create(source, DocumentOptions(), std::forward<Token>(token));
    }
    template <SourceOf<Model> Source>
    Model create(const Source& source, const DocumentOptions& options = {}) const {
        return this->template fetch<Model>("create",
                                           Stored<Model>::create(*core(), model_of<Model>(source), options));
    }

    /// The document as it is now: GET.
    template <class Token = asio::deferred_t>
    auto async_get(const DocumentRef& document, GetDocumentOptions options, Token&& token = Token()) const {
        return this->template async_fetch<Model>(Stored<Model>::get(*core(), document, options),
                                                 std::forward<Token>(token));
    }
    template <class Token = asio::deferred_t>
    auto async_get(const DocumentRef& document, Token&& token = Token()) const {
        return async_get(document, GetDocumentOptions(), std::forward<Token>(token));
    }
    Model get(const DocumentRef& document, const GetDocumentOptions& options = {}) const {
        return this->template fetch<Model>("get", Stored<Model>::get(*core(), document, options));
    }

    /// All documents, page after page if `limit` asks for pages: GET.
    template <class Token = asio::deferred_t>
    auto async_list(ListDocumentsOptions options, Token&& token = Token()) const {
        return this->template async_fetch_pages<List>(Stored<Model>::list(*core(), options),
                                                      std::forward<Token>(token));
    }
    template <class Token = asio::deferred_t>
    auto async_list(Token&& token = Token()) const {
        return async_list(ListDocumentsOptions(), std::forward<Token>(token));
    }
    List list(const ListDocumentsOptions& options = {}) const {
        return pages_now<List>(core(), "list", Stored<Model>::list(*core(), options));
    }

    /// One page; `metadata.continue_` says where the next begins, and is absent in the last.
    template <class Token = asio::deferred_t>
    auto async_list_page(ListDocumentsOptions options, Token&& token = Token()) const {
        return this->template async_fetch<List>(Stored<Model>::list(*core(), options).first,
                                                std::forward<Token>(token));
    }
    List list_page(const ListDocumentsOptions& options = {}) const {
        return this->template fetch<List>("list_page", Stored<Model>::list(*core(), options).first);
    }

    /// Puts the document in the place of the one that is there: PUT. Its resourceVersion, which must be that
    /// of what is there (conflict if it is not), comes from `get`.
    template <SourceOf<Model> Source, class Token = asio::deferred_t>
    auto async_update(const Source& source, DocumentOptions options, Token&& token = Token()) const {
        return this->template async_fetch<Model>(
            Stored<Model>::update(*core(), model_of<Model>(source), options), std::forward<Token>(token));
    }
    template <SourceOf<Model> Source, class Token = asio::deferred_t>
    auto async_update(const Source& source, Token&& token = Token()) const {
        return async_update(source, DocumentOptions(), std::forward<Token>(token));
    }
    template <SourceOf<Model> Source>
    Model update(const Source& source, const DocumentOptions& options = {}) const {
        return this->template fetch<Model>("update",
                                           Stored<Model>::update(*core(), model_of<Model>(source), options));
    }

    /// Creates the document, or puts it in the place of the one that is there, whatever its version: GET,
    /// then POST or PUT. What others change meanwhile is looked at again, a few times; then it is a conflict.
    /// A status that the document does not give stays as it is.
    template <SourceOf<Model> Source, class Token = asio::deferred_t>
    auto async_apply(const Source& source, DocumentOptions options, Token&& token = Token()) const {
        return launch<Model>(&start_apply<Model>, core(), std::forward<Token>(token),
                             Stored<Model>::apply(*core(), model_of<Model>(source), options));
    }
    template <SourceOf<Model> Source, class Token = asio::deferred_t>
    auto async_apply(const Source& source, Token&& token = Token()) const {
        return async_apply(source, DocumentOptions(), std::forward<Token>(token));
    }
    template <SourceOf<Model> Source>
    Model apply(const Source& source, const DocumentOptions& options = {}) const {
        return apply_now<Model>(core(), Stored<Model>::apply(*core(), model_of<Model>(source), options));
    }

    /// Deletes the document: DELETE.
    template <class Token = asio::deferred_t>
    auto async_remove(const DocumentRef& document, RemoveDocumentOptions options,
                      Token&& token = Token()) const {
        return this->template async_fetch<void>(Stored<Model>::remove(*core(), document, options),
                                                std::forward<Token>(token));
    }
    template <class Token = asio::deferred_t>
    auto async_remove(const DocumentRef& document, Token&& token = Token()) const {
        return async_remove(document, RemoveDocumentOptions(), std::forward<Token>(token));
    }
    void remove(const DocumentRef& document, const RemoveDocumentOptions& options = {}) const {
        this->template fetch<void>("remove", Stored<Model>::remove(*core(), document, options));
    }

    /// Where the server's web pages show the document.
    ///
    /// Errors: throws ClientError (invalid_argument) for a missing name or namespace.
    std::string link(const DocumentRef& document, const DocumentOptions& options = {}) const {
        return Stored<Model>::link(*core(), document, options);
    }
};

/// Documents that the server can judge without storing them.
template <class Model>
class LintedDocuments : public Documents<Model> {
public:
    using Documents<Model>::Documents;

    /// Has the server judge the document, with all that it refers to there: POST …/lint. Gives the document
    /// as the server read it. Errors: invalid_request if it is wrong.
    template <SourceOf<Model> Source, class Token = asio::deferred_t>
    auto async_lint(const Source& source, DocumentOptions options, Token&& token = Token()) const {
        return this->template async_fetch<Model>(
            Stored<Model>::lint(*this->core(), model_of<Model>(source), options), std::forward<Token>(token));
    }
    template <SourceOf<Model> Source, class Token = asio::deferred_t>
    auto async_lint(const Source& source, Token&& token = Token()) const {
        return async_lint(source, DocumentOptions(), std::forward<Token>(token));
    }
    template <SourceOf<Model> Source>
    Model lint(const Source& source, const DocumentOptions& options = {}) const {
        return this->template fetch<Model>(
            "lint", Stored<Model>::lint(*this->core(), model_of<Model>(source), options));
    }
};

}  // namespace client_detail

/// The WorkflowTemplates of a server: `client.workflow_templates()`.
class WorkflowTemplates : public client_detail::LintedDocuments<model::WorkflowTemplate> {
public:
    using LintedDocuments::LintedDocuments;
};

/// The ClusterWorkflowTemplates of a server; they have no namespace.
class ClusterWorkflowTemplates : public client_detail::LintedDocuments<model::ClusterWorkflowTemplate> {
public:
    using LintedDocuments::LintedDocuments;
};

}  // namespace tiphys
