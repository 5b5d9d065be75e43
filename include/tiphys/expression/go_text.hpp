// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/expression/error.hpp>

#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Text as Go's standard library makes and reads it (strconv, fmt, unicode/utf8, encoding/json): Argo's
/// results are compared, logged and put into JSON in exactly these forms.
namespace tiphys::expression {

/// One code point at `at`, which moves past it; malformed bytes give U+FFFD and move by one, as in Go.
char32_t decode_rune(std::string_view text, std::size_t& at);
void append_rune(std::string& out, char32_t rune);
std::size_t count_runes(std::string_view text);
bool is_space(char32_t rune);   ///< unicode.IsSpace
bool is_letter(char32_t rune);  ///< unicode.IsLetter; exact for ASCII and Latin-1, otherwise by block
bool is_digit(char32_t rune);   ///< unicode.IsDigit; exact for ASCII, the common scripts otherwise
std::string_view trim_space(std::string_view text);
/// strings.ToUpper / ToLower for ASCII, Latin-1, Greek and Cyrillic; other letters stay.
std::string to_upper(std::string_view text);
std::string to_lower(std::string_view text);

/// strconv.ParseInt(text, base, 64); base 0 reads the prefixes 0x, 0o, 0b. Empty when it is not a number.
std::optional<std::int64_t> parse_int(std::string_view text, int base = 10);
/// strconv.ParseFloat(text, 64), decimal forms, inf and nan; empty when it is not a number or too large.
std::optional<double> parse_float(std::string_view text);

/// fmt `%v` of a float64: shortest digits, an exponent below 1e-4 and from 1e6 on.
std::string format_float(double value);
/// encoding/json's form: an exponent below 1e-6 and from 1e21 on.
std::string format_float_json(double value);
/// strconv.Quote
std::string quote(std::string_view text);
/// fmt `%v` of a value: text bare, `[a b]`, `map[k:v]` with sorted keys, `<nil>`.
std::string format_value(const boost::json::value& value);
/// fmt `%T` of a value as expr-lang holds it: int, float64, string, bool, []interface {}, ...
std::string_view type_name(const boost::json::value& value);

/// json.Marshal (`indent` empty) or json.MarshalIndent: sorted keys, `<`, `>` and `&` escaped.
std::string write_json(const boost::json::value& value, std::string_view indent = {});
/// json.Unmarshal into `any`: every number becomes a double. Errors: Go's texts.
/// Limits: 1,000 levels.
boost::json::value read_json(std::string_view text);

}  // namespace tiphys::expression
