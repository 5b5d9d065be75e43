// SPDX-License-Identifier: Apache-2.0
#include "client/words.hpp"

#include <array>

namespace tiphys::client_detail {
namespace {

/// Length of the UTF-8 character at the start of the text; 0 if there is none.
std::size_t character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    const std::size_t size = first < 0x80   ? 1
                             : first < 0xc2 ? 0
                             : first < 0xe0 ? 2
                             : first < 0xf0 ? 3
                             : first < 0xf5 ? 4
                                            : 0;
    if (size == 0 || size > text.size()) return 0;
    for (std::size_t i = 1; i < size; ++i)
        if ((byte(i) & 0xc0) != 0x80) return 0;
    // Overlong forms, surrogates and what lies above U+10FFFF.
    if (first == 0xe0 && byte(1) < 0xa0) return 0;
    if (first == 0xed && byte(1) > 0x9f) return 0;
    if (first == 0xf0 && byte(1) < 0x90) return 0;
    if (first == 0xf4 && byte(1) > 0x8f) return 0;
    return size;
}

}  // namespace

std::string one_line(std::string_view text, std::size_t limit) {
    static constexpr std::string_view hex = "0123456789abcdef";
    std::string line;
    while (!text.empty()) {
        if (line.size() >= limit) return line + "…";
        const std::size_t size = character(text);
        const auto byte = static_cast<unsigned char>(text[0]);
        // U+0080 to U+009F are control characters too.
        const bool control = (size == 1 && (byte < 0x20 || byte == 0x7f)) ||
                             (size == 2 && byte == 0xc2 && static_cast<unsigned char>(text[1]) < 0xa0);
        if (size == 0 || control) {
            for (const char c : text.substr(0, size == 0 ? 1 : size)) {
                if (c == '\n')
                    line += "\\n";
                else if (c == '\t')
                    line += ' ';
                else if (c == '\r')
                    line += "\\r";
                else
                    (line += "\\x")
                        .append({hex[static_cast<unsigned char>(c) >> 4],
                                 hex[static_cast<unsigned char>(c) & 15]});
            }
            text.remove_prefix(size == 0 ? 1 : size);
        } else {
            line += text.substr(0, size);
            text.remove_prefix(size);
        }
    }
    return line;
}

std::string quoted(std::string_view text) { return '"' + one_line(text, 200) + '"'; }

std::string utf8(std::string_view text) {
    std::string made;
    made.reserve(text.size());
    while (!text.empty()) {
        const std::size_t size = character(text);
        if (size == 0)
            made += "\xef\xbf\xbd";
        else
            made += text.substr(0, size);
        text.remove_prefix(size == 0 ? 1 : size);
    }
    return made;
}

std::string_view reason(int status) noexcept {
    switch (status) {
        case 200: return "OK";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 413: return "Payload Too Large";
        case 422: return "Unprocessable Entity";
        case 429: return "Too Many Requests";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 502: return "Bad Gateway";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        default: return {};
    }
}

std::string_view grpc_name(int code) noexcept {
    static constexpr std::array<std::string_view, 17> names = {
        "OK",       "Canceled",       "Unknown",          "InvalidArgument",   "DeadlineExceeded",
        "NotFound", "AlreadyExists",  "PermissionDenied", "ResourceExhausted", "FailedPrecondition",
        "Aborted",  "OutOfRange",     "Unimplemented",    "Internal",          "Unavailable",
        "DataLoss", "Unauthenticated"};
    return code >= 0 && static_cast<std::size_t>(code) < names.size() ? names[static_cast<std::size_t>(code)]
                                                                      : std::string_view();
}

void throw_invalid_argument(std::string message) {
    throw ClientError({.kind = ClientErrorKind::invalid_argument, .message = std::move(message)});
}

}  // namespace tiphys::client_detail
