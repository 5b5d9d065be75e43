// SPDX-License-Identifier: Apache-2.0
#include <tiphys/local/process/process.hpp>

#include "running.hpp"
#include "start.hpp"

namespace tiphys::local {

Process::Process() noexcept = default;
Process::Process(std::shared_ptr<Running> running) noexcept : running_(std::move(running)) {}
Process::Process(Process&&) noexcept = default;

Process& Process::operator=(Process&& other) noexcept {
    if (this != &other) {
        abandon();
        running_ = std::move(other.running_);
    }
    return *this;
}

Process::~Process() { abandon(); }

void Process::abandon() noexcept {
    if (running_) running_->abandon();
    running_.reset();
}

Process Process::start(boost::asio::any_io_executor executor, ProcessSpec spec) {
    auto running = std::make_shared<Running>(std::move(executor), std::move(spec));
    running->begin();
    return Process(std::move(running));
}

void Process::wait(std::shared_ptr<Running> running, Handler handler) { running->wait(std::move(handler)); }

void Process::terminate() {
    if (running_) running_->request(SIGTERM);
}

void Process::kill() {
    if (running_) running_->request(SIGKILL);
}

int Process::id() const noexcept { return running_ ? running_->id() : 0; }

std::size_t Process::live_count() noexcept { return process::live_children(); }

}  // namespace tiphys::local
