// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/go_format.hpp>
#include <tiphys/expression/go_text.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

namespace tiphys::expression {
namespace {

struct Verb {
    bool plus = false, minus = false, sharp = false, space = false, zero = false;
    std::optional<int> width, precision;
};

std::string pad(const Verb& verb, std::string text) {
    const std::size_t length = count_runes(text);
    const auto width = static_cast<std::size_t>(verb.width.value_or(0));
    if (length >= width) return text;
    if (verb.minus) return text + std::string(width - length, ' ');
    return std::string(width - length, verb.zero ? '0' : ' ') + text;
}

std::string integer(const Verb& verb, std::int64_t value, char kind) {
    if (verb.precision == 0 && value == 0)
        return std::string(static_cast<std::size_t>(verb.width.value_or(0)), ' ');
    const std::uint64_t size =
        value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
    const int base = kind == 'b' ? 2 : kind == 'o' || kind == 'O' ? 8 : kind == 'x' || kind == 'X' ? 16 : 10;
    std::array<char, 72> buffer{};
    std::string digits(buffer.data(),
                       std::to_chars(buffer.data(), buffer.data() + buffer.size(), size, base).ptr);
    if (kind == 'X') digits = to_upper(digits);
    const bool sign = value < 0 || verb.plus || verb.space;
    int least = verb.precision.value_or(0);
    if (!verb.precision && verb.zero && !verb.minus && verb.width) least = *verb.width - (sign ? 1 : 0);
    if (least > 0 && digits.size() < static_cast<std::size_t>(least))
        digits.insert(0, static_cast<std::size_t>(least) - digits.size(), '0');
    if (verb.sharp && kind == 'b')
        digits.insert(0, "0b");
    else if (verb.sharp && (kind == 'o' || kind == 'O') && digits.front() != '0')
        digits.insert(0, "0");
    else if (verb.sharp && (kind == 'x' || kind == 'X'))
        digits.insert(0, kind == 'x' ? "0x" : "0X");
    if (kind == 'O') digits.insert(0, "0o");
    if (sign) digits.insert(0, 1, value < 0 ? '-' : verb.plus ? '+' : ' ');
    Verb plain = verb;
    plain.zero = false;
    return pad(plain, std::move(digits));
}

std::string letter(std::int64_t value) {
    std::string out;
    append_rune(out, value < 0 || value > 0x10FFFF ? char32_t{0xFFFD} : static_cast<char32_t>(value));
    return out;
}

std::string quoted_letter(const Verb& verb, std::int64_t value) {
    const std::string text = letter(value);
    std::string inner = quote(text);
    inner = inner == R"("\"")" ? "\"" : inner.substr(1, inner.size() - 2);
    if (inner == "'") inner = R"(\')";
    if (verb.plus && text.size() > 1) {
        std::array<char, 16> buffer{};
        std::size_t at = 0;
        const auto rune = static_cast<std::uint32_t>(decode_rune(text, at));
        std::string hex(buffer.data(),
                        std::to_chars(buffer.data(), buffer.data() + buffer.size(), rune, 16).ptr);
        const std::size_t length = rune < 0x10000 ? 4 : 8;
        inner = (length == 4 ? "\\u" : "\\U") + std::string(length - hex.size(), '0') + hex;
    }
    return pad(verb, '\'' + inner + '\'');
}

std::string unicode(const Verb& verb, std::int64_t value) {
    std::array<char, 32> buffer{};
    std::string hex =
        to_upper(std::string(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                                          static_cast<std::uint64_t>(value), 16)
                                                .ptr));
    const auto least = static_cast<std::size_t>(std::max(4, verb.precision.value_or(4)));
    if (hex.size() < least) hex.insert(0, least - hex.size(), '0');
    std::string out = "U+" + hex;
    if (verb.sharp && value >= ' ' && value <= 0x10FFFF) out += " '" + letter(value) + "'";
    Verb plain = verb;
    plain.zero = false;
    return pad(plain, std::move(out));
}

constexpr int most_bytes = 1'000'000;

void read_number(std::string_view format, std::size_t& at, std::optional<int>& number) {
    while (at < format.size() && format[at] >= '0' && format[at] <= '9') {
        number = number.value_or(0) * 10 + (format[at++] - '0');
        if (*number > most_bytes)
            throw ExpressionError("format '" + std::string(format) + "' makes more than 1000000 bytes");
    }
}

}  // namespace

std::string format_integer(std::string_view format, std::int64_t value) {
    std::string out;
    bool used = false;
    for (std::size_t at = 0; at < format.size();) {
        if (out.size() > most_bytes)
            throw ExpressionError("format '" + std::string(format) + "' makes more than 1000000 bytes");
        if (format[at] != '%') {
            out += format[at++];
            continue;
        }
        ++at;
        Verb verb;
        for (bool flags = true; flags && at < format.size();) {
            switch (format[at]) {
                case '#': verb.sharp = true; break;
                case '0': verb.zero = true; break;
                case '+': verb.plus = true; break;
                case '-': verb.minus = true; break;
                case ' ': verb.space = true; break;
                default: flags = false; continue;
            }
            ++at;
        }
        read_number(format, at, verb.width);
        if (at < format.size() && format[at] == '.') {
            ++at;
            verb.precision = 0;
            read_number(format, at, verb.precision);
        }
        if (format.substr(at, 3) == "[1]") {  // the one operand by its number, as often as wished
            at += 3;
            used = false;
        }
        if (at < format.size() && (format[at] == '*' || format[at] == '['))
            throw ExpressionError("format '" + std::string(format) +
                                  "' asks for an operand that there is not");
        if (at >= format.size()) {
            out += "%!(NOVERB)";
            break;
        }
        const std::size_t begin = at;
        const char32_t kind = decode_rune(format, at);
        const std::string_view shown = format.substr(begin, at - begin);
        if (kind == '%') {
            out += '%';
        } else if (used) {
            out.append("%!").append(shown).append("(MISSING)");
        } else {
            used = true;
            switch (kind) {
                case 'v':
                    verb.plus = verb.sharp = false;  // %+v and %#v mean something else to Go
                    [[fallthrough]];
                case 'd':
                case 'b':
                case 'o':
                case 'O':
                case 'x':
                case 'X': out += integer(verb, value, static_cast<char>(kind)); break;
                case 'c': out += pad(verb, letter(value)); break;
                case 'q': out += quoted_letter(verb, value); break;
                case 'U': out += unicode(verb, value); break;
                case 'T': out += pad(verb, "int"); break;
                default:
                    out.append("%!")
                        .append(shown)
                        .append("(int=")
                        .append(integer(verb, value, 'd'))
                        .append(")");
            }
        }
    }
    if (!used) out.append("%!(EXTRA int=").append(std::to_string(value)).append(")");
    return out;
}

namespace {

constexpr std::uint64_t nanosecond = 1;
constexpr std::uint64_t second = 1'000'000'000;

struct Unit {
    std::string_view name;
    std::uint64_t size;
};
constexpr std::array<Unit, 8> units{{{"ns", nanosecond},
                                     {"us", 1'000},
                                     {"\xC2\xB5s", 1'000},
                                     {"\xCE\xBCs", 1'000},
                                     {"ms", 1'000'000},
                                     {"s", second},
                                     {"m", 60 * second},
                                     {"h", 3600 * second}}};

}  // namespace

std::int64_t parse_duration(std::string_view text) {
    const auto fail = [&](std::string_view why) -> ExpressionError {
        return ExpressionError("unable to parse " + std::string(text) +
                               " as a duration: " + std::string(why));
    };
    if (const auto whole = parse_int(text)) {
        std::int64_t nanoseconds = 0;
        // Go's multiplication wraps without a word; a duration that long is a mistake.
        if (__builtin_mul_overflow(*whole, static_cast<std::int64_t>(second), &nanoseconds))
            throw fail("it is longer than 292 years");
        return nanoseconds;
    }
    const std::string invalid = "time: invalid duration " + quote(text);
    std::string_view rest = text;
    bool negative = false;
    if (!rest.empty() && (rest.front() == '-' || rest.front() == '+')) {
        negative = rest.front() == '-';
        rest.remove_prefix(1);
    }
    if (rest == "0") return 0;
    if (rest.empty()) throw fail(invalid);
    constexpr std::uint64_t most = std::uint64_t{1} << 63U;
    std::uint64_t total = 0;
    while (!rest.empty()) {
        const auto run = [&](std::uint64_t& number, std::uint64_t* scale) {
            std::size_t count = 0;
            for (; !rest.empty() && rest.front() >= '0' && rest.front() <= '9';
                 rest.remove_prefix(1), ++count) {
                const auto digit = static_cast<std::uint64_t>(rest.front() - '0');
                if (scale != nullptr) {
                    if (number > most / 10 - 1) continue;  // digits beyond the precision of a nanosecond
                    *scale *= 10;
                } else if (number > most / 10) {
                    throw fail(invalid);
                }
                number = number * 10 + digit;
                if (number > most) throw fail(invalid);
            }
            return count;
        };
        std::uint64_t whole = 0;
        std::uint64_t fraction = 0;
        std::uint64_t scale = 1;
        std::size_t digits = run(whole, nullptr);
        if (!rest.empty() && rest.front() == '.') {
            rest.remove_prefix(1);
            digits += run(fraction, &scale);
        }
        if (digits == 0) throw fail(invalid);
        std::size_t length = 0;
        while (length < rest.size() && rest[length] != '.' && (rest[length] < '0' || rest[length] > '9'))
            ++length;
        const std::string_view name = rest.substr(0, length);
        if (name.empty()) throw fail("time: missing unit in duration " + quote(text));
        rest.remove_prefix(length);
        const auto unit =
            std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.name == name; });
        if (unit == units.end())
            throw fail("time: unknown unit " + quote(name) + " in duration " + quote(text));
        if (whole > most / unit->size) throw fail(invalid);
        whole *= unit->size;
        if (fraction > 0)
            whole +=
                static_cast<std::uint64_t>(static_cast<double>(fraction) *
                                           (static_cast<double>(unit->size) / static_cast<double>(scale)));
        total += whole;
        if (whole > most || total > most) throw fail(invalid);
    }
    if (!negative && total == most) throw fail(invalid);
    return negative ? static_cast<std::int64_t>(~total + 1) : static_cast<std::int64_t>(total);
}

std::string format_duration(std::int64_t nanoseconds) {
    std::uint64_t size = nanoseconds < 0 ? ~static_cast<std::uint64_t>(nanoseconds) + 1
                                         : static_cast<std::uint64_t>(nanoseconds);
    const auto with_fraction = [](std::uint64_t number, std::uint64_t unit) {
        std::string out = std::to_string(number / unit);
        if (std::uint64_t rest = number % unit; rest != 0) {
            std::string digits = std::to_string(unit + rest).substr(1);
            digits.erase(digits.find_last_not_of('0') + 1);
            out += '.' + digits;
        }
        return out;
    };
    std::string out = nanoseconds < 0 ? "-" : "";
    if (size == 0) return "0s";
    if (size < 1'000) return out + std::to_string(size) + "ns";
    if (size < 1'000'000) return out + with_fraction(size, 1'000) + "\xC2\xB5s";
    if (size < second) return out + with_fraction(size, 1'000'000) + "ms";
    const std::uint64_t minutes = size / (60 * second);
    size %= 60 * second;
    if (minutes >= 60) out += std::to_string(minutes / 60) + 'h';
    if (minutes > 0) out += std::to_string(minutes % 60) + 'm';
    return out + with_fraction(size, second) + 's';
}

std::uint32_t fnv1a_32(std::string_view text) {
    std::uint32_t hash = 2166136261U;
    for (const char byte : text) {
        hash ^= static_cast<unsigned char>(byte);
        hash *= 16777619U;
    }
    return hash;
}

std::string node_id(std::string_view workflow_name, std::string_view node_name) {
    std::string out(workflow_name);
    if (node_name != workflow_name) out += '-' + std::to_string(fnv1a_32(node_name));
    return out;
}

std::vector<std::string> expand_sequence(std::string_view start, std::string_view end, std::string_view count,
                                         std::string_view format) {
    const auto number = [](std::string_view text) {
        const auto value = parse_int(text);
        if (!value) throw ExpressionError("strconv.Atoi: parsing " + quote(text) + ": invalid syntax");
        return *value;
    };
    const std::int64_t first = start.empty() ? 0 : number(start);
    std::int64_t last = 0;
    if (!end.empty()) {
        last = number(end);
    } else if (!count.empty()) {
        const std::int64_t items = number(count);
        if (items == 0) return {};
        if (__builtin_add_overflow(first, items - 1, &last))
            throw ExpressionError("withSequence makes more than 1000000 items");
    } else {
        throw ExpressionError("neither end nor count was specified in withSequence");
    }
    constexpr std::uint64_t most = 1'000'000;
    const std::uint64_t distance = first <= last
                                       ? static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first)
                                       : static_cast<std::uint64_t>(first) - static_cast<std::uint64_t>(last);
    if (distance >= most) throw ExpressionError("withSequence makes more than 1000000 items");
    std::vector<std::string> items;
    items.reserve(static_cast<std::size_t>(distance) + 1);
    for (std::uint64_t i = 0; i <= distance; ++i) {
        const auto step = static_cast<std::int64_t>(i);
        const std::string text =
            format_integer(format.empty() ? "%d" : format, first <= last ? first + step : first - step);
        // Argo puts the text between quotes and reads it as JSON.
        items.emplace_back(read_json('"' + text + '"').as_string());
    }
    return items;
}

}  // namespace tiphys::expression
