// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/options.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "client/identity.hpp"
#include "client/kubeconfig.hpp"
#include "client/url.hpp"
#include "client/words.hpp"

namespace tiphys {
namespace {

using std::chrono::milliseconds;

/// Reads a word as Go's strconv.ParseBool does; the argo command line reads its switches so.
bool switched(const std::optional<std::string>& value, const char* name, bool otherwise) {
    if (!value || value->empty()) return otherwise;
    for (const char* word : {"1", "t", "T", "TRUE", "true", "True"})
        if (*value == word) return true;
    for (const char* word : {"0", "f", "F", "FALSE", "false", "False"})
        if (*value == word) return false;
    client_detail::throw_invalid_argument(std::string(name) + " is \"" +
                                          client_detail::one_line(*value, 200) + "\": write true or false");
}

void in_range(milliseconds value, milliseconds least, milliseconds most, const char* name) {
    if (value >= least && value <= most) return;
    client_detail::throw_invalid_argument(
        "ClientOptions::" + std::string(name) + " is " + std::to_string(value.count()) + " ms; it must be " +
        std::to_string(least.count()) + " to " + std::to_string(most.count()) + " ms");
}

void in_range(std::uint64_t value, std::uint64_t least, std::uint64_t most, const char* name) {
    if (value >= least && value <= most) return;
    client_detail::throw_invalid_argument("ClientOptions::" + std::string(name) + " is " +
                                          std::to_string(value) + "; it must be " + std::to_string(least) +
                                          " to " + std::to_string(most));
}

std::optional<std::string> variable_of_this_process(const char* name) {
    // Reading the environment races only with a program that changes it in another thread.
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

/// Does what needs the kubeconfig, and says in its errors why it was read at all.
template <class Read>
void because(const char* reason, Read read) {
    try {
        read();
    } catch (const ClientError& error) {
        client_detail::throw_invalid_argument(std::string(error.what()) + "; it is read because " + reason);
    }
}

/// The Argo Server's options from the variables alone.
ClientOptions argo_server(const ClientOptions::Environment& environment, const std::string& server) {
    ClientOptions options;
    client_detail::parse_endpoint(server, "ARGO_SERVER");
    options.server = server;
    options.secure = switched(environment("ARGO_SECURE"), "ARGO_SECURE", true);
    options.insecure_skip_verify =
        switched(environment("ARGO_INSECURE_SKIP_VERIFY"), "ARGO_INSECURE_SKIP_VERIFY", false);
    options.base_href =
        client_detail::normal_base_href(environment("ARGO_BASE_HREF").value_or(""), "ARGO_BASE_HREF");
    return options;
}

constexpr const char* service_account = "/var/run/secrets/kubernetes.io/serviceaccount";

bool is_there(const std::string& path) {
    std::error_code unknown;
    return std::filesystem::exists(path, unknown);
}

void take_pod_token(const std::string& folder, ClientOptions& options) {
    options.token_source = tokens_from_file(folder + "/token");
}

void take_pod_namespace(const std::string& folder, ClientOptions& options) {
    std::ifstream file(folder + "/namespace");
    std::string ns;
    if (std::getline(file, ns) && !ns.empty()) options.namespace_ = client_detail::trimmed(ns);
}

bool is_in_cluster(const ClientOptions::Environment& environment) {
    return !environment("KUBERNETES_SERVICE_HOST").value_or("").empty();
}

}  // namespace

ClientOptions ClientOptions::from_environment() { return from_environment(&variable_of_this_process); }

ClientOptions ClientOptions::from_environment(const Environment& environment) {
    const std::string server = environment("ARGO_SERVER").value_or("");
    const auto token = environment("ARGO_TOKEN");
    const auto ns = environment("ARGO_NAMESPACE");
    ClientOptions options;
    if (!server.empty()) options = argo_server(environment, server);
    if (server.empty() || !token || !ns) {
        if (const auto files = client_detail::kubeconfig_files(environment); !files.empty()) {
            if (server.empty()) {
                because("ARGO_SERVER is not set", [&] {
                    options = client_detail::kubernetes_options(client_detail::read_kubeconfig(files), {});
                });
            } else {
                const char* reason = token ? "ARGO_NAMESPACE is not set" : "ARGO_TOKEN is not set";
                because(reason, [&] {
                    const auto config = client_detail::read_kubeconfig(files);
                    if (!token) client_detail::take_token(config, options);
                    if (!ns) client_detail::take_namespace(config, options);
                });
            }
        } else if (is_in_cluster(environment)) {
            if (server.empty()) {
                because("ARGO_SERVER is not set", [&] { options = in_cluster(environment); });
            } else {
                // A pod need not have a service account to ask an Argo Server.
                const std::string folder = service_account;
                if (!token && is_there(folder + "/token")) take_pod_token(folder, options);
                if (!ns) take_pod_namespace(folder, options);
            }
        } else if (server.empty()) {
            client_detail::throw_invalid_argument(
                "no Argo server is configured: set ARGO_SERVER to host:port, e.g. localhost:2746 (there is "
                "no "
                "kubeconfig either, for talking to Kubernetes itself)");
        }
    }
    if (token) {
        options.token = *token;
        options.token_source = {};
    }
    if (ns) options.namespace_ = *ns;
    if (options.api == ClientApi::kubernetes)
        options.instance_id = environment("ARGO_INSTANCEID").value_or("");
    return options;
}

ClientOptions ClientOptions::from_kubeconfig(const std::string& path, const std::string& context) {
    return from_kubeconfig(&variable_of_this_process, path, context);
}

ClientOptions ClientOptions::from_kubeconfig(const Environment& environment, const std::string& path,
                                             const std::string& context) {
    const auto files =
        path.empty() ? client_detail::kubeconfig_files(environment) : std::vector<std::string>{path};
    if (files.empty())
        client_detail::throw_invalid_argument(
            "there is no kubeconfig: KUBECONFIG names no file that exists, or is not set and there is no "
            "~/.kube/config");
    return client_detail::kubernetes_options(client_detail::read_kubeconfig(files), context);
}

ClientOptions ClientOptions::in_cluster() { return in_cluster(&variable_of_this_process); }

ClientOptions ClientOptions::in_cluster(const Environment& environment, const std::string& folder) {
    const std::string host = environment("KUBERNETES_SERVICE_HOST").value_or("");
    const std::string port = environment("KUBERNETES_SERVICE_PORT").value_or("");
    if (host.empty() || port.empty())
        client_detail::throw_invalid_argument(
            "KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set: this program does not run in a "
            "pod");
    ClientOptions options;
    options.api = ClientApi::kubernetes;
    options.server = (host.find(':') == host.npos ? host : "[" + host + "]") + ":" + port;
    client_detail::parse_endpoint(options.server, "KUBERNETES_SERVICE_HOST and _PORT");
    if (!is_there(folder + "/token"))
        client_detail::throw_invalid_argument(
            "there is no service account token \"" + client_detail::one_line(folder, 500) +
            "/token\": does the pod's automountServiceAccountToken forbid it?");
    take_pod_token(folder, options);
    if (is_there(folder + "/ca.crt")) options.certificate_authority = folder + "/ca.crt";
    take_pod_namespace(folder, options);
    return options;
}

void ClientOptions::validate() const {
    client_detail::parse_endpoint(server, "ClientOptions::server");
    client_detail::normal_base_href(base_href, "ClientOptions::base_href");
    // A line break would let a token write headers of its own. The token itself is never shown.
    if (client_detail::has_control_character(client_detail::trimmed(token)))
        client_detail::throw_invalid_argument(
            "the token (ARGO_TOKEN, ClientOptions::token) has a control character or line break inside");
    if (!token.empty() && token_source)
        client_detail::throw_invalid_argument(
            "ClientOptions::token and token_source are both given: choose one");
    if (client_certificate.empty() != client_key.empty())
        client_detail::throw_invalid_argument(
            "ClientOptions::client_certificate and client_key must be given together");
    if (client_certificate_data.empty() != client_key_data.empty())
        client_detail::throw_invalid_argument(
            "ClientOptions::client_certificate_data and client_key_data must be given together");
    in_range(connect_timeout, milliseconds(1), std::chrono::hours(1), "connect_timeout");
    in_range(request_timeout, milliseconds(1), std::chrono::hours(24), "request_timeout");
    in_range(token_timeout, milliseconds(1), std::chrono::hours(1), "token_timeout");
    in_range(stream_timeout, milliseconds(1), std::chrono::hours(24), "stream_timeout");
    in_range(retries, 0, 100, "retries");
    in_range(reconnects, 0, 10'000, "reconnects");
    in_range(retry_delay, milliseconds(0), std::chrono::hours(1), "retry_delay");
    in_range(longest_retry_delay, milliseconds(0), std::chrono::hours(1), "longest_retry_delay");
    in_range(connections, 1, 10'000, "connections");
    in_range(idle_timeout, milliseconds(0), std::chrono::hours(1), "idle_timeout");
    in_range(max_response_bytes, 1024, 0xfffffffeu, "max_response_bytes");
}

std::string ClientOptions::base_url() const {
    return (secure ? "https://" : "http://") + server +
           client_detail::normal_base_href(base_href, "ClientOptions::base_href");
}

}  // namespace tiphys
