// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tiphys {

/// Where the Argo server is, and how to talk to it. Strings are UTF-8; `validate()` says what does not fit,
/// and every constructor of Client calls it.
///
/// Source: the environment variables are those of the argo command line (docs/cli and pkg/apiclient of Argo).
struct ClientOptions {
    /// `host:port`, no scheme: `localhost:2746`, `[::1]:2746`, `argo.example.org:443`. Required.
    std::string server = {};
    /// https, as `argo server` speaks unless told otherwise; false: http.
    bool secure = true;
    /// Accept any certificate: for the self-signed one that `argo server` makes for itself, on networks that
    /// you trust.
    bool insecure_skip_verify = false;
    /// The whole value of the Authorization header ("Bearer …", "Basic …"). A single word is taken for a
    /// bearer token and gets "Bearer " before it. Empty: no such header.
    std::string token = {};
    /// Namespace of operations that do not name one. Empty: all namespaces, which only list and watch accept.
    std::string namespace_ = "default";
    /// Path that a proxy puts before /api: `/argo`. Slashes at its ends do not matter.
    std::string base_href = {};

    /// PEM file with the authorities to trust instead of the system's.
    std::string certificate_authority = {};
    /// PEM files for proxies that ask for a client certificate; both or none.
    std::string client_certificate = {};
    std::string client_key = {};

    /// From looking up the name to the end of the TLS handshake. 1 ms to 1 h.
    std::chrono::milliseconds connect_timeout = std::chrono::seconds(10);
    /// A whole operation from start to the last byte of its answer, retries included. 1 ms to 24 h. Streams
    /// and `wait` have no such limit.
    std::chrono::milliseconds request_timeout = std::chrono::seconds(60);
    /// Silence on a stream after which its connection counts as lost; the server sends a sign of life every
    /// 15 s. 1 ms to 24 h.
    std::chrono::milliseconds stream_timeout = std::chrono::seconds(60);
    /// How often a GET is tried again after 429, 503 or a lost connection. 0 to 100.
    unsigned retries = 3;
    /// How often in a row a watch reconnects before it gives up; an event starts the count anew. 0 to 10,000.
    unsigned reconnects = 10;
    /// Pause before the first retry or reconnection; doubled for each that follows, at most
    /// `longest_retry_delay`, and varied at random by up to a quarter. 0 to 1 h.
    std::chrono::milliseconds retry_delay = std::chrono::milliseconds(200);
    std::chrono::milliseconds longest_retry_delay = std::chrono::seconds(5);

    /// Connections open at once for operations that are not streams; further operations wait for their turn.
    /// 1 to 10,000. (Each stream has a connection of its own.)
    unsigned connections = 32;
    /// How long an idle connection is kept for the next operation. 0 (closed at once) to 1 h.
    std::chrono::milliseconds idle_timeout = std::chrono::seconds(60);
    /// Largest answer, and largest single event of a stream. 1 KiB to 4 GiB - 2; Argo itself stops at 100 MB.
    std::uint64_t max_response_bytes = 128u << 20;

    /// Value of an environment variable, or nothing when it is not set.
    using Environment = std::function<std::optional<std::string>(const char* name)>;

    /// As the argo command line reads them: ARGO_SERVER (required here), ARGO_SECURE (default true),
    /// ARGO_INSECURE_SKIP_VERIFY, ARGO_TOKEN (set but empty: no authorization), ARGO_NAMESPACE (set but
    /// empty: all namespaces; not set: `default`), ARGO_BASE_HREF. A kubeconfig is not read.
    ///
    /// Errors: throws ClientError (invalid_argument) that names the variable.
    static ClientOptions from_environment();
    static ClientOptions from_environment(const Environment& environment);

    /// Errors: throws ClientError (invalid_argument) that names the first member out of its range.
    void validate() const;

    /// `https://localhost:2746/argo`: what messages call the server.
    std::string base_url() const;
};

}  // namespace tiphys
