// SPDX-License-Identifier: Apache-2.0
#include "client/response.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>

#include "client/json_member.hpp"
#include "client/words.hpp"

namespace tiphys::client_detail {
namespace {

/// What an error document says: google.rpc.Status, the same inside `error` (streams), or nothing of the kind.
struct Words {
    int grpc_code = -1;
    int status = 0;
    bool kubernetes = false;  ///< a Status of Kubernetes
    std::string message;
};

Words words_of(std::string_view body) {
    Words words;
    boost::json::error_code failed;
    const boost::json::value document = boost::json::parse({body.data(), body.size()}, failed);
    const boost::json::object* object = failed ? nullptr : document.if_object();
    if (object != nullptr) {
        const boost::json::value* inner = object->if_contains("error");
        if (inner != nullptr && inner->is_object()) object = &inner->get_object();
    }
    if (object == nullptr) {
        words.message = body;
        return words;
    }
    const auto number = [&](const char* name, int otherwise) {
        const boost::json::value* found = object->if_contains(name);
        const std::int64_t* value = found == nullptr ? nullptr : found->if_int64();
        return value == nullptr ? otherwise : static_cast<int>(*value);
    };
    const boost::json::value* kind = object->if_contains("kind");
    words.kubernetes = kind != nullptr && kind->is_string() && kind->get_string() == "Status";
    if (words.kubernetes) {
        words.status = number("code", 0);
    } else {
        words.grpc_code = number("code", number("grpc_code", -1));
        words.status = number("http_code", 0);
    }
    const boost::json::value* message = object->if_contains("message");
    if (message != nullptr && message->is_string())
        words.message.assign(message->get_string().data(), message->get_string().size());
    else
        words.message = body;
    return words;
}

ClientErrorKind kind_of(int status) {
    switch (status) {
        case 401: return ClientErrorKind::unauthorized;
        case 403: return ClientErrorKind::forbidden;
        case 404: return ClientErrorKind::not_found;
        case 409: return ClientErrorKind::conflict;
        case 429: return ClientErrorKind::too_many_requests;
        case 501: return ClientErrorKind::not_implemented;
        default: break;
    }
    if (status >= 300 && status < 400) return ClientErrorKind::redirected;
    if (status >= 400 && status < 500) return ClientErrorKind::invalid_request;
    return ClientErrorKind::server;
}

std::string remedy(ClientErrorKind kind, int status, std::string_view words) {
    switch (kind) {
        case ClientErrorKind::unauthorized:
            return "set ARGO_TOKEN (ClientOptions::token) to a valid token; `argo auth token` prints one";
        case ClientErrorKind::forbidden:
            return "the account behind ARGO_TOKEN lacks this right in this namespace; check ARGO_NAMESPACE "
                   "and "
                   "the account's RBAC roles";
        case ClientErrorKind::not_found: return "check the name and the namespace (ARGO_NAMESPACE)";
        case ClientErrorKind::conflict:
            return words.find("already exists") != words.npos
                       ? "choose another name, or let the server make one (generateName)"
                       : "the object was changed meanwhile: get it again and repeat the change";
        case ClientErrorKind::too_many_requests:
            return "the server is busy or limits requests: try again later";
        case ClientErrorKind::not_implemented:
            return "this server does not know the operation; check its version and ARGO_BASE_HREF";
        case ClientErrorKind::server:
            if (status == 502 || status == 503 || status == 504)
                return "the server or a proxy before it is not ready: try again later";
            return {};
        case ClientErrorKind::invalid_request:
            if (words.find("HTTP request to an HTTPS server") != words.npos)
                return "the server speaks https: leave ARGO_SECURE unset or set it to true";
            return {};
        default: return {};
    }
}

std::string answered(int status, int grpc_code) {
    std::string text = std::to_string(status);
    if (const auto name = reason(status); !name.empty()) text.append(" ").append(name);
    if (const auto name = grpc_name(grpc_code); grpc_code > 0)
        text +=
            " (gRPC code " + std::to_string(grpc_code) + (name.empty() ? "" : " " + std::string(name)) + ")";
    return text;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

/// What helps where Kubernetes itself refuses.
std::string kubernetes_remedy(ClientErrorKind kind, int status, std::string_view words) {
    switch (kind) {
        case ClientErrorKind::unauthorized:
            return "check the user of the kubeconfig's context (ClientOptions::token, token_source)";
        case ClientErrorKind::forbidden:
            return "the user of the kubeconfig's context lacks this right in this namespace: check the "
                   "namespace and the RBAC roles";
        case ClientErrorKind::not_found:
            return contains(words, "could not find the requested resource")
                       ? "is Argo Workflows installed in this cluster?"
                       : "check the name and the namespace";
        default: return remedy(kind, status, words);
    }
}

ClientError failure(const Request& request, std::string_view base_url, int status, Words words) {
    ClientError::Facts facts;
    facts.kind = kind_of(status);
    // What LintWorkflow finds wrong comes as an error of no kind.
    if (request.judges && status == 500 && words.grpc_code == 2)
        facts.kind = ClientErrorKind::invalid_request;
    facts.status = status;
    facts.grpc_code = words.grpc_code;
    facts.method = request.method;
    facts.target = request.target;
    facts.message = shown(request, base_url) + ": the server answered " + answered(status, words.grpc_code);
    if (!words.message.empty()) facts.message += ", in its words: \"" + one_line(words.message) + "\"";
    const std::string help = words.kubernetes ? kubernetes_remedy(facts.kind, status, words.message)
                                              : remedy(facts.kind, status, words.message);
    if (!help.empty()) facts.message += "; " + help;
    facts.server_message = std::move(words.message);
    return ClientError(std::move(facts));
}

std::string media_type(std::string_view content_type) {
    content_type = content_type.substr(0, content_type.find(';'));
    const std::size_t last = content_type.find_last_not_of(" \t");
    content_type = content_type.substr(0, last == content_type.npos ? 0 : last + 1);
    std::string lower(content_type);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

[[noreturn]] void throw_not_the_api(const Request& request, std::string_view base_url,
                                    const Response& response, std::string_view wanted) {
    const std::string type = media_type(response.content_type);
    ClientError::Facts facts;
    facts.kind = ClientErrorKind::not_json;
    facts.status = response.status;
    facts.method = request.method;
    facts.target = request.target;
    facts.server_message = response.body;
    facts.message = shown(request, base_url) + ": the answer is ";
    facts.message += type.empty() ? std::string("of no stated type") : one_line(type, 100);
    facts.message += ", not " + std::string(wanted) + ": ";
    facts.message +=
        contains(type, "html")
            ? "this is a web page, so the API has another path or another port; check ARGO_BASE_HREF "
              "(ClientOptions::base_href) and ARGO_SERVER"
            : "is this an Argo server? check ARGO_SERVER and ARGO_BASE_HREF";
    throw ClientError(std::move(facts));
}

}  // namespace

std::string shown(const Request& request, std::string_view base_url) {
    return request.method + " " + std::string(base_url) + one_line(request.target, 1000);
}

bool is_json_type(std::string_view content_type) noexcept {
    const std::string type = media_type(content_type);
    return type == "application/json" || type.ends_with("+json");
}

bool is_event_stream(std::string_view content_type) noexcept {
    return media_type(content_type) == "text/event-stream";
}

ClientError refusal(const Request& request, std::string_view base_url, const Response& response) {
    if (response.status >= 300 && response.status < 400) {
        ClientError::Facts facts;
        facts.kind = ClientErrorKind::redirected;
        facts.status = response.status;
        facts.method = request.method;
        facts.target = request.target;
        facts.server_message = response.location;
        facts.message = shown(request, base_url) + ": the server answered " + answered(response.status, -1);
        facts.message += response.location.empty() ? std::string(" without saying where to")
                                                   : ", to \"" + one_line(response.location, 500) + "\"";
        facts.message +=
            "; redirects are not followed: set ARGO_SERVER, ARGO_SECURE and ARGO_BASE_HREF to where the API "
            "is";
        return ClientError(std::move(facts));
    }
    return failure(request, base_url, response.status, words_of(response.body));
}

void require_json(const Request& request, std::string_view base_url, const Response& response) {
    if (response.status < 200 || response.status >= 300) throw refusal(request, base_url, response);
    if (is_json_type(response.content_type)) return;
    throw_not_the_api(request, base_url, response, "application/json");
}

void require_event_stream(const Request& request, std::string_view base_url, const Response& response) {
    if (response.status < 200 || response.status >= 300) throw refusal(request, base_url, response);
    if (is_event_stream(response.content_type)) return;
    throw_not_the_api(request, base_url, response, "text/event-stream");
}

StreamItem open_event(const Request& request, std::string_view base_url, std::string_view event) {
    StreamItem item;
    if (const auto error = json_member(event, "error")) {
        Words words = words_of(*error);
        const bool end = words.grpc_code == 8 && words.message == "EOF";
        const bool gone = words.status == 410 || contains(words.message, "too old resource version") ||
                          contains(words.message, "resourceVersion for the provided watch is too old") ||
                          contains(words.message, "Expired");
        const int status = words.status == 0 ? 500 : words.status;
        item.error = failure(request, base_url, status, std::move(words));
        item.watch_expired = end;
        item.version_gone = gone && !end;
        return item;
    }
    const auto result = json_member(event, "result");
    if (!result)
        throw ClientError(
            {.kind = ClientErrorKind::not_json,
             .message = shown(request, base_url) +
                        ": the server sent an event with neither result nor error: " + one_line(event, 200),
             .method = request.method,
             .target = request.target,
             .server_message = std::string(event)});
    item.result = *result;
    return item;
}

}  // namespace tiphys::client_detail
