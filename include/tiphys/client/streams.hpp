// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/detail/fetch.hpp>
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
inline constexpr bool is_awaited_result<WatchEvent> = true;

class WatchState;
template <class Item>
class StreamState;
template <class Item>
class ChangeState;

/// Instantiated in lib/ for the streams that the client has.
template <class State, class Item>
void start_next(const std::shared_ptr<State>& state, Handler<std::optional<Item>> handler);
template <class State, class Item>
std::optional<Item> next_now(const std::shared_ptr<State>& state);
template <class State>
asio::any_io_executor executor_of(const State& state) noexcept;

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
        return launch<std::optional<Item>>(&start_next<State, Item>, state_, std::forward<Token>(token));
    }

    /// Waits for the next item.
    ///
    /// Errors: throws ClientError; would_deadlock if called on the client's executor.
    std::optional<Item> next() const { return next_now<State, Item>(state_); }

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

namespace client_detail {

/// Entries as the server sends them, of one connection. Ends when the server ends it. A lost connection is an
/// error (closed): entries could not be told from those that came already. Move-only; destroying it closes
/// its connection.
///
/// Thread safety: one stream, one operation at a time.
template <class Item>
class ItemStream : public Stream<StreamState<Item>, Item> {
public:
    using Stream<StreamState<Item>, Item>::Stream;
};

/// Changes of the documents of a namespace, or its events, as they happen. Survives what a WatchStream
/// survives; where the server has forgotten the last version that was seen, it begins again with what there
/// is. Does not end by itself. Move-only; destroying it closes its connection.
///
/// Thread safety: one stream, one operation at a time.
template <class Item>
class ChangeStream : public Stream<ChangeState<Item>, Item> {
public:
    using Stream<ChangeState<Item>, Item>::Stream;
};

template <class Item>
inline constexpr bool is_awaited_result<ItemStream<Item>> = true;
template <class Item>
inline constexpr bool is_awaited_result<ChangeStream<Item>> = true;

/// How to ask for what follows a version.
struct ChangeRequests {
    std::function<Request(const std::string& version)> after;
    std::string version;
};

/// Instantiated in lib/ for the streams that the client has.
template <class Item>
void start_items(const std::shared_ptr<Core>& core, Handler<ItemStream<Item>> handler, Request request);
template <class Item>
ItemStream<Item> items_now(const std::shared_ptr<Core>& core, const char* what, Request request);
template <class Item>
void start_changes(const std::shared_ptr<Core>& core, Handler<ChangeStream<Item>> handler,
                   ChangeRequests requests);
template <class Item>
ChangeStream<Item> changes_now(const std::shared_ptr<Core>& core, const char* what, ChangeRequests requests);

}  // namespace client_detail

/// Lines of a workflow's logs: `content` and `podName`. Ends at the last line, or when a followed workflow
/// has finished.
using LogStream = client_detail::ItemStream<model::LogEntry>;

}  // namespace tiphys
