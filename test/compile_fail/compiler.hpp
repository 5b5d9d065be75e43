// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

/// Runs compilers and other programs for the tests that judge what they say.
namespace tiphys::test {

struct Compiler {
    std::string name;  // gxx or clang
    std::string path;  // empty: not found on this machine
    bool clang = false;

    /// The command that looks at a C++20 file without making anything, with no limit to the number of errors
    /// and no echo of the source; the project's headers are found.
    std::vector<std::string> command(const std::string& file, std::vector<std::string> more = {}) const;
};

/// g++ and clang++, in this order, found or not.
std::vector<Compiler> compilers();

struct Output {
    int status = -1;                 // exit status; 128 + signal when killed
    std::vector<std::string> lines;  // standard output and error, interleaved
    double seconds = 0;              // processor time
    long peak_kib = 0;               // largest resident size of it and its children

    std::string text() const;
};

/// Runs a program to its end, with LC_ALL=C. Errors: throws std::system_error where it cannot be started.
Output run(const std::vector<std::string>& command);

}  // namespace tiphys::test
