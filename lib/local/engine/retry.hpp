// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/steady_timer.hpp>

#include "activity.hpp"

namespace tiphys::local::engine {

/// A template with a retry strategy: attempts, one after the other, until one succeeds or no more may follow.
class RetryActivity final : public Activity {
public:
    RetryActivity(Run& run, ActivityId id, Frame frame, Invocation invocation);

    void begin();
    bool on_exit() const override { return frame_.on_exit; }
    void child_ended(std::uint32_t slot, Node node, const std::optional<std::string>& error) override;
    void stop(const std::string& pod_message, const std::string& wait_message) override;

private:
    void attempt();
    /// What to do after a failed attempt; nothing: try again at once.
    struct Verdict {
        std::optional<std::string> message;  ///< no more attempts, and why
        std::chrono::nanoseconds wait{};
    };
    Verdict judge(Node last) const;
    void finish(Phase phase, std::optional<std::string> message, std::optional<std::string> error = {});

    Frame frame_;
    Invocation invocation_;
    boost::asio::steady_timer timer_;
    Node last_ = no_node;
    Time first_started_{};
    std::uint32_t attempts_ = 0;
    bool waiting_ = false;
    bool finished_ = false;
};

}  // namespace tiphys::local::engine
