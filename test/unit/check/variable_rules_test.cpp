// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/detail/ancestry.hpp>
#include <tiphys/model/descriptor.hpp>
#include <tiphys/model/generated/describe.hpp>

#include <gmock/gmock.h>

#include <set>

#include "pairs.hpp"

namespace tiphys::test {
namespace {

/// The members of a template, in a workflow with parameters, labels and a dag of its own.
std::string body_of(const std::string& body) {
    return "{metadata: {name: x, labels: {team: a}, annotations: {why: b}}, spec: {entrypoint: start, "
           "priority: 1, "
           "arguments: {parameters: [{name: day, value: mon}]}, templates: [{name: start, steps: [[{name: s, "
           "template: "
           "main}]]}, {name: main, " +
           body +
           "}, {name: work, container: {image: busybox}, outputs: {parameters: [{name: r, globalName: all, "
           "valueFrom: "
           "{path: /r}}], artifacts: [{name: f, path: /f}]}}]}}";
}
/// A container that runs `echo <text>`.
std::string echo(const std::string& text) { return "container: {image: busybox, args: [\"" + text + "\"]}"; }

TEST(Variables, OfAContainer) {
    const Pair pairs[] = {
        {"variable.unknown", echo("{{workflow.nam}}"), echo("{{workflow.name}} {{ workflow.uid }}"),
         "did you mean `name`?"},
        {"", echo("{{workflow.name.x}}"), echo("{{workflow.namespace}}{{workflow.mainEntrypoint}}"),
         "has no `name`"},
        {"", echo("{{workflow.parameters.dya}}"), echo("{{workflow.parameters.day}}{{workflow.parameters}}"),
         "did you mean `day`?"},
        {"", echo("{{workflow.labels.tema}}"), echo("{{workflow.labels.team}}{{workflow.labels.json}}"),
         "no label `tema`"},
        {"", echo("{{workflow.annotations.team}}"),
         echo("{{workflow.annotations.why}}{{workflow.annotations}}"), "no annotation `team`"},
        {"", echo("{{workflow.creationTimestamp.Q}}"),
         echo("{{workflow.creationTimestamp.Y}}{{workflow.creationTimestamp.RFC3339}}{{workflow."
              "creationTimestamp}}"),
         "a time has no form `Q`"},
        {"", echo("{{workflow.outputs.parameters.none}}"), echo("{{workflow.outputs.parameters.all}}"),
         "no template has an output with the globalName `none`"},
        {"", echo("{{workflow.failures}}"),
         echo("{{workflow.status}}{{workflow.duration}}{{workflow.scheduledTime}}"),
         "only the template of spec.onExit can ask for the failures"},
        {"", echo("{{retries}}"), "retryStrategy: {}, " + echo("{{retries}}{{lastRetry.exitCode}}"),
         "has no retryStrategy"},
        {"", "retryStrategy: {}, " + echo("{{lastRetry.code}}"),
         "retryStrategy: {}, " + echo("{{lastRetry.message}}"), "there are retries, lastRetry.exitCode"},
        {"", echo("{{pod.ip}}"), echo("{{pod.name}}{{node.name}}{{steps.name}}{{tasks.name}}"),
         "a pod has a name only"},
        {"", "http: {url: '{{pod.name}}'}", "http: {url: '{{node.name}}'}", "runs no pod of its own"},
        {"",
         "outputs: {parameters: [{name: o, globalName: o, valueFrom: {path: /o}}]}, " +
             echo("{{outputs.parameters.p.path}}"),
         "outputs: {parameters: [{name: o, globalName: o, valueFrom: {path: /o}}]}, " +
             echo("{{outputs.parameters.o.path}}"),
         "has no output parameter `p`"},
        {"",
         "outputs: {parameters: [{name: o, globalName: o, valueFrom: {path: /o}}]}, " +
             echo("{{outputs.parameters.o}}"),
         "outputs: {artifacts: [{name: o, path: /o}]}, " + echo("{{outputs.artifacts.o.path}}"),
         "an output is known by its path where it is made"},
        {"", echo("{{inputs.artifacts.a.path}}"),
         "inputs: {artifacts: [{name: a, path: /a, optional: true}]}, " + echo("{{inputs.artifacts.a.path}}"),
         "no input artifact `a`"},
        {"", echo("{{inputs.things.a}}"), echo("no tag }} at all"),
         "inputs have parameters and artifacts only"},
        {"", echo("{{item.x}}"), echo("{ {item} }"), "`item` exists only in the arguments of a step or task"},
        {"", echo("{{steps.a.id}}"), echo("{{ .Values.a }} {{range .items}} {{1,2},{3,4}}"), "has no steps"},
        {"", echo("{{input.parameters.x}}"), echo("{{#each}}"), "did you mean `inputs`?"},
        {"variable.literal", echo("{{end}}"), echo("{{ if x }}"),
         "args of template `main` uses {{end}}, which is no variable of Argo and stays as it is"},
        {"", echo("{{item}}"), echo("{{=1}}"), "`item` exists only"},
        {"variable.unterminated", echo("{{workflow.name"), echo("a {{ b c"), "which no }} ends"},
        {"", echo("{{= 1 +"), echo("{{{"), "which no }} ends"},
    };
    expect_pairs<model::Workflow>(pairs, body_of);
}

TEST(Variables, OfMetrics) {
    const auto metric = [](const std::string& label) {
        return body_of(
            "container: {image: busybox}, metrics: {prometheus: [{name: m, help: h, counter: {value: '1'}, "
            "labels: [{key: k, value: \"" +
            label + "\"}]}]}");
    };
    const Pair pairs[] = {
        {"variable.unknown", "{{outputs.parameters.o}}",
         "{{outputs.result}}{{status}}{{duration}}{{exitCode}}", "has no output parameter `o`"},
        {"variable.literal", "{{state}}", "{{resourcesDuration.cpu}}{{retries}}{{workflow.name}}",
         "{{state}}"},
    };
    expect_pairs<model::Workflow>(pairs, metric);
    const Pair of_the_body[] = {
        {"variable.literal", echo("{{status}}"), echo("{{workflow.status}}"), "{{status}}"}};
    expect_pairs<model::Workflow>(of_the_body, body_of);
}

TEST(Variables, OfSteps) {
    const auto steps = [](const std::string& groups) { return body_of("steps: [" + groups + "]"); };
    const auto second = [](const std::string& members) {
        return "[{name: a, template: work}], [{name: b, template: work, " + members + "}]";
    };
    const Pair pairs[] = {
        {"variable.unknown", second("when: '{{steps.a.ip}} == 1'"), second("when: '{{steps.a.id}} == 1'"),
         "only a daemon has an ip"},
        {"", second("when: '{{steps.a.outputs.parameters}} == 1'"),
         "[{name: a, template: work, withItems: [1]}], [{name: b, template: work, withParam: "
         "'{{steps.a.outputs.parameters}}'}]",
         "has no withItems and no withParam"},
        {"",
         "[{name: a, template: work, withSequence: {count: 2}}], [{name: b, template: work, withParam: "
         "'{{steps.a.outputs.parameters}}'}]",
         "[{name: a, template: work, withParam: '[1]'}], [{name: b, template: work, withParam: "
         "'{{steps.a.outputs.parameters.r}}'}]",
         "has no withItems and no withParam"},
        {"", second("when: '{{tasks.a.id}} == 1'"), second("when: '{{steps.a.status}} == Succeeded'"),
         "has no tasks"},
        {"", second("when: '{{steps.a.state}} == 1'"), second("when: '{{steps.a.exitCode}} == 1'"),
         "a step has no `state`"},
        {"", second("when: '{{foo}} == 1'"), second("when: '{{workflow.name}} == 1'"), "no variable `foo`"},
        {"", second("withItems: [{a: 1}], when: '{{item.b}} == 1'"),
         second("withItems: [{b: 1}, {b: 2}], when: '{{item.b}} == 1'"), "its items have no `b`"},
        {"", second("withItems: [{b: 1}, {a: 1}, {c: 1}], when: '{{item.b}} == 1'"),
         second("withItems: [{b: 1}, {a: 1, b: 2}, {b: 1}], when: '{{item.b}} == 1'"),
         "withItems[1] has no `b`"},
        {"variable.not-ready",
         "[{name: a, template: work}, {name: b, template: work, when: '{{steps.a.id}} == 1'}]",
         "[{name: a, template: work}], [{name: b, template: work, when: '{{steps.a.id}} == 1'}]",
         "but step `a` stands in no earlier group"},
        {"", second("when: '{{steps.b.id}} == 1'"),
         second(
             "hooks: {exit: {template: work}, h: {template: work, expression: steps.b.status == 'Failed'}}"),
         "which is its own id"},
    };
    expect_pairs<model::Workflow>(pairs, steps);
}

TEST(Variables, OfADagWaitForTheirTasks) {
    const auto dag = [](const std::string& tasks) { return body_of("dag: {tasks: [" + tasks + "]}"); };
    const auto last = [](const std::string& depends) {
        return "{name: d, template: work, depends: " + depends +
               ", when: '{{tasks.a.id}} == 1'}, {name: c, template: work, depends: b}, {name: b, template: "
               "work, "
               "depends: a.Succeeded}, {name: a, template: work}";
    };
    const Pair pairs[] = {
        {"variable.not-ready",
         "{name: a, template: work}, {name: b, template: work, when: '{{tasks.a.id}} == 1'}",
         "{name: a, template: work}, {name: b, template: work, depends: a, when: '{{tasks.a.id}} == 1'}",
         "tasks[1].when: task `b` uses {{tasks.a.id}}, but does not depend on `a`"},
        {"", "{name: z, template: work}, " + last("z"), last("c"), "does not depend on `a`"},
    };
    expect_pairs<model::Workflow>(pairs, dag);
}

// What runs at the end may ask for the failures, but not what also runs at the start.
TEST(Variables, FailuresAreForTheExitHandler) {
    const auto with = [](const std::string& steps) {
        return "{metadata: {name: x}, spec: {entrypoint: main, onExit: bye, templates: [{name: main, steps: "
               "[[" +
               steps +
               "]]}, {name: bye, steps: [[{name: b, template: say}]]}, {name: say, container: {image: "
               "busybox, args: "
               "['{{workflow.failures}}']}}, {name: work, container: {image: busybox}}]}}";
    };
    const Pair pairs[] = {
        {"variable.unknown", "{name: a, template: say}", "{name: a, template: work}", "spec.onExit"}};
    expect_pairs<model::Workflow>(pairs, with);
}

// The outer template's inputs are put into its inline templates too.
TEST(Variables, OfInlineTemplates) {
    const auto with = [](const std::string& text) {
        return "{metadata: {name: x}, spec: {entrypoint: main, templates: [{name: main, inputs: {parameters: "
               "[{name: p, "
               "default: '1'}]}, steps: [[{name: a, withItems: [1], inline: {inputs: {parameters: [{name: q, "
               "default: "
               "'1'}]}, container: {image: busybox, args: [\"{{inputs.parameters.q}} "
               "{{inputs.parameters.p}} " +
               text + "\"]}}}]]}]}}";
    };
    const Pair pairs[] = {{"variable.unknown", "{{inputs.parameters.r}}", "{{item}}",
                           "the inline template uses {{inputs.parameters.r}}"}};
    expect_pairs<model::Workflow>(pairs, with);
}

// A template of workflows is run by workflows that may have parameters, labels and a retryStrategy for it.
TEST(Variables, OfLibrariesMayBeOthers) {
    const auto found = validate(
        read_yaml<model::WorkflowTemplate>("{metadata: {name: x}, spec: {templates: [{name: a, " +
                                           echo("{{workflow.parameters.q}}{{workflow.labels.l}}{{workflow."
                                                "failures}}{{retries}}{{workflow.priority}}") +
                                           "}]}}"));
    EXPECT_EQ(found.size(), 0u) << described(found);
}

TEST(Variables, OfCronWorkflows) {
    const auto cron = [](const std::string& when) {
        return "{metadata: {name: x, labels: {l: a}}, spec: {schedules: ['* * * * *'], when: \"" + when +
               "\", workflowSpec: {entrypoint: main, templates: [{name: main, suspend: {}}]}}}";
    };
    const Pair pairs[] = {
        {"variable.unknown", "'{{cronworkflow.nam}}' == 'x'",
         "'{{cronworkflow.name}}' == 'x' && '{{cronworkflow.labels.l}}' == 'a'",
         "a cron workflow has no such variable"},
        {"", "{{cronworkflow.failed}} < 3", "{{=cronworkflow.failed < 3}}",
         "which is no text; write {{=cronworkflow.failed}}"},
        {"variable.unterminated", "'{{cronworkflow.name' == ''", "'{{cronworkflow.namespace}}' == ''",
         "which no }} ends"},
        {"expression.unknown-name", "{{=cronworkflow.fails < 3}}", "{{=cronworkflow.succeeded < 3}}",
         "names `cronworkflow.fails`"},
    };
    for (const Pair& pair : pairs) {
        const auto found = validate(read_yaml<model::CronWorkflow>(cron(pair.wrong)));
        ASSERT_GE(found.size(), 1u) << pair.wrong;
        EXPECT_NE(found[0].to_string().find(pair.says), std::string::npos) << described(found);
        const auto none = validate(read_yaml<model::CronWorkflow>(cron(pair.right)));
        EXPECT_EQ(none.size(), 0u) << pair.right << described(none);
    }
}

// The walk over the rest of a dag or steps template goes member by member.
TEST(Variables, AreLookedForInEveryMemberOfADag) {
    const std::set<std::string_view> elsewhere{
        "steps",    "dag",      "container",   "containerSet",
        "script",   "resource", "data",        "http",
        "plugin",   "suspend",  "name",        "daemon",
        "failFast", "priority", "parallelism", "automountServiceAccountToken"};
    std::set<std::string> silent;
    for (const auto& member : model::describe<model::Template>().fields) {
        const std::string name(member.name);
        if (elsewhere.contains(name)) continue;
        // A tag in the first text or key of the member, whatever shape that has.
        bool heard = false;
        for (const std::string shape :
             {"'{{nosuch.name}}'", "{'{{nosuch.name}}': a}", "['{{nosuch.name}}']",
              "[{name: '{{nosuch.name}}'}]", "{expression: '{{nosuch.name}}'}",
              "{parameters: [{name: a, default: '{{nosuch.name}}', valueFrom: "
              "{parameter: '{{nosuch.name}}'}}]}",
              "{key: '{{nosuch.name}}'}", "{labels: {a: '{{nosuch.name}}'}}",
              "{mutexes: [{name: '{{nosuch.name}}'}]}",
              "{prometheus: [{name: m, help: '{{nosuch.name}}', counter: {value: '1'}}]}",
              "{serviceAccountName: '{{nosuch.name}}'}", "{s3: {key: '{{nosuch.name}}'}}",
              "{nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, preference: "
              "{matchFields: [{key: '{{nosuch.name}}', operator: In}]}}]}}",
              "[{ip: '{{nosuch.name}}'}]", "[{key: '{{nosuch.name}}'}]", "{limits: {cpu: '{{nosuch.name}}'}}",
              "{fsGroupChangePolicy: '{{nosuch.name}}'}"}) {
            try {
                const auto found =
                    validate(read_yaml<model::Workflow>("{metadata: {name: x}, spec: {entrypoint: main, "
                                                        "templates: [{name: main, dag: {tasks: [{name: a, "
                                                        "template: main}]}, " +
                                                        name + ": " + shape + "}]}}"));
                for (const auto& one : found)
                    heard = heard || one.message.string().find("nosuch.name}}") != std::string::npos;
            } catch (const ReadError&) {
            }
        }
        if (!heard) silent.insert(name);
    }
    EXPECT_THAT(silent, testing::IsEmpty());
}

}  // namespace

namespace {

using namespace detail;

/// A dag of so many tasks, each after the one before.
std::string chain(std::size_t tasks, bool backwards) {
    std::string list;
    for (std::size_t k = 0; k < tasks; ++k) {
        const std::size_t i = backwards ? tasks - 1 - k : k;
        list += "{name: t" + std::to_string(i) + ", template: work";
        if (i != 0) list += ", dependencies: [t" + std::to_string(i - 1) + "]";
        if (i > 1) list += ", when: '{{tasks.t" + std::to_string(i / 2) + ".id}} == 1'";
        list += "}, ";
    }
    return "{metadata: {name: x}, spec: {entrypoint: main, templates: [{name: work, container: {image: "
           "busybox}}, "
           "{name: main, dag: {tasks: [" +
           list + "]}}]}}";
}

TEST(Ancestry, IsFoundOverLongChains) {
    EXPECT_FALSE(has_errors(validate(read_yaml<model::Workflow>(chain(2000, false)))));
    EXPECT_FALSE(has_errors(validate(read_yaml<model::Workflow>(chain(2000, true)))));
}

// Hostile: every task asks for another one far away.
TEST(Ancestry, CostsNoMoreThanItSays) {
    for (const std::uint32_t tasks : {1000u, 4000u}) {
        const model::WorkflowSpec spec;
        const model::k8s::ObjectMeta metadata;
        const DocumentSet set;
        const CheckOptions options;
        output_uses uses(spec.templates);
        workflow_view whole{spec, metadata, Path(), name_index(0), document_kind::workflow, set, options, {},
                            uses, {},       {}};
        const model::Template none;
        template_view view{whole, none, Path(), false, {}, name_index(0), {}, {}, {}, false};
        const list<json> no_items;
        const str no_name;
        for (std::uint32_t i = 0; i < tasks; ++i) {
            view.calls.push_back(call_view{{},
                                           &no_name,
                                           nullptr,
                                           &no_items,
                                           false,
                                           false,
                                           false,
                                           nullptr,
                                           -1,
                                           static_cast<std::int32_t>(i),
                                           -1});
            view.first.push_back(static_cast<std::uint32_t>(view.predecessors.size()));
            if (i != 0) view.predecessors.push_back(i - 1);
        }
        view.first.push_back(static_cast<std::uint32_t>(view.predecessors.size()));
        ancestry questions;
        for (std::uint32_t i = 2; i < tasks; ++i) {
            questions.ask(i / 2, i);          // an ancestor
            questions.ask(tasks - 1, i - 1);  // none
        }
        questions.answer(view);
        std::size_t open = 0;
        questions.each_open([&](std::uint32_t before, std::uint32_t) {
            EXPECT_EQ(before, tasks - 1);
            ++open;
        });
        EXPECT_EQ(open, tasks - 2);
        const std::size_t asked_for = tasks / 2;
        EXPECT_LE(questions.steps(), (tasks + view.predecessors.size()) * (asked_for / 64 + 1));
    }
}

}  // namespace
}  // namespace tiphys::test
