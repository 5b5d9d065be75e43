// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/event_services.hpp>

#include "client/fetch.hpp"
#include "client/service_operations.hpp"
#include "client/stored_operations.hpp"
#include "client/watch.hpp"

namespace tiphys {
namespace client_detail {
namespace {

template <class Item>
constexpr std::string_view stream_of = "/api/v1/stream/events";
template <>
constexpr std::string_view stream_of<model::eventsource::EventSourceWatchEvent> = event_source_kind.stream;
template <>
constexpr std::string_view stream_of<model::sensor::SensorWatchEvent> = sensor_kind.stream;

}  // namespace

template <class Item>
ChangeRequests change_requests(const Core& core, const WatchDocumentsOptions& options) {
    return {[ns = core.options().namespace_, options](const std::string& version) {
                WatchDocumentsOptions from = options;
                from.resource_version = version;
                return watch_documents_request(stream_of<Item>, ns, from);
            },
            options.resource_version};
}

template <class Item>
Request entry_request(const Core& core, const EventLogOptions& options) {
    constexpr bool sensors = std::is_same_v<Item, model::sensor::LogEntry>;
    return made([&] {
        return event_logs_request(sensors ? sensor_kind : event_source_kind, core.options().namespace_,
                                  options);
    });
}

Request send_event_request(const Core& core, std::string_view discriminator, const json& payload,
                           const SendEventOptions& options) {
    return made(
        [&] { return receive_event_request(core.options().namespace_, discriminator, payload, options); });
}

PageRequests event_binding_requests(const Core& core, const ListDocumentsOptions& options) {
    return pages_of(event_binding_kind, core, options);
}

template ChangeRequests change_requests<model::eventsource::EventSourceWatchEvent>(
    const Core&, const WatchDocumentsOptions&);
template ChangeRequests change_requests<model::sensor::SensorWatchEvent>(const Core&,
                                                                         const WatchDocumentsOptions&);
template ChangeRequests change_requests<model::k8s::Event>(const Core&, const WatchDocumentsOptions&);
template Request entry_request<model::eventsource::LogEntry>(const Core&, const EventLogOptions&);
template Request entry_request<model::sensor::LogEntry>(const Core&, const EventLogOptions&);

TIPHYS_CLIENT_CHANGES(model::eventsource::EventSourceWatchEvent);
TIPHYS_CLIENT_CHANGES(model::sensor::SensorWatchEvent);
TIPHYS_CLIENT_CHANGES(model::k8s::Event);
TIPHYS_CLIENT_ITEMS(model::eventsource::LogEntry);
TIPHYS_CLIENT_ITEMS(model::sensor::LogEntry);
TIPHYS_CLIENT_LISTS(model::WorkflowEventBindingList);

}  // namespace client_detail

void Events::send(std::string_view discriminator, const json& payload,
                  const SendEventOptions& options) const {
    fetch<void>("send", client_detail::send_event_request(*core(), discriminator, payload, options));
}

model::WorkflowEventBindingList Events::bindings(const ListDocumentsOptions& options) const {
    return client_detail::pages_now<model::WorkflowEventBindingList>(
        core(), "bindings", client_detail::event_binding_requests(*core(), options));
}

KubernetesEventStream Events::watch(const WatchDocumentsOptions& options) const {
    return client_detail::changes_now<model::k8s::Event>(
        core(), "watch", client_detail::change_requests<model::k8s::Event>(*core(), options));
}

}  // namespace tiphys
