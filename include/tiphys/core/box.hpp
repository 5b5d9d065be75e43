// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/core/storage.hpp>

#include <cstdint>

namespace tiphys {

/// An owning pointer to one value, absent or present, that copies the value: an optional object of a model.
///
/// It makes recursive types possible (a step holds an inline template) and keeps presence types (`suspend:
/// {}`). Preconditions: `*` and `->` need `has_value()`; `ensure()` makes the value where it is missing.
template <class T>
class box {
public:
    constexpr box() noexcept = default;
    constexpr box(const T& value) : data_(copied(value)) {}
    constexpr box(T&& value) : data_(std::allocator<T>().allocate(1)) {
        std::construct_at(data_, std::move(value));
    }
    constexpr box(const box& other) : data_(other.data_ == nullptr ? nullptr : copied(*other.data_)) {}
    constexpr box(box&& other) noexcept : data_(std::exchange(other.data_, nullptr)) {}
    constexpr box& operator=(const box& other) {
        if (this != &other) {
            box copy(other);
            std::swap(data_, copy.data_);
        }
        return *this;
    }
    constexpr box& operator=(box&& other) noexcept {
        // What is moved may lie inside what this holds: let go of that last.
        box taken(std::move(other));
        std::swap(data_, taken.data_);
        return *this;
    }
    constexpr ~box() { release(); }

    constexpr bool has_value() const noexcept { return data_ != nullptr; }
    constexpr explicit operator bool() const noexcept { return data_ != nullptr; }
    constexpr T& operator*() noexcept { return *data_; }
    constexpr const T& operator*() const noexcept { return *data_; }
    constexpr T* operator->() noexcept { return data_; }
    constexpr const T* operator->() const noexcept { return data_; }
    constexpr T* get() noexcept { return data_; }
    constexpr const T* get() const noexcept { return data_; }
    /// The value, made with its defaults if it was absent.
    constexpr T& ensure() {
        if (data_ == nullptr) {
            data_ = std::allocator<T>().allocate(1);
            std::construct_at(data_);
        }
        return *data_;
    }
    constexpr void reset() noexcept {
        release();
        data_ = nullptr;
    }

    friend constexpr bool operator==(const box& a, const box& b) {
        if (a.data_ == nullptr || b.data_ == nullptr) return a.data_ == b.data_;
        return *a.data_ == *b.data_;
    }

private:
    static constexpr T* copied(const T& value) {
        if (__builtin_is_constant_evaluated()) return detail::copy_here(&value, 1);
        return detail::storage<T>::copy(&value, 1);
    }
    constexpr void release() noexcept {
        if (data_ == nullptr) return;
        if (__builtin_is_constant_evaluated())
            detail::destroy_here(data_, 1, 1);
        else
            detail::storage<T>::destroy(data_, 1, 1);
    }

    T* data_ = nullptr;
};

}  // namespace tiphys
