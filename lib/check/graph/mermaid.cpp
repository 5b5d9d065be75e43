// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "graph.hpp"

namespace tiphys::graph {
namespace {

using Kind = Element::Kind;

/// In quotes. Mermaid reads `#35;` as the character of that number, and HTML and directives (`%%{`) within
/// labels.
std::string label_of(const std::vector<std::string>& lines) {
    std::string made = "\"";
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i != 0) made += "<br>";
        made += escaped(lines[i], [](std::string& to, char c) {
            if (std::string_view("\"#&<>`%\\").find(c) != std::string_view::npos)
                to += '#' + std::to_string(static_cast<int>(c)) + ';';
            else
                to += c;
        });
    }
    // An empty label would be the id.
    return (made.size() == 1 ? made + ' ' : made) + '"';
}

class MermaidWriter {
public:
    explicit MermaidWriter(const Graph& graph) : graph_(graph) {
        for (const Element& one : graph.elements) ids_.push_back(id_of(one.id));
    }

    std::string operator()() && {
        out_ = "flowchart TD\n";
        inner(0, "  ");
        for (const Line& line : graph_.lines) write(line);
        for (std::size_t i = 0; i < ids_.size(); ++i)
            if (graph_.elements[i].kind == Kind::missing)
                out_ += "  style " + ids_[i] + " stroke-dasharray: 4\n";
        return std::move(out_);
    }

private:
    /// Of letters, digits and `_`. The beginning keeps it from being one of Mermaid's own words.
    std::string id_of(const std::string& path) {
        std::string made = "n_";
        for (const char c : path) {
            const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            made += plain ? c : '_';
        }
        std::string unique = made;
        for (int i = 2; !used_.insert(unique).second; ++i) unique = made + "_" + std::to_string(i);
        return unique;
    }

    void inner(std::size_t frame, const std::string& indent) {
        for (const std::size_t index : graph_.elements[frame].inner) {
            const Element& one = graph_.elements[index];
            const std::string text = label_of(one.lines);
            if (one.kind == Kind::frame) {
                out_ += indent + "subgraph " + ids_[index] + "[" + text + "]\n";
                inner(index, indent + "  ");
                out_ += indent + "end\n";
                continue;
            }
            out_ += indent + ids_[index];
            switch (one.kind) {
                case Kind::start: out_ += "([" + text + "])\n"; break;
                case Kind::joint: out_ += "((" + text + "))\n"; break;
                case Kind::reference: out_ += "[[" + text + "]]\n"; break;
                case Kind::task: out_ += "(" + text + ")\n"; break;
                default: out_ += "[" + text + "]\n";
            }
        }
    }

    void write(const Line& line) {
        // No line to a frame around: the first within stands for it.
        const auto end = [&](std::size_t element, std::size_t other) {
            return ids_[graph_.is_within(other, element) ? graph_.anchor(element) : element];
        };
        out_ += "  " + end(line.from, line.to) + (line.kind == Line::Kind::order ? " -->" : " -.->");
        if (!line.label.empty()) out_ += "|" + label_of({line.label}) + "|";
        out_ += " " + end(line.to, line.from) + "\n";
    }

    const Graph& graph_;
    std::set<std::string> used_;
    std::vector<std::string> ids_;
    std::string out_;
};

}  // namespace

std::string write_mermaid(const Graph& graph) { return MermaidWriter(graph)(); }

}  // namespace tiphys::graph
