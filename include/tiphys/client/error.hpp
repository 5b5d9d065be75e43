// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/system/system_error.hpp>

#include <exception>
#include <memory>
#include <string>
#include <string_view>

namespace tiphys {

/// What kind of thing went wrong between this program and the Argo server.
enum class ClientErrorKind {
    invalid_argument = 1,  ///< an option or argument of ours; nothing was sent
    would_deadlock,        ///< a blocking call on the client's own executor; nothing was sent
    unreachable,           ///< no connection: name unknown, refused, no route
    tls,                   ///< the connection could not be secured
    timeout,               ///< connect_timeout, request_timeout, stream_timeout or a wait's own timeout
    closed,                ///< the connection ended before the whole answer had come
    cancelled,             ///< by the caller, or because the client was destroyed
    redirected,            ///< 3xx: the API is elsewhere
    not_json,              ///< an answer that is not the API's: an HTML page, a broken document
    too_large,             ///< more than max_response_bytes
    file,                  ///< a file of this machine could not be read or written
    invalid_request,       ///< 400, 422 and other 4xx: the server does not accept what was sent
    unauthorized,          ///< 401; or, with no status, the token source gave no token
    forbidden,             ///< 403
    not_found,             ///< 404
    conflict,              ///< 409: it exists already, or was changed meanwhile
    too_many_requests,     ///< 429
    not_implemented,       ///< 501: the server does not know this operation
    server                 ///< any other 5xx
};

/// The kind in words: "not found".
std::string_view to_string(ClientErrorKind kind) noexcept;

/// Category "tiphys.client"; its values are those of ClientErrorKind.
const boost::system::error_category& client_category() noexcept;

inline boost::system::error_code make_error_code(ClientErrorKind kind) noexcept {
    return {static_cast<int>(kind), client_category()};
}

/// What every operation of the client throws, or hands to its completion handler.
///
/// `what()` is one line: the request, what happened, and what to do about it. Words that come from the server
/// are marked as such in it, escaped, and cut to 2,000 bytes; `server_message()` has them whole and as they
/// are. `code()` is the kind in `client_category()`, except that a cancelled operation bears
/// `boost::asio::error::operation_aborted`, as cancelled operations of Asio do.
class ClientError : public boost::system::system_error {
public:
    struct Facts {
        ClientErrorKind kind = ClientErrorKind::server;
        std::string message = {};              ///< becomes what()
        int status = 0;                        ///< HTTP status; 0: there was no answer
        int grpc_code = -1;                    ///< as the server states it; -1: it does not
        std::string method = {};               ///< "GET"
        std::string target = {};               ///< "/api/v1/workflows/argo/hello"
        std::string server_message = {};       ///< the server's words, not ours
        boost::system::error_code cause = {};  ///< of the system, of Asio or of OpenSSL
    };

    explicit ClientError(Facts facts);

    const char* what() const noexcept override { return facts_->message.c_str(); }
    ClientErrorKind kind() const noexcept { return facts_->kind; }
    int status() const noexcept { return facts_->status; }
    int grpc_code() const noexcept { return facts_->grpc_code; }
    const std::string& method() const noexcept { return facts_->method; }
    const std::string& target() const noexcept { return facts_->target; }
    const std::string& server_message() const noexcept { return facts_->server_message; }
    const boost::system::error_code& cause() const noexcept { return facts_->cause; }

private:
    std::shared_ptr<const Facts> facts_;
};

/// Whether the same request may succeed later without anybody changing anything: the server was unreachable,
/// too busy or restarting, or the connection was lost. (An operation that is not a GET may have been carried
/// out nevertheless.)
bool is_transient(const ClientError& error) noexcept;

}  // namespace tiphys

template <>
struct boost::system::is_error_code_enum<tiphys::ClientErrorKind> : std::true_type {};
