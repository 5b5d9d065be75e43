// SPDX-License-Identifier: Apache-2.0
#include "retry.hpp"

#include <tiphys/expression/error.hpp>
#include <tiphys/expression/go_format.hpp>
#include <tiphys/expression/go_text.hpp>

#include <charconv>
#include <cmath>

#include "expressions.hpp"
#include "json_form.hpp"
#include "run.hpp"
#include "substitution.hpp"

namespace tiphys::local::engine {
namespace {

std::optional<std::int64_t> whole(const int_or_string& value) {
    if (!value.has_value()) return std::nullopt;
    if (value.is_int()) return value.as_int();
    const std::optional<std::int64_t> parsed = parse_int(value.as_str());
    if (!parsed)
        throw ExpressionError("strconv.ParseInt: parsing " + quote(value.as_str()) + ": invalid syntax");
    return parsed;
}

std::string seconds(const Nodes& nodes, Node node) {
    const auto duration = std::chrono::floor<std::chrono::seconds>(nodes.finished(node)) -
                          std::chrono::floor<std::chrono::seconds>(nodes.started(node));
    return format_float(std::chrono::duration<double>(duration).count());
}

}  // namespace

RetryActivity::RetryActivity(Run& run, ActivityId id, Frame frame, Invocation invocation)
    : Activity(run, id),
      frame_(std::move(frame)),
      invocation_(std::move(invocation)),
      timer_(run.core().executor()) {}

void RetryActivity::begin() { attempt(); }

void RetryActivity::attempt() {
    waiting_ = false;
    const std::string number = std::to_string(attempts_++);
    Invocation next = invocation_;
    next.node_name += "(" + number + ")";
    next.parent = id();
    next.slot = attempts_ - 1;
    Frame frame = frame_;
    frame.parent = id();
    frame.slot = next.slot;
    try {
        Scope locals(&run_.globals());
        if (frame.definition.container || frame.definition.script)
            locals.set("pod.name", pod_name(run_.name(), next.node_name, frame.definition.name));
        std::string code = "0", duration = "0", status, message;
        if (last_ != no_node) {
            const model::NodeStatus& last = run_.nodes().status(last_);
            if (last.outputs && last.outputs->exitCode.has_value()) code = last.outputs->exitCode.string();
            duration = seconds(run_.nodes(), last_);
            status = last.phase.string();
            message = last.message.string();
        }
        locals.set("retries", number);
        locals.set("lastRetry.exitCode", code);
        locals.set("lastRetry.duration", duration);
        locals.set("lastRetry.status", status);
        locals.set("lastRetry.message", message);
        const std::string text = to_text(frame.definition);
        if (has_tags(text))
            frame.definition = from_text<model::Template>(replace(text, locals, Unresolved::allowed));
    } catch (const ExpressionError& error) {
        finish(Phase::error, error.what(), error.what());
        return;
    }
    const Started started = run_.execute_kind(next, std::move(frame), true);
    last_ = started.node;
    if (attempts_ == 1) first_started_ = run_.nodes().started(last_);
    run_.nodes().add_child(frame_.node, last_);
}

void RetryActivity::child_ended(std::uint32_t, Node node, const std::optional<std::string>& error) {
    if (finished_) return;
    const Nodes& nodes = run_.nodes();
    const Phase phase = nodes.phase(node);
    if (!failed_or_error(phase)) {
        finish(Phase::succeeded, std::nullopt);
        return;
    }
    if (run_.shutting_down() || run_.past_deadline()) {
        finish(phase, run_.shutting_down()
                          ? "Stopped with strategy '" + std::string(run_.shutdown_text()) + "'"
                          : "retry exceeded workflow deadline " + timestamp(*run_.deadline()));
        return;
    }
    try {
        const Verdict verdict = judge(node);
        if (verdict.message) {
            finish(phase, verdict.message, error);
            return;
        }
        if (verdict.wait.count() <= 0) {
            run_.mark(frame_.node, Phase::running, "");
            attempt();
            return;
        }
        waiting_ = true;
        run_.mark(frame_.node, Phase::running,
                  "Backoff for " + format_duration(std::chrono::nanoseconds(verdict.wait).count()));
        timer_.expires_after(verdict.wait);
        timer_.async_wait(
            [weak = run_.weak_from_this(), id = id()](const boost::system::error_code& stopped) {
                const auto run = weak.lock();
                if (!run || stopped) return;
                run->post([run = run.get(), id] {
                    auto* const self = static_cast<RetryActivity*>(run->activity(id));
                    if (self == nullptr || !self->waiting_) return;
                    run->mark(self->frame_.node, Phase::running, "");
                    self->attempt();
                });
            });
    } catch (const ExpressionError& wrong) {
        finish(Phase::error, wrong.what(), wrong.what());
    }
}

RetryActivity::Verdict RetryActivity::judge(Node last) const {
    const model::RetryStrategy& strategy = *run_.retry_strategy(frame_.definition);
    const Nodes& nodes = run_.nodes();
    const std::optional<std::int64_t> limit = whole(strategy.limit);
    Verdict verdict;
    if (strategy.backoff) {
        const model::Backoff& backoff = *strategy.backoff;
        const Time now = std::chrono::system_clock::now();
        std::optional<Time> latest;
        if (!backoff.maxDuration.empty()) {
            latest = first_started_ + std::chrono::nanoseconds(parse_duration(backoff.maxDuration));
            if (now > *latest) return {.message = "Max duration limit exceeded"};
        }
        if (backoff.duration.empty()) throw ExpressionError("no base duration specified for retryStrategy");
        double wait = static_cast<double>(parse_duration(backoff.duration));
        if (const auto factor = whole(backoff.factor); factor && *factor > 0)
            wait *= std::pow(static_cast<double>(*factor), static_cast<double>(attempts_ - 1));
        if (!backoff.cap.empty()) wait = std::min(wait, static_cast<double>(parse_duration(backoff.cap)));
        wait = std::min(wait, 9e18);
        verdict.wait = std::chrono::nanoseconds(static_cast<std::int64_t>(wait));
        if (latest && nodes.finished(last) + verdict.wait > *latest)
            return {.message = "Backoff would exceed max duration limit"};
        if (!limit || attempts_ > static_cast<std::uint64_t>(*limit)) verdict.wait = {};
    }

    // An expression without a policy looks at every failure.
    std::string_view policy = strategy.retryPolicy;
    if (policy.empty()) policy = strategy.expression.empty() ? "OnFailure" : "Always";
    const Phase phase = nodes.phase(last);
    const bool on_failed = policy == "Always" || policy == "OnFailure";
    const bool on_error = policy == "Always" || policy == "OnError";
    if ((phase == Phase::failed && !on_failed) || (phase == Phase::error && !on_error))
        return {.message = nodes.status(last).message.string()};
    if (limit && static_cast<std::int64_t>(attempts_) > *limit) return {.message = "No more retries left"};
    if (!strategy.expression.empty()) {
        Scope scope;
        const model::NodeStatus& status = nodes.status(last);
        scope.set("retries", std::to_string(attempts_ - 1));
        scope.set("lastRetry.exitCode", status.outputs && status.outputs->exitCode.has_value()
                                            ? status.outputs->exitCode.string()
                                            : "-1");
        scope.set("lastRetry.status", status.phase.string());
        scope.set("lastRetry.duration", seconds(nodes, last));
        scope.set("lastRetry.message", status.message.string());
        if (!evaluate_bool(strategy.expression, scope))
            return {.message = "retryStrategy.expression evaluated to false"};
    }
    return verdict;
}

void RetryActivity::stop(const std::string&, const std::string& wait_message) {
    if (waiting_) finish(Phase::failed, wait_message);
}

void RetryActivity::finish(Phase phase, std::optional<std::string> message,
                           std::optional<std::string> error) {
    if (finished_) return;
    finished_ = true;
    timer_.cancel();
    if (last_ != no_node) run_.nodes().status(frame_.node).outputs = run_.nodes().status(last_).outputs;
    run_.mark(frame_.node, phase, message ? std::optional<std::string_view>(*message) : std::nullopt);
    run_.ended(frame_.parent, frame_.slot, frame_.node, std::move(error));
    run_.release(id());
}

}  // namespace tiphys::local::engine
