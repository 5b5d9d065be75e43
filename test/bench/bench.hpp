// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <benchmark/benchmark.h>

namespace tiphys::bench {

/// The names of benchmarks are <row>/<side>: the ratio of a row is its ours by its other.
inline constexpr const char* ours = "/ours";
inline constexpr const char* other = "/other";

/// Each adds its benchmarks. `once`: one iteration of a small size, to see that they still run.
void add_manifest(bool once);
void add_client(bool once);
void add_text(bool once);
void add_engine(bool once);

inline void iterations(benchmark::internal::Benchmark* made, bool once) {
    made->Unit(benchmark::kMillisecond);
    if (once) made->Iterations(1);
}

/// A second each, after a warm-up: the heap that the row before left is not what is measured.
inline void steady_iterations(benchmark::internal::Benchmark* made, bool once) {
    iterations(made, once);
    if (!once) made->MinWarmUpTime(0.2)->MinTime(1);
}

}  // namespace tiphys::bench
