// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>  // brings std::allocator and construct_at at a third of the price of <memory>
#include <type_traits>
#include <utility>

/// The one place where `box` and `list` allocate, copy and destroy.
///
/// The compiler evaluates the constexpr half in place. The running program calls the out-of-line half,
/// `storage<T>`, which the libraries instantiate once for every model type (`extern template`): copying a
/// Workflow would otherwise emit the copy of two hundred types into every user's translation unit. The halves
/// are told apart by the compilers' builtin: g++ folds it before it emits code, but
/// std::is_constant_evaluated() only after.
namespace tiphys::detail {

template <class T>
struct storage {
    static void destroy(T* data, std::uint32_t size, std::uint32_t capacity) noexcept;
    static T* copy(const T* data, std::uint32_t size);
    static T* grow(T* data, std::uint32_t size, std::uint32_t capacity, std::uint32_t new_capacity);
};

template <class T>
constexpr void destroy_here(T* data, std::uint32_t size, std::uint32_t capacity) noexcept {
    for (std::uint32_t i = 0; i < size; ++i) std::destroy_at(data + i);
    std::allocator<T>().deallocate(data, capacity);
}

template <class T>
constexpr T* copy_here(const T* data, std::uint32_t size) {
    T* made = std::allocator<T>().allocate(size == 0 ? 1 : size);
    std::uint32_t done = 0;
    if (__builtin_is_constant_evaluated()) {
        for (; done < size; ++done) std::construct_at(made + done, data[done]);
        return made;
    }
    try {
        for (; done < size; ++done) std::construct_at(made + done, data[done]);
    } catch (...) {
        destroy_here(made, done, size == 0 ? 1 : size);
        throw;
    }
    return made;
}

template <class T>
constexpr T* grow_here(T* data, std::uint32_t size, std::uint32_t capacity, std::uint32_t new_capacity) {
    static_assert(std::is_nothrow_move_constructible_v<T>);
    T* made = std::allocator<T>().allocate(new_capacity);
    for (std::uint32_t i = 0; i < size; ++i) std::construct_at(made + i, std::move(data[i]));
    if (data != nullptr) destroy_here(data, size, capacity);
    return made;
}

// Defined outside the class and not inline, so that an `extern template` really stops the instantiation.
template <class T>
void storage<T>::destroy(T* data, std::uint32_t size, std::uint32_t capacity) noexcept {
    destroy_here(data, size, capacity);
}

template <class T>
T* storage<T>::copy(const T* data, std::uint32_t size) {
    return copy_here(data, size);
}

template <class T>
T* storage<T>::grow(T* data, std::uint32_t size, std::uint32_t capacity, std::uint32_t new_capacity) {
    return grow_here(data, size, capacity, new_capacity);
}

}  // namespace tiphys::detail
