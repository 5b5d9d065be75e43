// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/model.hpp>

#include <string>
#include <string_view>
#include <vector>

/// What is drawn of a document, before it has the form of one program or another: `read_graph` makes it of
/// the model, `write_dot` and `write_mermaid` print it.
namespace tiphys::graph {

struct Element {
    enum class Kind {
        whole,      ///< the document
        frame,      ///< a template of tasks or steps
        task,       ///< or step
        leaf,       ///< a template that is not drawn within a task
        start,      ///< what leads to the entrypoint
        joint,      ///< where all of a group of steps meet
        reference,  ///< to another document
        missing     ///< what the document should have, and has not
    };
    Kind kind;
    std::string id;                  ///< like a path; of one element only
    std::vector<std::string> lines;  ///< of its label
    std::vector<std::size_t> inner;  ///< the elements within a frame
    std::size_t outer = 0;           ///< the frame that it is in
};

struct Line {
    enum class Kind { order, calls, beside };
    Kind kind;
    std::size_t from;
    std::size_t to;
    std::string label = {};
};

struct Graph {
    std::string name;
    std::vector<Element> elements;  ///< the first is the whole
    std::vector<Line> lines;

    /// The first task or the like within, for programs that draw lines between those only.
    std::size_t anchor(std::size_t element) const;
    bool is_within(std::size_t element, std::size_t frame) const;
};

/// `schedules`: when a cron workflow starts it.
Graph read_graph(const model::k8s::ObjectMeta& metadata, const model::WorkflowSpec& spec,
                 const list<str>& schedules = {});

std::string write_dot(const Graph& graph);
std::string write_mermaid(const Graph& graph);

/// The text with each character replaced by what `write` appends for it; control characters become blanks.
template <class Write>
std::string escaped(std::string_view text, Write write) {
    std::string made;
    for (const char c : text)
        if (static_cast<unsigned char>(c) < ' ' || c == '\x7f')
            made += ' ';
        else
            write(made, c);
    return made;
}

}  // namespace tiphys::graph
