// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on workflow event bindings.
namespace tiphys::rule {

inline constexpr Rule event_argument{
    "event.argument", "Each argument of a workflow event binding has a valueFrom.event.",
    "Say which part of the event it is: valueFrom: {event: payload.message}.", error, at_run_time};

inline constexpr const Rule* event_rules[] = {&event_argument};

}  // namespace tiphys::rule
