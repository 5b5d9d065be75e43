// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/operation_options.hpp>
#include <tiphys/client/streams.hpp>

#include <atomic>

#include "client/blocking.hpp"
#include "client/event_stream.hpp"
#include "client/perform.hpp"

namespace tiphys::client_detail {

/// A stream is used by one operation at a time: marks it as used for as long as it lives.
class Busy {
public:
    /// Errors: throws ClientError (invalid_argument) if it is in use already.
    explicit Busy(std::atomic<bool>& busy);
    ~Busy() { busy_ = false; }
    Busy(const Busy&) = delete;
    Busy& operator=(const Busy&) = delete;

private:
    std::atomic<bool>& busy_;
};

/// The connection of a watch is lost; whether a new one may mend it.
struct Lost {
    ClientError why;
    bool mends;
};

/// So is it, and what it knew of versions is of no use.
struct Expired {
    ClientError why;
};

/// A stream that goes on where a connection ends. What its items are, those who derive from it say.
class Reconnecting {
public:
    explicit Reconnecting(std::shared_ptr<Core> shared, std::string version)
        : core(std::move(shared)), version_(std::move(version)) {}
    virtual ~Reconnecting() = default;

    /// Connects, so that a server that is not there is an error now.
    asio::awaitable<void> open(Operation& operation);
    /// Whether `take` or `look` has an item; false at the end.
    asio::awaitable<bool> advance(Operation& operation);

    const std::shared_ptr<Core> core;
    std::atomic<bool> busy = false;

protected:
    /// What goes on after `version`.
    virtual Request request(const std::string& version) const = 0;
    /// Reads an item; false if it is none for the user. Throws Expired where the server reports an error.
    virtual bool take(const Request& request, std::string_view text) = 0;
    /// The server has forgotten the version: whether there is an item in place of those that are lost.
    virtual asio::awaitable<bool> look(Operation& operation);

    void seen(std::string_view version);
    void end();
    ClientError ended_by_server(const char* how) const;

private:
    /// The next event, or false if something else came.
    asio::awaitable<bool> step(Operation& operation);
    ClientError gave_up() const;

    std::string version_;
    Request request_;
    std::optional<EventStream> stream_;
    std::optional<ClientError> why_lost_;  ///< set while it has to reconnect
    std::optional<ClientError> broken_;    ///< set for good
    unsigned failures_ = 0;
    bool look_ = false;
    bool ended_ = false;
};

/// A watch of one workflow, or of many.
class WatchState final : public Reconnecting {
public:
    WatchState(std::shared_ptr<Core> shared, std::string name, WatchOptions options);

    asio::awaitable<std::optional<WatchEvent>> next(Operation& operation);
    const std::string& name() const noexcept { return name_; }

private:
    Request request(const std::string& version) const override;
    bool take(const Request& request, std::string_view text) override;
    asio::awaitable<bool> look(Operation& operation) override;
    void note();

    const std::string name_;
    const WatchOptions options_;
    WatchEvent event_;
};

/// The result in the next event; nothing at the end.
asio::awaitable<std::optional<std::string>> next_result(Operation& operation, Core& core,
                                                        const Request& request, EventStream& stream);

/// Entries of one connection.
template <class Item>
class StreamState {
public:
    StreamState(std::shared_ptr<Core> shared, Request entries)
        : core(std::move(shared)), request_(std::move(entries)), stream_(*core, request_) {}

    asio::awaitable<void> open(Operation& operation) {
        if (request_.failure) std::rethrow_exception(request_.failure);
        co_await stream_.open(operation);
    }
    asio::awaitable<std::optional<Item>> next(Operation& operation) {
        if (broken_) throw *broken_;
        if (ended_) co_return std::nullopt;
        try {
            const auto text = co_await next_result(operation, *core, request_, stream_);
            ended_ = !text;
            if (ended_) co_return std::nullopt;
            co_return read_answer<Item>(*core, request_, *text);
        } catch (const ClientError& error) {
            broken_ = error;
            throw;
        }
    }

    const std::shared_ptr<Core> core;
    std::atomic<bool> busy = false;

private:
    const Request request_;
    EventStream stream_;
    std::optional<ClientError> broken_;
    bool ended_ = false;
};

/// Changes of which each is whole in itself.
template <class Item>
class ChangeState final : public Reconnecting {
public:
    ChangeState(std::shared_ptr<Core> shared, ChangeRequests requests)
        : Reconnecting(std::move(shared), requests.version), after_(std::move(requests.after)) {}

    asio::awaitable<std::optional<Item>> next(Operation& operation) {
        const bool found = co_await advance(operation);  // see WatchState::next
        if (!found) co_return std::nullopt;
        co_return std::move(item_);
    }

private:
    Request request(const std::string& version) const override { return after_(version); }
    bool take(const Request& request, std::string_view text) override {
        item_ = read_answer<Item>(*core, request, text);
        if constexpr (requires { item_.object; }) {
            if (item_.type == "ERROR")
                throw Expired{ended_by_server(": the server reported an error of the watch")};
            if (item_.object.has_value() && item_.object->metadata.has_value())
                seen(item_.object->metadata->resourceVersion.view());
            return item_.type != "BOOKMARK";
        } else {
            seen(item_.metadata.resourceVersion.view());
            return true;
        }
    }

    const std::function<Request(const std::string&)> after_;
    Item item_;
};

template <class Item, class State>
asio::awaitable<std::optional<Item>> next_of(Operation& operation, std::shared_ptr<State> state) {
    const Busy busy(state->busy);
    co_return co_await state->next(operation);
}

template <class Stream, class State>
asio::awaitable<Stream> opened(Operation& operation, std::shared_ptr<State> state) {
    co_await state->open(operation);
    co_return Stream(std::move(state));
}

template <class State, class Item>
void start_next(const std::shared_ptr<State>& state, Handler<std::optional<Item>> handler) {
    run<std::optional<Item>>(state->core, std::move(handler),
                             [state](Operation& operation) { return next_of<Item>(operation, state); });
}
template <class State, class Item>
std::optional<Item> next_now(const std::shared_ptr<State>& state) {
    return block<std::optional<Item>>(*state->core, "next", [&](Handler<std::optional<Item>> handler) {
        start_next<State, Item>(state, std::move(handler));
    });
}
template <class State>
asio::any_io_executor executor_of(const State& state) noexcept {
    return state.core->executor();
}

template <class Item>
void start_items(const std::shared_ptr<Core>& core, Handler<ItemStream<Item>> handler, Request request) {
    run<ItemStream<Item>>(
        core, std::move(handler), [core, request = std::move(request)](Operation& operation) {
            return opened<ItemStream<Item>>(operation, std::make_shared<StreamState<Item>>(core, request));
        });
}
template <class Item>
ItemStream<Item> items_now(const std::shared_ptr<Core>& core, const char* what, Request request) {
    return block_on<ItemStream<Item>>(core, what, &start_items<Item>, std::move(request));
}

template <class Item>
void start_changes(const std::shared_ptr<Core>& core, Handler<ChangeStream<Item>> handler,
                   ChangeRequests requests) {
    auto state = std::make_shared<ChangeState<Item>>(core, std::move(requests));
    run<ChangeStream<Item>>(core, std::move(handler), [state = std::move(state)](Operation& operation) {
        return opened<ChangeStream<Item>>(operation, state);
    });
}
template <class Item>
ChangeStream<Item> changes_now(const std::shared_ptr<Core>& core, const char* what, ChangeRequests requests) {
    return block_on<ChangeStream<Item>>(core, what, &start_changes<Item>, std::move(requests));
}

}  // namespace tiphys::client_detail

#define TIPHYS_CLIENT_STREAM(State, Item)                                                               \
    template void start_next<State, Item>(const std::shared_ptr<State>&, Handler<std::optional<Item>>); \
    template std::optional<Item> next_now<State, Item>(const std::shared_ptr<State>&);                  \
    template asio::any_io_executor executor_of<State>(const State&) noexcept
#define TIPHYS_CLIENT_ITEMS(Item)                                                                      \
    TIPHYS_CLIENT_STREAM(StreamState<Item>, Item);                                                     \
    template void start_items<Item>(const std::shared_ptr<Core>&, Handler<ItemStream<Item>>, Request); \
    template ItemStream<Item> items_now<Item>(const std::shared_ptr<Core>&, const char*, Request)
#define TIPHYS_CLIENT_CHANGES(Item)                                                              \
    TIPHYS_CLIENT_STREAM(ChangeState<Item>, Item);                                               \
    template void start_changes<Item>(const std::shared_ptr<Core>&, Handler<ChangeStream<Item>>, \
                                      ChangeRequests);                                           \
    template ChangeStream<Item> changes_now<Item>(const std::shared_ptr<Core>&, const char*, ChangeRequests)
