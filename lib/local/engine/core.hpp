// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/local/engine_options.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <memory>
#include <random>
#include <string_view>

#include "activity.hpp"

namespace tiphys::local::engine {

/// What a workflow needs of the engine that runs it.
class Core {
public:
    virtual const boost::asio::any_io_executor& executor() const = 0;
    virtual const EngineOptions& options() const = 0;
    virtual const std::string& host_name() const = 0;
    virtual bool sandboxed() const = 0;
    /// The workflow changed or has work to do: it is pumped, and told of, in the engine's next turn.
    virtual void touch(Run& run) = 0;
    /// Starts the pod when one of the machine's slots is free.
    virtual void enqueue(Run& run, ActivityId pod) = 0;
    /// A pod that was started has ended.
    virtual void vacate() = 0;
    virtual void printed(const Run& run, Node node, std::string_view pod_name, std::string_view line) = 0;

protected:
    ~Core() = default;
};

}  // namespace tiphys::local::engine
