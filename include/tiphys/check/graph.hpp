// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/fwd.hpp>

#include <concepts>
#include <string>

/// The graph of a document as text that other programs draw.
///
/// Each template of tasks or steps is a frame with them inside. A line leads from a task to those that wait
/// for it, labelled where they wait for something else than its success; from a step to the next; dashed,
/// from a task to the frame that it runs, and to what runs when it ends. A task tells its template, loop and
/// condition. The text depends on nothing but the document, and follows its order. What the document does not
/// have (a template, a task that another waits for) is drawn with a dashed border, so that wrong documents
/// have a graph as well.
namespace tiphys {

/// For Graphviz: `dot -Tsvg`. Source: its DOT language.
std::string to_dot(const model::Workflow& document);
std::string to_dot(const model::WorkflowTemplate& document);
std::string to_dot(const model::ClusterWorkflowTemplate& document);
std::string to_dot(const model::CronWorkflow& document);

/// For Mermaid, which draws it in Markdown pages. Source: its flowcharts.
std::string to_mermaid(const model::Workflow& document);
std::string to_mermaid(const model::WorkflowTemplate& document);
std::string to_mermaid(const model::ClusterWorkflowTemplate& document);
std::string to_mermaid(const model::CronWorkflow& document);

/// The same of what a builder has made so far.
template <class Built>
    requires requires(const Built& built) {
        { to_dot(built.model()) } -> std::same_as<std::string>;
    }
std::string to_dot(const Built& built) {
    return to_dot(built.model());
}
template <class Built>
    requires requires(const Built& built) {
        { to_mermaid(built.model()) } -> std::same_as<std::string>;
    }
std::string to_mermaid(const Built& built) {
    return to_mermaid(built.model());
}

}  // namespace tiphys
