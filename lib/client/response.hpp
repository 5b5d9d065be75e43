// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/detail/request.hpp>
#include <tiphys/client/error.hpp>

#include <optional>
#include <string>
#include <string_view>

/// What an answer means, as pure functions.
namespace tiphys::client_detail {

/// What the client needs of an HTTP answer.
struct Response {
    int status = 0;
    std::string content_type = {};
    std::string location = {};     ///< of a redirect
    std::string retry_after = {};  ///< of 429 and 503
    std::string body = {};
};

/// Names the request in messages: "GET http://localhost:2746/api/v1/version".
std::string shown(const Request& request, std::string_view base_url);

/// Whether it begins with application/json or ends with +json.
bool is_json_type(std::string_view content_type) noexcept;
/// Whether it is text/event-stream.
bool is_event_stream(std::string_view content_type) noexcept;

/// The error that an answer other than 2xx stands for. Bodies that are not Argo's JSON survive as the
/// server's words.
ClientError refusal(const Request& request, std::string_view base_url, const Response& response);

/// Throws what is wrong with the answer to an operation that is not a stream; returns when its body is the
/// API's JSON.
void require_json(const Request& request, std::string_view base_url, const Response& response);

/// The same for the beginning of a stream.
void require_event_stream(const Request& request, std::string_view base_url, const Response& response);

/// One event of a stream.
struct StreamItem {
    std::string_view result;  ///< the text of the member `result`; points into the event
    std::optional<ClientError> error;
    /// The error says that a watch has reached its end as all watches do: reconnect.
    bool watch_expired = false;
    /// The error says that the version to go on from is gone: begin anew.
    bool version_gone = false;
};

/// Opens the envelope {"result":…} or {"error":…} of an event.
///
/// Errors: throws ClientError (not_json) for anything else.
StreamItem open_event(const Request& request, std::string_view base_url, std::string_view event);

}  // namespace tiphys::client_detail
