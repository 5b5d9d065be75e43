// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

/// What a program that links support/allocation.cpp takes with `new`, counted in the bytes that are asked
/// for. malloc itself goes on below, so that the sanitizers see every block.
///
/// Thread safety: for programs of one thread.
namespace tiphys::test {

struct Allocated {
    std::size_t live = 0;   ///< bytes that are in use
    std::size_t peak = 0;   ///< the most that were in use since the last reset_peak()
    std::size_t calls = 0;  ///< allocations so far
};

const Allocated& allocated() noexcept;
void reset_peak() noexcept;

}  // namespace tiphys::test
