// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <list>
#include <mutex>
#include <vector>

#include "client/connection.hpp"

namespace tiphys::client_detail {

/// The connections of a client that are not streams: at most so many are open, idle ones wait for the next
/// operation, and operations wait for their turn in the order in which they came.
///
/// Thread safety: all functions may be called from any thread.
class Pool {
public:
    Pool(unsigned connections, std::chrono::milliseconds idle_timeout)
        : free_(connections), idle_timeout_(idle_timeout) {}

    /// The right to one connection, given back when it is destroyed.
    class Turn {
    public:
        Turn(Pool& pool, std::unique_ptr<Connection> idle) : connection(std::move(idle)), pool_(&pool) {}
        Turn(Turn&& other) noexcept
            : connection(std::move(other.connection)),
              keep(other.keep),
              pool_(std::exchange(other.pool_, nullptr)) {}
        Turn& operator=(Turn&&) = delete;
        ~Turn() {
            if (pool_ != nullptr) pool_->give_back(keep ? std::move(connection) : nullptr);
        }

        std::unique_ptr<Connection> connection;  ///< idle until now, or null: open one
        bool keep = false;                       ///< the connection can serve another operation

    private:
        Pool* pool_;
    };

    /// Errors: throws what stopped the operation.
    asio::awaitable<Turn> turn(Operation& operation);
    /// Closes idle connections, now and as they come back.
    void shut_down();

private:
    struct Waiting {
        Operation* operation;
        bool served = false;
        std::unique_ptr<Connection> connection;
    };

    std::unique_ptr<Connection> freshest();
    void give_back(std::unique_ptr<Connection> connection);

    std::mutex mutex_;
    unsigned free_;  ///< turns that nobody has
    std::chrono::milliseconds idle_timeout_;
    bool shut_down_ = false;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::list<Waiting*> waiting_;
};

}  // namespace tiphys::client_detail
