// SPDX-License-Identifier: Apache-2.0
#include "client/operation.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>

#include "client/connection.hpp"

namespace tiphys::client_detail {
namespace {

ClientError cancelled(const char* message) {
    return ClientError({.kind = ClientErrorKind::cancelled,
                        .message = message,
                        .cause = boost::asio::error::operation_aborted});
}

}  // namespace

void Operation::cancel(asio::cancellation_type type) {
    asio::post(serial_, [self = shared_from_this(), type] {
        const auto sure = asio::cancellation_type::terminal | asio::cancellation_type::partial;
        if ((type & sure) == asio::cancellation_type::none && self->sent_) return;
        const char* message = self->sent_
                                  ? "the operation was cancelled after its request had been sent; the "
                                    "server may have carried it out"
                                  : "the operation was cancelled before its request was sent";
        self->stop(cancelled(message), true);
    });
}

void Operation::shut_down() {
    asio::post(serial_, [self = shared_from_this()] {
        self->stop(cancelled("the operation was cancelled because its client was destroyed"), true);
    });
}

void Operation::wake() {
    asio::post(serial_, [self = shared_from_this()] { self->pause_.cancel(); });
}

void Operation::stop(ClientError reason, bool final) {
    if (final_) return;
    // A final reason replaces that of a step, so that `recover` cannot forget it.
    if (reason_ == nullptr || final) reason_ = std::make_unique<ClientError>(std::move(reason));
    final_ = final;
    interrupt();
}

bool Operation::recover() {
    if (final_) return false;
    reason_.reset();
    return true;
}

void Operation::check() const {
    if (reason_ != nullptr) throw *reason_;
}

void Operation::interrupt() {
    if (connection_ != nullptr) connection_->close();
    pause_.cancel();
}

asio::awaitable<void> Operation::pause() {
    check();
    pause_.expires_at(asio::steady_timer::time_point::max());
    co_await pause_.async_wait(as_result);
    check();
}

asio::awaitable<void> Operation::pause(std::chrono::milliseconds duration) {
    check();
    if (duration.count() > 0) {
        pause_.expires_after(duration);
        co_await pause_.async_wait(as_result);
    }
    check();
}

}  // namespace tiphys::client_detail
