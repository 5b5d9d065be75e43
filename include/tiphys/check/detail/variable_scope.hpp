// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/dag_rules.hpp>

/// What the name in a `{{…}}` means where it stands: the scopes of a template, of its steps and tasks, of
/// hooks and of metrics. Source: util/variables/keys, workflow/validate (resolveAllVariables) and what the
/// controller substitutes.
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

/// Resolves names in one template. `outer` is that of the template in which an inline one stands.
class variable_scope {
public:
    constexpr variable_scope(template_view& view, variable_scope* outer)
        : view_(view), outer_(outer), inputs_(view.self.inputs ? &view.self.inputs->parameters : nullptr) {
        if (view.self.inputs)
            for (std::size_t i = 0; i < view.self.inputs->parameters.size(); ++i) used_.push_back(0);
    }

    /// Where the name stands: in a call (or null, in the template itself), below which of its members.
    const call_view* call = nullptr;
    std::string_view member;
    /// Whether it stands in an expression, where parts of objects are values too.
    bool in_expression = false;

    /// Whether the name means something; if not, `rule` and `reason` say what is wrong.
    constexpr bool resolve(std::string_view tag) {
        tag_ = tag;
        std::string_view rest = tag;
        const auto head = take(rest);
        if (is(head, "inputs")) return inputs(rest);
        if (is(head, "tasks") || is(head, "steps")) return other_call(head, rest);
        if (is(head, "workflow")) return workflow(rest);
        if (is(head, "item")) return item(rest);
        if (is(head, "outputs")) return own_outputs(rest);
        if (is(head, "retries") || is(head, "lastRetry")) return retry(head, rest);
        if (is(head, "pod") || is(head, "node")) return node(head, rest);
        if (is(member, "metrics") && (is(head, "status") || is(head, "duration") || is(head, "exitCode") ||
                                      is(head, "resourcesDuration")))
            return true;
        return literal(head);
    }

    const Rule* rule = nullptr;
    str reason;

    /// Input `i` of the template is used by something.
    constexpr bool uses_input(std::size_t i) const noexcept { return used_[i] != 0; }
    /// Questions whether tasks are ancestors, to be answered when all are known.
    ancestry ancestors;
    /// Answers of a second look: the tasks that the call in hand does not wait for; null on the first look.
    const list<std::uint8_t>* not_before = nullptr;

    constexpr str self_words() const {
        if (whole_workflow()) return "the workflow";
        return template_words(view_.self);
    }
    constexpr str words_of(const call_view& other) const {
        return joined(view_.call_kind(), " `", other.name, "`");
    }
    /// Whether the scope is that of the workflow itself: no template, only `workflow.…`.
    constexpr bool whole_workflow() const noexcept {
        return view_.self.name.empty() && view_.path.size() == view_.workflow.path.size();
    }

private:
    constexpr bool unknown(const str& why) {
        rule = &rule::variable_unknown;
        reason = joined("but ", why.view());
        return false;
    }

    constexpr bool inputs(std::string_view rest) {
        if (in_expression && rest.empty()) return true;
        const model::Inputs* inputs = view_.self.inputs.get();
        const auto kind = take(rest);
        if (is(kind, "parameters")) {
            if (rest.empty()) {
                if (!all_used_)
                    for (auto& one : used_) one = 1;
                all_used_ = true;
                if (inputs == nullptr || inputs->parameters.empty())
                    return in_expression || unknown(joined(self_words().view(), " has no input parameters"));
                return true;
            }
            if (const auto found = inputs_.find(rest); found >= 0) {
                used_[static_cast<std::size_t>(found)] = 1;
                return true;
            }
        } else if (is(kind, "artifacts")) {
            const std::string_view name = take(rest);
            if (in_expression && name.empty()) return true;
            if (inputs != nullptr && find_artifact(inputs->artifacts, name) != nullptr &&
                (rest.empty() || in_expression || (is(rest, "path") && !view_.is_dag() && !view_.is_steps())))
                return true;
            rest = name;
        } else {
            return unknown("inputs have parameters and artifacts only");
        }
        if (outer_ != nullptr && outer_->has_input(kind, rest)) return true;
        nearest near(rest);
        if (inputs != nullptr) {
            if (is(kind, "parameters")) {
                for (const auto& input : inputs->parameters) near.offer(input.name.view());
            } else {
                for (const auto& input : inputs->artifacts) near.offer(input.name.view());
            }
        }
        return unknown(joined(self_words().view(), " has no input ", kind.substr(0, kind.size() - 1), " `",
                              rest, "`", near.question().view()));
    }
    /// The inputs of a template are also put into the inline templates of its steps and tasks.
    constexpr bool has_input(std::string_view kind, std::string_view name) {
        if (is(kind, "parameters")) {
            if (const auto found = inputs_.find(name); found >= 0) {
                used_[static_cast<std::size_t>(found)] = 1;
                return true;
            }
        } else if (view_.self.inputs && find_artifact(view_.self.inputs->artifacts, name) != nullptr) {
            return true;
        }
        return outer_ != nullptr && outer_->has_input(kind, name);
    }

    /// `outputs.…` of the template itself: the paths of a container, and the values in its metrics.
    constexpr bool own_outputs(std::string_view rest) {
        if (in_expression && rest.empty()) return true;
        const model::Outputs* outputs = view_.self.outputs.get();
        const auto kind = take(rest);
        const bool metrics = is(member, "metrics");
        if (metrics && (is(kind, "result") || is(kind, "exitCode"))) return true;
        const std::string_view name = take(rest);
        bool known = false;
        if (outputs != nullptr && is(kind, "parameters"))
            known = find_parameter(outputs->parameters, name) != nullptr;
        else if (outputs != nullptr && is(kind, "artifacts"))
            known = find_artifact(outputs->artifacts, name) != nullptr;
        if (!known) {
            if (metrics && whole_workflow()) return true;
            return unknown(joined(self_words().view(), " has no output ",
                                  is(kind, "artifacts") ? "artifact `" : "parameter `", name, "`"));
        }
        if (metrics && rest.empty()) {
            note_own_output(*outputs, name);
            return true;
        }
        if (call == nullptr && is(rest, "path") && !view_.is_dag() && !view_.is_steps()) return true;
        return unknown(
            joined("an output is known by its path where it is made (.path), and by its value in "
                   "metrics and to others"));
    }
    constexpr void note_own_output(const model::Outputs& outputs, std::string_view name) {
        const auto own = view_.workflow.templates.find(view_.self.name.view());
        for (std::size_t i = 0; i < outputs.parameters.size(); ++i)
            if (same(outputs.parameters[i].name.view(), name))
                view_.workflow.uses.note(own, static_cast<std::int32_t>(i));
    }

    constexpr bool retry(std::string_view head, std::string_view rest) {
        const auto& defaults = view_.workflow.spec.templateDefaults;
        if (!view_.self.retryStrategy && !(defaults && defaults->retryStrategy) && !is(member, "metrics") &&
            !view_.workflow.is_template() && !view_.workflow.spec.workflowTemplateRef)
            return unknown(joined(self_words().view(), " has no retryStrategy"));
        if (is(head, "retries") ? rest.empty()
                                : (is(rest, "exitCode") || is(rest, "status") || is(rest, "duration") ||
                                   is(rest, "message") || (in_expression && rest.empty())))
            return true;
        return unknown(
            "there are retries, lastRetry.exitCode, lastRetry.status, lastRetry.duration and "
            "lastRetry.message only");
    }

    constexpr bool node(std::string_view head, std::string_view rest) {
        if (in_expression && rest.empty()) return true;
        if (!is(rest, "name")) return unknown(joined("a ", head, " has a name only"));
        if (is(head, "node")) return true;
        const model::Template& self = view_.self;
        if (self.container || self.script || self.containerSet || self.resource || self.data) return true;
        return unknown(joined(self_words().view(), " runs no pod of its own"));
    }

    /// A tag that is none of Argo's stays in the text, as code in other languages of templates wants it; what
    /// looks like a slip of the pen is a mistake.
    constexpr bool literal(std::string_view head) {
        if (tag_.empty() || !is_letter(tag_[0])) return true;
        for (const char c : tag_)
            if (c != '.' && (characters.of[static_cast<unsigned char>(c)] & parameter_character) == 0)
                return true;
        if (view_.self.inputs && head.size() == tag_.size())
            for (const auto& input : view_.self.inputs->parameters)
                if (same(input.name.view(), tag_))
                    return unknown(joined("Argo has no variable `", tag_,
                                          "`; did you mean `inputs.parameters.", tag_, "`?"));
        str question("");
        if (head.size() != tag_.size()) {
            nearest near(head);
            for (const std::string_view known :
                 {"inputs", "outputs", "steps", "tasks", "workflow", "item", "pod", "node", "lastRetry"})
                near.offer(known);
            question = near.question();
        }
        if (in_expression || call != nullptr || !question.empty())
            return unknown(joined("Argo has no variable `", tag_, "`", question.view()));
        rule = &rule::variable_literal;
        reason = joined("which is no variable of Argo and stays as it is");
        return false;
    }

    constexpr bool workflow(std::string_view rest) {
        const workflow_view& whole = view_.workflow;
        const auto& spec = whole.spec;
        const bool any = whole.is_template() || whole.is_open();
        if (in_expression && rest.empty()) return true;
        const auto head = take(rest);
        if (is(head, "parameters")) {
            if (any) return true;
            const model::Arguments* own = spec.arguments.get();
            const model::Arguments* base = whole.base == nullptr ? nullptr : whole.base->arguments.get();
            if (rest.empty() || is(rest, "json")) {
                if (in_expression || (own != nullptr && !own->parameters.empty()) ||
                    (base != nullptr && !base->parameters.empty()))
                    return true;
                return unknown("the workflow has no parameters");
            }
            for (auto& known : whole.uses.parameters)
                if (known.find(rest) >= 0) return true;
            nearest near(rest);
            if (own != nullptr)
                for (const auto& parameter : own->parameters) near.offer(parameter.name.view());
            return unknown(joined("the workflow has no parameter `", rest, "`", near.question().view()));
        }
        if (is(head, "labels") || is(head, "annotations")) return metadata(head, rest);
        if (is(head, "outputs")) return global_output(rest);
        if (is(head, "failures")) {
            if (any || (!whole.exit_handler().empty() && !starts_with_the_workflow())) return true;
            return unknown("only the template of spec.onExit can ask for the failures");
        }
        if (is(head, "priority")) {
            if (spec.priority.has_value() || any || whole.base != nullptr) return true;
            return unknown("the workflow sets no priority");
        }
        if (is(head, "creationTimestamp")) {
            if (rest.empty() || is(rest, "s") || is(rest, "RFC3339") || in_expression) return true;
            if (rest.size() == 1)
                for (const char known : std::string_view("BbmAadHIMSYypZzL", 16))
                    if (rest[0] == known) return true;
            return unknown(joined("a time has no form `", rest, "`"));
        }
        if (is(head, "duration") || is(head, "scheduledTime")) return true;
        nearest near(head);
        for (const std::string_view known :
             {"name", "namespace", "uid", "mainEntrypoint", "serviceAccountName", "status", "duration",
              "creationTimestamp", "scheduledTime"}) {
            if (same(head, known) && (rest.empty() || in_expression)) return true;
            near.offer(known);
        }
        return unknown(joined("a workflow has no `", head, "`", near.question().view()));
    }

    constexpr bool metadata(std::string_view head, std::string_view rest) {
        const workflow_view& whole = view_.workflow;
        if (rest.empty() || is(rest, "json") || whole.is_template() || whole.is_open()) return true;
        // Server and controllers add such labels of their own.
        if (begins_with(rest, "workflows.argoproj.io/")) return true;
        const bool labels = is(head, "labels");
        const auto has = [&](const auto& from) {
            return (labels ? from.labels : from.annotations).contains(rest);
        };
        const auto in_spec = [&](const model::WorkflowSpec& spec) {
            return spec.workflowMetadata && (has(*spec.workflowMetadata) ||
                                             (labels && spec.workflowMetadata->labelsFrom.contains(rest)));
        };
        if (has(whole.metadata) || in_spec(whole.spec)) return true;
        if (whole.base != nullptr && (has(*whole.base_metadata) || in_spec(*whole.base))) return true;
        nearest near(rest);
        const auto& known = labels ? whole.metadata.labels : whole.metadata.annotations;
        for (const auto& entry : known) near.offer(entry.key.view());
        return unknown(joined("the workflow has no ", head.substr(0, head.size() - 1), " `", rest, "`",
                              near.question().view()));
    }

    /// Notes the globalNames of the outputs of a spec's templates.
    static constexpr void add_globals(const model::WorkflowSpec& spec, bool parameters, global_names& to) {
        const auto add = [&](const str& global) {
            if (global.empty()) return;
            to.any = to.any || has_variable(global.view());
            to.names[0].add(global.view(), to.count++);
        };
        for (const auto& declared : spec.templates) {
            if (!declared.outputs) continue;
            if (parameters) {
                for (const auto& output : declared.outputs->parameters) add(output.globalName);
            } else {
                for (const auto& output : declared.outputs->artifacts) add(output.globalName);
            }
        }
    }
    static constexpr std::size_t count_globals(const model::WorkflowSpec* spec, bool parameters) {
        std::size_t count = 0;
        if (spec == nullptr) return count;
        for (const auto& declared : spec->templates)
            if (declared.outputs)
                count +=
                    parameters ? declared.outputs->parameters.size() : declared.outputs->artifacts.size();
        return count;
    }
    /// Whether an output of a template has the globalName, or may have it.
    constexpr bool gives_global(bool parameters, std::string_view name) const {
        const workflow_view& whole = view_.workflow;
        global_names& known = whole.uses.globals[parameters ? 0 : 1];
        if (!known.found) {
            known.found = true;
            known.any = runs_others(whole.spec) || (whole.base != nullptr && runs_others(*whole.base));
            known.names.push_back(
                name_index(count_globals(&whole.spec, parameters) + count_globals(whole.base, parameters)));
            add_globals(whole.spec, parameters, known);
            if (whole.base != nullptr) add_globals(*whole.base, parameters, known);
        }
        return known.any || known.names[0].find(name) >= 0;
    }
    /// Whether a template runs one that is not among the document's templates, and may have any globalName.
    static constexpr bool runs_others(const model::WorkflowSpec& spec) {
        const auto foreign = [](const auto& call) { return call.templateRef || call.inline_; };
        for (const auto& declared : spec.templates) {
            for (const auto& group : declared.steps)
                for (const auto& step : group)
                    if (foreign(step)) return true;
            if (declared.dag)
                for (const auto& task : declared.dag->tasks)
                    if (foreign(task)) return true;
        }
        return false;
    }
    constexpr bool global_output(std::string_view rest) {
        const workflow_view& whole = view_.workflow;
        if (whole.is_template() || whole.is_open() || (in_expression && rest.empty())) return true;
        const auto kind = take(rest);
        if (!is(kind, "parameters") && !is(kind, "artifacts"))
            return unknown("outputs of a workflow are parameters and artifacts");
        if (in_expression && rest.empty()) return true;
        if (gives_global(is(kind, "parameters"), rest)) return true;
        return unknown(joined("no template has an output with the globalName `", rest, "`"));
    }

    /// Whether the entrypoint leads to this template.
    constexpr bool starts_with_the_workflow() const {
        const workflow_view& whole = view_.workflow;
        const auto self = whole.templates.find(view_.self.name.view());
        if (self < 0) return false;
        if (whole.uses.started.empty()) find_started(whole);
        return whole.uses.started[static_cast<std::size_t>(self)] != 0;
    }
    static constexpr void find_started(const workflow_view& whole) {
        list<std::uint8_t>& seen = whole.uses.started;
        for (std::size_t i = 0; i < whole.spec.templates.size(); ++i) seen.push_back(0);
        list<std::int32_t> open;
        const auto visit = [&](std::int32_t i) {
            if (i < 0 || seen[static_cast<std::size_t>(i)] != 0) return;
            seen[static_cast<std::size_t>(i)] = 1;
            open.push_back(i);
        };
        visit(whole.templates.find(whole.entrypoint()));
        while (!open.empty()) {
            const auto& one = whole.spec.templates[static_cast<std::size_t>(open.back())];
            open.pop_back();
            for (const auto& group : one.steps)
                for (const auto& step : group) visit(whole.templates.find(step.template_.view()));
            if (one.dag)
                for (const auto& task : one.dag->tasks) visit(whole.templates.find(task.template_.view()));
        }
    }

    constexpr bool item(std::string_view rest) {
        if (view_.item_in_scope) return true;
        if (call == nullptr) {
            if (rest.empty() && !in_expression) {
                rule = &rule::variable_literal;
                reason = "but `item` exists only in the arguments of a step or task with a loop";
                return false;
            }
            return unknown("`item` exists only in the arguments of a step or task with a loop");
        }
        if (!call->loops())
            return unknown(joined("the ", view_.call_kind(), " has no withItems, withParam or withSequence"));
        if (rest.empty() || call->with_param) return true;
        if (call->with_sequence)
            return unknown(joined("the items of a withSequence are numbers and have no `", rest, "`"));
        if (rest.front() == '[') return true;
        nearest near(rest);
        std::int32_t lacking = -1;
        bool found = false;
        for (std::size_t i = 0; i < call->items->size(); ++i) {
            const json& one = (*call->items)[i];
            if (one.find(rest) != nullptr) {
                // What an expression misses is nil there.
                if (in_expression) return true;
                found = true;
                continue;
            }
            if (lacking < 0) lacking = static_cast<std::int32_t>(i);
            for (const auto& entry : one.members()) near.offer(entry.key.view());
        }
        if (found && lacking < 0) return true;
        if (found)
            return unknown(
                joined("withItems[", text(lacking).view(), "] has no `", rest, "`", near.question().view()));
        // Of a map within a map an expression may ask for more.
        if (in_expression) {
            std::string_view deeper = rest;
            const auto first = take(deeper);
            for (const json& one : *call->items)
                if (one.find(first) != nullptr) return true;
        }
        return unknown(joined("its items have no `", rest, "`", near.question().view()));
    }

    constexpr bool other_call(std::string_view head, std::string_view rest) {
        if (in_expression && rest.empty()) return true;
        const auto name = take(rest);
        if (is(name, "name") && rest.empty()) return true;
        if (is(head, "tasks") ? !view_.is_dag() : !view_.is_steps())
            return unknown(joined(self_words().view(),
                                  is(head, "tasks") ? " is no dag and has no tasks" : " has no steps"));
        const auto found = view_.names.find(name);
        if (found < 0) {
            nearest near(name);
            for (const auto& other : view_.calls) near.offer(other.name);
            return unknown(joined(view_.kind(), " `", view_.self.name.view(), "` has no ", view_.call_kind(),
                                  " `", name, "`", near.question().view()));
        }
        const call_view& other = view_.calls[static_cast<std::size_t>(found)];
        if (!field(other, rest)) return false;
        return call == nullptr || in_order(other, static_cast<std::uint32_t>(found));
    }

    static constexpr bool has_result(const model::Template* callee) noexcept {
        if (callee == nullptr || callee->container || callee->script || callee->data || callee->http ||
            callee->plugin.has_value())
            return true;
        if (callee->containerSet)
            for (const auto& one : callee->containerSet->containers)
                if (is(one.name.view(), "main")) return true;
        return false;
    }

    /// What of the other step or task is asked for.
    constexpr bool field(const call_view& other, std::string_view rest) {
        const model::Template* callee = other.callee;
        if (in_expression && rest.empty()) return true;
        const auto what = take(rest);
        if (is(what, "outputs")) return outputs_of(other, rest);
        if (is(what, "id") || is(what, "status") || is(what, "startedAt") || is(what, "finishedAt") ||
            is(what, "hostNodeName"))
            return true;
        if (is(what, "ip")) {
            if (callee == nullptr || callee->daemon.value_or(false)) return true;
            return unknown(joined("only a daemon has an ip, and template `", callee->name.view(),
                                  "` has no daemon: true"));
        }
        if (is(what, "exitCode")) {
            if (has_result(callee)) return true;
            return unknown(joined(words_of(other).view(), " runs no container and has no exitCode"));
        }
        return unknown(joined("a ", view_.call_kind(), " has no `", what, "`"));
    }

    constexpr bool outputs_of(const call_view& other, std::string_view rest) {
        const model::Template* callee = other.callee;
        if (in_expression && rest.empty()) {
            view_.workflow.uses.note(other.own, -1);
            return true;
        }
        const auto kind = take(rest);
        if (is(kind, "result")) {
            if (has_result(callee)) return true;
            return unknown(joined(words_of(other).view(), " runs no container and has no outputs.result"));
        }
        const bool parameters = is(kind, "parameters");
        if (!parameters && !is(kind, "artifacts"))
            return unknown("outputs have parameters, artifacts and a result only");
        if (rest.empty()) {
            view_.workflow.uses.note(other.own, -1);
            if (in_expression || (parameters && (other.items->has_value() || other.with_param))) return true;
            return unknown(joined(words_of(other).view(),
                                  " has no withItems and no withParam, so that its outputs have names"));
        }
        if (callee == nullptr) return true;
        const model::Outputs* outputs = callee->outputs.get();
        if (outputs != nullptr && parameters) {
            const auto found = find_output(other, *outputs, rest);
            if (found >= 0) {
                view_.workflow.uses.note(other.own, found);
                return true;
            }
        } else if (outputs != nullptr && find_artifact(outputs->artifacts, rest) != nullptr) {
            return true;
        }
        // Members of an artifact, in an expression.
        if (in_expression && !parameters) return true;
        nearest near(rest);
        if (outputs != nullptr) {
            if (parameters) {
                for (const auto& output : outputs->parameters) near.offer(output.name.view());
            } else {
                for (const auto& output : outputs->artifacts) near.offer(output.name.view());
            }
        }
        return unknown(joined("template `", callee->name.view(), "`, which ", words_of(other).view(),
                              " runs, has no output ", parameters ? "parameter `" : "artifact `", rest, "`",
                              near.question().view()));
    }

    constexpr std::int32_t find_output(const call_view& other, const model::Outputs& outputs,
                                       std::string_view name) const {
        const model::Parameter* const begin = outputs.parameters.begin();
        const std::size_t size = outputs.parameters.size();
        if (size > named_list<model::Parameter>::few && other.own >= 0)
            return view_.workflow.uses.find(other.own, name);
        for (std::size_t i = 0; i < size; ++i)
            if (same(begin[i].name.view(), name)) return static_cast<std::int32_t>(i);
        return -1;
    }

    /// Whether the other step or task surely is done when this one begins.
    constexpr bool in_order(const call_view& other, std::uint32_t index) {
        if (other.index == call->index && other.group == call->group) {
            if (is(member, "hooks") || is(member, "onExit")) return true;
            std::string_view what = tag_;
            take(what);
            take(what);
            return not_ready(joined("which is its own ", what));
        }
        if (view_.is_steps()) {
            if (other.group < call->group) return true;
            return not_ready(joined("but step `", other.name, "` stands in no earlier group"));
        }
        const auto after = static_cast<std::uint32_t>(call->index);
        if (view_.cyclic || is_predecessor(view_, index, after)) return true;
        if (not_before == nullptr) {
            ancestors.ask(index, after);
            return true;
        }
        if ((*not_before)[index] == 0) return true;
        return not_ready(joined("but does not depend on `", other.name, "`"));
    }
    constexpr bool not_ready(str why) {
        rule = &rule::variable_not_ready;
        reason = std::move(why);
        return false;
    }

    template_view& view_;
    variable_scope* outer_;
    std::string_view tag_;
    named_list<model::Parameter> inputs_;
    list<std::uint8_t> used_;
    bool all_used_ = false;
};

}  // namespace tiphys::detail
