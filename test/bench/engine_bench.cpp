// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/build.hpp>
#include <tiphys/local/engine.hpp>

#include <boost/asio/io_context.hpp>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include "bench/bench.hpp"

namespace tiphys::bench {

namespace {

unsigned parallelism() { return std::max(2u, std::thread::hardware_concurrency()); }

/// A folder that goes with the value.
struct Scratch {
    Scratch() : path(std::filesystem::temp_directory_path() / ("tiphys-bench-" + std::to_string(getpid()))) {
        std::filesystem::create_directories(path);
    }
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    std::filesystem::path path;
};

Workflow trues(int tasks) {
    return Workflow("trues-")
        .entrypoint("main")
        .container("work", Container("none").command("true"))
        .dag("main")
        .task("each", "work")
        .with_sequence({.count = tasks});
}

void engine(benchmark::State& state, int tasks) {
    const Scratch scratch;
    const Workflow workflow = trues(tasks);
    for (auto _ : state) {
        boost::asio::io_context context;
        local::EngineOptions options;
        options.directory = scratch.path;
        options.parallelism = parallelism();
        local::Engine engine(context.get_executor(), options);
        str phase;
        engine.on_change([&](local::Change, const model::Workflow& changed) {
            if (!changed.status || !changed.status->finishedAt.has_value()) return;
            phase = changed.status->phase;
            context.stop();
        });
        engine.create("default", workflow.model());
        context.run();
        if (phase != "Succeeded") throw std::logic_error("the workflow ended as " + phase.string());
    }
    state.counters["us_per_task"] = benchmark::Counter(
        1e-6 * tasks, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void spawn(benchmark::State& state, int tasks) {
    char program[] = "true";
    char* const words[] = {program, nullptr};
    for (auto _ : state) {
        unsigned running = 0;
        for (int started = 0, ended = 0; ended < tasks;) {
            if (started < tasks && running < parallelism()) {
                pid_t child = 0;
                if (posix_spawnp(&child, program, nullptr, nullptr, words, environ) != 0)
                    throw std::runtime_error("cannot start true");
                ++started;
                ++running;
                continue;
            }
            int status = 0;
            if (wait(&status) < 0 || status != 0) throw std::runtime_error("true failed");
            --running;
            ++ended;
        }
    }
}

}  // namespace

void add_engine(bool once) {
    const int tasks = once ? 20 : 1000;
    const std::string row = "engine, " + std::to_string(tasks) + " tasks of true";
    for (const auto& [name, function] : {std::pair(row + ours, &engine), std::pair(row + other, &spawn)})
        iterations(benchmark::RegisterBenchmark(name.c_str(), function, tasks)->UseRealTime(), once);
    if (!once) {
        // Cost per task is to stay the same: 10,000 against ten times 1,000.
        iterations(
            benchmark::RegisterBenchmark("engine, 10000 tasks of true/ours", &engine, 10'000)->UseRealTime(),
            true);
        iterations(
            benchmark::RegisterBenchmark("engine, 10000 tasks of true/other", &spawn, 10'000)->UseRealTime(),
            true);
    }
}

}  // namespace tiphys::bench
