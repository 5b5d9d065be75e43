// SPDX-License-Identifier: Apache-2.0
#include "support/scripted_server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <arpa/inet.h>
#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <tuple>

namespace tiphys::test {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

struct ScriptedServer::State {
    Script script;
    asio::io_context context;
    std::unique_ptr<asio::ssl::context> tls;
    tcp::acceptor acceptor{context, tcp::endpoint(asio::ip::address_v4::loopback(), 0)};
    unsigned short port = acceptor.local_endpoint().port();

    mutable std::mutex mutex;
    mutable std::condition_variable changed;
    std::vector<SeenRequest> requests;
    std::size_t connections = 0;
    std::set<int> open;  ///< descriptors of all connections
    std::set<int> idle;  ///< those that wait for a request
    bool stopping = false;
    std::vector<std::thread> threads;
    std::thread accepting;
};

namespace {

template <class Stream>
class StreamTalk final : public Talk {
public:
    StreamTalk(Stream& stream, tcp::socket& socket) : stream_(stream), socket_(socket) {}

    void raw(std::string_view bytes) override {
        boost::system::error_code lost;
        asio::write(stream_, asio::buffer(bytes.data(), bytes.size()), lost);
    }
    void close() override {
        ::shutdown(socket_.native_handle(), SHUT_RDWR);
        closed = true;
    }
    void reset() override {
        boost::system::error_code lost;
        socket_.set_option(asio::socket_base::linger(true, 0), lost);
        closed = true;
    }
    void wait_for_close() override {
        char byte = 0;
        boost::system::error_code lost;
        while (!lost) stream_.read_some(asio::buffer(&byte, 1), lost);
        closed = true;
    }

    void set(SeenRequest request) { request_ = std::move(request); }
    bool closed = false;

private:
    Stream& stream_;
    tcp::socket& socket_;
};

SeenRequest seen(const http::request<http::string_body>& message) {
    SeenRequest request;
    request.method = std::string(message.method_string());
    request.target = std::string(message.target());
    request.body = message.body();
    for (const auto& field : message) {
        std::string name(field.name_string());
        for (char& c : name)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        request.headers[name] = std::string(field.value());
    }
    return request;
}

template <class Stream>
void converse(ScriptedServer::State& state, Stream& stream, tcp::socket& socket, std::size_t connection,
              const std::string& client_certificate = {}) {
    const int descriptor = socket.native_handle();
    StreamTalk<Stream> talk(stream, socket);
    boost::beast::flat_buffer buffer;
    while (!talk.closed) {
        {
            const std::lock_guard lock(state.mutex);
            if (state.stopping) return;
            state.idle.insert(descriptor);
        }
        http::request_parser<http::string_body> parser;
        parser.body_limit(boost::none);
        boost::system::error_code failed;
        http::read(stream, buffer, parser, failed);
        {
            const std::lock_guard lock(state.mutex);
            state.idle.erase(descriptor);
            if (failed) return;
            SeenRequest request = seen(parser.get());
            request.client_certificate = client_certificate;
            request.connection = connection;
            request.number = state.requests.size() + 1;
            state.requests.push_back(request);
            talk.set(std::move(request));
            state.changed.notify_all();
        }
        state.script(talk);
    }
}

std::string certificate_of(SSL* peer) {
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(SSL_get1_peer_certificate(peer), X509_free);
    if (certificate == nullptr) return {};
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> text(BIO_new(BIO_s_mem()), BIO_free_all);
    PEM_write_bio_X509(text.get(), certificate.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(text.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

void serve(ScriptedServer::State& state, tcp::socket socket, std::size_t connection) {
    const int descriptor = socket.native_handle();
    if (state.tls != nullptr) {
        asio::ssl::stream<tcp::socket&> stream(socket, *state.tls);
        boost::system::error_code failed;
        stream.handshake(asio::ssl::stream_base::server, failed);
        if (!failed) converse(state, stream, socket, connection, certificate_of(stream.native_handle()));
    } else {
        converse(state, socket, socket, connection);
    }
    const std::lock_guard lock(state.mutex);
    state.open.erase(descriptor);
    boost::system::error_code ignored;
    socket.close(ignored);
}

void accept(ScriptedServer::State& state) {
    for (;;) {
        tcp::socket socket(state.context);
        boost::system::error_code failed;
        state.acceptor.accept(socket, failed);
        const std::lock_guard lock(state.mutex);
        if (state.stopping) return;
        if (failed) continue;
        const std::size_t connection = ++state.connections;
        state.open.insert(socket.native_handle());
        state.threads.emplace_back([&state, connection, accepted = std::move(socket)]() mutable {
            serve(state, std::move(accepted), connection);
        });
        state.changed.notify_all();
    }
}

}  // namespace

void Talk::answer(int status, std::string_view content_type, std::string_view body,
                  std::string_view further_headers) {
    std::string text = "HTTP/1.1 " + std::to_string(status) + " Scripted\r\n";
    if (!content_type.empty()) text += "Content-Type: " + std::string(content_type) + "\r\n";
    text += further_headers;
    text += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    text += body;
    raw(text);
}

void Talk::begin_events() {
    raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Content-Type-Options: nosniff\r\n"
        "Transfer-Encoding: chunked\r\n\r\n");
}

void Talk::chunk(std::string_view bytes) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string size;
    for (std::size_t rest = bytes.size(); rest != 0; rest /= 16) size.insert(size.begin(), digits[rest % 16]);
    raw(size + "\r\n" + std::string(bytes) + "\r\n");
}

// Argo puts a blank behind the data and an empty line more than needed.
void Talk::event(std::string_view data) { chunk("data: " + std::string(data) + " \n\n\n"); }
void Talk::sign_of_life() { chunk(":\n"); }
void Talk::end_events() { raw("0\r\n\r\n"); }

ScriptedServer::ScriptedServer(Script script, std::optional<Certificate> certificate,
                               const std::string& authority)
    : state_(std::make_unique<State>()) {
    state_->script = std::move(script);
    if (certificate) {
        state_->tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
        state_->tls->use_certificate_chain(asio::buffer(certificate->certificate));
        state_->tls->use_private_key(asio::buffer(certificate->key), asio::ssl::context::pem);
        if (authority.empty()) {
            state_->tls->set_verify_mode(asio::ssl::verify_peer);
            state_->tls->set_verify_callback([](bool, asio::ssl::verify_context&) { return true; });
        } else {
            state_->tls->add_certificate_authority(asio::buffer(authority));
            state_->tls->set_verify_mode(asio::ssl::verify_peer | asio::ssl::verify_fail_if_no_peer_cert);
        }
    }
    state_->accepting = std::thread([state = state_.get()] { accept(*state); });
}

ScriptedServer::~ScriptedServer() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->stopping = true;
        ::shutdown(state_->acceptor.native_handle(), SHUT_RDWR);
        for (const int descriptor : state_->open) ::shutdown(descriptor, SHUT_RDWR);
    }
    state_->accepting.join();
    for (std::thread& thread : state_->threads) thread.join();
}

unsigned short ScriptedServer::port() const noexcept { return state_->port; }
std::string ScriptedServer::address() const { return "127.0.0.1:" + std::to_string(port()); }

std::vector<SeenRequest> ScriptedServer::requests() const {
    const std::lock_guard lock(state_->mutex);
    return state_->requests;
}

std::size_t ScriptedServer::connections() const {
    const std::lock_guard lock(state_->mutex);
    return state_->connections;
}

void ScriptedServer::wait_for_requests(std::size_t count) const {
    std::unique_lock lock(state_->mutex);
    state_->changed.wait(lock, [&] { return state_->requests.size() >= count; });
}

void ScriptedServer::wait_for_connections(std::size_t count) const {
    std::unique_lock lock(state_->mutex);
    state_->changed.wait(lock, [&] { return state_->connections >= count; });
}

void ScriptedServer::close_idle() {
    const std::lock_guard lock(state_->mutex);
    for (const int descriptor : state_->idle) ::shutdown(descriptor, SHUT_RDWR);
}

namespace {

sockaddr_in loopback(unsigned short port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

/// A bound socket and its port.
std::pair<int, unsigned short> bound() {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (descriptor < 0 || ::bind(descriptor, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("no socket on 127.0.0.1");
    return {descriptor, ntohs(address.sin_port)};
}

}  // namespace

DeafServer::DeafServer() {
    std::tie(listener_, port_) = bound();
    ::listen(listener_, 0);
    // Fill the queue of those who wait to be let in, until one more does not get through.
    for (;;) {
        const int filler = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        fillers_.push_back(filler);
        sockaddr_in address = loopback(port_);
        ::connect(filler, reinterpret_cast<sockaddr*>(&address), sizeof address);
        pollfd waiting{filler, POLLOUT, 0};
        if (::poll(&waiting, 1, 100) == 0) return;
    }
}

DeafServer::~DeafServer() {
    for (const int filler : fillers_) ::close(filler);
    ::close(listener_);
}

std::string DeafServer::address() const { return "127.0.0.1:" + std::to_string(port_); }

ClosedPort::ClosedPort() { std::tie(descriptor_, port_) = bound(); }
ClosedPort::~ClosedPort() { ::close(descriptor_); }
std::string ClosedPort::address() const { return "127.0.0.1:" + std::to_string(port_); }

}  // namespace tiphys::test
