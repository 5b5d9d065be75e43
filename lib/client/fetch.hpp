// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/detail/fetch.hpp>
#include <tiphys/client/submitted_workflow.hpp>
#include <tiphys/model/generated/requests.hpp>

#include "client/blocking.hpp"
#include "client/perform.hpp"

/// The bodies of operations with one request, or one for each page. Whoever includes this instantiates them
/// for the results of its service.
namespace tiphys::client_detail {

template <class Result>
asio::awaitable<Result> fetch(Operation& operation, Core& core, Request request) {
    const Response response = co_await perform(operation, core, request);
    if constexpr (std::is_same_v<Result, SubmittedWorkflow>)
        co_return SubmittedWorkflow(read_answer<model::Workflow>(core, request, response.body));
    else if constexpr (!std::is_void_v<Result>)
        co_return read_answer<Result>(core, request, response.body);
}

/// Throws if the page that follows is the one that was just read.
void check_progress(std::string_view from, std::string_view next);

inline std::string continue_of(const model::k8s::ListMeta& metadata) {
    return std::string(metadata.continue_.view());
}
/// Those of Argo Events may have none.
inline std::string continue_of(const box<model::k8s::ListMeta>& metadata) {
    return metadata.has_value() ? continue_of(*metadata) : std::string();
}

template <class List>
asio::awaitable<List> fetch_pages(Operation& operation, Core& core, PageRequests pages) {
    List all = co_await fetch<List>(operation, core, pages.first);
    std::string from;
    for (std::string next; !(next = continue_of(all.metadata)).empty();) {
        check_progress(from, next);
        from = std::move(next);
        List page = co_await fetch<List>(operation, core, pages.next(from));
        for (auto& item : page.items) all.items.push_back(std::move(item));
        all.metadata = std::move(page.metadata);
    }
    co_return all;
}

template <class Result>
void start_fetch(const std::shared_ptr<Core>& core, Handler<Result> handler, Request request) {
    run<Result>(core, std::move(handler), [core, request = std::move(request)](Operation& operation) {
        return fetch<Result>(operation, *core, request);
    });
}

template <class Result>
Result fetch_now(const std::shared_ptr<Core>& core, const char* what, Request request) {
    return block_on<Result>(core, what, &start_fetch<Result>, std::move(request));
}

template <class List>
void start_pages(const std::shared_ptr<Core>& core, Handler<List> handler, PageRequests pages) {
    run<List>(core, std::move(handler), [core, pages = std::move(pages)](Operation& operation) {
        return fetch_pages<List>(operation, *core, pages);
    });
}

template <class List>
List pages_now(const std::shared_ptr<Core>& core, const char* what, PageRequests pages) {
    return block_on<List>(core, what, &start_pages<List>, std::move(pages));
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

/// The options of an operation on an object that brings its namespace along.
template <class Ref, class Options>
Options placed(const Ref& object, Options options) {
    if (options.namespace_.empty()) options.namespace_ = object.namespace_;
    return options;
}

}  // namespace tiphys::client_detail

#define TIPHYS_CLIENT_FETCHES(Result)                                                          \
    template void start_fetch<Result>(const std::shared_ptr<Core>&, Handler<Result>, Request); \
    template Result fetch_now<Result>(const std::shared_ptr<Core>&, const char*, Request)
#define TIPHYS_CLIENT_LISTS(List)                                                               \
    TIPHYS_CLIENT_FETCHES(List);                                                                \
    template void start_pages<List>(const std::shared_ptr<Core>&, Handler<List>, PageRequests); \
    template List pages_now<List>(const std::shared_ptr<Core>&, const char*, PageRequests)
