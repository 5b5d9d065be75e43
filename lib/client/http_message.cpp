// SPDX-License-Identifier: Apache-2.0
#include "client/http_message.hpp"

#include <boost/asio/ssl/error.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/verb.hpp>

#include "client/words.hpp"

namespace tiphys::client_detail {

namespace http = boost::beast::http;

namespace {

std::string text(boost::beast::string_view view) { return {view.data(), view.size()}; }

bool is_http_error(const boost::system::error_code& failure) {
    return failure.category() == make_error_code(http::error::end_of_stream).category();
}

bool means_end(const boost::system::error_code& failure) {
    return failure == http::error::end_of_stream || failure == http::error::partial_message ||
           failure == asio::error::eof || failure == asio::ssl::error::stream_truncated;
}

}  // namespace

http::request<http::string_body> http_message(const Server& server, const Identity& identity,
                                              const Request& request, std::string_view accept) {
    const auto view = [](std::string_view from) {
        return boost::beast::string_view(from.data(), from.size());
    };
    http::request<http::string_body> message;
    message.version(11);
    message.method_string(view(request.method));
    message.target(view(server.base_path + request.target));
    message.set(http::field::host, view(server.host));
    message.set(http::field::user_agent, "tiphys");
    message.set(http::field::accept, view(accept));
    if (!identity.authorization.empty())
        message.set(http::field::authorization, view(identity.authorization));
    if (!request.body.empty()) {
        message.set(http::field::content_type, !request.content_type.empty() ? view(request.content_type)
                                               : request.method == "PATCH"   ? "application/merge-patch+json"
                                                                             : "application/json");
        message.body() = request.body;
    }
    message.prepare_payload();
    return message;
}

Response response_of(const http::response_header<>& header) {
    Response response;
    response.status = static_cast<int>(header.result_int());
    response.content_type = text(header[http::field::content_type]);
    response.location = text(header[http::field::location]);
    response.retry_after = text(header[http::field::retry_after]);
    return response;
}

ClientError broken(const Server& server, const Request& request, boost::system::error_code failure,
                   Progress progress) {
    ClientError::Facts facts;
    facts.method = request.method;
    facts.target = request.target;
    facts.cause = failure;
    facts.message = shown(request, server.base_url) + ": ";
    const std::string tls_hint = !server.secure ? "; if the server speaks https, as `argo server` "
                                                  "does unless told otherwise, set ARGO_SECURE=true"
                                                : "";
    if (failure == http::error::body_limit || failure == http::error::header_limit) {
        facts.kind = ClientErrorKind::too_large;
        facts.message +=
            failure == http::error::header_limit
                ? std::string("the header of the answer is larger than 64 KiB")
                : "the answer is larger than " + std::to_string(server.max_response_bytes) +
                      " bytes: raise ClientOptions::max_response_bytes, or ask for less (the options "
                      "`fields` and `limit`)";
        return ClientError(std::move(facts));
    }
    if (is_http_error(failure) && !means_end(failure)) {
        facts.kind = ClientErrorKind::not_json;
        facts.message += "the answer is not HTTP (" + failure.message() + "): check ARGO_SERVER" + tls_hint;
        return ClientError(std::move(facts));
    }
    facts.kind = ClientErrorKind::closed;
    if (progress == Progress::answered) {
        facts.message += "the connection ended in the middle of the answer";
    } else {
        facts.message += "the connection ended before the server answered";
    }
    if (!means_end(failure)) facts.message += " (" + failure.message() + ")";
    if (request.method != "GET")
        facts.message += progress == Progress::nothing
                             ? "; the request was not sent"
                             : "; the server may have carried the request out: look before you repeat it";
    if (progress != Progress::answered) facts.message += tls_hint;
    return ClientError(std::move(facts));
}

}  // namespace tiphys::client_detail
