// SPDX-License-Identifier: Apache-2.0
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <csignal>
#include <optional>
#include <thread>

#include "fixture.hpp"

namespace tiphys::local::test {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;

class SignalTest : public ProcessTest {
protected:
    // Runs `script`, calls `act` at its first line of output and gives the end.
    template <class Act>
    ExitStatus act_on(std::string script, milliseconds grace, Act act) {
        asio::io_context context;
        ProcessSpec spec = shell(std::move(script));
        spec.termination_grace = grace;
        Process process;
        first_.clear();
        spec.on_line = [&](Stream, std::string_view line) {
            if (first_.empty()) {
                first_ = line;
                act(process);
            }
        };
        process = Process::start(context.get_executor(), std::move(spec));
        std::optional<ExitStatus> end;
        process.async_wait([&](ExitStatus status) { end = std::move(status); });
        context.run();
        if (other_.joinable()) other_.join();  // before what it uses goes
        return end.value();
    }
    std::string first_;
    std::thread other_;
};

constexpr milliseconds long_grace{600000};

TEST_F(SignalTest, TerminateEndsItGently) {
    ExitStatus end = act_on("trap 'echo bye; exit 9' TERM; echo ready; sleep 1000 & wait", long_grace,
                            [](Process& process) { process.terminate(); });
    EXPECT_EQ(end.code, 9);
    EXPECT_EQ(end.captured, "ready\nbye\n");

    end = act_on("echo ready; exec sleep 1000", long_grace, [](Process& process) { process.terminate(); });
    EXPECT_EQ(end.signal, SIGTERM);
    EXPECT_EQ(end.code, 143);
}

TEST_F(SignalTest, TerminateReachesTheWholeGroup) {
    ExitStatus end = act_on("sh -c 'echo $$; exec sleep 1000' & wait $!; echo child $?; exit 2", long_grace,
                            [](Process& process) { process.terminate(); });
    EXPECT_EQ(end.signal, SIGTERM);
    EXPECT_TRUE(dies(std::stoi(first_)));
}

TEST_F(SignalTest, KilledAfterTheGrace) {
    ExitStatus end = act_on("trap '' TERM; echo ready; sleep 1000; echo never", milliseconds(20),
                            [](Process& process) { process.terminate(); });
    EXPECT_EQ(end.signal, SIGKILL);
    EXPECT_EQ(end.code, 137);
    EXPECT_EQ(end.captured, "ready\n");
}

TEST_F(SignalTest, AGrandchildThatIgnoresSigtermDiesToo) {
    // Long enough for the main process to die of SIGTERM on a busy machine.
    ExitStatus end = act_on("(trap '' TERM; sh -c 'echo $$; exec sleep 1000'); echo never",
                            milliseconds(1000), [](Process& process) { process.terminate(); });
    EXPECT_EQ(end.signal, SIGTERM);
    EXPECT_TRUE(dies(std::stoi(first_)));
}

TEST_F(SignalTest, AGrandchildDiesWithTheMainProcess) {
    Outcome outcome = run(shell(
        "sleep 1000 & echo $!; until tr '\\0' ' ' < /proc/$!/cmdline | grep -q sleep; do :; done; exit 3"));
    EXPECT_EQ(outcome.status.code, 3);
    ASSERT_EQ(outcome.out.size(), 1U);
    EXPECT_TRUE(dies(std::stoi(outcome.out[0])));
}

TEST_F(SignalTest, Kill) {
    ExitStatus end = act_on("trap '' TERM; echo ready; sleep 1000", long_grace, [](Process& process) {
        process.terminate();
        process.kill();
    });
    EXPECT_EQ(end.signal, SIGKILL);
}

TEST_F(SignalTest, KillFromAnotherThread) {
    ExitStatus end = act_on("echo ready; exec sleep 1000", long_grace,
                            [&](Process& process) { other_ = std::thread([&process] { process.kill(); }); });
    EXPECT_EQ(end.signal, SIGKILL);
}

TEST_F(SignalTest, TerminateBeforeItHasStarted) {
    asio::io_context context;
    Process process = Process::start(context.get_executor(), shell("exec sleep 1000"));
    process.terminate();
    ExitStatus end;
    process.async_wait([&](ExitStatus status) { end = std::move(status); });
    context.run();
    EXPECT_EQ(end.code, 143);
    EXPECT_EQ(end.signal, SIGTERM);
}

TEST_F(SignalTest, CancellingTheWaitEndsTheProcess) {
    for (auto [type, signal] : {std::pair(asio::cancellation_type::terminal, SIGKILL),
                                std::pair(asio::cancellation_type::partial, SIGTERM),
                                std::pair(asio::cancellation_type::total, SIGTERM)}) {
        asio::io_context context;
        asio::cancellation_signal cancel;
        ProcessSpec spec = shell("echo ready; exec sleep 1000");
        auto how = type;
        spec.on_line = [&](Stream, std::string_view) { cancel.emit(how); };
        Process process = Process::start(context.get_executor(), std::move(spec));
        int completions = 0;
        ExitStatus end;
        process.async_wait(asio::bind_cancellation_slot(cancel.slot(), [&](ExitStatus status) {
            end = std::move(status);
            ++completions;
        }));
        context.run();
        EXPECT_EQ(completions, 1);
        EXPECT_EQ(end.signal, signal);
    }
}

TEST_F(SignalTest, DestroyingTheHandleKills) {
    asio::io_context context;
    std::optional<Process> process = Process::start(context.get_executor(), shell("exec sleep 1000"));
    ExitStatus end;
    process->async_wait([&](ExitStatus status) { end = std::move(status); });
    process.reset();
    context.run();
    EXPECT_EQ(end.signal, SIGKILL);
}

TEST_F(SignalTest, AContextThatNeverRuns) {
    for (int i = 0; i < 20; ++i) {
        asio::io_context context;
        Process process = Process::start(context.get_executor(), shell("exec sleep 1000"));
        process.async_wait([](const ExitStatus&) { FAIL(); });
        if (i % 2 == 0)
            while (process.id() == 0) std::this_thread::yield();
    }
    EXPECT_EQ(Process::live_count(), 0U);
}

TEST_F(SignalTest, AContextThatStopsHalfway) {
    asio::io_context context;
    ProcessSpec spec = shell("echo ready; exec sleep 1000");
    spec.on_line = [&](Stream, std::string_view) { context.stop(); };
    Process process = Process::start(context.get_executor(), std::move(spec));
    context.run();
    EXPECT_EQ(Process::live_count(), 1U);
}

// The helper starts a process and that another one, and is killed, which it cannot notice.
TEST_F(SignalTest, ChildrenDieWithTheProgram) {
    asio::io_context context;
    ProcessSpec spec;
    spec.argv = {TIPHYS_PROCESS_HELPER, "hold"};
    Process helper;
    std::vector<pid_t> descendants;
    spec.on_line = [&](Stream, std::string_view line) {
        descendants.push_back(std::stoi(std::string(line)));
        if (descendants.size() == 2) helper.kill();
    };
    helper = Process::start(context.get_executor(), std::move(spec));
    ExitStatus end;
    helper.async_wait([&](ExitStatus status) { end = std::move(status); });
    context.run();
    EXPECT_EQ(end.signal, SIGKILL) << end.error;
    ASSERT_EQ(descendants.size(), 2U);
    for (pid_t descendant : descendants) EXPECT_TRUE(dies(descendant));
}

}  // namespace
}  // namespace tiphys::local::test
