// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/expression/error.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tiphys::expression {

/// fmt.Sprintf(format, value) as withSequence.format uses it: verbs d b o O x X c q U v T and %%, flags
/// `+ - # space 0`, width and precision. A wrong verb, or one without an operand, prints Go's `%!…` text.
/// Limits: about 1,000,000 bytes come out, a larger width or precision is an error.
std::string format_integer(std::string_view format, std::int64_t value);

/// A duration in nanoseconds: whole seconds ("90") or a Go duration ("1h30m", "1.5s").
/// Errors: `unable to parse X as a duration: …`.
std::int64_t parse_duration(std::string_view text);
/// time.Duration's String: "1m30s", "1.5s", "0s".
std::string format_duration(std::int64_t nanoseconds);

/// FNV-1a, 32 bits.
std::uint32_t fnv1a_32(std::string_view text);
/// The id of a node: the workflow's own name, or `<workflow>-<hash of the node's name>`.
std::string node_id(std::string_view workflow_name, std::string_view node_name);

/// withSequence: the texts from `start` to `end` (counting down if it is smaller), or `count` of them.
/// `start`, `end` and `count` are the substituted texts; an empty view means absent.
/// Errors: Argo's texts. Limits: 1,000,000 items.
std::vector<std::string> expand_sequence(std::string_view start, std::string_view end, std::string_view count,
                                         std::string_view format);

}  // namespace tiphys::expression
