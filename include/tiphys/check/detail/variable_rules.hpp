// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/dag_rules.hpp>
#include <tiphys/model/visitor.hpp>

/// Rules on `{{…}}`: every simple tag in every string names something that exists where it is used.
/// Source: workflow/validate (resolveAllVariables) and what the controller substitutes; expression tags
/// `{{=…}}` are only checked for their end.
namespace tiphys::detail {

/// Takes the text before the next '.' off the front.
constexpr std::string_view take(std::string_view& rest) noexcept {
    const char* const from = rest.data();
    const char* const end = from + rest.size();
    const char* c = from;
    while (c != end && *c != '.') ++c;
    if (c == end)
        rest = {};
    else
        rest = {c + 1, static_cast<std::size_t>(end - c - 1)};
    return {from, static_cast<std::size_t>(c - from)};
}

constexpr bool begins_with(std::string_view text, std::string_view head) noexcept {
    return text.size() >= head.size() && same(text.data(), head.data(), head.size());
}

/// Walks the strings of one part of a template and judges their tags in the scope of that part.
class tag_walker final : public visitor {
public:
    constexpr tag_walker(template_view& view, report& report) : view_(view), report_(report) {}

    /// Walks a step or task, but not its inline template, nor its names, which other rules judge.
    /// The texts that most calls have are looked at in place: hearing them from `visit` costs the compiler
    /// five times as much.
    template <class Call>
    constexpr void walk_call(const Call& model, const call_view& call) {
        call_ = &call;
        if (call.arguments != nullptr) {
            const auto& parameters = call.arguments->parameters;
            for (std::size_t i = 0; i < parameters.size(); ++i) {
                if (has_tag(parameters[i].value))
                    walk_text(parameters[i].value, "arguments", "parameters", i, "value");
                if (parameters[i].valueFrom) walk(*parameters[i].valueFrom, "arguments");
            }
            for (const auto& artifact : call.arguments->artifacts) walk(artifact, "arguments");
        }
        if (has_tag(model.when)) walk_text(model.when, "when");
        if (has_tag(model.withParam)) walk_text(model.withParam, "withParam");
        if (model.withItems.has_value()) walk(model.withItems, "withItems");
        if (model.withSequence) walk(*model.withSequence, "withSequence");
        if (model.templateRef) walk(*model.templateRef, "templateRef");
        if (model.hooks.has_value()) walk(model.hooks, "hooks");
    }
    /// Walks the rest of the template, but not its steps or tasks; its outputs see all of them.
    constexpr void walk_template() {
        call_ = nullptr;
        depth_ = 0;
        skip_ = 0;
        visit(*this, view_.self);
        if (view_.is_dag() && has_tag(view_.self.dag->target))
            walk_text(view_.self.dag->target, "dag", "target");
    }

    constexpr void begin_object() override { begin(false); }
    constexpr void end_object() override { end(); }
    constexpr void begin_array() override { begin(true); }
    constexpr void end_array() override { end(); }
    constexpr void key(std::string_view name) override {
        if (skip_ != 0) return;
        frames_[depth_ - 1].name = name;
        if (depth_ == 1 && call_ == nullptr && (is(name, "steps") || is(name, "dag"))) skip_ = 1;
    }
    constexpr void map_key(std::string_view name) override {
        key(name);
        find_tags(name);
    }
    constexpr void string(std::string_view text) override {
        if (count()) find_tags(text);
    }
    constexpr void integer(std::int64_t) override { count(); }
    constexpr void boolean(bool) override { count(); }
    constexpr void number(std::string_view) override { count(); }
    constexpr void null() override { count(); }

private:
    struct frame {
        std::string_view name;
        std::int32_t index = -1;
        bool array = false;
    };
    static constexpr std::size_t max_depth = 64;

    /// Walks a part of the call that is its member `name`.
    template <class Model>
    constexpr void walk(const Model& model, std::string_view name) {
        depth_ = 1;
        skip_ = 0;
        frames_[0] = frame{name, -1, false};
        visit(*this, model);
    }
    static constexpr bool has_tag(const str& text) {
        const char* c = text.begin();
        const char* const end = text.end();
        while (c != end && *c != '{') ++c;
        return c != end;
    }
    /// Judges a single text, which is `member`, or `member.second`, or `member.second[index].third`.
    constexpr void walk_text(const str& text, std::string_view member, std::string_view second = {},
                             std::size_t index = 0, std::string_view third = {}) {
        depth_ = 1;
        skip_ = 0;
        frames_[0] = frame{member, -1, false};
        if (!second.empty()) frames_[depth_++] = frame{second, -1, false};
        if (!third.empty()) {
            frames_[depth_++] = frame{{}, static_cast<std::int32_t>(index), true};
            frames_[depth_++] = frame{third, -1, false};
        }
        find_tags(text.view());
    }
    constexpr void begin(bool array) {
        if (skip_ != 0) {
            ++skip_;
            return;
        }
        if (depth_ != 0 && frames_[depth_ - 1].array) ++frames_[depth_ - 1].index;
        if (depth_ == max_depth)
            throw std::length_error("tiphys: a template is nested deeper than 64 levels");
        frames_[depth_].array = array;
        frames_[depth_].index = -1;
        ++depth_;
    }
    constexpr void end() {
        if (skip_ == 0) {
            --depth_;
        } else if (--skip_ == 1) {
            skip_ = 0;
        }
    }
    /// Counts an element; says whether its text is to be judged.
    constexpr bool count() {
        if (skip_ != 0) {
            if (skip_ == 1) skip_ = 0;
            return false;
        }
        if (frames_[depth_ - 1].array) ++frames_[depth_ - 1].index;
        return true;
    }
    constexpr bool within(std::string_view member) const noexcept {
        return depth_ != 0 && same(frames_[0].name, member);
    }

    constexpr void find_tags(std::string_view text) {
        const char* const from = text.data();
        const std::size_t last = text.size();
        for (std::size_t i = 0; i + 1 < last; ++i) {
            if (from[i] != '{' || from[i + 1] != '{') continue;
            std::size_t to = i + 2;
            while (to + 1 < text.size() && !(text[to] == '}' && text[to + 1] == '}')) ++to;
            if (to + 1 >= text.size()) {
                found(rule::variable_unterminated, text.substr(i), "which no }} ends");
                return;
            }
            if (text[i + 2] != '=') judge(text.substr(i + 2, to - i - 2));
            i = to + 1;
        }
    }

    constexpr void judge(std::string_view tag) {
        const char* from = tag.data();
        const char* to = from + tag.size();
        while (from != to && (*from == ' ' || *from == '\n')) ++from;
        while (from != to && (to[-1] == ' ' || to[-1] == '\n')) --to;
        tag = {from, static_cast<std::size_t>(to - from)};
        tag_ = tag;
        std::string_view rest = tag;
        const auto head = take(rest);
        if (is(head, "inputs"))
            judge_inputs(rest);
        else if (is(head, "tasks") || is(head, "steps"))
            judge_call(head, rest);
        else if (is(head, "workflow"))
            judge_workflow(rest);
        else if (is(head, "item"))
            judge_item(rest);
        else if (!is(head, "outputs") && !is(head, "pod") && !is(head, "node") && !is(head, "retries") &&
                 !is(head, "lastRetry") && !is(head, "status") && !is(head, "duration") &&
                 !is(head, "exitCode") && !is(head, "resourcesDuration") && !is(head, "cronworkflow"))
            unknown(joined("Argo has no variable `", tag, "`"));
    }

    constexpr void judge_inputs(std::string_view rest) {
        const model::Inputs* inputs = view_.self.inputs.get();
        const auto kind = take(rest);
        if (is(kind, "parameters")) {
            if (rest.empty()) {
                if (inputs == nullptr || inputs->parameters.empty())
                    unknown(joined(self().view(), " has no input parameters"));
                return;
            }
            if (inputs != nullptr && find_parameter(inputs->parameters, rest) != nullptr) return;
            nearest near(rest);
            if (inputs != nullptr)
                for (const auto& input : inputs->parameters) near.offer(input.name.view());
            unknown(joined(self().view(), " has no input parameter `", rest, "`", near.question().view()));
        } else if (is(kind, "artifacts")) {
            const auto name = take(rest);
            if (inputs != nullptr && find_artifact(inputs->artifacts, name) != nullptr &&
                (rest.empty() || is(rest, "path")))
                return;
            nearest near(name);
            if (inputs != nullptr)
                for (const auto& input : inputs->artifacts) near.offer(input.name.view());
            unknown(joined(self().view(), " has no input artifact `", name, "`", near.question().view()));
        } else {
            unknown("inputs have parameters and artifacts only");
        }
    }

    constexpr void judge_workflow(std::string_view rest) {
        const auto& spec = view_.workflow.spec;
        const auto& metadata = view_.workflow.metadata;
        const auto head = take(rest);
        if (is(head, "parameters")) {
            if (rest.empty() || is(rest, "json") || spec.workflowTemplateRef) return;
            const model::Arguments* arguments = spec.arguments.get();
            if (arguments != nullptr && find_parameter(arguments->parameters, rest) != nullptr) return;
            nearest near(rest);
            if (arguments != nullptr)
                for (const auto& parameter : arguments->parameters) near.offer(parameter.name.view());
            unknown(joined("the workflow has no parameter `", rest, "`", near.question().view()));
        } else if (is(head, "labels") || is(head, "annotations")) {
            if (rest.empty() || is(rest, "json") || spec.workflowMetadata || spec.workflowTemplateRef) return;
            const auto& known = is(head, "labels") ? metadata.labels : metadata.annotations;
            if (known.contains(rest)) return;
            nearest near(rest);
            for (const auto& entry : known) near.offer(entry.key.view());
            unknown(joined("the workflow has no ", head.substr(0, head.size() - 1), " `", rest, "`",
                           near.question().view()));
        } else if (is(head, "outputs")) {
            judge_global_output(rest);
        } else if (is(head, "failures")) {
            if (spec.onExit.empty() && !spec.hooks.contains("exit"))
                unknown("only an exit handler can ask for the failures, and the workflow has none");
        } else if (is(head, "priority")) {
            if (!spec.priority.has_value()) unknown("the workflow sets no priority");
        } else {
            nearest near(head);
            for (const std::string_view known :
                 {"name", "namespace", "uid", "mainEntrypoint", "serviceAccountName", "status", "duration",
                  "creationTimestamp", "scheduledTime"}) {
                if (same(head, known)) return;
                near.offer(known);
            }
            unknown(joined("a workflow has no `", head, "`", near.question().view()));
        }
    }

    constexpr void judge_global_output(std::string_view rest) {
        const bool parameter = same(take(rest), "parameters");
        for (const auto& declared : view_.workflow.spec.templates) {
            if (!declared.outputs) continue;
            const auto matches = [&](const str& global) {
                for (std::size_t i = 0; i + 1 < global.size(); ++i)
                    if (global[i] == '{' && global[i + 1] == '{') return true;
                return same(global.view(), rest);
            };
            if (parameter) {
                for (const auto& output : declared.outputs->parameters)
                    if (matches(output.globalName)) return;
            } else {
                for (const auto& output : declared.outputs->artifacts)
                    if (matches(output.globalName)) return;
            }
        }
        unknown(joined("no template has an output with the globalName `", rest, "`"));
    }

    constexpr void judge_item(std::string_view rest) {
        if (view_.item_in_scope) return;
        if (call_ == nullptr) {
            unknown(joined("`item` exists only in the arguments of a step or task with a loop"));
            return;
        }
        if (!call_->loops()) {
            unknown(joined("the ", view_.call_kind(), " has no withItems, withParam or withSequence"));
            return;
        }
        if (rest.empty() || !call_->items->has_value() || rest.front() == '[') return;
        nearest near(rest);
        for (const json& item : *call_->items) {
            if (item.find(rest) != nullptr) return;
            for (const auto& member : item.members()) near.offer(member.key.view());
        }
        unknown(joined("its items have no `", rest, "`", near.question().view()));
    }

    constexpr void judge_call(std::string_view head, std::string_view rest) {
        const bool right_kind = is(head, "tasks") ? view_.is_dag() : view_.is_steps();
        const auto name = take(rest);
        if (is(name, "name") && rest.empty()) return;
        if (!right_kind) {
            unknown(
                joined(self().view(), is(head, "tasks") ? " is no dag and has no tasks" : " has no steps"));
            return;
        }
        const auto found = view_.names.find(name);
        if (found < 0) {
            nearest near(name);
            for (const auto& other : view_.calls) near.offer(other.name);
            unknown(joined(view_.kind(), " `", view_.self.name.view(), "` has no ", view_.call_kind(), " `",
                           name, "`", near.question().view()));
            return;
        }
        const call_view& other = view_.calls[static_cast<std::size_t>(found)];
        if (!judge_field(other, rest)) return;
        if (call_ != nullptr) judge_order(other, static_cast<std::uint32_t>(found));
    }

    /// What of the other step or task is asked for.
    constexpr bool judge_field(const call_view& other, std::string_view rest) {
        const model::Template* callee = other.callee;
        const auto what = take(rest);
        if (is(what, "id") || is(what, "ip") || is(what, "status") || is(what, "startedAt") ||
            is(what, "finishedAt") || is(what, "hostNodeName"))
            return true;
        const auto has_result = [&] {
            return callee == nullptr || callee->container || callee->containerSet || callee->script ||
                   callee->data || callee->http || callee->plugin.has_value();
        };
        if (is(what, "exitCode")) {
            if (!has_result())
                return unknown(joined(of(other).view(), " runs no container and has no exitCode"));
            return true;
        }
        if (!is(what, "outputs")) return unknown(joined("a ", view_.call_kind(), " has no `", what, "`"));
        const auto kind = take(rest);
        if (is(kind, "result")) {
            if (!has_result())
                return unknown(joined(of(other).view(), " runs no container and has no outputs.result"));
            return true;
        }
        const bool parameters = is(kind, "parameters");
        if (!parameters && !is(kind, "artifacts"))
            return unknown("outputs have parameters, artifacts and a result only");
        if (callee == nullptr) return true;
        const model::Outputs* outputs = callee->outputs.get();
        if (parameters && rest.empty() && other.loops()) return true;
        if (outputs != nullptr && (parameters ? find_parameter(outputs->parameters, rest) != nullptr
                                              : find_artifact(outputs->artifacts, rest) != nullptr))
            return true;
        nearest near(rest);
        if (parameters) {
            if (outputs != nullptr) {
                for (const auto& output : outputs->parameters) near.offer(output.name.view());
            }
        } else if (outputs != nullptr) {
            for (const auto& output : outputs->artifacts) near.offer(output.name.view());
        }
        return unknown(joined("template `", callee->name.view(), "`, which ", of(other).view(),
                              " runs, has no output ", parameters ? "parameter `" : "artifact `", rest, "`",
                              near.question().view()));
    }

    /// Whether the other step or task surely is done when this one begins.
    constexpr void judge_order(const call_view& other, std::uint32_t index) {
        const bool itself = other.index == call_->index && other.group == call_->group;
        if (itself) {
            if (within("hooks") || within("onExit")) return;
            found(rule::variable_not_ready, tag_, joined("which is its own ", what_of(tag_)).view());
        } else if (view_.is_steps()) {
            if (other.group >= call_->group)
                found(rule::variable_not_ready, tag_,
                      joined("but step `", other.name, "` stands in no earlier group").view());
        } else if (!is_ancestor(view_, index, static_cast<std::uint32_t>(call_->index), stamps_, stamp_)) {
            found(rule::variable_not_ready, tag_, joined("but does not depend on `", other.name, "`").view());
        }
    }

    static constexpr std::string_view what_of(std::string_view tag) noexcept {
        take(tag);
        take(tag);
        return tag;
    }
    constexpr str self() const {
        if (view_.self.name.empty()) return "the inline template";
        return joined(view_.is_dag() ? "dag `" : "template `", view_.self.name.view(), "`");
    }
    constexpr str of(const call_view& call) const { return joined(view_.call_kind(), " `", call.name, "`"); }

    constexpr bool unknown(const str& reason) {
        found(rule::variable_unknown, tag_, joined("but ", reason.view()).view());
        return false;
    }
    constexpr void found(const Rule& rule, std::string_view tag, std::string_view reason) {
        Path path = call_ != nullptr ? view_.path_of(*call_) : view_.path;
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
        if (call_ != nullptr)
            who = of(*call_);
        else
            who = joined(last, " of ", self().view());
        const bool whole = &rule == &rule::variable_unterminated;
        report_(rule, path,
                joined(who.view(), " uses ", whole ? "" : "{{", tag, whole ? "" : "}}", ", ", reason));
    }

    template_view& view_;
    report& report_;
    const call_view* call_ = nullptr;
    std::string_view tag_;
    frame frames_[max_depth];
    std::size_t depth_ = 0;
    std::size_t skip_ = 0;
    list<std::uint32_t> stamps_;
    std::uint32_t stamp_ = 0;
};

}  // namespace tiphys::detail
