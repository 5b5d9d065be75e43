// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The HTTP side of the embedded Argo without any input or output: what came in, what goes out.
namespace tiphys::local::server {

struct Request {
    std::string method;  ///< "GET", …
    std::string target;  ///< path and query as on the request line
    std::string accept;  ///< value of the Accept header
    std::string body;
};

struct Response {
    int status = 200;
    std::string content_type = "application/json";
    std::string body = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
};

/// A refused call: a gRPC code and Argo's text. Handlers throw it; `error_response` turns it into HTTP.
class Failure : public std::runtime_error {
public:
    Failure(int code, const std::string& message) : std::runtime_error(message), code_(code) {}
    int code() const noexcept { return code_; }

private:
    int code_;
};

namespace code {
inline constexpr int canceled = 1, unknown = 2, invalid_argument = 3, deadline_exceeded = 4, not_found = 5,
                     already_exists = 6, permission_denied = 7, resource_exhausted = 8,
                     failed_precondition = 9, aborted = 10, out_of_range = 11, unimplemented = 12,
                     internal = 13, unavailable = 14, data_loss = 15, unauthenticated = 16;
}

/// grpc-gateway's mapping of a gRPC code to an HTTP status.
int http_status(int grpc_code) noexcept;
/// "Too Many Requests" for 429; empty for a status that Argo never sends.
std::string_view reason_phrase(int http_status) noexcept;

/// `{"code":5,"message":"…"}` with its status.
Response error_response(int grpc_code, std::string_view message);

/// What a stream says when it fails: `{"error":{"grpc_code":…,"http_code":…,"message":…,"http_status":…}}`.
std::string stream_error(int grpc_code, std::string_view message);

/// A JSON string literal with its quotes.
std::string json_string(std::string_view text);

/// The form of a stream: JSON lines, or server-sent events when the request says exactly
/// `Accept: text/event-stream`.
class Framing {
public:
    explicit Framing(std::string_view accept) : events_(accept == "text/event-stream") {}

    bool events() const noexcept { return events_; }
    std::string_view content_type() const noexcept {
        return events_ ? "text/event-stream" : "application/json";
    }
    /// One message: `result` is the JSON text of the stream's element.
    std::string message(std::string_view result) const;
    /// The last words of a stream that has already sent a message.
    std::string error(int grpc_code, std::string_view message) const;
    /// Empty for JSON lines, which have no such thing.
    std::string_view keep_alive() const noexcept { return events_ ? ":\n" : ""; }

private:
    bool events_;
};

}  // namespace tiphys::local::server
