// SPDX-License-Identifier: Apache-2.0
#include "client/watch.hpp"

#include <tiphys/client/submitted_workflow.hpp>

#include "client/operations.hpp"
#include "client/perform.hpp"

namespace tiphys::client_detail {

Busy::Busy(std::atomic<bool>& busy) : busy_(busy) {
    if (busy.exchange(true))
        throw_invalid_argument(
            "another `next` of this stream is still waiting; a stream serves one at a time");
}

WatchState::WatchState(std::shared_ptr<Core> shared, std::string name, WatchOptions options)
    : core(std::move(shared)), name_(std::move(name)), options_(std::move(options)) {}

asio::awaitable<void> WatchState::open(Operation& operation) {
    stream_.reset();
    request_ = watch_request(core->options().namespace_, name_, options_);
    stream_.emplace(*core, request_);
    co_await stream_->open(operation);
}

asio::awaitable<std::optional<WatchEvent>> WatchState::look(Operation& operation) {
    look_ = false;
    options_.resource_version.clear();
    if (name_.empty()) co_return std::nullopt;
    const Request request =
        get_request(core->options().namespace_, name_, {.namespace_ = options_.namespace_});
    try {
        const Response response = co_await perform(operation, *core, request);
        co_return WatchEvent{"MODIFIED", read_answer<model::Workflow>(*core, request, response.body)};
    } catch (const ClientError& error) {
        if (error.kind() != ClientErrorKind::not_found) throw;
    }
    ended_ = true;
    co_return std::nullopt;
}

WatchEvent WatchState::seen(WatchEvent event) {
    failures_ = 0;
    why_lost_.reset();
    const model::Workflow& workflow = event.object;
    if (!workflow.metadata.resourceVersion.empty())
        options_.resource_version = workflow.metadata.resourceVersion.view();
    if (!name_.empty() && (event.type == "DELETED" || (options_.until_finished && finished(workflow)))) {
        ended_ = true;
        stream_.reset();
    }
    return event;
}

ClientError WatchState::ended_by_server(const char* how) const {
    return ClientError({.kind = ClientErrorKind::closed,
                        .message = shown(request_, core->server().base_url) + how,
                        .method = request_.method,
                        .target = request_.target});
}

ClientError WatchState::gave_up() const {
    return ClientError({.kind = why_lost_->kind(),
                        .message = std::string(why_lost_->what()) + "; gave up after " +
                                   std::to_string(failures_) +
                                   " reconnections in a row (ClientOptions::reconnects)",
                        .status = why_lost_->status(),
                        .grpc_code = why_lost_->grpc_code(),
                        .method = why_lost_->method(),
                        .target = why_lost_->target(),
                        .server_message = why_lost_->server_message(),
                        .cause = why_lost_->cause()});
}

asio::awaitable<std::optional<WatchEvent>> WatchState::step(Operation& operation) {
    operation.check();
    if (!stream_) {
        if (why_lost_) co_await pause_after(operation, *core, ++failures_);
        if (look_) {
            std::optional<WatchEvent> event = co_await look(operation);
            if (event) co_return seen(std::move(*event));
            if (ended_) co_return std::nullopt;
        }
        co_await open(operation);
    }
    const std::optional<std::string> text = co_await stream_->next(operation);
    if (!text) throw ended_by_server(": the server ended the watch");
    StreamItem item = open_event(request_, core->server().base_url, *text);
    if (item.error) {
        look_ = item.version_gone;
        throw Lost{std::move(*item.error), item.version_gone || item.watch_expired};
    }
    auto raw = read_answer<model::WorkflowWatchEvent>(*core, request_, item.result);
    if (raw.type == "ERROR") {
        look_ = true;
        throw Lost{ended_by_server(": the server reported an error of the watch"), true};
    }
    WatchEvent event =
        seen({std::move(raw.type), raw.object.has_value() ? std::move(*raw.object) : model::Workflow()});
    if (event.type == "BOOKMARK") co_return std::nullopt;
    co_return event;
}

asio::awaitable<std::optional<WatchEvent>> WatchState::next(Operation& operation) {
    for (;;) {
        if (broken_) throw *broken_;
        if (ended_) co_return std::nullopt;
        if (why_lost_ && failures_ >= core->options().reconnects) {
            broken_ = gave_up();
            throw *broken_;
        }
        std::optional<Lost> lost;
        try {
            std::optional<WatchEvent> event = co_await step(operation);
            if (event) co_return event;
        } catch (const ClientError& error) {
            lost = Lost{error, is_transient(error)};
        } catch (const Lost& thrown) {
            lost = thrown;
            lost->mends = lost->mends || is_transient(lost->why);
        }
        if (!lost) continue;
        if (stream_ && stream_->is_alive()) failures_ = 0;
        stream_.reset();
        if (lost->why.kind() == ClientErrorKind::cancelled) {
            why_lost_.reset();
            throw lost->why;
        }
        if (!lost->mends || (operation.stopped() && !operation.recover())) {
            broken_ = lost->why;
            throw lost->why;
        }
        why_lost_ = std::move(lost->why);
    }
}

asio::awaitable<std::optional<model::LogEntry>> LogState::next(Operation& operation) {
    if (ended) co_return std::nullopt;
    if (broken) throw *broken;
    try {
        const auto text = co_await stream.next(operation);
        if (!text) {
            ended = true;
            co_return std::nullopt;
        }
        const StreamItem item = open_event(request, core->server().base_url, *text);
        if (item.error) throw *item.error;
        co_return read_answer<model::LogEntry>(*core, request, item.result);
    } catch (const ClientError& error) {
        broken = error;
        throw;
    }
}

asio::any_io_executor executor_of(const WatchState& state) noexcept { return state.core->executor(); }
asio::any_io_executor executor_of(const LogState& state) noexcept { return state.core->executor(); }

}  // namespace tiphys::client_detail
