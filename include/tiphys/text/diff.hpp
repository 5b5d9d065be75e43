// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/text/text.hpp>

#include <iosfwd>
#include <string>
#include <vector>

/// What two models of one type differ in.
namespace tiphys {

/// One member or element that differs.
struct Difference {
    enum class Kind : std::uint8_t {
        added,    ///< only the second has it
        removed,  ///< only the first has it
        changed,  ///< both have it, with different values
        moved     ///< a list whose elements stand in another order; the values are their names
    };

    Kind kind = Kind::changed;
    /// "spec.templates[1].container.image", as `locate` takes it: in the second model, or, of what was
    /// removed, in the first.
    std::string path = {};
    json before = {};  ///< absent when added
    json after = {};   ///< absent when removed

    friend bool operator==(const Difference&, const Difference&) = default;
};

using Differences = std::vector<Difference>;

namespace detail {

Differences diff(visit_function visit, const void* before, const void* after);

}  // namespace detail

/// What differs, in the order of the document. Elements of a list are compared by their `name` where each has
/// one of its own, else by their place, without what both lists begin and end with.
///
/// The order of a map's keys does not count; an empty list or map and an absent one differ, as for `==`.
template <class T>
Differences diff(const T& before, const T& after) {
    return detail::diff(&detail::erased<T>::visit, &before, &after);
}

/// One line for each: `~ path: old -> new`, `+ path: new`, `- path: old`, `> path: old order -> new order`.
/// Values are compact JSON, of which more than 120 characters are cut off.
std::string to_text(const Differences& differences);
std::ostream& operator<<(std::ostream& out, const Difference& difference);

}  // namespace tiphys
