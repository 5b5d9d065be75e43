// SPDX-License-Identifier: Apache-2.0
#include "client/core.hpp"

#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>

#include <utility>

#include "client/words.hpp"

namespace tiphys::client_detail {
namespace {

Server server_of(const ClientOptions& options) {
    Server server;
    server.endpoint = parse_endpoint(options.server, "ClientOptions::server");
    server.base_url = options.base_url();
    server.base_path = normal_base_href(options.base_href, "ClientOptions::base_href");
    server.host = options.server;
    server.tls_name = options.tls_server_name.empty() ? server.endpoint.host : options.tls_server_name;
    server.secure = options.secure;
    if (options.api == ClientApi::kubernetes) {
        server.setting = "the server that the kubeconfig names (ClientOptions::server)";
        server.what = "the cluster";
        server.any_certificate = "insecure-skip-tls-verify: true";
        server.without_tls = "a server of http://";
    }
    server.verify = !options.insecure_skip_verify;
    server.connect_timeout = options.connect_timeout;
    server.max_response_bytes = options.max_response_bytes;
    return server;
}

template <class Executor>
bool runs_here(const asio::any_io_executor& executor) {
    const auto* target = executor.target<Executor>();
    return target != nullptr && target->running_in_this_thread();
}

bool is_running_here(const asio::any_io_executor& executor);

template <class Inner>
bool strand_runs_here(const asio::any_io_executor& executor) {
    const auto* strand = executor.target<asio::strand<Inner>>();
    return strand != nullptr && is_running_here(strand->get_inner_executor());
}

template <unsigned... Bits>
bool context_runs_here(const asio::any_io_executor& executor, std::integer_sequence<unsigned, Bits...>) {
    return (runs_here<asio::io_context::basic_executor_type<std::allocator<void>, Bits>>(executor) || ...) ||
           (runs_here<asio::thread_pool::basic_executor_type<std::allocator<void>, Bits>>(executor) || ...);
}

/// An any_io_executor does not say whether its context runs this thread; the executors that it usually holds
/// do.
bool is_running_here(const asio::any_io_executor& executor) {
    return context_runs_here(executor, std::make_integer_sequence<unsigned, 8>()) ||
           strand_runs_here<asio::any_io_executor>(executor) ||
           strand_runs_here<asio::io_context::executor_type>(executor) ||
           strand_runs_here<asio::thread_pool::executor_type>(executor);
}

}  // namespace

Core::Core(std::shared_ptr<asio::io_context> own, asio::any_io_executor executor, ClientOptions options)
    : own_(std::move(own)),
      executor_(std::move(executor)),
      options_((options.validate(), std::move(options))),
      server_(server_of(options_)),
      identities_(options_, options_.secure ? make_tls_context(options_) : nullptr),
      pool_(options_.connections, options_.idle_timeout) {}

asio::any_io_executor Core::serial_executor() const {
    if (own_ != nullptr) return executor_;  // one thread runs it
    return asio::make_strand(executor_);
}

void Core::forbid_blocking(const char* what) const {
    if (!is_running_here(executor_)) return;
    throw ClientError({.kind = ClientErrorKind::would_deadlock,
                       .message = std::string("the blocking call `") + what +
                                  "` was made on a thread that runs the client's executor and would wait for "
                                  "itself: call `async_" +
                                  what + "` there"});
}

std::optional<Core::Registration> Core::add(const std::shared_ptr<Operation>& operation) {
    const std::lock_guard lock(mutex_);
    if (shut_down_) return std::nullopt;
    operations_.insert(operation.get());
    return Registration(shared_from_this(), operation);
}

void Core::forget(const Operation& operation) {
    const std::lock_guard lock(mutex_);
    operations_.erase(const_cast<Operation*>(&operation));
}

void Core::shut_down() {
    {
        const std::lock_guard lock(mutex_);
        if (std::exchange(shut_down_, true)) return;
        for (Operation* operation : operations_) operation->shut_down();
    }
    identities_.shut_down();
    pool_.shut_down();
}

ClientError client_is_gone() {
    return ClientError({.kind = ClientErrorKind::cancelled,
                        .message = "the client was destroyed before this operation began"});
}

std::exception_ptr as_client_error(std::exception_ptr error) {
    if (error == nullptr) return error;
    try {
        std::rethrow_exception(error);
    } catch (const ClientError&) {
        return error;
    } catch (const boost::system::system_error& other) {
        // Nothing of this kind is expected; whatever it is, its words are better than none.
        return std::make_exception_ptr(
            ClientError({.kind = ClientErrorKind::closed,
                         .message = std::string("input or output failed: ") + other.what(),
                         .cause = other.code()}));
    } catch (...) {
        return error;
    }
}

asio::any_io_executor executor_of(const Core& core) noexcept { return core.executor(); }

}  // namespace tiphys::client_detail
