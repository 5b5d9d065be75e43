// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/build.hpp>
#include <tiphys/check/validate.hpp>
#include <tiphys/text/text.hpp>

#include <boost/json.hpp>

#include <stdexcept>

#include "bench/bench.hpp"

namespace tiphys::bench {

namespace {

std::string name(int i) {
    std::string digits = std::to_string(i);
    return "task-" + std::string(digits.size() < 5 ? 5 - digits.size() : 0, '0') + digits;
}

/// A dag of so many tasks as a program makes one: each with two arguments, a reference to another task's
/// output and two dependencies, every third written as a `depends` expression (as test/budget/recipe.sh).
Workflow large(int tasks) {
    Workflow workflow("large-");
    workflow.entrypoint("main").parameter("prefix", "shard");
    workflow.container("work", Container("alpine:3.23")
                                   .input("shard")
                                   .input("input")
                                   .command("sh", "-c",
                                            "echo {{workflow.parameters.prefix}} {{inputs.parameters.shard}} "
                                            "{{inputs.parameters.input}} >/tmp/output")
                                   .output("output", "/tmp/output"));
    auto dag = workflow.dag("main");
    for (int i = 0; i < tasks; ++i) {
        auto task = dag.task(name(i), "work");
        task.with("shard", i);
        if (i == 0) {
            task.with("input", "none");
            continue;
        }
        task.with("input", "{{tasks." + name(i - 1) + ".outputs.parameters.output}}");
        const std::string second = name(i == 1 ? 0 : i - 2);
        if (i == 1)
            task.after(second);
        else if (i % 3 != 0)
            task.after(name(i - 1), second);
        else
            task.depends(name(i - 1) + " && (" + second + ".Succeeded || " + second + ".Skipped)");
    }
    return workflow;
}

std::string document(int tasks) { return to_json(large(tasks)); }

/// As for a cluster whose etcd takes more than the default: 10,000 tasks are more than 1.5 MiB.
CheckOptions options() {
    CheckOptions made;
    made.disable("document.too-large");
    return made;
}

void build_validate_serialise(benchmark::State& state, int tasks) {
    std::size_t bytes = 0;
    for (auto _ : state) {
        const Workflow workflow = large(tasks);
        if (has_errors(validate(workflow.model(), {}, options())))
            throw std::logic_error("the benchmark's workflow is wrong");
        bytes = to_json(workflow).size();
    }
    state.counters["MB"] = static_cast<double>(bytes) / 1e6;
}

// The parts of the row above, to see where its time goes.
void build(benchmark::State& state, int tasks) {
    for (auto _ : state) benchmark::DoNotOptimize(large(tasks));
}

void judge(benchmark::State& state, int tasks) {
    const Workflow workflow = large(tasks);
    for (auto _ : state) benchmark::DoNotOptimize(validate(workflow.model(), {}, options()));
}

void write(benchmark::State& state, int tasks) {
    const Workflow workflow = large(tasks);
    for (auto _ : state) benchmark::DoNotOptimize(to_json(workflow));
}

void boost_serialize(benchmark::State& state, int tasks) {
    const auto value = boost::json::parse(document(tasks));
    for (auto _ : state) benchmark::DoNotOptimize(boost::json::serialize(value));
}

}  // namespace

void add_manifest(bool once) {
    const int tasks = once ? 100 : 10'000;
    const std::string all = "build, validate and write " + std::to_string(tasks) + " tasks";
    for (const auto& [row, function] :
         {std::pair(all + ours, &build_validate_serialise), std::pair(all + other, &boost_serialize),
          std::pair(all + "/build", &build), std::pair(all + "/validate", &judge),
          std::pair(all + "/write", &write)})
        steady_iterations(benchmark::RegisterBenchmark(row.c_str(), function, tasks), once);
}

}  // namespace tiphys::bench
