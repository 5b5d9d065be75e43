// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace tiphys {

namespace detail {

/// Length of a literal or C string; a plain loop is what compilers evaluate cheaply.
constexpr std::size_t length(const char* text) noexcept {
    if (!__builtin_is_constant_evaluated()) return std::strlen(text);
    std::size_t n = 0;
    while (text[n] != '\0') ++n;
    return n;
}

constexpr bool same(const char* a, const char* b, std::size_t n) noexcept {
    if (!__builtin_is_constant_evaluated()) return n == 0 || std::memcmp(a, b, n) == 0;
    // From the end: names that differ mostly differ there.
    while (n != 0 && a[n - 1] == b[n - 1]) --n;
    return n == 0;
}

constexpr void copy_chars(char* to, const char* from, std::size_t n) noexcept {
    if (!__builtin_is_constant_evaluated()) {
        if (n != 0) std::memcpy(to, from, n);
        return;
    }
    for (std::size_t i = 0; i < n; ++i) to[i] = from[i];
}

constexpr bool same(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && same(a.data(), b.data(), a.size());
}

/// A literal with its length, which the compiler would otherwise count at each use.
struct literal {
    constexpr literal() noexcept = default;
    template <std::size_t N>
    constexpr literal(const char (&text)[N]) noexcept : data(text), size(N - 1) {}
    constexpr operator std::string_view() const noexcept { return {data, size}; }

    const char* data = nullptr;
    std::size_t size = 0;
};

/// Against a literal, whose characters the compiler need not count.
template <std::size_t N>
constexpr bool is(std::string_view text, const char (&literal)[N]) noexcept {
    return text.size() == N - 1 && same(text.data(), literal, N - 1);
}

}  // namespace detail

/// Text that a model owns: UTF-8, absent or present.
///
/// A default-constructed `str` is *absent* (the JSON member is not there); `str("")` is present and empty.
/// Stands in for `std::optional<std::string>`, which g++ 12 and clang with libstdc++ 12 cannot evaluate while
/// compiling; it converts from and to the standard types. 16 bytes, no small buffer.
///
/// Units and shapes: at most 2^32 - 2 bytes; longer text throws `std::length_error`.
class str {
public:
    constexpr str() noexcept = default;
    constexpr str(std::string_view text) { assign(text.data(), text.size()); }
    constexpr str(const char* text) { assign(text, detail::length(text)); }
    constexpr str(const std::string& text) : str(std::string_view(text)) {}
    constexpr str(const str& other) {
        if (other.data_ != nullptr) assign(other.data_, other.size_);
    }
    constexpr str(str&& other) noexcept : data_(other.data_), size_(other.size_), capacity_(other.capacity_) {
        other.forget();
    }
    constexpr str& operator=(const str& other) {
        if (this != &other) {
            str copy(other);
            swap(copy);
        }
        return *this;
    }
    constexpr str& operator=(str&& other) noexcept {
        if (this != &other) {
            release();
            data_ = other.data_;
            size_ = other.size_;
            capacity_ = other.capacity_;
            other.forget();
        }
        return *this;
    }
    // Not by way of release(): models hold thousands, and the compiler counts each statement.
    constexpr ~str() {
        if (capacity_ != 0) delete[] data_;
    }

    constexpr bool has_value() const noexcept { return data_ != nullptr; }
    constexpr bool empty() const noexcept { return size_ == 0; }
    constexpr std::size_t size() const noexcept { return size_; }
    /// Not zero-terminated; null when absent.
    constexpr const char* data() const noexcept { return data_; }
    constexpr const char* begin() const noexcept { return data_; }
    constexpr const char* end() const noexcept { return data_ + size_; }
    constexpr char operator[](std::size_t i) const noexcept { return data_[i]; }
    constexpr std::string_view view() const noexcept { return {data_, size_}; }
    constexpr operator std::string_view() const noexcept { return view(); }
    explicit operator std::string() const { return std::string(view()); }
    std::string string() const { return std::string(view()); }
    constexpr std::string_view value_or(std::string_view other) const noexcept {
        return has_value() ? view() : other;
    }

    /// Makes it absent.
    constexpr void reset() noexcept {
        release();
        forget();
    }
    constexpr void reserve(std::size_t capacity) {
        if (capacity > capacity_) regrow(capacity);
    }
    constexpr str& append(std::string_view text) {
        if (data_ == nullptr) data_ = "";
        if (text.empty()) return *this;
        const std::size_t wanted = size_ + text.size();
        if (wanted > capacity_) {
            regrow(wanted < 2 * std::size_t{capacity_} ? 2 * std::size_t{capacity_} : wanted, text);
        } else {
            detail::copy_chars(const_cast<char*>(data_) + size_, text.data(), text.size());
            size_ = static_cast<std::uint32_t>(wanted);
        }
        return *this;
    }
    constexpr str& operator+=(std::string_view text) { return append(text); }
    constexpr str& operator+=(char c) { return append({&c, 1}); }
    constexpr void swap(str& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
    }

    /// Two `str` are equal when both are absent or both hold the same text.
    friend constexpr bool operator==(const str& a, const str& b) noexcept {
        return a.has_value() == b.has_value() && detail::same(a.view(), b.view());
    }
    /// Against plain text an absent `str` equals the empty text.
    friend constexpr bool operator==(const str& a, std::string_view b) noexcept {
        return detail::same(a.view(), b);
    }
    friend constexpr bool operator==(const str& a, const char* b) noexcept {
        return detail::same(a.view(), {b, detail::length(b)});
    }
    friend bool operator==(const str& a, const std::string& b) noexcept { return a.view() == b; }

    template <class Stream>
        requires requires(Stream& out) { out.write("", 0); }
    friend Stream& operator<<(Stream& out, const str& text) {
        out << text.view();
        return out;
    }

private:
    constexpr void assign(const char* text, std::size_t n) {
        if (n == 0) {
            data_ = "";
            return;
        }
        char* made = allocate(n);
        detail::copy_chars(made, text, n);
        data_ = made;
        size_ = capacity_ = static_cast<std::uint32_t>(n);
    }
    static constexpr char* allocate(std::size_t n) {
        if (n > 0xfffffffeu) throw std::length_error("tiphys::str: text longer than 4 GiB");
        // Not an allocator: the compiler counts a call of construct_at for every byte of it.
        return new char[n];
    }
    // New storage for this text and `more`, which may lie inside the old one: that goes last.
    constexpr void regrow(std::size_t capacity, std::string_view more = {}) {
        char* made = allocate(capacity);
        detail::copy_chars(made, data_, size_);
        detail::copy_chars(made + size_, more.data(), more.size());
        release();
        data_ = made;
        size_ += static_cast<std::uint32_t>(more.size());
        capacity_ = static_cast<std::uint32_t>(capacity);
    }
    constexpr void release() noexcept {
        if (capacity_ != 0) delete[] data_;
    }
    constexpr void forget() noexcept {
        data_ = nullptr;
        size_ = capacity_ = 0;
    }

    const char* data_ = nullptr;
    std::uint32_t size_ = 0;
    std::uint32_t capacity_ = 0;
};

/// Decimal text of an integer; `std::to_string` cannot be evaluated while compiling.
constexpr str text(std::int64_t value) {
    char digits[20] = {};
    std::size_t at = 20;
    const bool negative = value < 0;
    std::uint64_t rest = negative ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    do {
        digits[--at] = static_cast<char>('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    str made;
    made.reserve(20 - at + (negative ? 1 : 0));
    if (negative) made.append("-");
    made.append({digits + at, 20 - at});
    return made;
}

}  // namespace tiphys

template <>
struct std::hash<tiphys::str> {
    std::size_t operator()(const tiphys::str& text) const noexcept {
        return std::hash<std::string_view>()(text.view());
    }
};
