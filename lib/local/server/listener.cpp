// SPDX-License-Identifier: Apache-2.0
#include "listener.hpp"

#include <boost/asio/ip/address.hpp>

#include <stdexcept>
#include <string>
#include <system_error>

namespace tiphys::local::server {
namespace {

namespace asio = boost::asio;

asio::ip::address loopback(const std::string& text) {
    if (text == "localhost") return asio::ip::address_v4::loopback();
    boost::system::error_code error;
    const asio::ip::address made = asio::ip::make_address(text, error);
    if (error)
        throw std::invalid_argument("\"" + text +
                                    "\" is not an address to listen on; write 127.0.0.1, ::1 or localhost");
    if (!made.is_loopback())
        throw std::invalid_argument(
            "the embedded server does not listen on " + text +
            ": it has no authentication yet, and whoever reaches it runs commands as you; write 127.0.0.1");
    return made;
}

}  // namespace

Listener::Listener(asio::any_io_executor executor, Service& service, ServerOptions options)
    : acceptor_(executor), pause_(executor), service_(service), options_(std::move(options)) {
    const asio::ip::tcp::endpoint endpoint(loopback(options_.address), options_.port);
    boost::system::error_code error;
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        throw std::system_error(error.value(), std::system_category(),
                                "cannot listen on " + options_.address + " port " +
                                    std::to_string(options_.port) + " (port 0 takes a free one)");
    port_ = acceptor_.local_endpoint().port();
}

void Listener::start() { accept(); }

void Listener::close() {
    closed_ = true;
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
    for (const auto& session : std::set<std::shared_ptr<Session>>(sessions_)) session->close();
}

void Listener::accept() {
    if (closed_ || accepting_ || sessions_.size() >= options_.max_connections) return;
    accepting_ = true;
    acceptor_.async_accept(
        [self = shared_from_this()](boost::system::error_code error, asio::ip::tcp::socket socket) {
            self->accepting_ = false;
            if (self->closed_) return;
            if (error) {
                self->pause();
                return;
            }
            auto session = std::make_shared<Session>(std::move(socket), self->service_, self->options_);
            self->sessions_.insert(session);
            session->start([self, key = std::weak_ptr<Session>(session)] {
                if (const auto ended = key.lock()) self->sessions_.erase(ended);
                if (self->ended_) self->ended_();
                self->accept();
            });
            self->accept();
        });
}

void Listener::pause() {
    // Out of descriptors, mostly: trying again at once would only burn the processor.
    pause_.expires_after(std::chrono::milliseconds(100));
    pause_.async_wait([self = shared_from_this()](boost::system::error_code error) {
        if (!error) self->accept();
    });
}

}  // namespace tiphys::local::server
