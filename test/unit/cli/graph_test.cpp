// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/commands.hpp"

namespace tiphys::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class GraphTest : public testing::Test {
protected:
    GraphTest() {
        std::string name = (std::filesystem::path(testing::TempDir()) / "tiphys-graph-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for temporary files");
        folder_ = name;
    }
    ~GraphTest() override { std::filesystem::remove_all(folder_); }

    std::string file(const std::string& text) const {
        std::ofstream(folder_ / "a.yaml") << text;
        return (folder_ / "a.yaml").string();
    }
    /// The whole program: its status, its output and what it says.
    static std::string program(std::vector<const char*> arguments, int status) {
        arguments.insert(arguments.begin(), {"tiphys", "graph"});
        std::ostringstream out, error;
        EXPECT_EQ(main(static_cast<int>(arguments.size()), arguments.data(), out, error), status);
        EXPECT_EQ(status == 0 ? error.str() : out.str(), "");
        return status == 0 ? out.str() : error.str();
    }

    std::filesystem::path folder_;
};

constexpr const char* two = R"(kind: Workflow
metadata: {name: one}
spec: {entrypoint: main, templates: [{name: main, dag: {tasks: [{name: A, template: t}, {name: B, template: t, depends: A.Failed}]}}, {name: t, suspend: {}}]}
---
kind: WorkflowTemplate
metadata: {name: two}
spec: {templates: [{name: echo, container: {image: b}}]}
---
kind: ConfigMap
metadata: {name: three}
)";

TEST_F(GraphTest, WritesBothLanguages) {
    const std::string path = file(two);
    const std::string dot = program({"--name", "one", path.c_str()}, 0);
    EXPECT_THAT(dot, StartsWith("digraph \"one\" {\n"));
    EXPECT_THAT(dot, HasSubstr("\"main/A\" -> \"main/B\" [label=\"Failed\"];\n"));
    const std::string mermaid = program({"--format", "mermaid", "--name", "two", path.c_str()}, 0);
    EXPECT_EQ(mermaid, "flowchart TD\n  n_echo[\"echo<br>container\"]\n");
}

TEST_F(GraphTest, SaysWhatItCannotDraw) {
    const std::string path = file(two);
    EXPECT_THAT(program({path.c_str()}, 2),
                HasSubstr("several documents that have a graph (one, two): choose"));
    EXPECT_THAT(program({"--name", "three", path.c_str()}, 2), HasSubstr("CronWorkflow is called three"));
    EXPECT_THAT(program({"--format", "svg", path.c_str()}, 2), HasSubstr("--format"));
    EXPECT_THAT(program({"/nowhere.yaml"}, 2), HasSubstr("/nowhere.yaml"));
    EXPECT_THAT(program({}, 2), HasSubstr("Run `tiphys graph --help`"));
    const std::string none = file("kind: ConfigMap\nmetadata: {name: a}\n");
    EXPECT_THAT(program({none.c_str()}, 2), HasSubstr("no Workflow, WorkflowTemplate"));
}

}  // namespace
}  // namespace tiphys::cli
