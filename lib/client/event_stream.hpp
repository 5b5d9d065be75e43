// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

#include <array>

#include "client/core.hpp"
#include "client/kubernetes.hpp"
#include "client/line_parser.hpp"
#include "client/sse_parser.hpp"

namespace tiphys::client_detail {

/// One text/event-stream answer on a connection of its own; of Kubernetes an answer of lines, which are made
/// into the same events.
class EventStream {
public:
    /// `request` and `core` must outlive it.
    EventStream(Core& core, const Request& request);

    /// Connects and sends the request.
    asio::awaitable<void> open(Operation& operation);
    /// The data of the next event, or nothing at the end.
    ///
    /// Errors: throws ClientError; one of kind timeout or closed means that the connection is lost.
    asio::awaitable<std::optional<std::string>> next(Operation& operation);
    /// Whether anything of the body has come, if only a sign of life.
    bool is_alive() const noexcept { return alive_; }

private:
    asio::awaitable<void> send(Operation& operation);
    /// The header of the answer, if it is not that the server does not know us; that is for `begin`.
    asio::awaitable<std::optional<ClientError>> read_header(Operation& operation);
    /// Reads the header; asks for another token and sends the request once more where ours is refused.
    asio::awaitable<void> begin(Operation& operation);
    /// Of the step that follows; `asked`: the request is sent, and the server's turn has come.
    Limit silence_limit(Operation& operation, bool asked);
    /// What has come and is whole.
    std::optional<std::string> next_event();
    /// What there is at the end of the body: an event, or nothing.
    std::optional<std::string> last_event();
    bool is_log() const noexcept { return lines_ && !pod_.empty(); }
    /// Once more of the body; false at its end.
    asio::awaitable<bool> read_some(Operation& operation);
    ClientError silence() const;

    Core& core_;
    const Request& given_;
    Request request_;       ///< as it is sent
    std::string pod_;       ///< of Kubernetes: whose lines they are; empty: it is a watch
    bool follows_ = false;  ///< of Kubernetes: waits for lines that are yet to be printed
    std::shared_ptr<const Identity> who_;
    std::unique_ptr<Connection> connection_;
    std::optional<boost::beast::http::response_parser<boost::beast::http::buffer_body>> parser_;
    SseParser events_;
    std::optional<LineParser> lines_;  ///< of Kubernetes
    std::optional<std::string> gone_;  ///< an event that says so
    std::chrono::steady_clock::time_point began_{};
    bool alive_ = false;
    std::array<char, 16 * 1024> chunk_;
};

}  // namespace tiphys::client_detail
