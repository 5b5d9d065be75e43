// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/detail/names.hpp>

#include <random>

namespace tiphys::detail {

std::uint64_t hash_seed() noexcept {
    static const std::uint64_t seed = [] {
        std::uint64_t made = reinterpret_cast<std::uintptr_t>(&made);
        try {
            std::random_device device;
            made ^= std::uint64_t{device()} << 32 ^ device();
        } catch (const std::exception&) {
            // Where there is no source of randomness, the address of the stack has to do.
        }
        return made;
    }();
    return seed;
}

}  // namespace tiphys::detail
