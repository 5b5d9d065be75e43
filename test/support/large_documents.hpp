// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/model.hpp>

/// Large workflows as people and servers make them, for figures of time and memory.
namespace tiphys::test {

/// A dag of so many tasks, each with two arguments, a reference to another task's output and two
/// dependencies, every third written as a `depends` expression.
model::Workflow large_dag(int tasks);

/// A finished workflow whose status holds so many pods, as an Argo server answers.
model::Workflow large_status(int nodes);

}  // namespace tiphys::test
