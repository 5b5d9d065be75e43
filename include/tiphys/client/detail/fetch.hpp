// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/detail/await_results.hpp>
#include <tiphys/client/detail/launch.hpp>
#include <tiphys/core/box.hpp>
#include <tiphys/core/json.hpp>

#include <boost/asio/deferred.hpp>

#include <concepts>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

/// What the handles of the services share with Client.
namespace tiphys::client_detail {

/// Models are results of this library.
template <class T>
    requires requires(const T& value) {
        { value.unknown_fields } -> std::same_as<const box<json>&>;
    }
inline constexpr bool is_awaited_result<T> = true;
template <class T>
    requires is_awaited_result<T>
inline constexpr bool is_awaited_result<std::optional<T>> = true;

class ClientOwner;

/// A list that may come in pages: the request for the first, and how to ask for the one that follows.
struct PageRequests {
    Request first;
    std::function<Request(std::string_view continue_)> next = {};
};

/// An operation with one request: instantiated in lib/ for the results that the client has.
template <class Result>
void start_fetch(const std::shared_ptr<Core>& core, Handler<Result> handler, Request request);
template <class Result>
Result fetch_now(const std::shared_ptr<Core>& core, const char* what, Request request);
/// A whole list, page after page.
template <class List>
void start_pages(const std::shared_ptr<Core>& core, Handler<List> handler, PageRequests pages);
template <class List>
List pages_now(const std::shared_ptr<Core>& core, const char* what, PageRequests pages);

/// A part of the client: copies share it as copies of the client do.
class Service {
public:
    explicit Service(std::shared_ptr<ClientOwner> owner) noexcept : owner_(std::move(owner)) {}

    asio::any_io_executor get_executor() const { return executor_of(*core()); }

protected:
    const std::shared_ptr<Core>& core() const noexcept;

    template <class Result, class Token>
    auto async_fetch(Request request, Token&& token) const {
        return launch<Result>(&start_fetch<Result>, core(), std::forward<Token>(token), std::move(request));
    }
    template <class Result>
    Result fetch(const char* what, Request request) const {
        return fetch_now<Result>(core(), what, std::move(request));
    }
    template <class List, class Token>
    auto async_fetch_pages(PageRequests pages, Token&& token) const {
        return launch<List>(&start_pages<List>, core(), std::forward<Token>(token), std::move(pages));
    }

private:
    std::shared_ptr<ClientOwner> owner_;
};

}  // namespace tiphys::client_detail
