// SPDX-License-Identifier: Apache-2.0
#include "fixture.hpp"

namespace tiphys::local::test {
namespace {

using Dag = EngineTest;

constexpr std::string_view helpers = R"y(
- name: pass
  container: {command: ["true"]}
- name: fail
  container: {command: ["false"]}
- name: say
  inputs: {parameters: [{name: text}]}
  container: {command: [echo, "{{inputs.parameters.text}}"]}
- name: print
  inputs: {parameters: [{name: text}]}
  script: {command: [sh], source: "echo {{inputs.parameters.text}}"}
)y";

std::string dag(std::string_view tasks) {
    return "entrypoint: main\ntemplates:\n- name: main\n  dag:\n" + std::string(tasks) + std::string(helpers);
}

TEST_F(Dag, Diamond) {
    run(dag(R"y(
    tasks:
    - {name: D, depends: B && C, template: pass}
    - {name: A, template: pass}
    - {name: B, depends: A, template: pass}
    - {name: C, dependencies: [A], template: pass}
)y"));
    EXPECT_EQ(tree(workflow()),
              "Succeeded\n"
              ". DAG main Succeeded -> .A\n"
              ".A Pod pass Succeeded -> .B .C\n"
              ".B Pod pass Succeeded -> .D\n"
              ".C Pod pass Succeeded -> .D\n"
              ".D Pod pass Succeeded\n");
    EXPECT_EQ(node("")->outboundNodes.size(), 1u);
    EXPECT_EQ(node("")->outboundNodes[0], node(".D")->id);
    EXPECT_EQ(node(".D")->displayName, "D");
}

TEST_F(Dag, FailureOmitsWhatFollows) {
    run(dag(R"y(
    tasks:
    - {name: A, template: fail}
    - {name: B, depends: A, template: pass}
    - {name: C, depends: A.Failed, template: pass}
    - {name: D, depends: B, template: pass}
)y"));
    EXPECT_EQ(tree(workflow()),
              "Failed\n"
              ". DAG main Failed -> .A\n"
              ".A Pod fail Failed \"main: Error (exit code 1)\" -> .B .C\n"
              ".B Skipped pass Omitted \"omitted: depends condition not met\" -> .D\n"
              ".C Pod pass Succeeded\n"
              ".D Skipped pass Omitted \"omitted: depends condition not met\"\n");
}

TEST_F(Dag, ContinueOn) {
    run(dag(R"y(
    tasks:
    - {name: A, template: fail, continueOn: {failed: true}}
    - {name: B, dependencies: [A], template: pass}
    - {name: leaf, template: fail, continueOn: {failed: true}}
)y"));
    EXPECT_EQ(tree(workflow()),
              "Succeeded\n"
              ". DAG main Succeeded -> .A .leaf\n"
              ".A Pod fail Failed \"main: Error (exit code 1)\" -> .B\n"
              ".B Pod pass Succeeded\n"
              ".leaf Pod fail Failed \"main: Error (exit code 1)\"\n");
}

TEST_F(Dag, DependsAsks) {
    run(dag(R"y(
    tasks:
    - {name: good, template: pass}
    - {name: bad, template: fail}
    - {name: skip, template: pass, when: "1 == 2"}
    - {name: some, template: print, arguments: {parameters: [{name: text, value: "{{item}}; exit {{item}}"}]}, withItems: [0, 1]}
    - {name: none, template: fail, withItems: [0, 1]}
    - {name: a, depends: "good.Succeeded && !bad.Succeeded && bad.Failed && skip.Skipped", template: pass}
    - {name: b, depends: "some.AnySucceeded && !some.AllFailed", template: pass}
    - {name: c, depends: "none.AllFailed && !none.AnySucceeded", template: pass}
    - {name: d, depends: "bad", template: pass}
    - {name: e, depends: "d.Omitted && (skip || bad.Errored)", template: pass}
    - {name: f, depends: "!(good)", template: pass}
)y"));
    const auto phase = [&](std::string_view name) { return node(name)->phase.string(); };
    EXPECT_EQ(phase(".a") + phase(".b") + phase(".c") + phase(".e"), "SucceededSucceededSucceededSucceeded")
        << tree(workflow());
    EXPECT_EQ(phase(".d") + phase(".f"), "OmittedOmitted");
    EXPECT_EQ(node(".some")->phase, "Failed");
}

TEST_F(Dag, TargetsLeaveTheRestOut) {
    run(dag(R"y(
    target: B C
    tasks:
    - {name: A, template: pass}
    - {name: B, depends: A, template: pass}
    - {name: C, template: pass}
    - {name: D, depends: B, template: pass}
)y"));
    EXPECT_EQ(tree(workflow()),
              "Succeeded\n"
              ". DAG main Succeeded -> .A .C\n"
              ".A Pod pass Succeeded -> .B\n"
              ".B Pod pass Succeeded\n"
              ".C Pod pass Succeeded\n");
}

TEST_F(Dag, ResultsFlow) {
    run(dag(R"y(
    tasks:
    - {name: one-two, template: print, arguments: {parameters: [{name: text, value: "1 2"}]}}
    - name: use
      depends: one-two
      template: say
      arguments: {parameters: [{name: text, value: "{{tasks.one-two.outputs.result}} {{tasks.one-two.status}} {{=tasks['one-two'].outputs.result}}"}]}
  outputs:
    parameters:
    - {name: text, valueFrom: {parameter: "{{tasks.one-two.outputs.result}}"}}
)y"));
    EXPECT_EQ(log(".use"), "1 2 Succeeded 1 2\n") << tree(workflow());
    EXPECT_EQ(output("", "text"), "1 2");
    EXPECT_FALSE(node(".use")->outputs->result.has_value());
}

TEST_F(Dag, LoopMakesAGroup) {
    run(dag(R"y(
    tasks:
    - name: each
      template: print
      arguments: {parameters: [{name: text, value: "\"{{item.num}}\""}]}
      withItems: [{num: 1, s: x}, {num: 2, s: (y)}]
    - {name: all, depends: each, template: say, arguments: {parameters: [{name: text, value: "{{tasks.each.outputs.result}}"}]}}
)y"));
    EXPECT_EQ(tree(workflow()),
              "Succeeded\n"
              ". DAG main Succeeded -> .each\n"
              ".all Pod say Succeeded\n"
              ".each TaskGroup print Succeeded -> .each(0:num:1,s:x) .each(1:num:2,s:y)\n"
              ".each(0:num:1,s:x) Pod print Succeeded -> .all\n"
              ".each(1:num:2,s:y) Pod print Succeeded -> .all\n");
    EXPECT_EQ(log(".all"), "[1,2]\n");
}

TEST_F(Dag, LoopOverNothing) {
    run(dag(R"y(
    tasks:
    - {name: list, template: print, arguments: {parameters: [{name: text, value: "[]"}]}}
    - {name: each, depends: list, template: pass, withParam: "{{tasks.list.outputs.result}}"}
    - {name: after, depends: each, template: pass}
)y"));
    EXPECT_EQ(tree(workflow()),
              "Succeeded\n"
              ". DAG main Succeeded -> .list\n"
              ".after Pod pass Succeeded\n"
              ".each Skipped pass Skipped \"Skipped, empty params\" -> .after\n"
              ".list Pod print Succeeded -> .each\n");
}

TEST_F(Dag, BadParameterList) {
    run(dag(R"y(
    tasks:
    - {name: each, template: pass, withParam: "[1,"}
)y"));
    EXPECT_EQ(tree(workflow()),
              "Error\n"
              ". DAG main Error -> .each\n"
              ".each Skipped pass Error \"withParam value could not be parsed as a JSON list: [1,: "
              "unexpected end of "
              "JSON input\"\n");
}

TEST_F(Dag, AbsentOutputOfASkippedTask) {
    const std::string yaml = R"y(
entrypoint: main
templates:
- name: main
  dag:
    tasks:
    - {name: skip, template: make, when: "1 == 2"}
    - {name: use, depends: skip, template: say, arguments: {parameters: [{name: text, value: "{{tasks.skip.outputs.parameters.PARAMETER}}"}]}}
- name: make
  container: {command: ["true"]}
  outputs:
    parameters:
    - {name: bare, valueFrom: {path: /tmp/a}}
    - {name: kept, valueFrom: {path: /tmp/b, default: "of the output"}}
- name: say
  inputs: {parameters: [{name: text, DEFAULT}]}
  container: {command: [echo, "{{inputs.parameters.text}}"]}
)y";
    const auto with = [&](std::string_view parameter, std::string_view standard) {
        std::string made = yaml;
        made.replace(made.find("PARAMETER"), 9, parameter);
        made.replace(made.find("DEFAULT"), 7, standard);
        engine_.reset();
        run(made);
    };
    with("kept", "default: own");
    EXPECT_EQ(log(".use"), "of the output\n");
    logs_.clear();
    with("bare", "default: own");
    EXPECT_EQ(log(".use"), "own\n");
    with("bare", "description: none");
    EXPECT_EQ(node(".use")->message,
              "task 'wf.use' errored: inputs.parameters.text: argument references an absent optional "
              "(skipped/omitted node output with no default)");
    EXPECT_EQ(workflow().status->phase, "Error");
}

TEST_F(Dag, ManyTasksInAChain) {
    std::string tasks = "\n    tasks:\n    - {name: t0, template: pass, when: \"0 == 1\"}\n";
    for (int i = 1; i < 2000; ++i)
        tasks += "    - {name: t" + std::to_string(i) + ", depends: t" + std::to_string(i - 1) +
                 ", template: pass, when: \"0 == 1\"}\n";
    run(dag(tasks));
    EXPECT_EQ(workflow().status->phase, "Succeeded");
    EXPECT_EQ(workflow().status->nodes.size(), 2001u);
    EXPECT_EQ(node(".t1999")->phase, "Skipped");
}

}  // namespace
}  // namespace tiphys::local::test
