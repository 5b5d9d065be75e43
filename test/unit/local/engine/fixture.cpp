// SPDX-License-Identifier: Apache-2.0
#include "fixture.hpp"

#include <tiphys/model/generated/describe.hpp>
#include <tiphys/text/text.hpp>

#include <algorithm>
#include <cstdlib>

namespace tiphys::local::test {
namespace {

std::string relative(std::string_view name, std::string_view workflow) {
    if (name.starts_with(workflow)) name.remove_prefix(workflow.size());
    return name.empty() ? "." : std::string(name);
}

}  // namespace

std::filesystem::path make_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "tiphys-engine-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
    return name;
}

EngineTest::EngineTest() {
    options_.directory = make_folder();
    options_.parallelism = 4;
}

EngineTest::~EngineTest() {
    engine_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(options_.directory, ignored);
}

const model::Workflow& EngineTest::start(std::string_view yaml, std::string_view name) {
    if (!engine_) {
        engine_ = std::make_unique<Engine>(context_.get_executor(), options_);
        engine_->on_change([this](Change change, const model::Workflow& at) {
            changes_.push_back(std::string(change == Change::added      ? "added "
                                           : change == Change::modified ? "modified "
                                                                        : "deleted ") +
                               std::string(at.status ? at.status->phase.view() : ""));
        });
        engine_->on_log([this](const model::Workflow& at, const LogLine& line) {
            const model::NodeStatus* const found = at.status->nodes.find(line.node_id);
            logs_[relative(found->name, at.metadata.name)] += std::string(line.content) + "\n";
        });
    }
    model::Workflow made;
    if (yaml.find("apiVersion") != std::string_view::npos)
        made = read_yaml<model::Workflow>(yaml);
    else
        made.spec = read_yaml<model::WorkflowSpec>(yaml);
    made.metadata.name = name;
    return engine_->create("default", std::move(made));
}

void EngineTest::run_until(const std::function<bool()>& until) {
    context_.restart();
    while (!until())
        if (context_.run_one_for(std::chrono::seconds(60)) == 0) {
            ADD_FAILURE() << "nothing happens any more:\n" << tree(workflow());
            return;
        }
}

const model::Workflow& EngineTest::finish(std::string_view name) {
    run_until([&] {
        const auto& labels = workflow(name).metadata.labels;
        const str* const completed = labels.find("workflows.argoproj.io/completed");
        return completed != nullptr && *completed == "true";
    });
    return workflow(name);
}

std::string EngineTest::refusal(std::string_view yaml) {
    try {
        start(yaml);
        return {};
    } catch (const Refused& error) {
        return error.what();
    }
}

const model::NodeStatus* EngineTest::node(std::string_view name) {
    const model::Workflow& at = workflow();
    for (const auto& entry : at.status->nodes)
        if (entry.value.name.view() == at.metadata.name.string() + std::string(name)) return &entry.value;
    ADD_FAILURE() << "no node " << name << " in\n" << tree(at);
    static const model::NodeStatus none;
    return &none;
}

std::string EngineTest::output(std::string_view node_name, std::string_view parameter) {
    const model::NodeStatus* const at = node(node_name);
    if (at->outputs)
        for (const model::Parameter& each : at->outputs->parameters)
            if (each.name == parameter) return each.value.string();
    return "(none)";
}

std::string EngineTest::result(std::string_view node_name) {
    const model::NodeStatus* const at = node(node_name);
    return at->outputs && at->outputs->result.has_value() ? at->outputs->result.string() : "(none)";
}

std::string EngineTest::log(std::string_view node_name) {
    return logs_[node_name.empty() ? "." : std::string(node_name)];
}

std::string tree(const model::Workflow& workflow) {
    if (!workflow.status) return "(not started)\n";
    const std::string_view own = workflow.metadata.name;
    std::string text = workflow.status->phase.string();
    if (!workflow.status->message.empty()) text += " \"" + workflow.status->message.string() + "\"";
    text += "\n";
    std::map<std::string_view, std::string> names;
    for (const auto& entry : workflow.status->nodes) names[entry.key] = relative(entry.value.name, own);
    std::vector<std::string> lines;
    for (const auto& entry : workflow.status->nodes) {
        const model::NodeStatus& node = entry.value;
        std::string line = names[entry.key] + " " + node.type.string() + " " +
                           (node.templateName.empty() ? "-" : node.templateName.string()) + " " +
                           node.phase.string();
        if (!node.message.empty()) line += " \"" + node.message.string() + "\"";
        std::vector<std::string> children;
        for (const str& child : node.children) children.push_back(names[child]);
        std::sort(children.begin(), children.end());
        if (!children.empty()) line += " ->";
        for (const std::string& child : children) line += " " + child;
        // Ids are hashes of names: a reader wants the name.
        for (const auto& [id, name] : names)
            if (const auto at = id == own ? std::string::npos : line.find(id); at != std::string::npos)
                line.replace(at, id.size(), name);
        lines.push_back(line);
    }
    std::sort(lines.begin(), lines.end());
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

}  // namespace tiphys::local::test
