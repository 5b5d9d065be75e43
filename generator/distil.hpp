// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "schema.hpp"

namespace tiphys::generator {

/// The facts of Argo's swagger.json (OpenAPI 2). Keeps what it says, lies included: `corrections.cpp` knows
/// better. Path parameters are not listed: the path names them and all are strings.
///
/// Errors: `Problem` for anything that the schema cannot hold (another `type`, an unknown `$ref`, a nested
/// object), with definition and property.
Schema distil(std::string_view swagger, std::string_view file, std::string_view release);

}  // namespace tiphys::generator
