// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/go_text.hpp>

#include <locale.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <clocale>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <utility>
#include <vector>

namespace tiphys::expression {

char32_t decode_rune(std::string_view text, std::size_t& at) {
    constexpr char32_t bad = 0xFFFD;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at++);
    if (first < 0x80) return first;
    int more = 0;
    char32_t rune = 0;
    char32_t least = 0;
    if (first >= 0xC2 && first <= 0xDF) {
        more = 1;
        rune = first & 0x1FU;
        least = 0x80;
    } else if (first >= 0xE0 && first <= 0xEF) {
        more = 2;
        rune = first & 0x0FU;
        least = 0x800;
    } else if (first >= 0xF0 && first <= 0xF4) {
        more = 3;
        rune = first & 0x07U;
        least = 0x10000;
    } else {
        return bad;
    }
    const std::size_t begin = at;
    for (int i = 0; i < more; ++i) {
        if (at >= text.size() || (byte(at) & 0xC0U) != 0x80U) {
            at = begin;
            return bad;
        }
        rune = (rune << 6U) | (byte(at++) & 0x3FU);
    }
    if (rune < least || rune > 0x10FFFF || (rune >= 0xD800 && rune <= 0xDFFF)) {
        at = begin;
        return bad;
    }
    return rune;
}

void append_rune(std::string& out, char32_t rune) {
    if (rune > 0x10FFFF || (rune >= 0xD800 && rune <= 0xDFFF)) rune = 0xFFFD;
    const auto put = [&](char32_t byte) {
        out.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
    };
    if (rune < 0x80) {
        put(rune);
    } else if (rune < 0x800) {
        put(0xC0U | (rune >> 6U));
        put(0x80U | (rune & 0x3FU));
    } else if (rune < 0x10000) {
        put(0xE0U | (rune >> 12U));
        put(0x80U | ((rune >> 6U) & 0x3FU));
        put(0x80U | (rune & 0x3FU));
    } else {
        put(0xF0U | (rune >> 18U));
        put(0x80U | ((rune >> 12U) & 0x3FU));
        put(0x80U | ((rune >> 6U) & 0x3FU));
        put(0x80U | (rune & 0x3FU));
    }
}

std::size_t count_runes(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) decode_rune(text, at);
    return count;
}

bool is_space(char32_t rune) {
    switch (rune) {
        case '\t':
        case '\n':
        case '\v':
        case '\f':
        case '\r':
        case ' ':
        case 0x85:
        case 0xA0:
        case 0x1680:
        case 0x2028:
        case 0x2029:
        case 0x202F:
        case 0x205F:
        case 0x3000: return true;
        default: return rune >= 0x2000 && rune <= 0x200A;
    }
}

bool is_letter(char32_t rune) {
    if (rune < 0x80) return (rune >= 'a' && rune <= 'z') || (rune >= 'A' && rune <= 'Z');
    if (rune < 0x100)
        return rune == 0xAA || rune == 0xB5 || rune == 0xBA || (rune >= 0xC0 && rune != 0xD7 && rune != 0xF7);
    // Blocks that hold letters almost only; a table of all of Unicode would be a library of its own.
    return (rune <= 0x02C1) || (rune >= 0x0370 && rune <= 0x0481) || (rune >= 0x048A && rune <= 0x0556) ||
           (rune >= 0x0561 && rune <= 0x0587) || (rune >= 0x05D0 && rune <= 0x05EA) ||
           (rune >= 0x0620 && rune <= 0x064A) || (rune >= 0x0904 && rune <= 0x0939) ||
           (rune >= 0x0E01 && rune <= 0x0E30) || (rune >= 0x10A0 && rune <= 0x10FF) ||
           (rune >= 0x1E00 && rune <= 0x1FFF) || (rune >= 0x3041 && rune <= 0x3096) ||
           (rune >= 0x30A1 && rune <= 0x30FA) || (rune >= 0x3400 && rune <= 0x9FFF) ||
           (rune >= 0xAC00 && rune <= 0xD7A3) || (rune >= 0x20000 && rune <= 0x2FA1D);
}

bool is_digit(char32_t rune) {
    if (rune < 0x80) return rune >= '0' && rune <= '9';
    constexpr std::array<char32_t, 12> zeros{0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66,
                                             0x0AE6, 0x0B66, 0x0BE6, 0x0E50, 0x0ED0, 0xFF10};
    return std::any_of(zeros.begin(), zeros.end(),
                       [&](char32_t zero) { return rune >= zero && rune < zero + 10; });
}

std::string_view trim_space(std::string_view text) {
    std::size_t begin = 0;
    while (begin < text.size()) {
        std::size_t next = begin;
        if (!is_space(decode_rune(text, next))) break;
        begin = next;
    }
    text.remove_prefix(begin);
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size();) {
        const bool space = is_space(decode_rune(text, at));
        if (!space) end = at;
    }
    return text.substr(0, end);
}

namespace {

char32_t upper(char32_t rune) {
    if (rune < 0x80) return rune >= 'a' && rune <= 'z' ? rune - 32 : rune;
    if (rune == 0xFF) return 0x178;
    if (rune == 0xB5) return 0x39C;
    if (rune >= 0xE0 && rune <= 0xFE && rune != 0xF7) return rune - 32;
    if (rune >= 0x100 && rune <= 0x137 && rune != 0x131) return rune & ~char32_t{1};
    if (rune >= 0x3B1 && rune <= 0x3CB && rune != 0x3C2) return rune - 32;
    if (rune >= 0x430 && rune <= 0x44F) return rune - 32;
    if (rune >= 0x450 && rune <= 0x45F) return rune - 80;
    return rune;
}

char32_t lower(char32_t rune) {
    if (rune < 0x80) return rune >= 'A' && rune <= 'Z' ? rune + 32 : rune;
    if (rune >= 0xC0 && rune <= 0xDE && rune != 0xD7) return rune + 32;
    if (rune >= 0x100 && rune <= 0x137 && rune != 0x130 && rune != 0x131) return rune | char32_t{1};
    if (rune >= 0x391 && rune <= 0x3AB && rune != 0x3A2) return rune + 32;
    if (rune >= 0x410 && rune <= 0x42F) return rune + 32;
    if (rune >= 0x400 && rune <= 0x40F) return rune + 80;
    return rune;
}

template <class Change>
std::string change_case(std::string_view text, Change change) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) append_rune(out, change(decode_rune(text, at)));
    return out;
}

}  // namespace

std::string to_upper(std::string_view text) { return change_case(text, upper); }
std::string to_lower(std::string_view text) { return change_case(text, lower); }

std::optional<std::int64_t> parse_int(std::string_view text, int base) {
    bool negative = false;
    if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
        negative = text.front() == '-';
        text.remove_prefix(1);
    }
    if (base == 0) {
        base = 10;
        if (text.size() > 2 && text[0] == '0') {
            const char kind = static_cast<char>(text[1] | 0x20);
            base = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 10;
            if (base != 10) text.remove_prefix(2);
        }
    }
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    const std::uint64_t most = std::uint64_t{1} << 63U;
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value > most ||
        (value == most && !negative))
        return std::nullopt;
    return negative ? static_cast<std::int64_t>(~value + 1) : static_cast<std::int64_t>(value);
}

std::optional<double> parse_float(std::string_view text) {
    std::string body(text);
    const std::string_view bare =
        !text.empty() && (text.front() == '+' || text.front() == '-') ? text.substr(1) : text;
    const std::string word = to_lower(bare);
    const bool minus = !text.empty() && text.front() == '-';
    if (word == "inf" || word == "infinity")
        return minus ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
    if (word == "nan" && bare.size() == text.size()) return std::numeric_limits<double>::quiet_NaN();
    // strtod takes more than Go does (hex, blanks, nan(...)), so the shape is checked first.
    std::size_t at = 0;
    std::size_t digits = 0;
    const auto run = [&] {
        for (; at < bare.size() && bare[at] >= '0' && bare[at] <= '9'; ++at) ++digits;
    };
    run();
    if (at < bare.size() && bare[at] == '.') {
        ++at;
        run();
    }
    if (digits == 0) return std::nullopt;
    if (at < bare.size() && (bare[at] == 'e' || bare[at] == 'E')) {
        ++at;
        if (at < bare.size() && (bare[at] == '+' || bare[at] == '-')) ++at;
        digits = 0;
        run();
        if (digits == 0) return std::nullopt;
    }
    if (at != bare.size()) return std::nullopt;
    static const locale_t plain = newlocale(LC_ALL_MASK, "C", nullptr);  // the program's locale may write 1,5
    const double value = strtod_l(body.c_str(), nullptr, plain);
    if (std::isinf(value)) return std::nullopt;
    return value;
}

namespace {

std::string format_shortest(double value, int smallest, int largest, bool json) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "-Inf" : "+Inf";
    std::array<char, 512> buffer{};
    char* const begin = buffer.data();
    auto result = std::to_chars(begin, begin + buffer.size(), value, std::chars_format::scientific);
    std::string text(begin, result.ptr);
    const auto e = text.find('e');
    int exponent = 0;
    const char* digits = text.data() + e + 1;
    if (*digits == '+') ++digits;
    std::from_chars(digits, text.data() + text.size(), exponent);
    if (value != 0 && (exponent < smallest || exponent >= largest)) {
        if (json && text[e + 1] == '-' && text[e + 2] == '0') text.erase(e + 2, 1);
        return text;
    }
    result = std::to_chars(begin, begin + buffer.size(), value, std::chars_format::fixed);
    return {begin, result.ptr};
}

}  // namespace

std::string format_float(double value) { return format_shortest(value, -4, 6, false); }
std::string format_float_json(double value) { return format_shortest(value, -6, 21, true); }

std::string quote(std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t rune = decode_rune(text, at);
        const auto escape = [&](char kind, int digits, char32_t number) {
            out += '\\';
            out += kind;
            for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
                out += hex[(number >> static_cast<unsigned>(shift)) & 0xFU];
        };
        if (rune == 0xFFFD && at == begin + 1) {
            escape('x', 2, static_cast<unsigned char>(text[begin]));
        } else if (rune == '"' || rune == '\\') {
            out += '\\';
            out += static_cast<char>(rune);
        } else if (rune >= 0x07 && rune <= 0x0D) {
            out += '\\';
            out += "abtnvfr"[rune - 7];
        } else if (rune < ' ' || rune == 0x7F) {
            escape('x', 2, rune);
        } else if ((rune >= 0x80 && rune < 0xA1) || rune == 0xAD || rune == 0xFEFF ||
                   (is_space(rune) && rune != ' ') || (rune >= 0x200B && rune <= 0x200F) ||
                   (rune >= 0xE000 && rune <= 0xF8FF)) {
            escape('u', 4, rune);  // not printable
        } else {
            append_rune(out, rune);
        }
    }
    return out + '"';
}

std::string format_value(const boost::json::value& value) {
    switch (value.kind()) {
        case boost::json::kind::null: return "<nil>";
        case boost::json::kind::bool_: return value.get_bool() ? "true" : "false";
        case boost::json::kind::int64: return std::to_string(value.get_int64());
        case boost::json::kind::uint64: return std::to_string(value.get_uint64());
        case boost::json::kind::double_: return format_float(value.get_double());
        case boost::json::kind::string: return std::string(value.get_string());
        case boost::json::kind::array: {
            std::string out = "[";
            for (const auto& element : value.get_array()) {
                if (out.size() > 1) out += ' ';
                out += format_value(element);
            }
            return out + ']';
        }
        case boost::json::kind::object: break;
    }
    std::vector<std::pair<std::string_view, const boost::json::value*>> entries;
    for (const auto& entry : value.get_object())
        entries.emplace_back(std::string_view(entry.key()), &entry.value());
    std::sort(entries.begin(), entries.end());
    std::string out = "map[";
    for (const auto& [key, element] : entries) {
        if (out.size() > 4) out += ' ';
        out.append(key);
        out += ':';
        out += format_value(*element);
    }
    return out + ']';
}

std::string_view type_name(const boost::json::value& value) {
    switch (value.kind()) {
        case boost::json::kind::null: return "<nil>";
        case boost::json::kind::bool_: return "bool";
        case boost::json::kind::int64:
        case boost::json::kind::uint64: return "int";
        case boost::json::kind::double_: return "float64";
        case boost::json::kind::string: return "string";
        case boost::json::kind::array: return "[]interface {}";
        case boost::json::kind::object: break;
    }
    return "map[string]interface {}";
}

}  // namespace tiphys::expression
