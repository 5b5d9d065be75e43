// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/options.hpp>

#include <cstdlib>

#include "client/identity.hpp"
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

}  // namespace

ClientOptions ClientOptions::from_environment() {
    return from_environment([](const char* name) -> std::optional<std::string> {
        // Reading the environment races only with a program that changes it in another thread.
        const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
        return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    });
}

ClientOptions ClientOptions::from_environment(const Environment& environment) {
    ClientOptions options;
    options.server = environment("ARGO_SERVER").value_or("");
    if (options.server.empty())
        client_detail::throw_invalid_argument(
            "no Argo server is configured: set ARGO_SERVER to host:port, e.g. localhost:2746");
    client_detail::parse_endpoint(options.server, "ARGO_SERVER");
    options.secure = switched(environment("ARGO_SECURE"), "ARGO_SECURE", true);
    options.insecure_skip_verify =
        switched(environment("ARGO_INSECURE_SKIP_VERIFY"), "ARGO_INSECURE_SKIP_VERIFY", false);
    options.token = environment("ARGO_TOKEN").value_or("");
    options.namespace_ = environment("ARGO_NAMESPACE").value_or("default");
    options.base_href =
        client_detail::normal_base_href(environment("ARGO_BASE_HREF").value_or(""), "ARGO_BASE_HREF");
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
