// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/expression/jsonpath.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tiphys::expression::path {

struct Formula;  // a compiled filter or script

enum class Kind {
    root,
    current,
    wildcard,
    recursive,
    length,
    key,
    index,
    range,
    set,
    filter,
    script,
    formula
};

/// An argument of a slice or union: absent, a number, a name or a script.
using Argument = std::variant<std::monostate, std::int64_t, std::string, std::shared_ptr<const Formula>>;

struct Token {
    Kind kind = Kind::root;
    std::string key;
    std::int64_t index = 0;
    std::vector<Argument> arguments;
    std::shared_ptr<const Formula> formula;
};
using Tokens = std::vector<Token>;

/// Counts what a query visits, so that `$..a..b..c` ends.
struct Budget {
    std::size_t visits = 0;
    void spend(std::size_t count = 1) {
        visits += count;
        if (visits > 1'000'000) throw ExpressionError("the JSONPath visits more than 1000000 values");
    }
};

Tokens compile(std::string_view selector, int level);
/// The tokens from `at` on, applied to `current`.
boost::json::value apply(const Tokens& tokens, std::size_t at, const boost::json::value& root,
                         const boost::json::value& current, Budget& budget);
std::shared_ptr<const Formula> compile_formula(std::string_view text, int level);
boost::json::value evaluate(const Formula& formula, const boost::json::value& root,
                            const boost::json::value& current, Budget& budget);
/// A number without fraction.
std::optional<std::int64_t> whole(const boost::json::value& value);
/// reflect.Kind of a value: map, slice, string, float64, bool.
std::string kind_of(const boost::json::value& value);

}  // namespace tiphys::expression::path
