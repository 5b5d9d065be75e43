// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/depends.hpp>
#include <tiphys/build/detail/dependencies.hpp>
#include <tiphys/build/detail/flow.hpp>

namespace tiphys {

/// A dag: tasks are added to it. Source: Argo's DAGTemplate.
template <class W>
class DagScope : public detail::scope_verbs<DagScope<W>, W>, public detail::dag_words<DagScope<W>> {
public:
    using detail::dag_words<DagScope<W>>::fail_fast;

    static constexpr std::string_view prefix = "tasks.";

    /// Opens `workflow`'s new template of that name.
    constexpr DagScope(W&& workflow, const word& name)
        requires(!std::same_as<std::remove_reference_t<W>, detail::lone>)
        : DagScope(std::forward<W>(workflow), DagScope::new_template(workflow, name)) {}
    /// A template that stands alone, as `Dag()`.
    constexpr DagScope()
        requires std::same_as<W, detail::lone>
        : DagScope(detail::lone(), -1) {}

    /// Adds a task that runs a template: one of this document, by its name; one of another document, by
    /// `ref`; or one that is written here. Without any, the task's own words name it.
    constexpr TaskScope<detail::referred<W>> task(const word& name, const word& template_name = {}) & {
        return TaskScope<detail::referred<W>>(this->host(), this->index(), name, template_name);
    }
    constexpr TaskScope<W> task(const word& name, const word& template_name = {}) && {
        return TaskScope<W>(this->forward(), this->index(), name, template_name);
    }
    constexpr TaskScope<detail::referred<W>> task(const word& name, const TemplateReference& of) & {
        return task(name).template_ref(of);
    }
    constexpr TaskScope<W> task(const word& name, const TemplateReference& of) && {
        return std::move(*this).task(name).template_ref(of);
    }
    template <detail::template_value Made>
    constexpr TaskScope<detail::referred<W>> task(const word& name, Made made) & {
        return task(name).inline_(std::move(made));
    }
    template <detail::template_value Made>
    constexpr TaskScope<W> task(const word& name, Made made) && {
        return std::move(*this).task(name).inline_(std::move(made));
    }
    /// Adds a template to the document, for others to name as well, and a task that runs it.
    template <detail::template_value Made>
    constexpr TaskScope<detail::referred<W>> task(const word& name, const word& template_name, Made made) & {
        this->add_beside(template_name, std::move(made));
        return task(name, template_name);
    }
    template <detail::template_value Made>
    constexpr TaskScope<W> task(const word& name, const word& template_name, Made made) && {
        this->add_beside(template_name, std::move(made));
        return std::move(*this).task(name, template_name);
    }
    /// Adds a task that runs a C++ function: its first template (`.function<&f>(…)`), or one that is added.
    template <auto F>
    constexpr TaskScope<detail::referred<W>> task(const word& name) & {
        return task(name, word(this->template template_of<F>(name).view(), name.where()));
    }
    template <auto F>
    constexpr TaskScope<W> task(const word& name) && {
        const str runs = this->template template_of<F>(name);
        return std::move(*this).task(name, word(runs.view(), name.where()));
    }

private:
    friend detail::fill;
    constexpr model::DAGTemplate& kind_to_fill() { return *this->self_model().dag; }

    constexpr DagScope(W&& workflow, std::int32_t index)
        : detail::scope_verbs<DagScope<W>, W>(std::forward<W>(workflow), index) {
        this->self_model().dag.ensure();
    }
};

/// The task that was added last, and the way to add the next; as a variable, the task's handle.
///
/// A typed reference to another task (`with("x", output("A", "x"))`, `each`, `with_param`, an expression of
/// `expr::tasks["A"]` as an argument or as `when`) implies that this one runs after it, unless `after`,
/// `depends` or `dependencies` of this task names that task, in whichever order they are called. Variables
/// written as text imply nothing. Source: Argo's DAGTask.
template <class W>
class TaskScope : public detail::held<W>, public detail::flow_words<TaskScope<W>> {
public:
    static constexpr std::string_view prefix = "tasks.";

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

    /// Runs when this holds of the tasks before it: "A && (B.Succeeded || C.Failed)". It takes the place of
    /// an earlier `depends`; of what `after`, `>>` and references say, only that of the tasks which it names:
    /// a condition as a whole, if it names one of them.
    constexpr TaskScope& depends(const word& expression) & {
        set_depends(expression.view());
        note("depends", -1, expression.where());
        restore_implied();
        return *this;
    }
    constexpr TaskScope&& depends(const word& expression) && { return std::move(depends(expression)); }
    /// The same, typed: `succeeded("A") && !failed("B")`.
    constexpr TaskScope& depends(const Dependency& condition) & {
        set_depends(condition.text());
        for (std::size_t i = 0; i < condition.lines().size(); ++i)
            note("depends", static_cast<std::int32_t>(i), condition.lines()[i]);
        restore_implied();
        return *this;
    }
    constexpr TaskScope&& depends(const Dependency& condition) && { return std::move(depends(condition)); }

    /// The older way to say `after`, which Argo does not let stand beside `depends`.
    constexpr TaskScope& dependencies(const word& a, const word& b = {}, const word& c = {},
                                      const word& d = {}, const word& e = {}, const word& f = {},
                                      const word& g = {}, const word& h = {}) & {
        detail::take_implied(call(), this->implied(), place());
        auto& names = call().dependencies;
        for (const word* task : {&a, &b, &c, &d, &e, &f, &g, &h}) {
            if (!task->has_value()) break;
            if (detail::drop_implied(this->implied(), place(), task->view())) continue;
            names.push_back(str(task->view()));
            note("dependencies", static_cast<std::int32_t>(names.size() - 1), task->where());
        }
        return *this;
    }
    constexpr TaskScope&& dependencies(const word& a, const word& b = {}, const word& c = {},
                                       const word& d = {}, const word& e = {}, const word& f = {},
                                       const word& g = {}, const word& h = {}) && {
        return std::move(dependencies(a, b, c, d, e, f, g, h));
    }

    /// Adds another task to the same dag.
    constexpr TaskScope<detail::referred<W>> task(const word& name, const word& template_name = {}) & {
        return TaskScope<detail::referred<W>>(this->host(), this->index(), name, template_name);
    }
    constexpr TaskScope&& task(const word& name, const word& template_name = {}) && {
        add(name, template_name);
        return std::move(*this);
    }
    constexpr TaskScope<detail::referred<W>> task(const word& name, const TemplateReference& of) & {
        return task(name).template_ref(of);
    }
    constexpr TaskScope&& task(const word& name, const TemplateReference& of) && {
        add(name, {});
        return std::move(this->template_ref(of));
    }
    template <detail::template_value Made>
    constexpr TaskScope<detail::referred<W>> task(const word& name, Made made) & {
        return task(name).inline_(std::move(made));
    }
    template <detail::template_value Made>
    constexpr TaskScope&& task(const word& name, Made made) && {
        add(name, {});
        return std::move(this->inline_(std::move(made)));
    }
    template <detail::template_value Made>
    constexpr TaskScope<detail::referred<W>> task(const word& name, const word& template_name, Made made) & {
        this->add_beside(template_name, std::move(made));
        return task(name, template_name);
    }
    template <detail::template_value Made>
    constexpr TaskScope&& task(const word& name, const word& template_name, Made made) && {
        this->add_beside(template_name, std::move(made));
        return std::move(*this).task(name, template_name);
    }

    template <auto F>
    constexpr TaskScope<detail::referred<W>> task(const word& name) & {
        return task(name, word(this->template template_of<F>(name).view(), name.where()));
    }
    template <auto F>
    constexpr TaskScope&& task(const word& name) && {
        const str runs = this->template template_of<F>(name);
        add(name, word(runs.view(), name.where()));
        return std::move(*this);
    }

    /// A handle stands for the name of its task: `after(a)`, `output(a, "x")`, `failed(a)`.
    constexpr operator word() const { return {const_cast<TaskScope*>(this)->call().name.view(), where_}; }

    /// This runs before that: `a >> (b, c) >> d`.
    friend constexpr detail::TaskGroup<W> operator>>(const TaskScope& before, const TaskScope& after)
        requires std::is_reference_v<W>
    {
        return detail::TaskGroup<W>(before) >> detail::TaskGroup<W>(after);
    }
    friend constexpr detail::TaskGroup<W> operator,(const TaskScope& one, const TaskScope& other)
        requires std::is_reference_v<W>
    {
        return detail::TaskGroup<W>(one), other;
    }
    /// That runs when the condition holds: `succeeded(a) >> b`, `(failed(a) || errored(a)) >> b`.
    friend constexpr detail::TaskGroup<W> operator>>(const Dependency& when, const TaskScope& after)
        requires std::is_reference_v<W>
    {
        return when >> detail::TaskGroup<W>(after);
    }
    /// After the one, and when the condition holds: `(a, failed(b)) >> c`.
    friend constexpr Dependency operator,(const TaskScope& one, const Dependency& other)
        requires std::is_reference_v<W>
    {
        return done(one) && other;
    }
    friend constexpr Dependency operator,(const Dependency& one, const TaskScope& other)
        requires std::is_reference_v<W>
    {
        return one && done(other);
    }

private:
    friend detail::call_verbs<TaskScope<W>>;
    friend detail::flow_words<TaskScope<W>>;

    constexpr model::DAGTask& call() {
        return this->self_model().dag->tasks[static_cast<std::size_t>(item_)];
    }
    constexpr void note(detail::literal field, std::int32_t number, const std::source_location& where) {
        this->note_at(-1, item_, field, number, where);
    }
    constexpr detail::owner place() const noexcept { return {this->index(), -1, item_}; }
    [[gnu::noinline]] constexpr void add(const word& name, const word& template_name) {
        auto& tasks = this->self_model().dag->tasks;
        auto& task = tasks.emplace_back();
        task.name = name.view();
        item_ = static_cast<std::int32_t>(tasks.size() - 1);
        where_ = name.where();
        note("name", -1, name.where());
        if (!template_name.has_value()) return;
        task.template_ = template_name.view();
        note("template", -1, template_name.where());
    }
    [[gnu::noinline]] constexpr void add_after(const word& name) {
        auto& task = call();
        this->afters().push_back({place(), str(name.view()), name.where()});
        if (!this->implied().empty() && detail::drop_implied(this->implied(), place(), name.view())) return;
        note("depends", task.depends.empty() ? 0 : detail::count_references(task.depends.view()),
             name.where());
        detail::add_dependency(task.depends, name.view());
    }
    [[gnu::noinline]] constexpr void add_condition(const Dependency& when) {
        auto& task = call();
        // What was implied of a task that the condition names would stand beside it otherwise.
        for (auto& one : this->implied()) {
            if (!(one.of == place()) || !one.stands || task.depends.empty()) continue;
            if (!detail::depends_names(when.text(), one.task.view())) continue;
            const std::int32_t at = detail::drop_name(task.depends, one.task.view());
            if (at >= 0) this->forget_reference(place(), "depends", at);
            one.of = detail::nowhere;
        }
        std::int32_t index = task.depends.empty() ? 0 : detail::count_references(task.depends.view());
        detail::implied_dependency said{place(), when.operand(), when.lines()[0]};
        for (std::size_t i = 0; i < when.lines().size(); ++i) {
            note("depends", index++, when.lines()[i]);
            if (i > 0) said.more.push_back(when.lines()[i]);
        }
        detail::add_dependency(task.depends, task.depends.empty() ? when.text() : said.task.view());
        this->afters().push_back(std::move(said));
    }
    constexpr const std::source_location& where_named() const noexcept { return where_; }
    constexpr void want_outputs(const word& of) {
        imply_task(of.view(), of.where(), false);
        this->want(of, -1, item_);
    }
    constexpr void imply(const Reference& from) {
        if (from.of().has_value()) imply_task(from.of().view(), from.where());
    }
    constexpr void imply_tasks_of(std::string_view expression, const std::source_location& where) {
        detail::read_tasks(expression, [&](std::string_view name) { imply_task(name, where); });
    }
    [[gnu::noinline]] constexpr void imply_task(std::string_view name, const std::source_location& where,
                                                bool in_text = true) {
        auto& task = call();
        if (detail::same(task.name.view(), name) || detail::names_task(task, name)) return;
        this->implied().push_back({place(), str(name), where, in_text});
        if (task.dependencies.has_value()) {
            task.dependencies.push_back(str(name));
            note("dependencies", static_cast<std::int32_t>(task.dependencies.size() - 1), where);
            return;
        }
        note("depends", task.depends.empty() ? 0 : detail::count_references(task.depends.view()), where);
        detail::add_dependency(task.depends, name);
    }
    [[gnu::noinline]] constexpr void set_depends(std::string_view expression) {
        auto& task = call();
        // The lines of what it said before would be taken for those of what it says now.
        if (!task.depends.empty()) this->forget(place(), "depends");
        task.depends = expression;
    }
    constexpr void restore_implied() {
        if (this->afters().empty() && this->implied().empty()) return;
        const str said = call().depends;
        for (auto* list : {&this->afters(), &this->implied()})
            if (!list->empty())
                detail::restore_implied(call(), said.view(), *list, place(),
                                        [&](std::int32_t index, const std::source_location& where) {
                                            note("depends", index, where);
                                        });
    }
    constexpr void add_inline(detail::template_state&& made) {
        auto& to = call().inline_;
        this->take_inline(to, -1, item_, std::move(made));
    }

    friend detail::TaskGroup<W>;

    std::int32_t item_ = -1;
    std::source_location where_;
};

/// A dag that stands alone, for `.task("A", Dag().task(…))` and `.template_("main", Dag().task(…))`.
using Dag = DagScope<detail::lone>;

}  // namespace tiphys
