// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/stored.hpp>
#include <tiphys/client/streams.hpp>

namespace tiphys {

/// A watch gives `type` ("ADDED", "MODIFIED", "DELETED") and `object`.
using EventSourceWatchStream = client_detail::ChangeStream<model::eventsource::EventSourceWatchEvent>;
using SensorWatchStream = client_detail::ChangeStream<model::sensor::SensorWatchEvent>;
/// Lines of their pods, with what Argo Events says of each.
using EventSourceLogStream = client_detail::ItemStream<model::eventsource::LogEntry>;
using SensorLogStream = client_detail::ItemStream<model::sensor::LogEntry>;
/// Kubernetes' own events: what happened to pods, workflows and whatever else is in a namespace.
using KubernetesEventStream = client_detail::ChangeStream<model::k8s::Event>;

namespace client_detail {

template <class Item>
ChangeRequests change_requests(const Core& core, const WatchDocumentsOptions& options);
template <class Item>
Request entry_request(const Core& core, const EventLogOptions& options);
Request send_event_request(const Core& core, std::string_view discriminator, const json& payload,
                           const SendEventOptions& options);
PageRequests event_binding_requests(const Core& core, const ListDocumentsOptions& options);

/// Stored documents of Argo Events, which run pods of their own.
template <class Model, class Change, class Entry>
class EventDocuments : public Documents<Model> {
public:
    using Documents<Model>::Documents;

    /// Changes of all that the options choose: GET /api/v1/stream/… Completes when the request is sent; a
    /// refusal by the server comes from the first `async_next`.
    template <class Token = asio::deferred_t>
    auto async_watch(WatchDocumentsOptions options, Token&& token = Token()) const {
        return launch<ChangeStream<Change>>(&start_changes<Change>, this->core(), std::forward<Token>(token),
                                            change_requests<Change>(*this->core(), options));
    }
    template <class Token = asio::deferred_t>
    auto async_watch(Token&& token = Token()) const {
        return async_watch(WatchDocumentsOptions(), std::forward<Token>(token));
    }
    ChangeStream<Change> watch(const WatchDocumentsOptions& options = {}) const {
        return changes_now<Change>(this->core(), "watch", change_requests<Change>(*this->core(), options));
    }

    /// Lines that their pods wrote: GET /api/v1/stream/…/logs. Completes like `async_watch`.
    template <class Token = asio::deferred_t>
    auto async_logs(EventLogOptions options, Token&& token = Token()) const {
        return launch<ItemStream<Entry>>(&start_items<Entry>, this->core(), std::forward<Token>(token),
                                         entry_request<Entry>(*this->core(), options));
    }
    template <class Token = asio::deferred_t>
    auto async_logs(Token&& token = Token()) const {
        return async_logs(EventLogOptions(), std::forward<Token>(token));
    }
    ItemStream<Entry> logs(const EventLogOptions& options = {}) const {
        return items_now<Entry>(this->core(), "logs", entry_request<Entry>(*this->core(), options));
    }
};

}  // namespace client_detail

/// The event sources of a server: `client.event_sources()`.
class EventSources : public client_detail::EventDocuments<model::events::EventSource,
                                                          model::eventsource::EventSourceWatchEvent,
                                                          model::eventsource::LogEntry> {
public:
    using EventDocuments::EventDocuments;
};

/// The sensors of a server: `client.sensors()`.
class Sensors : public client_detail::EventDocuments<model::events::Sensor, model::sensor::SensorWatchEvent,
                                                     model::sensor::LogEntry> {
public:
    using EventDocuments::EventDocuments;
};

/// Events: those that start workflows, and Kubernetes' own. `client.events()`.
class Events : public client_detail::Service {
public:
    using Service::Service;

    /// Hands an event to the server, which starts what its WorkflowEventBindings say: POST
    /// /api/v1/events/{namespace}/{discriminator}. The payload is any JSON; the discriminator may be empty.
    template <class Token = boost::asio::deferred_t>
    auto async_send(std::string_view discriminator, const json& payload, SendEventOptions options,
                    Token&& token = Token()) const {
        return async_fetch<void>(client_detail::send_event_request(*core(), discriminator, payload, options),
                                 std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_send(std::string_view discriminator, const json& payload, Token&& token = Token()) const {
        return async_send(discriminator, payload, SendEventOptions(), std::forward<Token>(token));
    }
    void send(std::string_view discriminator, const json& payload,
              const SendEventOptions& options = {}) const;

    /// All WorkflowEventBindings: GET /api/v1/workflow-event-bindings/{namespace}.
    template <class Token = boost::asio::deferred_t>
    auto async_bindings(ListDocumentsOptions options, Token&& token = Token()) const {
        return async_fetch_pages<model::WorkflowEventBindingList>(
            client_detail::event_binding_requests(*core(), options), std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_bindings(Token&& token = Token()) const {
        return async_bindings(ListDocumentsOptions(), std::forward<Token>(token));
    }
    model::WorkflowEventBindingList bindings(const ListDocumentsOptions& options = {}) const;

    /// Kubernetes' events as they happen: GET /api/v1/stream/events/{namespace}. Completes when the request
    /// is sent.
    template <class Token = boost::asio::deferred_t>
    auto async_watch(WatchDocumentsOptions options, Token&& token = Token()) const {
        return client_detail::launch<KubernetesEventStream>(
            &client_detail::start_changes<model::k8s::Event>, core(), std::forward<Token>(token),
            client_detail::change_requests<model::k8s::Event>(*core(), options));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_watch(Token&& token = Token()) const {
        return async_watch(WatchDocumentsOptions(), std::forward<Token>(token));
    }
    KubernetesEventStream watch(const WatchDocumentsOptions& options = {}) const;
};

}  // namespace tiphys
