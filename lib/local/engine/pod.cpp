// SPDX-License-Identifier: Apache-2.0
#include "pod.hpp"

#include <tiphys/expression/error.hpp>
#include <tiphys/expression/go_format.hpp>
#include <tiphys/expression/go_text.hpp>
#include <tiphys/local/process/sandbox.hpp>

#include <algorithm>
#include <fstream>

#include "expressions.hpp"
#include "pod_spec.hpp"
#include "run.hpp"

namespace tiphys::local::engine {
namespace {

constexpr std::size_t largest_output = std::size_t{256} << 10;
constexpr std::string_view deadline_text = "Pod was active on the node longer than the specified deadline";

std::string without_newline(std::string text) {
    if (text.ends_with('\n')) text.pop_back();
    return text;
}

}  // namespace

PodActivity::PodActivity(Run& run, ActivityId id, Frame frame)
    : Activity(run, id),
      frame_(std::move(frame)),
      name_(pod_name(run.name(), run.nodes().name(frame_.node), frame_.definition.name)) {
    wants_result_ = run_.wants_result(frame_.boundary, run_.nodes().name(frame_.node));
}

PodActivity::~PodActivity() = default;

void PodActivity::begin() { run_.core().enqueue(run_, id()); }

void PodActivity::start() {
    const model::NodeStatus& status = run_.nodes().status(frame_.node);
    const std::filesystem::path folder = run_.directory() / status.id.view();
    std::string unable;
    try {
        spec_ = process_spec(frame_.definition, folder, run_.core().sandboxed());
    } catch (const std::exception& error) {
        unable = error.what();
    }
    if (spec_.argv.empty() && unable.empty()) unable = "the command is empty";
    started_ = true;
    run_.pod_started();
    run_.nodes().status(frame_.node).hostNodeName = run_.core().host_name();
    run_.mark(frame_.node, Phase::running);
    const auto weak = run_.weak_from_this();
    const ActivityId id = this->id();
    if (!unable.empty()) {
        run_.post([run = &run_, id, unable] {
            if (auto* const self = static_cast<PodActivity*>(run->activity(id))) {
                ExitStatus failed;
                failed.code = 126;
                failed.error = unable;
                self->exited(std::move(failed));
            }
        });
        return;
    }
    spec_.environment.emplace_back("ARGO_CONTAINER_NAME", "main");
    spec_.environment.emplace_back("ARGO_NODE_ID", status.id.string());
    spec_.environment.emplace_back("ARGO_WORKFLOW_NAME", run_.name());
    spec_.environment.emplace_back("ARGO_WORKFLOW_UID", run_.workflow().metadata.uid.string());
    spec_.max_captured = wants_result_ ? largest_output + 1 : 0;
    if (wants_result_) {
        std::filesystem::create_directories(folder);
        spec_.out_log = folder / "stdout";
    }
    spec_.on_line = [weak, node = frame_.node, pod = name_](Stream, std::string_view line) {
        if (const auto run = weak.lock()) run->core().printed(*run, node, pod, line);
    };
    limit_time();
    process_ = Process::start(run_.core().executor(), spec_);
    process_.async_wait([weak, id](ExitStatus ended) {
        const auto run = weak.lock();
        if (!run) return;
        if (auto* const self = static_cast<PodActivity*>(run->activity(id))) self->exited(std::move(ended));
    });
}

void PodActivity::limit_time() {
    std::optional<std::chrono::nanoseconds> limit;
    const auto& seconds = frame_.definition.activeDeadlineSeconds;
    if (seconds.is_int())
        limit = std::chrono::seconds(seconds.as_int());
    else if (seconds.is_string())
        limit = std::chrono::seconds(parse_int(seconds.as_str()).value_or(0));
    if (!frame_.definition.timeout.empty()) {
        try {
            const auto until = run_.nodes().started(frame_.node) +
                               std::chrono::nanoseconds(parse_duration(frame_.definition.timeout));
            const std::chrono::nanoseconds left = until - std::chrono::system_clock::now();
            limit = limit ? std::min(*limit, left) : left;
        } catch (const ExpressionError&) {
            // Refused when the workflow was created.
        }
    }
    if (!limit) return;
    timer_.emplace(run_.core().executor());
    timer_->expires_after(*limit);
    timer_->async_wait([weak = run_.weak_from_this(), id = id()](const boost::system::error_code& stopped) {
        const auto run = weak.lock();
        if (!run || stopped) return;
        if (auto* const self = static_cast<PodActivity*>(run->activity(id))) {
            self->late_message_ = deadline_text;
            self->process_.terminate();
        }
    });
}

void PodActivity::kill() {
    if (started_) process_.kill();
}

void PodActivity::stop(const std::string& pod_message, const std::string&) {
    if (fulfilled(run_.nodes().phase(frame_.node))) return;
    run_.mark(frame_.node, Phase::failed, pod_message);
    run_.ended(frame_.parent, frame_.slot, frame_.node);
    // A pod that waits for its slot gives it back when it gets it.
    if (started_)
        process_.terminate();
    else
        run_.release(id());
}

std::string PodActivity::failure(const ExitStatus& status, int& code) const {
    code = status.code;
    if (status.error.empty()) {
        // What a signal ended is 137 to Argo, whichever signal it was.
        if (status.signal != 0) code = 137;
        return "main: Error (exit code " + std::to_string(code) + ")";
    }
    code = 64;
    std::string reason = status.error;
    const std::string& program = spec_.argv.empty() ? std::string() : spec_.argv.front();
    if (status.code == 127)
        reason = program.find('/') == std::string::npos
                     ? "failed to find name in PATH: exec: " + quote(program) +
                           ": executable file not found in $PATH"
                     : "failed to find name in PATH: exec: " + quote(program) + ": stat " + program +
                           ": no such file or directory";
    return "main: Error (exit code 64): " + reason;
}

void PodActivity::exited(ExitStatus status) {
    if (finished_) return;
    finished_ = true;
    if (timer_) timer_->cancel();
    settle(status);
    run_.logs().close(frame_.node);
    std::error_code ignored;
    if (!spec_.private_root.empty()) std::filesystem::remove_all(spec_.private_root, ignored);
    if (!spec_.out_log.empty()) std::filesystem::remove(spec_.out_log, ignored);
    run_.pod_stopped();
    run_.core().vacate();
    finish();
}

void PodActivity::settle(const ExitStatus& status) {
    if (fulfilled(run_.nodes().phase(frame_.node))) return;  // it was stopped
    int code = 0;
    Phase phase = Phase::succeeded;
    std::optional<std::string> message;
    std::optional<std::string> unsaved;
    if (status.succeeded()) {
        save_outputs(status, unsaved);
        if (unsaved) {
            phase = Phase::error;
            message = "wait: Error (exit code 64): " + *unsaved;
        }
    } else {
        phase = Phase::failed;
        message = failure(status, code);
        if (status.started()) save_outputs(status, unsaved);
    }
    if (!late_message_.empty()) {
        phase = Phase::failed;
        message = late_message_;
    }
    auto& outputs = run_.nodes().status(frame_.node).outputs.ensure();
    outputs.exitCode = std::to_string(code);
    run_.export_outputs(outputs);
    run_.mark(frame_.node, phase, message ? std::optional<std::string_view>(*message) : std::nullopt);
    run_.ended(frame_.parent, frame_.slot, frame_.node);
}

void PodActivity::save_outputs(const ExitStatus& status, std::optional<std::string>& error) {
    const auto& declared = frame_.definition.outputs;
    if (!wants_result_ && !declared) return;
    model::Outputs& outputs = run_.nodes().status(frame_.node).outputs.ensure();
    if (wants_result_) {
        std::string text = status.captured;
        if (status.truncated) {
            // Argo keeps the end.
            std::ifstream file(spec_.out_log, std::ios::binary | std::ios::ate);
            const auto size = static_cast<std::streamoff>(file.tellg());
            const auto from =
                std::max<std::streamoff>(0, size - static_cast<std::streamoff>(largest_output) - 1);
            file.seekg(from);
            text.assign(std::istreambuf_iterator<char>(file), {});
        }
        text = without_newline(std::move(text));
        if (text.size() > largest_output) text.erase(0, text.size() - largest_output);
        outputs.result = text;
    }
    if (!declared) return;
    outputs.parameters = declared->parameters;
    for (model::Parameter& parameter : outputs.parameters) {
        if (!parameter.valueFrom || parameter.valueFrom->path.empty()) continue;
        std::string unread;
        std::optional<std::string> text =
            read_file(spec_, parameter.valueFrom->path.string(), std::size_t{64} << 20, unread);
        if (!text && parameter.valueFrom->default_.has_value()) text = parameter.valueFrom->default_.string();
        if (!text) {
            error = "open /var/run/argo/outputs/parameters" + parameter.valueFrom->path.string() +
                    ": no such file or directory";
            return;
        }
        parameter.value = without_newline(std::move(*text));
    }
}

void PodActivity::finish() { run_.release(id()); }

}  // namespace tiphys::local::engine
