// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/client.hpp>
#include <tiphys/local/server.hpp>
#include <tiphys/model/model.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <csignal>
#include <ctime>
#include <exception>
#include <ostream>

#include "commands.hpp"
#include "display.hpp"
#include "manifest.hpp"
#include "terminal.hpp"

namespace tiphys::cli {
namespace {

namespace asio = boost::asio;
using awaited = asio::use_awaitable_t<>;

std::unique_ptr<Display> display_for(std::ostream& out) {
    if (!is_terminal()) return plain_display(out, is_utf8_locale());
    return live_display(out, Style{is_utf8_locale(), wants_colour(), 80}, &screen_size,
                        [] { return static_cast<std::int64_t>(std::time(nullptr)); });
}

/// One run on one thread: the workflow is created, watched and its lines read, until it ends or a signal
/// comes.
class Run {
public:
    Run(const local::Server& server, const RunOptions& options, std::ostream& out, std::ostream& error)
        : options_(options),
          error_(error),
          display_(display_for(out)),
          client_(context_.get_executor(), server.client_options()),
          signals_(context_, SIGINT, SIGTERM),
          clock_(context_) {}

    /// The workflow as it was last seen; nothing when it was not created.
    const SubmittedWorkflow& workflow() const noexcept { return workflow_; }
    int signal() const noexcept { return signal_; }
    bool complained() const noexcept { return complained_; }

    void operator()(model::Workflow manifest) {
        signals_.async_wait([this](boost::system::error_code failed, int signal) {
            if (failed) return;
            signal_ = signal;
            context_.stop();
        });
        asio::co_spawn(context_, create(std::move(manifest)), [this](const std::exception_ptr& failed) {
            complain(failed);
            if (failed) done();
        });
        context_.run();
        if (signal_ == 0) display_->finish();
    }

private:
    asio::awaitable<void> create(model::Workflow manifest) {
        workflow_ = co_await client_.async_create(manifest, awaited());
        display_->update(workflow_.model());
        tick();
        running_ = options_.quiet ? 1 : 2;
        const auto ended = [this](const std::exception_ptr& failed) {
            complain(failed);
            if (--running_ == 0) done();
        };
        asio::co_spawn(context_, watch(), ended);
        if (!options_.quiet) asio::co_spawn(context_, read_logs(), ended);
    }

    asio::awaitable<void> watch() {
        workflow_ = co_await client_.async_wait(
            workflow_, [this](const model::Workflow& now) { display_->update(now); }, awaited());
    }

    asio::awaitable<void> read_logs() {
        LogOptions following;
        following.follow = true;
        const LogStream lines = co_await client_.async_logs(workflow_, following, awaited());
        while (const auto line = co_await lines.async_next(awaited()))
            display_->log(line->podName, line->content);
    }

    void tick() {
        // Ten drawings a second, at most, however fast the workflow is.
        display_->tick();
        clock_.expires_after(std::chrono::milliseconds(100));
        clock_.async_wait([this](boost::system::error_code stopped) {
            if (!stopped) tick();
        });
    }

    void complain(const std::exception_ptr& failed) {
        if (!failed) return;
        complained_ = true;
        try {
            std::rethrow_exception(failed);
        } catch (const ClientError& refused) {
            // The server is this program: where the request went does not help anybody.
            const bool plain =
                refused.kind() == ClientErrorKind::invalid_request && !refused.server_message().empty();
            error_ << "tiphys: " << (plain ? refused.server_message() : refused.what()) << "\n";
        } catch (const std::exception& problem) {
            error_ << "tiphys: " << problem.what() << "\n";
        }
    }

    void done() {
        clock_.cancel();
        signals_.cancel();
        context_.stop();
    }

    const RunOptions& options_;
    std::ostream& error_;
    std::unique_ptr<Display> display_;
    asio::io_context context_{1};
    Client client_;
    asio::signal_set signals_;
    asio::steady_timer clock_;
    SubmittedWorkflow workflow_;
    int running_ = 0;
    int signal_ = 0;
    bool complained_ = false;
};

}  // namespace

int run(const RunOptions& options, std::ostream& out, std::ostream& error) {
    const std::string text = read_text(options.file);
    model::Workflow manifest = read_workflow(text, options.file);
    apply(options, manifest);
    for (const std::string& warning : check(manifest, text, options.file))
        error << "tiphys: warning: " << warning << "\n";

    local::ServerOptions server_options;
    server_options.engine.directory = options.directory;
    server_options.engine.parallelism = options.parallelism;
    local::Server server(server_options);
    Run one(server, options, out, error);
    one(std::move(manifest));

    const SubmittedWorkflow& workflow = one.workflow();
    if (workflow.name().empty()) {
        if (one.signal() == 0) return exit_usage;
        error << "tiphys: interrupted before the workflow started\n";
        return exit_interrupted;
    }
    const std::string logs = server.log_directory(workflow.namespace_(), workflow.name()).string();
    if (one.signal() != 0) {
        error << "tiphys: interrupted; ending the processes of " << workflow.name() << "\n" << std::flush;
        server.stop();
        error << "tiphys: they have ended; logs: " << logs << "\n";
        return exit_interrupted;
    }
    out << render_outputs(workflow.model());
    out << "Logs: " << logs << "\n" << std::flush;
    return workflow.succeeded() && !one.complained() ? exit_succeeded : exit_failed;
}

}  // namespace tiphys::cli
