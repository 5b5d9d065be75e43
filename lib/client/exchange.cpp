// SPDX-License-Identifier: Apache-2.0
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "client/http_message.hpp"

namespace tiphys::client_detail {

namespace http = boost::beast::http;

asio::awaitable<Exchange> exchange_once(Operation& operation, const Server& server, const Identity& identity,
                                        Connection& connection, const Request& request) {
    Exchange exchange;
    const auto message = http_message(server, identity, request, "application/json");
    const Operation::Using interruptible(operation, connection);
    operation.check();
    operation.sending();
    const auto [write_failed, written] = co_await http::async_write(connection.stream, message, as_result);
    operation.check();
    exchange.written = written != 0 || !write_failed;
    // A server may refuse a request before it has read all of it, and say why: look for its answer in any
    // case.
    http::response_parser<http::string_body> parser;
    parser.body_limit(server.max_response_bytes);
    parser.header_limit(64 * 1024);
    const auto [read_failed, read] =
        co_await http::async_read(connection.stream, connection.buffer, parser, as_result);
    operation.check();
    exchange.answered = parser.got_some();
    if (read_failed) {
        exchange.failure = write_failed && !exchange.answered ? write_failed : read_failed;
        co_return exchange;
    }
    exchange.reusable = !write_failed && parser.keep_alive();
    exchange.response = response_of(parser.get());
    exchange.response.body = std::move(parser.get().body());
    connection.used = true;
    co_return exchange;
}

ClientError broken_exchange(const Server& server, const Request& request, const Exchange& exchange) {
    return broken(server, request, exchange.failure,
                  exchange.answered  ? Progress::answered
                  : exchange.written ? Progress::written
                                     : Progress::nothing);
}

}  // namespace tiphys::client_detail
