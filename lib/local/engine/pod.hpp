// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/local/process/process.hpp>

#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <string>

#include "activity.hpp"

namespace tiphys::local::engine {

/// A container or script template: one process, which waits for a slot of the machine, runs, and leaves
/// outputs.
class PodActivity final : public Activity {
public:
    PodActivity(Run& run, ActivityId id, Frame frame);
    ~PodActivity() override;

    void begin();
    bool leaf() const override { return true; }
    bool on_exit() const override { return frame_.on_exit; }
    void stop(const std::string& pod_message, const std::string& wait_message) override;
    /// A slot is free.
    void start();
    /// Ends the process at once.
    void kill();

private:
    void limit_time();
    void exited(ExitStatus status);
    void settle(const ExitStatus& status);
    void save_outputs(const ExitStatus& status, std::optional<std::string>& error);
    void finish();
    std::string failure(const ExitStatus& status, int& code) const;

    Frame frame_;
    ProcessSpec spec_;
    Process process_;
    std::optional<boost::asio::steady_timer> timer_;
    std::string name_;
    std::string late_message_;  ///< its time is up
    bool wants_result_ = false;
    bool started_ = false;
    bool finished_ = false;
};

}  // namespace tiphys::local::engine
