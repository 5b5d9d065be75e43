// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// What the fuzzers, and the replay of their corpora in every test run, do with one input.
///
/// Both abort where a property does not hold: whatever can be read is written and read again equal; whatever
/// cannot ends in a ReadError.
namespace fuzz {

void read_json(std::string_view input);
void read_yaml(std::string_view input);

}  // namespace fuzz
