// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/steady_timer.hpp>

#include <string_view>

#include "activity.hpp"

namespace tiphys::local::engine {

/// A suspend template: waits for its duration, or for people.
class SuspendActivity final : public Activity {
public:
    SuspendActivity(Run& run, ActivityId id, Frame frame);

    void begin();
    bool leaf() const override { return true; }
    bool on_exit() const override { return frame_.on_exit; }
    void stop(const std::string& pod_message, const std::string& wait_message) override;

    Node node() const { return frame_.node; }
    bool active() const;
    /// Errors: Refused when an output that is to be supplied has no default.
    void check_outputs() const;
    void resume();
    void fail(std::string_view message);

private:
    void finish(Phase phase, std::optional<std::string_view> message, std::optional<std::string> error = {});
    void supply_defaults();

    Frame frame_;
    boost::asio::steady_timer timer_;
};

}  // namespace tiphys::local::engine
