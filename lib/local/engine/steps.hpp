// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "activity.hpp"
#include "scope.hpp"

namespace tiphys::local::engine {

/// A steps template: groups one after the other, the steps of a group side by side.
class StepsActivity final : public Activity {
public:
    StepsActivity(Run& run, ActivityId id, Frame frame);

    void begin();
    bool on_exit() const override { return frame_.on_exit; }
    void child_started(std::uint32_t slot, const Started& started) override;
    void child_ended(std::uint32_t slot, Node node, const std::optional<std::string>& error) override;

private:
    /// A step of the current group, or one round of its loop. Its slot is twice its index; the exit hook's is
    /// one more.
    struct Child {
        model::WorkflowStep step;
        Node node = no_node;
        bool ended = false;  ///< with its exit hook
    };
    /// A step as the template has it, for the variables that its end makes.
    struct Declared {
        Node skipped = no_node;  ///< a loop over nothing
        std::size_t first = 0;   ///< its children
        std::size_t count = 0;
        bool loop = false;
    };

    void start_group();
    void connect_group();
    model::WorkflowStep resolve(const model::WorkflowStep& declared) const;
    void expand(const model::WorkflowStep& step);
    void start_children();
    void started(std::size_t index, const Started& started);
    void run_exit_hook(std::size_t index);
    void child_finished(std::size_t index);
    void end_group_if_done();
    void fail_group(Phase phase, const std::string& message);
    void add_group_variables();
    void succeed();
    void finish(Phase phase, std::optional<std::string> message, std::optional<std::string> error);

    Frame frame_;
    Scope scope_;
    std::size_t group_ = 0;
    Node group_node_ = no_node;
    Node last_group_ = no_node;
    std::vector<Declared> declared_;
    std::vector<Child> children_;
    std::size_t open_ = 0;
    bool starting_ = false;
    bool over_ = false;
    bool finished_ = false;
};

}  // namespace tiphys::local::engine
