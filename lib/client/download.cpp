// SPDX-License-Identifier: Apache-2.0
#include "client/download.hpp"

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include "client/http_message.hpp"
#include "client/kubernetes.hpp"
#include "client/perform.hpp"

namespace tiphys::client_detail {

namespace http = boost::beast::http;

namespace {

/// Of `filename="hello.tgz"`, without a path.
std::optional<std::string> file_name_in(std::string_view disposition) {
    const std::string_view key = "filename=";
    const auto at = disposition.find(key);
    if (at == disposition.npos) return std::nullopt;
    std::string_view name = disposition.substr(at + key.size());
    if (name.starts_with('"')) {
        name.remove_prefix(1);
        const auto end = name.rfind('"');
        name = name.substr(0, end == name.npos ? name.size() : end);
    } else {
        name = name.substr(0, name.find(';'));
    }
    if (const auto slash = name.find_last_of("/\\"); slash != name.npos) name.remove_prefix(slash + 1);
    return name == "." || name == ".." ? std::string() : std::string(name);
}

}  // namespace

ClientError Download::silence() const {
    return ClientError({.kind = ClientErrorKind::timeout,
                        .message = shown(request_, core_.server().base_url) +
                                   ": the server sent nothing for " +
                                   std::to_string(core_.options().stream_timeout.count()) +
                                   " ms (ClientOptions::stream_timeout)",
                        .method = request_.method,
                        .target = request_.target,
                        .cause = asio::error::timed_out});
}

asio::awaitable<std::optional<ClientError>> Download::try_open(Operation& operation) {
    const Server& server = core_.server();
    parser_.reset();
    connection_ = co_await connect(operation, server, who_, core_.executor());
    const Operation::Using interruptible(operation, *connection_);
    const Limit limit(operation, Limit::Kind::step, core_.options().stream_timeout,
                      [this] { return silence(); });
    const auto message = http_message(server, *who_, request_, "*/*");
    operation.check();
    operation.sending();
    const auto [unsent, written] = co_await http::async_write(connection_->stream, message, as_result);
    operation.check();
    if (unsent)
        co_return broken(server, request_, unsent, written == 0 ? Progress::nothing : Progress::written);

    http::response_parser<http::empty_body> header;
    header.header_limit(64 * 1024);
    header.body_limit(boost::none);
    const auto [failed, size] =
        co_await http::async_read_header(connection_->stream, connection_->buffer, header, as_result);
    operation.check();
    if (failed)
        co_return broken(server, request_, failed,
                         header.got_some() ? Progress::answered : Progress::written);
    Response response = response_of(header.get());
    if (response.status >= 200 && response.status < 300) {
        const auto disposition = header.get()[http::field::content_disposition];
        file_name_ = file_name_in({disposition.data(), disposition.size()});
        content_type_ = std::move(response.content_type);
        parser_.emplace(std::move(header));
        parser_->body_limit(boost::none);
        co_return std::nullopt;
    }
    http::response_parser<http::string_body> whole(std::move(header));
    whole.body_limit(core_.options().max_response_bytes);
    const auto [cut, rest] =
        co_await http::async_read(connection_->stream, connection_->buffer, whole, as_result);
    operation.check();
    if (cut) co_return broken(server, request_, cut, Progress::answered);
    response.body = std::move(whole.get().body());
    co_return refusal(request_, server.base_url, response);
}

asio::awaitable<void> Download::open(Operation& operation) {
    if (request_.failure) std::rethrow_exception(request_.failure);
    if (core_.is_kubernetes()) kubernetes_call(request_, core_.options());  // says that it has no artifacts
    std::shared_ptr<const Identity> refused;
    for (unsigned failures = 0;;) {
        who_ = co_await core_.identities().current(operation);
        const std::optional<ClientError> failed = co_await try_open(operation);
        if (!failed) co_return;
        if (failed->status() == 401 && core_.identities().refuse(who_)) {
            if (refused) throw core_.identities().refused(*failed);
            refused = who_;
            continue;
        }
        const bool may_help =
            failed->kind() == ClientErrorKind::closed || failed->status() == 429 || failed->status() == 503;
        if (!may_help || failures >= core_.options().retries) throw *failed;
        co_await pause_after(operation, core_, ++failures);
    }
}

asio::awaitable<std::optional<std::string>> Download::next(Operation& operation) {
    operation.check();
    const Operation::Using interruptible(operation, *connection_);
    const Limit limit(operation, Limit::Kind::step, core_.options().stream_timeout,
                      [this] { return silence(); });
    while (!parser_->is_done()) {
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
        if (got != 0) co_return std::string(chunk_.data(), got);
    }
    co_return std::nullopt;
}

}  // namespace tiphys::client_detail
