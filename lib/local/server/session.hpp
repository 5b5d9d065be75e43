// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include <functional>
#include <memory>

#include "service.hpp"

namespace tiphys::local {
struct ServerOptions;
}

namespace tiphys::local::server {

/// One connection: HTTP/1.1 with keep-alive, one request at a time; a stream is the last on its connection.
///
/// Whoever is served runs commands as this user. Other users of the machine reach the port, and a browser
/// lets any page send requests to it: other users, other hosts' names and other origins are refused.
///
/// Object lifetimes: `run` keeps the session alive; service and options must outlive it.
/// Thread safety: as the service's.
class Session : public std::enable_shared_from_this<Session> {
public:
    Session(boost::asio::ip::tcp::socket socket, Service& service, const ServerOptions& options);

    /// Starts; `ended` is called once, when nothing of it runs any more.
    void start(std::function<void()> ended);
    /// Ends it at once.
    void close();

private:
    using HttpRequest = boost::beast::http::request<boost::beast::http::string_body>;

    boost::asio::awaitable<void> run();
    /// The next request, or nothing when the connection is to be closed.
    boost::asio::awaitable<bool> read(HttpRequest& request);
    boost::asio::awaitable<void> respond(Response response, bool head, bool keep_alive);
    boost::asio::awaitable<void> stream(Stream stream);
    boost::asio::awaitable<bool> send(std::string_view chunk);
    boost::asio::awaitable<bool> begin(const Framing& framing);
    boost::asio::awaitable<void> linger();
    void watch_peer();

    boost::beast::tcp_stream socket_;
    boost::beast::flat_buffer buffer_;
    boost::asio::steady_timer wake_;
    Service& service_;
    const ServerOptions& options_;
    bool by_other_user_ = false;
    bool closed_ = false;
    bool begun_ = false;  ///< the header of a stream is out
};

/// Whether a Host header, or the host of an Origin header, names this machine.
bool is_loopback_name(std::string_view host_and_port) noexcept;

}  // namespace tiphys::local::server
