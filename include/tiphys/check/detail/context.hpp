// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/names.hpp>
#include <tiphys/check/documents.hpp>
#include <tiphys/check/options.hpp>

/// What the rules are given: the document seen with its names resolved.
/// One walk (`validate.hpp`) makes these views and calls the rules of each node; no rule walks the document
/// itself.
namespace tiphys::detail {

/// Collects the mistakes.
class report {
public:
    constexpr explicit report(const CheckOptions& options) : options_(options) {}

    constexpr void operator()(const Rule& rule, const Path& path, str message, std::int32_t reference = -1) {
        if (options_.disables(rule)) return;
        found_.push_back(Diagnostic{&rule, path, path.to_text(), reference, std::move(message)});
    }
    constexpr list<Diagnostic>& found() noexcept { return found_; }

private:
    const CheckOptions& options_;
    list<Diagnostic> found_;
};

enum class document_kind : std::uint8_t {
    workflow,
    workflow_template,
    cluster_workflow_template,
    cron_workflow,
    workflow_event_binding
};

/// Finds the entries of a list by their names: a short list is looked through, a long one gets an index, so
/// that no number of names is too many.
template <class T>
class named_list {
public:
    /// So many are looked through.
    static constexpr std::size_t few = 32;

    constexpr explicit named_list(const list<T>* items = nullptr) noexcept : items_(items) {}

    /// The index of the first entry of that name, or -1.
    constexpr std::int32_t find(std::string_view name) {
        if (items_ == nullptr) return -1;
        const std::size_t size = items_->size();
        const T* const items = items_->begin();
        if (size <= few) {
            for (std::size_t i = 0; i < size; ++i)
                if (same(items[i].name.view(), name)) return static_cast<std::int32_t>(i);
            return -1;
        }
        if (index_.empty()) {
            index_.push_back(name_index(size));
            for (std::size_t i = 0; i < size; ++i) index_[0].add(items[i].name.view(), i);
        }
        return index_[0].find(name);
    }

private:
    const list<T>* items_;
    list<name_index> index_;
};

/// The globalNames of the outputs of a document's templates.
struct global_names {
    bool found = false;  ///< whether they have been looked for
    bool any = false;    ///< a template that is not at hand, or a variable, may give any name
    std::size_t count = 0;
    list<name_index> names;
};

/// What the walk learns of a document's templates: which of their outputs something uses.
class output_uses {
public:
    constexpr explicit output_uses(const list<model::Template>& templates) : templates_(templates) {}

    /// Parameter `index` of the outputs of a template; -1: all of them.
    constexpr void note(std::int32_t template_, std::int32_t index) {
        if (template_ < 0) return;
        const auto& self = templates_[static_cast<std::size_t>(template_)];
        if (!self.outputs) return;
        const std::size_t from = first(static_cast<std::size_t>(template_));
        if (index >= 0) {
            used_[from + static_cast<std::size_t>(index)] = 1;
            return;
        }
        if (all_[static_cast<std::size_t>(template_)] != 0) return;
        all_[static_cast<std::size_t>(template_)] = 1;
        for (std::size_t i = 0; i < self.outputs->parameters.size(); ++i) used_[from + i] = 1;
    }
    /// For each template, whether the entrypoint leads to it; filled when it is first asked for.
    list<std::uint8_t> started;
    /// Of parameters and of artifacts; filled when they are first asked for.
    global_names globals[2];
    /// The workflow's own parameters, and those of its base.
    named_list<model::Parameter> parameters[2];

    /// An output parameter of a template of the document by its name, or -1.
    constexpr std::int32_t find(std::int32_t template_, std::string_view name) {
        if (named_.empty())
            for (const auto& one : templates_)
                named_.push_back(
                    named_list<model::Parameter>(one.outputs ? &one.outputs->parameters : nullptr));
        return named_[static_cast<std::size_t>(template_)].find(name);
    }

    constexpr bool has(std::size_t template_, std::size_t index) {
        return used_[first(template_) + index] != 0;
    }

private:
    constexpr std::size_t first(std::size_t template_) {
        if (first_.empty()) {
            for (const auto& one : templates_) {
                first_.push_back(static_cast<std::uint32_t>(used_.size()));
                all_.push_back(0);
                if (one.outputs)
                    for (std::size_t i = 0; i < one.outputs->parameters.size(); ++i) used_.push_back(0);
            }
        }
        return first_[template_];
    }

    const list<model::Template>& templates_;
    list<named_list<model::Parameter>> named_;
    list<std::uint32_t> first_;
    list<std::uint8_t> used_;
    list<std::uint8_t> all_;  ///< of each template, whether all of its outputs are used
};

/// A workflow's spec and the index of its templates. It is a workflow's own, that of a template of workflows,
/// or the workflowSpec of a cron workflow.
struct workflow_view {
    const model::WorkflowSpec& spec;
    const model::k8s::ObjectMeta& metadata;
    Path path;  ///< of the spec
    name_index templates;
    document_kind kind;
    const DocumentSet& documents;
    const CheckOptions& options;
    std::string_view namespace_;
    output_uses& uses;
    const model::WorkflowSpec* base = nullptr;  ///< what workflowTemplateRef means, if it is at hand
    const model::k8s::ObjectMeta* base_metadata = nullptr;

    /// Whether it is run only as part of another workflow, which may give it arguments, labels and the rest.
    constexpr bool is_template() const noexcept {
        return kind == document_kind::workflow_template || kind == document_kind::cluster_workflow_template;
    }
    /// The template that starts: its own, else that of its base.
    constexpr std::string_view entrypoint() const noexcept {
        return spec.entrypoint.empty() && base != nullptr ? base->entrypoint.view() : spec.entrypoint.view();
    }
    constexpr std::string_view exit_handler() const noexcept {
        return spec.onExit.empty() && base != nullptr ? base->onExit.view() : spec.onExit.view();
    }
    /// Whether it is completed by a document that is not at hand.
    constexpr bool is_open() const noexcept { return spec.workflowTemplateRef && base == nullptr; }

    constexpr const model::Template* find(std::string_view name) const noexcept {
        const auto i = templates.find(name);
        if (i >= 0) return &spec.templates[static_cast<std::size_t>(i)];
        return base == nullptr ? nullptr : documents.find_template(*base, name);
    }
    /// The template that a reference means, or null if it is not at hand or not there.
    constexpr const model::Template* find(const model::TemplateRef& reference) const noexcept {
        const auto* found = find_spec(reference.name.view(), reference.clusterScope.value_or(false));
        return found == nullptr ? nullptr : documents.find_template(*found, reference.template_.view());
    }
    template <class Document>
    constexpr void complete_by(const Document& document) noexcept {
        base = &document.spec;
        base_metadata = &document.metadata;
    }
    /// The spec that a reference means, or null if the document is not at hand.
    constexpr const model::WorkflowSpec* find_spec(std::string_view name, bool cluster) const noexcept {
        if (cluster) {
            const auto* found = documents.find_cluster(name);
            return found == nullptr ? nullptr : &found->spec;
        }
        const auto* found = documents.find(name, namespace_);
        return found == nullptr ? nullptr : &found->spec;
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
    const model::Template* callee;  ///< null: neither of this document nor at hand, or unknown
    std::int32_t group;             ///< of a step; -1 for a task
    std::int32_t index;             ///< within the group or the dag
    std::int32_t own;               ///< index of `callee` in the document's templates, or -1

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
    /// The tasks, each after those that it depends on; empty where the dag lists them so.
    list<std::uint32_t> order;
    bool cyclic = false;

    constexpr bool is_dag() const noexcept { return self.dag.has_value(); }
    /// Argo's IsLeaf and IsPodType.
    constexpr bool is_leaf() const noexcept { return is_pod() || self.http || self.plugin.has_value(); }
    constexpr bool is_pod() const noexcept {
        return self.container || self.script || self.containerSet || self.resource || self.data;
    }
    constexpr bool is_steps() const noexcept { return self.steps.has_value(); }
    constexpr std::string_view kind() const noexcept { return is_dag() ? "dag" : "template"; }
    constexpr std::string_view call_kind() const noexcept { return is_dag() ? "task" : "step"; }

    constexpr Path path_of(const call_view& call) const {
        if (is_dag()) return (path / "dag" / "tasks")[static_cast<std::size_t>(call.index)];
        return (path / "steps")[static_cast<std::size_t>(call.group)][static_cast<std::size_t>(call.index)];
    }
};

/// "dag `main`", "template `work`", "the inline template".
constexpr str template_words(const model::Template& self) {
    str made("");
    if (self.name.empty())
        made = "the inline template";
    else
        made.append(self.dag ? "dag `" : "template `").append(self.name.view()).append("`");
    return made;
}

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
