// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/context.hpp>

/// Which tasks of a dag surely ended before which.
namespace tiphys::detail {

/// Whether one task depends on the other without a third between.
constexpr bool is_predecessor(const template_view& view, std::uint32_t before, std::uint32_t after) noexcept {
    const std::uint32_t* const from = view.predecessors.begin();
    for (std::uint32_t k = view.first[after]; k < view.first[after + 1]; ++k)
        if (from[k] == before) return true;
    return false;
}

/// Questions whether a task is an ancestor of another, gathered and answered together: sixty-four of the
/// tasks that are asked for travel down the dag at once, as bits, so that no dag and no number of questions
/// costs more than (tasks + dependencies) * (tasks asked for / 64 + 1) steps.
class ancestry {
public:
    constexpr void ask(std::uint32_t before, std::uint32_t after) { asked_.push_back({before, after}); }
    constexpr bool empty() const noexcept { return asked_.empty(); }

    /// Removes the questions whose answer is yes. Preconditions: no cycle; `view.order` names each task after
    /// those that it depends on, or is empty where the dag itself does.
    constexpr void answer(const template_view& view) {
        const std::size_t count = view.calls.size();
        constexpr std::uint32_t none = 0xffffffff;
        list<std::uint32_t> slots;  // of each task that is asked for, the number of its bit
        list<std::uint64_t> above;
        for (std::size_t i = 0; i < count; ++i) {
            slots.push_back(none);
            above.push_back(0);
        }
        std::uint32_t wanted = 0;
        list<std::uint32_t> heads;  // of each batch, its last question; `next` leads to the one before
        list<std::uint32_t> next;
        for (std::size_t i = 0; i < asked_.size(); ++i) {
            std::uint32_t& slot = slots[asked_[i].before];
            if (slot == none) slot = wanted++;
            if (slot / 64 == heads.size()) heads.push_back(none);
            next.push_back(heads[slot / 64]);
            heads[slot / 64] = static_cast<std::uint32_t>(i);
        }
        list<std::uint8_t> yes;
        for (std::size_t i = 0; i < asked_.size(); ++i) yes.push_back(0);
        for (std::uint32_t batch = 0; batch < heads.size(); ++batch) {
            for (std::size_t i = 0; i < count; ++i) {
                const std::size_t task = view.order.empty() ? i : view.order[i];
                std::uint64_t bits = 0;
                for (std::uint32_t k = view.first[task]; k < view.first[task + 1]; ++k) {
                    const std::uint32_t before = view.predecessors[k];
                    bits |= above[before];
                    if (slots[before] / 64 == batch) bits |= std::uint64_t{1} << (slots[before] % 64);
                    ++steps_;
                }
                above[task] = bits;
                ++steps_;
            }
            for (std::uint32_t i = heads[batch]; i != none; i = next[i])
                yes[i] = (above[asked_[i].after] >> (slots[asked_[i].before] % 64) & 1) != 0 ? 1 : 0;
        }
        list<question> open;
        for (std::size_t i = 0; i < asked_.size(); ++i)
            if (yes[i] == 0) open.push_back(asked_[i]);
        asked_ = std::move(open);
    }
    /// The tasks that have an open question, and each of its `before`s.
    template <class Found>
    constexpr void each_open(Found found) const {
        for (const question& one : asked_) found(one.before, one.after);
    }
    /// What `answer` has cost so far, for tests.
    constexpr std::size_t steps() const noexcept { return steps_; }

private:
    struct question {
        std::uint32_t before;
        std::uint32_t after;
    };
    list<question> asked_;
    std::size_t steps_ = 0;
};

}  // namespace tiphys::detail
