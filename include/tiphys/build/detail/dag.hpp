// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/workflow.hpp>

namespace tiphys {

namespace detail {

/// Joins a task to what a `depends` says already.
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

}  // namespace detail

/// A dag: tasks are added to it. Source: Argo's DAGTemplate.
template <class W>
class DagScope : public detail::scope_verbs<DagScope<W>, W> {
public:
    /// Opens `workflow`'s new template of that name.
    constexpr DagScope(W&& workflow, const word& name)
        : DagScope(std::forward<W>(workflow), DagScope::new_template(workflow, name)) {}

    /// Adds a task that runs a template.
    constexpr TaskScope<detail::referred<W>> task(const word& name, const word& template_name) & {
        return TaskScope<detail::referred<W>>(this->workflow(), this->index(), name, template_name);
    }
    constexpr TaskScope<W> task(const word& name, const word& template_name) && {
        return TaskScope<W>(this->forward(), this->index(), name, template_name);
    }

    /// The tasks that are wanted, divided by spaces; others run only where these depend on them.
    constexpr DagScope& target(const word& tasks) & {
        this->self_model().dag->target = tasks.view();
        this->note_at(-1, -1, "target", -1, tasks.where());
        return *this;
    }
    constexpr DagScope&& target(const word& tasks) && { return std::move(target(tasks)); }

    /// false: what can still run, runs, even after a task failed.
    constexpr DagScope& fail_fast(bool fast) & {
        this->self_model().dag->failFast = fast;
        return *this;
    }
    constexpr DagScope&& fail_fast(bool fast) && { return std::move(fail_fast(fast)); }

private:
    constexpr DagScope(W&& workflow, std::int32_t index)
        : detail::scope_verbs<DagScope<W>, W>(std::forward<W>(workflow), index) {
        this->self_model().dag.ensure();
    }
};

/// The task that was added last, and the way to add the next. Source: Argo's DAGTask.
template <class W>
class TaskScope : public detail::held<W>, public detail::call_verbs<TaskScope<W>> {
public:
    constexpr TaskScope(W&& workflow, std::int32_t index, const word& name, const word& template_name)
        : detail::held<W>(std::forward<W>(workflow), index) {
        add(name, template_name);
    }

    /// Runs after all of these have succeeded (or were skipped). Source: DAGTask.depends, where each name
    /// stands bare. Up to eight tasks a call; further calls add to them.
    constexpr TaskScope& after(const word& a, const word& b = {}, const word& c = {}, const word& d = {},
                               const word& e = {}, const word& f = {}, const word& g = {},
                               const word& h = {}) & {
        for (const word* task : {&a, &b, &c, &d, &e, &f, &g, &h}) {
            if (!task->has_value()) break;
            add_after(*task);
        }
        return *this;
    }
    constexpr TaskScope&& after(const word& a, const word& b = {}, const word& c = {}, const word& d = {},
                                const word& e = {}, const word& f = {}, const word& g = {},
                                const word& h = {}) && {
        return std::move(after(a, b, c, d, e, f, g, h));
    }

    /// Runs when this holds of the tasks before it: "A && (B.Succeeded || C.Failed)".
    constexpr TaskScope& depends(const word& expression) & {
        call().depends = expression.view();
        note("depends", -1, expression.where());
        return *this;
    }
    constexpr TaskScope&& depends(const word& expression) && { return std::move(depends(expression)); }

    /// Adds another task to the same dag.
    constexpr TaskScope<detail::referred<W>> task(const word& name, const word& template_name) & {
        return TaskScope<detail::referred<W>>(this->workflow(), this->index(), name, template_name);
    }
    constexpr TaskScope&& task(const word& name, const word& template_name) && {
        add(name, template_name);
        return std::move(*this);
    }

private:
    friend detail::call_verbs<TaskScope<W>>;

    constexpr model::DAGTask& call() {
        return this->self_model().dag->tasks[static_cast<std::size_t>(item_)];
    }
    constexpr void note(detail::literal field, std::int32_t number, const std::source_location& where) {
        this->note_at(-1, item_, field, number, where);
    }
    [[gnu::noinline]] constexpr void add(const word& name, const word& template_name) {
        auto& tasks = this->self_model().dag->tasks;
        auto& task = tasks.emplace_back();
        task.name = name.view();
        task.template_ = template_name.view();
        item_ = static_cast<std::int32_t>(tasks.size() - 1);
        note("name", -1, name.where());
        note("template", -1, template_name.where());
    }
    [[gnu::noinline]] constexpr void add_after(const word& name) {
        auto& task = call();
        note("depends", task.depends.empty() ? 0 : detail::count_references(task.depends.view()),
             name.where());
        detail::add_dependency(task.depends, name.view());
    }

    std::int32_t item_ = -1;
};

constexpr DagScope<Workflow&> Workflow::dag(const word& name) & { return DagScope<Workflow&>(*this, name); }
constexpr DagScope<Workflow> Workflow::dag(const word& name) && {
    return DagScope<Workflow>(std::move(*this), name);
}
template <class W>
constexpr DagScope<W> detail::held<W>::dag(const word& name) && {
    return DagScope<W>(forward(), name);
}

}  // namespace tiphys
