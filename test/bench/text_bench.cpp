// SPDX-License-Identifier: Apache-2.0
#include <tiphys/text/text.hpp>

#include <boost/json.hpp>

#include <yaml.h>

#include <memory>
#include <stdexcept>

#include "bench/bench.hpp"
#include "support/large_documents.hpp"

/// Reading and writing manifests, beside Boost.JSON's values and libyaml's bare events.
namespace tiphys::bench {
namespace {

using Make = model::Workflow (*)(int);

void read_our_json(benchmark::State& state, Make make, int size) {
    const std::string text = to_json(make(size));
    for (auto _ : state) benchmark::DoNotOptimize(read_json<model::Workflow>(text));
    state.counters["MB"] = static_cast<double>(text.size()) / 1e6;
}

void read_boost_json(benchmark::State& state, Make make, int size) {
    const std::string text = to_json(make(size));
    for (auto _ : state) benchmark::DoNotOptimize(boost::json::parse(text));
}

// Both write what they read from one text, as a service does that passes a server's answer on: the values lie
// in memory in the order of the text.
void write_our_json(benchmark::State& state, Make make, int size) {
    const auto model = read_json<model::Workflow>(to_json(make(size)));
    for (auto _ : state) benchmark::DoNotOptimize(to_json(model));
}

void write_boost_json(benchmark::State& state, Make make, int size) {
    const boost::json::value value = boost::json::parse(to_json(make(size)));
    for (auto _ : state) benchmark::DoNotOptimize(boost::json::serialize(value));
}

void read_our_yaml(benchmark::State& state, Make make, int size) {
    const std::string text = to_yaml(make(size));
    for (auto _ : state) benchmark::DoNotOptimize(read_yaml<model::Workflow>(text));
    state.counters["MB"] = static_cast<double>(text.size()) / 1e6;
}

std::size_t events_of(const std::string& text) {
    yaml_parser_t parser;
    if (yaml_parser_initialize(&parser) == 0) throw std::bad_alloc();
    const std::unique_ptr<yaml_parser_t, void (*)(yaml_parser_t*)> ends(&parser, yaml_parser_delete);
    yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    for (std::size_t count = 0;; ++count) {
        yaml_event_t event;
        if (yaml_parser_parse(&parser, &event) == 0) throw std::logic_error("the benchmark's YAML is wrong");
        const bool is_last = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        if (is_last) return count;
    }
}

void read_libyaml(benchmark::State& state, Make make, int size) {
    const std::string text = to_yaml(make(size));
    for (auto _ : state) benchmark::DoNotOptimize(events_of(text));
}

void write_our_yaml(benchmark::State& state, Make make, int size) {
    const auto model = make(size);
    for (auto _ : state) benchmark::DoNotOptimize(to_yaml(model));
}

}  // namespace

void add_text(bool once) {
    const int size = once ? 100 : 10'000;
    for (const auto& [what, make] : {std::pair(" tasks of a dag", &test::large_dag),
                                     std::pair(" nodes of a status", &test::large_status)}) {
        const std::string row = std::to_string(size) + what;
        const auto add = [&](const std::string& name, auto* function) {
            steady_iterations(benchmark::RegisterBenchmark(name.c_str(), function, make, size), once);
        };
        add("JSON to model, " + row + ours, &read_our_json);
        add("JSON to model, " + row + other, &read_boost_json);
        add("model to JSON, " + row + ours, &write_our_json);
        add("model to JSON, " + row + other, &write_boost_json);
        add("YAML to model, " + row + ours, &read_our_yaml);
        add("YAML to model, " + row + other, &read_libyaml);
        add("model to YAML, " + row, &write_our_yaml);
    }
}

}  // namespace tiphys::bench
