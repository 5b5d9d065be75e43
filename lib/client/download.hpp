// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

#include <array>

#include "client/core.hpp"

namespace tiphys::client_detail {

/// The bytes of one answer that is not the API's JSON, on a connection of its own.
class Download {
public:
    Download(Core& core, Request request) : core_(core), request_(std::move(request)) {}

    /// Connects, sends the request and reads the header of the answer; tries again where that can help.
    ///
    /// Errors: throws ClientError, also for a refusal by the server.
    asio::awaitable<void> open(Operation& operation);
    /// The bytes that follow; nothing at the end.
    asio::awaitable<std::optional<std::string>> next(Operation& operation);

    const Request& request() const noexcept { return request_; }
    const std::string& content_type() const noexcept { return content_type_; }
    /// That the server calls it; absent if it calls it nothing.
    const std::optional<std::string>& file_name() const noexcept { return file_name_; }

private:
    /// One attempt; nothing is wrong, or what may be gone the next time.
    asio::awaitable<std::optional<ClientError>> try_open(Operation& operation);
    ClientError silence() const;

    Core& core_;
    const Request request_;
    std::shared_ptr<const Identity> who_;
    std::unique_ptr<Connection> connection_;
    std::optional<boost::beast::http::response_parser<boost::beast::http::buffer_body>> parser_;
    std::string content_type_;
    std::optional<std::string> file_name_;
    std::array<char, 64 * 1024> chunk_;
};

}  // namespace tiphys::client_detail
