// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/commands.hpp"
#include "cli/manifest.hpp"

namespace tiphys::cli {
namespace {

using testing::HasSubstr;

class Convert : public testing::Test {
protected:
    Convert() {
        std::string name = (std::filesystem::path(testing::TempDir()) / "tiphys-convert-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for temporary files");
        folder_ = name;
    }
    ~Convert() override { std::filesystem::remove_all(folder_); }

    std::string file(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name) << text;
        return (folder_ / name).string();
    }
    static std::string converted(bool to_json, std::vector<std::string> files) {
        std::ostringstream out;
        EXPECT_EQ(convert({.to_json = to_json, .files = std::move(files)}, out), 0);
        return out.str();
    }
    static std::string refusal(std::vector<std::string> files) {
        std::ostringstream out;
        try {
            convert({.to_json = true, .files = std::move(files)}, out);
        } catch (const UsageError& error) {
            EXPECT_EQ(out.str(), "");
            return error.what();
        }
        return {};
    }

    std::filesystem::path folder_;
};

constexpr const char* yaml = R"(kind: Workflow
apiVersion: argoproj.io/v1alpha1
spec:
  templates:
  - script:
      source: |
        echo 🎉
        	tab
    name: main
    suspend: {}
  arguments: {parameters: [{value: 1.10, name: p}, {name: "on", value: yes}]}
metadata: {name: x}
)";

constexpr const char* json_text = R"({
  "apiVersion": "argoproj.io/v1alpha1",
  "kind": "Workflow",
  "metadata": {
    "name": "x"
  },
  "spec": {
    "arguments": {
      "parameters": [
        {
          "name": "p",
          "value": "1.1"
        },
        {
          "name": "on",
          "value": "true"
        }
      ]
    },
    "templates": [
      {
        "name": "main",
        "script": {
          "source": "echo 🎉\n\ttab\n"
        },
        "suspend": {}
      }
    ]
  }
}
)";

constexpr const char* written_yaml = R"(apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  name: x
spec:
  arguments:
    parameters:
    - name: p
      value: "1.1"
    - name: "on"
      value: "true"
  templates:
  - name: main
    script:
      source: |
        echo 🎉
        	tab
    suspend: {}
)";

TEST_F(Convert, WritesJsonAndYaml) {
    const std::string from_yaml = file("a.yaml", yaml);
    const std::string from_json = file("a.json", json_text);
    EXPECT_EQ(converted(true, {from_yaml}), json_text);
    EXPECT_EQ(converted(true, {from_json}), json_text);
    EXPECT_EQ(converted(false, {from_yaml}), written_yaml);
    EXPECT_EQ(converted(false, {from_json}), written_yaml);
}

TEST_F(Convert, WritesCppHeadersAndPrograms) {
    const std::string from =
        file("a.yaml",
             "kind: Workflow\napiVersion: argoproj.io/v1alpha1\nmetadata: {generateName: a-}\nspec:\n"
             "  entrypoint: main\n  templates: [{name: main, suspend: {}}]\n");
    const std::string wrong =
        file("b.yaml", "kind: Workflow\nmetadata: {name: b}\nspec: {entrypoint: none}\n");
    const auto cpp = [](ConvertCommand options) {
        options.to_cpp = true;
        std::ostringstream out;
        EXPECT_EQ(convert(options, out), 0);
        return out.str();
    };
    EXPECT_EQ(
        cpp({.files = {from}}),
        "// Made from " + from +
            ".\n#pragma once\n\n#include <tiphys/build/build.hpp>\n\nnamespace workflows {\n\n"
            "using namespace tiphys;\n\ninline constexpr auto a = [] {\n    return Workflow(\"a-\")\n"
            "        .entrypoint(\"main\")\n        .suspend(\"main\");\n};\n\n}  // namespace workflows\n");
    const std::string program = cpp({.program = true, .files = {from, wrong}});
    EXPECT_THAT(program,
                HasSubstr("std::cout << tiphys::to_pretty_json(tiphys::checked<workflows::a>());\n"));
    // What `checked` would refuse is printed all the same, and the reason stands beside it.
    EXPECT_THAT(program, HasSubstr("    // Not checked: error workflow."));
    EXPECT_THAT(program, HasSubstr("    std::cout << tiphys::to_pretty_json(workflows::b());\n"));
    EXPECT_THAT(cpp({.program = true, .yaml = true, .files = {from}}),
                HasSubstr("std::cout << tiphys::to_yaml(tiphys::checked<workflows::a>());\n"));
}

TEST_F(Convert, WritesSeveralDocumentsOneAfterTheOther) {
    const std::string two =
        file("two.yaml", "kind: ConfigMap\ndata: {a: '1', b: 0x10}\n---\n# none\n---\n- 1\n");
    const std::string one = file("one.json", R"({"kind":"List","items":[{"kind":"Secret"}]})");
    EXPECT_EQ(
        converted(true, {two, one}),
        "{\n  \"kind\": \"ConfigMap\",\n  \"data\": {\n    \"a\": \"1\",\n    \"b\": 16\n  }\n}\n[\n  1\n]\n"
        "{\n  \"kind\": \"List\",\n  \"items\": [\n    {\n      \"kind\": \"Secret\"\n    }\n  ]\n}\n");
    EXPECT_EQ(
        converted(false, {two, one}),
        "kind: ConfigMap\ndata:\n  a: \"1\"\n  b: 16\n---\n- 1\n---\nkind: List\nitems:\n- kind: Secret\n");
    EXPECT_EQ(converted(false, {file("empty.yaml", "# nothing\n")}), "");
    // What was written is read again, and the same is written.
    EXPECT_EQ(converted(false, {file("again.json", converted(true, {two, one}))}),
              converted(false, {two, one}));
    EXPECT_EQ(converted(true, {file("again.yaml", converted(false, {two, one}))}),
              converted(true, {two, one}));
}

TEST_F(Convert, WritesNothingWhereAnInputCannotBeRead) {
    const std::string good = file("good.yaml", yaml);
    const std::string bad = file("bad.yaml", "kind: Workflow\nspec:\n  entrypont: x\n");
    EXPECT_EQ(
        refusal({good, bad}),
        "spec.entrypont: unknown field of WorkflowSpec; did you mean \"entrypoint\"? (" + bad + ":3:3)");
    EXPECT_EQ(refusal({good, "/none/there"}), "cannot open: No such file or directory (/none/there)");
    EXPECT_THAT(refusal({folder_.string()}), HasSubstr("cannot read: Is a directory"));
    EXPECT_THAT(refusal({"-", good, "-"}), HasSubstr("standard input can be read once"));
}

TEST_F(Convert, SaysThatTheOutputCannotBeWritten) {
    std::ofstream full("/dev/full");
    ASSERT_TRUE(full);
    EXPECT_THROW(convert({.to_json = true, .files = {file("a.yaml", yaml)}}, full), std::runtime_error);
}

}  // namespace
}  // namespace tiphys::cli
