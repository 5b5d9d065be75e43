// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/library.hpp>
#include <tiphys/build/detail/site.hpp>
#include <tiphys/check/detail/names.hpp>
#include <tiphys/model/model.hpp>

/// Whether the tasks and steps of a document keep the contracts that its templates were declared with.
namespace tiphys {

namespace rule {
/// No row of the table: it is about C++ types, which no document has.
inline constexpr Rule contract_types{
    "contract.types", "A task gives and takes the members of its templates' contracts.",
    "Name a member of the struct that the template was declared with; what a "
    "loop gives is taken as a list, by all(output<>()).",
    error, by_tiphys};
}  // namespace rule

namespace detail {

constexpr bool is_mark(const site& one) { return one.field.size > 1 && one.field.data[0] == '<'; }
constexpr char kind_of_mark(literal mark) { return mark.data[1]; }
constexpr std::string_view type_of_mark(literal mark) { return {mark.data + 2, mark.size - 2}; }
/// Whether it says with which struct a template of the document was declared.
constexpr bool is_contract(const site& one) {
    return is_mark(one) && (kind_of_mark(one.field) == 'I' || kind_of_mark(one.field) == 'O') &&
           one.of.template_ >= 0 && one.of.item < 0;
}

/// The parts of a task or step that a contract speaks of.
struct contract_call {
    std::string_view name, template_name, library, with_param;
    const box<model::Arguments>* arguments = nullptr;
    owner of;
    bool loops = false, cluster = false, inlined = false;

    constexpr contract_call() = default;
    template <class Call>
    constexpr contract_call(const Call& call, const owner& where)
        : name(call.name.view()),
          template_name(call.template_.view()),
          with_param(call.withParam.view()),
          arguments(&call.arguments),
          of(where),
          loops(call.withItems.has_value() || call.withParam.has_value() || call.withSequence.has_value()),
          inlined(call.inline_.has_value()) {
        if (!call.templateRef) return;
        template_name = call.templateRef->template_.view();
        library = call.templateRef->name.view();
        cluster = call.templateRef->clusterScope == opt<bool>(true);
    }

    /// For messages: "template `t` of `tools`".
    constexpr str what_it_runs() const {
        if (inlined) return str("inline template");
        if (library.empty()) return joined("template `", template_name, "`");
        return joined("template `", template_name, "` of `", library, "`");
    }
};

class contract_check {
public:
    constexpr contract_check(const list<model::Template>& templates, const list<site>& sites,
                             const list<library>& libraries)
        : templates_(templates), sites_(sites), libraries_(libraries) {}

    /// Calls `report(site, message)` for each mistake.
    template <class Report>
    constexpr void run(Report report) const {
        for (const site& one : sites_) {
            // A hook of the defaults may have taken templates away.
            if (!is_mark(one) || one.of.template_ < 0 ||
                static_cast<std::size_t>(one.of.template_) >= templates_.size())
                continue;
            const str wrong = judge(one);
            if (wrong.has_value()) report(one, wrong);
        }
    }

private:
    static constexpr char kind(const site& one) { return kind_of_mark(one.field); }
    static constexpr std::string_view type(const site& one) { return type_of_mark(one.field); }
    static constexpr bool is_result(std::string_view type) { return !type.empty() && type[0] == '&'; }
    /// `Count` of `ns::Count`, `f` of the function `&ns::f@int (*)()`.
    static constexpr std::string_view short_name(std::string_view name) {
        if (is_result(name)) name = name.substr(0, name.find('@'));
        const auto at = name.rfind(':');
        if (at != std::string_view::npos) return name.substr(at + 1);
        return is_result(name) ? name.substr(1) : name;
    }

    /// Of overloads, their type as well.
    static constexpr std::string_view function_name(std::string_view name, std::string_view other) {
        return same(short_name(name), short_name(other)) ? name.substr(1) : short_name(name);
    }

    constexpr const model::Template& holder(const site& one) const {
        return templates_[static_cast<std::size_t>(one.of.template_)];
    }
    constexpr std::string_view contract_at(const owner& of, char wanted, bool result) const {
        for (const site& one : sites_)
            if (is_mark(one) && kind(one) == wanted && is_result(type(one)) == result && one.of == of)
                return type(one);
        return {};
    }
    /// The struct that the template of a call takes ('I') or gives ('O'), or the function whose result it
    /// gives.
    constexpr std::string_view contract_of(const contract_call& call, char wanted,
                                           bool result = false) const {
        if (call.inlined) return contract_at(call.of, wanted, result);
        if (!call.library.empty()) {
            for (const library& one : libraries_) {
                if (one.contracts == nullptr || one.is_cluster() != call.cluster ||
                    !same(one.name, call.library))
                    continue;
                for (const auto& contract : one.contracts())
                    if (kind_of_mark(contract.mark) == wanted &&
                        is_result(type_of_mark(contract.mark)) == result &&
                        same(contract.template_name.view(), call.template_name))
                        return type_of_mark(contract.mark);
            }
            return {};
        }
        for (std::size_t i = 0; i < templates_.size(); ++i)
            if (same(templates_[i].name.view(), call.template_name))
                return contract_at({static_cast<std::int32_t>(i), -1, -1}, wanted, result);
        return {};
    }
    constexpr bool has(std::string_view template_name) const {
        for (const model::Template& one : templates_)
            if (same(one.name.view(), template_name)) return true;
        return false;
    }
    constexpr contract_call call_of(const site& one) const {
        const model::Template& in = holder(one);
        const auto item = static_cast<std::size_t>(one.of.item);
        if (one.of.item < 0) return {};
        if (in.dag.has_value() && item < in.dag->tasks.size())
            return contract_call(in.dag->tasks[item], one.of);
        const auto group = static_cast<std::size_t>(one.of.group);
        if (one.of.group >= 0 && group < in.steps.size() && item < in.steps[group].size())
            return contract_call(in.steps[group][item], one.of);
        return {};
    }
    constexpr contract_call call_named(std::int32_t holder, std::string_view name) const {
        const model::Template& in = templates_[static_cast<std::size_t>(holder)];
        owner of{holder, -1, 0};
        if (in.dag.has_value())
            for (const auto& task : in.dag->tasks) {
                if (same(task.name.view(), name)) return contract_call(task, of);
                ++of.item;
            }
        for (const auto& group : in.steps) {
            ++of.group;
            of.item = 0;
            for (const auto& step : group) {
                if (same(step.name.view(), name)) return contract_call(step, of);
                ++of.item;
            }
        }
        return {};
    }

    /// `A` of `{{tasks.A.outputs.parameters.x}}`.
    static constexpr std::string_view producer(std::string_view text) {
        const auto from = text.find('.');
        const auto to = text.find(".outputs.");
        if (from == std::string_view::npos || to == std::string_view::npos || to < from) return {};
        return text.substr(from + 1, to - from - 1);
    }
    constexpr std::string_view text_of(const site& one, const contract_call& call) const {
        const auto index = static_cast<std::size_t>(one.index);
        if (kind(one) == 'e') return call.with_param;
        if (one.of.item < 0) {
            const auto& outputs = holder(one).outputs;
            if (!outputs || index >= outputs->parameters.size()) return {};
            const auto& from = outputs->parameters[index].valueFrom;
            return from ? from->parameter.view() : std::string_view();
        }
        if (call.arguments == nullptr || !*call.arguments) return {};
        if (one.index < -1) {
            const auto& artifacts = (*call.arguments)->artifacts;
            const auto at = static_cast<std::size_t>(-2 - one.index);
            return at < artifacts.size() ? artifacts[at].from.view() : std::string_view();
        }
        const auto& parameters = (*call.arguments)->parameters;
        return index < parameters.size() ? parameters[index].value.view() : std::string_view();
    }

    constexpr str judge(const site& one) const {
        if (kind(one) == 'I' || kind(one) == 'O') return {};
        const contract_call call = call_of(one);
        if (kind(one) == 'i') {
            const std::string_view taken = contract_of(call, 'I');
            if (taken.empty() || same(taken, type(one))) return {};
            return joined("`", call.name, "` is given a member of ", short_name(type(one)), ", but ",
                          call.inlined ? "its " : "", call.what_it_runs().view(), " takes ",
                          short_name(taken));
        }
        const contract_call from = call_named(one.of.template_, producer(text_of(one, call)));
        if (from.name.empty()) return {};
        const bool result = is_result(type(one));
        const std::string_view given = contract_of(from, 'O', result);
        if (result && given.empty() && from.library.empty() && has(from.template_name))
            return joined("the result of function `", short_name(type(one)), "` is asked of `", from.name,
                          "`, whose ", from.what_it_runs().view(), " does not run it");
        if (result && !given.empty() && !same(given, type(one)))
            return joined("the result of function `", function_name(type(one), given), "` is asked of `",
                          from.name, "`, whose ", from.what_it_runs().view(), " runs `",
                          function_name(given, type(one)), "`");
        if (!given.empty() && !same(given, type(one)))
            return joined("a member of ", short_name(type(one)), " is asked of `", from.name, "`, whose ",
                          from.what_it_runs().view(), " gives ", short_name(given));
        if (kind(one) == 'a' && !from.loops)
            return joined("all(...) is of what a loop gives, but `", from.name, "` runs once");
        if (kind(one) != 'a' && from.loops)
            return joined("`", from.name, "` runs for each of a loop and gives a list: take all(...) of it");
        return {};
    }

    const list<model::Template>& templates_;
    const list<site>& sites_;
    const list<library>& libraries_;
};

/// The templates of any document that holds a workflow's spec.
template <class Model>
constexpr const list<model::Template>& templates_of(const Model& model) {
    if constexpr (requires { model.spec.workflowSpec; })
        return model.spec.workflowSpec.templates;
    else
        return model.spec.templates;
}

template <class Model>
concept has_templates = requires(const Model& model) { model.spec.templates; } ||
                        requires(const Model& model) { model.spec.workflowSpec; };

template <class Entity>
constexpr list<Diagnostic> contract_mistakes(const Entity& built, const list<library>& libraries) {
    list<Diagnostic> found;
    contract_check(templates_of(built.model()), built.sites(), libraries)
        .run([&](const site& one, const str& message) {
            Diagnostic& made = found.emplace_back();
            made.rule = &rule::contract_types;
            made.location = joined("spec.templates[", text(one.of.template_).view(), "]");
            made.message = message;
        });
    return found;
}

}  // namespace detail

/// What of a built document breaks the contracts that its templates, and those of the recipes that it refers
/// to, were declared with (`contract<In, Out>()`); `checked` says the same.
template <class Entity>
constexpr list<Diagnostic> check_contracts(const Entity& built) {
    return detail::contract_mistakes(built, built.libraries());
}

}  // namespace tiphys
