// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/token_source.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tiphys {

/// Whom a client talks to.
enum class ClientApi : std::uint8_t {
    argo_server,  ///< all operations
    /// The API server of Kubernetes, where no Argo Server is needed: creating, reading, listing, steering,
    /// watching and removing workflows, and the logs of pods. lib/client/README.md says what is different.
    kubernetes
};

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
    /// Gives the token when it is needed, and another when the server refuses it; in place of `token`.
    TokenSource token_source = {};
    /// Namespace of operations that do not name one. Empty: all namespaces, which only list and watch accept.
    std::string namespace_ = "default";
    /// Path that a proxy puts before /api: `/argo`. Slashes at its ends do not matter.
    std::string base_href = {};
    ClientApi api = ClientApi::argo_server;
    /// Of ClientApi::kubernetes only: the controller that the workflows are for, where one has a name.
    std::string instance_id = {};

    /// PEM file with the authorities to trust instead of the system's.
    std::string certificate_authority = {};
    /// PEM files for servers and proxies that ask for a client certificate; both or none.
    std::string client_certificate = {};
    std::string client_key = {};
    /// The same as PEM texts, in place of the files.
    std::string certificate_authority_data = {};
    std::string client_certificate_data = {};
    std::string client_key_data = {};
    /// The name that the server's certificate must bear, where it is not that of `server`.
    std::string tls_server_name = {};

    /// From looking up the name to the end of the TLS handshake. 1 ms to 1 h.
    std::chrono::milliseconds connect_timeout = std::chrono::seconds(10);
    /// A whole operation from start to the last byte of its answer, retries included. 1 ms to 24 h. Streams
    /// and `wait` have no such limit.
    std::chrono::milliseconds request_timeout = std::chrono::seconds(60);
    /// How long an operation waits for the token source. 1 ms to 1 h.
    std::chrono::milliseconds token_timeout = std::chrono::seconds(30);
    /// Silence on a stream after which its connection counts as lost; the server sends a sign of life every
    /// 15 s. 1 ms to 24 h. On Kubernetes itself there are no signs in a followed log, which may be silent for
    /// ever.
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

    /// As the argo command line reads them: ARGO_SERVER, ARGO_SECURE (default true),
    /// ARGO_INSECURE_SKIP_VERIFY, ARGO_TOKEN (set but empty: no authorization), ARGO_NAMESPACE (set but
    /// empty: all namespaces), ARGO_BASE_HREF, ARGO_INSTANCEID. What ARGO_TOKEN and ARGO_NAMESPACE do not say
    /// is taken from the kubeconfig, if there is one, or from the pod's service account; else there is no
    /// token, and the namespace is `default`. Without ARGO_SERVER the client talks to the Kubernetes that
    /// these name.
    ///
    /// Errors: throws ClientError (invalid_argument) that names the variable or the file.
    static ClientOptions from_environment();
    static ClientOptions from_environment(const Environment& environment);

    /// Kubernetes itself, as a kubeconfig describes it: server, certificates, tokens, programs that give
    /// credentials (client.authentication.k8s.io/v1 and v1beta1), namespace. Without a path the files that
    /// KUBECONFIG lists are merged as kubectl does it, or else ~/.kube/config is read; without a context the
    /// current one is taken. Nothing is asked for yet: a program runs at the first request.
    ///
    /// Errors: throws ClientError (invalid_argument) that names the file and what is wrong or not supported.
    static ClientOptions from_kubeconfig(const std::string& path = {}, const std::string& context = {});
    static ClientOptions from_kubeconfig(const Environment& environment, const std::string& path = {},
                                         const std::string& context = {});

    /// Kubernetes itself, as a pod sees it: KUBERNETES_SERVICE_HOST and _PORT, and the token, namespace and
    /// authority of its service account, which lie in `folder`.
    ///
    /// Errors: throws ClientError (invalid_argument) that names what is missing.
    static ClientOptions in_cluster();
    static ClientOptions in_cluster(
        const Environment& environment,
        const std::string& folder = "/var/run/secrets/kubernetes.io/serviceaccount");

    /// Errors: throws ClientError (invalid_argument) that names the first member out of its range.
    void validate() const;

    /// `https://localhost:2746/argo`: what messages call the server.
    std::string base_url() const;
};

}  // namespace tiphys
