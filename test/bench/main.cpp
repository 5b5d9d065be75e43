// SPDX-License-Identifier: Apache-2.0
// The run-time benchmarks, each beside what it is compared with in the same run, and their ratios at the end.
//   tiphys_bench [--once] [Google Benchmark's options]
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <map>
#include <vector>

#include "bench/bench.hpp"

namespace tiphys::bench {

namespace {

struct Ratios : benchmark::ConsoleReporter {
    void ReportRuns(const std::vector<Run>& runs) override {
        ConsoleReporter::ReportRuns(runs);
        for (const Run& run : runs) {
            const std::string name = run.benchmark_name();
            for (const char* side : {ours, other})
                if (const auto at = name.find(side); at != std::string::npos && !run.error_occurred) {
                    const std::string row = name.substr(0, at);
                    if (times_.find(row) == times_.end()) rows_.push_back(row);
                    // Processor time, which a busy machine leaves alone, but where others work for us.
                    const bool real = name.ends_with("/real_time") || name.ends_with("/manual_time");
                    const double time = real ? run.GetAdjustedRealTime() : run.GetAdjustedCPUTime();
                    // Of repetitions the least counts: the others met with more of what else the machine did.
                    if (run.run_type != Run::RT_Iteration) continue;
                    const auto kept = times_[row].emplace(side == ours, time).first;
                    kept->second = std::min(kept->second, time);
                }
        }
    }

    void print() const {
        std::printf("\n%-48s %12s %12s %8s\n", "", "ours", "other", "ratio");
        for (const std::string& row : rows_) {
            const auto& times = times_.at(row);
            if (times.size() == 2)
                std::printf("%-48s %9.2f ms %9.2f ms %8.2f\n", row.c_str(), times.at(true), times.at(false),
                            times.at(true) / times.at(false));
        }
    }

private:
    std::map<std::string, std::map<bool, double>> times_;
    std::vector<std::string> rows_;
};

}  // namespace
}  // namespace tiphys::bench

int main(int argc, char** argv) {
    bool once = false;
    int kept = 0;
    for (int i = 0; i < argc; ++i)
        if (std::strcmp(argv[i], "--once") == 0)
            once = true;
        else
            argv[kept++] = argv[i];
    benchmark::Initialize(&kept, argv);
    if (benchmark::ReportUnrecognizedArguments(kept, argv)) return 2;
    tiphys::bench::add_text(once);
    tiphys::bench::add_manifest(once);
    tiphys::bench::add_client(once);
    tiphys::bench::add_engine(once);
    tiphys::bench::Ratios ratios;
    const auto run = benchmark::RunSpecifiedBenchmarks(&ratios);
    ratios.print();
    return run == 0 ? 1 : 0;
}
