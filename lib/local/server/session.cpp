// SPDX-License-Identifier: Apache-2.0
#include "session.hpp"

#include <tiphys/local/server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/write.hpp>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "peer.hpp"

namespace tiphys::local::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using beast::error_code;

/// Elements that are ready together go out together, up to about this much.
constexpr std::size_t chunk_bytes = 64u << 10;

auto into(error_code& error) { return asio::redirect_error(asio::use_awaitable, error); }

std::string text_of(beast::string_view text) { return std::string(text.data(), text.size()); }

/// Why a request is refused before anybody looks at it; empty: it is not.
template <class Fields>
std::string foreign(const Fields& header, bool by_other_user) {
    if (by_other_user) return "this server answers to the user who runs it only";
    const std::string host = text_of(header[http::field::host]);
    if (!host.empty() && !is_loopback_name(host))
        return "this server answers to its own machine only, not to Host " + json_string(host) +
               ": use 127.0.0.1 or localhost";
    const std::string origin = text_of(header[http::field::origin]);
    const std::size_t authority = origin.find("://");
    if (!origin.empty() &&
        (authority == std::string::npos || !is_loopback_name(std::string_view(origin).substr(authority + 3))))
        return "this server does not answer to pages of other origins: " + json_string(origin);
    return {};
}

}  // namespace

bool is_loopback_name(std::string_view host) noexcept {
    if (host.starts_with('[')) return host.substr(0, host.find(']')) == "[::1";
    host = host.substr(0, host.find(':'));
    if (host == "localhost") return true;
    return host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos;
}

Session::Session(asio::ip::tcp::socket socket, Service& service, const ServerOptions& options)
    : socket_(std::move(socket)), wake_(socket_.get_executor()), service_(service), options_(options) {
    error_code ignored;
    socket_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    const auto here = socket_.socket().local_endpoint(ignored);
    const auto there = ignored ? here : socket_.socket().remote_endpoint(ignored);
    const auto user = ignored ? std::nullopt : peer_user(here, there);
    // Root may do as it likes anyway.
    by_other_user_ = user && *user != 0 && *user != ::geteuid();
}

void Session::start(std::function<void()> ended) {
    asio::co_spawn(
        socket_.get_executor(), [self = shared_from_this()] { return self->run(); },
        [self = shared_from_this(), ended = std::move(ended)](const std::exception_ptr&) {
            // Whatever it was, it was this connection's: the server goes on.
            self->close();
            ended();
        });
}

void Session::close() {
    closed_ = true;
    wake_.cancel();
    socket_.close();
}

asio::awaitable<void> Session::run() {
    for (bool more = true; more && !closed_;) {
        HttpRequest request;
        if (!co_await read(request)) co_return;
        more = request.keep_alive();
        const bool head = request.method() == http::verb::head;
        Request plain{text_of(request.method_string()), text_of(request.target()),
                      text_of(request[http::field::accept]), std::move(request.body())};
        if (head) plain.method = "GET";
        Answer answer = service_.answer(plain);
        if (auto* begun = std::get_if<Stream>(&answer)) {
            co_await stream(std::move(*begun));
            more = false;
        } else {
            co_await respond(std::move(std::get<Response>(answer)), head, more);
        }
    }
    co_await linger();
}

asio::awaitable<bool> Session::read(HttpRequest& request) {
    error_code error;
    if (buffer_.size() == 0) {
        socket_.expires_after(options_.idle_timeout);
        const std::size_t n = co_await socket_.async_read_some(buffer_.prepare(8192), into(error));
        if (error) co_return false;
        buffer_.commit(n);
    }
    http::request_parser<http::string_body> parser;
    parser.header_limit(options_.max_header_bytes);
    parser.body_limit(options_.max_body_bytes);
    socket_.expires_after(options_.request_timeout);
    co_await http::async_read_header(socket_, buffer_, parser, into(error));
    if (!error) {
        if (const std::string why = foreign(parser.get(), by_other_user_); !why.empty()) {
            co_await respond(error_response(code::permission_denied, why), false, false);
            co_await linger();
            co_return false;
        }
        if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
            static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
            co_await asio::async_write(socket_, asio::buffer(go_on), into(error));
        }
        if (!error) co_await http::async_read(socket_, buffer_, parser, into(error));
    }
    if (!error) {
        request = parser.release();
        co_return true;
    }
    Response refusal;
    if (error == http::error::body_limit) {
        refusal =
            error_response(code::resource_exhausted, "grpc: received message larger than max (" +
                                                         std::to_string(options_.max_body_bytes) + " bytes)");
    } else if (error == http::error::header_limit) {
        refusal.status = 431;
        refusal.body = "431 Request Header Fields Too Large";
    } else if (error.category() == make_error_code(http::error::bad_method).category() &&
               error != http::error::end_of_stream && error != http::error::partial_message) {
        refusal.status = 400;
        refusal.body = "400 Bad Request: " + error.message();
    } else {
        co_return false;
    }
    if (refusal.status != 429) refusal.content_type = "text/plain; charset=utf-8";
    co_await respond(std::move(refusal), false, false);
    co_await linger();
    co_return false;
}

asio::awaitable<void> Session::respond(Response response, bool head, bool keep_alive) {
    http::response<http::string_body> message(static_cast<http::status>(response.status), 11);
    message.set(http::field::content_type, response.content_type);
    for (const auto& [name, value] : response.headers) message.set(name, value);
    message.keep_alive(keep_alive);
    message.body() = std::move(response.body);
    message.prepare_payload();
    error_code error;
    socket_.expires_after(options_.request_timeout);
    if (head) {
        http::response<http::empty_body> header(std::move(message.base()));
        http::response_serializer<http::empty_body> serializer(header);
        co_await http::async_write_header(socket_, serializer, into(error));
    } else {
        co_await http::async_write(socket_, message, into(error));
    }
    if (error) close();
}

asio::awaitable<bool> Session::begin(const Framing& framing) {
    http::response<http::empty_body> header(http::status::ok, 11);
    header.set(http::field::content_type,
               beast::string_view(framing.content_type().data(), framing.content_type().size()));
    if (framing.events()) header.set("X-Content-Type-Options", "nosniff");
    header.chunked(true);
    header.keep_alive(false);
    http::response_serializer<http::empty_body> serializer(header);
    error_code error;
    socket_.expires_after(options_.idle_timeout);
    co_await http::async_write_header(socket_, serializer, into(error));
    begun_ = true;
    co_return !error;
}

asio::awaitable<bool> Session::send(std::string_view chunk) {
    error_code error;
    socket_.expires_after(options_.idle_timeout);
    co_await asio::async_write(socket_, http::make_chunk(asio::buffer(chunk.data(), chunk.size())),
                               into(error));
    socket_.expires_never();
    co_return !error;
}

asio::awaitable<void> Session::stream(Stream stream) {
    using clock = std::chrono::steady_clock;
    Feed& feed = *stream.feed;
    const Framing& framing = stream.framing;
    feed.on_news([this] { wake_.cancel(); });
    socket_.expires_never();
    watch_peer();
    auto deadline = clock::time_point::max();
    if (const auto seconds = feed.timeout_seconds(); seconds && *seconds > 0 && *seconds < 1'000'000'000)
        deadline = clock::now() + std::chrono::seconds(*seconds);
    auto sign_of_life = framing.events() ? clock::now() + options_.keep_alive : clock::time_point::max();

    std::optional<Failure> failure;
    while (!closed_) {
        // The status line, too, waits for the first message or sign of life: the real server's does.
        std::string text;
        while (text.size() < chunk_bytes) {
            const auto next = feed.next();
            if (!next) break;
            text += framing.message(*next);
        }
        if (text.empty()) {
            failure = feed.failure();
            if (!failure && clock::now() >= deadline) failure.emplace(code::resource_exhausted, "EOF");
            if (failure || feed.ended()) break;
            if (clock::now() >= sign_of_life) {
                text = framing.keep_alive();
                sign_of_life = clock::now() + options_.keep_alive;
            } else {
                wake_.expires_at(std::min(deadline, sign_of_life));
                error_code ignored;
                co_await wake_.async_wait(into(ignored));
                continue;
            }
        }
        if (!begun_ && !co_await begin(framing)) co_return;
        if (!co_await send(text)) co_return;
    }
    if (closed_) co_return;
    if (failure && !begun_) {
        Response refusal;
        refusal.status = http_status(failure->code());
        refusal.body = stream_error(failure->code(), failure->what());
        co_await respond(std::move(refusal), false, false);
        co_return;
    }
    if (!begun_ && !co_await begin(framing)) co_return;
    if (failure && !co_await send(framing.error(failure->code(), failure->what()))) co_return;
    error_code ignored;
    co_await asio::async_write(socket_, http::make_chunk_last(), into(ignored));
}

void Session::watch_peer() {
    socket_.socket().async_wait(asio::ip::tcp::socket::wait_read,
                                [self = shared_from_this()](error_code error) {
                                    if (error || self->closed_) return;
                                    // Readable without a byte: the peer has gone. Bytes would be a request
                                    // that comes too early: the connection ends with the stream, so it is
                                    // never answered.
                                    error_code unknown;
                                    if (self->socket_.socket().available(unknown) == 0 || unknown)
                                        self->close();
                                });
}

asio::awaitable<void> Session::linger() {
    // Closing with unread bytes would reset the connection, and the peer could lose the answer.
    error_code error;
    socket_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
    socket_.expires_after(std::chrono::seconds(2));
    char rest[4096];
    while (!error && !closed_) co_await socket_.async_read_some(asio::buffer(rest), into(error));
}

}  // namespace tiphys::local::server
