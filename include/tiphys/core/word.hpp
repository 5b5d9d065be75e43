// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/core/str.hpp>

#include <source_location>
#include <string>
#include <string_view>

namespace tiphys {

/// An argument of a builder call: the text, and where in the user's source it was written.
///
/// The converting constructor records each literal's own line, on both compilers; a defaulted location of the
/// builder's verb would give clang the line where the whole chain starts.
/// Object lifetimes: it views the text, so it lives no longer than the call that takes it.
class word {
public:
    template <std::size_t N>
    constexpr word(const char (&literal)[N],
                   std::source_location where = std::source_location::current()) noexcept
        : data_(literal), size_(literal[N - 1] == '\0' ? N - 1 : N), where_(where) {}
    constexpr word(std::string_view text,
                   std::source_location where = std::source_location::current()) noexcept
        : data_(text.data()), size_(text.size()), where_(where) {}
    constexpr word(const str& text, std::source_location where = std::source_location::current()) noexcept
        : word(text.view(), where) {}
    constexpr word(const std::string& text,
                   std::source_location where = std::source_location::current()) noexcept
        : word(std::string_view(text), where) {}

    /// A C string whose length is not known; a literal takes the constructor above.
    template <class Pointer>
        requires std::is_same_v<Pointer, const char*> || std::is_same_v<Pointer, char*>
    constexpr word(const Pointer& text, std::source_location where = std::source_location::current()) noexcept
        : word(std::string_view(text, detail::length(text)), where) {}

    /// No word: the default of verbs that take several.
    constexpr word() noexcept : data_(nullptr), size_(0) {}

    constexpr bool has_value() const noexcept { return data_ != nullptr; }
    constexpr std::string_view view() const noexcept { return {data_, size_}; }
    constexpr operator std::string_view() const noexcept { return view(); }
    constexpr const std::source_location& where() const noexcept { return where_; }

private:
    const char* data_;
    std::size_t size_;
    std::source_location where_;
};

}  // namespace tiphys
