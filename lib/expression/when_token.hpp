// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/expression/regex.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tiphys::expression::when {

/// A value of govaluate: nil, number, text, truth, pattern or list.
struct Value;
using List = std::vector<Value>;
struct Value : std::variant<std::monostate, double, std::string, bool, std::shared_ptr<const Regex>, List> {
    using variant::variant;
};
std::string show(const Value& value);  // fmt %v

enum class Kind {
    unknown,
    prefix,
    numeric,
    boolean,
    string,
    pattern,
    time,
    variable,
    separator,
    accessor,
    comparator,
    logical,
    modifier,
    clause,
    clause_close,
    ternary
};
std::string_view name(Kind kind);

struct Token {
    Kind kind = Kind::unknown;
    Value value;        // operators: their symbol
    std::string shown;  // `%v` of the token's value, for messages
};

/// Whether govaluate's grammar allows `next` right after `last`.
bool may_follow(Kind last, Kind next);
std::vector<Token> tokenize(std::string_view text);
/// Parentheses in equal number, allowed neighbours, a permitted end.
void check_syntax(const std::vector<Token>& tokens);
/// Constant right sides of =~ and !~ become patterns.
void compile_patterns(std::vector<Token>& tokens);

}  // namespace tiphys::expression::when
