// SPDX-License-Identifier: Apache-2.0
#include "http.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

namespace tiphys::local::server {

int http_status(int grpc_code) noexcept {
    switch (grpc_code) {
        case 0: return 200;
        case code::canceled: return 408;
        case code::invalid_argument:
        case code::failed_precondition:
        case code::out_of_range: return 400;
        case code::deadline_exceeded: return 504;
        case code::not_found: return 404;
        case code::already_exists:
        case code::aborted: return 409;
        case code::permission_denied: return 403;
        case code::resource_exhausted: return 429;
        case code::unimplemented: return 501;
        case code::unavailable: return 503;
        case code::unauthenticated: return 401;
        default: return 500;
    }
}

std::string_view reason_phrase(int status) noexcept {
    switch (status) {
        case 200: return "OK";
        case 301: return "Moved Permanently";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 413: return "Request Entity Too Large";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        default: return "";
    }
}

std::string json_string(std::string_view text) { return boost::json::serialize(boost::json::string(text)); }

Response error_response(int grpc_code, std::string_view message) {
    Response made;
    made.status = http_status(grpc_code);
    made.body = "{\"code\":" + std::to_string(grpc_code) + ",\"message\":" + json_string(message) + "}";
    return made;
}

std::string stream_error(int grpc_code, std::string_view message) {
    const int status = http_status(grpc_code);
    return "{\"error\":{\"grpc_code\":" + std::to_string(grpc_code) +
           ",\"http_code\":" + std::to_string(status) + ",\"message\":" + json_string(message) +
           ",\"http_status\":" + json_string(reason_phrase(status)) + "}}";
}

std::string Framing::message(std::string_view result) const {
    std::string made;
    made.reserve(result.size() + 24);
    made += events_ ? "data: {\"result\":" : "{\"result\":";
    made += result;
    // The blank before the newlines and the third newline are the real server's; parsers must live with them.
    made += events_ ? "} \n\n\n" : "}\n";
    return made;
}

std::string Framing::error(int grpc_code, std::string_view text) const {
    if (!events_) return stream_error(grpc_code, text);
    return "data: " + stream_error(grpc_code, text) + " \n\n";
}

}  // namespace tiphys::local::server
