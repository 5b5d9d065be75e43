// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace tiphys::local::process {

/// Cuts a stream of bytes into lines of at most `max` bytes.
class Lines {
public:
    explicit Lines(std::size_t max) : max_(max) {}

    /// Calls `emit(line)` for every line that ends in `bytes`.
    template <class Emit>
    void feed(std::string_view bytes, Emit emit) {
        while (!bytes.empty()) {
            std::size_t room = max_ - partial_.size();
            // A line of just `max` bytes is whole: its newline still belongs to it.
            std::size_t end = bytes.substr(0, room + 1).find('\n');
            if (end != bytes.npos) {
                if (partial_.empty()) {
                    emit(bytes.substr(0, end));
                } else {
                    partial_.append(bytes.substr(0, end));
                    take(emit);
                }
                bytes.remove_prefix(end + 1);
                continue;
            }
            std::size_t size = std::min(room, bytes.size());
            partial_.append(bytes.substr(0, size));
            bytes.remove_prefix(size);
            if (bytes.empty()) return;
            take(emit);
        }
    }

    /// Calls `emit` for a last line without a newline.
    template <class Emit>
    void finish(Emit emit) {
        if (!partial_.empty()) take(emit);
    }

private:
    template <class Emit>
    void take(Emit& emit) {
        std::string line;
        line.swap(partial_);
        emit(std::string_view(line));
    }

    std::size_t max_;
    std::string partial_;
};

}  // namespace tiphys::local::process
