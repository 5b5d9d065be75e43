// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/core/core.hpp>

#include <cstring>

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

/// Where a process begins its hashes: nobody outside can choose names that collide.
std::uint64_t hash_seed() noexcept;

/// For the running program: eight bytes at a time.
inline std::uint64_t hash_at_run_time(std::string_view name, std::uint64_t seed) noexcept {
    __extension__ typedef unsigned __int128 wide;
    constexpr std::uint64_t odd = 0x9e3779b97f4a7c15u;
    const auto fold = [](std::uint64_t a, std::uint64_t b) {
        const wide product = wide{a} * b;
        return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
    };
    const char* at = name.data();
    const std::size_t size = name.size();
    std::uint64_t value = seed ^ size;
    std::uint64_t word = 0;
    if (size >= 8) {
        for (const char* const last = at + size - 8; at < last; at += 8) {
            std::memcpy(&word, at, 8);
            value = fold(value ^ word, odd);
        }
        std::memcpy(&word, name.data() + size - 8, 8);
    } else if (size >= 4) {
        std::uint32_t half = 0;
        std::memcpy(&half, at, 4);
        word = half;
        std::memcpy(&half, at + size - 4, 4);
        word = word << 32 | half;
    } else {
        for (std::size_t i = 0; i < size; ++i) word = word << 8 | static_cast<unsigned char>(at[i]);
    }
    return fold(value ^ word, seed | odd);
}

/// The same as `same`, without a call for names of the usual lengths.
constexpr bool same_name(std::string_view a, std::string_view b) noexcept {
    const std::size_t size = a.size();
    if (size != b.size()) return false;
    if (__builtin_is_constant_evaluated() || size > 16) return same(a.data(), b.data(), size);
    if (size >= 8) {
        std::uint64_t words[4] = {};
        std::memcpy(&words[0], a.data(), 8);
        std::memcpy(&words[1], b.data(), 8);
        std::memcpy(&words[2], a.data() + size - 8, 8);
        std::memcpy(&words[3], b.data() + size - 8, 8);
        return ((words[0] ^ words[1]) | (words[2] ^ words[3])) == 0;
    }
    for (std::size_t i = 0; i < size; ++i)
        if (a[i] != b[i]) return false;
    return true;
}

/// Finds names in constant time with few steps of the compiler: open addressing over indices into the
/// caller's names.
class name_index {
public:
    /// Preconditions: at most `expected` names are added, their indices ascending.
    constexpr explicit name_index(std::size_t expected) {
        // The compiler is spared second looks, the running program memory.
        std::size_t wanted = __builtin_is_constant_evaluated() ? 2 * expected : expected + expected / 2 + 1;
        std::size_t capacity = 8;
        while (capacity < wanted) capacity *= 2;
        mask_ = capacity - 1;
        slots_.reserve(capacity);
        names_.reserve(expected);
        for (std::size_t i = 0; i < capacity; ++i) slots_.push_back(slot{});
        if (!__builtin_is_constant_evaluated()) seed_ = hash_seed();
    }

    /// The index of the first entry of that name, or -1.
    constexpr std::int32_t find(std::string_view name) const noexcept {
        const std::size_t key = hash(name);
        const slot* const slots = slots_.begin();
        const std::string_view* const names = names_.begin();
        for (std::size_t at = key & mask_;; at = (at + 1) & mask_) {
            const slot& here = slots[at];
            if (here.index < 0) return here.index;
            if (here.key == static_cast<std::uint32_t>(key) && same_name(names[here.index], name))
                return here.index;
        }
    }
    /// Adds the name and returns -1, or returns the index that it stands for already.
    constexpr std::int32_t add(std::string_view name, std::size_t index) {
        const std::size_t key = hash(name);
        slot* const slots = slots_.begin();
        std::size_t at = key & mask_;
        for (; slots[at].index >= 0; at = (at + 1) & mask_)
            if (slots[at].key == static_cast<std::uint32_t>(key) &&
                same_name(names_[static_cast<std::size_t>(slots[at].index)], name))
                return slots[at].index;
        while (names_.size() < index) names_.push_back({});
        names_.push_back(name);
        slots[at].index = static_cast<std::int32_t>(index);
        slots[at].key = static_cast<std::uint32_t>(key);
        return -1;
    }

private:
    /// Small, and the names apart: a large index is looked into all over, and shall stay in the cache.
    struct slot {
        std::int32_t index = -1;
        std::uint32_t key = 0;
    };

    constexpr std::size_t hash(std::string_view name) const noexcept {
        if (!__builtin_is_constant_evaluated()) return hash_at_run_time(name, seed_);
        // The compiler counts every step: length and the last characters tell generated names apart.
        const std::size_t from = name.size() > 6 ? name.size() - 6 : 0;
        std::size_t value = 1469598103934665603u ^ name.size();
        const char* const end = name.data() + name.size();
        for (const char* c = name.data() + from; c != end; ++c)
            value = (value ^ static_cast<unsigned char>(*c)) * 1099511628211u;
        return value ^ (value >> 29);
    }

    list<slot> slots_;
    list<std::string_view> names_;
    std::size_t mask_ = 0;
    std::uint64_t seed_ = 0;
};

/// Number of edits (insert, delete, replace, swap of neighbours) between two short names; longer than 64: not
/// near. What is not below `below` is said to be at least that.
constexpr std::size_t distance(std::string_view a, std::string_view b, std::size_t below = 64) {
    constexpr std::size_t limit = 64;
    if (a.size() > limit || b.size() > limit) return limit;
    if ((a.size() < b.size() ? b.size() - a.size() : a.size() - b.size()) >= below) return below;
    std::size_t rows[3][limit + 1] = {};
    for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
    std::size_t last_least = 0;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto& row = rows[i % 3];
        const auto& above = rows[(i + 2) % 3];
        const auto& before = rows[(i + 1) % 3];
        row[0] = i;
        std::size_t least = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t best = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            if (above[j] + 1 < best) best = above[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
            if (best < least) least = best;
        }
        // A swap looks back two rows, so two of them must have gone too far.
        if (least >= below && last_least >= below) return below;
        last_least = least;
    }
    return rows[a.size() % 3][b.size()];
}

/// Keeps the candidate nearest to a misspelt name; looks at no more than 64 of them.
class nearest {
public:
    constexpr explicit nearest(std::string_view wanted) : wanted_(wanted), best_(wanted.size() / 3 + 2) {}

    constexpr void offer(std::string_view candidate) {
        if (candidate.empty() || ++seen_ > 64) return;
        const std::size_t far = distance(wanted_, candidate, best_);
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

/// The text as a message shows it: the middle of one that is too long for a message is left out, so that a
/// text of which much is wrong is not repeated with each mistake.
constexpr str shown(std::string_view text) {
    constexpr std::size_t most = 200;
    if (text.size() <= most) return str(text);
    const auto inside = [&](std::size_t at) {
        return (static_cast<unsigned char>(text[at]) & 0xc0u) == 0x80u;
    };
    std::size_t head = most * 2 / 3;
    std::size_t tail = text.size() - (most - head);
    // Not within a character.
    while (head != 0 && inside(head)) --head;
    while (tail != text.size() && inside(tail)) ++tail;
    str made(std::string_view(text.data(), head));
    made.append("…").append({text.data() + tail, text.size() - tail});
    return made;
}

/// Appends a circle of names: "`a` calls `b` calls `a`"; the middle of a long one is left out. `name(i)`
/// gives the i-th of `size`; the last leads to the first.
template <class Name>
constexpr void append_circle(str& to, std::size_t size, std::string_view verb, Name name) {
    constexpr std::size_t most = 10;
    for (std::size_t i = 0; i < size; ++i) {
        if (size > most && i == most / 2) {
            to.append("… ").append(verb).append(" ");
            i = size - most / 2;
        }
        to.append("`").append(name(i)).append("` ").append(verb).append(" ");
    }
    to.append("`").append(name(0)).append("`");
}

template <class... Parts>
constexpr str joined(const Parts&... parts) {
    str made("");
    (made.append(std::string_view(parts)), ...);
    return made;
}

}  // namespace tiphys::detail
