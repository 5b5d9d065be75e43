// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/detail/launch.hpp>
#include <tiphys/client/options.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/system_executor.hpp>

#include <mutex>
#include <unordered_set>

#include "client/pool.hpp"

namespace tiphys::client_detail {

/// What all copies of a client, its operations and its streams share.
class Core : public std::enable_shared_from_this<Core> {
public:
    /// `own`: the context that belongs to the client alone and is run by one thread; null: `executor` is the
    /// caller's.
    Core(std::shared_ptr<asio::io_context> own, asio::any_io_executor executor, ClientOptions options);

    const ClientOptions& options() const noexcept { return options_; }
    bool is_kubernetes() const noexcept { return options_.api == ClientApi::kubernetes; }
    const Server& server() const noexcept { return server_; }
    const asio::any_io_executor& executor() const noexcept { return executor_; }
    Identities& identities() noexcept { return identities_; }
    Pool& pool() noexcept { return pool_; }

    /// On it an operation needs no locks.
    asio::any_io_executor serial_executor() const;

    /// Errors: throws ClientError (would_deadlock) on a thread that runs the executor.
    void forbid_blocking(const char* what) const;

    void shut_down();

    /// An operation that runs, and what keeps the executor busy meanwhile.
    class Registration {
    public:
        Registration(std::shared_ptr<Core> core, std::shared_ptr<Operation> operation)
            : core_(std::move(core)), operation_(std::move(operation)), work_(core_->executor_) {}
        Registration(Registration&&) noexcept = default;
        Registration& operator=(Registration&&) = delete;
        ~Registration() {
            if (core_ != nullptr) core_->forget(*operation_);
        }

    private:
        std::shared_ptr<Core> core_;
        std::shared_ptr<Operation> operation_;
        asio::executor_work_guard<asio::any_io_executor> work_;
    };
    /// Nothing if the client is shut down.
    std::optional<Registration> add(const std::shared_ptr<Operation>& operation);

private:
    void forget(const Operation& operation);

    std::shared_ptr<asio::io_context> own_;  // first: outlives whatever runs on it
    asio::any_io_executor executor_;
    ClientOptions options_;
    Server server_;
    Identities identities_;
    Pool pool_;
    std::mutex mutex_;
    bool shut_down_ = false;
    std::unordered_set<Operation*> operations_;
};

class ClientOwner;
const std::shared_ptr<Core>& core_of(const ClientOwner& owner) noexcept;

ClientError client_is_gone();

/// The current exception as a ClientError, where it is one of a lower library.
std::exception_ptr as_client_error(std::exception_ptr error);

/// Calls a handler on its executor, never from within the function that started the operation.
template <class... Results>
void complete(const asio::any_io_executor& otherwise,
              asio::any_completion_handler<void(std::exception_ptr, Results...)> handler,
              std::exception_ptr error, Results... results) {
    const auto executor = asio::get_associated_executor(handler, otherwise);
    asio::dispatch(executor, [handler = std::move(handler), error = std::move(error),
                              ... results = std::move(results)]() mutable {
        std::move(handler)(std::move(error), std::move(results)...);
    });
}

/// Runs the coroutine `body(Operation&)` as one operation: on a serial executor of its own, with the caller's
/// cancellation, until the handler is called.
template <class Result, class Body>
void run(const std::shared_ptr<Core>& core, Handler<Result> handler, Body body) {
    const auto operation = std::make_shared<Operation>(core->serial_executor());
    auto registration = core->add(operation);
    if (!registration) {
        // The client's own thread may be gone: the handler's executor calls it, or else the system's.
        asio::post(asio::system_executor(), [handler = std::move(handler)]() mutable {
            const auto error = std::make_exception_ptr(client_is_gone());
            if constexpr (std::is_void_v<Result>)
                complete<>(asio::system_executor(), std::move(handler), error);
            else
                complete<Result>(asio::system_executor(), std::move(handler), error, Result());
        });
        return;
    }
    const auto slot = asio::get_associated_cancellation_slot(handler);
    if (slot.is_connected())
        asio::cancellation_slot(slot).assign(
            [weak = std::weak_ptr<Operation>(operation)](asio::cancellation_type type) {
                if (const auto running = weak.lock()) running->cancel(type);
            });
    const auto otherwise = core->executor();
    auto handler_work = asio::make_work_guard(asio::get_associated_executor(handler, otherwise));
    asio::co_spawn(
        operation->serial(),
        [core, operation, body = std::move(body)]() mutable -> asio::awaitable<Result> {
            // The handler must not be called before the initiating function returns.
            co_await asio::post(operation->serial(), asio::use_awaitable);
            if constexpr (std::is_void_v<Result>)
                co_await body(*operation);
            else
                co_return co_await body(*operation);
        },
        [handler = std::move(handler), handler_work = std::move(handler_work), otherwise,
         registration = std::move(*registration)](std::exception_ptr error, auto... results) mutable {
            complete<decltype(results)...>(otherwise, std::move(handler), as_client_error(std::move(error)),
                                           std::move(results)...);
        });
}

}  // namespace tiphys::client_detail
