// SPDX-License-Identifier: Apache-2.0
#pragma once

/// All of the core layer: text, lists, optional values and JSON values that a compiler can evaluate.
#include <tiphys/core/box.hpp>
#include <tiphys/core/json.hpp>
#include <tiphys/core/list.hpp>
#include <tiphys/core/opt.hpp>
#include <tiphys/core/str.hpp>
#include <tiphys/core/word.hpp>

namespace tiphys::detail {
extern template struct storage<str>;
extern template struct storage<list<str>>;
extern template struct storage<json>;
extern template struct storage<map_entry<str>>;
extern template struct storage<map_entry<json>>;
}  // namespace tiphys::detail
