// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/library.hpp>
#include <tiphys/build/detail/site.hpp>
#include <tiphys/check/detail/names.hpp>

/// `.with(outputs("split"))`: what a task or step gives becomes arguments of another. The templates of both
/// may be declared later than the call, so the call notes what it wants, and the document gives it when its
/// model is looked at: as often as that is, and only what is still missing.
namespace tiphys {

namespace rule {
/// No row of the table: it is about a word of the builder, which no document has.
inline constexpr Rule outputs_wanted{
    "outputs.wanted", "outputs(…) names a task or step whose template is known and gives what is taken.",
    "Name each output: .with(\"x\", output(\"a\", \"x\")).", error, by_tiphys};
}  // namespace rule

namespace detail {

/// A step or task within its template; without an item: the template itself.
struct call_place {
    std::int32_t group = -1;
    std::int32_t item = -1;
};
inline constexpr call_place nowhere_within{};

/// The places of a template's calls, once it stands inline in the call at that place.
constexpr list<call_place> moved_within(list<call_place>&& calls, const call_place& at) {
    if (at.item < 0) return std::move(calls);
    list<call_place> all;
    all.push_back(at);
    for (const call_place& one : calls) all.push_back(one);
    return all;
}

struct wanted_outputs {
    std::int32_t template_ = -1;  ///< index into spec.templates
    list<call_place> calls;       ///< the last wants them; those before it run the inline templates around it
    str of;
    std::source_location where;
    str wrong;          ///< what is wrong with it, once that has been looked at
    bool done = false;  ///< nothing can be added any more
    list<str> given;    ///< the names of the arguments that were added

    /// The same of a template that has become that of a document, or inline in a call.
    constexpr wanted_outputs moved_to(std::int32_t index, const call_place& at) {
        wanted_outputs made = std::move(*this);
        made.template_ = index;
        made.calls = moved_within(std::move(made.calls), at);
        return made;
    }
};

template <class Use>
constexpr void use_call(model::Template& in, const call_place& at, Use use) {
    const auto item = static_cast<std::size_t>(at.item), group = static_cast<std::size_t>(at.group);
    if (at.group < 0) {
        if (in.dag.has_value() && item < in.dag->tasks.size()) use(in.dag->tasks[item]);
    } else if (group < in.steps.size() && item < in.steps[group].size()) {
        use(in.steps[group][item]);
    }
}
/// The template, inline or `of` itself, that the last of the calls stands in.
constexpr model::Template* holder_within(model::Template& of, const list<call_place>& calls) {
    model::Template* in = &of;
    for (std::size_t i = 0; i + 1 < calls.size() && in != nullptr; ++i) {
        model::Template* inner = nullptr;
        use_call(*in, calls[i],
                 [&](auto& call) { inner = call.inline_.has_value() ? &*call.inline_ : nullptr; });
        in = inner;
    }
    return in;
}

class outputs_settlement {
public:
    constexpr outputs_settlement(model::WorkflowSpec& spec, const list<library>& libraries,
                                 wanted_outputs& wanted)
        : templates_(spec.templates),
          stored_(spec.workflowTemplateRef),
          libraries_(libraries),
          wanted_(wanted) {}

    /// Takes away those that were added before and are given otherwise by now. `forget(owner, artifact,
    /// index)` is told of each.
    template <class Forget>
    constexpr void give_way(Forget forget) const {
        if (wanted_.given.empty()) return;
        model::Template* in = holder();
        if (in == nullptr) return;
        use_call(*in, wanted_.calls.back(), [&](auto& taker) {
            if (!taker.arguments.has_value()) return;
            for (const str& name : wanted_.given) {
                drop_doubled(taker.arguments->parameters, name.view(), forget);
                drop_doubled(taker.arguments->artifacts, name.view(), forget);
            }
        });
    }

    /// Adds the arguments that are not there. `note(owner, field, index)` is told of each.
    template <class Note>
    constexpr void settle(Note note) const {
        if (wanted_.done) return;
        model::Template* in = holder();
        if (in == nullptr) return;
        const call_place at = wanted_.calls.back();
        str wrong;
        use_call(*in, at, [&](auto& taker) {
            bool known = false;
            use_named(*in, wanted_.of.view(), [&](const auto& giver) {
                known = true;
                wrong = give(*in, giver, taker, note);
            });
            // The dependency that it implies tells of an unknown task.
            if (!known && !in->dag.has_value()) wrong = unknown(*in, taker.name.view());
        });
        if (!(wanted_.wrong == wrong)) wanted_.wrong = std::move(wrong);
    }

private:
    enum class seen : std::uint8_t { own, library, absent, foreign };

    /// The template that the call stands in.
    constexpr model::Template* holder() const {
        if (wanted_.template_ < 0 || static_cast<std::size_t>(wanted_.template_) >= templates_.size())
            return nullptr;
        return holder_within(templates_[static_cast<std::size_t>(wanted_.template_)], wanted_.calls);
    }
    template <class Use>
    static constexpr void use_named(const model::Template& in, std::string_view name, Use use) {
        if (in.dag.has_value())
            for (const auto& task : in.dag->tasks)
                if (same(task.name.view(), name)) return use(task);
        for (const auto& group : in.steps)
            for (const auto& step : group)
                if (same(step.name.view(), name)) return use(step);
    }

    static constexpr const model::Template* find(const list<model::Template>& templates,
                                                 std::string_view name) {
        for (const model::Template& one : templates)
            if (same(one.name.view(), name)) return &one;
        return nullptr;
    }
    /// Calls `use(const model::Template&)` with what the call runs, if that is known.
    template <class Call, class Use>
    constexpr seen use_template(const Call& call, Use use) const {
        if (call.inline_.has_value()) {
            use(*call.inline_);
            return seen::own;
        }
        if (!call.templateRef.has_value()) {
            const model::Template* found = find(templates_, call.template_.view());
            if (found == nullptr)
                return stored_.has_value() ? use_other(*stored_, call.template_.view(), use) : seen::absent;
            use(*found);
            return seen::own;
        }
        return use_other(*call.templateRef, call.templateRef->template_.view(), use);
    }
    template <class Reference, class Use>
    constexpr seen use_other(const Reference& to, std::string_view name, Use use) const {
        for (const library& one : libraries_) {
            if (!same(one.name, to.name.view()) || one.is_cluster() != to.clusterScope.value_or(false))
                continue;
            return one.is_cluster() ? use_library(one.make_cluster(), name, use)
                                    : use_library(one.make(), name, use);
        }
        return seen::foreign;
    }
    template <class Document, class Use>
    static constexpr seen use_library(const Document& document, std::string_view name, Use use) {
        const model::Template* found = find(document.spec.templates, name);
        if (found == nullptr) return seen::absent;
        use(*found);
        return seen::library;
    }

    static constexpr bool has(const auto& named, std::string_view name) {
        for (const auto& one : named)
            if (same(one.name.view(), name)) return true;
        return false;
    }

    template <class Giver, class Taker, class Note>
    constexpr str give(const model::Template& in, const Giver& giver, Taker& taker, Note note) const {
        std::size_t given = 0;
        list<model::Parameter> inputs;
        list<model::Artifact> artifacts;
        const seen taking = use_template(taker, [&](const model::Template& taken) {
            if (!taken.inputs.has_value()) return;
            inputs = taken.inputs->parameters;
            artifacts = taken.inputs->artifacts;
        });
        // It may be declared later; if it is not, the rules tell.
        if (taking == seen::absent) return {};
        // Of a template of another document that is not known the cluster will say what it takes.
        const bool all = taking == seen::foreign;
        const seen giving = use_template(giver, [&](const model::Template& made) {
            if (!made.outputs.has_value()) return;
            for (const auto& one : made.outputs->parameters)
                if (all || has(inputs, one.name.view()))
                    ++given, add(taker.arguments.ensure().parameters, one.name.view(), in, note);
            for (const auto& one : made.outputs->artifacts)
                if (all || has(artifacts, one.name.view()))
                    ++given, add(taker.arguments.ensure().artifacts, one.name.view(), in, note);
        });
        const std::string_view name = wanted_.of.view();
        if (giving == seen::foreign)
            return joined("`", taker.name.view(), "` takes outputs of `", name,
                          "`, whose template is of another document, which is not known here");
        if (giving == seen::absent) return {};
        if (given == 0)
            return joined("`", taker.name.view(), "` takes outputs of `", name,
                          "`, but its template has no input of the name of one of them");
        if (giving == seen::library && taking == seen::library) wanted_.done = true;
        return {};
    }

    template <class Argument, class Note>
    constexpr void add(list<Argument>& to, std::string_view name, const model::Template& in,
                       Note note) const {
        if (has(to, name)) return;
        wanted_.given.push_back(str(name));
        constexpr bool artifact = std::is_same_v<Argument, model::Artifact>;
        Argument& made = to.emplace_back();
        made.name = name;
        str text = joined(in.dag.has_value() ? "{{tasks." : "{{steps.", wanted_.of.view(),
                          artifact ? ".outputs.artifacts." : ".outputs.parameters.", name, "}}");
        if constexpr (artifact)
            made.from = std::move(text);
        else
            made.value = std::move(text);
        const call_place& outer = wanted_.calls.front();
        const owner of{wanted_.template_, outer.group, outer.item};
        if (wanted_.calls.size() == 1)
            note(of, artifact ? literal("artifacts") : literal("arguments"),
                 static_cast<std::int32_t>(to.size() - 1));
        else
            note(of, literal("inline"), -1);
    }

    template <class Argument, class Forget>
    constexpr void drop_doubled(list<Argument>& of, std::string_view name, Forget forget) const {
        std::size_t first = of.size(), count = 0;
        for (std::size_t i = of.size(); i-- > 0;)
            if (same(of[i].name.view(), name)) first = i, ++count;
        if (count < 2) return;
        list<Argument> kept;
        for (std::size_t i = 0; i < of.size(); ++i)
            if (i != first) kept.push_back(std::move(of[i]));
        of = std::move(kept);
        const call_place& outer = wanted_.calls.front();
        if (wanted_.calls.size() == 1)
            forget(owner{wanted_.template_, outer.group, outer.item},
                   std::is_same_v<Argument, model::Artifact>, static_cast<std::int32_t>(first));
    }

    constexpr str unknown(const model::Template& in, std::string_view taker) const {
        nearest near(wanted_.of.view());
        for (const auto& group : in.steps)
            for (const auto& step : group) near.offer(step.name.view());
        return joined("`", taker, "` takes outputs of `", wanted_.of.view(),
                      "`, which is none of the steps beside it", near.question().view());
    }

    list<model::Template>& templates_;
    const box<model::WorkflowTemplateRef>& stored_;
    const list<library>& libraries_;
    wanted_outputs& wanted_;
};

}  // namespace detail
}  // namespace tiphys
