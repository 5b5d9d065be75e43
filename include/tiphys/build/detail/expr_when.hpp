// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/expr_type.hpp>

/// An expression as the text of Argo's `when`, which speaks another language (govaluate) over texts in which
/// each `{{…}}` is replaced already.
namespace tiphys::expr {

namespace detail {

/// Reads an expression and writes the condition that means the same. `refused()` names what `when` lacks.
class when_writer {
public:
    constexpr explicit when_writer(std::string_view expression) : text_(expression) {}

    constexpr str write() {
        term whole = conditional();
        if (at_ < text_.size()) refuse("has no such operator");
        if (whole.kind != Kind::truth) refuse("takes only what is true or false");
        return std::move(whole.text);
    }
    constexpr bool refused() const { return reason_.data != nullptr; }
    constexpr std::string_view reason() const { return reason_; }

private:
    enum class Kind : std::uint8_t { truth, number, text, name };
    // As govaluate binds, from loose to tight. All its operators bind to the left.
    enum class Level : std::uint8_t { ternary, either, both, comparison, sum, product, value };
    struct term {
        str text{};
        Kind kind = Kind::truth;
        Level level = Level::value;
    };

    constexpr void refuse(tiphys::detail::literal reason) {
        if (!refused()) reason_ = reason;
        at_ = text_.size();
    }

    constexpr void skip() {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    }
    constexpr char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    template <std::size_t N>
    constexpr bool follows(const char (&sign)[N]) const {
        return tiphys::detail::is(text_.substr(at_, N - 1), sign);
    }
    template <std::size_t N>
    constexpr bool accept(const char (&sign)[N]) {
        skip();
        if (!follows(sign)) return false;
        at_ += N - 1;
        return true;
    }
    template <std::size_t N>
    constexpr bool accept_word(const char (&word)[N]) {
        skip();
        if (!follows(word) || is_letter(peek(N - 1)) || is_digit(peek(N - 1))) return false;
        at_ += N - 1;
        return true;
    }

    static constexpr void add(str& to, const term& one, Level least) {
        const bool fenced = one.level < least;
        if (fenced) to += '(';
        to.append(one.text.view());
        if (fenced) to += ')';
    }
    static constexpr str infix(const term& left, std::string_view sign, const term& right, Level level) {
        str made("");
        add(made, left, level);
        made.append(sign);
        add(made, right, static_cast<Level>(static_cast<std::uint8_t>(level) + 1));
        return made;
    }

    constexpr void want(const term& one, Kind kind, tiphys::detail::literal reason) {
        if (one.kind != kind) refuse(reason);
    }
    constexpr void as_text(term& one) {
        if (one.kind == Kind::name)
            one.text = joined("'", one.text.view(), "'");
        else if (one.kind != Kind::text)
            refuse("does not compare these two types");
        one.kind = Kind::text;
    }
    constexpr void as_number(term& one) {
        if (one.kind != Kind::name && one.kind != Kind::number) refuse("does not compare these two types");
        one.kind = Kind::number;
    }
    /// A name stands for a number beside a number, else for a text.
    constexpr void alike(term& a, term& b) {
        if (a.kind == Kind::number || b.kind == Kind::number) {
            as_number(a);
            as_number(b);
        } else {
            as_text(a);
            as_text(b);
        }
    }

    constexpr term conditional() {
        if (++depth_ > 200) refuse("takes no expression as deep as this");
        term condition = either();
        skip();
        if (peek() == '?' && peek(1) != '?' && peek(1) != '.') {
            ++at_;
            term then = conditional();
            if (!accept(":")) refuse("has no such operator");
            term other = conditional();
            want(condition, Kind::truth, "takes only what is true or false");
            if (then.kind != Kind::truth || other.kind != Kind::truth) alike(then, other);
            str made("");
            add(made, condition, Level::either);
            made.append(" ? ");
            add(made, then, Level::either);
            made.append(" : ");
            add(made, other, Level::either);
            const Kind kind = then.kind;
            condition = term{std::move(made), kind, Level::ternary};
        }
        --depth_;
        return condition;
    }
    constexpr term either() {
        term left = both();
        while (accept("||")) left = truths(std::move(left), " || ", both(), Level::either);
        return left;
    }
    constexpr term both() {
        term left = comparison();
        while (accept("&&")) left = truths(std::move(left), " && ", comparison(), Level::both);
        return left;
    }
    constexpr term truths(term&& left, std::string_view sign, term&& right, Level level) {
        want(left, Kind::truth, "takes only what is true or false");
        want(right, Kind::truth, "takes only what is true or false");
        return {infix(left, sign, right, level), Kind::truth, level};
    }

    constexpr term comparison() {
        term left = sum();
        while (true) {
            skip();
            if (accept("=="))
                left = equality(std::move(left), " == ");
            else if (accept("!="))
                left = equality(std::move(left), " != ");
            else if (accept("<="))
                left = ordered(std::move(left), " <= ");
            else if (accept(">="))
                left = ordered(std::move(left), " >= ");
            else if (accept("<"))
                left = ordered(std::move(left), " < ");
            else if (accept(">"))
                left = ordered(std::move(left), " > ");
            else if (accept_word("matches"))
                left = matched(std::move(left));
            else if (accept_word("in"))
                left = among(std::move(left));
            else if (accept_word("not"))
                left = not_among(std::move(left));
            else
                return left;
        }
    }
    constexpr term equality(term&& left, std::string_view sign) {
        term right = sum();
        if (left.kind != Kind::truth || right.kind != Kind::truth) alike(left, right);
        return {infix(left, sign, right, Level::comparison), Kind::truth, Level::comparison};
    }
    constexpr term ordered(term&& left, std::string_view sign) {
        term right = sum();
        alike(left, right);
        return {infix(left, sign, right, Level::comparison), Kind::truth, Level::comparison};
    }
    constexpr term matched(term&& left) {
        term right = sum();
        as_text(left);
        as_text(right);
        return {infix(left, " =~ ", right, Level::comparison), Kind::truth, Level::comparison};
    }
    constexpr term not_among(term&& left) {
        if (!accept_word("in")) refuse("has no such operator");
        const term found = among(std::move(left));
        return {joined("!(", found.text.view(), ")"), Kind::truth, Level::value};
    }
    constexpr term among(term&& left) {
        if (!accept("[")) refuse("looks only into a list that is written out");
        list<term> items;
        bool numbers = left.kind == Kind::number;
        while (!refused() && !accept("]")) {
            if (!items.empty() && !accept(",")) refuse("looks only into a list that is written out");
            items.push_back(sum());
            numbers = numbers || items.back().kind == Kind::number;
        }
        if (items.empty()) refuse("looks into no empty list");
        if (refused()) return left;
        // One in parentheses would be no list.
        if (items.size() == 1) items.push_back(term(items[0]));
        if (numbers)
            as_number(left);
        else
            as_text(left);
        str made("");
        add(made, left, Level::comparison);
        made.append(" in (");
        for (term& item : items) {
            if (numbers)
                as_number(item);
            else
                as_text(item);
            if (&item != &items[0]) made.append(", ");
            add(made, item, Level::either);
        }
        made += ')';
        return {std::move(made), Kind::truth, Level::comparison};
    }

    constexpr term sum() {
        term left = product();
        while (true) {
            skip();
            if (accept("+")) {
                term right = product();
                alike(left, right);
                const Kind kind = left.kind;
                left = term{infix(left, " + ", right, Level::sum), kind, Level::sum};
            } else if (accept("-")) {
                left = numbers(std::move(left), " - ", product(), Level::sum);
            } else {
                return left;
            }
        }
    }
    constexpr term product() {
        term left = sign();
        while (true) {
            skip();
            if (follows("**")) {
                refuse("has no power that agrees");
                return left;
            }
            if (accept("*"))
                left = numbers(std::move(left), " * ", sign(), Level::product);
            else if (accept("/"))
                left = numbers(std::move(left), " / ", sign(), Level::product);
            else if (accept("%"))
                left = numbers(std::move(left), " % ", sign(), Level::product);
            else
                return left;
        }
    }
    constexpr term numbers(term&& left, std::string_view mark, term&& right, Level level) {
        as_number(left);
        as_number(right);
        return {infix(left, mark, right, level), Kind::number, level};
    }

    constexpr term sign() {
        skip();
        if (accept("!")) {
            const term inner = value();
            want(inner, Kind::truth, "takes only what is true or false");
            return {joined("!(", inner.text.view(), ")"), Kind::truth, Level::value};
        }
        if (accept("-")) {
            term inner = value();
            as_number(inner);
            const bool plain = is_digit(inner.text.empty() ? '\0' : inner.text[0]);
            str made("-");
            if (!plain) made += '(';
            made.append(inner.text.view());
            if (!plain) made += ')';
            return {std::move(made), Kind::number, Level::value};
        }
        return value();
    }

    constexpr term value() {
        skip();
        const char c = peek();
        if (c == '(') {
            ++at_;
            term inner = conditional();
            if (!accept(")")) refuse("has no such operator");
            return inner;
        }
        if (c == '\'' || c == '"') return literal(c);
        if (is_digit(c)) return number();
        if (!is_letter(c)) {
            refuse("has no such value");
            return {};
        }
        if (accept_word("true")) return {str("true"), Kind::truth, Level::value};
        if (accept_word("false")) return {str("false"), Kind::truth, Level::value};
        if (accept_word("nil")) refuse("has no nil");
        if (accept_word("let")) refuse("has no variables of its own");
        return name();
    }

    constexpr term number() {
        const std::size_t from = at_;
        while (is_digit(peek()) || (peek() == '.' && is_digit(peek(1)))) ++at_;
        if (at_ - from > 15) refuse("takes no number of more than 15 digits");
        if (is_letter(peek())) refuse("takes only decimal numbers");
        return {str(text_.substr(from, at_ - from)), Kind::number, Level::value};
    }

    constexpr str unquoted(char mark) {
        str made("");
        ++at_;
        while (at_ < text_.size() && peek() != mark) {
            char c = text_[at_++];
            if (c == '\\') {
                c = peek();
                ++at_;
                if (c == 'n')
                    c = '\n';
                else if (c == 't')
                    c = '\t';
                else if (c == 'r')
                    c = '\r';
                else if (c == 'x') {
                    c = static_cast<char>(nibble(peek()) * 16 + nibble(peek(1)));
                    at_ += 2;
                }
            }
            made += c;
        }
        ++at_;
        return made;
    }
    static constexpr int nibble(char c) { return is_digit(c) ? c - '0' : c - 'a' + 10; }

    constexpr term literal(char mark) {
        const str inner = unquoted(mark);
        if (looks_like_a_time(inner.view())) refuse("takes a text like this for a time");
        str made("'");
        for (std::size_t i = 0; i < inner.size(); ++i) {
            const char c = inner[i];
            if (c == '{' && i > 0 && inner[i - 1] == '{') refuse("takes {{ for the beginning of a tag");
            if (c == '\'' || c == '"' || c == '\\') made += '\\';
            made += c;
        }
        made += '\'';
        return {std::move(made), Kind::text, Level::value};
    }
    /// Whether govaluate may read a time in it.
    static constexpr bool looks_like_a_time(std::string_view text) {
        std::size_t digits = 0;
        while (digits < text.size() && is_digit(text[digits])) ++digits;
        const char next = digits < text.size() ? text[digits] : '\0';
        if ((digits == 1 || digits == 2) && next == ':') return true;
        if (digits == 4 && next == '-') return true;
        const std::string_view day = text.substr(0, 4);
        using tiphys::detail::is;
        return is(day, "Mon ") || is(day, "Tue ") || is(day, "Wed ") || is(day, "Thu ") || is(day, "Fri ") ||
               is(day, "Sat ") || is(day, "Sun ");
    }

    constexpr std::string_view identifier() {
        const std::size_t from = at_;
        while (is_letter(peek()) || is_digit(peek())) ++at_;
        return text_.substr(from, at_ - from);
    }
    constexpr term name() {
        using tiphys::detail::is;
        const std::string_view first = identifier();
        if (peek() == '(') {
            const bool numeric =
                is(first, "asInt") || is(first, "asFloat") || is(first, "int") || is(first, "float");
            if (!numeric && !is(first, "string")) {
                refuse("has no functions");
                return {};
            }
            ++at_;
            term inner = sum();
            if (!accept(")")) refuse("has no functions");
            if (inner.kind != Kind::name) refuse("has no functions");
            if (numeric)
                as_number(inner);
            else
                as_text(inner);
            return inner;
        }
        str path = joined("{{", first);
        while (!refused()) {
            if (peek() == '.' && is_letter(peek(1))) {
                ++at_;
                path += '.';
                path.append(identifier());
            } else if (peek() == '[' && (peek(1) == '\'' || peek(1) == '"')) {
                ++at_;
                const str inner = unquoted(peek());
                for (const char c : inner)
                    if (c == '{' || c == '}' || c == '.') refuse("names no such member");
                path += '.';
                path.append(inner.view());
                if (!accept("]")) refuse("names no such member");
            } else {
                break;
            }
        }
        if (peek() == '(' || peek() == '[') refuse("has no lists and maps, and no functions");
        if (peek() == '?') refuse("has no ?.");
        path.append("}}");
        return {std::move(path), Kind::name, Level::value};
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int depth_ = 0;
    tiphys::detail::literal reason_{};
};

}  // namespace detail

/// The text in tags, as parameters and other substituted texts take it: `{{=…}}`.
template <Type T>
constexpr str in_tags(const Expr<T>& expression) {
    const std::string_view text = expression.text();
    return detail::joined("{{=", text, text.ends_with('}') ? " }}" : "}}");
}

/// The condition as Argo's `when` has it: `'{{tasks.A.outputs.result}}' == 'yes'`. Names beside numbers (or
/// in as_int, as_float) stand bare, others in quotes.
///
/// Limits: comparisons, `in` lists that are written out, matches, && || !, + - * / %, conditional().
/// A value that holds quotes or backslashes breaks the condition, as always in Argo; `in_tags` takes any.
/// Errors: `std::invalid_argument` for all that `when` does not have, or understands in another way.
template <Type T>
constexpr str when_text(const Expr<T>& condition) {
    static_assert(detail::fits(T, Type::boolean), "a condition is true or false: compare it with something");
    detail::when_writer writer(condition.text());
    str made = writer.write();
    if (writer.refused())
        throw std::invalid_argument(std::string("Argo's `when` ") + std::string(writer.reason()) + ": `" +
                                    std::string(condition.text()) +
                                    "`; give it as an expression: in_tags(…)");
    return made;
}

/// The condition as `.when()` sets it: in the language of `when` where that says the same, else in tags.
template <Type T>
constexpr str condition_text(const Expr<T>& condition) {
    static_assert(detail::fits(T, Type::boolean), "a condition is true or false: compare it with something");
    detail::when_writer writer(condition.text());
    str made = writer.write();
    if (writer.refused()) return in_tags(condition);
    return made;
}

}  // namespace tiphys::expr
