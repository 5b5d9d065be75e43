// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <future>

#include "client/core.hpp"

namespace tiphys::client_detail {

/// Starts an operation and waits for it in this thread.
///
/// Errors: throws ClientError; would_deadlock on a thread that runs the client's executor.
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

}  // namespace tiphys::client_detail
