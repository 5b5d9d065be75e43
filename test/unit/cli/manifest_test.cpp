// SPDX-License-Identifier: Apache-2.0
#include "cli/manifest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "workflows.hpp"

namespace tiphys::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view hello = R"(apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: hello-
spec:
  entrypoint: main
  arguments:
    parameters:
      - {name: message, value: hi}
      - {name: count, valueFrom: {supplied: {}, default: '1'}}
  templates:
    - name: main
      container: {image: busybox, command: [echo, '{{workflow.parameters.message}}']}
)";

template <class Action>
std::string usage_error(Action action) {
    try {
        action();
    } catch (const UsageError& error) {
        return error.what();
    }
    return "no error";
}

std::string read_error(std::string_view text) {
    return usage_error([text] { read_workflow(text, "f.yaml"); });
}

TEST(Manifest, IsReadFromYamlAndJson) {
    EXPECT_EQ(read_workflow(hello, "f.yaml").spec.entrypoint, "main");
    EXPECT_EQ(
        read_workflow(R"({"kind":"Workflow","metadata":{"name":"a"},"spec":{"entrypoint":"e"}})", "f.json")
            .spec.entrypoint,
        "e");
}

TEST(Manifest, SaysWhatIsNotAWorkflow) {
    EXPECT_THAT(read_error(""), HasSubstr("f.yaml"));
    EXPECT_THAT(read_error("- a\n- b\n"),
                AllOf(StartsWith("f.yaml: no workflow in it"), HasSubstr("kind: Workflow")));
    EXPECT_THAT(read_error("spec: {}\n"),
                StartsWith("f.yaml: it does not say its kind; add `kind: Workflow`"));
    EXPECT_THAT(read_error("kind: CronWorkflow\nmetadata: {}\n"), HasSubstr("it holds a CronWorkflow"));
    EXPECT_THAT(read_error("kind: Pod\n"), HasSubstr("kind Pod is not one of Argo's"));
    EXPECT_THAT(read_error("kind: Workflow\napiVersion: v1\n"), HasSubstr("apiVersion v1"));
    EXPECT_THAT(read_error("kind: [Workflow\n"), HasSubstr("f.yaml:"));
    const std::string two = std::string(hello) + "---\n" + std::string(hello);
    EXPECT_THAT(read_error(two), HasSubstr("f.yaml"));
}

TEST(Manifest, NamesTheMisspeltFieldItsLineAndTheNearestOne) {
    std::string text(hello);
    text.replace(text.find("entrypoint"), 10, "entrypiont");
    EXPECT_THAT(read_error(text),
                AllOf(HasSubstr("spec.entrypiont"), HasSubstr("entrypoint"), HasSubstr("f.yaml:6")));
}

TEST(Manifest, NamesTheFileThatCannotBeRead) {
    EXPECT_EQ(usage_error([] { read_text("/does/not/exist.yaml"); }),
              "/does/not/exist.yaml: cannot open: No such file or directory");
    EXPECT_EQ(usage_error([] { read_text("/"); }), "/: is a folder; name a manifest in it");
    EXPECT_EQ(usage_error([] { read_text("/dev/zero"); }),
              "/dev/zero: longer than 67108864 bytes (ReadOptions::max_bytes)");
}

TEST(Apply, SetsParametersEntrypointAndName) {
    auto workflow = read_workflow(hello, "f.yaml");
    Overrides options;
    options.parameters = {{"message", "a=b"}, {"count", ""}, {"message", "last"}};
    options.entrypoint = "other";
    options.name = "mine";
    apply(options, workflow, "f.yaml");
    EXPECT_EQ(workflow.spec.arguments->parameters[0].value, "last");
    EXPECT_TRUE(workflow.spec.arguments->parameters[1].value.has_value());
    EXPECT_EQ(workflow.spec.arguments->parameters[1].value, "");
    EXPECT_FALSE(workflow.spec.arguments->parameters[1].valueFrom);
    EXPECT_EQ(workflow.spec.entrypoint, "other");
    EXPECT_EQ(workflow.metadata.name, "mine");
    EXPECT_FALSE(workflow.metadata.generateName.has_value());
    options = {.generate_name = "gen-"};
    apply(options, workflow, "f.yaml");
    EXPECT_EQ(workflow.metadata.generateName, "gen-");
    EXPECT_FALSE(workflow.metadata.name.has_value());
}

TEST(Apply, RefusesUnknownParametersAndNamelessWorkflows) {
    auto workflow = read_workflow(hello, "f.yaml");
    EXPECT_EQ(usage_error([&] { apply({.parameters = {{"mesage", "x"}}}, workflow, "f.yaml"); }),
              "-p mesage=x: the workflow has no parameter `mesage`; it has: message, count");
    workflow.spec.arguments.reset();
    EXPECT_THAT(usage_error([&] { apply({.parameters = {{"a", "x"}}}, workflow, "f.yaml"); }),
                HasSubstr("it has none"));
    workflow.metadata.generateName.reset();
    EXPECT_THAT(usage_error([&] { apply({}, workflow, "standard input"); }),
                AllOf(StartsWith("standard input: the workflow has no name"), HasSubstr("--name")));
}

TEST(Check, ListsMistakesWithTheirLines) {
    std::string text(hello);
    EXPECT_TRUE(check(read_workflow(text, "f.yaml"), text, "f.yaml").empty());
    text.replace(text.find("entrypoint: main"), 16, "entrypoint: mian");
    EXPECT_THAT(usage_error([&] { check(read_workflow(text, "f.yaml"), text, "f.yaml"); }),
                AllOf(StartsWith("f.yaml:6: "), HasSubstr("mian"), HasSubstr("workflow.unknown-entrypoint")));
}

}  // namespace
}  // namespace tiphys::cli
