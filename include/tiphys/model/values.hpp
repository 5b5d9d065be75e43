// SPDX-License-Identifier: Apache-2.0
#pragma once

/// The values that Argo knows of phases, policies, strategies and operators, as constants:
/// `node.phase == model::NodePhase::Succeeded`. The members themselves are text, so that a value of a later
/// release is read and written as well as any other.
#include <tiphys/model/generated/values.hpp>
