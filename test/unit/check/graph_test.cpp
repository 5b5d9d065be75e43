// SPDX-License-Identifier: Apache-2.0
// The text of graphs. Each is read again by a small reader of the language, so that none is only right to
// look at.
#include <tiphys/check/graph.hpp>
#include <tiphys/text/documents.hpp>
#include <tiphys/text/text.hpp>

#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "support/golden.hpp"
#include "support/require.hpp"

namespace tiphys::test {
namespace {

/// What both languages say of a graph: the labels of nodes and frames by their ids, and the lines.
struct Drawn {
    std::map<std::string, std::string> labels;
    std::set<std::string> frames;
    std::vector<std::string> lines;
    std::string wrong;  ///< where it is not of the language
};

/// digraph ID { (subgraph ID {…} | ID [attributes] | ID -> ID [attributes] | ID = ID) ; … }
class DotReader {
public:
    explicit DotReader(const std::string& text) : text_(text) {}
    Drawn operator()() && {
        expect("digraph");
        id();
        body();
        blanks();
        if (at_ != text_.size()) fail("more text");
        return std::move(drawn_);
    }

private:
    void fail(const std::string& what) {
        if (drawn_.wrong.empty()) drawn_.wrong = what + " at: " + text_.substr(at_, 60);
        at_ = text_.size();
    }
    void blanks() {
        while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    }
    bool take(std::string_view what) {
        blanks();
        if (!std::string_view(text_).substr(at_).starts_with(what)) return false;
        at_ += what.size();
        return true;
    }
    void expect(std::string_view what) {
        if (!take(what)) fail("no " + std::string(what));
    }
    std::string id() {
        blanks();
        std::string made;
        if (at_ < text_.size() && text_[at_] == '"') {
            for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
                if (text_[at_] == '\n') fail("a line ends within quotes");
                if (at_ < text_.size() && text_[at_] == '\\') made += text_[at_++];
                if (at_ < text_.size()) made += text_[at_];
            }
            expect("\"");
            return made;
        }
        while (at_ < text_.size() &&
               (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_'))
            made += text_[at_++];
        if (made.empty()) fail("no id");
        return made;
    }
    /// `\n` divides lines, `\"` and `\\` stand for themselves; nothing else is written.
    std::string shown(const std::string& label) {
        std::string made;
        for (std::size_t i = 0; i < label.size(); ++i) {
            if (label[i] != '\\') {
                made += label[i];
            } else if (++i < label.size() && label[i] == 'n') {
                made += '\n';
            } else if (i < label.size() && (label[i] == '"' || label[i] == '\\')) {
                made += label[i];
            } else {
                fail("an escape");
            }
        }
        return made;
    }
    std::map<std::string, std::string> attributes() {
        std::map<std::string, std::string> made;
        if (!take("[")) return made;
        do {
            const std::string name = id();
            expect("=");
            made[name] = id();
        } while (take(","));
        expect("]");
        return made;
    }
    void body() {
        expect("{");
        while (at_ < text_.size() && !take("}")) statement();
    }
    void statement() {
        if (take("subgraph ")) {
            const std::string name = id();
            if (!name.starts_with("cluster")) fail("a frame that is none");
            frames_.push_back(name);
            if (!drawn_.frames.insert(name).second) fail("a frame twice");
            body();
            frames_.pop_back();
            return;
        }
        const std::string name = id();
        if (take("=")) {
            const std::string value = id();
            if (name == "label" && !frames_.empty()) drawn_.labels[frames_.back()] = shown(value);
        } else if (take("->")) {
            std::string line = name + " -> " + id();
            for (const auto& [key, value] : attributes())
                line += " " + key + "=" + (key == "label" ? shown(value) : value);
            drawn_.lines.push_back(line);
        } else {
            const auto given = attributes();
            if (name != "node" && name != "edge" &&
                !drawn_.labels.emplace(name, shown(given.at("label"))).second)
                fail("a node twice");
        }
        expect(";");
    }

    const std::string& text_;
    std::size_t at_ = 0;
    std::vector<std::string> frames_;
    Drawn drawn_;
};

/// Of a flowchart, line by line: `subgraph id["…"]`, `end`, `id["…"]` in its brackets, `id -->|"…"| id`,
/// `style`.
class MermaidReader {
public:
    explicit MermaidReader(const std::string& text) : text_(text) {}
    Drawn operator()() && {
        std::istringstream in(text_);
        std::string line;
        std::getline(in, line);
        if (line != "flowchart TD") drawn_.wrong = line;
        int open = 0;
        while (std::getline(in, line)) {
            line_ = std::string_view(line).substr(std::min(line.find_first_not_of(' '), line.size()));
            if (line_ == "end") {
                --open;
            } else if (take("subgraph ")) {
                ++open;
                const std::string name = id();
                drawn_.frames.insert(name);
                label(name, "[", "]");
            } else if (take("style ")) {
                if (!drawn_.labels.contains(id()) || line_ != " stroke-dasharray: 4") fail();
            } else {
                const std::string name = id();
                if (take(" -->") || take(" -.->"))
                    edge(name);
                else if (!label(name, "([", "])") && !label(name, "((", "))") && !label(name, "[[", "]]") &&
                         !label(name, "(", ")") && !label(name, "[", "]"))
                    fail();
            }
            if (open < 0) fail();
        }
        if (open != 0) drawn_.wrong = "a frame without end";
        for (const std::string& one : ends_)
            if (!drawn_.labels.contains(one)) drawn_.wrong = "a line to " + one;
        return std::move(drawn_);
    }

private:
    void fail() {
        if (drawn_.wrong.empty()) drawn_.wrong = line_;
    }
    bool take(std::string_view what) {
        if (!line_.starts_with(what)) return false;
        line_.remove_prefix(what.size());
        return true;
    }
    std::string id() {
        std::size_t size = 0;
        while (size < line_.size() &&
               (std::isalnum(static_cast<unsigned char>(line_[size])) != 0 || line_[size] == '_'))
            ++size;
        const std::string made(line_.substr(0, size));
        if (!made.starts_with("n_")) fail();
        line_.remove_prefix(size);
        return made;
    }
    std::string text() {
        if (!take("\"")) fail();
        std::string made;
        while (!line_.empty() && line_[0] != '"') {
            if (take("<br>")) {
                made += '\n';
            } else if (take("#")) {
                const auto end = line_.find(';');
                if (end == std::string_view::npos) return fail(), made;
                made += static_cast<char>(std::stoi(std::string(line_.substr(0, end))));
                line_.remove_prefix(end + 1);
            } else {
                if (std::string_view("<>&`%\\").find(line_[0]) != std::string_view::npos) fail();
                made += line_[0];
                line_.remove_prefix(1);
            }
        }
        if (!take("\"")) fail();
        return made;
    }
    bool label(const std::string& name, std::string_view begin, std::string_view end) {
        if (!line_.starts_with(std::string(begin) + '"')) return false;
        take(begin);
        if (!drawn_.labels.emplace(name, text()).second) fail();
        if (!take(end) || !line_.empty()) fail();
        return true;
    }
    void edge(const std::string& from) {
        std::string made;
        if (take("|")) {
            made = " " + text();
            if (!take("|")) fail();
        }
        if (!take(" ")) fail();
        const std::string to = id();
        if (!line_.empty()) fail();
        drawn_.lines.push_back(from + " -> " + to + made);
        ends_.insert(ends_.end(), {from, to});
    }

    const std::string& text_;
    std::string_view line_;
    std::vector<std::string> ends_;
    Drawn drawn_;
};

Drawn read_dot(const std::string& text) { return DotReader(text)(); }
Drawn read_mermaid(const std::string& text) { return MermaidReader(text)(); }

constexpr std::string_view everything = R"yaml(
metadata: {generateName: ship-}
spec:
  entrypoint: main
  onExit: bye
  hooks: {running: {template: bye, expression: workflow.status == "Running"}}
  templates:
  - name: main
    dag:
      tasks:
      - {name: A, template: echo}
      - {name: B, template: echo, dependencies: [A], withItems: [1, 2, 3], continueOn: {failed: true}}
      - {name: C, template: echo, depends: A.Succeeded && B, withParam: '{{tasks.A.outputs.result}}', when: '{{item}} != 1'}
      - {name: D, depends: 'A.Failed || (B.Errored && !C.Skipped)', templateRef: {name: tools, template: mend}}
      - {name: E, depends: A.AllFailed && A.Daemoned, template: sequel, withSequence: {count: 3}, onExit: bye}
      - name: F
        depends: E
        inline: {dag: {tasks: [{name: in, template: echo}, {name: out, depends: in, inline: {container: {image: b}}}]}}
        hooks: {exit: {template: bye}, running: {templateRef: {name: tools, template: tell}, expression: tasks.F.status == "Running"}}
      - {name: G, depends: F, template: main, withSequence: {start: 2, end: 5}}
  - name: sequel
    steps:
    - [{name: one, template: echo}]
    - [{name: two, template: echo}, {name: three, template: nap, when: '{{steps.one.outputs.result}} == yes'}]
    - [{name: four, template: echo}, {name: five, inline: {steps: [[{name: deep, template: echo}]]}}]
    - [{name: six, templateRef: {name: tools, template: t, clusterScope: true}}]
  - {name: echo, container: {image: busybox}}
  - {name: nap, suspend: {duration: 1h}}
  - {name: bye, script: {image: busybox, source: x}}
  - {name: unused, resource: {action: create}}
)yaml";

TEST(Graph, DrawsAllThatFlows) {
    const auto workflow = read_yaml<model::Workflow>(everything);
    EXPECT_GOLDEN("graph/everything.dot", to_dot(workflow));
    EXPECT_GOLDEN("graph/everything.mmd", to_mermaid(workflow));
    const Drawn dot = read_dot(to_dot(workflow)), mermaid = read_mermaid(to_mermaid(workflow));
    EXPECT_EQ(dot.wrong, "");
    EXPECT_EQ(mermaid.wrong, "");
    EXPECT_EQ(dot.frames.size(), 4u);
    EXPECT_EQ(mermaid.frames.size(), 4u);
    EXPECT_EQ(dot.labels.size(), mermaid.labels.size());
    EXPECT_EQ(dot.lines.size(), mermaid.lines.size());
    EXPECT_EQ(dot.labels.at("main/C"), "C\necho\nfor each of {{tasks.A.outputs.result}}\nwhen {{item}} != 1");
    EXPECT_EQ(mermaid.labels.at("n_main_C"), dot.labels.at("main/C"));
    EXPECT_EQ(dot.labels.at("main/D"), "D\ntools/mend\nafter A.Failed || (B.Errored && !C.Skipped)");
    const auto has = [](const Drawn& drawn, const char* line) {
        return std::count(drawn.lines.begin(), drawn.lines.end(), line);
    };
    EXPECT_EQ(has(dot, "main/A -> main/B"), 1);
    EXPECT_EQ(has(dot, "main/B -> main/D label=Errored"), 1);
    EXPECT_EQ(has(mermaid, "n_main_A -> n_main_E AllFailed, Daemoned"), 1);
    EXPECT_EQ(has(dot, "main/F/in -> main/G ltail=cluster main/F"), 1) << "a frame is left at its border";
    EXPECT_EQ(has(mermaid, "n_main_F -> n_main_G"), 1);
    EXPECT_EQ(has(dot, "main/G -> main/A style=dashed"), 1) << "a template that calls itself";
}

TEST(Graph, IsOfEveryKindOfDocument) {
    const auto check = [](const auto& document, const char* name, std::size_t nodes) {
        const Drawn drawn = read_dot(to_dot(document));
        EXPECT_EQ(drawn.wrong, "");
        EXPECT_EQ(drawn.labels.size(), nodes);
        EXPECT_TRUE(drawn.labels.contains(name)) << to_dot(document);
        EXPECT_EQ(read_mermaid(to_mermaid(document)).labels.size(), nodes);
        EXPECT_EQ(read_mermaid(to_mermaid(document)).wrong, "");
    };
    check(read_yaml<model::WorkflowTemplate>("{metadata: {name: tools}, spec: {templates: [{name: echo, "
                                             "http: {url: u}}, {name: plug, plugin: {}}]}}"),
          "echo", 2);
    check(read_yaml<model::ClusterWorkflowTemplate>(
              "{metadata: {name: tools}, spec: {entrypoint: echo, templates: [{name: echo, data: {}}]}}"),
          "(start)", 2);
    check(read_yaml<model::Workflow>("{metadata: {name: a}, spec: {entrypoint: go, workflowTemplateRef: "
                                     "{name: tools, clusterScope: true}}}"),
          "(reference)", 2);
    // Hooks may run what the stored template has.
    check(read_yaml<model::Workflow>("{metadata: {name: a}, spec: {entrypoint: go, onExit: tidy, "
                                     "workflowTemplateRef: {name: tools}}}"),
          "tools/tidy", 3);
    const auto cron = read_yaml<model::CronWorkflow>(
        "{metadata: {name: a}, spec: {schedules: ['@daily', '0 3 * * *'], workflowSpec: {entrypoint: m, "
        "templates: [{name: m, container: {}}]}}}");
    check(cron, "m", 2);
    EXPECT_EQ(read_dot(to_dot(cron)).labels.at("(start)"), "start\n@daily\n0 3 * * *");
    EXPECT_TRUE(read_dot(to_dot(model::Workflow())).labels.empty());
}

// What a person would draw of a document that is not right yet.
TEST(Graph, ShowsWhatIsNotThere) {
    const auto workflow = read_yaml<model::Workflow>(
        R"yaml({metadata: {name: a}, spec: {entrypoint: nowhere, onExit: nobody, templates: [
        {name: main, dag: {tasks: [{name: A, template: nothing, depends: 'B && '}, {name: A, template: main, depends: B}, {template: main}]}},
        {name: none, dag: {tasks: []}}, {name: bare, steps: []}, {name: main, suspend: {}}]}})yaml");
    const Drawn dot = read_dot(to_dot(workflow)), mermaid = read_mermaid(to_mermaid(workflow));
    EXPECT_EQ(dot.wrong, "");
    EXPECT_EQ(mermaid.wrong, "");
    for (const char* name : {"nowhere", "nobody", "nothing", "main/B"})
        EXPECT_EQ(dot.labels.at(name),
                  std::string(name).substr(name == std::string("main/B") ? 5 : 0) + "\nunknown");
    EXPECT_EQ(dot.labels.at("main/A"), "A\nnothing\nafter B && ");
    EXPECT_EQ(dot.labels.at("main/A 2"), "A\nmain") << "names that are not unique have nodes of their own";
    EXPECT_EQ(dot.labels.at("none/()"), "empty");
    EXPECT_EQ(dot.labels.size(), mermaid.labels.size());
}

TEST(Graph, EscapesWhatTheLanguagesMean) {
    const std::string names[] = {"a\"b",
                                 "a\\",
                                 "\\n",
                                 "a\nb\tc",
                                 "{{workflow.name}}",
                                 "<b>x</b>",
                                 "#quot;",
                                 "&lt;",
                                 "`x`",
                                 "%%{init: {}}%%",
                                 "end",
                                 "]\"); A -->",
                                 "\x7f\x01",
                                 "naïve ☂",
                                 "\" -> \"",
                                 "--",
                                 ""};
    model::Workflow workflow;
    workflow.metadata.name = "\"}\\";
    auto& self = workflow.spec.templates.emplace_back();
    self.name = "ma\"in\\";
    workflow.spec.entrypoint = self.name;
    for (const std::string& name : names) {
        auto& task = self.dag.ensure().tasks.emplace_back();
        task.name = name;
        task.template_ = name + "?";
        task.when = "{{" + name + "}}";
        task.hooks[name].template_ = name;
        task.hooks[name].expression = name;
    }
    const Drawn dot = read_dot(to_dot(workflow)), mermaid = read_mermaid(to_mermaid(workflow));
    EXPECT_EQ(dot.wrong, "");
    EXPECT_EQ(mermaid.wrong, "");
    EXPECT_EQ(dot.labels.size(), mermaid.labels.size());
    EXPECT_EQ(dot.lines.size(), mermaid.lines.size());
    for (const Drawn* drawn : {&dot, &mermaid}) {
        std::set<std::string> labels;
        for (const auto& [id, label] : drawn->labels) labels.insert(label);
        for (const std::string& name : names) {
            std::string shown = name;
            for (char& c : shown)
                if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = ' ';
            EXPECT_TRUE(labels.contains(shown + "\n" + shown + "?\nwhen {{" + shown + "}}")) << name;
        }
    }
}

TEST(Graph, GrowsInProportion) {
    model::Workflow workflow;
    auto& self = workflow.spec.templates.emplace_back();
    self.name = "main";
    for (int group = 0; group < 2; ++group) {
        auto& steps = self.steps.emplace_back();
        for (int i = 0; i < 1000; ++i) steps.emplace_back().name = std::to_string(i);
    }
    EXPECT_EQ(read_dot(to_dot(workflow)).lines.size(), 2000u);
    std::string deep = "{container: {image: b}}";
    for (int i = 0; i < 100; ++i) deep = "{dag: {tasks: [{name: a, inline: " + deep + "}]}}";
    const auto nested = read_yaml<model::Workflow>(
        "{metadata: {name: a}, spec: {templates: [{name: m, steps: [[{name: b, inline: " + deep + "}]]}]}}");
    EXPECT_EQ(read_dot(to_dot(nested)).frames.size(), 101u);
}

TEST(Graph, IsReadableForEveryExample) {
    const std::filesystem::path examples = TIPHYS_ARGO_DATA "/v4.1.2/examples";
    TIPHYS_NEEDS_ARGO_DATA(std::filesystem::is_directory(examples), examples);
    int drawn = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator(examples)) {
        if (file.path().extension() != ".yaml") continue;
        Documents documents;
        try {
            documents = read_file(file.path().string());
        } catch (const ReadError&) {
            continue;  // The few that are not well-formed have tests of their own.
        }
        for (const Document& document : documents)
            std::visit(
                [&](const auto& value) {
                    if constexpr (requires { to_dot(value); }) {
                        const Drawn dot = read_dot(to_dot(value)), mermaid = read_mermaid(to_mermaid(value));
                        EXPECT_EQ(dot.wrong, "") << file.path();
                        EXPECT_EQ(mermaid.wrong, "") << file.path();
                        EXPECT_EQ(dot.labels.size(), mermaid.labels.size()) << file.path();
                        ++drawn;
                    }
                },
                document.value);
    }
    EXPECT_GT(drawn, 200);
}

}  // namespace
}  // namespace tiphys::test
