// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/detail/await_results.hpp>
#include <tiphys/client/detail/launch.hpp>
#include <tiphys/model/generated/requests.hpp>

#include <boost/asio/deferred.hpp>

#include <optional>

namespace tiphys {

/// One change of a workflow.
struct WatchEvent {
    str type;                ///< "ADDED", "MODIFIED", "DELETED", "BOOKMARK"
    model::Workflow object;  ///< as it is after the change
};

namespace client_detail {

template <>
inline constexpr bool is_awaited_result<std::optional<WatchEvent>> = true;
template <>
inline constexpr bool is_awaited_result<std::optional<model::LogEntry>> = true;

struct WatchState;
struct LogState;
asio::any_io_executor executor_of(const WatchState& state) noexcept;
asio::any_io_executor executor_of(const LogState& state) noexcept;
void start_next(const std::shared_ptr<WatchState>& state, Handler<std::optional<WatchEvent>> handler);
void start_next(const std::shared_ptr<LogState>& state, Handler<std::optional<model::LogEntry>> handler);
std::optional<WatchEvent> next(const std::shared_ptr<WatchState>& state);
std::optional<model::LogEntry> next(const std::shared_ptr<LogState>& state);

/// A move-only handle on a stream.
template <class State, class Item>
class Stream {
public:
    Stream() = default;
    explicit Stream(std::shared_ptr<State> state) noexcept : state_(std::move(state)) {}
    Stream(Stream&&) noexcept = default;
    Stream& operator=(Stream&&) noexcept = default;

    explicit operator bool() const noexcept { return state_ != nullptr; }
    asio::any_io_executor get_executor() const { return executor_of(*state_); }

    /// The next item, or nothing when the stream is at its end.
    ///
    /// Preconditions: the stream is not a default-constructed or moved-from one; no other `next` of it is
    /// waiting (otherwise ClientErrorKind::invalid_argument).
    /// Object lifetimes: the operation keeps what it needs of the stream alive.
    /// Completion signature: void(std::exception_ptr, std::optional<Item>)
    /// Cancellation: terminal, partial, total. The connection is closed; a watch goes on with a new one at
    /// the next call and loses nothing, a stream of log lines stays broken. Errors: ClientError
    template <class Token = asio::deferred_t>
    auto async_next(Token&& token = Token()) const {
        void (*start)(const std::shared_ptr<State>&, Handler<std::optional<Item>>) = &start_next;
        return launch<std::optional<Item>>(start, state_, std::forward<Token>(token));
    }

    /// Waits for the next item.
    ///
    /// Errors: throws ClientError; would_deadlock if called on the client's executor.
    std::optional<Item> next() const { return client_detail::next(state_); }

private:
    std::shared_ptr<State> state_;
};

}  // namespace client_detail

/// Changes of one workflow, or of all that a selector chooses, as they happen.
///
/// Survives the time-outs of Kubernetes watches and lost connections: it goes on after the last version that
/// it has seen, as often as ClientOptions::reconnects says. Where the server has forgotten that version, a
/// watch of one workflow gets it anew (as a MODIFIED event), and a watch of many begins again with ADDED
/// events. A watch of one workflow ends after the event that shows it finished (WatchOptions::until_finished)
/// or deleted. Move-only; destroying it closes its connection.
///
/// Thread safety: one stream, one operation at a time.
class WatchStream : public client_detail::Stream<client_detail::WatchState, WatchEvent> {
public:
    using Stream::Stream;
};

/// Lines of a workflow's logs, as `model::LogEntry`: `content` and `podName`. Ends when the server ends it:
/// at the last line, or when a followed workflow has finished. A lost connection is an error (closed): lines
/// could not be told from those that came already. Move-only; destroying it closes its connection.
///
/// Thread safety: one stream, one operation at a time.
class LogStream : public client_detail::Stream<client_detail::LogState, model::LogEntry> {
public:
    using Stream::Stream;
};

}  // namespace tiphys
