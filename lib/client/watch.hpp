// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/operation_options.hpp>
#include <tiphys/client/streams.hpp>

#include <atomic>

#include "client/event_stream.hpp"

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

/// A watch that goes on where a connection ends.
struct WatchState {
    WatchState(std::shared_ptr<Core> core, std::string name, WatchOptions options);

    /// Connects, so that a server that is not there is an error now.
    asio::awaitable<void> open(Operation& operation);
    asio::awaitable<std::optional<WatchEvent>> next(Operation& operation);
    const std::string& name() const noexcept { return name_; }

    const std::shared_ptr<Core> core;
    std::atomic<bool> busy = false;

private:
    /// The connection is lost; whether a new one may mend it.
    struct Lost {
        ClientError why;
        bool mends;
    };

    /// The next event, or nothing if something else came.
    asio::awaitable<std::optional<WatchEvent>> step(Operation& operation);
    /// The server has forgotten our version: looks at the workflow itself.
    asio::awaitable<std::optional<WatchEvent>> look(Operation& operation);
    WatchEvent seen(WatchEvent event);
    ClientError ended_by_server(const char* how) const;
    ClientError gave_up() const;

    const std::string name_;
    WatchOptions options_;
    Request request_;
    std::optional<EventStream> stream_;
    std::optional<ClientError> why_lost_;  ///< set while it has to reconnect
    std::optional<ClientError> broken_;    ///< set for good
    unsigned failures_ = 0;
    bool look_ = false;
    bool ended_ = false;
};

struct LogState {
    LogState(std::shared_ptr<Core> shared, Request logs)
        : core(std::move(shared)), request(std::move(logs)), stream(*core, request) {}

    asio::awaitable<std::optional<model::LogEntry>> next(Operation& operation);

    const std::shared_ptr<Core> core;
    std::atomic<bool> busy = false;
    const Request request;
    EventStream stream;
    std::optional<ClientError> broken;
    bool ended = false;
};

}  // namespace tiphys::client_detail
