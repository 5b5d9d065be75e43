// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/expression/regex.hpp>
#include <tiphys/local/engine.hpp>

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "../engine/expressions.hpp"
#include "feed.hpp"
#include "target.hpp"

namespace tiphys::local::server {

/// What `…/log` asks for.
struct LogOptions {
    /// Errors: `Failure` for what the embedded server has no answer to, by name, and for a bad expression.
    LogOptions(const Target& target, std::string_view pod_name);

    std::string pod;                         ///< pod name or node id; empty: all
    bool follow = false;                     ///< until the workflow completes
    bool nothing = false;                    ///< a container that local pods do not have
    std::optional<Regex> grep;               ///< absent: every line
    std::optional<std::size_t> tail_lines;   ///< per pod
    std::optional<std::size_t> limit_bytes;  ///< per pod
};

/// `GET /api/v1/workflows/{namespace}/{name}/log`: the lines of a workflow in order of arrival.
///
/// A slow reader costs at most `most_bytes`: what does not fit is read again from the engine's files later.
class LogFeed final : public Feed {
public:
    /// Errors: `Failure` (not found).
    LogFeed(Engine& engine, std::string_view namespace_of, std::string_view name, LogOptions options,
            std::size_t most_bytes = 4u << 20);
    ~LogFeed() override;

    std::optional<std::string> next() override;
    bool ended() override;

private:
    struct Pod {
        std::size_t seen = 0;  ///< lines that were queued or passed over
        std::size_t bytes = 0;
        std::size_t skip = 0;  ///< while reading again: lines to pass over
    };

    void refill();
    void start_at_tails();
    void on_log(const model::Workflow& workflow, const LogLine& line);
    void on_change(Change change, const model::Workflow& workflow);
    bool wanted(const LogLine& line) const;
    Pod& pod(const LogLine& line);
    void take(Pod& from, const LogLine& line);

    Engine& engine_;
    std::string namespace_;
    std::string name_;
    std::string uid_;
    LogOptions options_;
    std::size_t most_bytes_;
    std::map<std::string, Pod, std::less<>> pods_;  ///< by node id
    std::deque<std::string> lines_;                 ///< JSON text of log entries
    std::size_t bytes_ = 0;
    bool behind_ = false;  ///< there are lines that did not fit
    bool completed_ = false;
    int changes_ = 0;
    int logs_ = 0;
};

}  // namespace tiphys::local::server
