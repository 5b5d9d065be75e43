// SPDX-License-Identifier: Apache-2.0
#include "allocation.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace {

tiphys::test::Allocated counts;

// The size of a block stands before it, where the alignment leaves room for it.
constexpr std::size_t header = __STDCPP_DEFAULT_NEW_ALIGNMENT__;

void* take(std::size_t size, std::size_t alignment) {
    const std::size_t before = std::max(header, alignment);
    void* const block =
        alignment > header
            ? std::aligned_alloc(alignment, (before + size + alignment - 1) / alignment * alignment)
            : std::malloc(before + size);
    if (block == nullptr) throw std::bad_alloc();
    counts.live += size;
    counts.peak = std::max(counts.peak, counts.live);
    ++counts.calls;
    void* const made = static_cast<char*>(block) + before;
    static_cast<std::size_t*>(made)[-1] = size;
    return made;
}

void give_back(void* made, std::size_t alignment) noexcept {
    if (made == nullptr) return;
    counts.live -= static_cast<std::size_t*>(made)[-1];
    std::free(static_cast<char*>(made) - std::max(header, alignment));
}

}  // namespace

namespace tiphys::test {

const Allocated& allocated() noexcept { return counts; }
void reset_peak() noexcept { counts.peak = counts.live; }

}  // namespace tiphys::test

void* operator new(std::size_t size) { return take(size, 1); }
void* operator new[](std::size_t size) { return take(size, 1); }
void* operator new(std::size_t size, std::align_val_t alignment) {
    return take(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
    return take(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* made) noexcept { give_back(made, 1); }
void operator delete[](void* made) noexcept { give_back(made, 1); }
void operator delete(void* made, std::size_t) noexcept { give_back(made, 1); }
void operator delete[](void* made, std::size_t) noexcept { give_back(made, 1); }
void operator delete(void* made, std::align_val_t alignment) noexcept {
    give_back(made, static_cast<std::size_t>(alignment));
}
void operator delete[](void* made, std::align_val_t alignment) noexcept {
    give_back(made, static_cast<std::size_t>(alignment));
}
void operator delete(void* made, std::size_t, std::align_val_t alignment) noexcept {
    give_back(made, static_cast<std::size_t>(alignment));
}
void operator delete[](void* made, std::size_t, std::align_val_t alignment) noexcept {
    give_back(made, static_cast<std::size_t>(alignment));
}
