// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include <chrono>
#include <optional>

#include "client/identity.hpp"
#include "client/operation.hpp"
#include "client/response.hpp"
#include "client/url.hpp"

namespace tiphys::client_detail {

/// A TCP connection, secured or not, that reads and writes like one stream type: what Beast does with it is
/// then compiled once.
class ByteStream {
public:
    using executor_type = asio::any_io_executor;
    using next_layer_type = asio::ip::tcp::socket;
    using lowest_layer_type = asio::ip::tcp::socket;

    ByteStream(const asio::any_io_executor& executor, asio::ssl::context* tls) : socket_(executor) {
        if (tls != nullptr) tls_.emplace(socket_, *tls);
    }

    executor_type get_executor() { return socket_.get_executor(); }
    asio::ip::tcp::socket& socket() noexcept { return socket_; }
    asio::ssl::stream<asio::ip::tcp::socket&>* tls() noexcept { return tls_ ? &*tls_ : nullptr; }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
            [this](auto handler, const Buffers& into) {
                if (tls_)
                    tls_->async_read_some(into, std::move(handler));
                else
                    socket_.async_read_some(into, std::move(handler));
            },
            token, buffers);
    }
    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        return asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
            [this](auto handler, const Buffers& from) {
                if (tls_)
                    tls_->async_write_some(from, std::move(handler));
                else
                    socket_.async_write_some(from, std::move(handler));
            },
            token, buffers);
    }

private:
    asio::ip::tcp::socket socket_;
    std::optional<asio::ssl::stream<asio::ip::tcp::socket&>> tls_;
};

/// One connection to the server. At most one operation uses it at a time.
class Connection {
public:
    Connection(const asio::any_io_executor& executor, std::shared_ptr<asio::ssl::context> secured)
        : tls(std::move(secured)), stream(executor, tls.get()) {}

    /// Everything that waits for this connection comes back.
    void close() noexcept {
        boost::system::error_code ignored;
        stream.socket().close(ignored);
    }
    /// Whether an idle connection can carry a request: open, and nothing to read, not even its end.
    bool is_fresh();

    const std::shared_ptr<asio::ssl::context> tls;  ///< as the identity had it
    ByteStream stream;
    boost::beast::flat_buffer buffer;  ///< bytes read beyond what was asked for
    bool used = false;                 ///< has carried an exchange already
    std::chrono::steady_clock::time_point idle_since{};
};

/// Where to connect and how: fixed for the life of a client.
struct Server {
    Endpoint endpoint;
    std::string base_url;   ///< for messages
    std::string base_path;  ///< before every target
    std::string host;       ///< value of the Host header
    std::string tls_name;   ///< on its certificate
    // What messages tell users to look at.
    std::string what = "the Argo server";
    std::string setting = "ARGO_SERVER";
    std::string any_certificate = "ARGO_INSECURE_SKIP_VERIFY=true";
    std::string without_tls = "ARGO_SECURE=false";
    bool secure = true;
    bool verify = true;
    std::chrono::milliseconds connect_timeout{};
    std::uint64_t max_response_bytes = 0;
};

/// A context as the options ask for, with the certificate of the credential, if one is given.
///
/// Errors: throws ClientError (invalid_argument) that names the file or text that cannot be used.
std::shared_ptr<asio::ssl::context> make_tls_context(const ClientOptions& options,
                                                     const Credential* credential = nullptr);

/// Opens a connection: name, TCP, TLS.
///
/// Errors: throws ClientError (unreachable, tls, timeout) with the place and the remedy, or why the operation
/// was stopped.
asio::awaitable<std::unique_ptr<Connection>> connect(Operation& operation, const Server& server,
                                                     std::shared_ptr<const Identity> identity,
                                                     asio::any_io_executor executor);

/// What happened while one request was carried by one connection.
struct Exchange {
    boost::system::error_code failure;
    bool written = false;   ///< some of the request may have reached the server
    bool answered = false;  ///< some of the answer came
    bool reusable = false;  ///< the connection can carry another request
    Response response;
};

/// Writes the request and reads the whole answer.
asio::awaitable<Exchange> exchange_once(Operation& operation, const Server& server, const Identity& identity,
                                        Connection& connection, const Request& request);

/// The error for an exchange that failed.
ClientError broken_exchange(const Server& server, const Request& request, const Exchange& exchange);

}  // namespace tiphys::client_detail
