// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace tiphys::client_detail {

/// The pause before try number `failures` + 1: doubles from `first` with each failure, up to `longest`, then
/// varied by `jitter` (-1 to 1) times a quarter so that many clients do not come back at the same moment.
/// Preconditions: failures >= 1.
constexpr std::chrono::milliseconds backoff(std::chrono::milliseconds first,
                                            std::chrono::milliseconds longest, unsigned failures,
                                            double jitter) noexcept {
    std::chrono::milliseconds pause = first;
    for (unsigned i = 1; i < failures && pause < longest; ++i) pause *= 2;
    if (pause > longest) pause = longest;
    return std::chrono::milliseconds(
        static_cast<std::chrono::milliseconds::rep>(static_cast<double>(pause.count()) * (1 + jitter / 4)));
}

/// A random number from -1 to 1.
double random_jitter();

}  // namespace tiphys::client_detail
