// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/text/text.hpp>

#include <limits>
#include <string>

namespace tiphys::detail {

/// The memory that what is read from one text may still take.
///
/// It is asked before anything is allocated, so a text of empty objects, of which each becomes a large
/// struct, ends in an error and not in the machine's memory.
class Budget {
public:
    static constexpr std::size_t bytes_for_each_of_text = 8;

    /// Without a limit: for values that are in memory already.
    Budget() = default;
    Budget(const ReadOptions& options, std::size_t text)
        : limit_(options.max_memory),
          // Where the last of equal names wins, all is there twice for a time.
          for_each_(options.duplicate_keys == DuplicateKeys::last_wins ? 2 * bytes_for_each_of_text
                                                                       : bytes_for_each_of_text),
          left_(limit_ + for_each_ * text) {}

    bool take(std::size_t bytes) noexcept {
        if (bytes > left_) return false;
        left_ -= bytes;
        return true;
    }
    void give_back(std::size_t bytes) noexcept { left_ += bytes; }

    /// What an allocation of so many bytes costs, with what the allocator needs for itself.
    static constexpr std::size_t block(std::size_t bytes) noexcept {
        if (bytes == 0) return 0;
        return bytes <= 24 ? 32 : (bytes + 8 + 15) & ~std::size_t{15};
    }
    /// How far storage for `capacity` elements of so many bytes grows when it is full.
    static constexpr std::size_t grown(std::size_t capacity, std::size_t element) noexcept {
        // Small storage doubles; of large storage the part that stays empty would be large too.
        if (capacity < 2) return capacity + 1;
        return capacity * element < 65'536 ? 2 * capacity : capacity + capacity / 2;
    }
    /// Whether storage wastes enough to be worth a move.
    static constexpr bool is_wasteful(std::size_t capacity, std::size_t size, std::size_t element) noexcept {
        const std::size_t waste = (capacity - size) * element;
        return size != 0 && waste > 64 && waste * 8 > capacity * element;
    }

    std::string exceeded() const {
        return "the values take more memory than is allowed, " + std::to_string(limit_) + " bytes and " +
               std::to_string(for_each_) + " for each byte of text (ReadOptions::max_memory)";
    }

private:
    std::size_t limit_ = 0;
    std::size_t for_each_ = 0;
    std::size_t left_ = std::numeric_limits<std::size_t>::max();
};

}  // namespace tiphys::detail
