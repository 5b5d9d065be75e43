// SPDX-License-Identifier: Apache-2.0
#include "graph.hpp"

#include <tiphys/check/detail/depends.hpp>
#include <tiphys/check/graph.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace tiphys {
namespace graph {
namespace {

using Kind = Element::Kind;

/// Long conditions and lists would make a label wider than the graph.
std::string shortened(std::string_view text) {
    constexpr std::size_t most = 72;
    if (text.size() <= most) return std::string(text);
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return std::string(text.substr(0, end)) + "...";
}

std::string kind_of(const model::Template& self) {
    if (self.container) return "container";
    if (self.script) return "script";
    if (self.containerSet) return "container set";
    if (self.dag) return "dag";
    if (self.steps.has_value()) return "steps";
    if (self.suspend)
        return self.suspend->duration.empty() ? "suspend" : "suspend " + self.suspend->duration.string();
    if (self.resource)
        return self.resource->action.empty() ? "resource" : "resource " + self.resource->action.string();
    if (self.http) return "http";
    if (self.data) return "data";
    if (self.plugin.has_value()) return "plugin";
    return "template";
}
bool is_frame(const model::Template& self) { return self.dag.has_value() || self.steps.has_value(); }

std::string name_of(const model::TemplateRef& reference) {
    std::string made = reference.name.string();
    if (!reference.template_.empty()) made += "/" + reference.template_.string();
    if (reference.clusterScope.value_or(false)) made += " (cluster)";
    return made;
}

template <class Call>
std::string loop_of(const Call& call) {
    if (call.withParam.has_value()) return "for each of " + shortened(call.withParam.view());
    if (call.withSequence) {
        const model::Sequence& sequence = *call.withSequence;
        if (sequence.count.has_value()) return shortened(sequence.count.to_text().view()) + " times";
        return "from " + (sequence.start.has_value() ? shortened(sequence.start.to_text().view()) : "0") +
               " to " + shortened(sequence.end.to_text().view());
    }
    if (call.withItems.has_value())
        return "for each of " + std::to_string(call.withItems.size()) +
               (call.withItems.size() == 1 ? " item" : " items");
    return {};
}

/// What a task waits for: which results of which other tasks.
struct Waits {
    std::vector<std::pair<std::string_view, std::string>> tasks;  ///< the results with commas; "" for success
    bool is_plain = true;                                         ///< for all of them, without alternatives
};

Waits waits_of(const model::DAGTask& task) {
    Waits made;
    const auto add = [&](std::string_view name, std::string_view result) {
        auto found = std::find_if(made.tasks.begin(), made.tasks.end(),
                                  [&](const auto& one) { return one.first == name; });
        if (found == made.tasks.end()) found = made.tasks.insert(found, {name, ""});
        if (result.empty() || result == "Succeeded") return;
        if (!found->second.empty()) found->second += ", ";
        found->second += result;
    };
    for (const str& name : task.dependencies) add(name.view(), {});
    const std::string_view text = task.depends.view();
    if (text.empty()) return made;
    made.is_plain = text.find_first_of("|!") == std::string_view::npos;
    const auto wrong =
        detail::read_depends(text, [&](const detail::depends_reference& one) { add(one.task, one.result); });
    if (!wrong.expected.empty()) made.is_plain = false;
    return made;
}

class Reader {
public:
    Reader(const model::k8s::ObjectMeta& metadata, const model::WorkflowSpec& spec,
           const list<str>& schedules)
        : spec_(spec) {
        graph_.name = (metadata.name.empty() ? metadata.generateName : metadata.name).string();
        add(Kind::whole, 0, "", {});
        for (const auto& one : spec.templates) find_uses(one);
        use_hooks(spec);
        used_otherwise_.insert(spec.entrypoint.view());
        read_start(schedules);
        for (const auto& one : spec.templates) read_template(one);
        for (const Later& one : later_) {
            const bool stored = spec_.workflowTemplateRef && find(one.name) == nullptr;
            const std::size_t to = one.reference != nullptr ? external(*one.reference)
                                   : stored                 ? external(*spec_.workflowTemplateRef, one.name)
                                                            : target(one.name);
            graph_.lines.push_back({one.kind, one.from, to, one.label});
        }
    }

    Graph release() { return std::move(graph_); }

private:
    /// A line to a template, drawn when all templates are known.
    struct Later {
        Line::Kind kind;
        std::size_t from;
        std::string_view name;
        const model::TemplateRef* reference;
        std::string label;
    };

    std::size_t add(Kind kind, std::size_t outer, std::string id, std::vector<std::string> lines) {
        std::string unique = id;
        for (int i = 2; !ids_.insert(unique).second; ++i) unique = id + " " + std::to_string(i);
        const std::size_t index = graph_.elements.size();
        graph_.elements.push_back({kind, std::move(unique), std::move(lines), {}, outer});
        if (index != 0) graph_.elements[outer].inner.push_back(index);
        return index;
    }

    // --- which templates stand in the label of what runs them, and which are drawn

    template <class Hooked>
    void use_hooks(const Hooked& hooked) {
        used_otherwise_.insert(hooked.onExit.view());
        for (const auto& hook : hooked.hooks) used_otherwise_.insert(hook.value.template_.view());
    }
    template <class Call>
    void find_use(const Call& call) {
        use_hooks(call);
        if (call.inline_)
            find_uses(*call.inline_);
        else if (!call.templateRef)
            called_.insert(call.template_.view());
    }
    void find_uses(const model::Template& self) {
        if (self.dag)
            for (const auto& task : self.dag->tasks) find_use(task);
        for (const auto& group : self.steps)
            for (const auto& step : group) find_use(step);
    }

    // --- the document

    void read_start(const list<str>& schedules) {
        if (spec_.entrypoint.empty() && !spec_.workflowTemplateRef) return;
        std::vector<std::string> lines{"start"};
        for (const str& one : schedules) lines.push_back(shortened(one.view()));
        const std::size_t start = add(Kind::start, 0, "(start)", std::move(lines));
        std::size_t from = start;
        if (spec_.workflowTemplateRef) {
            const auto& reference = *spec_.workflowTemplateRef;
            std::string name = reference.name.string();
            if (reference.clusterScope.value_or(false)) name += " (cluster)";
            from = add(Kind::reference, 0, "(reference)", {name, "workflow template"});
            graph_.lines.push_back({Line::Kind::order, start, from, spec_.entrypoint.string()});
        } else {
            later_.push_back({Line::Kind::order, start, spec_.entrypoint.view(), nullptr, ""});
        }
        hooks_of(spec_, from);
    }
    template <class Hooked>
    void hooks_of(const Hooked& hooked, std::size_t from) {
        if (!hooked.onExit.empty())
            later_.push_back({Line::Kind::beside, from, hooked.onExit.view(), nullptr, "at the end"});
        for (const auto& hook : hooked.hooks) {
            std::string label = hook.key.string();
            if (!hook.value.expression.empty()) label += ": " + shortened(hook.value.expression.view());
            const auto* reference = hook.value.templateRef.get();
            later_.push_back({Line::Kind::beside, from, hook.value.template_.view(), reference, label});
        }
    }

    void read_template(const model::Template& self) {
        const auto name = self.name.view();
        std::size_t made = 0;
        if (is_frame(self)) {
            made = add(Kind::frame, 0, self.name.string(), {self.name.string() + " (" + kind_of(self) + ")"});
            read_frame(self, made);
        } else if (!called_.contains(name) || used_otherwise_.contains(name)) {
            made = add(Kind::leaf, 0, self.name.string(), {self.name.string(), kind_of(self)});
        }
        drawn_.emplace(name, made);
    }
    void read_frame(const model::Template& self, std::size_t frame) {
        if (self.dag) read_tasks(self.dag->tasks, frame);
        if (self.steps.has_value()) read_steps(self.steps, frame);
        if (graph_.elements[frame].inner.empty())
            add(Kind::joint, frame, graph_.elements[frame].id + "/()", {"empty"});
    }

    // --- tasks and steps

    template <class Call>
    std::size_t read_call(const Call& call, std::size_t frame, std::string_view condition) {
        const std::string id = graph_.elements[frame].id + "/" + call.name.string();
        std::vector<std::string> lines{call.name.string()};
        const model::Template* own = nullptr;
        bool opens = false;
        if (call.inline_) {
            opens = is_frame(*call.inline_);
            (opens ? lines[0] += " (" + kind_of(*call.inline_) + ")"
                   : lines.emplace_back(kind_of(*call.inline_)));
        } else if (call.templateRef) {
            lines.push_back(name_of(*call.templateRef));
        } else if (!call.template_.empty()) {
            own = find(call.template_.view());
            if (call.template_ != call.name) lines.push_back(call.template_.string());
        }
        if (const std::string loop = loop_of(call); !loop.empty()) lines.push_back(loop);
        if (!call.when.empty()) lines.push_back("when " + shortened(call.when.view()));
        if (!condition.empty()) lines.push_back("after " + shortened(condition));
        if (call.continueOn) {
            if (call.continueOn->failed.value_or(false)) lines.emplace_back("may fail");
            if (call.continueOn->error.value_or(false)) lines.emplace_back("may end in an error");
        }
        const std::size_t made = add(opens ? Kind::frame : Kind::task, frame, id, std::move(lines));
        if (opens) read_frame(*call.inline_, made);
        const bool runs_frame = own != nullptr && is_frame(*own);
        const bool unknown = own == nullptr && !call.inline_ && !call.templateRef && !call.template_.empty();
        if (runs_frame || (unknown && !spec_.workflowTemplateRef))
            later_.push_back({Line::Kind::calls, made, call.template_.view(), nullptr, ""});
        hooks_of(call, made);
        return made;
    }

    void read_tasks(const list<model::DAGTask>& tasks, std::size_t frame) {
        std::map<std::string_view, std::size_t> made;
        std::vector<std::pair<std::size_t, Waits>> all;
        for (const auto& task : tasks) {
            Waits waits = waits_of(task);
            const std::size_t index = read_call(task, frame, waits.is_plain ? "" : task.depends.view());
            made.emplace(task.name.view(), index);
            all.emplace_back(index, std::move(waits));
        }
        for (const auto& [index, waits] : all)
            for (const auto& [name, label] : waits.tasks) {
                auto from = made.find(name);
                if (from == made.end()) {
                    const std::string id = graph_.elements[frame].id + "/" + std::string(name);
                    from = made.emplace(name, add(Kind::missing, frame, id, {std::string(name), "unknown"}))
                               .first;
                }
                graph_.lines.push_back({Line::Kind::order, from->second, index, label});
            }
    }

    void read_steps(const list<list<model::WorkflowStep>>& groups, std::size_t frame) {
        std::vector<std::size_t> before;
        for (const auto& group : groups) {
            if (group.empty()) continue;
            std::vector<std::size_t> now;
            for (const auto& step : group) now.push_back(read_call(step, frame, {}));
            // Not a line from each to each.
            if (before.size() > 1 && now.size() > 1) {
                const std::size_t joint = add(Kind::joint, frame, graph_.elements[frame].id + "/()", {});
                connect(before, {joint});
                before = {joint};
            }
            connect(before, now);
            before = std::move(now);
        }
    }
    void connect(const std::vector<std::size_t>& from, const std::vector<std::size_t>& to) {
        for (const std::size_t one : from)
            for (const std::size_t other : to) graph_.lines.push_back({Line::Kind::order, one, other});
    }

    // --- templates by name

    const model::Template* find(std::string_view name) {
        if (templates_.empty())
            for (const auto& one : spec_.templates) templates_.emplace(one.name.view(), &one);
        const auto found = templates_.find(name);
        return found == templates_.end() ? nullptr : found->second;
    }
    std::size_t target(std::string_view name) {
        const auto found = drawn_.find(name);
        if (found != drawn_.end()) return found->second;
        const std::size_t made = add(Kind::missing, 0, std::string(name), {std::string(name), "unknown"});
        drawn_.emplace(name, made);
        return made;
    }
    std::size_t external(const model::TemplateRef& reference) { return external(name_of(reference)); }
    /// A template of the document whose templates this one has as well.
    std::size_t external(const model::WorkflowTemplateRef& reference, std::string_view name) {
        model::TemplateRef to;
        to.name = reference.name;
        to.template_ = name;
        to.clusterScope = reference.clusterScope;
        return external(name_of(to));
    }
    std::size_t external(const std::string& name) {
        const auto found = external_.find(name);
        if (found != external_.end()) return found->second;
        return external_[name] = add(Kind::reference, 0, name, {name});
    }

    const model::WorkflowSpec& spec_;
    Graph graph_;
    std::set<std::string> ids_;
    std::set<std::string_view> called_, used_otherwise_;
    std::map<std::string_view, const model::Template*> templates_;
    std::map<std::string_view, std::size_t> drawn_;
    std::map<std::string, std::size_t> external_;
    std::vector<Later> later_;
};

}  // namespace

std::size_t Graph::anchor(std::size_t element) const {
    while (elements[element].kind == Kind::frame) element = elements[element].inner.front();
    return element;
}
bool Graph::is_within(std::size_t element, std::size_t frame) const {
    while (element != 0 && element != frame) element = elements[element].outer;
    return element == frame;
}

Graph read_graph(const model::k8s::ObjectMeta& metadata, const model::WorkflowSpec& spec,
                 const list<str>& schedules) {
    return Reader(metadata, spec, schedules).release();
}

namespace {
template <class Document>
Graph read(const Document& document) {
    return read_graph(document.metadata, document.spec);
}
Graph read(const model::CronWorkflow& document) {
    list<str> schedules = document.spec.schedules;
    if (!document.spec.schedule.empty()) schedules.push_back(document.spec.schedule);
    return read_graph(document.metadata, document.spec.workflowSpec, schedules);
}
}  // namespace

}  // namespace graph

std::string to_dot(const model::Workflow& document) { return graph::write_dot(graph::read(document)); }
std::string to_dot(const model::WorkflowTemplate& document) {
    return graph::write_dot(graph::read(document));
}
std::string to_dot(const model::ClusterWorkflowTemplate& document) {
    return graph::write_dot(graph::read(document));
}
std::string to_dot(const model::CronWorkflow& document) { return graph::write_dot(graph::read(document)); }

std::string to_mermaid(const model::Workflow& document) {
    return graph::write_mermaid(graph::read(document));
}
std::string to_mermaid(const model::WorkflowTemplate& document) {
    return graph::write_mermaid(graph::read(document));
}
std::string to_mermaid(const model::ClusterWorkflowTemplate& document) {
    return graph::write_mermaid(graph::read(document));
}
std::string to_mermaid(const model::CronWorkflow& document) {
    return graph::write_mermaid(graph::read(document));
}

}  // namespace tiphys
