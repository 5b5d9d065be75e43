// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/local/process/spec.hpp>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>

#include <cstddef>
#include <memory>
#include <utility>

namespace tiphys::local {

/// A running process with its process group. This is a move-only type.
///
/// Object lifetimes: destroying the handle kills a process that still runs; a wait that is outstanding then
/// still completes. The executor's context must outlive the handle. Processes end with this program, whatever
/// ends it; without a sandbox that holds for the process itself, while processes that it started and that
/// outlive a SIGKILL of this program are ended only if they die with their parent.
///
/// Thread safety: distinct objects are independent; terminate() and kill() may be called from any thread.
class Process {
public:
    Process() noexcept;
    Process(Process&&) noexcept;
    Process& operator=(Process&&) noexcept;
    ~Process();

    /// Starts `spec` and returns at once; the work of starting is done on a thread of its own.
    ///
    /// Errors: whatever keeps the process from starting is told by async_wait, in ExitStatus::error. Throws
    /// std::system_error only if no thread can be made.
    static Process start(boost::asio::any_io_executor executor, ProcessSpec spec);

    /// Waits for the end of the process, by which all its output has been delivered.
    ///
    /// When the main process has ended the rest of its group is killed, and what its pipes then hold is read.
    ///
    /// Completion signature: `void(ExitStatus)`, called exactly once, on the handler's executor, by default
    /// the one given to start(). Any number of waits may be outstanding, also after the end.
    ///
    /// Cancellation: `total` and `partial` mean terminate(), `terminal` means kill(); the wait then completes
    /// with the status when the process has ended.
    template <boost::asio::completion_token_for<void(ExitStatus)> Token>
    auto async_wait(Token&& token) {
        return boost::asio::async_initiate<Token, void(ExitStatus)>(
            [](auto handler, std::shared_ptr<Running> running) {
                wait(std::move(running), Handler(std::move(handler)));
            },
            token, running_);
    }

    /// SIGTERM to the process group, SIGKILL after ProcessSpec::termination_grace. More calls change nothing.
    void terminate();

    /// SIGKILL to the process group.
    void kill();

    /// The process id, 0 before it has started and when it could not.
    int id() const noexcept;

    /// How many processes of this program have been started and not yet been reaped.
    static std::size_t live_count() noexcept;

private:
    class Running;
    using Handler = boost::asio::any_completion_handler<void(ExitStatus)>;

    explicit Process(std::shared_ptr<Running> running) noexcept;
    static void wait(std::shared_ptr<Running> running, Handler handler);
    void abandon() noexcept;

    std::shared_ptr<Running> running_;
};

}  // namespace tiphys::local
