// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/client.hpp>

#include "client/fetch.hpp"
#include "client/operations.hpp"
#include "client/preconditions.hpp"
#include "client/watch.hpp"

namespace tiphys::client_detail {
namespace {

/// Where a page begins is a number for the Argo Server, and for Kubernetes any text.
Request first_page_request(const Core& core, const ListOptions& options) {
    const std::string& ns = core.options().namespace_;
    return core.is_kubernetes() ? next_page_request(ns, options) : list_request(ns, options);
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

}  // namespace

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

Request create_request(const Core& core, const model::Workflow& workflow, const CreateOptions& options) {
    return made([&] {
        CreateOptions here = options;
        if (here.namespace_.empty()) here.namespace_ = workflow.metadata.namespace_.view();
        check_new(workflow, here.namespace_.empty() ? core.options().namespace_ : here.namespace_);
        return create_request(core.options().namespace_, tiphys::to_json(workflow), here);
    });
}

Request lint_request(const Core& core, const model::Workflow& workflow, const LintOptions& options) {
    return made([&] {
        LintOptions here = options;
        const std::string own(workflow.metadata.namespace_.view());
        if (here.namespace_.empty()) here.namespace_ = own;
        const std::string& in = here.namespace_.empty() ? core.options().namespace_ : here.namespace_;
        check_place(workflow, in, "LintOptions::namespace_");
        return lint_request(core.options().namespace_, tiphys::to_json(workflow), here);
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
Request prepare(const Core& core, const WorkflowRef& workflow, const ResubmitOptions& options) {
    return made([&] {
        return resubmit_request(core.options().namespace_, workflow.name, placed(workflow, options));
    });
}
Request prepare(const Core& core, const WorkflowRef& workflow, const SetOptions& options) {
    return made(
        [&] { return set_request(core.options().namespace_, workflow.name, placed(workflow, options)); });
}
Request pod_logs_request(const Core& core, const WorkflowRef& workflow, std::string_view pod,
                         LogOptions options) {
    options.pod = pod;
    return made([&] {
        return pod_logs_request(core.options().namespace_, workflow.name, placed(workflow, options));
    });
}
Request submit_request(const Core& core, const StoredRef& stored, const SubmitOptions& options) {
    return made([&] {
        return submit_request(core.options().namespace_, stored.kind, stored.name, placed(stored, options));
    });
}
Request collected_request(std::string_view name) {
    return made([&] { return collect_event_request(name); });
}
PageRequests prepare(const Core& core, ListOptions options) {
    const std::string ns = core.options().namespace_;
    PageRequests pages;
    pages.first = made([&] { return first_page_request(core, options); });
    pages.next = [ns, options = std::move(options)](std::string_view from) mutable {
        options.continue_ = from;
        return next_page_request(ns, options);
    };
    return pages;
}
Request plain_request(std::string_view target) { return {"GET", std::string(target), {}, nullptr}; }

const std::shared_ptr<Core>& Service::core() const noexcept { return core_of(*owner_); }

}  // namespace tiphys::client_detail
