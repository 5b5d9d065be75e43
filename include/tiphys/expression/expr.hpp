// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/expression/error.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace tiphys::expression {

/// The variables of an expression: nested maps, as `inputs.parameters.message` reads them.
class Environment {
public:
    Environment() = default;
    explicit Environment(boost::json::object nested) : values_(std::move(nested)) {}
    /// From flat names: `{"a.b": 1}` becomes `{"a": {"b": 1}}`; a name that is also a parent of others is
    /// dropped.
    static Environment from_names(const boost::json::object& flat);

    [[nodiscard]] const boost::json::object& values() const { return values_; }
    /// Whether the dotted path leads to a value (null counts).
    [[nodiscard]] bool has(std::string_view path) const;

private:
    boost::json::object values_;
};

/// The value of an expression of expr-lang 1.17 with Argo's functions (asInt, asFloat, jsonpath, toJson,
/// sprig.*). Integers and floating numbers differ as in Go: 1/2 is 0.5, "a" + 1 an error.
/// Refused by name: date functions, and functions of sprig beyond the common ones.
/// Errors: expr-lang's texts with the place, `unknown name x (1:1)\n | x\n | ^`.
/// Limits: 64 KiB of text, 10,000 nodes, 500 levels, 1,000,000 made elements, 10 million steps.
boost::json::value evaluate_expression(std::string_view expression, const Environment& environment);

/// The same for a condition (hooks, retryStrategy.expression). Errors: also
/// `unable to evaluate expression 'E': …` and `unable to cast expression result 'V' to bool`.
bool evaluate_bool(std::string_view expression, const Environment& environment);

/// The variables and dotted paths that the expression reads and does not guard by `?.` or `??`.
/// Errors: as for a syntax error in evaluate_expression.
std::vector<std::string> expression_names(std::string_view expression);

}  // namespace tiphys::expression
