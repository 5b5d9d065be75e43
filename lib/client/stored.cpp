// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/stored.hpp>
#include <tiphys/model/generated/visit_events.hpp>

#include "client/fetch.hpp"
#include "client/stored_operations.hpp"

namespace tiphys::client_detail {
namespace {

template <class Model>
constexpr const DocumentKind& kind_of = workflow_template_kind;
template <>
constexpr const DocumentKind& kind_of<model::ClusterWorkflowTemplate> = cluster_workflow_template_kind;
template <>
constexpr const DocumentKind& kind_of<model::CronWorkflow> = cron_workflow_kind;
template <>
constexpr const DocumentKind& kind_of<model::events::EventSource> = event_source_kind;
template <>
constexpr const DocumentKind& kind_of<model::events::Sensor> = sensor_kind;

template <class Model>
DocumentName name_of(const Model& document) {
    const auto& metadata = metadata_of(document.metadata);
    return {.name = metadata.name.view(),
            .generate_name = metadata.generateName.view(),
            .namespace_ = metadata.namespace_.view(),
            .resource_version = metadata.resourceVersion.view()};
}

str& version_of(model::k8s::ObjectMeta& metadata) { return metadata.resourceVersion; }
str& version_of(box<model::k8s::ObjectMeta>& metadata) { return metadata.ensure().resourceVersion; }

/// Somebody else may be quicker; not for ever.
constexpr int apply_rounds = 5;

/// The text of what is then stored.
asio::awaitable<std::string> apply(Operation& operation, Core& core, ApplyRequests requests) {
    for (int round = 1;; ++round) {
        std::optional<std::string> current;
        std::optional<ClientError> failed;
        try {
            Response response = co_await perform(operation, core, requests.get);
            current = std::move(response.body);
        } catch (const ClientError& error) {
            if (error.kind() != ClientErrorKind::not_found) throw;
        }
        try {
            const Request request = current ? requests.update(*current) : requests.create;
            Response response = co_await perform(operation, core, request);
            co_return std::move(response.body);
        } catch (const ClientError& error) {
            // It was made, changed or deleted since it was looked at.
            const bool raced = error.kind() == ClientErrorKind::conflict ||
                               (current && error.kind() == ClientErrorKind::not_found);
            if (!raced || round == apply_rounds) throw;
        }
    }
}

template <class Model>
asio::awaitable<Model> apply_as(Operation& operation, Core& core, ApplyRequests requests) {
    const Request request = requests.get;
    const std::string text = co_await apply(operation, core, std::move(requests));
    co_return read_answer<Model>(core, request, text);
}

/// Reads what is there just far enough to take its place.
template <class Model>
Request replacing(const std::string& ns, Model document, std::string_view current,
                  const DocumentOptions& options) {
    ReadOptions lenient;
    lenient.unknown_fields = UnknownFields::keep;
    lenient.max_bytes = current.size();
    Model there;
    try {
        there = tiphys::read_json<Model>(current, lenient);
    } catch (const ReadError& why) {
        throw ClientError(
            {.kind = ClientErrorKind::not_json,
             .message = std::string("the document that is to be replaced cannot be read: ") + why.what(),
             .server_message = std::string(current)});
    }
    version_of(document.metadata) = metadata_of(there.metadata).resourceVersion;
    if constexpr (requires { document.status.has_value(); })
        if (!document.status.has_value()) document.status = std::move(there.status);
    return update_document_request(kind_of<Model>, ns, name_of(document), tiphys::to_json(document), options);
}

}  // namespace

const model::k8s::ObjectMeta& metadata_of(const box<model::k8s::ObjectMeta>& metadata) {
    static const model::k8s::ObjectMeta none;
    return metadata.has_value() ? *metadata : none;
}

template <class Model>
Request Stored<Model>::create(const Core& core, const Model& document, const DocumentOptions& options) {
    return made([&] {
        return create_document_request(kind_of<Model>, core.options().namespace_, name_of(document),
                                       tiphys::to_json(document), options);
    });
}

template <class Model>
Request Stored<Model>::lint(const Core& core, const Model& document, const DocumentOptions& options) {
    return made([&] {
        return lint_document_request(kind_of<Model>, core.options().namespace_, name_of(document),
                                     tiphys::to_json(document), options);
    });
}

template <class Model>
Request Stored<Model>::update(const Core& core, const Model& document, const DocumentOptions& options) {
    return made([&] {
        return update_document_request(kind_of<Model>, core.options().namespace_, name_of(document),
                                       tiphys::to_json(document), options);
    });
}

template <class Model>
ApplyRequests Stored<Model>::apply(const Core& core, const Model& document, const DocumentOptions& options) {
    ApplyRequests requests;
    Model fresh = document;
    version_of(fresh.metadata).reset();
    requests.create = create(core, fresh, options);
    requests.get = get(core, DocumentRef(document), {.namespace_ = options.namespace_});
    // Nothing is sent where the document cannot be.
    if (requests.create.failure) requests.get.failure = requests.create.failure;
    requests.update = [ns = core.options().namespace_, fresh = std::move(fresh), options](
                          std::string_view current) { return replacing<Model>(ns, fresh, current, options); };
    return requests;
}

template <class Model>
Request Stored<Model>::get(const Core& core, const DocumentRef& document, const GetDocumentOptions& options) {
    return made([&] {
        return get_document_request(kind_of<Model>, core.options().namespace_, document.name,
                                    placed(document, options));
    });
}

template <class Model>
Request Stored<Model>::remove(const Core& core, const DocumentRef& document,
                              const RemoveDocumentOptions& options) {
    return made([&] {
        return remove_document_request(kind_of<Model>, core.options().namespace_, document.name,
                                       placed(document, options));
    });
}

template <class Model>
PageRequests Stored<Model>::list(const Core& core, const ListDocumentsOptions& options) {
    return pages_of(kind_of<Model>, core, options);
}

template <class Model>
std::string Stored<Model>::link(const Core& core, const DocumentRef& document,
                                const DocumentOptions& options) {
    return core.server().base_url +
           document_page(kind_of<Model>, core.options().namespace_, document.name, placed(document, options));
}

template <class Model>
void start_apply(const std::shared_ptr<Core>& core, Handler<Model> handler, ApplyRequests requests) {
    run<Model>(core, std::move(handler), [core, requests = std::move(requests)](Operation& operation) {
        return apply_as<Model>(operation, *core, requests);
    });
}

template <class Model>
Model apply_now(const std::shared_ptr<Core>& core, ApplyRequests requests) {
    return block_on<Model>(core, "apply", &start_apply<Model>, std::move(requests));
}

PageRequests pages_of(const DocumentKind& kind, const Core& core, ListDocumentsOptions options) {
    const std::string ns = core.options().namespace_;
    PageRequests pages;
    pages.first = made([&] { return list_documents_request(kind, ns, options); });
    pages.next = [&kind, ns, options = std::move(options)](std::string_view from) mutable {
        options.continue_ = from;
        return list_documents_request(kind, ns, options);
    };
    return pages;
}

#define TIPHYS_CLIENT_DOCUMENTS(Model)                                                             \
    template struct Stored<Model>;                                                                 \
    template void start_apply<Model>(const std::shared_ptr<Core>&, Handler<Model>, ApplyRequests); \
    template Model apply_now<Model>(const std::shared_ptr<Core>&, ApplyRequests);                  \
    TIPHYS_CLIENT_FETCHES(Model);                                                                  \
    TIPHYS_CLIENT_LISTS(list_of<Model>::type)

TIPHYS_CLIENT_DOCUMENTS(model::WorkflowTemplate);
TIPHYS_CLIENT_DOCUMENTS(model::ClusterWorkflowTemplate);
TIPHYS_CLIENT_DOCUMENTS(model::CronWorkflow);
TIPHYS_CLIENT_DOCUMENTS(model::events::EventSource);
TIPHYS_CLIENT_DOCUMENTS(model::events::Sensor);

}  // namespace tiphys::client_detail
