// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/detail/config.hpp>
#include <boost/version.hpp>

#include <exception>
#include <utility>

/// Lets `co_await client.async_get(…)` compile with Boost 1.81, whose asio::awaitable cannot await a deferred
/// operation that completes with an exception_ptr and one value (asio issue 1190; later releases can).
namespace tiphys::client_detail {

/// The results of this library's operations; nobody else's are touched.
template <class T>
inline constexpr bool is_awaited_result = false;

}  // namespace tiphys::client_detail

#if BOOST_VERSION < 108200

namespace boost::asio::detail {

template <typename>
class awaitable_thread;
template <typename, typename>
class awaitable_async_op_handler;

template <typename T, typename Executor>
    requires tiphys::client_detail::is_awaited_result<T>
class awaitable_async_op_handler<void(std::exception_ptr, T), Executor> : public awaitable_thread<Executor> {
public:
    // They live in the frame that `operator()` resumes, for as long as `resume` needs them.
    struct result_type {
        std::exception_ptr* error;
        T* value;
    };

    awaitable_async_op_handler(awaitable_thread<Executor>* from, result_type& result)
        : awaitable_thread<Executor>(std::move(*from)), result_(result) {}

    void operator()(std::exception_ptr error, T value) {
        result_ = {&error, &value};
        auto* top = this->entry_point()->top_of_stack_;
        top->attach_thread(this);
        top->clear_cancellation_slot();
        this->pump();
    }

    static T resume(result_type& result) {
        if (*result.error != nullptr) std::rethrow_exception(std::exchange(*result.error, nullptr));
        return std::move(*result.value);
    }

private:
    result_type& result_;
};

}  // namespace boost::asio::detail

#endif
