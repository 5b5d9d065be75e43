// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/client.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <condition_variable>
#include <deque>
#include <thread>

#include "client/blocking.hpp"
#include "client/operations.hpp"
#include "client/watch.hpp"

namespace tiphys {
namespace client_detail {

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

const std::shared_ptr<Core>& core_of(const ClientOwner& owner) noexcept { return owner.core; }

}  // namespace client_detail

Client::Client() : Client(ClientOptions::from_environment()) {}
Client::Client(ClientOptions options)
    : owner_(std::make_shared<client_detail::ClientOwner>(std::move(options))) {}
Client::Client(boost::asio::any_io_executor executor, ClientOptions options)
    : owner_(std::make_shared<client_detail::ClientOwner>(std::move(executor), std::move(options))) {}

const std::shared_ptr<client_detail::Core>& Client::core() const noexcept { return owner_->core; }
boost::asio::any_io_executor Client::get_executor() const { return core()->executor(); }
const ClientOptions& Client::options() const noexcept { return core()->options(); }

SubmittedWorkflow Client::get(const WorkflowRef& workflow, const GetOptions& options) const {
    return client_detail::fetch_now<SubmittedWorkflow>(core(), "get",
                                                       client_detail::prepare(*core(), workflow, options));
}
SubmittedWorkflow Client::resume(const WorkflowRef& workflow, const ResumeOptions& options) const {
    return client_detail::fetch_now<SubmittedWorkflow>(core(), "resume",
                                                       client_detail::prepare(*core(), workflow, options));
}
SubmittedWorkflow Client::suspend(const WorkflowRef& workflow, const SuspendOptions& options) const {
    return client_detail::fetch_now<SubmittedWorkflow>(core(), "suspend",
                                                       client_detail::prepare(*core(), workflow, options));
}
SubmittedWorkflow Client::stop(const WorkflowRef& workflow, const StopOptions& options) const {
    return client_detail::fetch_now<SubmittedWorkflow>(core(), "stop",
                                                       client_detail::prepare(*core(), workflow, options));
}
SubmittedWorkflow Client::terminate(const WorkflowRef& workflow, const TerminateOptions& options) const {
    return client_detail::fetch_now<SubmittedWorkflow>(core(), "terminate",
                                                       client_detail::prepare(*core(), workflow, options));
}
SubmittedWorkflow Client::retry(const WorkflowRef& workflow, const RetryOptions& options) const {
    return client_detail::fetch_now<SubmittedWorkflow>(core(), "retry",
                                                       client_detail::prepare(*core(), workflow, options));
}
SubmittedWorkflow Client::resubmit(const WorkflowRef& workflow, const ResubmitOptions& options) const {
    return client_detail::fetch_now<SubmittedWorkflow>(core(), "resubmit",
                                                       client_detail::prepare(*core(), workflow, options));
}
SubmittedWorkflow Client::set(const WorkflowRef& workflow, const SetOptions& options) const {
    return client_detail::fetch_now<SubmittedWorkflow>(core(), "set",
                                                       client_detail::prepare(*core(), workflow, options));
}
SubmittedWorkflow Client::submit(const StoredRef& stored, const SubmitOptions& options) const {
    return client_detail::fetch_now<SubmittedWorkflow>(
        core(), "submit", client_detail::submit_request(*core(), stored, options));
}
void Client::remove(const WorkflowRef& workflow, const RemoveOptions& options) const {
    client_detail::fetch_now<void>(core(), "remove", client_detail::prepare(*core(), workflow, options));
}
model::WorkflowList Client::list(const ListOptions& options) const {
    return client_detail::pages_now<model::WorkflowList>(core(), "list",
                                                         client_detail::prepare(*core(), options));
}
model::WorkflowList Client::list_page(const ListOptions& options) const {
    return client_detail::fetch_now<model::WorkflowList>(core(), "list_page",
                                                         client_detail::prepare(*core(), options).first);
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
        client_detail::Failure failure;
        SubmittedWorkflow result;
    };
    const auto shared = std::make_shared<Handover>();
    boost::asio::cancellation_signal cancel;
    client_detail::start_wait(
        core(),
        client_detail::Handler<SubmittedWorkflow>(boost::asio::bind_cancellation_slot(
            cancel.slot(),
            [shared](const std::exception_ptr& error, SubmittedWorkflow result) {
                const std::lock_guard lock(shared->mutex);
                shared->failure = client_detail::Failure(error);
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
    shared->failure.raise_if_any();
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
    return client_detail::items_now<model::LogEntry>(core(), "logs",
                                                     client_detail::prepare(*core(), workflow, options));
}
LogStream Client::pod_logs(const WorkflowRef& workflow, std::string_view pod,
                           const LogOptions& options) const {
    return client_detail::items_now<model::LogEntry>(
        core(), "pod_logs", client_detail::pod_logs_request(*core(), workflow, pod, options));
}
model::Version Client::version() const {
    return client_detail::fetch_now<model::Version>(core(), "version",
                                                    client_detail::plain_request("/api/v1/version"));
}
model::InfoResponse Client::info() const {
    return client_detail::fetch_now<model::InfoResponse>(core(), "info",
                                                         client_detail::plain_request("/api/v1/info"));
}
model::GetUserInfoResponse Client::user_info() const {
    return client_detail::fetch_now<model::GetUserInfoResponse>(
        core(), "user_info", client_detail::plain_request("/api/v1/userinfo"));
}
void Client::collect_event(std::string_view name) const {
    client_detail::fetch_now<void>(core(), "collect_event", client_detail::collected_request(name));
}

std::string Client::link(const WorkflowRef& workflow) const {
    const std::string& in = workflow.namespace_.empty() ? options().namespace_ : workflow.namespace_;
    return core()->server().base_url + client_detail::workflow_page(in, workflow.name);
}

}  // namespace tiphys
