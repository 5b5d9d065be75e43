// SPDX-License-Identifier: Apache-2.0
#include "follow.hpp"

#include <tiphys/client/client.hpp>

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

#include "print.hpp"
#include "terminal.hpp"

namespace tiphys::cli {
namespace {

namespace asio = boost::asio;
using awaited = asio::use_awaitable_t<>;

class LinesOnly final : public Display {
public:
    LinesOnly(std::ostream& out, bool prefixed, std::string node)
        : out_(out), prefixed_(prefixed), node_(std::move(node)) {}

private:
    void show(const model::Workflow&) override {}
    void show_log(std::string_view node, std::string_view content) override {
        if (!node_.empty() && node != node_) return;
        if (prefixed_) out_ << node << ": ";
        out_ << content << '\n' << std::flush;
    }

    std::ostream& out_;
    bool prefixed_;
    std::string node_;  ///< only lines of this one
};

class NoDisplay final : public Display {
    void show(const model::Workflow&) override {}
    void show_log(std::string_view, std::string_view) override {}
};

/// One workflow on one thread.
class Follower {
public:
    Follower(const Console& console, const FollowOptions& options, Display& display)
        : console_(console),
          options_(options),
          display_(display),
          client_(context_.get_executor(), options.client),
          signals_(context_, SIGINT, SIGTERM),
          clock_(context_) {}

    Followed operator()(Begin begin) {
        signals_.async_wait([this](boost::system::error_code failed, int signal) {
            if (failed) return;
            made_.signal = signal;
            context_.stop();
        });
        asio::co_spawn(context_, start(std::move(begin)), [this](const std::exception_ptr& failed) {
            complain(failed);
            if (failed) done();
        });
        context_.run();
        if (made_.signal == 0) display_.finish();
        return std::move(made_);
    }

private:
    asio::awaitable<void> start(Begin begin) {
        made_.workflow = co_await begin(client_);
        display_.update(made_.workflow.model());
        tick();
        running_ = (options_.logs ? 1 : 0) + (options_.to_end ? 1 : 0);
        const auto ended = [this](const std::exception_ptr& failed) {
            complain(failed);
            if (--running_ == 0) done();
        };
        // Without the watch the end would not be noticed; without the lines it is.
        if (options_.to_end)
            asio::co_spawn(context_, watch(), [this, ended](const std::exception_ptr& failed) {
                ended(failed);
                if (failed) done();
            });
        if (options_.logs) asio::co_spawn(context_, read_logs(), ended);
    }

    asio::awaitable<void> watch() {
        // Not made within the co_await: g++ 12 destroys such aggregates twice.
        WaitOptions waiting;
        waiting.timeout = options_.timeout;
        made_.workflow = co_await client_.async_wait(
            made_.workflow, [this](const model::Workflow& now) { display_.update(now); }, waiting, awaited());
    }

    asio::awaitable<void> read_logs() {
        const LogStream lines = co_await client_.async_logs(made_.workflow, *options_.logs, awaited());
        while (const auto line = co_await lines.async_next(awaited()))
            display_.log(line->podName, line->content);
    }

    void tick() {
        // Ten drawings a second, at most, however fast the workflow is.
        display_.tick();
        clock_.expires_after(std::chrono::milliseconds(100));
        clock_.async_wait([this](boost::system::error_code stopped) {
            if (!stopped) tick();
        });
    }

    void complain(const std::exception_ptr& failed) {
        if (!failed) return;
        made_.complained = true;
        console_.error << console_.program << ": ";
        try {
            std::rethrow_exception(failed);
        } catch (const ClientError& refused) {
            const bool plain = options_.embedded && refused.kind() == ClientErrorKind::invalid_request &&
                               !refused.server_message().empty();
            console_.error << (plain ? refused.server_message() : refused.what()) << "\n";
        } catch (const std::exception& problem) {
            console_.error << problem.what() << "\n";
        }
    }

    void done() {
        clock_.cancel();
        signals_.cancel();
        context_.stop();
    }

    const Console& console_;
    const FollowOptions& options_;
    Display& display_;
    asio::io_context context_{1};
    Client client_;
    asio::signal_set signals_;
    asio::steady_timer clock_;
    Followed made_;
    int running_ = 0;
};

}  // namespace

std::unique_ptr<Display> display_for(std::ostream& out) {
    if (!is_terminal()) return plain_display(out, is_utf8_locale());
    return live_display(out, Style{is_utf8_locale(), wants_colour(), 80}, &screen_size,
                        [] { return static_cast<std::int64_t>(std::time(nullptr)); });
}

std::unique_ptr<Display> lines_only(std::ostream& out, bool prefixed, std::string node) {
    return std::make_unique<LinesOnly>(out, prefixed, std::move(node));
}

LogOptions following() {
    LogOptions options;
    options.follow = true;
    return options;
}

Followed follow(const Console& console, const FollowOptions& options, Display& display, Begin begin) {
    return Follower(console, options, display)(std::move(begin));
}

int follow_to_end(const Console& console, const ClientOptions& client, const WorkflowRef& workflow,
                  const Showing& showing) {
    std::unique_ptr<Display> display;
    if (showing.tree)
        display = display_for(console.out);
    else if (showing.lines)
        display = lines_only(console.out, true);
    else
        display = std::make_unique<NoDisplay>();
    // By name, so that `@latest` is one workflow from here on.
    FollowOptions options{client};
    if (showing.lines) options.logs = following();
    options.timeout = showing.timeout;
    const Followed made = follow(console, options, *display,
                                 [&](const Client& server) { return server.async_get(workflow, awaited()); });
    const SubmittedWorkflow& last = made.workflow;
    if (last.name().empty() && made.signal == 0) return exit_failed;
    if (made.signal != 0) {
        console.error << console.program << ": interrupted"
                      << (last.name().empty() ? "" : "; " + std::string(last.name()) + " runs on") << "\n";
        return exit_interrupted;
    }
    if (showing.tree)
        console.out << render_outputs(last.model());
    else if (!showing.lines && last.finished())
        console.out << last.name() << ' ' << last.phase() << (last.message().empty() ? "" : ": ")
                    << harmless(last.message()) << '\n';
    flush(console.out);
    return last.succeeded() && !made.complained ? exit_succeeded : exit_failed;
}

}  // namespace tiphys::cli
