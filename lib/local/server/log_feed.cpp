// SPDX-License-Identifier: Apache-2.0
#include "log_feed.hpp"

#include <algorithm>

#include "wire.hpp"

namespace tiphys::local::server {
namespace {

std::optional<std::size_t> count(const Target& target, std::string_view name) {
    const auto value = target.integer(name);
    if (value && *value < 0)
        throw Failure(code::invalid_argument, std::string(name) + " must not be negative");
    if (!value) return std::nullopt;
    return static_cast<std::size_t>(*value);
}

}  // namespace

LogOptions::LogOptions(const Target& target, std::string_view pod_name)
    : pod(pod_name.empty() ? target.parameter("podName") : pod_name),
      follow(target.boolean("logOptions.follow")),
      tail_lines(count(target, "logOptions.tailLines")),
      limit_bytes(count(target, "logOptions.limitBytes")) {
    const std::string_view container = target.parameter("logOptions.container");
    nothing = !container.empty() && container != "main";
    const auto refuse = [](std::string_view what) {
        throw Failure(code::unimplemented, "the embedded server does not have " + std::string(what) +
                                               " of logs yet; leave it out");
    };
    if (target.boolean("logOptions.timestamps")) refuse("logOptions.timestamps");
    if (target.boolean("logOptions.previous")) refuse("logOptions.previous");
    for (const char* name : {"logOptions.sinceSeconds", "selector"})
        if (!target.parameter(name).empty()) refuse(name);
    if (const std::string_view expression = target.parameter("grep"); !expression.empty()) {
        try {
            grep.emplace(expression);
        } catch (const std::exception& error) {
            throw Failure(code::internal,
                          "failed to compile " + json_string(expression) + ": " + error.what());
        }
    }
}

LogFeed::LogFeed(Engine& engine, std::string_view namespace_of, std::string_view name, LogOptions options,
                 std::size_t most_bytes)
    : engine_(engine), namespace_(namespace_of), options_(std::move(options)), most_bytes_(most_bytes) {
    const model::Workflow* workflow = engine_.get(namespace_of, name);
    if (workflow == nullptr) {
        if (name == "@latest") throw Failure(code::not_found, "no workflows found");
        throw Failure(code::not_found, "workflows.argoproj.io " + json_string(name) + " not found");
    }
    namespace_ = workflow->metadata.namespace_.string();
    name_ = workflow->metadata.name.string();
    uid_ = workflow->metadata.uid.string();
    completed_ = is_complete(*workflow) || !options_.follow;
    if (options_.nothing) return;
    if (options_.tail_lines) start_at_tails();
    behind_ = true;
    if (completed_) return;
    logs_ = engine_.on_log([this](const model::Workflow& of, const LogLine& line) { on_log(of, line); });
    changes_ = engine_.on_change([this](Change change, const model::Workflow& of) { on_change(change, of); });
}

LogFeed::~LogFeed() {
    if (logs_ != 0) engine_.disconnect(logs_);
    if (changes_ != 0) engine_.disconnect(changes_);
}

void LogFeed::start_at_tails() {
    std::map<std::string, std::size_t, std::less<>> totals;
    engine_.read_logs(namespace_, name_, options_.pod,
                      [&](const LogLine& line) { ++totals[std::string(line.node_id)]; });
    for (const auto& [node, total] : totals)
        pods_[node].seen = total > *options_.tail_lines ? total - *options_.tail_lines : 0;
}

LogFeed::Pod& LogFeed::pod(const LogLine& line) {
    const auto at = pods_.find(line.node_id);
    return at != pods_.end() ? at->second : pods_[std::string(line.node_id)];
}

bool LogFeed::wanted(const LogLine& line) const {
    return options_.pod.empty() || line.pod_name == options_.pod || line.node_id == options_.pod;
}

void LogFeed::take(Pod& from, const LogLine& line) {
    ++from.seen;
    std::string_view content = line.content;
    if (options_.limit_bytes) {
        const std::size_t left = *options_.limit_bytes - std::min(from.bytes, *options_.limit_bytes);
        if (left == 0) return;
        content = content.substr(0, left);
        from.bytes += content.size() + 1;
    }
    if (options_.grep && !options_.grep->matches(content)) return;
    // Members without text are left out, as Go leaves them out.
    std::string entry = "{";
    if (!content.empty()) entry += "\"content\":" + json_string(content) + ",";
    entry += "\"podName\":" + json_string(line.pod_name) + "}";
    bytes_ += entry.size();
    lines_.push_back(std::move(entry));
}

void LogFeed::refill() {
    behind_ = false;
    for (auto& [node, one] : pods_) one.skip = one.seen;
    const auto again = [this](const LogLine& line) {
        Pod& one = pod(line);
        if (one.skip != 0) {
            --one.skip;
        } else if (behind_ || bytes_ >= most_bytes_) {
            behind_ = true;
        } else {
            take(one, line);
        }
    };
    try {
        engine_.read_logs(namespace_, name_, options_.pod, again);
    } catch (const Refused&) {
        // Deleted meanwhile: what was sent is all there is.
        completed_ = true;
    }
}

void LogFeed::on_log(const model::Workflow& workflow, const LogLine& line) {
    if (behind_ || !(workflow.metadata.uid == uid_) || !wanted(line)) return;
    if (bytes_ >= most_bytes_)
        behind_ = true;
    else
        take(pod(line), line);
    news();
}

void LogFeed::on_change(Change change, const model::Workflow& workflow) {
    if (!(workflow.metadata.uid == uid_)) return;
    if (change != Change::deleted && !is_complete(workflow)) return;
    completed_ = true;
    // A last look at the files: lines may arrive in the turn that completes the workflow.
    behind_ = true;
    news();
}

std::optional<std::string> LogFeed::next() {
    while (lines_.empty()) {
        if (!behind_) return std::nullopt;
        refill();
    }
    std::string made = std::move(lines_.front());
    lines_.pop_front();
    bytes_ -= made.size();
    return made;
}

bool LogFeed::ended() { return completed_ && !behind_ && lines_.empty(); }

}  // namespace tiphys::local::server
