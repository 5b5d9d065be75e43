// SPDX-License-Identifier: Apache-2.0
#include "client/pool.hpp"

namespace tiphys::client_detail {

std::unique_ptr<Connection> Pool::freshest() {
    const auto oldest = std::chrono::steady_clock::now() - idle_timeout_;
    while (!idle_.empty()) {
        std::unique_ptr<Connection> connection = std::move(idle_.back());
        idle_.pop_back();
        if (connection->idle_since > oldest && connection->is_fresh()) return connection;
    }
    return nullptr;
}

asio::awaitable<Pool::Turn> Pool::turn(Operation& operation) {
    operation.check();
    // Leaves the queue when it is destroyed: because its turn came, it was stopped, or its coroutine died.
    struct Place {
        Pool& pool;
        Waiting waiting;
        std::list<Waiting*>::iterator at{};
        bool queued = false;

        ~Place() {
            if (!queued) return;
            std::unique_lock lock(pool.mutex_);
            if (!waiting.served) {
                pool.waiting_.erase(at);
                return;
            }
            lock.unlock();
            pool.give_back(std::move(waiting.connection));
        }
    };
    Place place{*this, {&operation, false, nullptr}};
    {
        const std::lock_guard lock(mutex_);
        if (free_ > 0) {
            --free_;
            co_return Turn(*this, freshest());
        }
        place.at = waiting_.insert(waiting_.end(), &place.waiting);
        place.queued = true;
    }
    for (;;) {
        co_await operation.pause();
        const std::lock_guard lock(mutex_);
        if (!place.waiting.served) continue;
        place.queued = false;
        std::unique_ptr<Connection> connection = std::move(place.waiting.connection);
        if (connection != nullptr && !connection->is_fresh()) connection.reset();
        co_return Turn(*this, std::move(connection));
    }
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
    if (connection != nullptr) connection->idle_since = std::chrono::steady_clock::now();
    std::unique_ptr<Connection> closed;  // outside the lock
    const std::lock_guard lock(mutex_);
    if (shut_down_ || idle_timeout_.count() == 0) closed = std::move(connection);
    if (!waiting_.empty()) {
        Waiting* next = waiting_.front();
        waiting_.pop_front();
        next->served = true;
        next->connection = std::move(connection);
        next->operation->wake();
        return;
    }
    ++free_;
    if (connection != nullptr) idle_.push_back(std::move(connection));
}

void Pool::shut_down() {
    const std::lock_guard lock(mutex_);
    shut_down_ = true;
    idle_.clear();
}

}  // namespace tiphys::client_detail
