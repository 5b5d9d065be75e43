// SPDX-License-Identifier: Apache-2.0
#include "client/backoff.hpp"

#include <random>

namespace tiphys::client_detail {

double random_jitter() {
    thread_local std::minstd_rand engine{std::random_device{}()};
    return std::uniform_real_distribution<double>(-1, 1)(engine);
}

}  // namespace tiphys::client_detail
