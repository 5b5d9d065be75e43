// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/core/storage.hpp>
#include <tiphys/core/str.hpp>

#include <initializer_list>
#include <iterator>
#include <stdexcept>

namespace tiphys {

/// An owning array, absent or present: stands in for `std::optional<std::vector<T>>` in models.
///
/// A default-constructed list is *absent*; `engage()` makes it present and empty. Iterates, indexes and grows
/// like `std::vector`, and is evaluated by both compilers at a third of its cost. 16 bytes; at most 2^32 - 2
/// elements.
template <class T>
class list {
public:
    using value_type = T;
    using iterator = T*;
    using const_iterator = const T*;

    constexpr list() noexcept = default;
    constexpr list(std::initializer_list<T> items) : list() {
        engage();
        reserve(items.size());
        for (const T& item : items) push_back(item);
    }
    /// From a std::vector, std::array or the like.
    template <class Range>
        requires(!std::is_same_v<Range, list> &&
                 requires(const Range& range) {
                     range.size();
                     T(*range.begin());
                 })
    constexpr list(const Range& items) : list() {
        engage();
        reserve(items.size());
        for (const auto& item : items) push_back(T(item));
    }
    constexpr list(const list& other) { copy_from(other); }
    constexpr list(list&& other) noexcept
        : data_(other.data_), size_(other.size_), capacity_(other.capacity_) {
        other.forget();
    }
    constexpr list& operator=(const list& other) {
        if (this != &other) {
            list copy(other);
            swap(copy);
        }
        return *this;
    }
    constexpr list& operator=(list&& other) noexcept {
        // What is moved may lie inside what this holds: let go of that last.
        list taken(std::move(other));
        swap(taken);
        return *this;
    }
    constexpr ~list() { release(); }

    constexpr bool has_value() const noexcept { return data_ != nullptr; }
    constexpr bool empty() const noexcept { return size_ == 0; }
    constexpr std::size_t size() const noexcept { return size_; }
    constexpr std::size_t capacity() const noexcept { return capacity_; }
    constexpr T* data() noexcept { return data_; }
    constexpr const T* data() const noexcept { return data_; }
    constexpr T* begin() noexcept { return data_; }
    constexpr T* end() noexcept { return data_ + size_; }
    constexpr const T* begin() const noexcept { return data_; }
    constexpr const T* end() const noexcept { return data_ + size_; }
    constexpr T& operator[](std::size_t i) noexcept { return data_[i]; }
    constexpr const T& operator[](std::size_t i) const noexcept { return data_[i]; }
    constexpr T& back() noexcept { return data_[size_ - 1]; }
    constexpr const T& back() const noexcept { return data_[size_ - 1]; }
    constexpr T& front() noexcept { return data_[0]; }
    constexpr const T& front() const noexcept { return data_[0]; }

    /// Makes it present; keeps what it holds.
    constexpr list& engage() {
        if (data_ == nullptr) regrow(1);
        return *this;
    }
    constexpr void reserve(std::size_t capacity) {
        if (capacity > capacity_) regrow(capacity);
    }
    /// Gives back what is reserved and not used.
    constexpr void shrink_to_fit() {
        const std::uint32_t wanted = size_ == 0 ? 1 : size_;
        if (capacity_ > wanted) regrow(wanted);
    }
    template <class... Arguments>
    constexpr T& emplace_back(Arguments&&... arguments) {
        if (size_ == capacity_) {
            // An argument may lie inside this list: make the element before the old storage goes.
            T made(std::forward<Arguments>(arguments)...);
            regrow(capacity_ == 0 ? 2 : 2 * std::size_t{capacity_});
            std::construct_at(data_ + size_, std::move(made));
        } else {
            std::construct_at(data_ + size_, std::forward<Arguments>(arguments)...);
        }
        return data_[size_++];
    }
    constexpr void push_back(const T& item) { emplace_back(item); }
    constexpr void push_back(T&& item) { emplace_back(std::move(item)); }
    constexpr void pop_back() noexcept { std::destroy_at(data_ + --size_); }
    /// Makes it absent.
    constexpr void reset() noexcept {
        release();
        forget();
    }
    constexpr void swap(list& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
    }

    /// Equal elements; an absent and an empty list differ.
    friend constexpr bool operator==(const list& a, const list& b) {
        if (a.has_value() != b.has_value() || a.size_ != b.size_) return false;
        for (std::uint32_t i = 0; i < a.size_; ++i)
            if (!(a.data_[i] == b.data_[i])) return false;
        return true;
    }

private:
    constexpr void copy_from(const list& other) {
        if (other.data_ == nullptr) return;
        if (__builtin_is_constant_evaluated())
            data_ = detail::copy_here(other.data_, other.size_);
        else
            data_ = detail::storage<T>::copy(other.data_, other.size_);
        size_ = other.size_;
        capacity_ = size_ == 0 ? 1 : size_;
    }
    constexpr void regrow(std::size_t wanted) {
        if (wanted > 0xfffffffeu) throw std::length_error("tiphys::list: more than 2^32 - 2 elements");
        const auto capacity = static_cast<std::uint32_t>(wanted);
        if (__builtin_is_constant_evaluated())
            data_ = detail::grow_here(data_, size_, capacity_, capacity);
        else
            data_ = detail::storage<T>::grow(data_, size_, capacity_, capacity);
        capacity_ = capacity;
    }
    constexpr void release() noexcept {
        if (data_ == nullptr) return;
        if (__builtin_is_constant_evaluated())
            detail::destroy_here(data_, size_, capacity_);
        else
            detail::storage<T>::destroy(data_, size_, capacity_);
    }
    constexpr void forget() noexcept {
        data_ = nullptr;
        size_ = capacity_ = 0;
    }

    T* data_ = nullptr;
    std::uint32_t size_ = 0;
    std::uint32_t capacity_ = 0;
};

template <class T>
struct map_entry {
    str key;
    T value;

    friend constexpr bool operator==(const map_entry&, const map_entry&) = default;
};

/// A JSON object with free keys, in the order in which they were written.
///
/// `find` and `[]` scan (maps of a manifest are small); whoever walks `status.nodes` of a large workflow
/// builds an index of its own. Absent or present like `list`.
template <class T>
class map {
public:
    using value_type = map_entry<T>;

    constexpr bool has_value() const noexcept { return entries_.has_value(); }
    constexpr bool empty() const noexcept { return entries_.empty(); }
    constexpr std::size_t size() const noexcept { return entries_.size(); }
    constexpr map_entry<T>* begin() noexcept { return entries_.begin(); }
    constexpr map_entry<T>* end() noexcept { return entries_.end(); }
    constexpr const map_entry<T>* begin() const noexcept { return entries_.begin(); }
    constexpr const map_entry<T>* end() const noexcept { return entries_.end(); }
    constexpr map& engage() {
        entries_.engage();
        return *this;
    }
    constexpr void reserve(std::size_t n) { entries_.reserve(n); }
    constexpr std::size_t capacity() const noexcept { return entries_.capacity(); }
    constexpr void shrink_to_fit() { entries_.shrink_to_fit(); }
    constexpr void reset() noexcept { entries_.reset(); }

    /// The value of the key, or null.
    constexpr const T* find(std::string_view key) const noexcept {
        for (const auto& entry : entries_)
            if (detail::same(entry.key.view(), key)) return &entry.value;
        return nullptr;
    }
    constexpr T* find(std::string_view key) noexcept {
        for (auto& entry : entries_)
            if (detail::same(entry.key.view(), key)) return &entry.value;
        return nullptr;
    }
    constexpr bool contains(std::string_view key) const noexcept { return find(key) != nullptr; }
    /// The value of the key, made empty if the map lacks it.
    constexpr T& operator[](std::string_view key) {
        if (T* found = find(key)) return *found;
        return append(key);
    }
    /// A new entry without a look for an equal key: for readers that have looked already.
    constexpr T& append(std::string_view key) {
        str name(key);
        map_entry<T>& made = entries_.emplace_back();
        made.key = std::move(name);
        return made.value;
    }
    constexpr bool erase(std::string_view key) {
        list<map_entry<T>> kept;
        bool found = false;
        for (auto& entry : entries_)
            if (detail::same(entry.key.view(), key))
                found = true;
            else
                kept.push_back(std::move(entry));
        if (entries_.has_value()) kept.engage();
        entries_ = std::move(kept);
        return found;
    }

    friend constexpr bool operator==(const map& a, const map& b) { return a.entries_ == b.entries_; }

private:
    list<map_entry<T>> entries_;
};

}  // namespace tiphys
