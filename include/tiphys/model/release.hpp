// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace tiphys::model {

/// A type or a field that not every release of `releases()` has.
struct release_note {
    std::string_view definition;   ///< OpenAPI definition
    std::string_view field;        ///< JSON name; empty: the type itself
    std::uint8_t first;            ///< index into releases()
    std::uint8_t last;             ///< index into releases()
    std::string_view replacement;  ///< JSON name of the field to use instead of a removed one, or empty
};

/// The Argo releases whose fields the models hold, oldest first: "3.6" … "4.1".
std::span<const std::string_view> releases();

/// Sorted by definition, then by field (bytewise). What is not here is in all releases, or came and went with
/// its type.
std::span<const release_note> release_notes();

}  // namespace tiphys::model
