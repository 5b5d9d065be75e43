// SPDX-License-Identifier: Apache-2.0
#include <boost/json/parse.hpp>

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

constexpr const char* base = R"(kind: Workflow
metadata: {name: a}
spec:
  entrypoint: main
  templates:
    - name: main
      container: {image: busybox, command: [echo]}
)";

class Diff : public testing::Test {
protected:
    Diff() {
        std::string name = (std::filesystem::path(testing::TempDir()) / "tiphys-diff-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for temporary files");
        folder_ = name;
    }
    ~Diff() override { std::filesystem::remove_all(folder_); }

    std::string file(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name) << text;
        return (folder_ / name).string();
    }
    /// What it prints, with the folder's name taken out.
    std::string compared(const std::string& before, const std::string& after, int status, bool json = false) {
        std::ostringstream out;
        std::ostringstream error;
        const Console console{out, error};
        EXPECT_EQ(
            guarded(console,
                    [&] { return diff({file("a.yaml", before), file("b.yaml", after), json}, console); }),
            status)
            << out.str();
        std::string text = out.str() + error.str();
        const std::string prefix = folder_.string() + "/";
        for (std::size_t at; (at = text.find(prefix)) != text.npos;) text.erase(at, prefix.size());
        return text;
    }
    static std::string with(std::string text, const std::string& old, const std::string& replacement) {
        text.replace(text.find(old), old.size(), replacement);
        return text;
    }

    std::filesystem::path folder_;
};

TEST_F(Diff, NamesFileLineAndPath) {
    EXPECT_EQ(compared(base, with(base, "busybox", "alpine"), 1),
              "b.yaml:7:19: Workflow/a: ~ spec.templates[0].container.image: \"busybox\" -> \"alpine\"\n");
    EXPECT_EQ(compared(with(base, "spec:\n", "spec:\n  priority: 3\n"), base, 1),
              "a.yaml:4:3: Workflow/a: - spec.priority: 3\n");
    EXPECT_EQ(compared(base, base, 0), "");
}

TEST_F(Diff, MatchesDocumentsByKindAndName) {
    const std::string second = with(base, "name: a", "name: b");
    const std::string third = with(base, "name: a", "name: c");
    EXPECT_EQ(compared(std::string(base) + "---\n" + second, second + "---\n" + base, 0), "");
    EXPECT_EQ(compared(std::string(base) + "---\n" + second, "# first\n" + third + "---\n" + base, 1),
              "a.yaml:9:1: Workflow/b: - the document\n"
              "b.yaml:2:1: Workflow/c: + the document\n");
    // What is alone with its kind on both sides was renamed.
    EXPECT_THAT(compared(base, second, 1), HasSubstr("~ metadata.name: \"a\" -> \"b\""));
    EXPECT_EQ(compared("kind: ConfigMap\nmetadata: {name: a}\ndata: {x: '1'}\n",
                       "kind: ConfigMap\nmetadata: {name: a}\ndata: {x: '2'}\n", 1),
              "b.yaml:3:8: ConfigMap/a: ~ data.x: \"1\" -> \"2\"\n");
}

TEST_F(Diff, ItemsOfListsAreDocuments) {
    std::string indented = "kind: List\nitems:\n- ";
    for (const char* c = base; *c != '\0'; ++c) {
        indented += *c;
        if (*c == '\n' && c[1] != '\0') indented += "  ";
    }
    EXPECT_EQ(compared(base, indented, 0), "");
    EXPECT_EQ(compared(base, with(indented, "busybox", "alpine"), 1),
              "b.yaml:9:21: Workflow/a: ~ spec.templates[0].container.image: \"busybox\" -> \"alpine\"\n");
}

TEST_F(Diff, WhatArgoWritesOutByItselfIsEqual) {
    const std::string written =
        with(with(base, "spec:\n", "status: {startedAt: null}\nspec:\n  arguments: {}\n"), "image: busybox",
             "name: '', image: busybox, resources: {}, env: []");
    EXPECT_EQ(compared(base, written, 0), "");
    EXPECT_EQ(compared(written, base, 0), "");
    // Of these, being there is all that they say.
    EXPECT_THAT(compared(base, with(base, "spec:\n", "spec:\n  podGC: {}\n"), 1), HasSubstr("+ spec.podGC"));
}

TEST_F(Diff, IsJsonForPrograms) {
    const auto all = boost::json::parse(compared(base, with(base, "busybox", "alpine"), 1, true)).as_array();
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0], boost::json::parse(R"({"file": "b.yaml", "line": 7, "column": 19,
        "document": "Workflow/a", "change": "changed", "path": "spec.templates[0].container.image",
        "before": "busybox", "after": "alpine"})"));
    EXPECT_EQ(compared(base, base, 0, true), "[]\n");
}

TEST_F(Diff, TroubleIsStatusTwo) {
    EXPECT_THAT(compared(base, "a: [b\nc: }", 2), HasSubstr("b.yaml:"));
    std::ostringstream out;
    const Console console{out, out};
    EXPECT_EQ(guarded(console, [&] { return diff({"none.yaml", "none.yaml"}, console); }), 2);
    EXPECT_EQ(guarded(console, [&] { return diff({"-", "-"}, console); }), 2);
    EXPECT_THAT(out.str(), HasSubstr("none.yaml: cannot open"));
}

}  // namespace
}  // namespace tiphys::cli
