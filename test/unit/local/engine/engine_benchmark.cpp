// SPDX-License-Identifier: Apache-2.0
// What the engine costs beside the bare processes: engine_benchmark [tasks] [at once]
//
// Runs a dag of tasks that do nothing, side by side and in a chain, and starts as many processes with the
// same means; prints the ratio of the times, and what the engine itself used of the processor per task.
#include <tiphys/local/engine.hpp>
#include <tiphys/local/process/process.hpp>
#include <tiphys/local/process/sandbox.hpp>

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace {

using namespace tiphys;
using Clock = std::chrono::steady_clock;

double seconds(Clock::duration duration) { return std::chrono::duration<double>(duration).count(); }

struct Cost {
    double wall;
    double processor;
};

Cost run_processes(int tasks, int at_once, const std::filesystem::path& folder) {
    boost::asio::io_context context;
    const auto begin = Clock::now();
    const std::clock_t used = std::clock();
    std::vector<local::Process> running(static_cast<std::size_t>(tasks));
    int next = 0;
    std::function<void()> start = [&] {
        if (next == tasks) return;
        local::ProcessSpec spec;
        spec.argv = {"true"};
        if (local::Sandbox::probe()) {
            spec.isolation = local::Isolation::private_files;
            spec.private_root = folder / std::to_string(next);
            spec.private_directories = {"/tmp"};
        }
        auto& process = running[static_cast<std::size_t>(next++)];
        process = local::Process::start(context.get_executor(), spec);
        process.async_wait([&, root = spec.private_root](local::ExitStatus) {
            std::error_code ignored;
            if (!root.empty()) std::filesystem::remove_all(root, ignored);
            start();
        });
    };
    for (int i = 0; i < at_once; ++i) start();
    context.run();
    return {seconds(Clock::now() - begin), double(std::clock() - used) / CLOCKS_PER_SEC};
}

Cost run_engine(int tasks, int at_once, bool chain, const std::filesystem::path& folder) {
    model::Workflow workflow;
    workflow.metadata.generateName = "bench-";
    workflow.spec.entrypoint = "main";
    auto& main = workflow.spec.templates.emplace_back();
    main.name = "main";
    auto& dag = main.dag.ensure();
    for (int i = 0; i < tasks; ++i) {
        auto& task = dag.tasks.emplace_back();
        task.name = "t" + std::to_string(i);
        task.template_ = "work";
        if (chain && i > 0) task.depends = "t" + std::to_string(i - 1);
        auto& argument = task.arguments.ensure().parameters.emplace_back();
        argument.name = "n";
        argument.value = std::to_string(i);
    }
    auto& work = workflow.spec.templates.emplace_back();
    work.name = "work";
    work.inputs.ensure().parameters.emplace_back().name = "n";
    work.container.ensure().command.push_back("true");
    work.container->args.push_back("{{inputs.parameters.n}}");

    boost::asio::io_context context;
    local::EngineOptions options;
    options.directory = folder;
    options.parallelism = static_cast<unsigned>(at_once);
    local::Engine engine(context.get_executor(), options);
    const auto begin = Clock::now();
    const std::clock_t used = std::clock();
    const std::string name = engine.create("default", std::move(workflow)).metadata.name.string();
    context.run();
    const Cost cost{seconds(Clock::now() - begin), double(std::clock() - used) / CLOCKS_PER_SEC};
    const model::Workflow& done = *engine.get("default", name);
    if (done.status->phase != "Succeeded" ||
        done.status->nodes.size() != static_cast<std::size_t>(tasks) + 1) {
        std::fprintf(stderr, "the workflow is %s with %zu nodes\n", done.status->phase.string().c_str(),
                     done.status->nodes.size());
        std::exit(1);
    }
    return cost;
}

}  // namespace

int main(int count, char** words) {
    const int tasks = count > 1 ? std::atoi(words[1]) : 1000;
    const int at_once = count > 2 ? std::atoi(words[2]) : 4;
    std::string folder = (std::filesystem::temp_directory_path() / "tiphys-bench-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) return 1;
    const Cost bare = run_processes(tasks, at_once, folder);
    const Cost wide = run_engine(tasks, at_once, false, folder);
    const Cost bare_chain = run_processes(tasks, 1, folder);
    const Cost chain = run_engine(tasks, at_once, true, folder);
    std::filesystem::remove_all(folder);
    const double each = 1e6 / tasks;
    std::printf("%d tasks            bare        engine      ratio   engine's own processor time\n", tasks);
    std::printf("side by side, %d   %6.0f us    %6.0f us    %.2f    %.0f us a task\n", at_once,
                bare.wall * each, wide.wall * each, wide.wall / bare.wall,
                (wide.processor - bare.processor) * each);
    std::printf("in a chain        %6.0f us    %6.0f us    %.2f    %.0f us a task\n", bare_chain.wall * each,
                chain.wall * each, chain.wall / bare_chain.wall,
                (chain.processor - bare_chain.processor) * each);
    return 0;
}
