// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/detail/request.hpp>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>

#include <exception>
#include <memory>
#include <type_traits>

/// How the templates of the public headers reach the bodies in lib/: one non-template function per operation.
namespace tiphys::client_detail {

namespace asio = boost::asio;

class Core;

template <class Result>
struct signature {
    using type = void(std::exception_ptr, Result);
};
template <>
struct signature<void> {
    using type = void(std::exception_ptr);
};

/// The completion handler of an operation, of whatever type it was.
template <class Result>
using Handler = asio::any_completion_handler<typename signature<Result>::type>;

asio::any_io_executor executor_of(const Core& core) noexcept;

/// What a token starts: knows its executor, so that tokens which need a timer can make one.
template <class Subject, class Result, class... Arguments>
struct Initiation {
    using executor_type = asio::any_io_executor;

    std::shared_ptr<Subject> subject;
    void (*start)(const std::shared_ptr<Subject>&, Handler<Result>, Arguments...);

    executor_type get_executor() const noexcept { return executor_of(*subject); }

    template <class Completion>
    void operator()(Completion&& completion, Arguments... arguments) const {
        start(subject, Handler<Result>(std::forward<Completion>(completion)), std::move(arguments)...);
    }
};

/// Starts an operation the way the token wants it.
template <class Result, class Subject, class Token, class... Arguments>
auto launch(void (*start)(const std::shared_ptr<Subject>&, Handler<Result>, Arguments...),
            std::shared_ptr<Subject> subject, Token&& token, std::type_identity_t<Arguments>... arguments) {
    return asio::async_initiate<Token, typename signature<Result>::type>(
        Initiation<Subject, Result, Arguments...>{std::move(subject), start}, token, std::move(arguments)...);
}

}  // namespace tiphys::client_detail
