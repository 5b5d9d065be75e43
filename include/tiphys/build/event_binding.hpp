// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/entity.hpp>

namespace tiphys {

/// Starts a workflow from a stored template whenever an event comes in. Source: Argo's WorkflowEventBinding.
class WorkflowEventBinding : public detail::document<WorkflowEventBinding, model::WorkflowEventBinding> {
public:
    constexpr explicit WorkflowEventBinding(const word& name)
        : document(name, "argoproj.io/v1alpha1", "WorkflowEventBinding") {}
    /// Goes on from one that was read or made elsewhere: words add to it and replace.
    constexpr explicit WorkflowEventBinding(model::WorkflowEventBinding from)
        : document(std::move(from), "argoproj.io/v1alpha1", "WorkflowEventBinding") {}

    /// Which events: `payload.message != "" && metadata["x-argo"] == ["true"] && discriminator == "my"`.
    constexpr WorkflowEventBinding& selector(const word& expression) & {
        spec().event.selector = expression.view();
        note({}, "selector", -1, expression.where());
        return *this;
    }
    constexpr WorkflowEventBinding&& selector(const word& expression) && {
        return std::move(selector(expression));
    }

    /// The WorkflowTemplate that is run.
    constexpr WorkflowEventBinding& submit(const word& workflow_template) & {
        return submit_from(workflow_template, {});
    }
    constexpr WorkflowEventBinding&& submit(const word& workflow_template) && {
        return std::move(submit(workflow_template));
    }
    /// The ClusterWorkflowTemplate that is run.
    constexpr WorkflowEventBinding& submit_cluster(const word& workflow_template) & {
        return submit_from(workflow_template, true);
    }
    constexpr WorkflowEventBinding&& submit_cluster(const word& workflow_template) && {
        return std::move(submit_cluster(workflow_template));
    }
    /// All that Argo can say of the workflow that is made.
    constexpr WorkflowEventBinding& submit(model::Submit given,
                                           detail::line where = detail::line::current()) & {
        return detail::fill::set(*this, "submit", spec().submit, std::move(given), where);
    }
    constexpr WorkflowEventBinding&& submit(model::Submit given,
                                            detail::line where = detail::line::current()) && {
        return std::move(submit(std::move(given), where));
    }
    /// A name of the workflows; one that ends in '-' is a generateName. Argo makes one unless given.
    constexpr WorkflowEventBinding& submit_as(const word& name) & {
        auto& metadata = submitted().metadata.ensure();
        (name.view().ends_with('-') ? metadata.generateName : metadata.name) = name.view();
        note({}, "metadata", -1, name.where());
        return *this;
    }
    constexpr WorkflowEventBinding&& submit_as(const word& name) && { return std::move(submit_as(name)); }
    /// A label of the workflows.
    constexpr WorkflowEventBinding& workflow_label(const word& key, const word& text) & {
        submitted().metadata.ensure().labels[key.view()] = text.view();
        note({}, "labels", -1, key.where());
        return *this;
    }
    constexpr WorkflowEventBinding&& workflow_label(const word& key, const word& text) && {
        return std::move(workflow_label(key, text));
    }

    /// A parameter of the workflow, computed from the event: `payload.message`.
    constexpr WorkflowEventBinding& parameter(const word& name, const word& event_expression) & {
        auto& parameters = submitted().arguments.ensure().parameters;
        auto& parameter = parameters.emplace_back();
        parameter.name = name.view();
        parameter.valueFrom.ensure().event = event_expression.view();
        note({}, "arguments", static_cast<std::int32_t>(parameters.size() - 1), event_expression.where());
        return *this;
    }
    constexpr WorkflowEventBinding&& parameter(const word& name, const word& event_expression) && {
        return std::move(parameter(name, event_expression));
    }
    /// A parameter with all that Argo can say of one.
    constexpr WorkflowEventBinding& parameter(model::Parameter given) & {
        submitted().arguments.ensure().parameters.push_back(std::move(given));
        return *this;
    }
    constexpr WorkflowEventBinding&& parameter(model::Parameter given) && {
        return std::move(parameter(std::move(given)));
    }

    /// The generated model itself, for what the builder has no word for.
    template <class Change>
    constexpr WorkflowEventBinding& binding_model(Change change) & {
        change(state().model);
        return *this;
    }
    template <class Change>
    constexpr WorkflowEventBinding&& binding_model(Change change) && {
        return std::move(binding_model(change));
    }

private:
    constexpr model::WorkflowEventBindingSpec& spec() noexcept { return state().model.spec; }
    constexpr model::Submit& submitted() { return spec().submit.ensure(); }
    constexpr WorkflowEventBinding& submit_from(const word& workflow_template, opt<bool> cluster) {
        submitted().workflowTemplateRef.name = workflow_template.view();
        submitted().workflowTemplateRef.clusterScope = cluster;
        note({}, "workflowTemplateRef", -1, workflow_template.where());
        return *this;
    }
};

}  // namespace tiphys
