// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/core/core.hpp>

#include <array>
#include <cstdint>
#include <stdexcept>

namespace tiphys {

/// Where a value stands in a document: `spec.templates[1].dag.tasks[0].depends`.
///
/// Built only after a mistake was found, so that the good path costs nothing.
/// Units and shapes: at most 32 parts; more throw `std::length_error`.
class Path {
public:
    struct Part {
        /// Name of a member; a literal or text of the model that the path was made for.
        std::string_view name;
        /// Index of an element where `name` is empty.
        std::int32_t index = -1;
        friend constexpr bool operator==(const Part&, const Part&) = default;
    };

    constexpr Path() = default;

    /// The path to a member of this value.
    constexpr Path operator/(std::string_view name) const { return with({name, -1}); }
    /// The path to an element of this value.
    constexpr Path operator[](std::size_t index) const {
        return with({{}, static_cast<std::int32_t>(index)});
    }

    constexpr std::size_t size() const noexcept { return size_; }
    constexpr const Part* begin() const noexcept { return parts_.data(); }
    constexpr const Part* end() const noexcept { return parts_.data() + size_; }

    /// As users write it; a member name that is no identifier stands in brackets and quotes.
    constexpr str to_text() const {
        str made("");
        for (const Part& part : *this) {
            if (part.name.data() == nullptr || part.index >= 0) {
                made.append("[").append(text(part.index).view()).append("]");
            } else if (plain(part.name)) {
                if (!made.empty()) made.append(".");
                made.append(part.name);
            } else {
                made.append("[\"").append(part.name).append("\"]");
            }
        }
        return made;
    }

    friend constexpr bool operator==(const Path& a, const Path& b) {
        if (a.size_ != b.size_) return false;
        for (std::size_t i = 0; i < a.size_; ++i)
            if (!(a.parts_[i] == b.parts_[i])) return false;
        return true;
    }

private:
    static constexpr bool plain(std::string_view name) {
        for (const char c : name)
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'))
                return false;
        return !name.empty();
    }
    constexpr Path with(Part part) const {
        if (size_ == parts_.size()) throw std::length_error("tiphys::Path: more than 32 parts");
        Path longer = *this;
        longer.parts_[longer.size_++] = part;
        return longer;
    }

    std::array<Part, 32> parts_{};
    std::uint8_t size_ = 0;
};

}  // namespace tiphys
