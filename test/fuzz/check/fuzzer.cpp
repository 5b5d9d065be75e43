// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>

#include "targets.hpp"

// TIPHYS_FUZZ_TARGET is one of the functions of targets.hpp.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::TIPHYS_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
    return 0;
}
