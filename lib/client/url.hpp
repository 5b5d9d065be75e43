// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tiphys::client_detail {

/// Both parts of `host:port`; an IPv6 address without its brackets.
struct Endpoint {
    std::string host;
    std::string port;
};

/// Reads what ARGO_SERVER and ClientOptions::server hold; `name` is what the message calls it.
///
/// Errors: throws ClientError (invalid_argument) for a scheme, a path, a missing host or port, a port that is
/// not 1 to 65535.
Endpoint parse_endpoint(std::string_view server, std::string_view name);

/// `/argo` for `argo`, `/argo/` and `/argo`; empty for an empty one and for `/`.
///
/// Errors: throws ClientError (invalid_argument) for a scheme, a query, a blank or a control character.
std::string normal_base_href(std::string_view href, std::string_view name);

/// A request target that is put together safely: `Target().segment("api").segment(name).query("fields", f)`.
class Target {
public:
    /// A piece that is written as it is: "/api/v1/workflows".
    explicit Target(std::string_view literal) : text_(literal) {}

    /// "/" and the percent-encoded value. `what` names it in the message.
    ///
    /// Errors: throws ClientError (invalid_argument) for an empty value, ".", "..": servers rewrite such
    /// paths.
    Target& segment(std::string_view value, std::string_view what);
    /// Like `segment`, but an empty value is allowed and keeps the slash: all namespaces.
    Target& segment_or_all(std::string_view value, std::string_view what);
    /// Adds key=value. Nothing for an empty value.
    Target& query(std::string_view key, std::string_view value);

    std::string take() { return std::move(text_); }

private:
    std::string text_;
    bool has_query_ = false;
};

}  // namespace tiphys::client_detail
