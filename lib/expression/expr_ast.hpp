// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/expression/expr.hpp>

#include <boost/json/value.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tiphys::expression::expr {

enum class Kind {
    literal,      // value
    identifier,   // text
    pointer,      // text: "" (#), "index" or "acc"
    unary,        // text, operand
    binary,       // text, left and right
    member,       // base, property; optional: ?.
    chain,        // what ?. inside may cut short
    slice,        // base, from, to (either may be null)
    call,         // callee, arguments
    builtin,      // text, arguments
    predicate,    // body
    let,          // text, value, body
    sequence,     // expressions
    conditional,  // condition, then, else
    array,        // elements
    map           // key, value, key, value, ...
};

struct Node;
using Tree = std::unique_ptr<Node>;

struct Node {
    Kind kind = Kind::literal;
    bool optional = false;
    int depth = 1;
    std::size_t at = 0;  ///< byte in the source
    std::string text;
    boost::json::value value;
    std::vector<Tree> children;

    [[nodiscard]] const Node& child(std::size_t i) const { return *children[i]; }
};

/// The message with its place in the source, as expr-lang prints it.
ExpressionError error_at(std::string_view source, std::size_t at, const std::string& message);

/// Whether `name` is a function of expr-lang's own (and is not hidden by the environment).
bool is_builtin(std::string_view name);
/// Whether the function takes a predicate, as in `filter(list, # > 1)`.
bool is_predicate_builtin(std::string_view name);

/// Parses; `env` tells which builtins are hidden by variables.
Tree parse(std::string_view source, const Environment& env);
/// What expr-lang finds wrong before it runs: unknown names, and operands whose types never fit.
void check(std::string_view source, const Node& tree, const Environment& env);
boost::json::value evaluate(std::string_view source, const Node& tree, const Environment& env);

using Arguments = std::vector<boost::json::value>;
/// Operators and functions on values. Errors: ExpressionError without a place.
bool equal(const boost::json::value& left, const boost::json::value& right);
bool less(const boost::json::value& left, const boost::json::value& right, std::string_view symbol = "<");
boost::json::value add(const boost::json::value& left, const boost::json::value& right);
std::int64_t to_int(const boost::json::value& value);
double to_float(const boost::json::value& value);
const boost::json::string& to_text(const boost::json::value& value);
const boost::json::array& to_array(const boost::json::value& value);
std::int64_t truncate(double number);
boost::json::value call_builtin(const std::string& name, Arguments& arguments);
boost::json::value call_sprig(const std::string& name, Arguments& arguments);
/// Whether the name of the environment's own functions is this: asInt asFloat jsonpath toJson sprig.
bool is_argo_function(std::string_view name);

}  // namespace tiphys::expression::expr
