// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tiphys::expression::expr {

enum class TokenKind { identifier, number, text, bytes, operation, bracket, end };

struct Token {
    TokenKind kind = TokenKind::end;
    std::string value;
    std::size_t at = 0;

    [[nodiscard]] bool is(TokenKind wanted, std::string_view text) const {
        return kind == wanted && value == text;
    }
    [[nodiscard]] bool op(std::string_view text) const { return is(TokenKind::operation, text); }
    [[nodiscard]] bool bracket(std::string_view text) const { return is(TokenKind::bracket, text); }
};

/// `Operator("+")`, as messages show a token.
std::string show(const Token& token);
std::vector<Token> lex(std::string_view source);

}  // namespace tiphys::expression::expr
