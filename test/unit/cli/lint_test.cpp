// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/rules.hpp>

#include <boost/json/parse.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/commands.hpp"
#include "cli/findings.hpp"
#include "cli/manifest.hpp"

namespace tiphys::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* right = R"(kind: Workflow
metadata: {generateName: right-}
spec:
  entrypoint: main
  templates:
    - {name: main, container: {image: busybox}}
)";

constexpr const char* wrong = R"(# a comment
kind: ConfigMap
---
kind: Workflow
metadata: {generateName: wrong-}
spec:
  entrypoint: main
  templates:
    - name: main
      dag:
        tasks:
          - {name: build, template: work}
          - name: test
            template: work
            depends: biuld
    - {name: work, container: {image: busybox}}
)";

constexpr const char* caller = R"(kind: Workflow
metadata: {generateName: caller-}
spec:
  entrypoint: main
  templates:
    - name: main
      steps: [[{name: a, templateRef: {name: library, template: greet}}]]
)";

constexpr const char* library = R"(kind: WorkflowTemplate
metadata: {name: library}
spec:
  templates:
    - {name: greet, inputs: {parameters: [{name: who}]}, container: {image: busybox, command: [echo, '{{inputs.parameters.who}}']}}
)";

class LintTest : public testing::Test {
protected:
    LintTest() {
        std::string name = (std::filesystem::path(testing::TempDir()) / "tiphys-lint-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for temporary files");
        folder_ = name;
    }
    ~LintTest() override { std::filesystem::remove_all(folder_); }

    std::string file(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories((folder_ / name).parent_path());
        std::ofstream(folder_ / name) << text;
        return (folder_ / name).string();
    }
    /// What it prints, with the folder's name taken out.
    std::string linted(LintCommand options, int status) const {
        std::ostringstream out;
        EXPECT_EQ(lint(options, out), status) << out.str();
        std::string text = out.str();
        const std::string prefix = folder_.string() + "/";
        for (std::size_t at; (at = text.find(prefix)) != text.npos;) text.erase(at, prefix.size());
        return text;
    }
    static std::string refusal(const LintCommand& options) {
        std::ostringstream out;
        try {
            lint(options, out);
        } catch (const UsageError& error) {
            EXPECT_EQ(out.str(), "");
            return error.what();
        }
        return "no error";
    }

    std::filesystem::path folder_;
};

TEST_F(LintTest, SaysNothingOfWhatIsRight) {
    EXPECT_EQ(linted({.files = {file("a.yaml", right)}}, 0), "1 file, 1 document: no mistakes\n");
    EXPECT_EQ(linted({.files = {file("a.yaml", right)}, .how = {.format = LintFormat::json}}, 0), "[]\n");
    EXPECT_EQ(linted({.files = {file("a.yaml", right)}, .how = {.format = LintFormat::github}}, 0), "");
}

TEST_F(LintTest, NamesTheLineOfTheFile) {
    EXPECT_EQ(
        linted({.files = {file("a.yaml", wrong)}}, 1),
        "a.yaml:15:13: error: task `test` depends on `biuld`, which dag `main` does not have; did you mean "
        "`build`? [dag.unknown-dependency]\n"
        "1 file, 1 document: 1 error, 0 warnings\n");
}

TEST_F(LintTest, WritesJson) {
    const auto found =
        boost::json::parse(linted({.files = {file("a.yaml", wrong)}, .how = {.format = LintFormat::json}}, 1))
            .as_array();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].at("file"), "a.yaml");
    EXPECT_EQ(found[0].at("line"), 15);
    EXPECT_EQ(found[0].at("column"), 13);
    EXPECT_EQ(found[0].at("severity"), "error");
    EXPECT_EQ(found[0].at("rule"), "dag.unknown-dependency");
    EXPECT_EQ(found[0].at("enforced"), "at submission");
    EXPECT_EQ(found[0].at("path"), "spec.templates[0].dag.tasks[1].depends");
    EXPECT_THAT(std::string(found[0].at("message").as_string()), HasSubstr("`biuld`"));
    EXPECT_EQ(found[0].at("remedy"), "Name one of the dag's tasks.");
}

TEST_F(LintTest, WritesCommandsOfGitHub) {
    const std::string text =
        linted({.files = {file("a,b.yaml", wrong)}, .how = {.format = LintFormat::github}}, 1);
    EXPECT_THAT(
        text,
        StartsWith("::error file=a%2Cb.yaml,line=15,col=13,title=dag.unknown-dependency::task `test` "));
    Finding odd;
    odd.file = "x";
    odd.message = "100%\nsure: yes, no";
    std::ostringstream out;
    print_github(out, {odd});
    EXPECT_EQ(out.str(), "::error file=x::100%25%0Asure: yes, no\n");
}

TEST_F(LintTest, ShowsTheLineWithACaret) {
    Finding one;
    one.file = "a.yaml";
    one.place = {12, 5};
    one.rule = find_rule("dag.cycle");
    one.message = "it turns";
    one.source = "\té: a";
    std::ostringstream out;
    print_text(out, {one}, Style{true, false, 80}, true);
    EXPECT_EQ(out.str(),
              "a.yaml:12:5: error: it turns [dag.cycle]\n"
              "  12 |  é: a\n"
              "     |     ^\n"
              "  " +
                  std::string(one.rule->remedy) + "\n");

    one.place = {1, 301};
    one.source = std::string(300, '.') + "here" + std::string(300, '.');
    out.str("");
    print_text(out, {one}, Style{true, false, 60}, true);
    std::istringstream lines(out.str());
    std::string excerpt;
    std::string caret;
    std::getline(lines, excerpt);
    std::getline(lines, excerpt);
    std::getline(lines, caret);
    EXPECT_EQ(excerpt.find("here"), caret.find('^')) << out.str();
    EXPECT_NE(excerpt.find("here"), excerpt.npos);
}

TEST_F(LintTest, TheFilesOfOneCallAreOneSet) {
    const std::string call = file("caller.yaml", caller);
    EXPECT_EQ(linted({.files = {call}}, 0), "1 file, 1 document: no mistakes\n") << "the cluster may have it";
    const std::string text = linted({.files = {call, file("library.yaml", library)}}, 1);
    EXPECT_THAT(text, StartsWith("caller.yaml:7:16: error: step `a` "));
    EXPECT_THAT(text, HasSubstr("`who`"));
    EXPECT_THAT(text, HasSubstr("[arguments.missing]\n2 files, 2 documents: 1 error"));
}

TEST_F(LintTest, ReadsFoldersInTheOrderOfTheirNames) {
    file("b/b.yml", wrong);
    file(
        "a.json",
        R"({"kind": "Workflow", "metadata": {"name": "A"}, "spec": {"entrypoint": "m", "templates": [{"name": "m", "suspend": {}}]}})");
    file(".hidden/c.yaml", "{");
    file("notes.txt", "{");
    const std::string text = linted({.files = {folder_.string()}}, 1);
    EXPECT_LT(text.find("a.json:1:"), text.find("b/b.yml:15:13:"));
    EXPECT_THAT(text, HasSubstr("2 files, 2 documents: 2 errors, 0 warnings\n"));

    std::filesystem::create_directory(folder_ / "empty");
    EXPECT_THAT(refusal({.files = {(folder_ / "empty").string()}}), HasSubstr("no files that end in .yaml"));
}

TEST_F(LintTest, WhatCannotBeReadIsSaidAndTheRestIsJudged) {
    const std::string text = linted({.files = {file("a.yaml", "kind: Workflow\nspec: {entrypiont: main}\n"),
                                               (folder_ / "none.yaml").string(), file("c.yaml", wrong)}},
                                    2);
    EXPECT_THAT(
        text, HasSubstr("a.yaml:2:8: error: unknown field of WorkflowSpec; did you mean \"entrypoint\"? (at "
                        "spec.entrypiont)\n"));
    EXPECT_THAT(text, HasSubstr("none.yaml: error: "));
    EXPECT_THAT(text, HasSubstr("c.yaml:15:13: error: task `test`"));
}

TEST_F(LintTest, JudgesTheItemsOfLists) {
    std::string list = "kind: List\nitems:\n";
    list +=
        "- kind: Workflow\n  metadata: {name: X}\n  spec: {entrypoint: m, templates: [{name: m, suspend: "
        "{}}]}\n";
    EXPECT_THAT(linted({.files = {file("a.yaml", list)}}, 1), StartsWith("a.yaml:4:14: error: "));
    std::string typed = "kind: WorkflowList\nmetadata: {}\nitems:\n";
    typed += "- metadata: {name: X}\n  spec: {entrypoint: m, templates: [{name: m, suspend: {}}]}\n";
    EXPECT_THAT(linted({.files = {file("b.yaml", typed)}}, 1), StartsWith("b.yaml:4:14: error: "));
}

TEST_F(LintTest, JudgesForARelease) {
    const std::string cron =
        file("cron.yaml",
             "kind: CronWorkflow\nmetadata: {name: c}\nspec:\n  schedules: ['* * * * *']\n"
             "  schedule: '* * * * *'\n  workflowSpec: {workflowTemplateRef: {name: t}}\n");
    EXPECT_THAT(linted({.files = {cron}, .how = {.argo_version = "4.0"}}, 1),
                HasSubstr("cron.yaml:5:3: error: field `schedule` of `CronWorkflowSpec`"));
    EXPECT_THAT(
        linted({.files = {cron}, .how = {.argo_version = "4.0", .disabled = {"release.removed-field"}}}, 0),
        HasSubstr("no mistakes"));
    EXPECT_THAT(linted({.files = {cron}, .how = {.argo_version = "v3.6.10"}}, 0), HasSubstr("no mistakes"));
    EXPECT_EQ(refusal({.files = {cron}, .how = {.argo_version = "2.0"}}),
              "--argo-version 2.0: not a release that this program knows; it knows 3.6, 3.7, 4.0, 4.1");
}

TEST_F(LintTest, OnlyRulesThatArgoDoesNotEnforceCanBeSwitchedOff) {
    const std::string unknown = file("a.yaml", R"(kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  templates:
    - name: main
      steps: [[{name: a, template: work, arguments: {parameters: [{name: nobody, value: '1'}]}}]]
    - {name: work, container: {image: busybox}}
)");
    EXPECT_THAT(linted({.files = {unknown}}, 1), HasSubstr("[arguments.unknown]"));
    EXPECT_THAT(linted({.files = {unknown}, .how = {.disabled = {"arguments.unknown"}}}, 0),
                HasSubstr("no mistakes"));
    EXPECT_THAT(refusal({.files = {unknown}, .how = {.disabled = {"dag.cycle"}}}), StartsWith("--disable: "));
    EXPECT_THAT(refusal({.files = {unknown}, .how = {.disabled = {"dag.cicle"}}}), HasSubstr("dag.cicle"));
}

TEST_F(LintTest, CreateAsksForValues) {
    const std::string open = file("a.yaml", R"(kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  arguments: {parameters: [{name: message}]}
  templates:
    - {name: main, inputs: {parameters: [{name: message}]}, container: {image: b, args: ['{{inputs.parameters.message}}']}}
)");
    EXPECT_THAT(linted({.files = {open}}, 0), HasSubstr("no mistakes"));
    EXPECT_THAT(linted({.files = {open}, .how = {.create = true}}, 1), HasSubstr("`message`"));
}

TEST_F(LintTest, StandardInputIsReadOnce) {
    EXPECT_THAT(refusal({.files = {"-", "-"}}), HasSubstr("write `-` once"));
}

TEST(LintOptionsTest, AreRead) {
    const char* const words[] = {
        "tiphys",        "lint",      "--format",     "github",   "--argo-version", "3.7", "--disable",
        "output.unused", "--disable", "input.unused", "--create", "a.yaml",         "-"};
    std::ostringstream out;
    std::ostringstream error;
    const Command command = parse(static_cast<int>(std::size(words)), words, out, error);
    const auto* options = std::get_if<LintCommand>(&command);
    ASSERT_NE(options, nullptr) << error.str();
    EXPECT_THAT(options->files, ElementsAre("a.yaml", "-"));
    EXPECT_EQ(options->how.format, LintFormat::github);
    EXPECT_EQ(options->how.argo_version, "3.7");
    EXPECT_THAT(options->how.disabled, ElementsAre("output.unused", "input.unused"));
    EXPECT_TRUE(options->how.create);

    const char* const none[] = {"tiphys", "lint"};
    EXPECT_EQ(std::get<int>(parse(2, none, out, error)), 2);
    const char* const other[] = {"tiphys", "lint", "--format", "xml", "a.yaml"};
    EXPECT_EQ(std::get<int>(parse(5, other, out, error)), 2);
    EXPECT_THAT(error.str(), HasSubstr("xml"));
}

}  // namespace
}  // namespace tiphys::cli
