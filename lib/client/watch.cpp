// SPDX-License-Identifier: Apache-2.0
#include "client/watch.hpp"

#include <tiphys/client/submitted_workflow.hpp>

#include "client/operations.hpp"

namespace tiphys::client_detail {

Busy::Busy(std::atomic<bool>& busy) : busy_(busy) {
    if (busy.exchange(true))
        throw_invalid_argument(
            "another `next` of this stream is still waiting; a stream serves one at a time");
}

asio::awaitable<void> Reconnecting::open(Operation& operation) {
    stream_.reset();
    request_ = request(version_);
    stream_.emplace(*core, request_);
    co_await stream_->open(operation);
}

asio::awaitable<bool> Reconnecting::look(Operation&) { co_return false; }

void Reconnecting::seen(std::string_view version) {
    failures_ = 0;
    why_lost_.reset();
    if (!version.empty()) version_ = version;
}

void Reconnecting::end() {
    ended_ = true;
    stream_.reset();
}

ClientError Reconnecting::ended_by_server(const char* how) const {
    return ClientError({.kind = ClientErrorKind::closed,
                        .message = shown(request_, core->server().base_url) + how,
                        .method = request_.method,
                        .target = request_.target});
}

ClientError Reconnecting::gave_up() const {
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

asio::awaitable<bool> Reconnecting::step(Operation& operation) {
    operation.check();
    if (!stream_) {
        if (why_lost_) co_await pause_after(operation, *core, ++failures_);
        if (look_) {
            version_.clear();
            const bool found = co_await look(operation);
            // Not before: a look that fails or is cancelled is still owed.
            look_ = false;
            if (found || ended_) co_return found;
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
    co_return take(request_, item.result);
}

asio::awaitable<bool> Reconnecting::advance(Operation& operation) {
    for (;;) {
        if (broken_) throw *broken_;
        if (ended_) co_return false;
        if (why_lost_ && failures_ >= core->options().reconnects) {
            broken_ = gave_up();
            throw *broken_;
        }
        std::optional<Lost> lost;
        try {
            if (co_await step(operation)) co_return true;
        } catch (const ClientError& error) {
            lost = Lost{error, is_transient(error)};
        } catch (const Expired& thrown) {
            look_ = true;
            lost = Lost{thrown.why, true};
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

WatchState::WatchState(std::shared_ptr<Core> shared, std::string name, WatchOptions options)
    : Reconnecting(std::move(shared), options.resource_version),
      name_(std::move(name)),
      options_(std::move(options)) {}

Request WatchState::request(const std::string& version) const {
    WatchOptions from = options_;
    from.resource_version = version;
    return watch_request(core->options().namespace_, name_, from);
}

void WatchState::note() {
    seen(event_.object.metadata.resourceVersion.view());
    if (!name_.empty() && (event_.type == "DELETED" || (options_.until_finished && finished(event_.object))))
        end();
}

bool WatchState::take(const Request& request, std::string_view text) {
    auto raw = read_answer<model::WorkflowWatchEvent>(*core, request, text);
    if (raw.type == "ERROR") throw Expired{ended_by_server(": the server reported an error of the watch")};
    event_ = {std::move(raw.type), raw.object.has_value() ? std::move(*raw.object) : model::Workflow()};
    note();
    return event_.type != "BOOKMARK";
}

asio::awaitable<bool> WatchState::look(Operation& operation) {
    if (name_.empty()) co_return false;
    const Request request =
        get_request(core->options().namespace_, name_, {.namespace_ = options_.namespace_});
    try {
        const Response response = co_await perform(operation, *core, request);
        event_ = {"MODIFIED", read_answer<model::Workflow>(*core, request, response.body)};
        note();
        co_return true;
    } catch (const ClientError& error) {
        if (error.kind() != ClientErrorKind::not_found) throw;
    }
    end();
    co_return false;
}

asio::awaitable<std::optional<WatchEvent>> WatchState::next(Operation& operation) {
    // Not `if (!co_await …) co_return std::nullopt;`: g++ 12 makes code of it that crashes.
    const bool found = co_await advance(operation);
    if (!found) co_return std::nullopt;
    co_return std::move(event_);
}

asio::awaitable<std::optional<std::string>> next_result(Operation& operation, Core& core,
                                                        const Request& request, EventStream& stream) {
    const std::optional<std::string> text = co_await stream.next(operation);
    if (!text) co_return std::nullopt;
    const StreamItem item = open_event(request, core.server().base_url, *text);
    if (item.error) throw *item.error;
    co_return std::string(item.result);
}

TIPHYS_CLIENT_STREAM(WatchState, WatchEvent);
TIPHYS_CLIENT_ITEMS(model::LogEntry);

}  // namespace tiphys::client_detail
