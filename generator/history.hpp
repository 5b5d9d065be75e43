// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "corrections.hpp"
#include "schema.hpp"

namespace tiphys::generator {

/// The first and the last release that have something: indices into `History::releases`.
struct Span {
    std::size_t first = 0;
    std::size_t last = 0;

    bool operator==(const Span&) const = default;
};

/// Several releases of Argo seen as one: the newest, and the properties that it removed from earlier ones.
struct History {
    std::vector<std::string> releases;  ///< oldest first, for example v3.7.18
    Schema schema;                      ///< corrected; the operations are those of the newest
    std::map<std::string, Span> definitions;
    std::map<std::string, std::map<std::string, Span>> properties;  ///< by definition and JSON name
};

/// Puts the schemas in order of their releases, corrects each, and merges them. A definition that the newest
/// lacks is kept if a property that is kept refers to it.
/// Errors: `Problem`, with definition and property: a correction that fits nothing or that the newest release
/// no longer needs, a property whose type differs between releases, one that was away for a while, a release
/// that is not written v1.2.3, two schemas of one minor release.
History merge(std::vector<Schema>, const Corrections&);

/// "v3.7.18" -> "3.7". Errors: `Problem`.
std::string minor_release(std::string_view release);
/// By number: v3.9.1 is older than v3.10.0. Errors: `Problem`.
bool is_older(std::string_view release, std::string_view other);

}  // namespace tiphys::generator
