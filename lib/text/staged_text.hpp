// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace tiphys::detail {

/// A sink that makes a std::string by way of a small stage, which stays in the processor's cache.
///
/// A text_buffer would be copied as a whole in the end, and most of that time is the kernel's, which must
/// give the pages of both.
class StagedText {
public:
    void append(std::string_view text) {
        if (!text.empty()) std::memcpy(extend(text.size()), text.data(), text.size());
    }
    void push(char c) { *extend(1) = c; }
    /// Room for n more bytes, which the caller fills before the next call.
    char* extend(std::size_t n) {
        char* at = room(n);
        used_ += n;
        return at;
    }
    /// The same, but the bytes do not count before `commit(n)`.
    char* room(std::size_t n) {
        if (capacity_ - used_ < n) pass_on(n);
        return stage_.get() + used_;
    }
    void commit(std::size_t n) noexcept { used_ += n; }

    std::string take() && {
        made_.append(stage_.get(), used_);
        return std::move(made_);
    }

private:
    static constexpr std::size_t usual_capacity = 32 * 1024;

    void pass_on(std::size_t n) {
        // Room that is not written costs no memory, only addresses; each move of what is there costs its
        // pages once more. Hence four times, where std::string would double.
        if (made_.capacity() - made_.size() < used_) made_.reserve(4 * (made_.size() + used_));
        made_.append(stage_.get(), used_);
        used_ = 0;
        if (n <= capacity_) return;
        stage_ = std::make_unique_for_overwrite<char[]>(n);
        capacity_ = n;
    }

    std::unique_ptr<char[]> stage_ = std::make_unique_for_overwrite<char[]>(usual_capacity);
    std::size_t capacity_ = usual_capacity;
    std::size_t used_ = 0;
    std::string made_;
};

}  // namespace tiphys::detail
