// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/names.hpp>

#include <charconv>
#include <source_location>
#include <stdexcept>

/// The text of expressions: literals, names, and where the grammar wants parentheses.
namespace tiphys::expr::detail {

using tiphys::detail::joined;

/// How tightly the outermost operator of a text binds, from loose to tight. Source: expr-lang's table of
/// operators. `??` binds tightest there, but may not stand beside other operators: it counts as loose, so
/// that it gets parentheses.
enum class Strength : std::uint8_t {
    let,
    conditional,
    pipe,
    coalesce,
    either,
    both,
    comparison,
    range,
    sum,
    negation,
    product,
    sign,
    power,
    atom,    ///< a number, true, false, nil: nothing may be taken from it
    primary  ///< what `.name` and `[0]` may follow
};

constexpr Strength above(Strength strength) {
    return static_cast<Strength>(static_cast<std::uint8_t>(strength) + 1);
}

constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether the name may stand behind a dot.
constexpr bool is_identifier(std::string_view name) {
    if (name.empty() || !is_letter(name.front())) return false;
    for (const char c : name)
        if (!is_letter(c) && !is_digit(c)) return false;
    return true;
}

/// Words that are no names where an expression begins.
constexpr bool is_reserved(std::string_view name) {
    using tiphys::detail::is;
    return is(name, "true") || is(name, "false") || is(name, "nil") || is(name, "in") || is(name, "or") ||
           is(name, "and") || is(name, "not") || is(name, "let") || is(name, "if") || is(name, "else") ||
           is(name, "matches") || is(name, "contains") || is(name, "startsWith") || is(name, "endsWith");
}

/// A text literal. Two braces never stand side by side in it: they would begin or end a tag.
constexpr str quoted(std::string_view text) {
    bool single = false;
    bool twofold = false;
    for (const char c : text) {
        single = single || c == '\'';
        twofold = twofold || c == '"';
    }
    const char mark = single && !twofold ? '"' : '\'';
    str made;
    made.reserve(text.size() + 2);
    made += mark;
    std::size_t done = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool pair = (c == '{' || c == '}') && i > 0 && text[i - 1] == c;
        const bool control = static_cast<unsigned char>(c) < 0x20;
        if (c != mark && c != '\\' && !control && !pair) continue;
        made.append(text.substr(done, i - done));
        done = i + 1;
        made += '\\';
        if (c == '\n') {
            made += 'n';
        } else if (c == '\t') {
            made += 't';
        } else if (c == '\r') {
            made += 'r';
        } else if (control || pair) {
            constexpr std::string_view digits = "0123456789abcdef";
            made += 'x';
            made += digits[static_cast<unsigned char>(c) >> 4U];
            made += digits[static_cast<unsigned char>(c) & 15U];
        } else {
            made += c;
        }
    }
    made.append(text.substr(done));
    made += mark;
    return made;
}

/// `base.name` or `base['name']`.
constexpr str member(std::string_view base, std::string_view name) {
    if (is_identifier(name)) return joined(base, ".", name);
    return joined(base, "[", quoted(name).view(), "]");
}

/// A number with a fraction, in the fewest digits that give it back.
/// Limits: while compiling, numbers of up to 15 digits below 2^53.
/// Errors: `std::invalid_argument` for NaN and infinity.
constexpr str decimal(double number) {
    const double size = number < 0 ? -number : number;
    if (!(size <= 1.7976931348623157e308))
        throw std::invalid_argument("tiphys::expr: expressions have no literal for NaN and infinity");
    double scale = 1;
    for (std::size_t places = 0; places <= 22; ++places, scale *= 10) {
        const double scaled = size * scale;
        if (!(scaled < 9007199254740992.0)) break;
        const auto whole = static_cast<std::int64_t>(scaled + 0.5);
        // Both exact, so that the quotient is the number nearest to the digits.
        if (static_cast<double>(whole) / scale != size) continue;
        str digits = tiphys::text(whole);
        while (digits.size() <= places) digits = joined("0", digits.view());
        const std::size_t dot = digits.size() - places;
        const std::string_view all = digits.view();
        return joined(number < 0 ? "-" : "", all.substr(0, dot), ".", places == 0 ? "0" : all.substr(dot));
    }
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
    const std::string_view made(buffer, static_cast<std::size_t>(end - buffer));
    const bool whole = made.find_first_of(".e") == std::string_view::npos;
    return joined(made, whole ? ".0" : "");
}

/// A part of an expression: its text, and how tightly it binds.
class part {
public:
    constexpr part(std::string_view text, Strength strength) : given_(text), strength_(strength) {}
    constexpr part(str&& text, Strength strength) : made_(std::move(text)), strength_(strength) {}
    constexpr std::string_view view() const { return made_.has_value() ? made_.view() : given_; }
    constexpr Strength strength() const { return strength_; }

    /// Appends it, in parentheses where it binds more loosely than `least`.
    constexpr void add_to(str& text, Strength least) const {
        const bool fenced = strength_ < least;
        if (fenced) text += '(';
        text.append(view());
        if (fenced) text += ')';
    }

private:
    str made_;
    std::string_view given_;
    Strength strength_;
};

constexpr part constant(bool value) { return {std::string_view(value ? "true" : "false"), Strength::atom}; }
constexpr part constant(std::int64_t value) {
    // Its digits alone are beyond the range.
    if (value == INT64_MIN) return {std::string_view("-9223372036854775807 - 1"), Strength::sum};
    return {tiphys::text(value), value < 0 ? Strength::sign : Strength::atom};
}
constexpr part constant(double value) {
    return {decimal(value), value < 0 ? Strength::sign : Strength::atom};
}
constexpr part constant(std::string_view text) { return {quoted(text), Strength::primary}; }

constexpr str infix(const part& left, Strength left_least, std::string_view sign, const part& right,
                    Strength right_least) {
    str made;
    made.reserve(left.view().size() + sign.size() + right.view().size() + 4);
    left.add_to(made, left_least);
    made.append(sign);
    right.add_to(made, right_least);
    return made;
}

/// A closing brace after another would end the tag.
constexpr void close_brace(str& text) {
    if (!text.empty() && text[text.size() - 1] == '}') text += ' ';
    text += '}';
}

}  // namespace tiphys::expr::detail
