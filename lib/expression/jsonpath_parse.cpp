// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/go_text.hpp>

#include <algorithm>

#include "jsonpath_token.hpp"

namespace tiphys::expression::path {
namespace {

[[noreturn]] void no_format(std::string_view token) {
    throw ExpressionError("invalid token. '" + std::string(token) + "' does not match any token format");
}

/// Cuts a selector into `$`, `..`, names and subscripts. Quotes and brackets are only counted, as
/// evilmonkeyinc's library does it: what it takes for the end of a token is its end here too.
std::vector<std::string> cut(std::string_view selector) {
    if (selector.empty()) throw ExpressionError("unexpected token '' at index 0");
    std::vector<std::string> tokens;
    std::string token;
    int quotes = 0;
    int scripts_open = 0;
    int scripts_closed = 0;
    int subscripts_open = 0;
    int subscripts_closed = 0;
    bool bracket = false;  // the token holds a [
    const auto finish = [&](std::size_t drop_last) {
        const std::size_t first = !token.empty() && token.front() == '.' ? 1 : 0;
        tokens.push_back(token.substr(first, token.size() - first - drop_last));
        token.clear();
        bracket = false;
    };
    for (std::size_t i = 0; i < selector.size(); ++i) {
        const char byte = selector[i];
        if (token.empty()) quotes = scripts_open = scripts_closed = 0;
        quotes += byte == '\'' ? 1 : 0;
        scripts_open += byte == '(' ? 1 : 0;
        scripts_closed += byte == ')' ? 1 : 0;
        subscripts_open += byte == '[' ? 1 : 0;
        subscripts_closed += byte == ']' ? 1 : 0;
        token += byte;
        if (i == 0) {
            if (byte != '$' && byte != '@')
                throw ExpressionError("unexpected token '" + std::string(1, byte) + "' at index 0");
            if (selector.size() > 1 && selector[1] != '.' && selector[1] != '[')
                throw ExpressionError("unexpected token '" + std::string(1, selector[1]) + "' at index 1");
            finish(0);
            continue;
        }
        if (token == ".") continue;
        if (token == "..") {
            tokens.push_back(token);
            token.clear();
            continue;
        }
        if (byte == '[') {
            if (token == "[" || token == ".[" || bracket) {
                bracket = true;
                continue;
            }
            finish(1);
            token = "[";
            bracket = true;
            continue;
        }
        const bool inside = quotes % 2 == 1 || scripts_open != scripts_closed;
        if (bracket) {
            if (!inside && byte == ']' && subscripts_open == subscripts_closed) finish(0);
        } else if (byte == '.' && !inside) {
            finish(1);
            token = ".";
        }
    }
    if (!token.empty()) finish(0);
    return tokens;
}

bool is_quoted(std::string_view text) {
    return text.size() > 1 &&
           ((text.front() == '\'' && text.back() == '\'') || (text.front() == '"' && text.back() == '"'));
}

bool is_script(std::string_view text) { return text.size() > 2 && text.front() == '(' && text.back() == ')'; }

/// The pieces of a subscript: numbers, quoted names, (scripts), and the marks `:` and `,`.
struct Piece {
    enum class Kind { absent, number, text, colon, comma } kind;
    std::string text;
    std::int64_t number = 0;
};

class Subscript {
public:
    Subscript(std::string_view token, std::string_view text) : token_(token), text_(text) {}

    std::vector<Piece> pieces() {
        for (std::size_t i = 0; i < text_.size(); ++i) {
            const char byte = text_[i];
            buffer_ += byte;
            switch (byte) {
                case ' ':
                    if (!quoted() && open_ == closed_) buffer_ = std::string(trim_space(buffer_));
                    break;
                case '(': open_ += quoted() ? 0 : 1; break;
                case ')':
                    ++closed_;
                    if (open_ == closed_) {
                        if (!is_script(buffer_))
                            throw ExpressionError("invalid expression. invalid format '" + buffer_ + "'");
                        take();
                    }
                    break;
                case '\'':
                case '"': quote(byte); break;
                case ':':
                case ',':
                    if (!quoted() && open_ == closed_) mark(byte, i);
                    break;
                default: break;
            }
        }
        if (!buffer_.empty()) number_or_text(buffer_);
        return std::move(out_);
    }

private:
    [[nodiscard]] bool quoted() const { return single_ || double_; }
    void take() {
        out_.push_back({Piece::Kind::text, std::move(buffer_)});
        buffer_.clear();
    }
    void quote(char mark) {
        bool& own = mark == '\'' ? single_ : double_;
        const bool other = mark == '\'' ? double_ : single_;
        if (other || open_ != closed_) return;
        if (buffer_.size() > 1 && buffer_[buffer_.size() - 2] == '\\') {
            buffer_.erase(buffer_.size() - 2, 1);
            return;
        }
        own = !own;
        if (own ? buffer_.size() != 1 : !is_quoted(buffer_)) no_format(token_);
        if (!own) take();
    }
    void mark(char byte, std::size_t at) {
        buffer_.pop_back();
        if (byte == ':') {
            if (!buffer_.empty()) {
                const auto number = parse_int(buffer_);
                if (!number) no_format(token_);
                out_.push_back({Piece::Kind::number, {}, *number});
            } else if (at == 0) {
                out_.push_back({Piece::Kind::absent, {}});
            }
        } else if (!buffer_.empty()) {
            number_or_text(buffer_);
        }
        out_.push_back({byte == ':' ? Piece::Kind::colon : Piece::Kind::comma, {}});
        buffer_.clear();
    }
    void number_or_text(const std::string& text) {
        if (const auto number = parse_int(text))
            out_.push_back({Piece::Kind::number, {}, *number});
        else
            out_.push_back({Piece::Kind::text, text});
    }

    std::string_view token_, text_;
    std::string buffer_;
    std::vector<Piece> out_;
    int open_ = 0, closed_ = 0;
    bool single_ = false, double_ = false;
};

std::string unquoted(const std::string& text) { return text.substr(1, text.size() - 2); }

Token union_token(std::string_view token, const std::vector<Piece>& arguments, int level) {
    Token out;
    out.kind = Kind::set;
    for (const Piece& piece : arguments) {
        if (piece.kind == Piece::Kind::number)
            out.arguments.emplace_back(piece.number);
        else if (piece.kind == Piece::Kind::text && is_script(piece.text))
            out.arguments.emplace_back(compile_formula(unquoted(piece.text), level + 1));
        else if (piece.kind == Piece::Kind::text && is_quoted(piece.text))
            out.arguments.emplace_back(unquoted(piece.text));
        else
            no_format(token);
    }
    return out;
}

Token range_token(std::vector<Piece> arguments, int level) {
    Token out;
    out.kind = Kind::range;
    arguments.resize(3, {Piece::Kind::absent, {}});
    for (const Piece& piece : arguments) {
        if (piece.kind == Piece::Kind::absent) {
            out.arguments.emplace_back();
        } else if (piece.kind == Piece::Kind::number) {
            out.arguments.emplace_back(piece.number);
        } else {
            if (!is_script(piece.text))
                throw ExpressionError("invalid expression. invalid format '" + piece.text + "'");
            out.arguments.emplace_back(compile_formula(unquoted(piece.text), level + 1));
        }
    }
    return out;
}

Token parse_token(std::string_view token, int level) {
    token = trim_space(token);
    Token out;
    if (token.empty()) throw ExpressionError("invalid token. token string is empty");
    if (token == "$" || token == "@" || token == "*" || token == "..") {
        out.kind = token == "$"   ? Kind::root
                   : token == "@" ? Kind::current
                   : token == "*" ? Kind::wildcard
                                  : Kind::recursive;
        return out;
    }
    if (token.front() != '[') {
        out.kind = token == "length" ? Kind::length : Kind::key;
        out.key = token;
        return out;
    }
    if (token.back() != ']' || token.size() < 2) no_format(token);
    const std::string_view inner = trim_space(token.substr(1, token.size() - 2));
    if (inner.empty()) no_format(token);
    if (inner == "*") {
        out.kind = Kind::wildcard;
        return out;
    }
    if (inner.front() == '?') {
        if (!inner.starts_with("?(") || inner.back() != ')') no_format(token);
        out.kind = Kind::filter;
        if (const std::string_view formula = trim_space(inner.substr(2, inner.size() - 3)); !formula.empty())
            out.formula = compile_formula(formula, level + 1);
        return out;
    }
    std::vector<Piece> pieces = Subscript(token, inner).pieces();
    if (pieces.size() == 1) {
        const Piece& piece = pieces.front();
        if (piece.kind == Piece::Kind::number) {
            out.kind = Kind::index;
            out.index = piece.number;
        } else if (piece.kind == Piece::Kind::text && is_quoted(piece.text)) {
            out.kind = Kind::key;
            out.key = unquoted(piece.text);
        } else if (piece.kind == Piece::Kind::text && is_script(piece.text)) {
            out.kind = Kind::script;
            out.formula = compile_formula(unquoted(piece.text), level + 1);
        } else {
            no_format(token);
        }
        return out;
    }
    std::size_t colons = 0;
    std::size_t commas = 0;
    bool after_colon = false;
    std::vector<Piece> arguments;
    for (const Piece& piece : pieces) {
        if (piece.kind == Piece::Kind::colon) {
            ++colons;
            if (after_colon) arguments.push_back({Piece::Kind::absent, {}});
            after_colon = true;
            continue;
        }
        if (piece.kind == Piece::Kind::comma)
            ++commas;
        else
            arguments.push_back(piece);
        after_colon = false;
    }
    if ((colons > 0) == (commas > 0) || colons > 2) no_format(token);
    if (commas > 0) {
        if (commas >= arguments.size()) no_format(token);
        return union_token(token, arguments, level);
    }
    if (arguments.size() > 3) no_format(token);
    return range_token(std::move(arguments), level);
}

}  // namespace

Tokens compile(std::string_view selector, int level) {
    if (level > 100) throw ExpressionError("the JSONPath nests deeper than 100 levels");
    Tokens out;
    for (const std::string& token : cut(selector)) out.push_back(parse_token(token, level));
    return out;
}

}  // namespace tiphys::expression::path
