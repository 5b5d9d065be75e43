// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/archived_workflows.hpp>
#include <tiphys/client/artifacts.hpp>
#include <tiphys/client/cron_workflows.hpp>
#include <tiphys/client/detail/fetch.hpp>
#include <tiphys/client/error.hpp>
#include <tiphys/client/event_services.hpp>
#include <tiphys/client/operation_options.hpp>
#include <tiphys/client/options.hpp>
#include <tiphys/client/progress.hpp>
#include <tiphys/client/stored.hpp>
#include <tiphys/client/streams.hpp>
#include <tiphys/client/submitted_workflow.hpp>
#include <tiphys/client/sync_limits.hpp>

#include <boost/asio/deferred.hpp>

namespace tiphys {

namespace client_detail {

template <>
inline constexpr bool is_awaited_result<SubmittedWorkflow> = true;
template <>
inline constexpr bool is_awaited_result<WatchStream> = true;
void start_wait(const std::shared_ptr<Core>& core, Handler<SubmittedWorkflow> handler, WorkflowRef workflow,
                Observer observer, WaitOptions options);
void start_watch(const std::shared_ptr<Core>& core, Handler<WatchStream> handler, std::string name,
                 WatchOptions options);
void start_watch_all(const std::shared_ptr<Core>& core, Handler<WatchStream> handler, WatchOptions options);

/// A request for the model, serialised now.
Request create_request(const Core& core, const model::Workflow& workflow, const CreateOptions& options);
Request prepare(const Core& core, const WorkflowRef& workflow, const GetOptions& options);
Request prepare(const Core& core, const WorkflowRef& workflow, const RemoveOptions& options);
Request prepare(const Core& core, const WorkflowRef& workflow, const ResumeOptions& options);
Request prepare(const Core& core, const WorkflowRef& workflow, const SuspendOptions& options);
Request prepare(const Core& core, const WorkflowRef& workflow, const StopOptions& options);
Request prepare(const Core& core, const WorkflowRef& workflow, const TerminateOptions& options);
Request prepare(const Core& core, const WorkflowRef& workflow, const RetryOptions& options);
Request prepare(const Core& core, const WorkflowRef& workflow, const LogOptions& options);
Request prepare(const Core& core, const WorkflowRef& workflow, const ResubmitOptions& options);
Request prepare(const Core& core, const WorkflowRef& workflow, const SetOptions& options);
PageRequests prepare(const Core& core, ListOptions options);
Request lint_request(const Core& core, const model::Workflow& workflow, const LintOptions& options);
Request submit_request(const Core& core, const StoredRef& stored, const SubmitOptions& options);
Request pod_logs_request(const Core& core, const WorkflowRef& workflow, std::string_view pod,
                         LogOptions options);
Request collected_request(std::string_view name);
Request plain_request(std::string_view target);

}  // namespace client_detail

/// An Argo server, as this program sees it: a handle that can be copied; copies share connections.
///
/// Each operation comes twice. `async_x` returns at once and completes as its completion token says:
/// callback, `asio::use_future`, `asio::use_awaitable`, or, without a token, a deferred operation that
/// `co_await` takes. `x` waits for the outcome in the calling thread. Both report errors as ClientError.
///
/// For every `async_` operation:
///   Object lifetimes: arguments are copied or serialised before the call returns. When the last copy of the
///   client is destroyed, operations that still run complete with ClientErrorKind::cancelled.
///   Completion signature: void(std::exception_ptr, Result), the blocking twin's result; `remove` has none.
///   The handler runs on its associated executor, or else on the client's. Cancellation: terminal and partial
///   at any time; total until the request is being sent. A cancelled operation that is not a GET may have
///   been carried out; the message says whether it was sent. Errors: ClientError. A GET is tried again after
///   429, 503 and lost connections (ClientOptions::retries).
///
/// Thread safety: all functions may be called from any thread, also on the same object.
class Client {
public:
    /// ClientOptions::from_environment(), and a thread of its own.
    Client();
    /// A thread of its own does the work, until the last copy is destroyed: that waits for the thread, and so
    /// for whatever else was put on `get_executor()`.
    explicit Client(ClientOptions options);
    /// The executor does the work; no thread is made. Operations run on strands of it, so any number of
    /// threads may run its context. The context must outlive the client.
    Client(boost::asio::any_io_executor executor, ClientOptions options);

    boost::asio::any_io_executor get_executor() const;
    const ClientOptions& options() const noexcept;

    /// Creates a workflow: POST /api/v1/workflows/{namespace}. The namespace is the one of the options, else
    /// the workflow's own, which must not differ, else the client's. `source` is a builder, a model or a
    /// SubmittedWorkflow.
    template <WorkflowSource Source, class Token = boost::asio::deferred_t>
    auto async_create(const Source& source, CreateOptions options, Token&& token = Token()) const {
        return fetch<SubmittedWorkflow>(
            client_detail::create_request(*core(), client_detail::model_of<model::Workflow>(source), options),
            std::forward<Token>(token));
    }
    template <WorkflowSource Source, class Token = boost::asio::deferred_t>
    auto async_create(const Source& source, Token&& token = Token()) const {
        return async_create(source, CreateOptions(), std::forward<Token>(token));
    }
    template <WorkflowSource Source>
    SubmittedWorkflow create(const Source& source, const CreateOptions& options = {}) const {
        return client_detail::fetch_now<SubmittedWorkflow>(
            core(), "create",
            client_detail::create_request(*core(), client_detail::model_of<model::Workflow>(source),
                                          options));
    }

    /// Has the server judge a workflow, with all that it refers to there: POST …/lint. Gives the workflow as
    /// the server read it. Errors: invalid_request if it is wrong.
    template <WorkflowSource Source, class Token = boost::asio::deferred_t>
    auto async_lint(const Source& source, LintOptions options, Token&& token = Token()) const {
        return fetch<model::Workflow>(
            client_detail::lint_request(*core(), client_detail::model_of<model::Workflow>(source), options),
            std::forward<Token>(token));
    }
    template <WorkflowSource Source, class Token = boost::asio::deferred_t>
    auto async_lint(const Source& source, Token&& token = Token()) const {
        return async_lint(source, LintOptions(), std::forward<Token>(token));
    }
    template <WorkflowSource Source>
    model::Workflow lint(const Source& source, const LintOptions& options = {}) const {
        return client_detail::fetch_now<model::Workflow>(
            core(), "lint",
            client_detail::lint_request(*core(), client_detail::model_of<model::Workflow>(source), options));
    }

    /// Runs a document that the server stores: POST /api/v1/workflows/{namespace}/submit.
    template <class Token = boost::asio::deferred_t>
    auto async_submit(const StoredRef& stored, SubmitOptions options, Token&& token = Token()) const {
        return fetch<SubmittedWorkflow>(client_detail::submit_request(*core(), stored, options),
                                        std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_submit(const StoredRef& stored, Token&& token = Token()) const {
        return async_submit(stored, SubmitOptions(), std::forward<Token>(token));
    }
    SubmittedWorkflow submit(const StoredRef& stored, const SubmitOptions& options = {}) const;

    /// The workflow as it is now: GET /api/v1/workflows/{namespace}/{name}. The server looks in its archive
    /// too.
    template <class Token = boost::asio::deferred_t>
    auto async_get(const WorkflowRef& workflow, GetOptions options, Token&& token = Token()) const {
        return act(workflow, options, std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_get(const WorkflowRef& workflow, Token&& token = Token()) const {
        return act(workflow, GetOptions(), std::forward<Token>(token));
    }
    SubmittedWorkflow get(const WorkflowRef& workflow, const GetOptions& options = {}) const;

    /// All workflows, page after page if `limit` asks for pages: GET /api/v1/workflows/{namespace}.
    template <class Token = boost::asio::deferred_t>
    auto async_list(ListOptions options, Token&& token = Token()) const {
        return client_detail::launch<model::WorkflowList>(
            &client_detail::start_pages<model::WorkflowList>, core(), std::forward<Token>(token),
            client_detail::prepare(*core(), std::move(options)));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_list(Token&& token = Token()) const {
        return async_list(ListOptions(), std::forward<Token>(token));
    }
    model::WorkflowList list(const ListOptions& options = {}) const;

    /// One page; `metadata.continue_` says where the next begins, and is absent in the last.
    template <class Token = boost::asio::deferred_t>
    auto async_list_page(ListOptions options, Token&& token = Token()) const {
        return fetch<model::WorkflowList>(client_detail::prepare(*core(), std::move(options)).first,
                                          std::forward<Token>(token));
    }
    model::WorkflowList list_page(const ListOptions& options = {}) const;

    /// Deletes the workflow and what it owns: DELETE /api/v1/workflows/{namespace}/{name}.
    template <class Token = boost::asio::deferred_t>
    auto async_remove(const WorkflowRef& workflow, RemoveOptions options, Token&& token = Token()) const {
        return fetch<void>(client_detail::prepare(*core(), workflow, options), std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_remove(const WorkflowRef& workflow, Token&& token = Token()) const {
        return async_remove(workflow, RemoveOptions(), std::forward<Token>(token));
    }
    void remove(const WorkflowRef& workflow, const RemoveOptions& options = {}) const;

    /// Lets suspended nodes go on: PUT …/resume.
    template <class Token = boost::asio::deferred_t>
    auto async_resume(const WorkflowRef& workflow, ResumeOptions options, Token&& token = Token()) const {
        return act(workflow, options, std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_resume(const WorkflowRef& workflow, Token&& token = Token()) const {
        return act(workflow, ResumeOptions(), std::forward<Token>(token));
    }
    SubmittedWorkflow resume(const WorkflowRef& workflow, const ResumeOptions& options = {}) const;

    /// No new nodes are started: PUT …/suspend.
    template <class Token = boost::asio::deferred_t>
    auto async_suspend(const WorkflowRef& workflow, SuspendOptions options, Token&& token = Token()) const {
        return act(workflow, options, std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_suspend(const WorkflowRef& workflow, Token&& token = Token()) const {
        return act(workflow, SuspendOptions(), std::forward<Token>(token));
    }
    SubmittedWorkflow suspend(const WorkflowRef& workflow, const SuspendOptions& options = {}) const;

    /// Ends the workflow; exit handlers run: PUT …/stop.
    template <class Token = boost::asio::deferred_t>
    auto async_stop(const WorkflowRef& workflow, StopOptions options, Token&& token = Token()) const {
        return act(workflow, options, std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_stop(const WorkflowRef& workflow, Token&& token = Token()) const {
        return act(workflow, StopOptions(), std::forward<Token>(token));
    }
    SubmittedWorkflow stop(const WorkflowRef& workflow, const StopOptions& options = {}) const;

    /// Ends the workflow; exit handlers do not run: PUT …/terminate.
    template <class Token = boost::asio::deferred_t>
    auto async_terminate(const WorkflowRef& workflow, TerminateOptions options,
                         Token&& token = Token()) const {
        return act(workflow, options, std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_terminate(const WorkflowRef& workflow, Token&& token = Token()) const {
        return act(workflow, TerminateOptions(), std::forward<Token>(token));
    }
    SubmittedWorkflow terminate(const WorkflowRef& workflow, const TerminateOptions& options = {}) const;

    /// Runs again what failed: PUT …/retry.
    template <class Token = boost::asio::deferred_t>
    auto async_retry(const WorkflowRef& workflow, RetryOptions options, Token&& token = Token()) const {
        return act(workflow, options, std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_retry(const WorkflowRef& workflow, Token&& token = Token()) const {
        return act(workflow, RetryOptions(), std::forward<Token>(token));
    }
    SubmittedWorkflow retry(const WorkflowRef& workflow, const RetryOptions& options = {}) const;

    /// Runs the workflow again as a new one: PUT …/resubmit.
    template <class Token = boost::asio::deferred_t>
    auto async_resubmit(const WorkflowRef& workflow, ResubmitOptions options, Token&& token = Token()) const {
        return act(workflow, options, std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_resubmit(const WorkflowRef& workflow, Token&& token = Token()) const {
        return act(workflow, ResubmitOptions(), std::forward<Token>(token));
    }
    SubmittedWorkflow resubmit(const WorkflowRef& workflow, const ResubmitOptions& options = {}) const;

    /// Gives suspended nodes their phase, message or outputs: PUT …/set.
    template <class Token = boost::asio::deferred_t>
    auto async_set(const WorkflowRef& workflow, SetOptions options, Token&& token = Token()) const {
        return act(workflow, options, std::forward<Token>(token));
    }
    SubmittedWorkflow set(const WorkflowRef& workflow, const SetOptions& options) const;

    /// Waits until the workflow has finished, and gives it as it is then. `observer` sees it now and at each
    /// change; asynchronously it is called on the client's executor, one call at a time, and in `wait` by the
    /// calling thread. What it throws ends the wait.
    ///
    /// Lost connections and ends of the watch are survived as a WatchStream survives them.
    /// Errors: not_found if the workflow is deleted meanwhile; timeout after WaitOptions::timeout.
    template <class Token = boost::asio::deferred_t>
    auto async_wait(const WorkflowRef& workflow, Observer observer, WaitOptions options,
                    Token&& token = Token()) const {
        return client_detail::launch<SubmittedWorkflow>(&client_detail::start_wait, core(),
                                                        std::forward<Token>(token), workflow,
                                                        std::move(observer), std::move(options));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_wait(const WorkflowRef& workflow, Observer observer, Token&& token = Token()) const {
        return async_wait(workflow, std::move(observer), WaitOptions(), std::forward<Token>(token));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_wait(const WorkflowRef& workflow, Token&& token = Token()) const {
        return async_wait(workflow, Observer(), WaitOptions(), std::forward<Token>(token));
    }
    SubmittedWorkflow wait(const WorkflowRef& workflow, const Observer& observer = {},
                           const WaitOptions& options = {}) const;

    /// Changes of one workflow: GET /api/v1/workflow-events/{namespace}. Completes when the request is sent;
    /// a refusal by the server comes from the first `async_next`.
    template <class Token = boost::asio::deferred_t>
    auto async_watch(const WorkflowRef& workflow, WatchOptions options, Token&& token = Token()) const {
        if (options.namespace_.empty()) options.namespace_ = workflow.namespace_;
        return client_detail::launch<WatchStream>(&client_detail::start_watch, core(),
                                                  std::forward<Token>(token), workflow.name,
                                                  std::move(options));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_watch(const WorkflowRef& workflow, Token&& token = Token()) const {
        return async_watch(workflow, WatchOptions(), std::forward<Token>(token));
    }
    WatchStream watch(const WorkflowRef& workflow, const WatchOptions& options = {}) const;

    /// Changes of all workflows that the options choose; does not end by itself.
    template <class Token = boost::asio::deferred_t>
    auto async_watch_all(WatchOptions options, Token&& token = Token()) const {
        return client_detail::launch<WatchStream>(&client_detail::start_watch_all, core(),
                                                  std::forward<Token>(token), std::move(options));
    }
    WatchStream watch_all(const WatchOptions& options = {}) const;

    /// Lines that the workflow's pods wrote: GET /api/v1/workflows/{namespace}/{name}/log. Completes like
    /// `async_watch`.
    template <class Token = boost::asio::deferred_t>
    auto async_logs(const WorkflowRef& workflow, LogOptions options, Token&& token = Token()) const {
        return client_detail::launch<LogStream>(&client_detail::start_items<model::LogEntry>, core(),
                                                std::forward<Token>(token),
                                                client_detail::prepare(*core(), workflow, options));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_logs(const WorkflowRef& workflow, Token&& token = Token()) const {
        return async_logs(workflow, LogOptions(), std::forward<Token>(token));
    }
    LogStream logs(const WorkflowRef& workflow, const LogOptions& options = {}) const;

    /// The same for one pod: GET …/{name}/{podName}/log, which Argo keeps for older clients; LogOptions::pod
    /// is the newer way.
    template <class Token = boost::asio::deferred_t>
    auto async_pod_logs(const WorkflowRef& workflow, std::string_view pod, LogOptions options,
                        Token&& token = Token()) const {
        return client_detail::launch<LogStream>(
            &client_detail::start_items<model::LogEntry>, core(), std::forward<Token>(token),
            client_detail::pod_logs_request(*core(), workflow, pod, std::move(options)));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_pod_logs(const WorkflowRef& workflow, std::string_view pod, Token&& token = Token()) const {
        return async_pod_logs(workflow, pod, LogOptions(), std::forward<Token>(token));
    }
    LogStream pod_logs(const WorkflowRef& workflow, std::string_view pod,
                       const LogOptions& options = {}) const;

    /// What the server is: GET /api/v1/version.
    template <class Token = boost::asio::deferred_t>
    auto async_version(Token&& token = Token()) const {
        return fetch<model::Version>(client_detail::plain_request("/api/v1/version"),
                                     std::forward<Token>(token));
    }
    model::Version version() const;

    /// How the server is set up: GET /api/v1/info.
    template <class Token = boost::asio::deferred_t>
    auto async_info(Token&& token = Token()) const {
        return fetch<model::InfoResponse>(client_detail::plain_request("/api/v1/info"),
                                          std::forward<Token>(token));
    }
    model::InfoResponse info() const;

    /// Whom the server takes this client for: GET /api/v1/userinfo.
    template <class Token = boost::asio::deferred_t>
    auto async_user_info(Token&& token = Token()) const {
        return fetch<model::GetUserInfoResponse>(client_detail::plain_request("/api/v1/userinfo"),
                                                 std::forward<Token>(token));
    }
    model::GetUserInfoResponse user_info() const;

    /// Counts an event of a user interface: POST /api/v1/tracking/event. For those who write one.
    template <class Token = boost::asio::deferred_t>
    auto async_collect_event(std::string_view name, Token&& token = Token()) const {
        return fetch<void>(client_detail::collected_request(name), std::forward<Token>(token));
    }
    void collect_event(std::string_view name) const;

    /// Where the server's web pages show the workflow.
    ///
    /// Errors: throws ClientError (invalid_argument) for a missing name or namespace.
    std::string link(const WorkflowRef& workflow) const;

    /// The other services, which share this client's connections; each handle is a copy of the client.
    WorkflowTemplates workflow_templates() const { return WorkflowTemplates(owner_); }
    ClusterWorkflowTemplates cluster_workflow_templates() const { return ClusterWorkflowTemplates(owner_); }
    CronWorkflows cron_workflows() const { return CronWorkflows(owner_); }
    EventSources event_sources() const { return EventSources(owner_); }
    Sensors sensors() const { return Sensors(owner_); }
    Events events() const { return Events(owner_); }
    ArchivedWorkflows archived_workflows() const { return ArchivedWorkflows(owner_); }
    SyncLimits sync_limits() const { return SyncLimits(owner_); }
    Artifacts artifacts() const { return Artifacts(owner_); }

private:
    const std::shared_ptr<client_detail::Core>& core() const noexcept;

    template <class Result, class Token>
    auto fetch(client_detail::Request request, Token&& token) const {
        return client_detail::launch<Result>(&client_detail::start_fetch<Result>, core(),
                                             std::forward<Token>(token), std::move(request));
    }
    template <class Options, class Token>
    auto act(const WorkflowRef& workflow, const Options& options, Token&& token) const {
        return fetch<SubmittedWorkflow>(client_detail::prepare(*core(), workflow, options),
                                        std::forward<Token>(token));
    }

    std::shared_ptr<client_detail::ClientOwner> owner_;
};

}  // namespace tiphys
