// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/core/str.hpp>
#include <tiphys/model/visitor.hpp>

#include <cstdint>
#include <cstring>
#include <string_view>

/// Compact JSON from a model: one writer for the compiler and the running program.
namespace tiphys {

/// Text that grows while it is written; doubles its storage.
///
/// Units and shapes: as much text as memory holds. `view()` is valid until the next call.
class text_buffer {
public:
    constexpr text_buffer() = default;
    text_buffer(const text_buffer&) = delete;
    text_buffer& operator=(const text_buffer&) = delete;
    constexpr ~text_buffer() { delete[] data_; }

    constexpr std::string_view view() const noexcept { return {data_, size_}; }
    constexpr std::size_t size() const noexcept { return size_; }
    constexpr void append(std::string_view text) {
        if (text.empty()) return;
        detail::copy_chars(extend(text.size()), text.data(), text.size());
    }
    constexpr void push(char c) { *extend(1) = c; }
    /// Room for n more bytes, which the caller fills.
    constexpr char* extend(std::size_t n) {
        if (capacity_ - size_ < n) regrow(n);
        char* at = data_ + size_;
        size_ += n;
        return at;
    }
    /// The same, but the bytes do not count before `commit(n)`.
    constexpr char* room(std::size_t n) {
        if (capacity_ - size_ < n) regrow(n);
        return data_ + size_;
    }
    constexpr void commit(std::size_t n) noexcept { size_ += n; }
    constexpr char* data() noexcept { return data_; }

private:
    constexpr void regrow(std::size_t n) {
        const std::size_t wanted = size_ + n;
        const std::size_t capacity = wanted < 2 * capacity_ ? 2 * capacity_ : (wanted < 256 ? 256 : wanted);
        char* made = new char[capacity];
        detail::copy_chars(made, data_, size_);
        delete[] data_;
        data_ = made;
        capacity_ = capacity;
    }

    char* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

/// Fills a char array and counts what does not fit: first count, then fill an array of that size.
class text_array {
public:
    constexpr text_array() = default;
    constexpr text_array(char* data, std::size_t capacity) : data_(data), capacity_(capacity) {}

    /// All that was written, whether it fitted or not.
    constexpr std::size_t size() const noexcept { return size_; }
    constexpr void append(std::string_view text) {
        for (const char c : text) push(c);
    }
    constexpr void push(char c) {
        if (size_ < capacity_) data_[size_] = c;
        ++size_;
    }

private:
    char* data_ = nullptr;
    std::size_t capacity_ = 0;
    std::size_t size_ = 0;
};

/// Counts what is written and keeps nothing of it.
class text_counter {
public:
    constexpr std::size_t size() const noexcept { return size_; }
    constexpr void append(std::string_view text) noexcept { size_ += text.size(); }
    constexpr void push(char) noexcept { ++size_; }
    constexpr void skip(std::size_t n) noexcept { size_ += n; }

private:
    std::size_t size_ = 0;
};

namespace detail {

constexpr bool is_plain_in_json(char c) noexcept {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

/// Whether one of eight bytes needs an escape.
inline bool has_special_in_json(std::uint64_t word) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101u;
    constexpr std::uint64_t highs = 0x8080808080808080u;
    const std::uint64_t quote = word ^ (ones * '"');
    const std::uint64_t slash = word ^ (ones * '\\');
    // A byte below the subtrahend borrows into its high bit; bytes of UTF-8 are excluded by ~word.
    const std::uint64_t control = (word - ones * 0x20) & ~word;
    return ((control | ((quote - ones) & ~quote) | ((slash - ones) & ~slash)) & highs) != 0;
}

inline std::uint64_t load_word(const char* from) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, from, 8);
    return word;
}

/// How many bytes from the start need no escape.
constexpr std::size_t plain_run(std::string_view text) noexcept {
    std::size_t i = 0;
    if (!__builtin_is_constant_evaluated())
        while (i + 8 <= text.size() && !has_special_in_json(load_word(text.data() + i))) i += 8;
    while (i < text.size() && is_plain_in_json(text[i])) ++i;
    return i;
}

/// Whether none of the text needs an escape.
inline bool is_plain(const char* from, std::size_t n) noexcept {
    if (n < 8) {
        for (std::size_t i = 0; i < n; ++i)
            if (!is_plain_in_json(from[i])) return false;
        return true;
    }
    // The last word overlaps the one before it.
    for (std::size_t i = 0; i + 8 < n; i += 8)
        if (has_special_in_json(load_word(from + i))) return false;
    return !has_special_in_json(load_word(from + n - 8));
}

/// Copies text that needs no escape; false when it met one that does.
inline bool copy_plain(char* to, const char* from, std::size_t n) noexcept {
    if (n < 8) {
        for (std::size_t i = 0; i < n; ++i) {
            if (!is_plain_in_json(from[i])) return false;
            to[i] = from[i];
        }
        return true;
    }
    // The last word overlaps the one before it.
    for (std::size_t i = 0;; i = i + 16 <= n ? i + 8 : n - 8) {
        const std::uint64_t word = load_word(from + i);
        if (has_special_in_json(word)) return false;
        std::memcpy(to + i, &word, 8);
        if (i + 8 == n) return true;
    }
}

}  // namespace detail

/// A visitor that writes compact JSON into a sink that has `append(std::string_view)` and `push(char)`; it
/// writes faster into one that has `extend`, `room` and `commit` of text_buffer, too.
///
/// UTF-8 passes through; quotes, backslashes and control characters are escaped, but not in `key`: that takes
/// the names of a schema. Text goes through `map_key`.
template <class Sink>
class basic_json_writer final : public visitor {
public:
    explicit constexpr basic_json_writer(Sink& sink) : sink_(sink) {}

    constexpr void begin_object() override { open('{'); }
    constexpr void end_object() override { close('}'); }
    constexpr void begin_array() override { open('['); }
    constexpr void end_array() override { close(']'); }
    constexpr void key(std::string_view name) override {
        if constexpr (requires { sink_.extend(std::size_t{1}); }) {
            char* to = sink_.extend(name.size() + (comma_ ? 4 : 3));
            if (comma_) *to++ = ',';
            *to++ = '"';
            detail::copy_chars(to, name.data(), name.size());
            to[name.size()] = '"';
            to[name.size() + 1] = ':';
        } else {
            separate();
            sink_.push('"');
            sink_.append(name);
            sink_.append("\":");
        }
        comma_ = false;
    }
    constexpr void map_key(std::string_view name) override {
        separate();
        quoted(name);
        sink_.push(':');
        comma_ = false;
    }
    constexpr void string(std::string_view text) override {
        separate();
        quoted(text);
        comma_ = true;
    }
    constexpr void integer(std::int64_t value) override {
        char digits[20] = {};
        std::size_t at = 20;
        std::uint64_t rest =
            value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
        do {
            digits[--at] = static_cast<char>('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        if (value < 0) digits[--at] = '-';
        raw({digits + at, 20 - at});
    }
    constexpr void boolean(bool value) override { raw(value ? "true" : "false"); }
    constexpr void number(std::string_view literal) override { raw(literal.empty() ? "0" : literal); }
    constexpr void null() override { raw("null"); }

private:
    constexpr void separate() {
        if (comma_) sink_.push(',');
    }
    constexpr void open(char c) {
        separate();
        sink_.push(c);
        comma_ = false;
    }
    constexpr void close(char c) {
        sink_.push(c);
        comma_ = true;
    }
    constexpr void raw(std::string_view text) {
        separate();
        sink_.append(text);
        comma_ = true;
    }
    constexpr void quoted(std::string_view text) {
        if constexpr (requires { sink_.room(std::size_t{1}); }) {
            if (!__builtin_is_constant_evaluated()) {
                char* to = sink_.room(text.size() + 2);
                *to = '"';
                if (detail::copy_plain(to + 1, text.data(), text.size())) {
                    to[text.size() + 1] = '"';
                    sink_.commit(text.size() + 2);
                    return;
                }
            }
        }
        if constexpr (requires { sink_.skip(text.size()); }) {
            if (!__builtin_is_constant_evaluated() && detail::is_plain(text.data(), text.size())) {
                sink_.skip(text.size() + 2);
                return;
            }
        }
        std::size_t plain = detail::plain_run(text);
        sink_.push('"');
        while (true) {
            sink_.append(text.substr(0, plain));
            text.remove_prefix(plain);
            if (text.empty()) break;
            escaped(text.front());
            text.remove_prefix(1);
            plain = detail::plain_run(text);
        }
        sink_.push('"');
    }
    constexpr void escaped(char c) {
        switch (c) {
            case '"': sink_.append("\\\""); return;
            case '\\': sink_.append("\\\\"); return;
            case '\n': sink_.append("\\n"); return;
            case '\r': sink_.append("\\r"); return;
            case '\t': sink_.append("\\t"); return;
            case '\b': sink_.append("\\b"); return;
            case '\f': sink_.append("\\f"); return;
            default: break;
        }
        constexpr std::string_view hex = "0123456789abcdef";
        sink_.append("\\u00");
        sink_.push(hex[static_cast<unsigned char>(c) >> 4]);
        sink_.push(hex[static_cast<unsigned char>(c) & 0xf]);
    }

    Sink& sink_;
    bool comma_ = false;
};

using json_writer = basic_json_writer<text_buffer>;

/// The compact JSON text of a model or of any of its values.
template <class T>
constexpr str write_json(const T& model) {
    text_buffer buffer;
    json_writer writer(buffer);
    detail::visit_value(writer, model);
    return str(buffer.view());
}

/// The length of that text: what a char array must hold.
template <class T>
constexpr std::size_t json_size(const T& model) {
    text_counter counter;
    basic_json_writer<text_counter> writer(counter);
    detail::visit_value(writer, model);
    return counter.size();
}

}  // namespace tiphys
