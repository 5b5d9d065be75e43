// SPDX-License-Identifier: Apache-2.0
#include "starter.hpp"

#include <signal.h>

#include <algorithm>
#include <thread>
#include <utility>

namespace tiphys::local::process {

Starter& Starter::instance() {
    // Never destroyed: its threads outlive all static objects and end with the program.
    static Starter& starter = *new Starter;
    return starter;
}

void Starter::run(std::function<void()> job) {
    std::lock_guard lock(mutex_);
    const std::size_t most = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, max_threads);
    if (jobs_.size() >= idle_ && threads_ < most) {
        // The program's own threads handle its signals.
        sigset_t all, before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        try {
            std::thread([this] { serve(); }).detach();
            ++threads_;
        } catch (...) {
            if (threads_ == 0) {
                pthread_sigmask(SIG_SETMASK, &before, nullptr);
                throw;
            }
        }
        pthread_sigmask(SIG_SETMASK, &before, nullptr);
    }
    jobs_.push_back(std::move(job));
    arrived_.notify_one();
}

void Starter::serve() {
    std::unique_lock lock(mutex_);
    for (;;) {
        ++idle_;
        arrived_.wait(lock, [this] { return !jobs_.empty(); });
        --idle_;
        std::function<void()> job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        job();
        job = nullptr;
        lock.lock();
    }
}

}  // namespace tiphys::local::process
