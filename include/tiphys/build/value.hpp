// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/described.hpp>
#include <tiphys/core/core.hpp>

#include <charconv>
#include <concepts>

namespace tiphys {

namespace detail {
/// An expression of `build/expr.hpp`, which stands in tags where a value is wanted.
template <class Text>
concept taggable = requires(const Text& text) {
    { in_tags(text) } -> std::same_as<str>;
};
/// What has a form of its own in JSON.
template <class T>
concept written_as_json =
    std::same_as<T, json> ||
    (std::is_class_v<T> && !text_like<T> && (list_like<T> || map_like<T> || is_optional<T> || described<T>));
}  // namespace detail

/// The value of a parameter: text, or a number, boolean, `nullptr`, `json`, list, map or described struct
/// that becomes its JSON text, as Argo itself converts it. Knows the line that it was written in. Lives no
/// longer than the call that takes it.
class value {
public:
    template <std::size_t N>
    constexpr value(const char (&literal)[N],
                    std::source_location where = std::source_location::current()) noexcept
        : given_(literal, where) {}
    template <class Text>
        requires(std::convertible_to<const Text&, std::string_view> && !std::is_array_v<Text> &&
                 !detail::taggable<Text> && !std::same_as<Text, std::nullptr_t>)
    constexpr value(const Text& text, std::source_location where = std::source_location::current()) noexcept
        : given_(std::string_view(text), where) {}
    /// `{{=…}}`
    template <detail::taggable Expression>
    constexpr value(const Expression& text, std::source_location where = std::source_location::current())
        : made_(in_tags(text)),
          given_(std::string_view(), text.where().line() == 0 ? where : text.where()),
          expression_(true) {}
    constexpr value(std::nullptr_t, std::source_location where = std::source_location::current()) noexcept
        : given_(std::string_view("null"), where) {}
    template <detail::written_as_json T>
    constexpr value(const T& given, std::source_location where = std::source_location::current())
        : made_(detail::parameter_text(given)), given_(std::string_view(), where) {}
    template <std::same_as<bool> Bool>
    constexpr value(Bool given, std::source_location where = std::source_location::current()) noexcept
        : given_(std::string_view(given ? "true" : "false"), where) {}
    template <std::integral Integer>
        requires(!std::same_as<Integer, bool> && !std::same_as<Integer, char>)
    constexpr value(Integer given, std::source_location where = std::source_location::current())
        : made_(tiphys::text(static_cast<std::int64_t>(given))), given_(std::string_view(), where) {}
    template <std::floating_point Float>
    value(Float given, std::source_location where = std::source_location::current())
        : given_(std::string_view(), where) {
        char digits[64];
        const auto end = std::to_chars(digits, digits + sizeof digits, given).ptr;
        made_ = std::string_view(digits, static_cast<std::size_t>(end - digits));
    }

    constexpr std::string_view view() const noexcept {
        return made_.has_value() ? made_.view() : given_.view();
    }
    constexpr const std::source_location& where() const noexcept { return given_.where(); }
    /// Made of a typed expression, whose references count as others do.
    constexpr bool is_expression() const noexcept { return expression_; }

private:
    str made_;
    word given_;
    bool expression_ = false;
};

}  // namespace tiphys
