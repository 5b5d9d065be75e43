// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// What the fuzzers, and the replay of their corpora in every test run, do with one input.
///
/// All abort where a property does not hold: whatever a parser refuses, it refuses with a reason and in the
/// same way wherever it is asked; what the checks accept, the engine can read.
namespace fuzz {

void expression(std::string_view input);
void depends(std::string_view input);
void when(std::string_view input);
void cron(std::string_view input);
void tags(std::string_view input);

}  // namespace fuzz
