// SPDX-License-Identifier: Apache-2.0
#include "suspend.hpp"

#include <tiphys/expression/error.hpp>
#include <tiphys/expression/go_format.hpp>

#include <chrono>

#include "expressions.hpp"
#include "run.hpp"

namespace tiphys::local::engine {

SuspendActivity::SuspendActivity(Run& run, ActivityId id, Frame frame)
    : Activity(run, id), frame_(std::move(frame)), timer_(run.core().executor()) {
    if (!frame_.definition.outputs) return;
    for (const model::Parameter& declared : frame_.definition.outputs->parameters) {
        if (!declared.valueFrom || !declared.valueFrom->supplied) continue;
        model::Parameter& made =
            run_.nodes().status(frame_.node).outputs.ensure().parameters.emplace_back(declared);
        if (made.valueFrom->default_.has_value() || !frame_.definition.inputs) continue;
        for (const model::Parameter& input : frame_.definition.inputs->parameters)
            if (input.name == made.name && input.default_.has_value())
                made.valueFrom->default_ = input.default_;
    }
}

void SuspendActivity::begin() {
    if (!run_.should_execute(frame_.on_exit)) {
        run_.mark(frame_.node, Phase::running);
        finish(Phase::failed, "Stopped with strategy '" + std::string(run_.shutdown_text()) + "'");
        return;
    }
    const std::string_view duration = frame_.definition.suspend->duration;
    if (!duration.empty()) {
        std::int64_t nanoseconds = 0;
        try {
            nanoseconds = parse_duration(duration);
        } catch (const ExpressionError& error) {
            finish(Phase::error, error.what(), error.what());
            return;
        }
        timer_.expires_after(std::chrono::nanoseconds(nanoseconds));
        timer_.async_wait(
            [weak = run_.weak_from_this(), id = id()](const boost::system::error_code& stopped) {
                const auto run = weak.lock();
                if (!run || stopped) return;
                run->post([run = run.get(), id] {
                    auto* const self = static_cast<SuspendActivity*>(run->activity(id));
                    if (self == nullptr || !self->active()) return;
                    try {
                        self->check_outputs();
                    } catch (const Refused& error) {
                        self->finish(Phase::error, error.what(), error.what());
                        return;
                    }
                    self->supply_defaults();
                    self->finish(Phase::succeeded, std::nullopt);
                });
            });
    }
    run_.mark(frame_.node, Phase::running);
}

bool SuspendActivity::active() const { return run_.nodes().phase(frame_.node) == Phase::running; }

void SuspendActivity::check_outputs() const {
    const auto& outputs = run_.nodes().status(frame_.node).outputs;
    if (!outputs) return;
    for (const model::Parameter& each : outputs->parameters)
        if (each.valueFrom && each.valueFrom->supplied && !each.valueFrom->default_.has_value())
            throw Refused(Refused::internal, "raw output parameter '" + each.name.string() +
                                                 "' has not been set and does not have a default value");
}

void SuspendActivity::supply_defaults() {
    auto& outputs = run_.nodes().status(frame_.node).outputs;
    if (!outputs) return;
    for (model::Parameter& each : outputs->parameters)
        if (each.valueFrom && each.valueFrom->supplied) {
            each.value = each.valueFrom->default_;
            each.valueFrom.reset();
        }
}

void SuspendActivity::resume() {
    supply_defaults();
    std::string message = run_.nodes().status(frame_.node).message.string();
    if (!message.empty()) message += "; ";
    finish(Phase::succeeded, message);
}

void SuspendActivity::fail(std::string_view message) {
    finish(Phase::failed, message.empty() ? std::nullopt : std::optional(message));
}

void SuspendActivity::stop(const std::string&, const std::string& wait_message) {
    finish(Phase::failed, wait_message);
}

void SuspendActivity::finish(Phase phase, std::optional<std::string_view> message,
                             std::optional<std::string> error) {
    if (fulfilled(run_.nodes().phase(frame_.node))) return;
    timer_.cancel();
    run_.mark(frame_.node, phase, message);
    if (const auto& outputs = run_.nodes().status(frame_.node).outputs; outputs && phase == Phase::succeeded)
        run_.export_outputs(*outputs);
    run_.ended(frame_.parent, frame_.slot, frame_.node, std::move(error));
    run_.release(id());
}

}  // namespace tiphys::local::engine
