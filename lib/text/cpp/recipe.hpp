// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "names.hpp"
#include "values.hpp"

namespace tiphys::detail::cpp {

/// The body of the recipe that makes a document, from its value: `return Workflow("a-").…;`, or statements
/// where a chain would be too long. `type` is null for a document of a kind that is not Argo's.
std::string recipe_body(const json& value, const model::object_type* type, std::string_view kind,
                        Needs& needs);

/// Where chains end: one expression of many calls is slow to compile, and too deep for clang.
inline constexpr std::size_t most_calls_in_a_dag = 100;
inline constexpr std::size_t most_links_in_a_chain = 400;

}  // namespace tiphys::detail::cpp
