// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/model.hpp>

/// A dag of many tasks is judged at the speed of memory: what the next tasks own lies all over it. The walk
/// asks for it a few tasks ahead; what is asked for says which step of the walk is near. The compiler asks
/// for nothing.
namespace tiphys::detail {

constexpr std::size_t far_ahead = 12;
constexpr std::size_t ahead = 8;
constexpr std::size_t near_ahead = 4;

/// Before the names of tasks are read.
[[gnu::always_inline]] constexpr void prefetch_names(const list<model::DAGTask>& tasks,
                                                     std::size_t i) noexcept {
    if (__builtin_is_constant_evaluated() || i + ahead >= tasks.size()) return;
    const model::DAGTask& task = tasks[i + ahead];
    __builtin_prefetch(task.name.data());
    __builtin_prefetch(task.template_.data());
}

/// Before their dependencies are read.
[[gnu::always_inline]] constexpr void prefetch_dependencies(const list<model::DAGTask>& tasks,
                                                            std::size_t i) noexcept {
    if (__builtin_is_constant_evaluated() || i + ahead >= tasks.size()) return;
    __builtin_prefetch(tasks[i + ahead].depends.data());
    __builtin_prefetch(tasks[i + ahead].dependencies.data());
    for (const str& name : tasks[i + near_ahead].dependencies) __builtin_prefetch(name.data());
}

/// Before their arguments are read.
[[gnu::always_inline]] constexpr void prefetch_arguments(const list<model::DAGTask>& tasks,
                                                         std::size_t i) noexcept {
    if (__builtin_is_constant_evaluated() || i + far_ahead >= tasks.size()) return;
    __builtin_prefetch(tasks[i + far_ahead].arguments.get());
    __builtin_prefetch(tasks[i + near_ahead].name.data());
    if (const model::Arguments* soon = tasks[i + ahead].arguments.get())
        for (const auto& one : soon->parameters) {
            // An element is longer than a line of the cache.
            __builtin_prefetch(&one.name);
            __builtin_prefetch(&one.value);
        }
    const model::Arguments* next = tasks[i + near_ahead].arguments.get();
    if (next == nullptr) return;
    for (const auto& one : next->parameters) {
        __builtin_prefetch(one.name.data());
        __builtin_prefetch(one.value.data());
    }
}

}  // namespace tiphys::detail
