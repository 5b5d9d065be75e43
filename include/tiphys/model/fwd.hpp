// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Declarations of all model types, for headers that only name them.
#include <tiphys/model/generated/fwd.hpp>
