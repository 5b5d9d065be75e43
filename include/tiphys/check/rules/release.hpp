// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on the release of Argo that a document is for; judged by `check/release.hpp`.
namespace tiphys::rule {

inline constexpr Rule release_unknown_field{
    "release.unknown-field",
    "A field is newer than the release of Argo that the document is for; that release ignores it.",
    "Do without the field, or use a newer release.",
    error,
    by_tiphys,
    locally};
inline constexpr Rule release_removed_field{
    "release.removed-field",
    "A field was removed before the release of Argo that the document is for; that release ignores it.",
    "Use the field that replaced it, or do without.",
    error,
    by_tiphys,
    locally};

inline constexpr const Rule* release_rules[] = {&release_unknown_field, &release_removed_field};

}  // namespace tiphys::rule
