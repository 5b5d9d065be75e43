// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/client.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <condition_variable>
#include <deque>
#include <future>
#include <thread>

#include "client/watch.hpp"

namespace tiphys {
namespace client_detail {

namespace {

/// Starts an operation and waits for it in this thread.
template <class Result, class Start>
Result block(const Core& core, const char* what, Start start) {
    core.forbid_blocking(what);
    std::promise<Result> promise;
    std::future<Result> future = promise.get_future();
    if constexpr (std::is_void_v<Result>)
        start(Handler<Result>([promise = std::move(promise)](std::exception_ptr error) mutable {
            if (error != nullptr)
                promise.set_exception(std::move(error));
            else
                promise.set_value();
        }));
    else
        start(
            Handler<Result>([promise = std::move(promise)](std::exception_ptr error, Result result) mutable {
                if (error != nullptr)
                    promise.set_exception(std::move(error));
                else
                    promise.set_value(std::move(result));
            }));
    return future.get();
}

template <class Result, class... Arguments, class... Given>
Result block_on(const std::shared_ptr<Core>& core, const char* what,
                void (*start)(const std::shared_ptr<Core>&, Handler<Result>, Arguments...),
                Given&&... given) {
    return block<Result>(*core, what, [&](Handler<Result> handler) {
        start(core, std::move(handler), std::forward<Given>(given)...);
    });
}

}  // namespace

std::optional<WatchEvent> next(const std::shared_ptr<WatchState>& state) {
    return block<std::optional<WatchEvent>>(*state->core, "next",
                                            [&](auto handler) { start_next(state, std::move(handler)); });
}

std::optional<model::LogEntry> next(const std::shared_ptr<LogState>& state) {
    return block<std::optional<model::LogEntry>>(
        *state->core, "next", [&](auto handler) { start_next(state, std::move(handler)); });
}

/// What the copies of a client share, and operations do not: when it goes, the client is gone.
class ClientOwner {
public:
    explicit ClientOwner(ClientOptions options)
        : context_(std::make_shared<asio::io_context>(1)),
          core(std::make_shared<Core>(context_, context_->get_executor(), std::move(options))) {
        work_.emplace(context_->get_executor());
        thread_ = std::thread([context = context_] { context->run(); });
    }
    ClientOwner(asio::any_io_executor executor, ClientOptions options)
        : core(std::make_shared<Core>(nullptr, std::move(executor), std::move(options))) {}
    ClientOwner(const ClientOwner&) = delete;
    ClientOwner& operator=(const ClientOwner&) = delete;
    ~ClientOwner() {
        core->shut_down();
        if (!thread_.joinable()) return;
        work_.reset();
        // A handler that held the last copy is running on the thread itself, which ends when it has no more
        // to do.
        if (thread_.get_id() == std::this_thread::get_id())
            thread_.detach();
        else
            thread_.join();
    }

private:
    std::shared_ptr<asio::io_context> context_;
    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work_;
    std::thread thread_;

public:
    const std::shared_ptr<Core> core;
};

}  // namespace client_detail

Client::Client() : Client(ClientOptions::from_environment()) {}
Client::Client(ClientOptions options)
    : owner_(std::make_shared<client_detail::ClientOwner>(std::move(options))) {}
Client::Client(boost::asio::any_io_executor executor, ClientOptions options)
    : owner_(std::make_shared<client_detail::ClientOwner>(std::move(executor), std::move(options))) {}

const std::shared_ptr<client_detail::Core>& Client::core() const noexcept { return owner_->core; }
boost::asio::any_io_executor Client::get_executor() const { return core()->executor(); }
const ClientOptions& Client::options() const noexcept { return core()->options(); }

SubmittedWorkflow Client::blocking(const char* what, client_detail::Request request) const {
    return client_detail::block_on<SubmittedWorkflow>(core(), what, &client_detail::start_workflow,
                                                      std::move(request));
}

SubmittedWorkflow Client::get(const WorkflowRef& workflow, const GetOptions& options) const {
    return blocking("get", client_detail::prepare(*core(), workflow, options));
}
SubmittedWorkflow Client::resume(const WorkflowRef& workflow, const ResumeOptions& options) const {
    return blocking("resume", client_detail::prepare(*core(), workflow, options));
}
SubmittedWorkflow Client::suspend(const WorkflowRef& workflow, const SuspendOptions& options) const {
    return blocking("suspend", client_detail::prepare(*core(), workflow, options));
}
SubmittedWorkflow Client::stop(const WorkflowRef& workflow, const StopOptions& options) const {
    return blocking("stop", client_detail::prepare(*core(), workflow, options));
}
SubmittedWorkflow Client::terminate(const WorkflowRef& workflow, const TerminateOptions& options) const {
    return blocking("terminate", client_detail::prepare(*core(), workflow, options));
}
SubmittedWorkflow Client::retry(const WorkflowRef& workflow, const RetryOptions& options) const {
    return blocking("retry", client_detail::prepare(*core(), workflow, options));
}
void Client::remove(const WorkflowRef& workflow, const RemoveOptions& options) const {
    client_detail::block_on<void>(core(), "remove", &client_detail::start_nothing,
                                  client_detail::prepare(*core(), workflow, options));
}
model::WorkflowList Client::list(const ListOptions& options) const {
    return client_detail::block_on<model::WorkflowList>(core(), "list", &client_detail::start_list, options);
}
model::WorkflowList Client::list_page(const ListOptions& options) const {
    return client_detail::block_on<model::WorkflowList>(core(), "list_page", &client_detail::start_list_page,
                                                        client_detail::prepare(*core(), options));
}
SubmittedWorkflow Client::wait(const WorkflowRef& workflow, const Observer& observer,
                               const WaitOptions& options) const {
    if (!observer)
        return client_detail::block_on<SubmittedWorkflow>(core(), "wait", &client_detail::start_wait,
                                                          workflow, Observer(), options);
    core()->forbid_blocking("wait");

    // The observer belongs to this thread: what the operation sees is handed over.
    struct Handover {
        std::mutex mutex;
        std::condition_variable changed;
        std::deque<model::Workflow> seen;
        bool done = false;
        std::exception_ptr error;
        SubmittedWorkflow result;
    };
    const auto shared = std::make_shared<Handover>();
    boost::asio::cancellation_signal cancel;
    client_detail::start_wait(
        core(),
        client_detail::Handler<SubmittedWorkflow>(
            boost::asio::bind_cancellation_slot(cancel.slot(),
                                                [shared](std::exception_ptr error, SubmittedWorkflow result) {
                                                    const std::lock_guard lock(shared->mutex);
                                                    shared->error = std::move(error);
                                                    shared->result = std::move(result);
                                                    shared->done = true;
                                                    shared->changed.notify_one();
                                                })),
        workflow,
        [shared](const model::Workflow& now) {
            const std::lock_guard lock(shared->mutex);
            shared->seen.push_back(now);
            shared->changed.notify_one();
        },
        options);
    std::exception_ptr thrown;
    std::unique_lock lock(shared->mutex);
    for (;;) {
        shared->changed.wait(lock, [&] { return shared->done || !shared->seen.empty(); });
        if (shared->seen.empty()) break;
        const model::Workflow now = std::move(shared->seen.front());
        shared->seen.pop_front();
        if (thrown != nullptr) continue;
        lock.unlock();
        try {
            observer(now);
        } catch (...) {
            thrown = std::current_exception();
            cancel.emit(boost::asio::cancellation_type::terminal);
        }
        lock.lock();
    }
    if (thrown != nullptr) std::rethrow_exception(thrown);
    if (shared->error != nullptr) std::rethrow_exception(shared->error);
    return std::move(shared->result);
}
WatchStream Client::watch(const WorkflowRef& workflow, const WatchOptions& options) const {
    WatchOptions here = options;
    if (here.namespace_.empty()) here.namespace_ = workflow.namespace_;
    return client_detail::block_on<WatchStream>(core(), "watch", &client_detail::start_watch, workflow.name,
                                                std::move(here));
}
WatchStream Client::watch_all(const WatchOptions& options) const {
    return client_detail::block_on<WatchStream>(core(), "watch_all", &client_detail::start_watch_all,
                                                options);
}
LogStream Client::logs(const WorkflowRef& workflow, const LogOptions& options) const {
    return client_detail::block_on<LogStream>(core(), "logs", &client_detail::start_logs,
                                              client_detail::prepare(*core(), workflow, options));
}
model::Version Client::version() const {
    return client_detail::block_on<model::Version>(core(), "version", &client_detail::start_version,
                                                   client_detail::plain_request("/api/v1/version"));
}
model::InfoResponse Client::info() const {
    return client_detail::block_on<model::InfoResponse>(core(), "info", &client_detail::start_info,
                                                        client_detail::plain_request("/api/v1/info"));
}

}  // namespace tiphys
