// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/expression/regex.hpp>

#include <boost/json/value.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tiphys::expression::expr {

/// Go's package strings, as the functions of expr-lang and sprig use it.
std::vector<std::string> split(std::string_view text, std::string_view separator, std::int64_t most,
                               bool keep);
std::string replace(std::string_view text, std::string_view old, std::string_view fresh, std::int64_t most);
std::string trim(std::string_view text, std::string_view set);
std::string trim_left(std::string_view text, std::string_view set);
std::string trim_right(std::string_view text, std::string_view set);
boost::json::value to_value(const std::vector<std::string>& texts);
boost::json::value to_value(std::string_view text);
std::string base64(std::string_view bytes);
std::string from_base64(std::string_view text);

/// regexp.FindAllString and regexp.ReplaceAllString (`$1`, `${name}`) unless `literal`.
std::vector<std::string> find_all(const Regex& regex, std::string_view text, std::int64_t most);
std::string replace_all(const Regex& regex, std::string_view text, std::string_view with, bool literal);
std::vector<std::string> split_all(const Regex& regex, std::string_view text, std::int64_t most);

}  // namespace tiphys::expression::expr
