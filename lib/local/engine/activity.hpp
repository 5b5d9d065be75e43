// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/generated/workflow.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "nodes.hpp"

namespace tiphys::local::engine {

class Run;

/// Names an activity for as long as it lives, and nothing afterwards.
using ActivityId = std::uint64_t;
/// The workflow itself as a parent: of its entry template and its exit handler.
inline constexpr ActivityId the_run = 0;

/// A template is to be executed: what Argo's executeTemplate is given.
struct Invocation {
    enum class Kind : std::uint8_t { entry, step, task, hook };

    std::string node_name;
    Kind kind = Kind::entry;
    std::string holder_name;    ///< {{steps.name}} or {{tasks.name}} inside
    std::string template_name;  ///< empty for an inline template
    std::shared_ptr<const model::Template> inline_template;
    model::Arguments arguments;
    Node boundary = no_node;
    bool on_exit = false;  ///< part of an exit handler: runs although the workflow is being stopped
    bool hooked = false;
    int depth = 1;
    ActivityId parent = the_run;
    std::uint32_t slot = 0;
};

/// What came of an invocation.
struct Started {
    Node node = no_node;
    std::optional<std::string> error;  ///< the template could not be executed; `node` says so too
    bool too_deep = false;  ///< the error is the recursion limit, which parents treat as a failed child
};

/// One template in execution, or one attempt of it. It hears of its children through the workflow's queue,
/// never from within a call that it made itself.
class Activity {
public:
    Activity(Run& run, ActivityId id) : run_(run), id_(id) {}
    virtual ~Activity() = default;
    Activity(const Activity&) = delete;
    Activity& operator=(const Activity&) = delete;

    ActivityId id() const { return id_; }
    /// A pod or a suspension, as opposed to what has children.
    virtual bool leaf() const { return false; }
    virtual bool on_exit() const = 0;

    virtual void child_started(std::uint32_t /*slot*/, const Started&) {}
    virtual void child_ended(std::uint32_t /*slot*/, Node /*node*/,
                             const std::optional<std::string>& /*error*/) {}
    /// The workflow is being stopped or has passed its deadline: fail what would otherwise wait for ever.
    virtual void stop(const std::string& /*pod_message*/, const std::string& /*wait_message*/) {}

protected:
    Run& run_;

private:
    ActivityId id_;
};

/// What every composite and every leaf knows about itself once its node exists.
struct Frame {
    Node node = no_node;
    model::Template definition;  ///< with its inputs filled in
    Node boundary = no_node;
    bool on_exit = false;
    int depth = 1;
    ActivityId parent = the_run;
    std::uint32_t slot = 0;
};

}  // namespace tiphys::local::engine
