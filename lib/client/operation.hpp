// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/error.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace tiphys::client_detail {

namespace asio = boost::asio;

/// Awaited calls of Asio give their error_code as a value: most of them are expected here.
inline constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

class Connection;

/// One running operation: what can interrupt it, and why it was interrupted.
///
/// Everything of an operation happens on its serial executor. An interruption closes the connection that the
/// operation uses and ends its pauses, so whatever it awaits comes back; the next `check()` throws the
/// reason.
class Operation : public std::enable_shared_from_this<Operation> {
public:
    explicit Operation(asio::any_io_executor serial)
        : serial_(std::move(serial)), pause_(serial_, asio::steady_timer::time_point::max()) {}

    const asio::any_io_executor& serial() const noexcept { return serial_; }

    /// The caller's cancellation, from any thread. Total cancellation is honoured until `sending()`.
    void cancel(asio::cancellation_type type);
    /// The client goes away, from any thread.
    void shut_down();
    /// Ends a pause, from any thread.
    void wake();

    /// Ends the operation with this error; on the serial executor. The first reason stays, except that a
    /// final one replaces one that is not.
    void stop(ClientError reason, bool final);
    /// Takes back a stop that is not final: true if the operation may go on.
    bool recover();

    /// Throws why the operation was stopped, if it was.
    void check() const;
    bool stopped() const noexcept { return reason_ != nullptr; }

    /// From now on the server may have got the request.
    void sending() noexcept { sent_ = true; }

    /// Waits for `wake()`, or at most that long. Throws if the operation was stopped.
    asio::awaitable<void> pause();
    asio::awaitable<void> pause(std::chrono::milliseconds duration);

    /// The connection that an interruption must close, as long as this lives.
    class Using {
    public:
        Using(Operation& operation, Connection& connection) : operation_(operation) {
            operation_.connection_ = &connection;
        }
        ~Using() { operation_.connection_ = nullptr; }
        Using(const Using&) = delete;
        Using& operator=(const Using&) = delete;

    private:
        Operation& operation_;
    };

private:
    void interrupt();

    asio::any_io_executor serial_;
    asio::steady_timer pause_;
    Connection* connection_ = nullptr;
    std::unique_ptr<ClientError> reason_;
    bool final_ = false;
    bool sent_ = false;
};

/// Stops the operation unless it is destroyed first. On the operation's serial executor.
class Limit {
public:
    enum class Kind { step, whole };  ///< whole: the stop is final

    /// A duration of 0: no limit. `reason` is called if the time is over.
    template <class Reason>
    Limit(Operation& operation, Kind kind, std::chrono::milliseconds duration, Reason reason)
        : timer_(operation.serial()) {
        if (duration.count() == 0) return;
        state_ = std::make_shared<State>(State{&operation});
        timer_.expires_after(duration);
        timer_.async_wait([state = state_, kind, reason = std::move(reason)](boost::system::error_code) {
            if (state->operation != nullptr) state->operation->stop(reason(), kind == Kind::whole);
        });
    }
    ~Limit() {
        // The timer may have run out already, with its handler on the way.
        if (state_ != nullptr) state_->operation = nullptr;
    }
    Limit(const Limit&) = delete;
    Limit& operator=(const Limit&) = delete;

private:
    struct State {
        Operation* operation;
    };
    asio::steady_timer timer_;
    std::shared_ptr<State> state_;
};

}  // namespace tiphys::client_detail
