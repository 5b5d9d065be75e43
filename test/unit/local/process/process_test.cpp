// SPDX-License-Identifier: Apache-2.0
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <sys/stat.h>

#include <csignal>
#include <future>
#include <thread>

#include "fixture.hpp"

namespace tiphys::local::test {
namespace {

namespace asio = boost::asio;

TEST_F(ProcessTest, ExitCodes) {
    EXPECT_EQ(run(shell("exit 0")).status.code, 0);
    EXPECT_EQ(run(shell("exit 3")).status.code, 3);
    EXPECT_EQ(run(shell("exit 255")).status.code, 255);
    EXPECT_TRUE(run(shell("exit 0")).status.succeeded());
    EXPECT_FALSE(run(shell("exit 3")).status.succeeded());
}

TEST_F(ProcessTest, Signals) {
    Outcome outcome = run(shell("kill -SEGV $$"));
    EXPECT_EQ(outcome.status.signal, SIGSEGV);
    EXPECT_EQ(outcome.status.code, 128 + SIGSEGV);
    EXPECT_TRUE(outcome.status.started());
}

TEST_F(ProcessTest, LinesOfBothStreamsInOrder) {
    Outcome outcome = run(shell("i=0; while [ $i -lt 500 ]; do echo o$i; echo e$i >&2; i=$((i+1)); done"));
    Lines out, err;
    for (int i = 0; i < 500; ++i) {
        out.push_back("o" + std::to_string(i));
        err.push_back("e" + std::to_string(i));
    }
    EXPECT_EQ(outcome.out, out);
    EXPECT_EQ(outcome.err, err);
}

TEST_F(ProcessTest, LastLineWithoutNewline) {
    EXPECT_EQ(run(shell("printf 'a\\nb'")).out, (Lines{"a", "b"}));
    EXPECT_EQ(run(shell("printf '\\n'")).out, Lines{""});
    EXPECT_EQ(run(shell(":")).out, Lines{});
}

TEST_F(ProcessTest, BinaryOutput) {
    Outcome outcome = run(shell("printf 'a\\000b\\377\\n\\000'"));
    EXPECT_EQ(outcome.out, (Lines{std::string("a\0b\xff", 4), std::string("\0", 1)}));
    EXPECT_EQ(outcome.status.captured, std::string("a\0b\xff\n\0", 6));
}

TEST_F(ProcessTest, BigOutputIsCompleteAndCaptureIsBounded) {
    Folder folder;
    constexpr std::size_t size = 10'000'000;
    ProcessSpec spec = shell("yes 0123456 | head -c 10000000");
    spec.out_log = folder / "out.log";
    Outcome outcome = run(spec);
    EXPECT_EQ(outcome.out.size(), size / 8);
    EXPECT_EQ(std::filesystem::file_size(spec.out_log), size);
    EXPECT_EQ(outcome.status.captured.size(), spec.max_captured);
    EXPECT_TRUE(outcome.status.truncated);

    spec.max_captured = size;
    outcome = run(spec);
    EXPECT_EQ(outcome.status.captured.size(), size);
    EXPECT_FALSE(outcome.status.truncated);
}

TEST_F(ProcessTest, OverlongLineArrivesInPieces) {
    Outcome outcome = run(shell("head -c 2500000 /dev/zero | tr '\\0' x; echo; echo end"));
    ASSERT_EQ(outcome.out.size(), 4U);
    EXPECT_EQ(outcome.out[0].size(), ProcessSpec::max_line);
    EXPECT_EQ(outcome.out[1].size(), ProcessSpec::max_line);
    EXPECT_EQ(outcome.out[2].size(), 2500000 - 2 * ProcessSpec::max_line);
    EXPECT_EQ(outcome.out[3], "end");
}

TEST_F(ProcessTest, LogsAreAppended) {
    Folder folder;
    ProcessSpec spec = shell("echo one; echo two >&2");
    spec.log = folder / "main.log";
    spec.out_log = folder / "out.log";
    std::ofstream(spec.log) << "before\n";
    EXPECT_EQ(run(spec).status.log_error, "");
    EXPECT_EQ(contents(spec.out_log), "one\n");
    const std::string both = contents(spec.log);
    EXPECT_TRUE(both == "before\none\ntwo\n" || both == "before\ntwo\none\n") << both;
}

TEST_F(ProcessTest, AnUnwritableLogIsToldAndDoesNotStopTheProcess) {
    ProcessSpec spec = shell("echo one");
    spec.log = "/no/such/folder/main.log";
    Outcome outcome = run(spec);
    EXPECT_EQ(outcome.status.log_error,
              "cannot open \"/no/such/folder/main.log\": No such file or directory");
    EXPECT_EQ(outcome.out, Lines{"one"});
    EXPECT_TRUE(outcome.status.succeeded());
    if (!std::filesystem::exists("/dev/full")) return;
    spec.log = "/dev/full";
    EXPECT_EQ(run(spec).status.log_error, "cannot write \"/dev/full\": No space left on device");
}

TEST_F(ProcessTest, TwoHundredAtOnce) {
    boost::asio::io_context context;
    std::vector<Process> processes;
    std::vector<int> codes(200, -1);
    std::vector<std::string> outputs(200);
    for (int i = 0; i < 200; ++i) {
        ProcessSpec spec = shell("echo " + std::to_string(i) + "; exit " + std::to_string(i));
        processes.push_back(Process::start(context.get_executor(), std::move(spec)));
        processes.back().async_wait([&, i](const ExitStatus& status) {
            auto at = static_cast<std::size_t>(i);
            codes[at] = status.code;
            outputs[at] = status.captured + status.error;
        });
    }
    context.run();
    for (int i = 0; i < 200; ++i) {
        EXPECT_EQ(codes[static_cast<std::size_t>(i)], i);
        EXPECT_EQ(outputs[static_cast<std::size_t>(i)], std::to_string(i) + "\n");
    }
}

// Handlers of one process do not overlap on an executor with several threads.
TEST_F(ProcessTest, SeveralThreads) {
    asio::thread_pool pool(4);
    struct Seen {
        std::vector<int> numbers;
        std::promise<std::size_t> done;
    };
    std::vector<Seen> seen(8);
    std::vector<Process> processes;
    for (Seen& mine : seen) {
        ProcessSpec spec = shell("i=0; while [ $i -lt 300 ]; do echo $i; echo $i >&2; i=$((i+1)); done");
        spec.on_line = [&mine](Stream, std::string_view line) {
            mine.numbers.push_back(std::stoi(std::string(line)));
        };
        processes.push_back(Process::start(pool.get_executor(), std::move(spec)));
        processes.back().async_wait([&mine](const ExitStatus&) { mine.done.set_value(mine.numbers.size()); });
    }
    for (Seen& mine : seen) EXPECT_EQ(mine.done.get_future().get(), 600U);
    pool.join();
}

TEST_F(ProcessTest, AnyCompletionToken) {
    asio::io_context context;
    Process process = Process::start(context.get_executor(), shell("exit 5"));
    int awaited = 0;
    asio::co_spawn(
        context,
        [&]() -> asio::awaitable<void> {
            ExitStatus status = co_await process.async_wait(asio::use_awaitable);
            awaited = status.code;
        },
        asio::detached);
    std::future<ExitStatus> future = process.async_wait(asio::use_future);
    context.run();
    EXPECT_EQ(awaited, 5);
    EXPECT_EQ(future.get().code, 5);

    int late = 0;
    process.async_wait([&](const ExitStatus& status) { late = status.code; });
    context.restart();
    context.run();
    EXPECT_EQ(late, 5);
}

TEST_F(ProcessTest, TheHandlerRunsOnItsOwnExecutor) {
    asio::io_context processes, handlers;
    Process process = Process::start(processes.get_executor(), shell("exit 5"));
    std::thread::id ran_on;
    process.async_wait(asio::bind_executor(handlers.get_executor(),
                                           [&](const ExitStatus&) { ran_on = std::this_thread::get_id(); }));
    std::thread::id other;
    std::thread thread([&] {
        other = std::this_thread::get_id();
        handlers.run();  // has work until the handler has run
    });
    processes.run();
    thread.join();
    EXPECT_EQ(ran_on, other);
}

// PDEATHSIG goes by the thread that made the child: not the one that asked for it.
TEST_F(ProcessTest, OutlivesTheThreadThatStartedIt) {
    Folder folder;
    const std::string fifo = (folder / "fifo").string();
    ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    asio::io_context context;
    Process process;
    std::thread([&] {
        process = Process::start(context.get_executor(), shell("read x < " + fifo + "; exit 7"));
    }).join();
    int code = -1;
    process.async_wait([&](const ExitStatus& status) { code = status.code; });
    std::thread writer([&] { std::ofstream(fifo) << "go\n"; });
    context.run();
    writer.join();
    EXPECT_EQ(code, 7);
}

// A descendant that left the group keeps the pipe open: the end is told all the same, with the output so far.
TEST_F(ProcessTest, AnOpenPipeDoesNotDelayTheEnd) {
    Outcome outcome = run(shell("setsid sleep 1000 & echo $!; exit 6"));
    EXPECT_EQ(outcome.status.code, 6);
    ASSERT_EQ(outcome.out.size(), 1U);
    const pid_t left = std::stoi(outcome.out[0]);
    ::kill(left, SIGKILL);
    EXPECT_TRUE(dies(left));
}

TEST_F(ProcessTest, IdentifiesItself) {
    asio::io_context context;
    Process process = Process::start(context.get_executor(), shell("echo $$"));
    ExitStatus ended;
    process.async_wait([&](ExitStatus status) { ended = std::move(status); });
    context.run();
    EXPECT_EQ(ended.captured, std::to_string(process.id()) + "\n");
    EXPECT_EQ(Process().id(), 0);
}

}  // namespace
}  // namespace tiphys::local::test
