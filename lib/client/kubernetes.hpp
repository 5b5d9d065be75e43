// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/detail/request.hpp>
#include <tiphys/client/options.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

/// The operations of the Argo Server as Kubernetes itself knows them, for ClientApi::kubernetes. All of the
/// client but these functions speaks of the Argo Server: its requests go in, and Kubernetes' come out; what
/// streams bring goes in, and the Argo Server's events come out.
///
/// Errors: throw ClientError (invalid_argument) for what only an Argo Server can do.
/// Source: workflow/util/util.go of Argo (what its program does without a server); the API conventions of
/// Kubernetes.
namespace tiphys::client_detail {

/// One operation: a request, and for some another one that depends on what the first gives.
struct KubernetesCall {
    Request first;
    /// Reads the answer of the first. Nothing: there is no more to do, and that answer is the operation's.
    std::function<std::optional<Request>(std::string_view answer)> then = {};
};

KubernetesCall kubernetes_call(const Request& request, const ClientOptions& options);

/// The request of a stream.
struct KubernetesStream {
    Request request;
    std::string pod = {};  ///< whose lines they are; empty: it is a watch
    bool follow = false;   ///< lines that are yet to come as well
};

KubernetesStream kubernetes_stream(const Request& request, const ClientOptions& options);

/// A line of a watch, {"type":…,"object":…}, as the Argo Server's event.
std::string watch_event(std::string_view line);
/// The event that stands for a watch from a version that is forgotten.
std::string gone_event(std::string_view message);
/// Bytes of the line that are not UTF-8 become U+FFFD.
std::string log_event(std::string_view pod, std::string_view line);

}  // namespace tiphys::client_detail
