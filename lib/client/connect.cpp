// SPDX-License-Identifier: Apache-2.0
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/error.hpp>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <vector>

#include "client/connection.hpp"
#include "client/words.hpp"

#ifdef _WIN32
#error "Tiphys is written for POSIX systems"
#endif
#include <poll.h>
#include <sys/socket.h>

namespace tiphys::client_detail {
namespace {

using asio::ip::tcp;
using boost::system::error_code;

ClientError unreachable(const Server& server, const std::string& why, std::string remedy, error_code cause) {
    return ClientError(
        {.kind = ClientErrorKind::unreachable,
         .message = "cannot connect to " + server.base_url + " (" + why + "): " + std::move(remedy),
         .cause = cause});
}

/// The look-up runs in a thread of Asio's that cannot be interrupted; the operation does not wait for it
/// longer than it wants to.
asio::awaitable<std::vector<tcp::endpoint>> resolve(Operation& operation, const Server& server) {
    error_code not_an_address;
    const auto address = asio::ip::make_address(server.endpoint.host, not_an_address);
    const auto port = static_cast<std::uint16_t>(std::stoi(server.endpoint.port));
    if (!not_an_address) co_return std::vector<tcp::endpoint>{tcp::endpoint(address, port)};

    struct Lookup {
        explicit Lookup(const asio::any_io_executor& executor) : resolver(executor) {}
        tcp::resolver resolver;
        bool done = false;
        error_code failed;
        std::vector<tcp::endpoint> found;
    };
    const auto lookup = std::make_shared<Lookup>(operation.serial());
    lookup->resolver.async_resolve(server.endpoint.host, server.endpoint.port, tcp::resolver::numeric_service,
                                   [lookup, waiting = operation.shared_from_this()](
                                       error_code failed, const tcp::resolver::results_type& results) {
                                       lookup->done = true;
                                       lookup->failed = failed;
                                       for (const auto& result : results)
                                           lookup->found.push_back(result.endpoint());
                                       waiting->wake();
                                   });
    while (!lookup->done) co_await operation.pause();
    if (lookup->failed)
        throw unreachable(server,
                          "the name " + one_line(server.endpoint.host, 200) +
                              " cannot be looked up: " + lookup->failed.message(),
                          "check " + server.setting, lookup->failed);
    co_return std::move(lookup->found);
}

std::string openssl_words(const error_code& failed) {
    const auto value = static_cast<unsigned long>(failed.value());
    const char* words = ERR_reason_error_string(value);
    return words == nullptr ? failed.message() : words;
}

ClientError handshake_failure(const Server& server, SSL* ssl, error_code failed) {
    const long verdict = SSL_get_verify_result(ssl);
    std::string why;
    std::string remedy;
    if (server.verify && verdict != X509_V_OK) {
        why = X509_verify_cert_error_string(verdict);
        if (verdict == X509_V_ERR_HOSTNAME_MISMATCH || verdict == X509_V_ERR_IP_ADDRESS_MISMATCH)
            remedy = "the certificate is not for " + one_line(server.tls_name, 200) + ": use in " +
                     server.setting +
                     " a name that it bears (the one that `argo server` makes is for "
                     "localhost), or accept any certificate with " +
                     server.any_certificate;
        else
            remedy =
                "name the PEM file of its authority in ClientOptions::certificate_authority, or accept any "
                "certificate with " +
                server.any_certificate + " (in networks that you trust)";
    } else if (failed.category() == asio::error::get_ssl_category()) {
        why = openssl_words(failed);
        const int code = ERR_GET_REASON(static_cast<unsigned long>(failed.value()));
        remedy = code == SSL_R_WRONG_VERSION_NUMBER || code == SSL_R_HTTP_REQUEST ||
                         code == SSL_R_PACKET_LENGTH_TOO_LONG
                     ? "the server does not seem to speak TLS: set " + server.without_tls + " for http"
                     : "check " + server.setting + ", and the certificates on both sides";
    } else {
        why = failed.message();
        remedy = "the connection ended during the TLS handshake: does the server speak https? " +
                 server.without_tls + " is for http";
    }
    return ClientError(
        {.kind = ClientErrorKind::tls,
         .message = "cannot secure the connection to " + server.base_url + " (" + why + "): " + remedy,
         .cause = failed});
}

asio::awaitable<void> handshake(Operation& operation, const Server& server, Connection& connection) {
    auto& tls = *connection.stream.tls();
    SSL* ssl = tls.native_handle();
    const std::string& host = server.tls_name;
    error_code not_an_address;
    asio::ip::make_address(host, not_an_address);
    if (not_an_address) {
        SSL_set_tlsext_host_name(ssl, host.c_str());
        SSL_set1_host(ssl, host.c_str());
    } else {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str());
    }
    // Servers and proxies that would choose HTTP/2 are told that this client speaks HTTP/1.1 only.
    static constexpr unsigned char http11[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    SSL_set_alpn_protos(ssl, http11, sizeof http11);
    const auto [failed] = co_await tls.async_handshake(asio::ssl::stream_base::client, as_result);
    operation.check();
    if (failed) throw handshake_failure(server, ssl, failed);
}

/// What OpenSSL calls the failure; takes it from its queue.
std::string openssl_failure(const char* otherwise) {
    const unsigned long error = ERR_get_error();
    ERR_clear_error();
    const char* why = ERR_reason_error_string(error);
    return why == nullptr ? otherwise : why;
}

void must(bool worked, const std::string& what, const std::string& file) {
    if (worked) return;
    throw_invalid_argument(what + " \"" + one_line(file, 500) + "\" cannot be used (" +
                           openssl_failure("no such PEM file") + ")");
}

void must(error_code failed, const std::string& what) {
    if (!failed) return;
    ERR_clear_error();
    throw_invalid_argument(what + " cannot be used (" + openssl_words(failed) + "); it must be PEM text");
}

void use_certificate(asio::ssl::context& context, const std::string& certificate, const std::string& key,
                     const std::string& owner, const char* certificate_name, const char* key_name) {
    error_code failed;
    context.use_certificate_chain(asio::buffer(certificate), failed);
    must(failed, owner + certificate_name);
    context.use_private_key(asio::buffer(key), asio::ssl::context::pem, failed);
    must(failed, owner + key_name);
    if (SSL_CTX_check_private_key(context.native_handle()) != 1)
        throw_invalid_argument(owner + key_name + " is not the key of " + certificate_name + " (" +
                               openssl_failure("they do not belong together") + ")");
}

}  // namespace

std::shared_ptr<asio::ssl::context> make_tls_context(const ClientOptions& options,
                                                     const Credential* credential) {
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
    SSL_CTX* native = context->native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    if (!options.certificate_authority_data.empty()) {
        error_code failed;
        context->add_certificate_authority(asio::buffer(options.certificate_authority_data), failed);
        must(failed, "ClientOptions::certificate_authority_data");
    } else if (!options.certificate_authority.empty()) {
        must(SSL_CTX_load_verify_locations(native, options.certificate_authority.c_str(), nullptr) == 1,
             "ClientOptions::certificate_authority", options.certificate_authority);
    } else {
        SSL_CTX_set_default_verify_paths(native);
    }
    if (credential != nullptr) {
        use_certificate(*context, credential->client_certificate, credential->client_key,
                        "Credential::", "client_certificate", "client_key");
    } else if (!options.client_certificate_data.empty()) {
        use_certificate(*context, options.client_certificate_data, options.client_key_data,
                        "ClientOptions::", "client_certificate_data", "client_key_data");
    } else if (!options.client_certificate.empty()) {
        must(SSL_CTX_use_certificate_chain_file(native, options.client_certificate.c_str()) == 1,
             "ClientOptions::client_certificate", options.client_certificate);
        must(SSL_CTX_use_PrivateKey_file(native, options.client_key.c_str(), SSL_FILETYPE_PEM) == 1,
             "ClientOptions::client_key", options.client_key);
        must(SSL_CTX_check_private_key(native) == 1, "ClientOptions::client_key", options.client_key);
    }
    context->set_verify_mode(options.insecure_skip_verify ? asio::ssl::verify_none : asio::ssl::verify_peer);
    ERR_clear_error();
    return context;
}

bool Connection::is_fresh() {
    if (!stream.socket().is_open() || buffer.size() != 0) return false;
    pollfd state{stream.socket().native_handle(), POLLIN | POLLRDHUP, 0};
    if (::poll(&state, 1, 0) < 0 || (state.revents & (POLLRDHUP | POLLHUP | POLLERR | POLLNVAL)) != 0)
        return false;
    if ((state.revents & POLLIN) == 0) return true;
    // An answer that nobody asked for spoils the connection. Over TLS it can be a session ticket that came
    // late, which looks like data from outside.
    char byte = 0;
    return stream.tls() != nullptr &&
           ::recv(stream.socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 1 && byte == 0x17;
}

asio::awaitable<std::unique_ptr<Connection>> connect(Operation& operation, const Server& server,
                                                     std::shared_ptr<const Identity> identity,
                                                     asio::any_io_executor executor) {
    operation.check();
    const Limit limit(operation, Limit::Kind::step, server.connect_timeout, [&server] {
        return ClientError({.kind = ClientErrorKind::timeout,
                            .message = "no connection to " + server.base_url + " within " +
                                       std::to_string(server.connect_timeout.count()) + " ms: is " +
                                       server.what + " running and reachable? check " + server.setting +
                                       " (ClientOptions::connect_timeout is the limit)",
                            .cause = asio::error::timed_out});
    });
    const std::vector<tcp::endpoint> endpoints = co_await resolve(operation, server);
    auto connection = std::make_unique<Connection>(executor, identity->tls);
    const Operation::Using interruptible(operation, *connection);
    const auto [failed, endpoint] =
        co_await asio::async_connect(connection->stream.socket(), endpoints, as_result);
    operation.check();
    if (failed)
        throw unreachable(server, failed.message(), "is " + server.what + " running? check " + server.setting,
                          failed);
    error_code ignored;
    connection->stream.socket().set_option(tcp::no_delay(true), ignored);
    connection->stream.socket().set_option(asio::socket_base::keep_alive(true), ignored);
    if (connection->stream.tls() != nullptr) co_await handshake(operation, server, *connection);
    co_return std::move(connection);
}

}  // namespace tiphys::client_detail
