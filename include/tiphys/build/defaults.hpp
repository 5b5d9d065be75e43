// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/fill_absent.hpp>
#include <tiphys/build/template.hpp>
#include <tiphys/core/word.hpp>

#include <memory>
#include <stdexcept>

namespace tiphys {

/// What documents have where they say nothing: image, namespace, labels, what templates of a kind share.
///
///     constexpr auto ours = [] {
///         return
///         Defaults().namespace_("team").templates(Container("busybox:1.37").image_pull_policy("Always"));
///     };
///     Workflow("a-") … .apply(ours());        the last word of a workflow, or of any other document
///
/// Whatever the document says itself stays. It holds for a Workflow as for the template or the workflow in a
/// CronWorkflow; templates that are added afterwards get nothing, and applying twice changes nothing more,
/// as long as the hooks do not.
class Defaults {
public:
    /// Changes a spec and the metadata of its document once all else is filled in.
    using Hook = void (*)(model::WorkflowSpec&, model::k8s::ObjectMeta&);
    using TemplateHook = void (*)(model::Template&);

    /// The image of containers, scripts, sidecars and init containers that have none.
    constexpr Defaults& image(const word& image) & { return set(image_, image); }
    constexpr Defaults&& image(const word& image) && { return std::move(set(image_, image)); }
    constexpr Defaults& image_pull_policy(const word& policy) & { return set(policy_, policy); }
    constexpr Defaults&& image_pull_policy(const word& policy) && { return std::move(set(policy_, policy)); }
    /// Not of a ClusterWorkflowTemplate, which has none.
    constexpr Defaults& namespace_(const word& name) & { return set(namespace__, name); }
    constexpr Defaults&& namespace_(const word& name) && { return std::move(set(namespace__, name)); }
    constexpr Defaults& service_account_name(const word& name) & { return set(account_, name); }
    constexpr Defaults&& service_account_name(const word& name) && { return std::move(set(account_, name)); }
    constexpr Defaults& label(const word& key, const word& text) & {
        labels_[key.view()] = text.view();
        return *this;
    }
    constexpr Defaults&& label(const word& key, const word& text) && { return std::move(label(key, text)); }
    constexpr Defaults& annotation(const word& key, const word& text) & {
        annotations_[key.view()] = text.view();
        return *this;
    }
    constexpr Defaults&& annotation(const word& key, const word& text) && {
        return std::move(annotation(key, text));
    }

    /// What templates of that kind have where they say nothing: all but inputs, outputs, tasks and steps.
    /// Lists of named things (env, volumes, headers), maps and the bodies of plugins are joined; other lists
    /// are whole. The one container of a set stands for all. A Claim goes to the document, once, where a
    /// template has taken its mount and nothing else has its name.
    /// Errors: `std::invalid_argument` for what defaults cannot give.
    template <class Made>
        requires requires(Made made) { std::move(made).release(); }
    constexpr Defaults& templates(Made made) & {
        detail::template_state state = std::move(made).release();
        list<model::k8s::PersistentVolumeClaim> claims;
        for (auto& one : state.claims) claims.push_back(std::move(one.claim));
        return add(std::move(state.model), std::move(claims));
    }
    template <class Made>
        requires requires(Made made) { std::move(made).release(); }
    constexpr Defaults&& templates(Made made) && {
        return std::move(templates(std::move(made)));
    }
    /// What all templates have, of whatever kind.
    constexpr Defaults& templates(model::Template made) & { return add(std::move(made), {}); }
    constexpr Defaults&& templates(model::Template made) && { return std::move(add(std::move(made), {})); }

    /// Called for each document, in the order in which they are given, after all else.
    constexpr Defaults& before_building(Hook hook) & {
        hooks_.push_back(hook);
        return *this;
    }
    constexpr Defaults&& before_building(Hook hook) && { return std::move(before_building(hook)); }
    /// Called for each template, before the hooks of the document.
    constexpr Defaults& before_building(TemplateHook hook) & {
        template_hooks_.push_back(hook);
        return *this;
    }
    constexpr Defaults&& before_building(TemplateHook hook) && { return std::move(before_building(hook)); }

    /// Adds what these say and this does not; their hooks come first.
    constexpr Defaults& under(const Defaults& outer) & {
        fill(image_, outer.image_);
        fill(policy_, outer.policy_);
        fill(namespace__, outer.namespace__);
        fill(account_, outer.account_);
        detail::fill_map(labels_, outer.labels_);
        detail::fill_map(annotations_, outer.annotations_);
        auto templates = outer.templates_;
        for (auto& one : templates_) templates.push_back(std::move(one));
        templates_ = std::move(templates);
        auto hooks = outer.hooks_;
        for (const Hook hook : hooks_) hooks.push_back(hook);
        hooks_ = std::move(hooks);
        auto template_hooks = outer.template_hooks_;
        for (const TemplateHook hook : template_hooks_) template_hooks.push_back(hook);
        template_hooks_ = std::move(template_hooks);
        return *this;
    }

    /// Fills a model::Workflow, WorkflowTemplate, ClusterWorkflowTemplate or CronWorkflow.
    template <class Document>
    constexpr void apply_to(Document& document) const {
        auto& metadata = metadata_of(document.metadata);
        if constexpr (!std::is_same_v<Document, model::ClusterWorkflowTemplate>)
            fill(metadata.namespace_, namespace__);
        detail::fill_map(metadata.labels, labels_);
        detail::fill_map(metadata.annotations, annotations_);
        if constexpr (requires { document.spec.workflowSpec; })
            apply_to_spec(document.spec.workflowSpec, metadata);
        else
            apply_to_spec(document.spec, metadata);
    }

private:
    constexpr Defaults& set(str& to, const word& text) {
        to = text.view();
        return *this;
    }
    static constexpr void fill(str& to, const str& from) {
        if (to.empty() && from.has_value()) to = from;
    }
    struct kind_defaults {
        model::Template model;
        list<model::k8s::PersistentVolumeClaim> claims;
    };

    static constexpr void refuse(bool given, std::string_view what) {
        if (given)
            throw std::invalid_argument(
                detail::joined("tiphys::Defaults: ", what, " cannot be a default of templates").string());
    }
    constexpr Defaults& add(model::Template&& made, list<model::k8s::PersistentVolumeClaim>&& claims) {
        refuse(made.name.has_value(), "a name");
        refuse(made.inputs.has_value(), "inputs");
        refuse(made.outputs.has_value(), "outputs");
        refuse(!made.steps.empty(), "steps");
        if (made.dag) {
            refuse(!made.dag->tasks.empty(), "tasks");
            refuse(made.dag->target.has_value(), "the target of a dag");
        }
        if (made.containerSet) {
            const auto& containers = made.containerSet->containers;
            refuse(containers.size() > 1, "a second container of a set (one stands for all)");
            refuse(!containers.empty() && containers[0].dependencies.has_value(),
                   "dependencies of a set's container");
        }
        templates_.push_back({std::move(made), std::move(claims)});
        return *this;
    }
    static constexpr bool of_no_kind(const model::Template& made) { return !detail::same_kind(made, made); }
    static constexpr model::k8s::ObjectMeta& metadata_of(model::k8s::ObjectMeta& metadata) {
        return metadata;
    }
    static constexpr model::k8s::ObjectMeta& metadata_of(box<model::k8s::ObjectMeta>& metadata) {
        return metadata.ensure();
    }

    constexpr void apply_to_spec(model::WorkflowSpec& spec, model::k8s::ObjectMeta& metadata) const {
        fill(spec.serviceAccountName, account_);
        for (model::Template& one : spec.templates) apply_to_template(one, spec);
        for (const Hook hook : hooks_) hook(spec, metadata);
    }
    constexpr void apply_to_template(model::Template& made, model::WorkflowSpec& spec) const {
        // Of several, the one given last says it: it is asked first.
        for (std::size_t i = templates_.size(); i-- > 0;) {
            const kind_defaults& given = templates_[i];
            if (!of_no_kind(given.model) && !detail::same_kind(made, given.model)) continue;
            detail::fill_template(made, given.model);
            detail::fill_claims(spec, made, given.claims);
        }
        detail::fill_images(made, image_, policy_);
        for (const TemplateHook hook : template_hooks_) hook(made);
        if (made.dag)
            for (auto& task : made.dag->tasks)
                if (task.inline_) apply_to_template(*task.inline_, spec);
        for (auto& group : made.steps)
            for (auto& step : group)
                if (step.inline_) apply_to_template(*step.inline_, spec);
    }

    str image_, policy_, namespace__, account_;
    map<str> labels_, annotations_;
    list<kind_defaults> templates_;
    list<Hook> hooks_;
    list<TemplateHook> template_hooks_;
};

/// While this lives, its defaults are the process's: `checked<recipe>()` applies them at run time, and so
/// does
/// `.apply()` without arguments. Of several the one made last is asked first. The compiler knows nothing of
/// them: a recipe must be right without.
///
/// Thread safety: all threads share them; scopes may be made and ended in any order and by any thread.
class DefaultsScope {
public:
    explicit DefaultsScope(Defaults defaults);
    ~DefaultsScope();
    DefaultsScope(const DefaultsScope&) = delete;
    DefaultsScope& operator=(const DefaultsScope&) = delete;

private:
    std::shared_ptr<const Defaults> defaults_;
};

/// All that the process's scopes say together; empty without any.
Defaults process_defaults();

}  // namespace tiphys
