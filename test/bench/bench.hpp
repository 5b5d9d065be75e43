// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/build.hpp>

#include <benchmark/benchmark.h>

#include <string>

namespace tiphys::bench {

/// A dag of so many tasks as a program makes one: each with two arguments, a reference to another task's
/// output and two dependencies, every third written as a `depends` expression (as test/budget/recipe.sh).
Workflow large(int tasks);

/// The names of benchmarks are <row>/<side>: the ratio of a row is its ours by its other.
inline constexpr const char* ours = "/ours";
inline constexpr const char* other = "/other";

/// Each adds its benchmarks. `once`: one iteration of a small size, to see that they still run.
void add_manifest(bool once);
void add_client(bool once);
void add_engine(bool once);

inline void iterations(benchmark::internal::Benchmark* made, bool once) {
    made->Unit(benchmark::kMillisecond);
    if (once) made->Iterations(1);
}

}  // namespace tiphys::bench
