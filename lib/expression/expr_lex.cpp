// SPDX-License-Identifier: Apache-2.0
#include "expr_lex.hpp"

#include <tiphys/expression/go_text.hpp>

#include <algorithm>
#include <array>
#include <optional>

#include "expr_ast.hpp"

namespace tiphys::expression::expr {

ExpressionError error_at(std::string_view source, std::size_t at, const std::string& message) {
    std::size_t line_begin = 0;
    std::size_t line = 1;
    at = std::min(at, source.size());
    for (std::size_t i = 0; i < at; ++i) {
        if (source[i] == '\n') {
            line_begin = i + 1;
            ++line;
        }
    }
    std::string_view shown = source.substr(line_begin);
    shown = shown.substr(0, shown.find('\n'));
    if (shown.empty()) return ExpressionError(message);
    const std::size_t column = count_runes(source.substr(line_begin, at - line_begin));
    std::string text = message + " (" + std::to_string(line) + ':' + std::to_string(column + 1) + ")\n | ";
    for (const char byte : shown) text += byte == '\t' ? ' ' : byte;
    return ExpressionError(text + "\n | " + std::string(column, '.') + '^');
}

std::string show(const Token& token) {
    static constexpr std::array<std::string_view, 7> names{"Identifier", "Number",  "String", "Bytes",
                                                           "Operator",   "Bracket", "EOF"};
    const std::string name(names[static_cast<std::size_t>(token.kind)]);
    return token.value.empty() ? name : name + '(' + quote(token.value) + ')';
}

namespace {

bool word_rune(char32_t rune) { return rune == '_' || rune == '$' || is_letter(rune) || is_digit(rune); }

class Lexer {
public:
    explicit Lexer(std::string_view source) : source_(source) {}

    std::vector<Token> all() {
        while (at_ < source_.size()) next();
        // The place of the end is the last rune, as in expr-lang.
        std::size_t last = source_.empty() ? 0 : source_.size() - 1;
        while (last > 0 && (static_cast<unsigned char>(source_[last]) & 0xC0U) == 0x80U) --last;
        tokens_.push_back({TokenKind::end, {}, last});
        return std::move(tokens_);
    }

private:
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
    }
    [[noreturn]] void fail(const std::string& message, std::size_t at) const {
        throw error_at(source_, at, message);
    }
    void emit(TokenKind kind, std::size_t begin) {
        tokens_.push_back({kind, std::string(source_.substr(begin, at_ - begin)), begin});
    }
    bool accept(std::string_view set) {
        if (at_ < source_.size() && set.find(source_[at_]) != std::string_view::npos) {
            ++at_;
            return true;
        }
        return false;
    }
    [[nodiscard]] bool word_follows() const {
        std::size_t at = at_;
        return at < source_.size() && word_rune(decode_rune(source_, at));
    }
    void skip_word() {
        while (word_follows()) decode_rune(source_, at_);
    }

    void next() {
        const std::size_t begin = at_;
        const char32_t rune = decode_rune(source_, at_);
        if (is_space(rune)) return;
        switch (rune) {
            case '\'':
            case '"':
                tokens_.push_back({TokenKind::text, text(static_cast<char>(rune), begin), begin});
                return;
            case '`': raw(begin); return;
            case '?':
                accept(".?");
                emit(TokenKind::operation, begin);
                return;
            case '/': slash(begin); return;
            case '#':
                accept("#");
                emit(TokenKind::operation, begin);
                if (const std::size_t word = at_; word_follows()) {
                    skip_word();
                    emit(TokenKind::identifier, word);
                }
                return;
            case '|':
            case ':':
                accept(rune == '|' ? "|" : ":");
                emit(TokenKind::operation, begin);
                return;
            case '(':
            case '[':
            case '{':
            case ')':
            case ']':
            case '}': emit(TokenKind::bracket, begin); return;
            case ',':
            case ';':
            case '%':
            case '+':
            case '-':
            case '^': emit(TokenKind::operation, begin); return;
            case '&':
            case '!':
            case '=':
            case '*':
            case '<':
            case '>':
                accept("&=*");
                emit(TokenKind::operation, begin);
                return;
            case '.':
                if (peek() >= '0' && peek() <= '9') {
                    at_ = begin;
                    number(begin);
                    return;
                }
                accept(".");
                emit(TokenKind::operation, begin);
                return;
            default: break;
        }
        if ((rune == 'b' || rune == 'B') && (peek() == '\'' || peek() == '"'))
            fail("byte strings are not supported", begin);
        if (rune >= '0' && rune <= '9') {
            at_ = begin;
            number(begin);
        } else if (word_rune(rune)) {
            word(begin);
        } else {
            const auto shown = std::string(source_.substr(begin, at_ - begin));
            std::string hex;
            for (char32_t rest = rune; rest != 0 || hex.size() < 4; rest >>= 4U)
                hex.insert(hex.begin(), "0123456789ABCDEF"[rest & 0xFU]);
            fail("unrecognized character: U+" + hex + " '" + shown + "'", begin);
        }
    }

    void word(std::size_t begin) {
        skip_word();
        const std::string_view text = source_.substr(begin, at_ - begin);
        static constexpr std::array<std::string_view, 11> operators{
            "in", "or", "and", "matches", "contains", "startsWith", "endsWith", "let", "if", "else", "not"};
        emit(std::find(operators.begin(), operators.end(), text) != operators.end() ? TokenKind::operation
                                                                                    : TokenKind::identifier,
             begin);
    }

    void number(std::size_t begin) {
        std::string_view digits = "0123456789_";
        if (accept("0")) {
            if (accept("xX"))
                digits = "0123456789abcdefABCDEF_";
            else if (accept("oO"))
                digits = "01234567_";
            else if (accept("bB"))
                digits = "01_";
        }
        const auto run = [&] {
            while (accept(digits)) {
            }
        };
        run();
        if (peek() == '.' && peek(1) != '.') {
            ++at_;
            run();
        }
        if (peek() != '.' && accept("eE")) {
            accept("+-");
            run();
        }
        if (word_follows()) {
            const std::size_t last = at_;
            decode_rune(source_, at_);
            fail("bad number syntax: " + quote(source_.substr(begin, at_ - begin)), last);
        }
        emit(TokenKind::number, begin);
    }

    void slash(std::size_t begin) {
        if (accept("/")) {
            at_ = std::min(source_.find('\n', at_), source_.size());
        } else if (accept("*")) {
            const auto end = source_.find("*/", at_);
            if (end == std::string_view::npos) fail("unclosed comment", source_.size());
            at_ = end + 2;
        } else {
            emit(TokenKind::operation, begin);
        }
    }

    void raw(std::size_t begin) {
        std::string out;
        while (true) {
            if (at_ >= source_.size()) fail("literal not terminated", source_.size());
            const char byte = source_[at_++];
            if (byte == '`') {
                if (peek() != '`') break;
                ++at_;  // two of them stand for one
            }
            out += byte;
        }
        tokens_.push_back({TokenKind::text, std::move(out), begin});
    }

    std::string text(char mark, std::size_t) {
        std::string out;
        while (true) {
            if (at_ >= source_.size() || source_[at_] == '\n') fail("literal not terminated", at_);
            const char byte = source_[at_];
            if (byte == mark) {
                ++at_;
                return out;
            }
            if (byte == '\\') {
                ++at_;
                escape(mark, out);
            } else if (byte == '\r') {  // line ends are read as \n
                ++at_;
                out += '\n';
            } else {
                append_rune(out, decode_rune(source_, at_));
            }
        }
    }

    char32_t digits(int base, int count) {
        char32_t value = 0;
        for (int i = 0; i < count; ++i) {
            const auto digit = at_ < source_.size() && peek() != '-' && peek() != '+'
                                   ? parse_int(source_.substr(at_, 1), base)
                                   : std::nullopt;
            if (!digit) fail("invalid char escape", at_);
            value = value * static_cast<char32_t>(base) + static_cast<char32_t>(*digit);
            ++at_;
        }
        return value;
    }

    void escape(char mark, std::string& out) {
        const char kind = peek();
        constexpr std::string_view from = "abfnrtv\\'\"`";
        constexpr std::string_view to = "\a\b\f\n\r\t\v\\'\"`";
        if (kind == mark || (from.find(kind) < 8 && kind != '\0')) {
            out += to[from.find(kind)];
            ++at_;
        } else if (kind >= '0' && kind <= '7') {
            const char32_t value = digits(8, 3);
            if (value > 0xFF) fail("unable to unescape string", at_ - 1);
            append_rune(out, value);
        } else if (kind == 'x') {
            ++at_;
            append_rune(out, digits(16, 2));
        } else if (kind == 'u' || kind == 'U') {
            ++at_;
            char32_t value = 0;
            if (kind == 'u' && peek() == '{') {
                ++at_;
                int count = 0;
                for (; count < 6 && peek() != '}'; ++count) value = value * 16 + digits(16, 1);
                if (count == 0 || peek() != '}') fail("invalid char escape", at_);
                ++at_;
            } else {
                value = digits(16, kind == 'u' ? 4 : 8);
            }
            if (kind == 'u' && value >= 0xD800 && value <= 0xDBFF && peek() == '\\' && peek(1) == 'u') {
                const std::size_t back = at_;
                at_ += 2;
                const char32_t low = digits(16, 4);
                if (low >= 0xDC00 && low <= 0xDFFF)
                    value = 0x10000 + ((value - 0xD800) << 10U) + (low - 0xDC00);
                else
                    at_ = back;
            }
            if (value > 0x10FFFF) fail("unable to unescape string", at_ - 1);
            append_rune(out, value);
        } else {
            fail("invalid char escape", at_);
        }
    }

    std::string_view source_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> lex(std::string_view source) { return Lexer(source).all(); }

}  // namespace tiphys::expression::expr
