// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/ancestry.hpp>
#include <tiphys/check/detail/depends.hpp>
#include <tiphys/check/detail/prefetch.hpp>
#include <tiphys/check/detail/scalars.hpp>

/// Rules on a dag as a whole: dependencies, cycles, targets.
namespace tiphys::detail {

constexpr void dag_no_tasks(const template_view& view, report& report) {
    if (view.calls.empty())
        report(rule::dag_no_tasks, view.path / "dag",
               joined("dag `", view.self.name.view(), "` has no task"));
}

constexpr void dag_depends_and_dependencies(const template_view& view, report& report) {
    const auto& tasks = view.self.dag->tasks;
    std::size_t depends = tasks.size();
    std::size_t dependencies = tasks.size();
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        if (!tasks[i].depends.empty()) depends = i;
        if (!tasks[i].dependencies.empty()) dependencies = i;
    }
    if (depends == tasks.size() || dependencies == tasks.size()) return;
    report(
        rule::dag_depends_and_dependencies, (view.path / "dag" / "tasks")[dependencies] / "dependencies",
        joined("dag `", view.self.name.view(), "` uses dependencies in task `",
               tasks[dependencies].name.view(), "` and depends in task `", tasks[depends].name.view(), "`"));
}

/// continueOn and depends; and names that expressions keep for themselves, which only matter where another
/// task depends on them.
constexpr void dag_continue_on(const template_view& view, const model::DAGTask& task, const call_view& call,
                               report& report) {
    report(rule::dag_continue_on, view.path_of(call) / "continueOn",
           joined("task `", task.name.view(), "` has continueOn, but dag `", view.self.name.view(),
                  "` uses depends"));
}

/// Operators and constants of expr-lang, as which `depends` is evaluated.
constexpr bool is_expression_keyword(std::string_view name) noexcept {
    if (name.size() < 2 || name.size() > 10 || !is_lower(name[0])) return false;
    return is(name, "not") || is(name, "in") || is(name, "and") || is(name, "or") || is(name, "matches") ||
           is(name, "contains") || is(name, "startsWith") || is(name, "endsWith") || is(name, "let") ||
           is(name, "if") || is(name, "else") || is(name, "true") || is(name, "false") || is(name, "nil");
}
constexpr void dag_reserved_name(const template_view& view, const call_view& call, std::string_view name,
                                 std::string_view field, std::int32_t reference, report& report) {
    report(rule::dag_reserved_name, view.path_of(call) / field,
           joined("task `", call.name, "` depends on `", name,
                  "`, which expressions read as an operator or constant, not as a task"),
           reference);
}

constexpr void task_name_digit(const template_view& view, const call_view& call, bool depends,
                               report& report) {
    if (call.name.empty() || !is_digit(call.name[0])) return;
    if (depends || !view.self.dag->tasks[static_cast<std::size_t>(call.index)].dependencies.empty())
        report(rule::task_name, view.path_of(call) / "name",
               joined("the task name `", call.name,
                      "` begins with a digit, which depends and dependencies do not allow"));
}

constexpr std::int32_t dag_unknown_dependency(const template_view& view, const call_view& call,
                                              std::string_view name, std::string_view field,
                                              std::int32_t reference, report& report) {
    const auto found = view.names.find(name);
    if (found < 0) {
        nearest near(name);
        for (const auto& other : view.calls)
            if (!same(other.name, call.name)) near.offer(other.name);
        report(rule::dag_unknown_dependency, view.path_of(call) / field,
               joined("task `", call.name, "` depends on `", name, "`, which dag `", view.self.name.view(),
                      "` does not have", near.question().view()),
               reference);
    } else if (is_expression_keyword(name)) {
        dag_reserved_name(view, call, name, field, reference, report);
    }
    return found;
}

constexpr void dag_unknown_result(const template_view& view, const call_view& call,
                                  const depends_reference& reference, std::int32_t found, std::int32_t number,
                                  report& report) {
    if (reference.result.empty()) return;
    const auto path = [&] { return view.path_of(call) / "depends"; };
    if (!is_depends_result(reference.result)) {
        nearest near(reference.result);
        for (const std::string_view known : {"Succeeded", "Failed", "Errored", "Skipped", "Omitted",
                                             "Daemoned", "AnySucceeded", "AllFailed"})
            near.offer(known);
        report(rule::dag_unknown_result, path(),
               joined("task `", call.name, "` depends on the result `", reference.result, "` of `",
                      reference.task, "`, which is no result of a task", near.question().view()),
               number);
    } else if ((is(reference.result, "AnySucceeded") || is(reference.result, "AllFailed")) && found >= 0 &&
               !view.calls[static_cast<std::size_t>(found)].loops()) {
        report(rule::dag_unknown_result, path(),
               joined("task `", call.name, "` depends on `", reference.task, ".", reference.result,
                      "`, but task `", reference.task, "` has no loop"),
               number);
    }
}

/// Reads the dependencies of every task, judges their names, and fills `first` and `predecessors`.
constexpr void read_dependencies(template_view& view, report& report) {
    const auto& tasks = view.self.dag->tasks;
    view.first.reserve(tasks.size() + 1);
    view.predecessors.reserve(2 * tasks.size());
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        prefetch_dependencies(tasks, i);
        const auto& task = tasks[i];
        const call_view& call = view.calls[i];
        view.first.push_back(static_cast<std::uint32_t>(view.predecessors.size()));
        const auto connect = [&](std::int32_t found) {
            if (found >= 0) view.predecessors.push_back(static_cast<std::uint32_t>(found));
        };
        if (!task.depends.empty()) {
            std::int32_t number = 0;
            const auto wrong = read_depends(task.depends.view(), [&](const depends_reference& reference) {
                const auto found =
                    dag_unknown_dependency(view, call, reference.task, "depends", number, report);
                dag_unknown_result(view, call, reference, found, number, report);
                connect(found);
                ++number;
            });
            if (!wrong.expected.empty()) {
                const auto rest = task.depends.view().substr(wrong.offset);
                report(rule::dag_depends_syntax, view.path_of(call) / "depends",
                       joined("depends of task `", call.name,
                              rest.empty() ? "` ends too early" : "` is wrong at `", shown(rest).view(),
                              rest.empty() ? ": " : "`: ", wrong.expected, " is expected"));
            }
        }
        for (std::size_t k = 0; k < task.dependencies.size(); ++k)
            connect(dag_unknown_dependency(view, call, task.dependencies[k].view(), "dependencies",
                                           static_cast<std::int32_t>(k), report));
    }
    view.first.push_back(static_cast<std::uint32_t>(view.predecessors.size()));
}

/// Depth-first, without recursion. Reports the first cycle with all its tasks; fills `order` where the dag
/// does not list a task after those that it depends on.
constexpr void dag_cycle(template_view& view, report& report) {
    enum : std::uint8_t { unseen, open, done };
    struct frame {
        std::uint32_t task;
        std::uint32_t next;
    };
    const std::size_t count = view.calls.size();
    // Most dags list a task after those that it depends on: then nothing can be cyclic.
    bool ordered = true;
    for (std::uint32_t i = 0; i < count && ordered; ++i)
        for (std::uint32_t k = view.first[i]; k < view.first[i + 1]; ++k)
            ordered = ordered && view.predecessors[k] < i;
    if (ordered) return;

    list<std::uint8_t> state;
    state.reserve(count);
    view.order.reserve(count);
    for (std::size_t i = 0; i < count; ++i) state.push_back(unseen);
    list<frame> stack;
    for (std::uint32_t start = 0; start < count; ++start) {
        if (state[start] != unseen) continue;
        stack.push_back(frame{start, view.first[start]});
        state[start] = open;
        while (!stack.empty()) {
            frame& top = stack.back();
            if (top.next == view.first[top.task + 1]) {
                state[top.task] = done;
                view.order.push_back(top.task);
                stack.pop_back();
                continue;
            }
            const std::uint32_t before = view.predecessors[top.next++];
            if (state[before] == unseen) {
                state[before] = open;
                stack.push_back(frame{before, view.first[before]});
            } else if (state[before] == open) {
                std::size_t from = 0;
                while (stack[from].task != before) ++from;
                str cycle("");
                append_circle(cycle, stack.size() - from, "after",
                              [&](std::size_t i) { return view.calls[stack[from + i].task].name; });
                const call_view& last = view.calls[stack.back().task];
                const auto& task = view.self.dag->tasks[stack.back().task];
                report(rule::dag_cycle,
                       view.path_of(last) / (task.depends.empty() ? "dependencies" : "depends"),
                       joined("dag `", view.self.name.view(), "` has a cycle: ", cycle.view()));
                view.cyclic = true;
                return;
            }
        }
    }
}

constexpr void dag_unknown_target(const template_view& view, report& report) {
    const auto target = view.self.dag->target.view();
    if (target.empty()) return;
    for (std::size_t from = 0; from <= target.size();) {
        std::size_t to = from;
        while (to < target.size() && target[to] != ' ') ++to;
        const auto name = target.substr(from, to - from);
        if (!has_variable(name) && view.names.find(name) < 0) {
            nearest near(name);
            for (const auto& call : view.calls) near.offer(call.name);
            report(rule::dag_unknown_target, view.path / "dag" / "target",
                   joined("dag `", view.self.name.view(), "` has the target `", name,
                          "`, which is none of its tasks", near.question().view()));
        }
        from = to + 1;
    }
}

}  // namespace tiphys::detail
