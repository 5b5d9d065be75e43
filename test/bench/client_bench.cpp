// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/build.hpp>
#include <tiphys/client/client.hpp>
#include <tiphys/text/text.hpp>

#include <boost/asio/io_context.hpp>

#include <malloc.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "bench/answer_server.hpp"
#include "bench/bench.hpp"

namespace tiphys::bench {

namespace {

constexpr unsigned connections = 64;

model::Workflow small() {
    model::Workflow workflow = Workflow("hello-")
                                   .namespace_("default")
                                   .entrypoint("main")
                                   .container("main", Container("busybox").command("echo", "hello"))
                                   .model();
    return workflow;
}

std::string answer() {
    model::Workflow created = small();
    created.metadata.name = "hello-x7k2p";
    return to_json(created);
}

/// As many creations as asked for, `connections` of them at any time.
struct Load {
    const Client& client;
    const model::Workflow& workflow;
    int to_start;

    void start() {
        if (to_start == 0) return;
        --to_start;
        client.async_create(workflow, [this](std::exception_ptr failed, const SubmittedWorkflow&) {
            if (failed) std::rethrow_exception(failed);
            start();
        });
    }
};

void ours_posts(benchmark::State& state, int requests) {
    const AnswerServer server(answer());
    boost::asio::io_context context(1);
    ClientOptions options;
    options.server = server.address();
    options.secure = false;
    options.connections = connections;
    const Client client(context.get_executor(), options);
    const model::Workflow workflow = small();
    const auto run = [&](int count) {
        Load load{client, workflow, count};
        for (unsigned i = 0; i < connections; ++i) load.start();
        context.restart();
        context.run();
    };
    run(requests / 10 + 1);
    const std::size_t warm = mallinfo2().uordblks;
    for (auto _ : state) run(requests);
    // What the requests left behind: of any number of them, nothing is to stay.
    state.counters["bytes_kept"] = static_cast<double>(mallinfo2().uordblks) - static_cast<double>(warm);
}

/// wrk's requests per second, against the same server and with the same request; 0 if there is no wrk.
double wrk(const std::string& address, int seconds) {
    const auto script =
        std::filesystem::temp_directory_path() / ("tiphys-bench-" + std::to_string(getpid()) + ".lua");
    std::ofstream(script)
        << "wrk.method = \"POST\"\nwrk.path = \"/api/v1/workflows/default\"\n"
        << "wrk.headers[\"Content-Type\"] = \"application/json\"\nwrk.body = [[{\"workflow\":"
        << to_json(small()) << "}]]\n";
    const std::string command = "wrk -t1 -c" + std::to_string(connections) + " -d" + std::to_string(seconds) +
                                "s -s " + script.string() + " http://" + address + " 2>/dev/null";
    double rate = 0;
    if (FILE* out = popen(command.c_str(), "r")) {
        char line[256];
        while (std::fgets(line, sizeof line, out) != nullptr) std::sscanf(line, "Requests/sec: %lf", &rate);
        pclose(out);
    }
    std::filesystem::remove(script);
    return rate;
}

void wrk_posts(benchmark::State& state, int requests) {
    const AnswerServer server(answer());
    for (auto _ : state) {
        const double rate = wrk(server.address(), requests < 1000 ? 1 : 4);
        if (rate == 0) {
            state.SkipWithError("no wrk on this machine (apt-get install wrk)");
            break;
        }
        state.SetIterationTime(requests / rate);
    }
}

}  // namespace

void add_client(bool once) {
    const int requests = once ? 200 : 50'000;
    const std::string row = "client, " + std::to_string(requests) + " small POSTs";
    // Real time: the server's process does half of the work.
    iterations(benchmark::RegisterBenchmark((row + ours).c_str(), &ours_posts, requests)->UseRealTime(),
               once);
    benchmark::RegisterBenchmark((row + other).c_str(), &wrk_posts, requests)
        ->Unit(benchmark::kMillisecond)
        ->UseManualTime()
        ->Iterations(1);
}

}  // namespace tiphys::bench
