// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/context.hpp>

namespace tiphys::detail {

/// The calls between templates of one document that are made whatever happens before: from steps or a dag to
/// steps or a dag, without when, loop or condition on a result.
class unconditional_calls {
public:
    constexpr void add(std::size_t from, const call_view& call) {
        calls_.push_back(
            {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(call.own), call.group, call.index});
    }

    /// Reports each circle of them once. Preconditions: they were added in the order of `from`.
    constexpr void judge(const workflow_view& workflow, report& report) const {
        enum : std::uint8_t { unseen, open, done };
        const auto& templates = workflow.spec.templates;
        list<std::uint8_t> state;
        for (std::size_t i = 0; i < templates.size(); ++i) state.push_back(unseen);
        list<std::uint32_t> first;  // calls_[first[i] ..] are those of template i
        for (std::uint32_t i = 0, at = 0; i <= templates.size(); ++i) {
            first.push_back(at);
            while (at < calls_.size() && calls_[at].from == i) ++at;
        }
        list<std::uint32_t> stack;
        list<std::uint32_t> place = first;  // of an open template, on the stack
        list<std::uint32_t> next = first;
        for (std::uint32_t start = 0; start < templates.size(); ++start) {
            if (state[start] != unseen) continue;
            const auto enter = [&](std::uint32_t at) {
                place[at] = static_cast<std::uint32_t>(stack.size());
                stack.push_back(at);
                state[at] = open;
            };
            enter(start);
            while (!stack.empty()) {
                const std::uint32_t at = stack.back();
                if (next[at] == first[at + 1]) {
                    state[at] = done;
                    stack.pop_back();
                    continue;
                }
                const edge& made = calls_[next[at]++];
                if (state[made.to] == unseen)
                    enter(made.to);
                else if (state[made.to] == open)
                    found(workflow, made, stack, place[made.to], report);
            }
        }
    }
    constexpr bool empty() const noexcept { return calls_.empty(); }

private:
    struct edge {
        std::uint32_t from;
        std::uint32_t to;
        std::int32_t group;
        std::int32_t index;
    };

    /// `from`: where on the stack the circle begins.
    constexpr static void found(const workflow_view& workflow, const edge& last,
                                const list<std::uint32_t>& stack, std::size_t from, report& report) {
        const auto& templates = workflow.spec.templates;
        str circle("");
        append_circle(circle, stack.size() - from, "calls",
                      [&](std::size_t i) { return templates[stack[from + i]].name.view(); });
        Path path = (workflow.path / "templates")[last.from];
        if (last.group < 0)
            path = (path / "dag" / "tasks")[static_cast<std::size_t>(last.index)];
        else
            path =
                (path / "steps")[static_cast<std::size_t>(last.group)][static_cast<std::size_t>(last.index)];
        report(rule::template_recursion, path,
               joined("templates call each other without end: ", circle.view()));
    }

    list<edge> calls_;
};

/// Whether it is made whatever the steps or tasks before it give, as long as they succeed.
template <class Call>
constexpr bool is_unconditional(const Call& model, const call_view& call) noexcept {
    if (has_text(model.when) || call.loops()) return false;
    if constexpr (requires { model.depends; })
        for (const char c : model.depends.view())
            if (c == '.' || c == '|' || c == '!') return false;
    return true;
}

}  // namespace tiphys::detail
