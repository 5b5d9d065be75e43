// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

/// Compares text with the file test/golden/<name>. With TIPHYS_UPDATE_GOLDEN=1 in the environment the file is
/// written instead, and the test fails once, so that nobody takes the writing for a pass.
#define EXPECT_GOLDEN(name, text) ::tiphys::test::expect_golden(name, text, __FILE__, __LINE__)

namespace tiphys::test {

inline void expect_golden(const std::string& name, const std::string& text, const char* file, int line) {
    const std::filesystem::path path = std::filesystem::path(TIPHYS_SOURCE_DIR) / "test/golden" / name;
    if (const char* update = std::getenv("TIPHYS_UPDATE_GOLDEN"); update != nullptr && *update == '1') {
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << text;
        ADD_FAILURE_AT(file, line) << "wrote " << path
                                   << "; look at it, then run again without TIPHYS_UPDATE_GOLDEN";
        return;
    }
    std::ifstream in(path, std::ios::binary);
    std::stringstream golden;
    golden << in.rdbuf();
    if (!in || golden.str() != text)
        ADD_FAILURE_AT(file, line) << path << " differs; TIPHYS_UPDATE_GOLDEN=1 writes it anew. Now it is:\n"
                                   << text;
}

}  // namespace tiphys::test
