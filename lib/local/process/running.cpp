// SPDX-License-Identifier: Apache-2.0
#include "running.hpp"

#include <boost/asio/append.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "bubblewrap.hpp"
#include "command.hpp"
#include "starter.hpp"

namespace tiphys::local {

namespace asio = boost::asio;

namespace {

// While this is kept, its context does not run out of work.
template <class Executor>
Executor tracked(const Executor& executor) {
    return asio::prefer(executor, asio::execution::outstanding_work.tracked);
}

}  // namespace

Process::Running::Running(asio::any_io_executor executor, ProcessSpec spec)
    : executor_(std::move(executor)),
      strand_(executor_),
      spec_(std::move(spec)),
      environment_(process::environment_of(spec_)),
      out_(strand_, Stream::out),
      err_(strand_, Stream::err),
      process_(strand_),
      helper_(strand_),
      grace_(strand_) {}

// Reached with a live process only when the executor's context has been destroyed without running it.
Process::Running::~Running() {
    if (!runs_) return;
    signal_group(SIGKILL);
    int code = 0, signal = 0;
    process::reap(id(), start_.process ? start_.process.get() : process_.native_handle(), code, signal);
}

void Process::Running::begin() {
    process::Starter::instance().run(
        [self = shared_from_this(), work = tracked(executor_), handed_over = handed_over_]() mutable {
            self->start();
            asio::post(self->strand_, [self] { self->started(); });
            // From the last line on the handle may go, and with it the executor's context.
            self.reset();
            work = {};
            handed_over->store(true);
            handed_over->notify_all();
        });
}

// On the starter's thread, which nothing else shares until it has handed over.
void Process::Running::start() {
    // An exception (no memory) must not end the program from here.
    try {
        if (int wanted = wanted_.load(); wanted != 0) {
            status_.signal = wanted;  // ended before it began, as if it had been that quick
            start_.code = 128 + wanted;
            return;
        }
        static const Sandbox unused;
        const Sandbox& sandbox = spec_.isolation == Isolation::none ? unused
                                 : spec_.sandbox                    ? *spec_.sandbox
                                                                    : Sandbox::probe();
        start_ = process::start(spec_, environment_, sandbox);
        runs_ = start_.pid != 0;
        id_.store(start_.pid, std::memory_order_relaxed);
        open_logs();
    } catch (const std::exception& failure) {
        if (runs_) return;
        start_.error = failure.what();
        start_.code = 128;
    }
}

void Process::Running::open_logs() {
    auto open = [this](process::Descriptor& log, const std::filesystem::path& path) {
        if (path.empty()) return;
        log.reset(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
        if (!log && status_.log_error.empty())
            status_.log_error =
                "cannot open \"" + path.string() + "\": " + std::generic_category().message(errno);
    };
    open(log_, spec_.log);
    open(out_log_, spec_.out_log);
}

void Process::Running::started() {
    environment_.clear();
    if (!runs_) {
        status_.error = std::move(start_.error);
        status_.code = start_.code;
        finish();
        return;
    }
    process_.assign(start_.process.release());
    out_.pipe.assign(start_.out.release());
    err_.pipe.assign(start_.err.release());
    if (start_.helper) helper_.assign(start_.helper.release());
    watch(out_);
    watch(err_);
    await_end();
    act();
}

// Asio uses the records of closed descriptors again, and an event that was on its way to an old one can wake
// a wait for a new one: whether the process has really ended is for the kernel to say.
void Process::Running::await_end() {
    process_.async_wait(Pipe::wait_read, [self = shared_from_this()](boost::system::error_code failure) {
        if (failure) return;
        pollfd end{self->process_.native_handle(), POLLIN, 0};
        if (::poll(&end, 1, 0) == 0)
            self->await_end();
        else
            self->ended();
    });
}

void Process::Running::watch(Output& output) {
    output.pipe.async_wait(Pipe::wait_read,
                           [self = shared_from_this(), &output](boost::system::error_code failure) {
                               if (!failure && !self->done_) self->readable(output);
                           });
}

void Process::Running::readable(Output& output) {
    // Not for ever: other processes' output waits for this thread.
    std::size_t turn = std::size_t{1} << 18;
    Got got = Got::bytes;
    while (turn > 0 && got == Got::bytes) got = read_once(output, turn);
    if (got != Got::end) watch(output);
}

// Reads once, at most `limit` bytes, which it lowers. At the end of the stream the pipe is closed.
Process::Running::Got Process::Running::read_once(Output& output, std::size_t& limit) {
    char buffer[16384];
    ssize_t size = 0;
    do size = ::read(output.pipe.native_handle(), buffer, std::min(limit, sizeof buffer));
    while (size < 0 && errno == EINTR);
    if (size < 0 && errno == EAGAIN) return Got::nothing;
    if (size <= 0) {
        boost::system::error_code ignored;
        output.pipe.close(ignored);
        return Got::end;
    }
    limit -= static_cast<std::size_t>(size);
    deliver(output, std::string_view(buffer, static_cast<std::size_t>(size)));
    return Got::bytes;
}

void Process::Running::deliver(Output& output, std::string_view bytes) {
    append(log_, spec_.log, bytes);
    if (output.stream == Stream::out) {
        append(out_log_, spec_.out_log, bytes);
        std::size_t room = spec_.max_captured - std::min(spec_.max_captured, status_.captured.size());
        status_.captured.append(bytes.substr(0, room));
        if (bytes.size() > room) status_.truncated = true;
    } else if (helper_.is_open() && helper_error_.size() < 1024) {
        helper_error_.append(bytes.substr(0, 1024));
    }
    if (spec_.on_line)
        output.lines.feed(bytes, [&](std::string_view line) { spec_.on_line(output.stream, line); });
}

void Process::Running::append(process::Descriptor& log, const std::filesystem::path& path,
                              std::string_view bytes) {
    while (log && !bytes.empty()) {
        ssize_t size = ::write(log.get(), bytes.data(), bytes.size());
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) {
            if (status_.log_error.empty())
                status_.log_error =
                    "cannot write \"" + path.string() + "\": " + std::generic_category().message(errno);
            log.reset();
            return;
        }
        bytes.remove_prefix(static_cast<std::size_t>(size));
    }
}

void Process::Running::read_helper() {
    if (!helper_.is_open()) return;
    char buffer[512];
    for (;;) {
        ssize_t size = ::read(helper_.native_handle(), buffer, sizeof buffer);
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0) return;
        account_.append(buffer, static_cast<std::size_t>(size));
    }
}

void Process::Running::request(int signal) {
    int before = wanted_.load();
    while (before != SIGKILL && before != signal && !wanted_.compare_exchange_weak(before, signal)) {
    }
    asio::dispatch(strand_, [self = shared_from_this()] { self->act(); });
}

// Sends what has been asked for and not yet been sent.
void Process::Running::act() {
    int wanted = wanted_.load();
    if (!process_.is_open() || wanted == 0 || sent_ == SIGKILL || sent_ == wanted) return;
    if (wanted == SIGTERM && helper_.is_open()) {
        read_helper();
        if (process::read_account(account_).child == 0) {  // not told yet: come back when it is
            helper_.async_wait(Pipe::wait_read,
                               [self = shared_from_this()](boost::system::error_code failure) {
                                   if (!failure && !self->done_) self->act();
                               });
            return;
        }
    }
    sent_ = wanted;
    signal_group(wanted);
    if (wanted != SIGTERM) return;
    grace_.expires_after(spec_.termination_grace);
    grace_.async_wait([self = shared_from_this()](boost::system::error_code failure) {
        if (!failure) self->request(SIGKILL);
    });
}

// The process has not been reaped, so its id, which names its group too, is still its own.
void Process::Running::signal_group(int signal) {
    const pid_t group = id_.load(std::memory_order_relaxed);
    if (helper_.is_open()) {
        read_helper();
        const pid_t inside = process::read_account(account_).child;
        // No group yet: the program has not begun, and there is nothing to end gently.
        const bool reached = inside > 0 && ::kill(-inside, signal) == 0;
        if (reached && signal == SIGTERM) return;
        signal = SIGKILL;
    }
    ::kill(-group, signal);
}

void Process::Running::ended() {
    boost::system::error_code ignored;
    // First the group, whose id is certain while its leader is not reaped; what it wrote is in the pipes.
    signal_group(SIGKILL);
    read_helper();
    const bool known = process::reap(id(), process_.native_handle(), status_.code, status_.signal);
    runs_ = false;
    drain(out_);
    drain(err_);
    if (!known) {
        status_.code = 128;
        status_.error =
            "the exit status is lost: another part of this program waits for all children or ignores "
            "SIGCHLD";
    } else if (helper_.is_open() && status_.signal == 0 && !process::read_account(account_).ended) {
        while (helper_error_.ends_with('\n')) helper_error_.pop_back();
        status_.code = 128;
        // Our signal met what bubblewrap had made before it became the program: that was its end.
        if (sent_ != 0 && helper_error_.empty())
            status_.code += sent_;
        else
            status_.error = "bubblewrap could not give the process files of its own: " + helper_error_;
    }
    process_.close(ignored);
    helper_.close(ignored);
    grace_.cancel();
    finish();
}

// A descendant outside the group may hold the pipe open and go on writing: only what is there now counts.
void Process::Running::drain(Output& output) {
    if (!output.pipe.is_open()) return;
    int left = 0;
    ::ioctl(output.pipe.native_handle(), FIONREAD, &left);
    for (std::size_t limit = static_cast<std::size_t>(left); limit > 0;)
        if (read_once(output, limit) != Got::bytes) break;
    boost::system::error_code ignored;
    output.pipe.close(ignored);
}

void Process::Running::finish() {
    for (Output* output : {&out_, &err_})
        if (spec_.on_line)
            output->lines.finish([&](std::string_view line) { spec_.on_line(output->stream, line); });
    done_ = true;
    log_.reset();
    out_log_.reset();
    spec_.on_line = nullptr;  // it may hold its owner
    std::vector<Waiter> waiters;
    waiters.swap(waiters_);
    for (Waiter& waiter : waiters) complete(std::move(waiter.handler));
}

void Process::Running::complete(Handler handler) {
    asio::post(executor_, asio::append(std::move(handler), status_));
}

void Process::Running::wait(Handler handler) {
    if (auto slot = asio::get_associated_cancellation_slot(handler); slot.is_connected()) {
        slot.assign([weak = weak_from_this()](asio::cancellation_type type) {
            auto self = weak.lock();
            if (!self || type == asio::cancellation_type::none) return;
            const bool gently =
                (type & (asio::cancellation_type::total | asio::cancellation_type::partial)) !=
                asio::cancellation_type::none;
            self->request(gently ? SIGTERM : SIGKILL);
        });
    }
    asio::any_completion_executor work = tracked(asio::get_associated_executor(handler, executor_));
    asio::dispatch(
        strand_, [self = shared_from_this(), handler = std::move(handler), work = std::move(work)]() mutable {
            if (self->done_)
                self->complete(std::move(handler));
            else
                self->waiters_.push_back({std::move(handler), std::move(work)});
        });
}

void Process::Running::abandon() noexcept {
    // A handler that is still on its way to the strand is safe with the context; only the starter is not.
    if (!handed_over_->load()) {
        int none = 0;
        wanted_.compare_exchange_strong(none, SIGKILL);
        handed_over_->wait(false);
    }
    if (id() == 0) return;
    try {
        request(SIGKILL);
    } catch (...) {  // no memory for the request: the group is killed when the last reference goes
    }
}

}  // namespace tiphys::local
