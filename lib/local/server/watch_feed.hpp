// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/local/engine.hpp>

#include <string>

#include "feed.hpp"
#include "fields.hpp"
#include "history.hpp"
#include "list_options.hpp"
#include "watch_queue.hpp"

namespace tiphys::local::server {

/// `GET /api/v1/workflow-events/{namespace}`: first what there is (or, from a resource version, what has
/// changed since), then what changes. See WatchQueue for what a slow watcher gets.
class WatchFeed final : public Feed {
public:
    /// Errors: `Failure` when the name or the resource version of the options is not to be had.
    WatchFeed(Engine& engine, const History& history, WatchOptions options, std::string_view fields);
    ~WatchFeed() override;

    std::optional<std::string> next() override;
    std::optional<Failure> failure() override;
    std::optional<std::int64_t> timeout_seconds() const override { return options_.timeout_seconds(); }

    /// Deletions that a watcher may lag behind; one that lags more must list again, as with Kubernetes.
    static constexpr std::size_t most_deletions = 256;

private:
    void on_change(Change change, const model::Workflow& workflow);
    void resume_after(std::int64_t version, const History& history);
    std::string event(std::string_view type, const model::Workflow& workflow) const;

    Engine& engine_;
    WatchOptions options_;
    FieldFilter message_fields_;
    FieldFilter object_fields_;
    WatchQueue queue_;
    bool too_slow_ = false;
    int connection_;
};

}  // namespace tiphys::local::server
