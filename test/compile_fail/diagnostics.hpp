// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compile_fail/compiler.hpp"

/// Reads what a compile-fail case expects and what a compiler said, and compares the two.
namespace tiphys::test {

/// One comment of a case.
///
/// `// expect <rule>: <text>`          `checked` says `<file>:<line of the comment>: <text>`
/// `// expect-nowhere <rule>: <text>`  `checked` says `<text>`, without a place
/// `// expect-error <part> || <part>`  an ordinary error that names this line and contains one of the parts
/// Several may stand on one line.
struct Expectation {
    enum class Kind { mistake,
                      nowhere,
                      error };
    Kind kind = Kind::mistake;
    int line = 0;
    std::string rule;
    std::string text;
};

/// The comments of a case. Errors: throws std::runtime_error for one that is no expectation, naming the line.
std::vector<Expectation> expectations(const std::string& source);

/// What a compiler says about one error: the lines that lead to it, the error itself, its notes.
struct Block {
    std::vector<std::string> lines;
    /// What `checked` says in it, joined from its pieces; empty for an ordinary error.
    std::string mistake() const;
    bool contains(const std::string& part) const;
};

std::vector<Block> blocks(const Output& output);

/// What is wrong with the output of the wrong twin: a missing, an extra or a too long error, a status of 0.
/// Empty when all is as expected.
std::vector<std::string> complaints(const std::string& file_name, const std::vector<Expectation>& expected,
                                    const Output& output, std::size_t lines_per_error);

}  // namespace tiphys::test
