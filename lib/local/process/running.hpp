// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/local/process/process.hpp>

#include <boost/asio/any_completion_executor.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <atomic>
#include <csignal>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "descriptor.hpp"
#include "lines.hpp"
#include "start.hpp"

namespace tiphys::local {

/// A process from its start to its end. All but the named functions runs on `strand_`.
class Process::Running : public std::enable_shared_from_this<Process::Running> {
public:
    Running(boost::asio::any_io_executor executor, ProcessSpec spec);
    ~Running();

    void begin();
    void wait(Handler handler);  ///< from any thread
    void request(int signal);    ///< SIGTERM or SIGKILL, from any thread
    void abandon() noexcept;     ///< the handle is gone, from any thread
    int id() const noexcept { return id_.load(std::memory_order_relaxed); }

private:
    using Strand = boost::asio::strand<boost::asio::any_io_executor>;
    using Pipe = boost::asio::posix::basic_stream_descriptor<Strand>;
    using Timer =
        boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                          boost::asio::wait_traits<std::chrono::steady_clock>, Strand>;

    struct Output {
        Output(const Strand& strand, Stream which)
            : stream(which), pipe(strand), lines(ProcessSpec::max_line) {}
        Stream stream;
        Pipe pipe;
        process::Lines lines;
    };

    enum class Got : unsigned char { bytes, nothing, end };

    void start();
    void started();
    void open_logs();
    void watch(Output& output);
    void readable(Output& output);
    Got read_once(Output& output, std::size_t& limit);
    void deliver(Output& output, std::string_view bytes);
    void append(process::Descriptor& log, const std::filesystem::path& path, std::string_view bytes);
    void read_helper();
    void act();
    void signal_group(int signal);
    void await_end();
    void ended();
    void drain(Output& output);
    void finish();
    void complete(Handler handler);

    boost::asio::any_io_executor executor_;
    Strand strand_;
    ProcessSpec spec_;
    std::vector<std::string> environment_;
    Output out_;
    Output err_;
    Pipe process_;
    Pipe helper_;
    std::string account_;
    std::string helper_error_;
    Timer grace_;
    process::Descriptor log_;
    process::Descriptor out_log_;
    ExitStatus status_;
    process::Started start_;  ///< by the starter; its descriptors move to the pipes
    bool runs_ = false;       ///< started and not reaped
    bool done_ = false;
    int sent_ = 0;  ///< the strongest signal sent: 0, SIGTERM, SIGKILL

    struct Waiter {
        Handler handler;
        boost::asio::any_completion_executor work;  ///< the handler's context does not run out of work
    };
    std::vector<Waiter> waiters_;

    std::atomic<int> wanted_{0};  ///< the strongest signal asked for
    std::atomic<int> id_{0};
    /// Set when the starter has no further use of this and of the executor; outlives both.
    std::shared_ptr<std::atomic<bool>> handed_over_ = std::make_shared<std::atomic<bool>>(false);
};

}  // namespace tiphys::local
