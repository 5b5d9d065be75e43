// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/model.hpp>

#include <concepts>
#include <functional>
#include <string>
#include <string_view>

namespace tiphys {

/// "Pending", "Running", "Succeeded", "Failed", "Error"; empty as long as the controller has not seen it.
std::string_view phase(const model::Workflow& workflow) noexcept;
/// Whether the phase is Succeeded, Failed or Error: nothing runs any more.
bool finished(const model::Workflow& workflow) noexcept;
bool succeeded(const model::Workflow& workflow) noexcept;

/// A workflow as a server last described it: what operations of Client return. A value; it does not follow
/// what happens on the server. Converts to its model.
class SubmittedWorkflow {
public:
    SubmittedWorkflow() = default;
    explicit SubmittedWorkflow(model::Workflow workflow) noexcept : model_(std::move(workflow)) {}

    /// The name that the server knows it by; one that it made, if the workflow had a generateName.
    std::string_view name() const noexcept { return model_.metadata.name.view(); }
    std::string_view namespace_() const noexcept { return model_.metadata.namespace_.view(); }
    std::string_view phase() const noexcept { return tiphys::phase(model_); }
    bool finished() const noexcept { return tiphys::finished(model_); }
    bool succeeded() const noexcept { return tiphys::succeeded(model_); }
    /// Why it is in its phase; often empty.
    std::string_view message() const noexcept { return status().message.view(); }
    /// Empty if the server has not given one.
    const model::WorkflowStatus& status() const noexcept;

    /// An output parameter of the template that the workflow started with; absent if there is none, or not
    /// yet.
    const str& output(std::string_view parameter) const noexcept;

    const model::Workflow& model() const& noexcept { return model_; }
    model::Workflow&& model() && noexcept { return std::move(model_); }
    operator const model::Workflow&() const& noexcept { return model_; }

private:
    model::Workflow model_;
};

/// A builder, or anything else that gives a workflow's model.
template <class T>
concept WorkflowSource = requires(const T& source) {
    { source.model() } -> std::convertible_to<const model::Workflow&>;
} || std::convertible_to<const T&, const model::Workflow&>;

/// Which workflow an operation is about: by its name, or a workflow that has one. A workflow brings its
/// namespace along.
struct WorkflowRef {
    WorkflowRef(const char* workflow) : name(workflow) {}
    WorkflowRef(std::string_view workflow) : name(workflow) {}
    WorkflowRef(std::string workflow) : name(std::move(workflow)) {}
    WorkflowRef(const model::Workflow& workflow)
        : name(workflow.metadata.name.view()), namespace_(workflow.metadata.namespace_.view()) {}
    WorkflowRef(const SubmittedWorkflow& workflow) : WorkflowRef(workflow.model()) {}

    std::string name;
    std::string namespace_;  ///< empty: that of the options or of the client
};

/// Sees a workflow each time the server tells of a change in it.
using Observer = std::function<void(const model::Workflow&)>;

}  // namespace tiphys
