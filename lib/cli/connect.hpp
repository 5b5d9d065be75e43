// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/options.hpp>

#include "options.hpp"

namespace tiphys::cli {

/// What the flags say, and for the rest the environment.
///
/// Errors: UsageError where both leave the server open or say what cannot be.
ClientOptions client_options(const ServerFlags& flags);
ClientOptions client_options(const ServerFlags& flags, const ClientOptions::Environment& environment);

/// The same for what sends nothing: where no server is named, the namespace alone is looked for.
ClientOptions options_for_dry_run(const ServerFlags& flags);
ClientOptions options_for_dry_run(const ServerFlags& flags, const ClientOptions::Environment& environment);

}  // namespace tiphys::cli
