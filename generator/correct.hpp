// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "corrections.hpp"
#include "schema.hpp"

namespace tiphys::generator {

/// What `correct` did.
struct Corrected {
    Schema schema;
    std::vector<bool> properties;  ///< for each row of the table, whether it changed something
};

/// Applies the rows that fit this release. `unite` rows concern several releases and are left to `merge`.
/// Errors: `Problem` for a row whose type is not written as a type.
Corrected correct(Schema, const Corrections&);

}  // namespace tiphys::generator
