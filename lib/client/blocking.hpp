// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <future>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "client/core.hpp"

namespace tiphys::client_detail {

/// What an operation handed over instead of a result, on its way from the client's thread to the caller's.
///
/// A ClientError goes as a value and is thrown anew there, so that the two threads share no exception object:
/// the one that lets it go last would destroy it, at a time when the other's `catch` may just have read it.
/// The runtime orders the two, but by means that the thread sanitizer cannot see.
class Failure {
public:
    Failure() = default;
    explicit Failure(const std::exception_ptr& error) {
        if (error == nullptr) return;
        try {
            std::rethrow_exception(error);
        } catch (const ClientError& ours) {
            ours_ = ours;
        } catch (...) {
            other_ = error;
        }
    }

    void raise_if_any() const {
        if (ours_) throw *ours_;
        if (other_ != nullptr) std::rethrow_exception(other_);
    }

private:
    std::optional<ClientError> ours_;
    std::exception_ptr other_;
};

/// Starts an operation and waits for it in this thread.
///
/// Errors: throws ClientError; would_deadlock on a thread that runs the client's executor.
template <class Result, class Start>
Result block(const Core& core, const char* what, Start start) {
    core.forbid_blocking(what);
    constexpr bool gives_nothing = std::is_void_v<Result>;
    using Value = std::conditional_t<gives_nothing, std::monostate, Result>;
    using Outcome = std::variant<Failure, Value>;
    std::promise<Outcome> promise;
    std::future<Outcome> future = promise.get_future();
    start(Handler<Result>(
        [promise = std::move(promise)](const std::exception_ptr& error, auto&&... result) mutable {
            if (error != nullptr)
                promise.set_value(Outcome(std::in_place_index<0>, error));
            else
                promise.set_value(Outcome(std::in_place_index<1>, std::move(result)...));
        }));
    Outcome outcome = future.get();
    if (const auto* failure = std::get_if<0>(&outcome)) failure->raise_if_any();
    if constexpr (!gives_nothing) return std::get<1>(std::move(outcome));
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
