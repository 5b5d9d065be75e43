// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/contract_check.hpp>
#include <tiphys/build/detail/function_words.hpp>
#include <tiphys/build/detail/process_defaults.hpp>
#include <tiphys/build/generated/spec_words.hpp>
#include <tiphys/build/hook.hpp>
#include <tiphys/build/template.hpp>

namespace tiphys {

template <class W>
class DagScope;
template <class W>
class TaskScope;
template <class W>
class StepsScope;
template <class W>
class StepScope;
template <class W>
class ParallelScope;

namespace detail {

/// A dependency that a reference implied, as long as the user says nothing of that task; or what `after` and
/// `>>` said.
struct implied_dependency {
    owner of;
    str task;  ///< or a condition as it stands between `&&`
    std::source_location where;
    bool refers = true;                    ///< a `{{…}}` names the task as well, and tells if there is none
    bool stands = true;                    ///< in the text; not while a `depends` names the task
    list<std::source_location> more = {};  ///< of a condition: the lines of its other names
};

template <class Model>
struct entity_state {
    Model model;
    list<site> sites;
    list<implied_dependency> implied;
    list<implied_dependency> afters;  ///< what `after` and `>>` said, for a `depends` that comes later
    list<library> libraries;
    list<wanted_outputs> wanted;
    list<std::size_t> brought_claims;  ///< of templates, which the document has not named itself
    function_state functions;
};

/// Any document being built: its model, the lines of its literals, its metadata. Move-only.
template <class Derived, class Model>
class document : public metadata_words<Derived> {
public:
    using model_type = Model;

    constexpr document(document&&) noexcept = default;
    constexpr document& operator=(document&&) noexcept = default;
    document(const document&) = delete;
    document& operator=(const document&) = delete;

    constexpr const Model& model() const& noexcept { return state_->model; }
    constexpr Model model() && noexcept { return std::move(state_->model); }

    constexpr Derived& label(const word& key, const word& text) & {
        metadata().labels[key.view()] = text.view();
        note({}, "labels", -1, text.where());
        return self();
    }
    constexpr Derived&& label(const word& key, const word& text) && { return std::move(label(key, text)); }

    constexpr Derived& annotation(const word& key, const word& text) & {
        metadata().annotations[key.view()] = text.view();
        note({}, "annotations", -1, text.where());
        return self();
    }
    constexpr Derived&& annotation(const word& key, const word& text) && {
        return std::move(annotation(key, text));
    }

    /// Fills in what it does not say itself (`build/defaults.hpp`): the last word of a document.
    template <class Defaults>
    constexpr Derived& apply(const Defaults& defaults) & {
        (void)std::as_const(self()).model();
        defaults.apply_to(state_->model);
        return self();
    }
    template <class Defaults>
    constexpr Derived&& apply(const Defaults& defaults) && {
        return std::move(apply(defaults));
    }
    /// Fills in what the process's defaults say (`DefaultsScope`); nothing while compiling.
    constexpr Derived& apply() & {
        if constexpr (requires { apply_process_defaults(state_->model); })
            if (!std::is_constant_evaluated()) apply_process_defaults(state_->model);
        return self();
    }
    constexpr Derived&& apply() && { return std::move(apply()); }

    /// The lines of the recipe; for the compile-time check.
    constexpr const list<site>& sites() const noexcept { return state_->sites; }
    /// The recipes of the documents that this one refers to; for the check.
    constexpr const list<library>& libraries() const noexcept { return state_->libraries; }
    /// The functions that its templates run; for the program that calls them.
    constexpr const list<function_entry>& functions() const noexcept { return state_->functions.entries; }
    /// What references alone made tasks wait for; for the check.
    constexpr const list<implied_dependency>& implied_dependencies() const noexcept {
        return state_->implied;
    }

protected:
    constexpr document(const word& name, literal version, literal kind) {
        auto& model = state_.ensure().model;
        model.apiVersion = std::string_view(version);
        model.kind = std::string_view(kind);
        (name.view().ends_with('-') ? metadata().generateName : metadata().name) = name.view();
        note({}, "name", -1, name.where());
    }
    /// Goes on from a model; what it holds has no lines.
    constexpr document(Model&& from, literal version, literal kind) {
        auto& model = state_.ensure().model = std::move(from);
        if (!model.apiVersion.has_value()) model.apiVersion = std::string_view(version);
        if (!model.kind.has_value()) model.kind = std::string_view(kind);
    }
    constexpr ~document() = default;

    constexpr Derived& self() noexcept { return static_cast<Derived&>(*this); }
    constexpr entity_state<Model>& state() noexcept { return *state_; }
    constexpr model::k8s::ObjectMeta& metadata() {
        if constexpr (requires { state_->model.metadata.ensure(); })
            return state_->model.metadata.ensure();
        else
            return state_->model.metadata;
    }
    [[gnu::noinline]] constexpr void note(const owner& of, literal field, std::int32_t index,
                                          const std::source_location& where) {
        state_->sites.push_back(site{of, field, index, where});
    }
    constexpr list<site>& sites_to_change() noexcept { return state_->sites; }

    friend fill;
    constexpr model::k8s::ObjectMeta& metadata_to_fill() { return metadata(); }
    constexpr void note_word(literal field, std::int32_t index, const line& where) {
        note({}, field, index, where);
    }

private:
    friend struct conversion;
    template <class W>
    friend class held;

    box<entity_state<Model>> state_;
};

/// A document that holds a WorkflowSpec: what Workflow, WorkflowTemplate, ClusterWorkflowTemplate and
/// CronWorkflow have in common.
template <class Derived, class Model>
class entity : public document<Derived, Model>, public spec_words<Derived>, public function_words<Derived> {
public:
    constexpr entity(entity&&) noexcept = default;
    constexpr entity& operator=(entity&&) noexcept = default;

    /// What it has become. Thread safety: as for any const member, if it has been called before where a task
    /// or step takes `outputs("…")`: the first call looks them up.
    constexpr const Model& model() const& {
        settle();
        return document<Derived, Model>::model();
    }
    constexpr Model model() && {
        settle();
        return std::move(*this).document<Derived, Model>::model();
    }
    /// What tasks and steps want of others by `outputs("…")`; for the check.
    constexpr const list<wanted_outputs>& wanted() const {
        settle();
        return const_cast<entity*>(this)->state().wanted;
    }

    using function_words<Derived>::entrypoint;
    using spec_words<Derived>::entrypoint;
    using spec_words<Derived>::image_pull_secrets;
    using spec_words<Derived>::on_exit;
    using spec_words<Derived>::workflow_template_ref;

    /// Adds a template, and starts with it.
    template <template_value Made>
    constexpr Derived& entrypoint(const word& name, Made made) & {
        add(name, std::move(made).release());
        return this->self().entrypoint(name);
    }
    template <template_value Made>
    constexpr Derived&& entrypoint(const word& name, Made made) && {
        return std::move(entrypoint(name, std::move(made)));
    }

    /// Adds a template, and runs it at the end.
    template <template_value Made>
    constexpr Derived& on_exit(const word& name, Made made) & {
        add(name, std::move(made).release());
        return this->self().on_exit(name);
    }
    template <template_value Made>
    constexpr Derived&& on_exit(const word& name, Made made) && {
        return std::move(on_exit(name, std::move(made)));
    }

    /// Secrets that images are pulled with, by their names.
    constexpr Derived& image_pull_secrets(const word& a, const word& b = {}, const word& c = {},
                                          const word& d = {}) & {
        for (const word* name : {&a, &b, &c, &d}) {
            if (!name->has_value()) break;
            model::k8s::LocalObjectReference made;
            made.name = name->view();
            fill::add(this->self(), "imagePullSecrets", spec().imagePullSecrets, std::move(made),
                      name->where());
        }
        return this->self();
    }
    constexpr Derived&& image_pull_secrets(const word& a, const word& b = {}, const word& c = {},
                                           const word& d = {}) && {
        return std::move(image_pull_secrets(a, b, c, d));
    }

    /// Runs a template once an expression holds of the workflow, or at its `exit`.
    [[gnu::noinline]] constexpr Derived& hook(const word& event, const Hook& given) & {
        spec().hooks[event.view()] = given.model_;
        this->note({}, "hooks", -1, event.where());
        for (const site& one : given.sites_) this->note({}, one.field, one.index, one.where);
        add_library(this->state().libraries, given.library_);
        for (const template_state& one : given.beside_) add_beside(template_state(one));
        return this->self();
    }
    constexpr Derived&& hook(const word& event, const Hook& given) && {
        return std::move(hook(event, given));
    }
    constexpr Derived& hook(const word& event, const word& template_name) & {
        return hook(event, Hook(template_name));
    }
    constexpr Derived&& hook(const word& event, const word& template_name) && {
        return std::move(hook(event, Hook(template_name)));
    }
    constexpr Derived& hook(const word& event, const word& template_name, const word& expression) & {
        return hook(event, Hook(template_name).expression(expression));
    }
    constexpr Derived&& hook(const word& event, const word& template_name, const word& expression) && {
        return std::move(hook(event, template_name, expression));
    }

    /// Storage that each run claims for itself: `Claim("work").size("1Gi")`. A claim that a template has
    /// brought with a volume stays one; what is said twice here is there twice, for the check to see.
    constexpr Derived& volume_claim_templates(model::k8s::PersistentVolumeClaim given,
                                              line where = line::current()) & {
        if (!adopt_claim(given)) add_claim(std::move(given), where);
        return this->self();
    }
    constexpr Derived&& volume_claim_templates(model::k8s::PersistentVolumeClaim given,
                                               line where = line::current()) && {
        return std::move(volume_claim_templates(std::move(given), where));
    }
    template <class... Given>
        requires(sizeof...(Given) != 1 && all_become<model::k8s::PersistentVolumeClaim, Given...>)
    constexpr Derived& volume_claim_templates(const Given&... given) & {
        spec().volumeClaimTemplates.engage();
        const auto add_one = [this](model::k8s::PersistentVolumeClaim one) {
            if (!adopt_claim(one)) spec().volumeClaimTemplates.push_back(std::move(one));
        };
        (add_one(given), ...);
        return this->self();
    }
    template <class... Given>
        requires(sizeof...(Given) != 1 && all_become<model::k8s::PersistentVolumeClaim, Given...>)
    constexpr Derived&& volume_claim_templates(const Given&... given) && {
        return std::move(volume_claim_templates(given...));
    }

    /// A parameter that must be given at submission.
    constexpr Derived& parameter(const word& name) & {
        auto& parameters = spec().arguments.ensure().parameters;
        parameters.emplace_back().name = name.view();
        this->note({}, "arguments", static_cast<std::int32_t>(parameters.size() - 1), name.where());
        return this->self();
    }
    constexpr Derived&& parameter(const word& name) && { return std::move(parameter(name)); }
    /// A parameter with the value that it has unless submission gives another.
    constexpr Derived& parameter(const word& name, const value& otherwise) & {
        parameter(name);
        spec().arguments->parameters.back().value = otherwise.view();
        return this->self();
    }
    constexpr Derived&& parameter(const word& name, const value& otherwise) && {
        return std::move(parameter(name, otherwise));
    }
    /// A parameter with all that Argo can say of one.
    constexpr Derived& parameter(model::Parameter given, line where = line::current()) & {
        return fill::add(this->self(), "arguments", spec().arguments.ensure().parameters, std::move(given),
                         where);
    }
    constexpr Derived&& parameter(model::Parameter given, line where = line::current()) && {
        return std::move(parameter(std::move(given), where));
    }
    /// A parameter for each member of a described struct; a member with another value than its type's own has
    /// that value unless submission gives another. `workflow_parameter<&S::m>()` refers to it.
    template <class S>
    constexpr Derived& parameters(line where = line::current()) & {
        static_assert(described<S>, "describe the struct: BOOST_DESCRIBE_STRUCT(S, (), (members))");
        for (model::Parameter& one : parameters_of<S>()) {
            one.value.swap(one.default_);
            parameter(std::move(one), where);
        }
        return this->self();
    }
    template <class S>
    constexpr Derived&& parameters(line where = line::current()) && {
        return std::move(parameters<S>(where));
    }
    /// An artifact that the workflow is given.
    constexpr Derived& artifact(model::Artifact given, line where = line::current()) & {
        return fill::add(this->self(), "artifacts", spec().arguments.ensure().artifacts, std::move(given),
                         where);
    }
    constexpr Derived&& artifact(model::Artifact given, line where = line::current()) && {
        return std::move(artifact(std::move(given), where));
    }

    /// Runs what a stored WorkflowTemplate holds, by its name.
    constexpr Derived& workflow_template_ref(const word& name) & {
        refer(name.view(), false, name.where());
        return this->self();
    }
    constexpr Derived&& workflow_template_ref(const word& name) && {
        return std::move(workflow_template_ref(name));
    }
    /// Runs what a stored ClusterWorkflowTemplate holds, by its name.
    constexpr Derived& cluster_workflow_template_ref(const word& name) & {
        refer(name.view(), true, name.where());
        return this->self();
    }
    constexpr Derived&& cluster_workflow_template_ref(const word& name) && {
        return std::move(cluster_workflow_template_ref(name));
    }
    /// Runs what the document of a recipe of this program holds, once it is stored. `checked` and `validate`
    /// judge entrypoint and arguments by what the recipe makes.
    template <is_recipe Recipe>
    constexpr Derived& workflow_template_ref(const Recipe&,
                                             std::source_location where = std::source_location::current()) & {
        constexpr library of = library_of<Recipe>();
        refer(of.name, of.is_cluster(), where);
        add_library(this->state().libraries, of);
        return this->self();
    }
    template <is_recipe Recipe>
    constexpr Derived&& workflow_template_ref(
        const Recipe& recipe, std::source_location where = std::source_location::current()) && {
        return std::move(workflow_template_ref(recipe, where));
    }

    /// A label of each workflow that this document starts. Source: workflowMetadata.
    constexpr Derived& workflow_label(const word& key, const word& text) & {
        run_metadata().labels[key.view()] = text.view();
        this->note({}, "workflowMetadata", -1, key.where());
        return this->self();
    }
    constexpr Derived&& workflow_label(const word& key, const word& text) && {
        return std::move(workflow_label(key, text));
    }
    /// An annotation of each workflow that this document starts.
    constexpr Derived& workflow_annotation(const word& key, const word& text) & {
        run_metadata().annotations[key.view()] = text.view();
        this->note({}, "workflowMetadata", -1, key.where());
        return this->self();
    }
    constexpr Derived&& workflow_annotation(const word& key, const word& text) && {
        return std::move(workflow_annotation(key, text));
    }
    /// A label whose value an expression gives when the workflow starts.
    constexpr Derived& workflow_label_from(const word& key, const word& expression) & {
        spec().workflowMetadata.ensure().labelsFrom[key.view()].expression = expression.view();
        this->note({}, "workflowMetadata", -1, expression.where());
        return this->self();
    }
    constexpr Derived&& workflow_label_from(const word& key, const word& expression) && {
        return std::move(workflow_label_from(key, expression));
    }

    /// Adds a template that runs a container.
    constexpr Derived& container(const word& name, Container made) & {
        return add(name, std::move(made).release());
    }
    constexpr Derived&& container(const word& name, Container made) && {
        return std::move(add(name, std::move(made).release()));
    }
    /// Adds a template that runs a script.
    constexpr Derived& script(const word& name, Script made) & {
        return add(name, std::move(made).release());
    }
    constexpr Derived&& script(const word& name, Script made) && {
        return std::move(add(name, std::move(made).release()));
    }
    /// Adds a template that runs several containers in one pod.
    constexpr Derived& container_set(const word& name, ContainerSet made) & {
        return add(name, std::move(made).release());
    }
    constexpr Derived&& container_set(const word& name, ContainerSet made) && {
        return std::move(add(name, std::move(made).release()));
    }
    /// Adds a template that waits.
    constexpr Derived& suspend(const word& name, Suspend made = {}) & {
        return add(name, std::move(made).release());
    }
    constexpr Derived&& suspend(const word& name, Suspend made = {}) && {
        return std::move(add(name, std::move(made).release()));
    }
    /// Adds a template that makes, changes or deletes a Kubernetes object.
    constexpr Derived& resource(const word& name, Resource made) & {
        return add(name, std::move(made).release());
    }
    constexpr Derived&& resource(const word& name, Resource made) && {
        return std::move(add(name, std::move(made).release()));
    }
    /// Adds a template that sends a request.
    constexpr Derived& http(const word& name, Http made) & { return add(name, std::move(made).release()); }
    constexpr Derived&& http(const word& name, Http made) && {
        return std::move(add(name, std::move(made).release()));
    }
    /// Adds a template that lists and transforms files of a store.
    constexpr Derived& data(const word& name, Data made) & { return add(name, std::move(made).release()); }
    constexpr Derived&& data(const word& name, Data made) && {
        return std::move(add(name, std::move(made).release()));
    }
    /// Adds a template that an executor plugin runs.
    constexpr Derived& plugin(const word& name, Plugin made) & {
        return add(name, std::move(made).release());
    }
    constexpr Derived&& plugin(const word& name, Plugin made) && {
        return std::move(add(name, std::move(made).release()));
    }
    /// Adds a template of any kind.
    template <template_value Made>
    constexpr Derived& template_(const word& name, Made made) & {
        return add(name, std::move(made).release());
    }
    template <template_value Made>
    constexpr Derived&& template_(const word& name, Made made) && {
        return std::move(add(name, std::move(made).release()));
    }

    /// Adds a template as its model.
    constexpr Derived& template_(model::Template made, line where = line::current()) & {
        const auto index = static_cast<std::int32_t>(spec().templates.size());
        spec().templates.push_back(std::move(made));
        this->note({index, -1, -1}, "name", -1, where);
        return this->self();
    }
    constexpr Derived&& template_(model::Template made, line where = line::current()) && {
        return std::move(template_(std::move(made), where));
    }

    /// Opens a template of tasks that wait for each other as their dependencies say.
    constexpr DagScope<Derived&> dag(const word& name) & { return DagScope<Derived&>(this->self(), name); }
    constexpr DagScope<Derived> dag(const word& name) && {
        return DagScope<Derived>(std::move(this->self()), name);
    }
    /// Opens a template of groups of steps, one group after the other.
    constexpr StepsScope<Derived&> steps(const word& name) & {
        return StepsScope<Derived&>(this->self(), name);
    }
    constexpr StepsScope<Derived> steps(const word& name) && {
        return StepsScope<Derived>(std::move(this->self()), name);
    }

    /// The generated model itself, for what the builder has no word for.
    template <class Change>
    constexpr Derived& workflow_model(Change change) & {
        change(this->state().model);
        return this->self();
    }
    template <class Change>
    constexpr Derived&& workflow_model(Change change) && {
        return std::move(workflow_model(change));
    }

protected:
    using document<Derived, Model>::document;
    constexpr ~entity() = default;

    friend fill;
    constexpr model::WorkflowSpec& spec_to_fill() noexcept { return spec(); }

private:
    template <class W>
    friend class held;
    friend function_words<Derived>;

    constexpr model::WorkflowSpec& spec() noexcept {
        if constexpr (requires { this->state().model.spec.workflowSpec; })
            return this->state().model.spec.workflowSpec;
        else
            return this->state().model.spec;
    }
    /// Of the workflows that the document starts; a cron workflow has whole metadata for them.
    constexpr auto& run_metadata() {
        if constexpr (requires { this->state().model.spec.workflowSpec; })
            return this->state().model.spec.workflowMetadata.ensure();
        else
            return spec().workflowMetadata.ensure();
    }
    [[gnu::noinline]] constexpr void refer(std::string_view name, bool cluster,
                                           const std::source_location& where) {
        auto& reference = spec().workflowTemplateRef.ensure();
        reference.name = name;
        reference.clusterScope = cluster ? opt<bool>(true) : opt<bool>();
        this->note({}, "workflowTemplateRef", -1, where);
    }

    // What scopes need of what they work on; `lone` has the same.
    constexpr model::Template& template_at(std::int32_t index) {
        return spec().templates[static_cast<std::size_t>(index)];
    }
    constexpr list<implied_dependency>& implied() { return this->state().implied; }
    constexpr list<implied_dependency>& afters() { return this->state().afters; }
    constexpr list<library>& libraries_to_fill() { return this->state().libraries; }

    [[gnu::noinline]] constexpr std::int32_t add_template(const word& name) {
        auto& templates = spec().templates;
        templates.emplace_back().name = name.view();
        const auto index = static_cast<std::int32_t>(templates.size() - 1);
        this->note({index, -1, -1}, "name", -1, name.where());
        return index;
    }
    [[gnu::noinline]] constexpr Derived& add(const word& name, template_state&& made) {
        made.model.name = name.view();
        this->note({static_cast<std::int32_t>(spec().templates.size()), -1, -1}, "name", -1, name.where());
        add_beside(std::move(made));
        return this->self();
    }
    constexpr Derived& put(std::int32_t index, const word& name, template_state&& made) {
        auto& added = template_at(index);
        added = std::move(made.model);
        added.name = name.view();
        this->note({index, -1, -1}, "name", -1, name.where());
        for (const auto& site : made.sites)
            this->note({index, site.of.group, site.of.item}, site.field, site.index, site.where);
        take(made, index, nowhere_within);
        return this->self();
    }
    /// Adds a template that knows its name.
    [[gnu::noinline]] constexpr void add_beside(template_state&& made) {
        const auto index = static_cast<std::int32_t>(spec().templates.size());
        spec().templates.push_back(std::move(made.model));
        for (const auto& site : made.sites)
            this->note({index, site.of.group, site.of.item}, site.field, site.index, site.where);
        take(made, index, nowhere_within);
    }
    /// What a template needs of its workflow, which has it as its template of that index, or there in the
    /// call at that place.
    constexpr void take(template_state& made, std::int32_t index, const call_place& at) {
        for (const library& one : made.libraries) add_library(this->state().libraries, one);
        for (placed_claim& one : made.claims) bring_claim(std::move(one.claim), one.where);
        for (wanted_outputs& one : made.wanted) want(one.moved_to(index, at));
        for (needed_function& one : made.functions) run_needed(one, index, at);
        for (template_state& one : made.beside) add_beside(std::move(one));
    }
    /// The call runs the first template of its function, which may be called otherwise than the function.
    [[gnu::noinline]] constexpr void run_needed(needed_function& one, std::int32_t index,
                                                const call_place& at) {
        const str runs = this->template_that_runs(one.entry(), one.where);
        const list<call_place> calls = moved_within(std::move(one.calls), at);
        if (calls.empty()) return;
        if (model::Template* in = holder_within(template_at(index), calls))
            use_call(*in, calls.back(), [&](auto& call) { call.template_ = runs; });
    }
    constexpr void add_claim(model::k8s::PersistentVolumeClaim&& given, const line& where) {
        auto& claims = spec().volumeClaimTemplates;
        claims.push_back(std::move(given));
        this->note({}, "volumeClaimTemplates", static_cast<std::int32_t>(claims.size() - 1), where);
    }
    /// One that came with a volume of a template: once, however many name it.
    constexpr void bring_claim(model::k8s::PersistentVolumeClaim&& given, const line& where) {
        for (const auto& each : spec().volumeClaimTemplates)
            if (each == given) return;
        this->state().brought_claims.push_back(spec().volumeClaimTemplates.size());
        add_claim(std::move(given), where);
    }
    /// Whether it is one that a template has brought, which the document now names itself.
    constexpr bool adopt_claim(const model::k8s::PersistentVolumeClaim& given) {
        const auto& claims = spec().volumeClaimTemplates;
        for (std::size_t& index : this->state().brought_claims) {
            if (index >= claims.size() || !(claims[index] == given)) continue;
            index = std::size_t(-1);
            return true;
        }
        return false;
    }
    constexpr void want(wanted_outputs&& one) { this->state().wanted.push_back(std::move(one)); }
    /// Gives the arguments that tasks and steps want by `outputs("…")`, as far as templates are known by now.
    constexpr void settle() const {
        // What is not const lies behind the pointer that this holds.
        auto& self = const_cast<entity&>(*this);
        auto& state = self.state();
        for (wanted_outputs& one : state.wanted) {
            const outputs_settlement settlement(self.spec(), state.libraries, one);
            settlement.give_way([&](const owner& of, bool artifact, std::int32_t index) {
                self.forget_argument(of, artifact, index);
            });
            settlement.settle([&](const owner& of, literal field, std::int32_t index) {
                self.note(of, field, index, one.where);
            });
        }
    }
    /// The lines of an argument that is taken away; those after it move up.
    constexpr void forget_argument(const owner& of, bool artifact, std::int32_t index) {
        for (site& one : this->state().sites) {
            if (!(one.of == of)) continue;
            // Marks count artifacts below -1.
            if (artifact && is_mark(one) && one.index < -2 - index) ++one.index;
            const bool counted = is(one.field, artifact ? "artifacts" : "arguments");
            if (!counted && (artifact || !is_mark(one))) continue;
            if (one.index == index && counted) one.of = nowhere;
            if (one.index > index) --one.index;
        }
    }
};

/// What a dag or steps template that stands alone works on: `Dag()`, `Steps()`.
class lone {
public:
    constexpr lone() { state_.ensure(); }

private:
    template <class W>
    friend class held;

    struct all {
        template_state made;
        list<implied_dependency> implied;
        list<implied_dependency> afters;
    };

    constexpr model::Template& template_at(std::int32_t) { return state_->made.model; }
    constexpr list<implied_dependency>& implied() { return state_->implied; }
    constexpr list<implied_dependency>& afters() { return state_->afters; }
    constexpr list<library>& libraries_to_fill() { return state_->made.libraries; }
    constexpr void note(const owner& of, literal field, std::int32_t index,
                        const std::source_location& where) {
        state_->made.sites.push_back({{-1, of.group, of.item}, field, index, where});
        // The call that runs a function says so right after it has asked for its template.
        auto& functions = state_->made.functions;
        if (!functions.empty() && functions.back().calls.empty() && is(field, "template"))
            functions.back().calls.push_back({of.group, of.item});
    }
    constexpr list<site>& sites_to_change() noexcept { return state_->made.sites; }
    constexpr void take(template_state& made, std::int32_t, const call_place& at) {
        for (const library& one : made.libraries) add_library(state_->made.libraries, one);
        for (auto& one : made.claims) add_once(state_->made.claims, std::move(one));
        for (auto& one : made.wanted) want(one.moved_to(-1, at));
        for (auto& one : made.beside) add_beside(std::move(one));
        for (auto& one : made.functions) {
            one.calls = moved_within(std::move(one.calls), at);
            state_->made.functions.push_back(std::move(one));
        }
    }
    /// The template is added to the document that gets this one.
    template <auto F>
    constexpr str function_template_name(const line& where) {
        if constexpr (judge_function<F>()) state_->made.functions.push_back({&needed_entry<F>, where, {}});
        return str(function_name<F>::view());
    }
    constexpr void add_beside(template_state&& made) { state_->made.beside.push_back(std::move(made)); }
    constexpr void want(wanted_outputs&& one) { state_->made.wanted.push_back(std::move(one)); }
    constexpr template_state&& release() noexcept { return std::move(state_->made); }

    box<all> state_;
};

}  // namespace detail
}  // namespace tiphys
