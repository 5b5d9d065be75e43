// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/submitted_workflow.hpp>

#include <iosfwd>

namespace tiphys {

/// An observer that prints one line for each node that changes its phase, and one for the workflow at its
/// end:
///
///     12:00:03  ✔ D  Succeeded
///     12:00:04  ✖ E  Failed  exit code 1
///
/// The time is the server's (UTC) for that change; nodes that changed together stand in the order of their
/// times and then of their names. No colours, no cursor movements. Copies share what they have seen.
///
/// Object lifetimes: the stream must outlive every copy of the observer.
/// Thread safety: none of its own; `wait` calls it from one thread at a time.
Observer progress_to(std::ostream& out);

}  // namespace tiphys
