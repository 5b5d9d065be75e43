// SPDX-License-Identifier: Apache-2.0
#include "fixture.hpp"

namespace tiphys::local::test {
namespace {

using Refusal = EngineTest;

std::string with(std::string_view fields) {
    return "entrypoint: main\ntemplates:\n- name: main\n" + std::string(fields);
}

TEST_F(Refusal, WhatNeedsACluster) {
    EXPECT_EQ(
        refusal(with("  resource: {action: get}\n")),
        "template \"main\": resource templates need a cluster; the embedded engine cannot run resource");
    EXPECT_EQ(refusal(with("  http: {url: 'http://x'}\n")),
              "template \"main\": http templates need Argo's agent; the embedded engine cannot run http");
    EXPECT_EQ(
        refusal(with("  container: {command: [x], volumeMounts: [{name: v, mountPath: /v}]}\n")),
        "template \"main\": there are no volumes; the embedded engine cannot run container.volumeMounts");
    EXPECT_EQ(refusal(with("  container: {command: [x]}\n  inputs: {artifacts: [{name: a, path: /a}]}\n")),
              "template \"main\": artifacts are not supported; the embedded engine cannot provide input "
              "artifact \"a\"");
    EXPECT_EQ(refusal(with(
                  "  container: {command: [x], env: [{name: E, valueFrom: {fieldRef: {fieldPath: x}}}]}\n")),
              "template \"main\": valueFrom of environment variable \"E\" needs a cluster; the embedded "
              "engine cannot "
              "resolve it");
    EXPECT_EQ(refusal(with("  container: {command: [x]}\n") + "volumes: [{name: v, emptyDir: {}}]\n"),
              "workflow: there are no volumes; the embedded engine cannot run spec.volumes");
    EXPECT_EQ(refusal(with("  steps:\n  - - {name: a, templateRef: {name: t, template: u}}\n")),
              "templates.main.steps[0].a template reference t.u not found: the embedded engine has no stored "
              "workflow "
              "templates");
    EXPECT_EQ(refusal(with("  container: {command: [x]}\n  daemon: true\n")),
              "template \"main\": daemons are not supported by the embedded engine");
}

TEST_F(Refusal, ImageWithoutACommand) {
    EXPECT_EQ(refusal(with("  container: {image: busybox}\n")),
              "template \"main\": no command, and the entrypoint of image \"busybox\" is unknown here; give "
              "a command");
}

TEST_F(Refusal, OutputsInFoldersOfThisMachine) {
    EXPECT_EQ(refusal(with("  container: {command: [x]}\n"
                           "  outputs: {parameters: [{name: p, valueFrom: {path: /etc/x}}]}\n")),
              "template \"main\": output parameter \"p\": its path /etc/x lies in /etc, which this machine's "
              "programs "
              "need; write below /tmp or a folder of its own");
}

TEST_F(Refusal, OutputsWithoutASandbox) {
    options_.sandbox = false;
    EXPECT_EQ(
        refusal(with("  container: {command: [x]}\n"
                     "  outputs: {parameters: [{name: p, valueFrom: {path: /tmp/x}}]}\n"))
            .find("template \"main\": output parameter \"p\": its path /tmp/x needs files of the pod's own"),
        0u);
}

TEST_F(Refusal, WhatArgoRefuses) {
    EXPECT_EQ(refusal("templates: [{name: a, suspend: {}}]"), "spec.entrypoint is required");
    EXPECT_EQ(refusal("entrypoint: b\ntemplates: [{name: a, suspend: {}}]"),
              "spec.entrypoint template name 'b' undefined");
    EXPECT_EQ(refusal("entrypoint: a\ntemplates: [{name: a, suspend: {}}, {name: a, suspend: {}}]"),
              "spec.templates[1].name 'a' is not unique");
    EXPECT_EQ(refusal(with("  dag: {tasks: [{name: a, depends: b, template: main}]}\n")),
              "templates.main.tasks.a dependency 'b' not defined");
    EXPECT_EQ(
        refusal(with("  dag: {tasks: [{name: a, depends: b, template: main}, {name: b, depends: c, template: "
                     "main}, {name: c, depends: a, template: main}]}\n")),
        "templates.main dependency cycle detected: a->b->c->a");
    EXPECT_EQ(refusal(with("  dag: {target: x, tasks: [{name: a, template: main}]}\n")),
              "templates.main.targets target 'x' is not defined");
    EXPECT_EQ(refusal(with("  steps:\n  - - {name: a, template: gone}\n")),
              "templates.main.steps[0].a template name 'gone' undefined");
    EXPECT_EQ(refusal(with("  suspend: {duration: soon}\n")).find("template \"main\" suspend.duration: "),
              0u);
    EXPECT_TRUE(engine_->list("").empty());
}

TEST_F(Refusal, Names) {
    start("entrypoint: main\ntemplates: [{name: main, suspend: {}}]");
    model::Workflow made;
    made.spec = workflow().spec;
    const auto refused = [&](std::string_view name) {
        made.metadata.name = name;
        try {
            engine_->create("default", made);
        } catch (const Refused& error) {
            return std::to_string(error.grpc_code()) + " " + error.what();
        }
        return std::string();
    };
    EXPECT_EQ(refused("wf"), "6 workflows.argoproj.io \"wf\" already exists");
    EXPECT_EQ(refused("../x").substr(0, 29), "3 Workflow.argoproj.io \"../x\"");
    EXPECT_EQ(refused(std::string(64, 'a')),
              "3 workflow name \"" + std::string(64, 'a') +
                  "\" must not be more than 63 characters long (currently 64)");
    made.metadata.name.reset();
    try {
        engine_->create("default", made);
        FAIL();
    } catch (const Refused& error) {
        EXPECT_STREQ(error.what(), "name or generateName is required");
    }
}

}  // namespace
}  // namespace tiphys::local::test
