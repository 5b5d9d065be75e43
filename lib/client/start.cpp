// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/client.hpp>

#include "client/operations.hpp"
#include "client/perform.hpp"
#include "client/preconditions.hpp"
#include "client/watch.hpp"

namespace tiphys::client_detail {
namespace {

template <class Model>
asio::awaitable<Model> fetch(Operation& operation, Core& core, Request request) {
    const Response response = co_await perform(operation, core, request);
    co_return read_answer<Model>(core, request, response.body);
}

template <class Model>
void start_fetch(const std::shared_ptr<Core>& core, Handler<Model> handler, Request request) {
    run<Model>(core, std::move(handler), [core, request = std::move(request)](Operation& operation) {
        return fetch<Model>(operation, *core, request);
    });
}

asio::awaitable<SubmittedWorkflow> fetch_workflow(Operation& operation, Core& core, Request request) {
    co_return SubmittedWorkflow(co_await fetch<model::Workflow>(operation, core, std::move(request)));
}

asio::awaitable<void> fetch_nothing(Operation& operation, Core& core, Request request) {
    co_await perform(operation, core, request);
}

/// Where a page begins is a number for the Argo Server, and for Kubernetes any text.
Request first_page_request(const Core& core, const ListOptions& options) {
    const std::string& ns = core.options().namespace_;
    return core.is_kubernetes() ? next_page_request(ns, options) : list_request(ns, options);
}

asio::awaitable<model::WorkflowList> fetch_pages(Operation& operation, Core& core, ListOptions options) {
    model::WorkflowList all =
        co_await fetch<model::WorkflowList>(operation, core, first_page_request(core, options));
    while (!all.metadata.continue_.empty()) {
        const std::string from(all.metadata.continue_.view());
        if (from == options.continue_)
            throw ClientError({.kind = ClientErrorKind::not_json,
                               .message = "the server's list goes round in circles: after \"" +
                                          one_line(from, 200) + "\" comes \"" + one_line(from, 200) +
                                          "\"; list with a greater limit"});
        options.continue_ = from;
        model::WorkflowList page = co_await fetch<model::WorkflowList>(
            operation, core, next_page_request(core.options().namespace_, options));
        for (model::Workflow& workflow : page.items) all.items.push_back(std::move(workflow));
        all.metadata = std::move(page.metadata);
    }
    co_return all;
}

ClientError deleted(const Core& core, const std::string& name) {
    return ClientError({.kind = ClientErrorKind::not_found,
                        .message = "the workflow " + one_line(name, 200) + " was deleted on " +
                                   core.server().base_url + " while it was waited for",
                        .status = 404});
}

asio::awaitable<SubmittedWorkflow> wait_for(Operation& operation, std::shared_ptr<Core> core,
                                            WorkflowRef workflow, Observer observer, WaitOptions options) {
    const std::string name = workflow.name;
    const Limit limit(operation, Limit::Kind::whole, options.timeout, [&] {
        return ClientError({.kind = ClientErrorKind::timeout,
                            .message = "the workflow " + one_line(name, 200) + " has not finished within " +
                                       std::to_string(options.timeout.count()) +
                                       " ms (WaitOptions::timeout); it runs on",
                            .cause = asio::error::timed_out});
    });
    const std::string in = !options.namespace_.empty() ? options.namespace_ : workflow.namespace_;
    const auto request = get_request(core->options().namespace_, name, {.namespace_ = in});
    std::string uid;
    bool known = false;
    for (;;) {
        model::Workflow now;
        std::optional<ClientError> failed;
        try {
            now = co_await fetch<model::Workflow>(operation, *core, request);
        } catch (const ClientError& error) {
            if (!known || error.kind() != ClientErrorKind::not_found) throw;
            failed = deleted(*core, name);
        }
        if (failed) throw *failed;
        if (known && now.metadata.uid != uid) throw deleted(*core, name);
        uid = now.metadata.uid.view();
        known = true;
        if (observer) observer(now);
        if (finished(now)) co_return SubmittedWorkflow(std::move(now));

        WatchOptions from;
        from.namespace_ = in;
        from.resource_version = now.metadata.resourceVersion.view();
        // The name that the server gave: a watch of "@latest" would follow whatever is the latest by then.
        WatchState watch(core, std::string(now.metadata.name.view()), from);
        while (std::optional<WatchEvent> event = co_await watch.next(operation)) {
            if (event->type == "DELETED" || event->object.metadata.uid != uid) throw deleted(*core, name);
            if (observer) observer(event->object);
            if (finished(event->object)) co_return SubmittedWorkflow(std::move(event->object));
        }
    }
}

asio::awaitable<WatchStream> open_watch(Operation& operation, std::shared_ptr<WatchState> state,
                                        bool needs_name) {
    if (needs_name && state->name().empty()) throw_invalid_argument(std::string(no_name));
    co_await state->open(operation);
    co_return WatchStream(std::move(state));
}

asio::awaitable<LogStream> open_logs(Operation& operation, std::shared_ptr<Core> core, Request request) {
    if (request.failure) std::rethrow_exception(request.failure);
    auto state = std::make_shared<LogState>(std::move(core), std::move(request));
    co_await state->stream.open(operation);
    co_return LogStream(std::move(state));
}

template <class Item, class State>
asio::awaitable<std::optional<Item>> next_of(Operation& operation, std::shared_ptr<State> state) {
    const Busy busy(state->busy);
    co_return co_await state->next(operation);
}

/// What goes wrong while a request is made is reported when it is performed.
template <class Make>
Request made(Make make) {
    try {
        return make();
    } catch (...) {
        Request request;
        request.failure = std::current_exception();
        return request;
    }
}

/// The options of an operation on a workflow that brings its namespace along.
template <class Options>
Options placed(const WorkflowRef& workflow, Options options) {
    if (options.namespace_.empty()) options.namespace_ = workflow.namespace_;
    return options;
}

}  // namespace

void start_workflow(const std::shared_ptr<Core>& core, Handler<SubmittedWorkflow> handler, Request request) {
    run<SubmittedWorkflow>(core, std::move(handler),
                           [core, request = std::move(request)](Operation& operation) {
                               return fetch_workflow(operation, *core, request);
                           });
}

void start_nothing(const std::shared_ptr<Core>& core, Handler<void> handler, Request request) {
    run<void>(core, std::move(handler), [core, request = std::move(request)](Operation& operation) {
        return fetch_nothing(operation, *core, request);
    });
}

void start_list(const std::shared_ptr<Core>& core, Handler<model::WorkflowList> handler,
                ListOptions options) {
    run<model::WorkflowList>(core, std::move(handler),
                             [core, options = std::move(options)](Operation& operation) {
                                 return fetch_pages(operation, *core, options);
                             });
}

void start_list_page(const std::shared_ptr<Core>& core, Handler<model::WorkflowList> handler,
                     Request request) {
    start_fetch<model::WorkflowList>(core, std::move(handler), std::move(request));
}

void start_version(const std::shared_ptr<Core>& core, Handler<model::Version> handler, Request request) {
    start_fetch<model::Version>(core, std::move(handler), std::move(request));
}

void start_info(const std::shared_ptr<Core>& core, Handler<model::InfoResponse> handler, Request request) {
    start_fetch<model::InfoResponse>(core, std::move(handler), std::move(request));
}

void start_wait(const std::shared_ptr<Core>& core, Handler<SubmittedWorkflow> handler, WorkflowRef workflow,
                Observer observer, WaitOptions options) {
    run<SubmittedWorkflow>(
        core, std::move(handler),
        [core, workflow = std::move(workflow), observer = std::move(observer), options = std::move(options)](
            Operation& operation) { return wait_for(operation, core, workflow, observer, options); });
}

void start_watch(const std::shared_ptr<Core>& core, Handler<WatchStream> handler, std::string name,
                 WatchOptions options) {
    auto state = std::make_shared<WatchState>(core, std::move(name), std::move(options));
    run<WatchStream>(core, std::move(handler), [state = std::move(state)](Operation& operation) {
        return open_watch(operation, state, true);
    });
}

void start_watch_all(const std::shared_ptr<Core>& core, Handler<WatchStream> handler, WatchOptions options) {
    auto state = std::make_shared<WatchState>(core, std::string(), std::move(options));
    run<WatchStream>(core, std::move(handler), [state = std::move(state)](Operation& operation) {
        return open_watch(operation, state, false);
    });
}

void start_logs(const std::shared_ptr<Core>& core, Handler<LogStream> handler, Request request) {
    run<LogStream>(core, std::move(handler), [core, request = std::move(request)](Operation& operation) {
        return open_logs(operation, core, request);
    });
}

void start_next(const std::shared_ptr<WatchState>& state, Handler<std::optional<WatchEvent>> handler) {
    run<std::optional<WatchEvent>>(state->core, std::move(handler), [state](Operation& operation) {
        return next_of<WatchEvent>(operation, state);
    });
}

void start_next(const std::shared_ptr<LogState>& state, Handler<std::optional<model::LogEntry>> handler) {
    run<std::optional<model::LogEntry>>(state->core, std::move(handler), [state](Operation& operation) {
        return next_of<model::LogEntry>(operation, state);
    });
}

Request create_request(const Core& core, const model::Workflow& workflow, const CreateOptions& options) {
    return made([&] {
        CreateOptions here = options;
        if (here.namespace_.empty()) here.namespace_ = workflow.metadata.namespace_.view();
        check_new(workflow, here.namespace_.empty() ? core.options().namespace_ : here.namespace_);
        return create_request(core.options().namespace_, tiphys::to_json(workflow), here);
    });
}

Request prepare(const Core& core, const WorkflowRef& workflow, const GetOptions& options) {
    return made(
        [&] { return get_request(core.options().namespace_, workflow.name, placed(workflow, options)); });
}
Request prepare(const Core& core, const WorkflowRef& workflow, const RemoveOptions& options) {
    return made(
        [&] { return remove_request(core.options().namespace_, workflow.name, placed(workflow, options)); });
}
Request prepare(const Core& core, const WorkflowRef& workflow, const ResumeOptions& options) {
    return made(
        [&] { return resume_request(core.options().namespace_, workflow.name, placed(workflow, options)); });
}
Request prepare(const Core& core, const WorkflowRef& workflow, const SuspendOptions& options) {
    return made(
        [&] { return suspend_request(core.options().namespace_, workflow.name, placed(workflow, options)); });
}
Request prepare(const Core& core, const WorkflowRef& workflow, const StopOptions& options) {
    return made(
        [&] { return stop_request(core.options().namespace_, workflow.name, placed(workflow, options)); });
}
Request prepare(const Core& core, const WorkflowRef& workflow, const TerminateOptions& options) {
    return made([&] {
        return terminate_request(core.options().namespace_, workflow.name, placed(workflow, options));
    });
}
Request prepare(const Core& core, const WorkflowRef& workflow, const RetryOptions& options) {
    return made(
        [&] { return retry_request(core.options().namespace_, workflow.name, placed(workflow, options)); });
}
Request prepare(const Core& core, const WorkflowRef& workflow, const LogOptions& options) {
    return made(
        [&] { return logs_request(core.options().namespace_, workflow.name, placed(workflow, options)); });
}
Request prepare(const Core& core, const ListOptions& options) {
    return made([&] { return first_page_request(core, options); });
}
Request plain_request(std::string_view target) { return {"GET", std::string(target), {}, nullptr}; }

}  // namespace tiphys::client_detail
