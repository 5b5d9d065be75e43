// SPDX-License-Identifier: Apache-2.0
#include <tiphys/core/core.hpp>

namespace tiphys::detail {
template struct storage<str>;
template struct storage<list<str>>;
template struct storage<json>;
template struct storage<map_entry<str>>;
template struct storage<map_entry<json>>;
}  // namespace tiphys::detail
