// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/core/core.hpp>

/// Names: their shapes, a table to find them, and the nearest one to a misspelt one.
namespace tiphys::detail {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
constexpr bool is_letter(char c) noexcept { return is_lower(c) || (c >= 'A' && c <= 'Z'); }
constexpr bool is_letter_or_digit(char c) noexcept { return is_letter(c) || is_digit(c); }

/// What a character may be part of, as bits; a look into a table is one step of the compiler, a comparison
/// several.
enum : std::uint8_t { node_character = 1, parameter_character = 2, letter_or_digit = 4 };
struct character_table {
    std::uint8_t of[256] = {};

    constexpr character_table() {
        for (int c = 0; c < 128; ++c)
            if (is_letter_or_digit(static_cast<char>(c)))
                of[c] = node_character | parameter_character | letter_or_digit;
        of[int{'-'}] = node_character | parameter_character;
        of[int{'_'}] = parameter_character;
    }
};
inline constexpr character_table characters;

constexpr bool consists_of(std::string_view name, std::uint8_t allowed) noexcept {
    const char* const from = name.data();
    const char* const to = from + name.size();
    for (const char* c = from; c != to; ++c)
        if ((characters.of[static_cast<unsigned char>(*c)] & allowed) == 0) return false;
    return from != to;
}

/// Templates, steps, tasks: `^[a-zA-Z0-9][-a-zA-Z0-9]*$`, at most 128 bytes.
constexpr bool is_node_name(std::string_view name) noexcept {
    return consists_of(name, node_character) && name[0] != '-' && name.size() <= 128;
}

/// Parameters and artifacts: `^[-a-zA-Z0-9_]+$`.
constexpr bool is_parameter_name(std::string_view name) noexcept {
    return consists_of(name, parameter_character);
}

/// RFC 1123 subdomain of at most `limit` bytes; a generateName may end in '-' or '.'.
constexpr bool is_object_name(std::string_view name, std::size_t limit, bool prefix) noexcept {
    if (name.empty() || name.size() > limit) return false;
    char before = '.';
    for (const char c : name) {
        const bool plain = is_lower(c) || is_digit(c);
        if (!plain && c != '-' && c != '.') return false;
        if ((c == '.' && before == '-') || (before == '.' && !plain)) return false;
        before = c;
    }
    return prefix || is_lower(before) || is_digit(before);
}

/// Finds names in constant time with few steps of the compiler: open addressing over indices into the
/// caller's names.
class name_index {
public:
    /// Preconditions: at most `expected` names are added.
    constexpr explicit name_index(std::size_t expected) {
        std::size_t capacity = 8;
        while (capacity < 2 * expected) capacity *= 2;
        mask_ = capacity - 1;
        slots_.reserve(capacity);
        for (std::size_t i = 0; i < capacity; ++i) slots_.push_back(slot{});
    }

    /// The index of the first entry of that name, or -1.
    constexpr std::int32_t find(std::string_view name) const noexcept {
        for (std::size_t at = hash(name) & mask_;; at = (at + 1) & mask_) {
            const slot& here = slots_[at];
            if (here.index < 0 || same(here.name, name)) return here.index;
        }
    }
    /// Adds the name and returns -1, or returns the index that it stands for already.
    constexpr std::int32_t add(std::string_view name, std::size_t index) noexcept {
        std::size_t at = hash(name) & mask_;
        for (; slots_[at].index >= 0; at = (at + 1) & mask_)
            if (same(slots_[at].name, name)) return slots_[at].index;
        slots_[at].name = name;
        slots_[at].index = static_cast<std::int32_t>(index);
        return -1;
    }

private:
    struct slot {
        std::string_view name;
        std::int32_t index = -1;
    };

    static constexpr std::size_t hash(std::string_view name) noexcept {
        // The compiler counts every step: length and the last characters tell generated names apart.
        std::size_t from = 0;
        if (__builtin_is_constant_evaluated() && name.size() > 6) from = name.size() - 6;
        std::size_t value = 1469598103934665603u ^ name.size();
        const char* const end = name.data() + name.size();
        for (const char* c = name.data() + from; c != end; ++c)
            value = (value ^ static_cast<unsigned char>(*c)) * 1099511628211u;
        return value ^ (value >> 29);
    }

    list<slot> slots_;
    std::size_t mask_ = 0;
};

/// Number of edits (insert, delete, replace, swap of neighbours) between two short names; longer than 64: not
/// near.
constexpr std::size_t distance(std::string_view a, std::string_view b) {
    constexpr std::size_t limit = 64;
    if (a.size() > limit || b.size() > limit) return limit;
    std::size_t rows[3][limit + 1] = {};
    for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto& row = rows[i % 3];
        const auto& above = rows[(i + 2) % 3];
        const auto& before = rows[(i + 1) % 3];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t best = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            if (above[j] + 1 < best) best = above[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
    }
    return rows[a.size() % 3][b.size()];
}

/// Keeps the candidate nearest to a misspelt name; looks at no more than 64 of them.
class nearest {
public:
    constexpr explicit nearest(std::string_view wanted) : wanted_(wanted), best_(wanted.size() / 3 + 2) {}

    constexpr void offer(std::string_view candidate) {
        if (candidate.empty() || ++seen_ > 64) return;
        const std::size_t far = distance(wanted_, candidate);
        if (far < best_) {
            best_ = far;
            found_ = candidate;
        }
    }
    /// "; did you mean `build`?", or nothing.
    constexpr str question() const {
        str made("");
        if (!found_.empty()) made.append("; did you mean `").append(found_).append("`?");
        return made;
    }

private:
    std::string_view wanted_;
    std::string_view found_;
    std::size_t best_;
    std::size_t seen_ = 0;
};

template <class... Parts>
constexpr str joined(const Parts&... parts) {
    str made("");
    (made.append(std::string_view(parts)), ...);
    return made;
}

}  // namespace tiphys::detail
