// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/names.hpp>
#include <tiphys/check/rules.hpp>
#include <tiphys/model/model.hpp>

/// What the rules are given: the document seen with its names resolved.
/// One walk (`validate.hpp`) makes these views and calls the rules of each node; no rule walks the document
/// itself.
namespace tiphys::detail {

/// Collects the mistakes.
class report {
public:
    constexpr void operator()(const Rule& rule, const Path& path, str message, std::int32_t reference = -1) {
        found_.push_back(Diagnostic{&rule, path, path.to_text(), reference, std::move(message)});
    }
    constexpr list<Diagnostic>& found() noexcept { return found_; }

private:
    list<Diagnostic> found_;
};

/// A workflow's spec and the index of its templates.
struct workflow_view {
    const model::WorkflowSpec& spec;
    const model::k8s::ObjectMeta& metadata;
    Path path;  ///< of the spec
    name_index templates;

    constexpr const model::Template* find(std::string_view name) const noexcept {
        const auto i = templates.find(name);
        return i < 0 ? nullptr : &spec.templates[static_cast<std::size_t>(i)];
    }
};

/// A step or a task: what the rules on calls need of either.
struct call_view {
    std::string_view name;
    const str* template_name;
    const model::Arguments* arguments;
    const list<json>* items;
    bool with_param;
    bool with_sequence;
    bool references;                ///< has a templateRef or an inline template
    const model::Template* callee;  ///< null: not of this document, or unknown
    std::int32_t group;             ///< of a step; -1 for a task
    std::int32_t index;             ///< within the group or the dag

    constexpr bool loops() const noexcept { return items->has_value() || with_param || with_sequence; }
};

/// A template, the calls it makes, and which of them surely came before which.
struct template_view {
    const workflow_view& workflow;
    const model::Template& self;
    Path path;
    bool item_in_scope = false;  ///< an inline template of a loop
    list<call_view> calls;
    name_index names{0};
    /// Direct predecessors of task i: predecessors[first[i] .. first[i + 1]).
    list<std::uint32_t> first;
    list<std::uint32_t> predecessors;

    constexpr bool is_dag() const noexcept { return self.dag.has_value(); }
    constexpr bool is_steps() const noexcept { return self.steps.has_value(); }
    constexpr std::string_view kind() const noexcept { return is_dag() ? "dag" : "template"; }
    constexpr std::string_view call_kind() const noexcept { return is_dag() ? "task" : "step"; }

    constexpr Path path_of(const call_view& call) const {
        if (is_dag()) return (path / "dag" / "tasks")[static_cast<std::size_t>(call.index)];
        return (path / "steps")[static_cast<std::size_t>(call.group)][static_cast<std::size_t>(call.index)];
    }
};

constexpr bool has_text(const str& text) noexcept { return !text.empty(); }

constexpr const list<model::Parameter>* parameters_of(const model::Arguments* arguments) noexcept {
    return arguments == nullptr ? nullptr : &arguments->parameters;
}

constexpr const model::Parameter* find_parameter(const list<model::Parameter>& parameters,
                                                 std::string_view name) noexcept {
    for (const auto& parameter : parameters)
        if (same(parameter.name.view(), name)) return &parameter;
    return nullptr;
}
constexpr const model::Artifact* find_artifact(const list<model::Artifact>& artifacts,
                                               std::string_view name) noexcept {
    for (const auto& artifact : artifacts)
        if (same(artifact.name.view(), name)) return &artifact;
    return nullptr;
}

}  // namespace tiphys::detail
