// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/submitted_workflow.hpp>
#include <tiphys/local/engine.hpp>
#include <tiphys/local/server.hpp>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <future>
#include <mutex>
#include <thread>

#include "listener.hpp"
#include "service.hpp"
#include "wire.hpp"

namespace tiphys::local {

class Server::Impl {
public:
    explicit Impl(ServerOptions options)
        : address_(options.address),
          engine_(context_.get_executor(), options.engine),
          service_(engine_),
          listener_(std::make_shared<server::Listener>(context_.get_executor(), service_, options)),
          directory_(engine_.options().directory),
          work_(context_.get_executor()) {
        listener_->start();
        thread_ = std::thread([this] { context_.run(); });
    }

    ~Impl() { stop(); }

    std::uint16_t port() const noexcept { return listener_->port(); }
    const std::string& address() const noexcept { return address_; }
    const std::filesystem::path& directory() const noexcept { return directory_; }

    template <class Function>
    auto on_thread(Function function) {
        if (!thread_.joinable() || thread_.get_id() == std::this_thread::get_id()) return function();
        std::packaged_task<decltype(function())()> task(std::move(function));
        auto made = task.get_future();
        boost::asio::post(context_, [&task] { task(); });
        return made.get();
    }

    std::filesystem::path log_directory(std::string_view namespace_of, std::string_view name) {
        return on_thread([&] { return engine_.log_directory(namespace_of, name); });
    }

    void stop() {
        if (!thread_.joinable()) return;
        boost::asio::post(context_, [this] {
            // In any order: the last process ends, the last connection ends; then the thread does.
            engine_.on_change([this](Change, const model::Workflow&) { end_if_idle(); });
            listener_->on_end([this] { end_if_idle(); });
            engine_.shutdown();
            listener_->close();
            end_if_idle();
        });
        thread_.join();
    }

private:
    void end_if_idle() {
        if (listener_->sessions() != 0) return;
        for (const model::Workflow* one : engine_.list({}))
            if (!server::is_complete(*one)) return;
        context_.stop();
    }

    std::string address_;
    boost::asio::io_context context_{1};
    Engine engine_;
    server::Service service_;
    std::shared_ptr<server::Listener> listener_;
    std::filesystem::path directory_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    std::thread thread_;
};

Server::Server(ServerOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Server::~Server() = default;

std::uint16_t Server::port() const noexcept { return impl_->port(); }

std::string Server::url() const { return "http://" + client_options().server; }

ClientOptions Server::client_options() const {
    ClientOptions made;
    const std::string& address = impl_->address();
    made.server = address.find(':') == std::string::npos ? address : "[" + address + "]";
    made.server += ':';
    made.server += std::to_string(port());
    made.secure = false;
    return made;
}

std::filesystem::path Server::directory() const { return impl_->directory(); }

std::filesystem::path Server::log_directory(std::string_view namespace_of, std::string_view name) const {
    return impl_->log_directory(namespace_of, name);
}

void Server::stop() { impl_->stop(); }

}  // namespace tiphys::local
