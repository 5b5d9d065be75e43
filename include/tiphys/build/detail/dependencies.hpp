// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/depends.hpp>
#include <tiphys/build/detail/entity.hpp>
#include <tiphys/check/detail/depends.hpp>

/// The text of `depends` as it grows: by `after`, by references, by `a >> b`.
namespace tiphys {

namespace detail {

/// Joins a task, or a condition as it stands between `&&`, to what a `depends` says already.
constexpr void add_dependency(str& depends, std::string_view task) {
    if (depends.empty()) {
        depends = task;
        return;
    }
    bool alternatives = false;
    int depth = 0;
    for (const char c : depends) {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        alternatives = alternatives || (c == '|' && depth == 0);
    }
    if (alternatives) depends = joined("(", depends.view(), ")");
    depends.append(" && ").append(task);
}

constexpr std::int32_t count_references(std::string_view depends) {
    std::int32_t count = 0;
    read_depends(depends, [&](const depends_reference&) { ++count; });
    return count;
}

/// Calls `use(name)` for each task that an expression names as `tasks.A` or `tasks['A']`, as
/// `expr::tasks["A"]` writes it.
template <class Use>
constexpr void read_tasks(std::string_view expression, Use use) {
    const auto continues = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    char before = ' ';
    for (std::size_t i = 0; i < expression.size(); ++i) {
        const char c = expression[i];
        if (c == '\'' || c == '"')
            while (++i < expression.size() && expression[i] != c)
                if (expression[i] == '\\') ++i;
        const bool begins = c == 't' && !continues(before) && before != '.';
        before = c;
        if (!begins || !is(expression.substr(i, 5), "tasks")) continue;
        std::size_t from = i + 6;
        std::size_t to = from;
        if (i + 5 < expression.size() && expression[i + 5] == '.') {
            while (to < expression.size() && continues(expression[to])) ++to;
        } else if (i + 6 < expression.size() && expression[i + 5] == '[' &&
                   (expression[i + 6] == '\'' || expression[i + 6] == '"')) {
            to = ++from;
            while (to < expression.size() && expression[to] != expression[from - 1]) ++to;
        }
        if (to != from) use(expression.substr(from, to - from));
    }
}

constexpr bool depends_names(std::string_view depends, std::string_view task) {
    bool found = false;
    read_depends(depends, [&](const depends_reference& one) { found = found || same(one.task, task); });
    return found;
}
/// Whether a task says anything of another one.
constexpr bool names_task(const model::DAGTask& task, std::string_view other) {
    for (const str& name : task.dependencies)
        if (same(name.view(), other)) return true;
    return !task.depends.empty() && depends_names(task.depends.view(), other);
}

/// Takes the bare name of a task out of a `depends` that it was added to. Which of the names it was, or -1.
constexpr std::int32_t drop_name(str& depends, std::string_view task) {
    const std::string_view text = depends.view();
    std::size_t from = text.size();
    std::int32_t count = 0, at = -1;
    read_depends(text, [&](const depends_reference& one) {
        if (at < 0 && one.result.empty() && same(one.task, task)) {
            from = static_cast<std::size_t>(one.task.data() - text.data());
            at = count;
        }
        ++count;
    });
    if (at < 0) return at;
    constexpr std::size_t sign = 4;  // " && "
    const std::size_t to = from + task.size();
    str rest(text.substr(0, from >= sign ? from - sign : 0));
    if (from >= sign)
        rest.append(text.substr(to));
    else if (to + sign <= text.size())
        rest.append(text.substr(to + sign));
    if (rest.empty())
        depends.reset();
    else
        depends = std::move(rest);
    return at;
}

/// The user names a task now that was implied: true if it stands in the text, which then stands for both.
constexpr bool drop_implied(list<implied_dependency>& implied, const owner& of, std::string_view task) {
    for (auto& one : implied) {
        if (!(one.of == of) || !same(one.task.view(), task)) continue;
        one.of = nowhere;
        return one.stands;
    }
    return false;
}

/// After the user has written `depends` anew, as `said`: what references imply, or `after` and `>>` have
/// said, comes back, but for that of the tasks which it names. `note(index, where)` is told of each name.
template <class Note>
constexpr void restore_implied(model::DAGTask& task, std::string_view said, list<implied_dependency>& implied,
                               const owner& of, Note note) {
    for (auto& one : implied) {
        if (!(one.of == of)) continue;
        one.stands = true;
        std::int32_t names = 0;
        read_depends(one.task.view(), [&](const depends_reference& other) {
            ++names;
            if (depends_names(said, other.task)) one.stands = false;
        });
        // A bare name adds nothing to a text that has come to name the task.
        if (names < 2 && names_task(task, one.task.view())) one.stands = false;
        if (!one.stands) continue;
        std::int32_t index = count_references(task.depends.view());
        note(index, one.where);
        for (const auto& where : one.more) note(++index, where);
        add_dependency(task.depends, one.task.view());
    }
}

/// Before the user's `dependencies`: what references implied moves there from `depends`, if nothing else
/// stands in it.
constexpr void take_implied(model::DAGTask& task, const list<implied_dependency>& implied, const owner& of) {
    if (task.depends.empty()) return;
    std::int32_t count = 0;
    for (const auto& one : implied)
        if (one.of == of && one.stands) ++count;
    if (count == 0 || count != count_references(task.depends.view())) return;
    task.depends.reset();
    for (const auto& one : implied)
        if (one.of == of && one.stands) task.dependencies.push_back(one.task);
}

/// Tasks of one dag, for `a >> (b, c) >> d`: handles, whose type is the same for any number of them.
template <class W>
class TaskGroup {
public:
    constexpr explicit TaskGroup(const TaskScope<W>& only) { tasks_.push_back(only); }

    friend constexpr TaskGroup operator,(TaskGroup group, const TaskScope<W>& one) {
        group.tasks_.push_back(one);
        return group;
    }
    /// All of `after` run after all of `before`; `after` again, to go on with.
    friend constexpr TaskGroup operator>>(const TaskGroup& before, TaskGroup after) {
        join(before, after);
        return after;
    }
    friend constexpr TaskGroup operator>>(const TaskGroup& before, const TaskScope<W>& after) {
        return before >> TaskGroup(after);
    }
    friend constexpr TaskGroup operator>>(const TaskScope<W>& before, const TaskGroup& after) {
        return TaskGroup(before) >> after;
    }
    /// Each of `after` runs when the condition holds: `failed(a) >> (b, c)`.
    friend constexpr TaskGroup operator>>(const Dependency& when, TaskGroup after) {
        join(when, after);
        return after;
    }
    /// All of them, and the condition: `(a, b, failed(c)) >> d`.
    friend constexpr Dependency operator,(const TaskGroup& group, const Dependency& other) {
        Dependency made = done(group.tasks_[0]);
        for (std::size_t i = 1; i < group.tasks_.size(); ++i) made = made && done(group.tasks_[i]);
        return made && other;
    }

private:
    static constexpr void join(const Dependency& when, TaskGroup& after) {
        for (auto& task : after.tasks_) task.add_condition(when);
    }
    static constexpr void join(const TaskGroup& before, TaskGroup& after) {
        for (auto& task : after.tasks_)
            for (const auto& other : before.tasks_) task.add_after(other);
    }

    list<TaskScope<W>> tasks_;
};

}  // namespace detail
}  // namespace tiphys
