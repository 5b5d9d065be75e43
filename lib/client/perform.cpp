// SPDX-License-Identifier: Apache-2.0
#include "client/perform.hpp"

#include <algorithm>
#include <charconv>

#include "client/backoff.hpp"
#include "client/kubernetes.hpp"

namespace tiphys::client_detail {
namespace {

using std::chrono::milliseconds;

/// How often an operation of two requests begins again because its object was changed between them.
constexpr unsigned most_conflicts = 5;

/// Seconds of a Retry-After header; its other form, a date, is not worth a clock that may be wrong.
milliseconds asked_pause(const std::string& retry_after) {
    unsigned seconds = 0;
    const char* end = retry_after.data() + retry_after.size();
    const auto read = std::from_chars(retry_after.data(), end, seconds);
    if (read.ec != std::errc() || read.ptr != end) return milliseconds(0);
    return std::chrono::seconds(std::min(seconds, 86'400u));
}

/// One request, with its repetitions. `sent` becomes true when the server may have got it.
asio::awaitable<Response> perform_one(Operation& operation, Core& core, const Request& request, bool& sent) {
    const Server& server = core.server();
    const bool may_repeat = request.method == "GET";
    unsigned failures = 0;
    std::shared_ptr<const Identity> refused;
    std::optional<ClientError> failed;
    for (;;) {
        const std::shared_ptr<const Identity> who = co_await core.identities().current(operation);
        if (refused && refused->proves_the_same_as(*who)) throw core.identities().refused(*failed);
        milliseconds least{0};
        {
            Pool::Turn turn = co_await core.pool().turn(operation);
            if (turn.connection != nullptr && turn.connection->tls != who->tls) turn.connection.reset();
            const bool was_idle = turn.connection != nullptr;
            if (!was_idle) turn.connection = co_await connect(operation, server, who, core.executor());
            sent = true;
            Exchange exchange = co_await exchange_once(operation, server, *who, *turn.connection, request);
            turn.keep = exchange.reusable;
            if (!exchange.failure) {
                const int status = exchange.response.status;
                if (status == 401 && core.identities().refuse(who)) {
                    failed = refusal(request, server.base_url, exchange.response);
                    if (refused) throw core.identities().refused(*failed);
                    // Servers ask who it is before they look at what is wanted: nothing was carried out, so
                    // that any request may be sent once more.
                    refused = who;
                    continue;
                }
                if (!may_repeat || (status != 429 && status != 503)) {
                    require_json(request, server.base_url, exchange.response);
                    co_return std::move(exchange.response);
                }
                failed = refusal(request, server.base_url, exchange.response);
                least = asked_pause(exchange.response.retry_after);
            } else {
                // The server closes idle connections when it likes, which says nothing about this request.
                if (was_idle && !exchange.answered && (may_repeat || !exchange.written)) continue;
                failed = broken_exchange(server, request, exchange);
                if (failed->kind() != ClientErrorKind::closed) throw *failed;
            }
        }
        if (!may_repeat || failures >= core.options().retries) throw *failed;
        co_await pause_after(operation, core, ++failures, least);
    }
}

}  // namespace

asio::awaitable<void> pause_after(Operation& operation, const Core& core, unsigned failures,
                                  milliseconds least) {
    const ClientOptions& options = core.options();
    milliseconds pause = backoff(options.retry_delay, options.longest_retry_delay, failures, random_jitter());
    pause = std::max(pause, std::min(least, options.longest_retry_delay));
    co_await operation.pause(pause);
}

asio::awaitable<Response> perform(Operation& operation, Core& core, const Request& request) {
    if (request.failure) std::rethrow_exception(request.failure);
    std::optional<KubernetesCall> call;
    if (core.is_kubernetes()) call = kubernetes_call(request, core.options());
    const Request& first = call ? call->first : request;
    std::optional<Request> second;
    const Request* now = &first;
    bool sent = false;
    const Limit limit(operation, Limit::Kind::whole, core.options().request_timeout, [&] {
        const bool changes = sent && now->method != "GET";
        return ClientError(
            {.kind = ClientErrorKind::timeout,
             .message = shown(*now, core.server().base_url) +
                        (sent ? ": no complete answer within " : ": it could not be sent within ") +
                        std::to_string(core.options().request_timeout.count()) +
                        " ms (ClientOptions::request_timeout)" +
                        (changes ? "; the server may carry the request out nevertheless" : ""),
             .method = now->method,
             .target = now->target,
             .cause = asio::error::timed_out});
    });
    for (unsigned conflicts = 0;; ++conflicts) {
        now = &first;
        sent = false;
        Response response = co_await perform_one(operation, core, first, sent);
        if (!call || !call->then) co_return response;
        second = call->then(response.body);
        if (!second) co_return response;
        now = &*second;
        sent = false;
        try {
            response = co_await perform_one(operation, core, *now, sent);
            co_return response;
        } catch (const ClientError& error) {
            if (error.kind() != ClientErrorKind::conflict || conflicts == most_conflicts) throw;
        }
        // It was changed between the two requests, and so this one was not carried out: look again.
        co_await pause_after(operation, core, conflicts + 1);
    }
}

void throw_unreadable(const Core& core, const Request& request, std::string_view text,
                      const std::exception& why) {
    throw ClientError(
        {.kind = ClientErrorKind::not_json,
         .message = shown(request, core.server().base_url) +
                    ": the answer cannot be read: " + one_line(why.what(), 500) +
                    (core.is_kubernetes() ? "; is this the API of Kubernetes?"
                                          : "; is this an Argo server? check ARGO_SERVER and ARGO_BASE_HREF"),
         .status = 200,
         .method = request.method,
         .target = request.target,
         .server_message = std::string(text)});
}

}  // namespace tiphys::client_detail
