// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Floating numbers as Go writes them, because Argo's answers depend on it.
namespace tiphys::detail {

/// The nearest double of a decimal literal, whatever the locale; none when it is out of range.
std::optional<double> parse_double(std::string_view literal);

/// As in Go's encoding/json: fixed notation from 1e-6 up to 1e21, else scientific.
std::string json_number(double value);
/// As AnyString holds a number: fixed notation always.
std::string fixed_number(double value);
/// As a key of a YAML map becomes text: the shortest form of a 32-bit float.
std::string key_number(double value);

}  // namespace tiphys::detail
