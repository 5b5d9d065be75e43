// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>

namespace tiphys::local::process {

/// The threads that start all processes.
///
/// The kernel ties "die with your parent" to the thread that made the child, so children are made only by
/// threads that live as long as this program. Starting also takes its thread a millisecond at times, which an
/// executor's thread should not spend.
class Starter {
public:
    static Starter& instance();

    /// Runs `job` on one of the threads, in order of arrival. Throws std::system_error if no thread can be
    /// made.
    void run(std::function<void()> job);

private:
    static constexpr std::size_t max_threads = 4;

    void serve();

    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::function<void()>> jobs_;
    std::size_t threads_ = 0;
    std::size_t idle_ = 0;
};

}  // namespace tiphys::local::process
