// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "schema.hpp"

namespace tiphys::generator {

/// What changed from one release to another, as a Markdown table: definitions, properties and operations that
/// came, went or are another type. Without changes, one line that says so. A definition that came or went is
/// one row, whatever it holds.
std::string compare(const Schema& from, const Schema& to);

}  // namespace tiphys::generator
