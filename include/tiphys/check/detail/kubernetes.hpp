// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/scalars.hpp>

/// The shapes that Kubernetes demands of names, keys and amounts. Source: apimachinery, util/validation and
/// api/resource. Texts that hold a `{{…}}` are unknown until they run: ask `has_variable` first.
namespace tiphys::detail {

/// RFC 1123 label: lower-case letters, digits and '-', at most 63 bytes.
constexpr bool is_dns_label(std::string_view name) noexcept {
    if (name.empty() || name.size() > 63 || name.front() == '-' || name.back() == '-') return false;
    for (const char c : name)
        if (!is_lower(c) && !is_digit(c) && c != '-') return false;
    return true;
}

/// Letters, digits, '-', '_' and '.', with a letter or digit at both ends; at most 63 bytes.
constexpr bool is_qualified_part(std::string_view name) noexcept {
    if (name.empty() || name.size() > 63) return false;
    for (const char c : name)
        if (!is_letter_or_digit(c) && c != '-' && c != '_' && c != '.') return false;
    return is_letter_or_digit(name.front()) && is_letter_or_digit(name.back());
}

/// The key of a label or an annotation: an optional DNS subdomain and '/', then a part.
constexpr bool is_label_key(std::string_view key) noexcept {
    std::size_t slash = 0;
    while (slash < key.size() && key[slash] != '/') ++slash;
    if (slash == key.size()) return is_qualified_part(key);
    return is_object_name(key.substr(0, slash), 253, false) && is_qualified_part(key.substr(slash + 1));
}
constexpr bool is_label_value(std::string_view value) noexcept {
    return value.empty() || is_qualified_part(value);
}

/// The name of an environment variable: printable ASCII without '='.
constexpr bool is_env_name(std::string_view name) noexcept {
    for (const char c : name)
        if (c < ' ' || c > '~' || c == '=') return false;
    return !name.empty();
}

/// An IANA service name: lower-case letters, digits and single '-', at least one letter, at most 15 bytes.
constexpr bool is_port_name(std::string_view name) noexcept {
    bool letter = false;
    char before = '-';
    for (const char c : name) {
        if (!is_lower(c) && !is_digit(c) && c != '-') return false;
        if (c == '-' && before == '-') return false;
        letter = letter || is_lower(c);
        before = c;
    }
    return letter && before != '-' && name.size() <= 15;
}

/// An amount such as `500m`, `1.5`, `2Gi`, `1e3`.
struct quantity {
    bool valid = false;
    double value = 0;  ///< near enough to compare a request with its limit
};

constexpr quantity read_quantity(std::string_view text) noexcept {
    const char* at = text.data();
    const char* const end = at + text.size();
    double sign = 1;
    if (at != end && (*at == '+' || *at == '-')) sign = *at++ == '-' ? -1 : 1;
    double value = 0;
    bool digits = false;
    for (; at != end && is_digit(*at); ++at) {
        value = value * 10 + (*at - '0');
        digits = true;
    }
    if (at != end && *at == '.')
        for (double unit = 0.1; ++at != end && is_digit(*at); unit /= 10) {
            value += unit * (*at - '0');
            digits = true;
        }
    if (!digits) return {};
    double factor = 1;
    if (at != end) {
        const char suffix = *at++;
        const bool binary = at != end && *at == 'i';
        int power = 0;
        switch (suffix) {
            case 'n': factor = 1e-9; break;
            case 'u': factor = 1e-6; break;
            case 'm': factor = 1e-3; break;
            case 'k':
            case 'K': power = 1; break;
            case 'M': power = 2; break;
            case 'G': power = 3; break;
            case 'T': power = 4; break;
            case 'P': power = 5; break;
            case 'E': power = 6; break;
            case 'e': break;
            default: return {};
        }
        if ((suffix == 'e' || suffix == 'E') && at != end && !binary) {
            const bool negative = *at == '-';
            if (*at == '+' || *at == '-') ++at;
            int exponent = 0;
            const char* const from = at;
            for (; at != end && is_digit(*at) && exponent < 100; ++at) exponent = exponent * 10 + (*at - '0');
            if (at == from) return {};
            for (; exponent > 0; --exponent) factor *= negative ? 0.1 : 10.0;
        } else {
            if (suffix == 'e' || (binary ? suffix == 'k' || power == 0 : suffix == 'K')) return {};
            if (binary) ++at;
            for (; power > 0; --power) factor *= binary ? 1024.0 : 1000.0;
        }
    }
    if (at != end) return {};
    return {true, sign * value * factor};
}

/// "`X`, which is none of A, B and C; did you mean `A`?"
template <std::size_t N>
constexpr str none_of(std::string_view value, const std::string_view (&known)[N]) {
    str made = joined("`", value, "`, which is none of ");
    nearest near(value);
    for (std::size_t i = 0; i < N; ++i) {
        if (i != 0) made.append(i + 1 == N ? " and " : ", ");
        made.append(known[i]);
        near.offer(known[i]);
    }
    made.append(near.question().view());
    return made;
}
template <std::size_t N>
constexpr bool is_one_of(std::string_view value, const std::string_view (&known)[N]) noexcept {
    for (const std::string_view one : known)
        if (same(one, value)) return true;
    return false;
}

}  // namespace tiphys::detail
