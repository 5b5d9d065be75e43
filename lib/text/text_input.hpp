// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/text/text.hpp>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

namespace tiphys::detail {

/// str holds no more.
inline constexpr std::size_t longest_text = 0xfffffffe;

inline std::size_t most_bytes(const ReadOptions& options) {
    return std::min(options.max_bytes, longest_text);
}

[[noreturn]] void fail_too_long(const ReadOptions& options);

/// All that `read(to, n)` gives, which puts at most n bytes there and returns how many; 0 at the end.
///
/// In blocks, so that an endless input takes no more than the limit before it is refused: a string that grows
/// would take three times that.
template <class Read>
std::string gather(const ReadOptions& options, Read read) {
    constexpr std::size_t block = 1u << 18;
    const std::size_t most = most_bytes(options);
    std::vector<std::unique_ptr<char[]>> blocks;
    std::size_t size = 0;
    while (true) {
        if (size == blocks.size() * block) blocks.push_back(std::make_unique_for_overwrite<char[]>(block));
        const std::size_t used = size % block;
        const std::size_t got = read(blocks.back().get() + used, block - used);
        if (got == 0) break;
        size += got;
        if (size > most) fail_too_long(options);
    }
    std::string text;
    text.reserve(size);
    for (auto& one : blocks) {
        text.append(one.get(), std::min(block, size - text.size()));
        one.reset();
    }
    return text;
}

}  // namespace tiphys::detail
