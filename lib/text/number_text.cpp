// SPDX-License-Identifier: Apache-2.0
#include "number_text.hpp"

#include <locale.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <version>

namespace tiphys::detail {
namespace {

/// 0.d1d2d3... × 10^point
struct Decimal {
    bool negative = false;
    std::string digits;
    int point = 0;
};

template <class Float>
Decimal decimal(Float value) {
    char text[40];
    const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific).ptr;
    std::string_view rest(text, static_cast<std::size_t>(end - text));
    Decimal made;
    if (rest.front() == '-') {
        made.negative = true;
        rest.remove_prefix(1);
    }
    const std::size_t mark = rest.find('e');
    for (const char c : rest.substr(0, mark))
        if (c != '.') made.digits += c;
    const char* from = rest.data() + mark + 1;
    if (*from == '+') ++from;
    std::from_chars(from, end, made.point);
    ++made.point;
    return made;
}

std::string fixed(const Decimal& number) {
    std::string made(number.negative ? "-" : "");
    const int count = static_cast<int>(number.digits.size());
    if (number.point <= 0) {
        made += "0.";
        made.append(static_cast<std::size_t>(-number.point), '0');
        return made += number.digits;
    }
    for (int i = 0; i < number.point || i < count; ++i) {
        if (i == number.point) made += '.';
        made += i < count ? number.digits[static_cast<std::size_t>(i)] : '0';
    }
    return made;
}

std::string scientific(const Decimal& number, std::size_t exponent_digits) {
    std::string made(number.negative ? "-" : "");
    made += number.digits.front();
    if (number.digits.size() > 1) made.append(".").append(number.digits, 1);
    const int exponent = number.point - 1;
    made += exponent < 0 ? "e-" : "e+";
    const std::string text = std::to_string(std::abs(exponent));
    if (text.size() < exponent_digits) made += '0';
    return made += text;
}

}  // namespace

std::optional<double> parse_double(std::string_view literal) {
#if defined(__cpp_lib_to_chars)
    {
        double value = 0;
        const char* end = literal.data() + literal.size();
        const auto result = std::from_chars(literal.data(), end, value);
        if (result.ec == std::errc() && result.ptr == end) return value;
    }
#endif
    // Only strtod tells a number that is too small, zero, from one that is too large.
    static const locale_t plain = newlocale(LC_ALL_MASK, "C", nullptr);
    const std::string text(literal);
    char* end = nullptr;
    const double value = strtod_l(text.c_str(), &end, plain);
    if (text.empty() || end != text.c_str() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::string json_number(double value) {
    if (value == 0) return std::signbit(value) ? "-0" : "0";
    const double size = std::fabs(value);
    const Decimal number = decimal(value);
    return size < 1e-6 || size >= 1e21 ? scientific(number, 1) : fixed(number);
}

std::string fixed_number(double value) {
    if (value == 0) return std::signbit(value) ? "-0" : "0";
    return fixed(decimal(value));
}

std::string key_number(double value) {
    const float narrow = static_cast<float>(value);
    if (std::isinf(narrow)) return narrow < 0 ? "-.inf" : ".inf";
    if (narrow == 0) return std::signbit(narrow) ? "-0" : "0";
    const Decimal number = decimal(narrow);
    const int exponent = number.point - 1;
    return exponent < -4 || exponent >= 6 ? scientific(number, 2) : fixed(number);
}

}  // namespace tiphys::detail
