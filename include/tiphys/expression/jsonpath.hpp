// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/expression/error.hpp>

#include <boost/json/value.hpp>

#include <string_view>

namespace tiphys::expression {

/// What a JSONPath selects, as Argo's function `jsonpath` (evilmonkeyinc/jsonpath): $ . .. * [] names,
/// indexes, slices, unions, filters `?(@.age > 42 && @.name == "x")` and scripts `(@.length-1)`. Numbers are
/// doubles. Errors: of the document Go's JSON texts, of the path `invalid JSONPath selector '…' …`, of the
/// selection `key: invalid token key 'x' not found` and the like. Limits: 64 KiB of path, 1,000 levels of
/// document, 1,000,000 visited values, 100 levels of nesting in a path.
boost::json::value jsonpath(std::string_view document, std::string_view path);

}  // namespace tiphys::expression
