// SPDX-License-Identifier: Apache-2.0
#include "when_token.hpp"

#include <tiphys/expression/go_text.hpp>

#include <algorithm>
#include <array>
#include <optional>

#include "go_time.hpp"

namespace tiphys::expression::when {

std::string show(const Value& value) {
    struct Show {
        std::string operator()(std::monostate) const { return "<nil>"; }
        std::string operator()(double number) const { return format_float(number); }
        std::string operator()(const std::string& text) const { return text; }
        std::string operator()(bool truth) const { return truth ? "true" : "false"; }
        std::string operator()(const std::shared_ptr<const Regex>& regex) const { return regex->pattern(); }
        std::string operator()(const List& list) const {
            std::string out = "[";
            for (const Value& element : list) out += (out.size() > 1 ? " " : "") + show(element);
            return out + ']';
        }
    };
    return std::visit(Show{}, static_cast<const Value::variant&>(value));
}

std::string_view name(Kind kind) {
    static constexpr std::array<std::string_view, 16> names{
        "UNKNOWN",   "PREFIX",   "NUMERIC",    "BOOLEAN",   "STRING",   "PATTERN", "TIME",         "VARIABLE",
        "SEPARATOR", "ACCESSOR", "COMPARATOR", "LOGICALOP", "MODIFIER", "CLAUSE",  "CLAUSE_CLOSE", "TERNARY"};
    return names[static_cast<std::size_t>(kind)];
}

namespace {

bool is_value(Kind kind) {
    return kind == Kind::numeric || kind == Kind::boolean || kind == Kind::variable ||
           kind == Kind::accessor || kind == Kind::string || kind == Kind::time;
}

bool is_operator(Kind kind) {
    return kind == Kind::modifier || kind == Kind::comparator || kind == Kind::logical;
}

}  // namespace

bool may_follow(Kind last, Kind next) {
    switch (last) {
        case Kind::unknown:
            return next == Kind::prefix || is_value(next) || next == Kind::pattern || next == Kind::clause;
        case Kind::clause: return may_follow(Kind::unknown, next) || next == Kind::clause_close;
        case Kind::clause_close:  // sic: a value may follow, and is then ignored
            return is_operator(next) || (is_value(next) && next != Kind::accessor) || next == Kind::pattern ||
                   next == Kind::clause || next == Kind::clause_close || next == Kind::ternary ||
                   next == Kind::separator;
        case Kind::numeric:
        case Kind::boolean:
        case Kind::string:
        case Kind::variable:
            return is_operator(next) || next == Kind::clause_close || next == Kind::ternary ||
                   next == Kind::separator;
        case Kind::time:
        case Kind::pattern: return is_operator(next) || next == Kind::clause_close || next == Kind::separator;
        case Kind::accessor: return may_follow(Kind::numeric, next) || next == Kind::clause;
        case Kind::modifier:
            return next == Kind::prefix || (is_value(next) && next != Kind::time) || next == Kind::clause ||
                   next == Kind::clause_close;
        case Kind::comparator: return may_follow(Kind::clause, next);
        case Kind::logical:
            return next == Kind::prefix || is_value(next) || next == Kind::clause ||
                   next == Kind::clause_close;
        case Kind::prefix:
            return (is_value(next) && next != Kind::string && next != Kind::time) || next == Kind::clause ||
                   next == Kind::clause_close;
        case Kind::ternary:
            return next == Kind::prefix || is_value(next) || next == Kind::clause || next == Kind::separator;
        case Kind::separator: return next == Kind::prefix || is_value(next) || next == Kind::clause;
    }
    return false;
}

namespace {

Token operator_token(Kind kind, std::string text) {
    Token token;
    token.kind = kind;
    token.shown = text;
    token.value = std::move(text);
    return token;
}

Token value_token(Kind kind, Value value) {
    Token token;
    token.kind = kind;
    token.shown = show(value);
    token.value = std::move(value);
    return token;
}

class Lexer {
public:
    explicit Lexer(std::string_view text) {
        for (std::size_t at = 0; at < text.size();) runes_.push_back(decode_rune(text, at));
    }

    std::vector<Token> all() {
        std::vector<Token> tokens;
        Kind last = Kind::unknown;
        while (true) {
            while (more() && is_space(runes_[at_])) ++at_;
            if (!more()) return tokens;
            tokens.push_back(next(last));
            last = tokens.back().kind;
        }
    }

private:
    [[nodiscard]] bool more() const { return at_ < runes_.size(); }

    /// The text up to the first rune that `wanted` refuses; a backslash takes the rune after it as it is.
    template <class Wanted>
    std::pair<std::string, bool> run(bool blanks, Wanted wanted) {
        std::string out;
        while (more()) {
            const char32_t rune = runes_[at_++];
            if (rune == '\\') {
                if (!more()) throw ExpressionError("the text ends in a backslash");
                append_rune(out, runes_[at_++]);
            } else if (!blanks && is_space(rune)) {
                if (!out.empty()) return {out, true};
            } else if (wanted(rune)) {
                append_rune(out, rune);
            } else {
                --at_;
                return {out, true};
            }
        }
        return {out, false};
    }

    static bool numeric(char32_t rune) { return is_digit(rune) || rune == '.'; }
    static bool quote_mark(char32_t rune) { return rune == '\'' || rune == '"'; }
    static bool symbol(char32_t rune) {
        return !is_digit(rune) && !is_letter(rune) && rune != '(' && rune != ')' && rune != '[' &&
               rune != ']' && !quote_mark(rune);
    }

    Token number() {
        if (runes_[at_] == '0' && at_ + 2 < runes_.size() && runes_[at_ + 1] == 'x') {
            at_ += 2;
            const std::string digits =
                run(false, [](char32_t rune) {
                    return is_digit(rune) || (rune >= 'a' && rune <= 'f') || (rune >= 'A' && rune <= 'F');
                }).first;
            std::uint64_t value = 0;
            bool fits =
                !digits.empty() && digits.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
            for (const char digit : digits) {
                fits = fits && value >> 60U == 0;
                value = value * 16 +
                        static_cast<std::uint64_t>(fits ? *parse_int(std::string_view(&digit, 1), 16) : 0);
            }
            if (!fits) throw ExpressionError("Unable to parse hex value '" + digits + "' to uint64\n");
            return value_token(Kind::numeric, static_cast<double>(value));
        }
        const std::string digits = run(false, numeric).first;
        const auto value = parse_float(digits);
        if (!value) throw ExpressionError("Unable to parse numeric value '" + digits + "' to float64\n");
        return value_token(Kind::numeric, *value);
    }

    Token word() {
        const std::string text = run(false, [](char32_t rune) {
                                     return is_letter(rune) || is_digit(rune) || rune == '_' || rune == '.';
                                 }).first;
        if (text == "true" || text == "false") return value_token(Kind::boolean, text == "true");
        if (text == "in" || text == "IN") return operator_token(Kind::comparator, "in");
        const auto dot = text.find('.');
        if (dot == std::string::npos || dot == 0) return value_token(Kind::variable, text);
        if (text.back() == '.') throw ExpressionError("Hanging accessor on token '" + text + "'");
        Token token = operator_token(Kind::accessor, text.substr(0, dot));
        token.shown = '[' + text + ']';
        for (auto begin = dot; begin != std::string::npos;) {
            token.shown[begin + 1] = ' ';
            const auto end = text.find('.', begin + 1);
            const std::string field =
                text.substr(begin + 1, end == std::string::npos ? end : end - begin - 1);
            std::size_t at = 0;
            std::string first;
            if (!field.empty()) append_rune(first, decode_rune(field, at));
            if (to_upper(first) != first)
                throw ExpressionError("Unable to access unexported field '" + field + "' in token '" + text +
                                      "'");
            begin = end;
        }
        return token;
    }

    Token quoted() {
        ++at_;
        auto [text, closed] = run(true, [](char32_t rune) { return !quote_mark(rune); });
        if (!closed) throw ExpressionError("Unclosed string literal");
        ++at_;
        if (auto date = parse_date(text)) {
            Token token = value_token(Kind::time, static_cast<double>(date->seconds));
            token.shown = std::move(date->shown);
            return token;
        }
        return value_token(Kind::string, std::move(text));
    }

    Token next(Kind last) {
        const char32_t rune = runes_[at_];
        if (numeric(rune)) return number();
        if (rune == ',') {
            ++at_;
            return operator_token(Kind::separator, ",");
        }
        if (rune == '[') {
            ++at_;
            auto [text, closed] = run(true, [](char32_t other) { return other != ']'; });
            if (!closed) throw ExpressionError("Unclosed parameter bracket");
            ++at_;
            return value_token(Kind::variable, std::move(text));
        }
        if (is_letter(rune)) return word();
        if (quote_mark(rune)) return quoted();
        if (rune == '(' || rune == ')') {
            ++at_;
            Token token = operator_token(rune == '(' ? Kind::clause : Kind::clause_close, "");
            token.shown = std::to_string(static_cast<unsigned>(rune));  // Go shows a rune as its number
            return token;
        }
        const std::string text = run(false, symbol).first;
        const auto one_of = [&](std::initializer_list<std::string_view> set) {
            return std::find(set.begin(), set.end(), text) != set.end();
        };
        if (may_follow(last, Kind::prefix) && one_of({"-", "!", "~"}))
            return operator_token(Kind::prefix, text);
        if (one_of({"+", "-", "*", "/", "%", "**", "&", "|", "^", ">>", "<<"}))
            return operator_token(Kind::modifier, text);
        if (one_of({"&&", "||"})) return operator_token(Kind::logical, text);
        if (one_of({"==", "!=", ">", ">=", "<", "<=", "=~", "!~"}))
            return operator_token(Kind::comparator, text);
        if (one_of({"?", ":", "??"})) return operator_token(Kind::ternary, text);
        throw ExpressionError("Invalid token: '" + text + "'");
    }

    std::vector<char32_t> runes_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<Token> tokenize(std::string_view text) { return Lexer(text).all(); }

void check_syntax(const std::vector<Token>& tokens) {
    std::ptrdiff_t open = 0;
    for (const Token& token : tokens)
        open += token.kind == Kind::clause ? 1 : token.kind == Kind::clause_close ? -1 : 0;
    if (open != 0) throw ExpressionError("Unbalanced parenthesis");
    Kind last = Kind::unknown;
    std::string shown = "<nil>";
    for (const Token& token : tokens) {
        if (!may_follow(last, token.kind)) {
            if (last == Kind::variable && token.kind == Kind::clause)
                throw ExpressionError("Undefined function " + shown);
            throw ExpressionError("Cannot transition token types from " + std::string(name(last)) + " [" +
                                  shown + "] to " + std::string(name(token.kind)) + " [" + token.shown + "]");
        }
        last = token.kind;
        shown = token.shown;
    }
    if (!is_value(last) && last != Kind::pattern && last != Kind::clause_close)
        throw ExpressionError("Unexpected end of expression");
}

void compile_patterns(std::vector<Token>& tokens) {
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (tokens[i].kind != Kind::comparator || (tokens[i].shown != "=~" && tokens[i].shown != "!~"))
            continue;
        Token& pattern = tokens[i + 1];
        if (pattern.kind != Kind::string) continue;
        pattern.value = std::make_shared<const Regex>(std::get<std::string>(pattern.value));
        pattern.kind = Kind::pattern;
    }
}

}  // namespace tiphys::expression::when
