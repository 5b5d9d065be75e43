// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/local_rules.hpp>
#include <tiphys/check/detail/variable_scope.hpp>
#include <tiphys/model/visitor.hpp>

/// Rules on `{{…}}`: every tag in every string names something that exists where it is used. The compiler
/// judges simple tags; the running program reads expressions too.
namespace tiphys::detail {

/// Walks the strings of one part of a template and judges their tags in the scope of that part.
class tag_walker final : public visitor {
    // Before what calls it: clang evaluates a template only if its definition came before the call.
    struct frame {
        std::string_view name;
        std::int32_t index = -1;
        bool array = false;

        /// Piece by piece: to write a whole frame and read it back at once makes the processor wait.
        constexpr void set(std::string_view member) noexcept {
            name = member;
            array = false;
        }
    };
    static constexpr std::size_t max_depth = 64;

    /// Walks a part of the call or template that is its member `name`.
    template <class Model>
    constexpr void walk(const Model& model, std::string_view name) {
        depth_ = 1;
        frames_[0] = frame{name, -1, false};
        visit(*this, model);
    }
    /// Walks `member.second[index]`.
    template <class Model>
    constexpr void walk_element(const Model& model, std::string_view member, std::string_view second,
                                std::size_t index) {
        frames_[0] = frame{member, -1, false};
        frames_[1] = frame{second, -1, false};
        frames_[2] = frame{{}, static_cast<std::int32_t>(index) - 1, true};
        depth_ = 3;
        visit(*this, model);
    }
    template <class Model>
    constexpr void walk_present(const Model& model, std::string_view name) {
        if (!model.has_value()) return;
        depth_ = 1;
        frames_[0] = frame{name, -1, false};
        visit_value(*this, model);
    }

public:
    constexpr tag_walker(template_view& view, report& report, const local_rules* local, tag_walker* outer)
        : view_(view),
          report_(report),
          local_(local),
          scope_(view, outer == nullptr ? nullptr : &outer->scope_) {}

    /// Walks a step or task, but not its inline template, nor its names, which other rules judge.
    /// The texts that most calls have are looked at in place: hearing them from `visit` costs the compiler
    /// five times as much.
    template <class Call>
    constexpr void walk_call(const Call& model, const call_view& call) {
        scope_.call = &call;
        if (call.arguments != nullptr) {
            const auto& parameters = call.arguments->parameters;
            for (std::size_t i = 0; i < parameters.size(); ++i) {
                if (!parameters[i].valueFrom && has_brace(parameters[i].value))
                    walk_text(parameters[i].value, "arguments", "parameters", i, "value");
                if (parameters[i].valueFrom) walk_element(parameters[i], "arguments", "parameters", i);
            }
            for (std::size_t i = 0; i < call.arguments->artifacts.size(); ++i)
                walk_element(call.arguments->artifacts[i], "arguments", "artifacts", i);
        }
        if (!model.when.empty()) {
            if (has_brace(model.when)) walk_text(model.when, "when");
            if (local_ != nullptr) judge_locally(local_->read_when, model.when, "when");
        }
        if (!model.withParam.empty()) {
            if (has_brace(model.withParam)) walk_text(model.withParam, "withParam");
            if (local_ != nullptr && !has_variable(model.withParam.view()))
                judge_locally(local_->read_with_param, model.withParam, "withParam");
        }
        if (model.withItems.has_value()) walk(model.withItems, "withItems");
        if (model.withSequence) walk(*model.withSequence, "withSequence");
        if (model.templateRef) walk(*model.templateRef, "templateRef");
        if (model.hooks.has_value()) walk(model.hooks, "hooks");
    }

    /// Walks the rest of the template, but not its steps or tasks; its outputs see all of them.
    constexpr void walk_template() {
        scope_.call = nullptr;
        depth_ = 0;
        const model::Template& self = view_.self;
        if (!self.dag && !self.steps.has_value()) {
            visit(*this, self);
            return;
        }
        // One by one: to read the steps and tasks aloud, and not to listen, costs as much as to judge them.
        each_member(self);
        if (self.dag && has_brace(self.dag->target)) walk_text(self.dag->target, "dag", "target");
    }

    /// Walks what stands in the workflow itself and is replaced there. Preconditions: the view is one of no
    /// template, at the path of the spec.
    constexpr void walk_workflow(const model::WorkflowSpec& spec) {
        scope_.call = nullptr;
        walk_present(spec.hooks, "hooks");
        walk_present(spec.metrics, "metrics");
        walk_present(spec.synchronization, "synchronization");
        if (local_ == nullptr || !spec.workflowMetadata) return;
        frames_[0] = frame{"workflowMetadata", -1, false};
        frames_[1] = frame{"labelsFrom", -1, false};
        depth_ = 2;
        visit(*this, spec.workflowMetadata->labelsFrom);
    }

    /// Looks again at the calls that ask for tasks which they do not wait for.
    template <class Find>
    constexpr void settle(Find walk_again) {
        if (scope_.ancestors.empty()) return;
        scope_.ancestors.answer(view_);
        if (scope_.ancestors.empty()) return;
        list<std::uint8_t> not_before;
        for (std::size_t i = 0; i < view_.calls.size(); ++i) not_before.push_back(0);
        list<std::uint32_t> marked;
        std::int64_t task = -1;
        const auto look = [&] {
            if (task < 0) return;
            walk_again(static_cast<std::size_t>(task));
            for (const std::uint32_t one : marked) not_before[one] = 0;
            marked = {};
        };
        scope_.not_before = &not_before;
        scope_.ancestors.each_open([&](std::uint32_t before, std::uint32_t after) {
            if (task != after) look();
            task = after;
            not_before[before] = 1;
            marked.push_back(before);
        });
        look();
        scope_.not_before = nullptr;
    }

    constexpr const variable_scope& scope() const noexcept { return scope_; }

    constexpr void begin_object() override { begin(false); }
    constexpr void end_object() override { --depth_; }
    constexpr void begin_array() override { begin(true); }
    constexpr void end_array() override { --depth_; }
    constexpr void key(std::string_view name) override { frames_[depth_ - 1].name = name; }
    constexpr void map_key(std::string_view name) override {
        key(name);
        find_tags(name);
    }
    constexpr void string(std::string_view text) override {
        count();
        find_tags(text);
        if (local_ != nullptr) read_locally(text);
    }
    constexpr void integer(std::int64_t) override { count(); }
    constexpr void boolean(bool) override { count(); }
    constexpr void number(std::string_view) override { count(); }
    constexpr void null() override { count(); }

private:
    /// All members but steps and dag; test/unit/check holds the list against the schema.
    constexpr void each_member(const model::Template& self) {
        walk_present(self.inputs, "inputs");
        walk_present(self.outputs, "outputs");
        walk_present(self.metrics, "metrics");
        walk_present(self.memoize, "memoize");
        walk_present(self.synchronization, "synchronization");
        walk_present(self.retryStrategy, "retryStrategy");
        walk_present(self.metadata, "metadata");
        walk_present(self.annotations, "annotations");
        walk_present(self.activeDeadlineSeconds, "activeDeadlineSeconds");
        walk_present(self.affinity, "affinity");
        walk_present(self.archiveLocation, "archiveLocation");
        walk_present(self.executor, "executor");
        walk_present(self.hostAliases, "hostAliases");
        walk_present(self.initContainers, "initContainers");
        walk_present(self.sidecars, "sidecars");
        walk_present(self.nodeSelector, "nodeSelector");
        walk_present(self.pendingTimeout, "pendingTimeout");
        walk_present(self.podResources, "podResources");
        walk_present(self.podSpecPatch, "podSpecPatch");
        walk_present(self.priorityClassName, "priorityClassName");
        walk_present(self.resourceClaims, "resourceClaims");
        walk_present(self.schedulerName, "schedulerName");
        walk_present(self.securityContext, "securityContext");
        walk_present(self.serviceAccountName, "serviceAccountName");
        walk_present(self.timeout, "timeout");
        walk_present(self.tolerations, "tolerations");
        walk_present(self.volumes, "volumes");
    }

    static constexpr bool has_brace(const str& text) {
        const char* c = text.begin();
        const char* const end = text.end();
        while (c != end && *c != '{') ++c;
        return c != end;
    }
    /// Judges a single text, which is `member`, or `member.second`, or `member.second[index].third`.
    constexpr void walk_text(const str& text, std::string_view member, std::string_view second = {},
                             std::size_t index = 0, std::string_view third = {}) {
        depth_ = 1;
        frames_[0].set(member);
        if (!second.empty()) frames_[depth_++].set(second);
        if (!third.empty()) {
            frames_[depth_].index = static_cast<std::int32_t>(index);
            frames_[depth_++].array = true;
            frames_[depth_++].set(third);
        }
        find_tags(text.view());
    }
    constexpr void begin(bool array) {
        count();
        if (depth_ == max_depth)
            throw std::length_error("tiphys: a template is nested deeper than 64 levels");
        frames_[depth_].array = array;
        frames_[depth_].index = -1;
        ++depth_;
    }
    /// Counts an element.
    constexpr void count() {
        if (depth_ != 0 && frames_[depth_ - 1].array) ++frames_[depth_ - 1].index;
    }

    constexpr void find_tags(std::string_view text) {
        const char* const from = text.data();
        const std::size_t last = text.size();
        for (std::size_t i = 0; i + 1 < last; ++i) {
            if (from[i] != '{' || from[i + 1] != '{') continue;
            std::size_t to = i + 2;
            while (to + 1 < last && !(from[to] == '}' && from[to + 1] == '}')) ++to;
            if (to + 1 >= last) {
                if (looks_like_a_variable({from + i + 2, last - i - 2}))
                    found(rule::variable_unterminated, shown(text.substr(i)).view(), "which no }} ends");
                return;
            }
            if (from[i + 2] != '=')
                judge({from + i + 2, to - i - 2});
            else if (local_ != nullptr)
                judge_expression({from + i + 3, to - i - 3}, false);
            i = to + 1;
        }
    }

    constexpr void judge(std::string_view tag) {
        const char* from = tag.data();
        const char* to = from + tag.size();
        while (from != to && (*from == ' ' || *from == '\n')) ++from;
        while (from != to && (to[-1] == ' ' || to[-1] == '\n')) --to;
        tag = {from, static_cast<std::size_t>(to - from)};
        scope_.member = depth_ == 0 ? std::string_view() : frames_[0].name;
        if (!scope_.resolve(tag)) complain(tag);
    }
    constexpr void complain(std::string_view tag) {
        // On the second look only what it is about is news.
        if (scope_.not_before == nullptr || scope_.rule == &rule::variable_not_ready)
            found(*scope_.rule, joined("{{", tag, "}}").view(), scope_.reason.view());
    }
    /// Of an open `{{`: whether a name of Argo's follows, and not code of another language.
    static constexpr bool looks_like_a_variable(std::string_view rest) noexcept {
        while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
        if (!rest.empty() && rest.front() == '=') return true;
        for (const std::string_view known : {"inputs.", "outputs.", "steps.", "tasks.", "workflow.", "item",
                                             "pod.", "node.", "retries", "lastRetry."})
            if (begins_with(rest, known)) return true;
        return false;
    }

    constexpr void judge_locally(const Rule* (*read)(std::string_view, str&), const str& text,
                                 std::string_view member) {
        str reason;
        const Rule* wrong = read(text.view(), reason);
        if (wrong == nullptr || scope_.not_before != nullptr) return;
        depth_ = 1;
        frames_[0] = frame{member, -1, false};
        found(*wrong, joined(member, " `", shown(text.view()).view(), "`").view(),
              shown(reason.view()).view());
    }

    /// The texts that are expressions as a whole, and conditions.
    constexpr void read_locally(std::string_view text) {
        if (depth_ == 0 || frames_[depth_ - 1].array || text.empty()) return;
        const auto name = frames_[depth_ - 1].name;
        if (is(name, "expression") || is(name, "fromExpression") ||
            (is(name, "successCondition") && is(frames_[0].name, "http"))) {
            judge_expression(text, true);
        } else if (is(name, "when") && is(frames_[0].name, "metrics")) {
            str reason;
            if (const Rule* wrong = local_->read_when(text, reason))
                found(*wrong, joined("when `", shown(text).view(), "`").view(), shown(reason.view()).view());
        }
    }

    /// The names that an expression has besides those of its template; empty: all of these.
    constexpr bool is_own_name(std::string_view root) const noexcept {
        const auto top = depth_ == 0 ? std::string_view() : frames_[0].name;
        if (is(top, "retryStrategy")) return is(root, "retries") || is(root, "lastRetry");
        if (is(top, "data")) return is(root, "data");
        if (is(top, "http")) return is(root, "request") || is(root, "response");
        return false;
    }
    constexpr bool is_closed() const noexcept {
        const auto top = depth_ == 0 ? std::string_view() : frames_[0].name;
        const auto name = depth_ == 0 ? std::string_view() : frames_[depth_ - 1].name;
        return (is(top, "retryStrategy") && is(name, "expression")) ||
               (is(top, "data") && is(name, "expression")) || is(name, "successCondition");
    }

    /// `whole`: the text is an expression, rather than a tag in it.
    constexpr void judge_expression(std::string_view text, bool whole) {
        const expression_facts facts = local_->read_expression(text);
        const auto words = [&] { return joined("the expression `", shown(text).view(), "`"); };
        if (scope_.not_before == nullptr) {
            if (!facts.error.empty())
                found(rule::expression_syntax, words().view(),
                      joined("which does not parse: ", shown(facts.error.view()).view()).view());
            for (const str& function : facts.unknown_functions)
                found(rule::expression_unknown_function, words().view(),
                      joined("but there is no function `", function.view(), "`").view());
            for (const str& path : facts.wrong_paths)
                found(rule::expression_syntax, words().view(), joined("but ", path.view()).view());
        }
        for (const auto& name : facts.names) judge_name(name, text, whole);
    }
    constexpr void judge_name(const expression_facts::name& name, std::string_view text, bool whole) {
        const auto words = [&] { return joined("the expression `", shown(text).view(), "`"); };
        std::string_view rest = name.path.view();
        const auto root = take(rest);
        bool known = !(whole && is_closed());
        if (!known && is_own_name(root)) return;
        if (known) {
            scope_.member = depth_ == 0 ? std::string_view() : frames_[0].name;
            scope_.in_expression = true;
            known = scope_.resolve(name.path.view());
            scope_.in_expression = false;
            if (!known && scope_.rule == &rule::variable_not_ready) {
                if (!name.guarded) found(*scope_.rule, words().view(), scope_.reason.view());
                return;
            }
        } else {
            scope_.reason = joined("but there is no `", name.path.view(), "` here");
        }
        if (!known && !name.guarded && scope_.not_before == nullptr)
            found(rule::expression_unknown_name, words().view(), scope_.reason.view());
    }

    constexpr void found(const Rule& rule, std::string_view what, std::string_view reason) {
        Path path = scope_.call != nullptr ? view_.path_of(*scope_.call) : view_.path;
        std::string_view last;
        for (std::size_t i = 0; i < depth_ && path.size() + 2 < 32; ++i) {
            if (frames_[i].array) {
                path = path[static_cast<std::size_t>(frames_[i].index < 0 ? 0 : frames_[i].index)];
            } else {
                path = path / frames_[i].name;
                last = frames_[i].name;
            }
        }
        // Not a conditional expression: g++ 12 destroys its temporary twice in constant evaluation.
        str who;
        if (scope_.call != nullptr)
            who = scope_.words_of(*scope_.call);
        else
            who = joined(last, " of ", scope_.self_words().view());
        report_(rule, path, joined(who.view(), " uses ", what, ", ", reason));
    }

    template_view& view_;
    report& report_;
    const local_rules* local_;
    variable_scope scope_;
    frame frames_[max_depth];
    std::size_t depth_ = 0;
};

}  // namespace tiphys::detail
