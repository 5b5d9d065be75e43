// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/core/str.hpp>

#include <cstdint>
#include <type_traits>

namespace tiphys {

/// An optional scalar of a model (bool, integer, double): one step to construct where `std::optional` takes
/// five, and a model has two thousand of them.
template <class T>
class opt {
    static_assert(std::is_arithmetic_v<T>);

public:
    constexpr opt() noexcept = default;
    constexpr opt(T value) noexcept : value_(value), has_value_(true) {}

    constexpr bool has_value() const noexcept { return has_value_; }
    constexpr T operator*() const noexcept { return value_; }
    constexpr T value_or(T other) const noexcept { return has_value_ ? value_ : other; }
    constexpr void reset() noexcept { *this = opt(); }

    friend constexpr bool operator==(opt a, opt b) noexcept {
        return a.has_value_ == b.has_value_ && (!a.has_value_ || a.value_ == b.value_);
    }

private:
    T value_{};
    bool has_value_ = false;
};

/// Kubernetes' IntOrString: an integer or text, and which of them it was.
class int_or_string {
public:
    constexpr int_or_string() noexcept = default;
    constexpr int_or_string(int value) noexcept : integer_(value) {}
    constexpr int_or_string(std::int64_t value) noexcept : integer_(value) {}
    constexpr int_or_string(str text) noexcept : text_(std::move(text)) {}
    constexpr int_or_string(const char* text) : text_(text) {}
    constexpr int_or_string(std::string_view text) : text_(text) {}

    constexpr bool has_value() const noexcept { return is_int() || is_string(); }
    constexpr bool is_int() const noexcept { return integer_.has_value(); }
    constexpr bool is_string() const noexcept { return text_.has_value(); }
    /// Preconditions: is_int().
    constexpr std::int64_t as_int() const noexcept { return *integer_; }
    /// Preconditions: is_string().
    constexpr const str& as_str() const noexcept { return text_; }
    /// Either of them as text; absent when absent.
    constexpr str to_text() const {
        if (is_int()) return text(*integer_);
        return text_;
    }
    constexpr void reset() noexcept { *this = int_or_string(); }

    friend constexpr bool operator==(const int_or_string&, const int_or_string&) = default;

private:
    opt<std::int64_t> integer_;
    str text_;
};

/// A JSON number with its source text, so that nothing is rounded.
struct number {
    str literal;

    constexpr bool has_value() const noexcept { return literal.has_value(); }
    friend constexpr bool operator==(const number&, const number&) = default;
};

}  // namespace tiphys
