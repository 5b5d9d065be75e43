// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/generated/workflow.hpp>

namespace tiphys::local::engine {

/// Throws Refused for a workflow that is wrong in a way that Argo would not take either, or that needs what
/// this engine does not have; every field is looked at, and one that is neither supported nor without effect
/// here is refused by name. Nothing is looked up on this machine but, where `sandboxed` is false, what that
/// forbids.
void check_runnable(const model::Workflow& workflow, bool sandboxed);

}  // namespace tiphys::local::engine
