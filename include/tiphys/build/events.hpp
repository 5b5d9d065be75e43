// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Value classes for Argo Events, whose `EventSource` and `Sensor` are documents:
/// `events::Sensor("s").spec(…)`.
#include <tiphys/build/generated/events.hpp>
