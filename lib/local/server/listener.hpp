// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/local/server.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>

#include "session.hpp"

namespace tiphys::local::server {

/// Accepts connections, as many at once as the options allow.
///
/// Object lifetimes: `close` ends everything at once; what runs on the executor until then keeps what it
/// needs, except the service, which must outlive it. Thread safety: none; one thread (or strand).
class Listener : public std::enable_shared_from_this<Listener> {
public:
    /// Errors: see `Server`.
    Listener(boost::asio::any_io_executor executor, Service& service, ServerOptions options);

    std::uint16_t port() const noexcept { return port_; }
    void start();
    void close();
    std::size_t sessions() const noexcept { return sessions_.size(); }
    /// Called each time a connection has ended.
    void on_end(std::function<void()> handler) { ended_ = std::move(handler); }

private:
    void accept();
    void pause();

    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::steady_timer pause_;
    Service& service_;
    ServerOptions options_;
    std::uint16_t port_ = 0;
    bool accepting_ = false;
    bool closed_ = false;
    std::set<std::shared_ptr<Session>> sessions_;
    std::function<void()> ended_;
};

}  // namespace tiphys::local::server
