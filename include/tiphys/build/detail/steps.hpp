// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/flow.hpp>

namespace tiphys {

/// A step by value, for `StepsScope::parallel(Step("a", "work"), Step("b", "work"))`. Source: Argo's
/// WorkflowStep.
class Step : public detail::flow_words<Step> {
public:
    static constexpr std::string_view prefix = "steps.";

    constexpr explicit Step(const word& name, const word& template_name = {}) {
        call_.name = name.view();
        note("name", -1, name.where());
        if (!template_name.has_value()) return;
        call_.template_ = template_name.view();
        note("template", -1, template_name.where());
    }
    constexpr Step(const word& name, const TemplateReference& of) : Step(name) { template_ref(of); }
    template <detail::template_value Made>
    constexpr Step(const word& name, Made made) : Step(name) {
        inline_(std::move(made));
    }

    constexpr const model::WorkflowStep& model() const noexcept { return call_; }

private:
    friend detail::call_verbs<Step>;
    friend detail::flow_words<Step>;
    template <class W>
    friend class StepScope;

    constexpr model::WorkflowStep& call() noexcept { return call_; }
    constexpr void note(detail::literal field, std::int32_t index, const std::source_location& where) {
        sites_.push_back({{}, field, index, where});
    }
    constexpr void imply(const Reference&) const noexcept {}
    constexpr void imply_tasks_of(std::string_view, const std::source_location&) const noexcept {}
    constexpr void refer_to(const detail::library& of) { add_library(inline_state_.libraries, of); }
    constexpr void add_inline(detail::template_state&& made) {
        for (const auto& one : inline_state_.libraries) add_library(made.libraries, one);
        for (auto& one : inline_state_.beside) made.beside.push_back(std::move(one));
        inline_state_ = std::move(made);
        has_inline_ = true;
    }
    constexpr void add_beside(detail::template_state&& made) {
        inline_state_.beside.push_back(std::move(made));
    }
    constexpr const std::source_location& where_named() const noexcept { return sites_[0].where; }
    constexpr void want_outputs(const word& of) { wanted_.push_back({str(of.view()), of.where()}); }

    model::WorkflowStep call_;
    list<detail::site> sites_;
    struct wanted {
        str of;
        std::source_location where;
    };
    list<wanted> wanted_;
    detail::template_state inline_state_;  ///< the inline template, and what comes along without one, too
    bool has_inline_ = false;
};

/// A template of steps: each `step` waits for the one before. Source: Argo's Template.steps.
template <class W>
class StepsScope : public detail::scope_verbs<StepsScope<W>, W> {
public:
    static constexpr std::string_view prefix = "steps.";

    /// Opens `workflow`'s new template of that name.
    constexpr StepsScope(W&& workflow, const word& name)
        requires(!std::same_as<std::remove_reference_t<W>, detail::lone>)
        : StepsScope(std::forward<W>(workflow), StepsScope::new_template(workflow, name)) {}
    /// A template that stands alone, as `Steps()`.
    constexpr StepsScope()
        requires std::same_as<W, detail::lone>
        : StepsScope(detail::lone(), -1) {}

    /// Adds a step that runs a template after all steps before it: one of this document, by its name; one of
    /// another document, by `ref`; or one that is written here.
    constexpr StepScope<detail::referred<W>> step(const word& name, const word& template_name = {}) & {
        return StepScope<detail::referred<W>>(this->host(), this->index(), -1, name, template_name);
    }
    constexpr StepScope<W> step(const word& name, const word& template_name = {}) && {
        return StepScope<W>(this->forward(), this->index(), -1, name, template_name);
    }
    constexpr StepScope<detail::referred<W>> step(const word& name, const TemplateReference& of) & {
        return step(name).template_ref(of);
    }
    constexpr StepScope<W> step(const word& name, const TemplateReference& of) && {
        return std::move(*this).step(name).template_ref(of);
    }
    template <detail::template_value Made>
    constexpr StepScope<detail::referred<W>> step(const word& name, Made made) & {
        return step(name).inline_(std::move(made));
    }
    template <detail::template_value Made>
    constexpr StepScope<W> step(const word& name, Made made) && {
        return std::move(*this).step(name).inline_(std::move(made));
    }
    /// Adds a template to the document, for others to name as well, and a step that runs it.
    template <detail::template_value Made>
    constexpr StepScope<detail::referred<W>> step(const word& name, const word& template_name, Made made) & {
        this->add_beside(template_name, std::move(made));
        return step(name, template_name);
    }
    template <detail::template_value Made>
    constexpr StepScope<W> step(const word& name, const word& template_name, Made made) && {
        this->add_beside(template_name, std::move(made));
        return std::move(*this).step(name, template_name);
    }

    /// Adds a step that runs a C++ function: its first template (`.function<&f>(…)`), or one that is added.
    template <auto F>
    constexpr StepScope<detail::referred<W>> step(const word& name) & {
        return step(name, word(this->template template_of<F>(name).view(), name.where()));
    }
    template <auto F>
    constexpr StepScope<W> step(const word& name) && {
        const str runs = this->template template_of<F>(name);
        return std::move(*this).step(name, word(runs.view(), name.where()));
    }

    /// Adds a step that runs at the same time as the one before.
    constexpr StepScope<detail::referred<W>> parallel_step(const word& name,
                                                           const word& template_name = {}) & {
        return StepScope<detail::referred<W>>(this->host(), this->index(), -2, name, template_name);
    }
    constexpr StepScope<detail::referred<W>> parallel_step(const word& name, const TemplateReference& of) & {
        return parallel_step(name).template_ref(of);
    }
    template <detail::template_value Made>
    constexpr StepScope<detail::referred<W>> parallel_step(const word& name, Made made) & {
        return parallel_step(name).inline_(std::move(made));
    }
    template <detail::template_value Made>
    constexpr StepScope<detail::referred<W>> parallel_step(const word& name, const word& template_name,
                                                           Made made) & {
        this->add_beside(template_name, std::move(made));
        return parallel_step(name, template_name);
    }
    template <auto F>
    constexpr StepScope<detail::referred<W>> parallel_step(const word& name) & {
        return parallel_step(name, word(this->template template_of<F>(name).view(), name.where()));
    }

    /// Opens a group of steps that run at the same time, after all steps before it.
    constexpr ParallelScope<detail::referred<W>> parallel() & {
        return ParallelScope<detail::referred<W>>(this->host(), this->index());
    }
    /// Adds these steps, which run at the same time, after all steps before them.
    template <std::same_as<Step>... More>
    constexpr StepScope<detail::referred<W>> parallel(const Step& first, const More&... more) & {
        return StepScope<detail::referred<W>>(this->host(), this->index(), first, more...);
    }
    template <std::same_as<Step>... More>
    constexpr StepScope<W> parallel(const Step& first, const More&... more) && {
        return StepScope<W>(this->forward(), this->index(), first, more...);
    }

private:
    constexpr StepsScope(W&& workflow, std::int32_t index)
        : detail::scope_verbs<StepsScope<W>, W>(std::forward<W>(workflow), index) {
        this->self_model().steps.engage();
    }
};

/// The step that was added last, and the way to add the next; as a variable, the step's handle. Source:
/// Argo's WorkflowStep.
template <class W>
class StepScope : public detail::held<W>, public detail::flow_words<StepScope<W>> {
public:
    static constexpr std::string_view prefix = "steps.";

    /// `group` is where the step goes: -1, into a new group; -2, into the last.
    constexpr StepScope(W&& workflow, std::int32_t index, std::int32_t group, const word& name,
                        const word& template_name)
        : detail::held<W>(std::forward<W>(workflow), index) {
        add(group, name, template_name);
    }
    template <std::same_as<Step>... Steps>
    constexpr StepScope(W&& workflow, std::int32_t index, const Steps&... steps)
        : detail::held<W>(std::forward<W>(workflow), index) {
        add_group(steps...);
    }

    /// Adds a step that runs a template after all steps before it.
    constexpr StepScope<detail::referred<W>> step(const word& name, const word& template_name = {}) & {
        return StepScope<detail::referred<W>>(this->host(), this->index(), -1, name, template_name);
    }
    constexpr StepScope&& step(const word& name, const word& template_name = {}) && {
        add(-1, name, template_name);
        return std::move(*this);
    }
    constexpr StepScope<detail::referred<W>> step(const word& name, const TemplateReference& of) & {
        return step(name).template_ref(of);
    }
    constexpr StepScope&& step(const word& name, const TemplateReference& of) && {
        add(-1, name, {});
        return std::move(this->template_ref(of));
    }
    template <detail::template_value Made>
    constexpr StepScope<detail::referred<W>> step(const word& name, Made made) & {
        return step(name).inline_(std::move(made));
    }
    template <detail::template_value Made>
    constexpr StepScope&& step(const word& name, Made made) && {
        add(-1, name, {});
        return std::move(this->inline_(std::move(made)));
    }
    template <detail::template_value Made>
    constexpr StepScope<detail::referred<W>> step(const word& name, const word& template_name, Made made) & {
        this->add_beside(template_name, std::move(made));
        return step(name, template_name);
    }
    template <detail::template_value Made>
    constexpr StepScope&& step(const word& name, const word& template_name, Made made) && {
        this->add_beside(template_name, std::move(made));
        return std::move(*this).step(name, template_name);
    }

    /// Adds a step that runs at the same time as the one before.
    constexpr StepScope<detail::referred<W>> parallel_step(const word& name,
                                                           const word& template_name = {}) & {
        return StepScope<detail::referred<W>>(this->host(), this->index(), -2, name, template_name);
    }
    constexpr StepScope&& parallel_step(const word& name, const word& template_name = {}) && {
        add(-2, name, template_name);
        return std::move(*this);
    }
    constexpr StepScope<detail::referred<W>> parallel_step(const word& name, const TemplateReference& of) & {
        return parallel_step(name).template_ref(of);
    }
    constexpr StepScope&& parallel_step(const word& name, const TemplateReference& of) && {
        add(-2, name, {});
        return std::move(this->template_ref(of));
    }
    template <detail::template_value Made>
    constexpr StepScope<detail::referred<W>> parallel_step(const word& name, Made made) & {
        return parallel_step(name).inline_(std::move(made));
    }
    template <detail::template_value Made>
    constexpr StepScope&& parallel_step(const word& name, Made made) && {
        add(-2, name, {});
        return std::move(this->inline_(std::move(made)));
    }
    template <detail::template_value Made>
    constexpr StepScope<detail::referred<W>> parallel_step(const word& name, const word& template_name,
                                                           Made made) & {
        this->add_beside(template_name, std::move(made));
        return parallel_step(name, template_name);
    }
    template <detail::template_value Made>
    constexpr StepScope&& parallel_step(const word& name, const word& template_name, Made made) && {
        this->add_beside(template_name, std::move(made));
        return std::move(*this).parallel_step(name, template_name);
    }

    template <auto F>
    constexpr StepScope<detail::referred<W>> step(const word& name) & {
        return step(name, word(this->template template_of<F>(name).view(), name.where()));
    }
    template <auto F>
    constexpr StepScope&& step(const word& name) && {
        const str runs = this->template template_of<F>(name);
        add(-1, name, word(runs.view(), name.where()));
        return std::move(*this);
    }
    template <auto F>
    constexpr StepScope<detail::referred<W>> parallel_step(const word& name) & {
        return parallel_step(name, word(this->template template_of<F>(name).view(), name.where()));
    }
    template <auto F>
    constexpr StepScope&& parallel_step(const word& name) && {
        const str runs = this->template template_of<F>(name);
        add(-2, name, word(runs.view(), name.where()));
        return std::move(*this);
    }

    /// Adds these steps, which run at the same time, after all steps before them.
    template <std::same_as<Step>... More>
    constexpr StepScope<detail::referred<W>> parallel(const Step& first, const More&... more) & {
        return StepScope<detail::referred<W>>(this->host(), this->index(), first, more...);
    }
    template <std::same_as<Step>... More>
    constexpr StepScope&& parallel(const Step& first, const More&... more) && {
        add_group(first, more...);
        return std::move(*this);
    }

    /// A handle stands for the name of its step: `output(a, "x")`.
    constexpr operator word() const { return {const_cast<StepScope*>(this)->call().name.view(), where_}; }

private:
    friend detail::call_verbs<StepScope<W>>;
    friend detail::flow_words<StepScope<W>>;

    constexpr model::WorkflowStep& call() {
        return this->self_model().steps[static_cast<std::size_t>(group_)][static_cast<std::size_t>(item_)];
    }
    constexpr void note(detail::literal field, std::int32_t number, const std::source_location& where) {
        this->note_at(group_, item_, field, number, where);
    }
    constexpr auto& open(std::int32_t group) {
        auto& groups = this->self_model().steps;
        if (group == -1 || groups.empty()) groups.emplace_back();
        group_ = group >= 0 ? group : static_cast<std::int32_t>(groups.size() - 1);
        auto& into = groups[static_cast<std::size_t>(group_)];
        item_ = static_cast<std::int32_t>(into.size());
        return into;
    }
    [[gnu::noinline]] constexpr void add(std::int32_t group, const word& name, const word& template_name) {
        auto& step = open(group).emplace_back();
        step.name = name.view();
        where_ = name.where();
        note("name", -1, name.where());
        if (!template_name.has_value()) return;
        step.template_ = template_name.view();
        note("template", -1, template_name.where());
    }
    [[gnu::noinline]] constexpr void add_step(std::int32_t group, const Step& given) {
        open(group).push_back(given.call_);
        where_ = given.sites_[0].where;
        for (const auto& one : given.sites_) note(one.field, one.index, one.where);
        for (const auto& one : given.wanted_) want_outputs(word(one.of.view(), one.where));
        for (const auto& one : given.inline_state_.libraries) this->refer_to(one);
        if (given.has_inline_)
            add_inline(detail::template_state(given.inline_state_));
        else
            for (const auto& one : given.inline_state_.beside) this->add_beside(detail::template_state(one));
    }
    template <class... More>
    constexpr void add_group(const Step& first, const More&... more) {
        add_step(-1, first);
        (add_step(-2, more), ...);
    }
    constexpr void imply(const Reference&) const noexcept {}
    constexpr void imply_tasks_of(std::string_view, const std::source_location&) const noexcept {}
    constexpr const std::source_location& where_named() const noexcept { return where_; }
    constexpr void want_outputs(const word& of) { this->want(of, group_, item_); }
    constexpr void add_inline(detail::template_state&& made) {
        auto& to = call().inline_;
        this->take_inline(to, group_, item_, std::move(made));
    }

    std::int32_t group_ = -1;
    std::int32_t item_ = -1;
    std::source_location where_;
};

/// Steps that run at the same time; `step` adds one. Other groups may be opened and filled meanwhile.
template <class W>
class ParallelScope : public detail::held<W> {
public:
    constexpr ParallelScope(W&& workflow, std::int32_t index)
        : detail::held<W>(std::forward<W>(workflow), index) {
        auto& groups = this->self_model().steps;
        groups.emplace_back().engage();
        group_ = static_cast<std::int32_t>(groups.size() - 1);
    }

    constexpr StepScope<W> step(const word& name, const word& template_name = {}) {
        return StepScope<W>(this->host(), this->index(), group_, name, template_name);
    }
    constexpr StepScope<W> step(const word& name, const TemplateReference& of) {
        return step(name).template_ref(of);
    }
    template <detail::template_value Made>
    constexpr StepScope<W> step(const word& name, Made made) {
        return step(name).inline_(std::move(made));
    }
    template <detail::template_value Made>
    constexpr StepScope<W> step(const word& name, const word& template_name, Made made) {
        this->add_beside(template_name, std::move(made));
        return step(name, template_name);
    }
    template <auto F>
    constexpr StepScope<W> step(const word& name) {
        return step(name, word(this->template template_of<F>(name).view(), name.where()));
    }

private:
    std::int32_t group_ = -1;
};

/// Steps that stand alone, for `.step("a", Steps().step(…))` and `.template_("main", Steps().step(…))`.
using Steps = StepsScope<detail::lone>;

}  // namespace tiphys
