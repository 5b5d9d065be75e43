// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <string_view>

/// Ends a test that cannot run without Argo's own data files: it is skipped and says what it lacks, or fails
/// where nothing may be skipped (TIPHYS_REQUIRE_ALL=1).
#define TIPHYS_NEEDS_ARGO_DATA(there, what)                                                         \
    do {                                                                                            \
        if (there) break;                                                                           \
        if (::tiphys::test::nothing_is_skipped()) FAIL() << (what) << " is missing";                \
        GTEST_SKIP() << (what)                                                                      \
                     << " is missing; set TIPHYS_ARGO_DATA to the folder of Argo's own data files"; \
    } while (false)

namespace tiphys::test {

inline bool nothing_is_skipped() {
    const char* const value = std::getenv("TIPHYS_REQUIRE_ALL");
    return value != nullptr && std::string_view(value) != "" && std::string_view(value) != "0";
}

}  // namespace tiphys::test
