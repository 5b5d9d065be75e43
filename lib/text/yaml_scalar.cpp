// SPDX-License-Identifier: Apache-2.0
#include "yaml_scalar.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "number_text.hpp"

namespace tiphys::detail {
namespace {

using Kind = YamlScalar::Kind;

struct Word {
    std::string_view text;
    Kind kind;
    bool value;
};

// The spellings that YAML 1.1 lists and goyaml knows; no other mixture of cases counts.
constexpr std::array<Word, 38> words{{
    {"y", Kind::boolean, true},       {"Y", Kind::boolean, true},       {"yes", Kind::boolean, true},
    {"Yes", Kind::boolean, true},     {"YES", Kind::boolean, true},     {"true", Kind::boolean, true},
    {"True", Kind::boolean, true},    {"TRUE", Kind::boolean, true},    {"on", Kind::boolean, true},
    {"On", Kind::boolean, true},      {"ON", Kind::boolean, true},      {"n", Kind::boolean, false},
    {"N", Kind::boolean, false},      {"no", Kind::boolean, false},     {"No", Kind::boolean, false},
    {"NO", Kind::boolean, false},     {"false", Kind::boolean, false},  {"False", Kind::boolean, false},
    {"FALSE", Kind::boolean, false},  {"off", Kind::boolean, false},    {"Off", Kind::boolean, false},
    {"OFF", Kind::boolean, false},    {"~", Kind::null, false},         {"null", Kind::null, false},
    {"Null", Kind::null, false},      {"NULL", Kind::null, false},      {".nan", Kind::infinite, false},
    {".NaN", Kind::infinite, false},  {".NAN", Kind::infinite, false},  {".inf", Kind::infinite, false},
    {".Inf", Kind::infinite, false},  {".INF", Kind::infinite, false},  {"+.inf", Kind::infinite, false},
    {"+.Inf", Kind::infinite, false}, {"+.INF", Kind::infinite, false}, {"-.inf", Kind::infinite, false},
    {"-.Inf", Kind::infinite, false}, {"-.INF", Kind::infinite, false},
}};

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

const Word* find_word(std::string_view text) {
    if (text.size() > 5) return nullptr;
    const auto found =
        std::find_if(words.begin(), words.end(), [&](const Word& w) { return w.text == text; });
    return found == words.end() ? nullptr : &*found;
}

bool parse_digits(std::string_view digits, int base, std::uint64_t& value) {
    if (digits.empty()) return false;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    return result.ec == std::errc() && result.ptr == digits.data() + digits.size();
}

/// An integer with an optional sign and a prefix for its base; a leading 0 means octal.
bool parse_integer(std::string_view text, std::string& decimal) {
    const bool sign = text.starts_with('-') || text.starts_with('+');
    const bool negative = text.starts_with('-');
    std::string_view rest = text.substr(sign ? 1 : 0);
    int base = 10;
    if (rest.size() > 1 && rest.front() == '0') {
        const char mark = rest[1];
        if (mark == 'x' || mark == 'X')
            base = 16;
        else if (mark == 'o' || mark == 'O')
            base = 8;
        else if (mark == 'b' || mark == 'B')
            base = 2;
        rest.remove_prefix(base == 10 ? 1 : 2);
        if (base == 10) base = 8;
    }
    std::uint64_t value = 0;
    if (!parse_digits(rest, base, value)) return false;
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (value > most + (negative ? 1 : 0) && sign) return false;
    decimal = (negative && value != 0 ? "-" : "") + std::to_string(value);
    return true;
}

/// [-+]? ( . digits | digits [ . digits? ] ) ( [eE] [-+]? digits )?
bool is_float(std::string_view text) {
    std::size_t i = 0;
    const auto digits = [&] {
        const std::size_t from = i;
        while (i < text.size() && is_digit(text[i])) ++i;
        return i - from;
    };
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    const std::size_t whole = digits();
    if (i < text.size() && text[i] == '.') {
        ++i;
        if (digits() == 0 && whole == 0) return false;
    } else if (whole == 0) {
        return false;
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
        if (digits() == 0) return false;
    }
    return i == text.size();
}

std::string without_underscores(std::string_view text) {
    std::string made(text);
    std::erase(made, '_');
    return made;
}

YamlScalar floating(std::string_view literal) {
    std::string text(literal.starts_with('+') ? literal.substr(1) : literal);
    const std::optional<double> value = parse_double(text);
    if (!value) return {};
    return {.kind = Kind::floating, .value = *value};
}

/// After a leading point an underscore has to stand between digits; elsewhere it may stand anywhere.
YamlScalar after_point(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '_' && (i + 1 == text.size() || !is_digit(text[i - 1]) || !is_digit(text[i + 1])))
            return {};
    const std::string plain = without_underscores(text);
    return is_float(plain) ? floating(plain) : YamlScalar{};
}

YamlScalar resolve_plain(std::string_view text) {
    if (text.empty()) return {.kind = Kind::null};
    const char first = text.front();
    const bool number = is_digit(first) || first == '-' || first == '+';
    if (!number && first != '.' && std::string_view("yYnNtTfFoO~").find(first) == std::string_view::npos)
        return {};
    if (const Word* word = find_word(text))
        return {.kind = word->kind,
                .boolean = word->value,
                .text = word->kind == Kind::infinite ? std::string(text) : std::string()};
    if (first == '.') return after_point(text);
    if (!number) return {};
    const std::string plain = without_underscores(text);
    YamlScalar made;
    if (parse_integer(plain, made.text)) {
        made.kind = Kind::integer;
        return made;
    }
    return is_float(plain) ? floating(plain) : YamlScalar{};
}

std::string_view name_of(Kind kind) {
    switch (kind) {
        case Kind::null: return "null";
        case Kind::boolean: return "a boolean";
        case Kind::integer: return "an integer";
        case Kind::floating:
        case Kind::infinite: return "a number";
        case Kind::string:
        case Kind::invalid: break;
    }
    return "text";
}

YamlScalar mismatch(std::string_view text, std::string_view tag, Kind found) {
    std::string why = "\"" + std::string(text.substr(0, 40)) + "\" is ";
    why.append(name_of(found)).append(", which its tag !!").append(tag).append(" does not allow");
    return {.kind = Kind::invalid, .text = std::move(why)};
}

}  // namespace

YamlScalar resolve_scalar(std::string_view text, std::string_view tag, bool plain) {
    if (tag.empty()) return plain ? resolve_plain(text) : YamlScalar{};
    constexpr std::string_view standard = "tag:yaml.org,2002:";
    if (!tag.starts_with(standard)) return {};
    tag.remove_prefix(standard.size());
    if (tag == "binary")
        return {.kind = Kind::invalid,
                .text = "the tag !!binary is not supported; write the base64 text itself"};
    if (tag != "bool" && tag != "int" && tag != "float" && tag != "null") return {};
    YamlScalar made = resolve_plain(text);
    if (tag == "float" && made.kind == Kind::integer) {
        made.kind = Kind::floating;
        made.value = parse_double(made.text).value_or(0);
        made.text.clear();
    }
    const bool fits = tag == "bool"   ? made.kind == Kind::boolean
                      : tag == "int"  ? made.kind == Kind::integer
                      : tag == "null" ? made.kind == Kind::null
                                      : made.kind == Kind::floating || made.kind == Kind::infinite;
    return fits ? made : mismatch(text, tag, made.kind);
}

}  // namespace tiphys::detail
