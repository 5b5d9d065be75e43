// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/names.hpp>

/// References by name to what a task or step gives, and to the template's own inputs.
namespace tiphys {

/// A value that is known only at run time: `{{tasks.A.outputs.parameters.x}}`. The dag or steps that it is
/// used in decide between `tasks.` and `steps.`; in a dag it implies a dependency (see TaskScope).
/// Object lifetimes: it views its words, so it lives no longer than the expression that makes it.
class Reference {
public:
    constexpr Reference(const word& of, detail::literal field, const word& name, bool artifact = false)
        : of_(of), name_(name), field_(field), artifact_(artifact) {}
    /// Of no task: `field` is the whole variable up to the name.
    constexpr Reference(detail::literal field, const word& name, bool artifact = false)
        : name_(name), field_(field), artifact_(artifact) {}

    /// The task or step; absent where it is the template's or the workflow's own value.
    constexpr const word& of() const noexcept { return of_; }
    constexpr bool is_artifact() const noexcept { return artifact_; }
    /// The line of the name, if there is one: that of a handle is where its task was added.
    constexpr const std::source_location& where() const noexcept {
        return name_.has_value() ? name_.where() : of_.where();
    }
    /// `scope` is "tasks." or "steps.".
    constexpr str text(std::string_view scope) const {
        str made("{{");
        if (of_.has_value()) made.append(scope).append(of_.view());
        made.append(field_);
        if (name_.has_value()) made.append(name_.view());
        made.append("}}");
        return made;
    }

private:
    word of_;
    word name_;
    detail::literal field_;
    bool artifact_;
};

/// What the task or step has printed, its `outputs.result`; of one that loops: the JSON list of all results.
constexpr Reference output(const word& of) { return {of, ".outputs.result", {}}; }
/// An output parameter of the task or step; of one that loops: the JSON list of all of them.
constexpr Reference output(const word& of, const word& parameter) {
    return {of, ".outputs.parameters.", parameter};
}
/// All output parameters of a task or step that loops, as a JSON list of objects.
constexpr Reference output_parameters(const word& of) { return {of, ".outputs.parameters", {}}; }
/// An output artifact of the task or step.
constexpr Reference output_artifact(const word& of, const word& name) {
    return {of, ".outputs.artifacts.", name, true};
}
/// How the task or step has ended: Succeeded, Failed, Error, Skipped, Omitted.
constexpr Reference status_of(const word& of) { return {of, ".status", {}}; }
/// The exit code of the task's or step's program.
constexpr Reference exit_code_of(const word& of) { return {of, ".exitCode", {}}; }
/// The address of a daemon.
constexpr Reference ip_of(const word& of) { return {of, ".ip", {}}; }

/// An input parameter of the template: `{{inputs.parameters.x}}`.
constexpr Reference input(const word& parameter) { return {"inputs.parameters.", parameter}; }
/// An input artifact of the template.
constexpr Reference input_artifact(const word& name) { return {"inputs.artifacts.", name, true}; }
/// A parameter of the workflow: `{{workflow.parameters.x}}`.
constexpr Reference workflow_parameter(const word& name) { return {"workflow.parameters.", name}; }

/// A loop over a list that is known only at run time; see `each`.
struct Each {
    Reference list;
    /// The member of each element that is meant; absent: the element itself.
    word member;
};

/// As an argument: the task runs once for each element of the list (withParam), and the argument is the
/// element, or its member.
constexpr Each each(const Reference& list, const word& member = {}) { return {list, member}; }
/// As an argument: the outputs of all runs of a task that loops, as one JSON list.
constexpr const Reference& all(const Reference& of_loop) { return of_loop; }

/// The element that a loop is at.
constexpr Reference item() { return {"item", {}}; }
/// A member of the element that a loop is at: `{{item.image}}`.
constexpr Reference item(const word& member) { return {"item.", member}; }

}  // namespace tiphys
