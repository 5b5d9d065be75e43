// SPDX-License-Identifier: Apache-2.0
#include "graph.hpp"

namespace tiphys::graph {
namespace {

using Kind = Element::Kind;

/// Quoted. Only `"` has to be escaped in an id, and in a label `\` begins escapes.
std::string quoted(std::string_view text) {
    return '"' +
           escaped(text,
                   [](std::string& to, char c) {
                       if (c == '"' || c == '\\') to += '\\';
                       to += c;
                   }) +
           '"';
}
std::string label(const std::vector<std::string>& lines) {
    std::string made = "\"";
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i != 0) made += "\\n";
        const std::string text = quoted(lines[i]);
        made.append(text, 1, text.size() - 2);
    }
    return made + '"';
}

std::string_view form_of(Kind kind) {
    switch (kind) {
        case Kind::start: return "shape=oval";
        case Kind::joint: return "shape=point";
        case Kind::leaf: return "shape=box";
        case Kind::reference: return "shape=component";
        case Kind::missing: return "shape=box, style=dashed";
        default: return "shape=box, style=rounded";
    }
}

class DotWriter {
public:
    explicit DotWriter(const Graph& graph) : graph_(graph) {}

    std::string operator()() && {
        out_ = "digraph " + quoted(graph_.name) +
               " {\n  compound=true;\n  node [fontname=\"sans-serif\"];\n" +
               "  edge [fontname=\"sans-serif\"];\n  fontname=\"sans-serif\";\n";
        inner(0, "  ");
        for (const Line& line : graph_.lines) write(line);
        return std::move(out_) + "}\n";
    }

private:
    void inner(std::size_t frame, const std::string& indent) {
        for (const std::size_t index : graph_.elements[frame].inner) {
            const Element& one = graph_.elements[index];
            if (one.kind == Kind::frame) {
                out_ += indent + "subgraph " + quoted("cluster " + one.id) + " {\n";
                out_ += indent + "  label=" + label(one.lines) + ";\n";
                inner(index, indent + "  ");
                out_ += indent + "}\n";
            } else {
                out_ += indent + quoted(one.id) + " [label=" + label(one.lines) + ", ";
                out_.append(form_of(one.kind)) += "];\n";
            }
        }
    }

    void write(const Line& line) {
        std::string attributes;
        const auto add = [&](const std::string& one) {
            attributes += (attributes.empty() ? " [" : ", ") + one;
        };
        if (!line.label.empty()) add("label=" + label({line.label}));
        if (line.kind == Line::Kind::calls) add("style=dashed");
        if (line.kind == Line::Kind::beside) add("style=dotted");
        // Lines are between nodes, and cut at the border of a frame: not that of a frame around both.
        const auto end = [&](std::size_t element, std::size_t other, const char* what) {
            if (graph_.elements[element].kind == Kind::frame && !graph_.is_within(other, element))
                add(what + quoted("cluster " + graph_.elements[element].id));
            return quoted(graph_.elements[graph_.anchor(element)].id);
        };
        const std::string from = end(line.from, line.to, "ltail=");
        const std::string to = end(line.to, line.from, "lhead=");
        out_ += "  " + from + " -> " + to + attributes + (attributes.empty() ? "" : "]") + ";\n";
    }

    const Graph& graph_;
    std::string out_;
};

}  // namespace

std::string write_dot(const Graph& graph) { return DotWriter(graph)(); }

}  // namespace tiphys::graph
