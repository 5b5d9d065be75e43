// SPDX-License-Identifier: Apache-2.0
#include "client/event_stream.hpp"

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include "client/http_message.hpp"

namespace tiphys::client_detail {

namespace http = boost::beast::http;

EventStream::EventStream(Core& core, const Request& request)
    : core_(core), given_(request), events_(core.options().max_response_bytes) {}

ClientError EventStream::silence() const {
    return ClientError(
        {.kind = ClientErrorKind::timeout,
         .message = shown(request_, core_.server().base_url) + ": the stream was silent for " +
                    std::to_string(core_.options().stream_timeout.count()) +
                    " ms (ClientOptions::stream_timeout; servers give a sign of life every 15 s)",
         .method = request_.method,
         .target = request_.target,
         .cause = asio::error::timed_out});
}

Limit EventStream::silence_limit(Operation& operation, bool asked) {
    // Kubernetes gives no signs of life on logs, and no header before the first byte of them: who follows a
    // quiet pod waits as long as it is quiet.
    const bool quiet = is_log() && asked && (parser_ || follows_);
    const auto most = quiet ? std::chrono::milliseconds(0) : core_.options().stream_timeout;
    return Limit(operation, Limit::Kind::step, most, [this] { return silence(); });
}

std::optional<std::string> EventStream::next_event() {
    if (gone_) return std::exchange(gone_, std::nullopt);
    if (!lines_) return events_.next();
    const std::optional<std::string> line = lines_->next();
    if (!line) return std::nullopt;
    return is_log() ? log_event(pod_, *line) : watch_event(*line);
}

std::optional<std::string> EventStream::last_event() {
    bool cut = events_.inside_event();
    if (lines_) {
        const std::optional<std::string> line = lines_->rest();
        if (line && is_log()) return log_event(pod_, *line);
        cut = line.has_value();
        // A watch that nothing has happened on, and which the server ended as it was asked to.
        if (std::chrono::steady_clock::now() - began_ >= std::chrono::seconds(1)) alive_ = true;
    }
    if (cut)
        throw broken(core_.server(), request_, http::make_error_code(http::error::partial_message),
                     Progress::answered);
    return std::nullopt;
}

asio::awaitable<void> EventStream::open(Operation& operation) {
    if (core_.is_kubernetes()) {
        KubernetesStream stream = kubernetes_stream(given_, core_.options());
        request_ = std::move(stream.request);
        pod_ = std::move(stream.pod);
        follows_ = stream.follow;
        lines_.emplace(core_.options().max_response_bytes);
    } else {
        request_ = given_;
    }
    who_ = co_await core_.identities().current(operation);
    co_await send(operation);
}

asio::awaitable<void> EventStream::send(Operation& operation) {
    const Server& server = core_.server();
    connection_ = co_await connect(operation, server, who_, core_.executor());
    const Operation::Using interruptible(operation, *connection_);
    const Limit limit = silence_limit(operation, false);
    const auto message =
        http_message(server, *who_, request_, lines_ ? "application/json, */*" : "text/event-stream");
    operation.check();
    operation.sending();
    const auto [failed, written] = co_await http::async_write(connection_->stream, message, as_result);
    operation.check();
    if (failed) throw broken(server, request_, failed, written == 0 ? Progress::nothing : Progress::written);
}

asio::awaitable<void> EventStream::begin(Operation& operation) {
    std::optional<ClientError> refused = co_await read_header(operation);
    if (!refused) co_return;
    const std::shared_ptr<const Identity> before = std::exchange(who_, nullptr);
    who_ = co_await core_.identities().current(operation);
    if (!who_->proves_the_same_as(*before)) {
        co_await send(operation);
        refused = co_await read_header(operation);
    }
    if (refused) throw core_.identities().refused(*refused);
}

asio::awaitable<std::optional<ClientError>> EventStream::read_header(Operation& operation) {
    const Operation::Using interruptible(operation, *connection_);
    const Limit limit = silence_limit(operation, true);
    const Server& server = core_.server();
    http::response_parser<http::empty_body> header;
    header.header_limit(64 * 1024);
    header.body_limit(boost::none);
    const auto [failed, size] =
        co_await http::async_read_header(connection_->stream, connection_->buffer, header, as_result);
    operation.check();
    if (failed)
        throw broken(server, request_, failed, header.got_some() ? Progress::answered : Progress::written);
    Response response = response_of(header.get());
    const bool accepted = response.status >= 200 && response.status < 300;
    const bool is_stream = !lines_    ? is_event_stream(response.content_type)
                           : is_log() ? response.content_type.find("html") == std::string::npos
                                      : is_json_type(response.content_type);
    if (accepted && is_stream) {
        parser_.emplace(std::move(header));
        parser_->body_limit(boost::none);
        began_ = std::chrono::steady_clock::now();
        co_return std::nullopt;
    }
    http::response_parser<http::string_body> whole(std::move(header));
    whole.body_limit(accepted ? 4096 : core_.options().max_response_bytes);
    const auto [cut, rest] =
        co_await http::async_read(connection_->stream, connection_->buffer, whole, as_result);
    operation.check();
    // Of a page that is no stream the beginning is enough; a refusal is worth reading whole.
    if (cut && !accepted) throw broken(server, request_, cut, Progress::answered);
    response.body = std::move(whole.get().body());
    if (response.status == 401 && core_.identities().refuse(who_))
        co_return refusal(request_, server.base_url, response);
    if (lines_ && response.status == 410) {
        gone_ = gone_event(refusal(request_, server.base_url, response).server_message());
        co_return std::nullopt;
    }
    if (lines_)
        require_json(request_, server.base_url, response);
    else
        require_event_stream(request_, server.base_url, response);
    co_return std::nullopt;
}

asio::awaitable<bool> EventStream::read_some(Operation& operation) {
    if (parser_->is_done()) co_return false;
    auto& body = parser_->get().body();
    body.data = chunk_.data();
    body.size = chunk_.size();
    body.more = true;
    const auto [failed, size] =
        co_await http::async_read_some(connection_->stream, connection_->buffer, *parser_, as_result);
    operation.check();
    if (failed && failed != http::error::need_buffer)
        throw broken(core_.server(), request_, failed, Progress::answered);
    const std::size_t got = chunk_.size() - body.size;
    if (got != 0) alive_ = true;
    if (lines_)
        lines_->feed({chunk_.data(), got});
    else
        events_.feed({chunk_.data(), got});
    co_return true;
}

asio::awaitable<std::optional<std::string>> EventStream::next(Operation& operation) {
    operation.check();
    if (auto event = next_event()) co_return event;
    if (!parser_) co_await begin(operation);
    const Operation::Using interruptible(operation, *connection_);
    for (;;) {
        if (auto event = next_event()) co_return event;
        const Limit limit = silence_limit(operation, true);
        const bool more = co_await read_some(operation);
        if (more) continue;
        co_return last_event();
    }
}

}  // namespace tiphys::client_detail
