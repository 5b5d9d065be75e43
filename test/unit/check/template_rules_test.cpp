// SPDX-License-Identifier: Apache-2.0
#include "pairs.hpp"

namespace tiphys::test {
namespace {

const std::string work = "container: {image: busybox}";

TEST(TemplateRules, FieldsOfEachKind) {
    const Pair pairs[] = {
        {"template.timeout", "suspend: {}, timeout: 60s", work + ", timeout: 60s",
         "spec.templates[0].timeout: template `main` is of kind suspend and has a timeout"},
        {"", "suspend: {}, pendingTimeout: 60s", work + ", pendingTimeout: 60s", "has a pendingTimeout"},
        {"template.timeout-format", work + ", timeout: '60'", work + ", timeout: 1m",
         "`60`, which has no unit"},
        {"template.active-deadline",
         "steps: [[{name: a, template: main, when: 'false'}]], activeDeadlineSeconds: 5",
         work + ", activeDeadlineSeconds: 5", "is of kind steps and has activeDeadlineSeconds"},
        {"template.active-deadline-value", work + ", activeDeadlineSeconds: -1",
         work + ", activeDeadlineSeconds: 0", "`-1`"},
        {"", work + ", activeDeadlineSeconds: soon",
         "inputs: {parameters: [{name: t, value: '5'}]}, activeDeadlineSeconds: '{{inputs.parameters.t}}', "
         "container: {image: busybox, args: ['{{inputs.parameters.t}}']}",
         "`soon`"},
        {"template.parallelism", work + ", parallelism: 2",
         "parallelism: 2, steps: [[{name: a, template: main, when: 'false'}]]",
         "is of kind container and has a"},
        {"parallelism.value", "parallelism: 0, steps: [[{name: a, template: main, when: 'false'}]]",
         "parallelism: 1, steps: [[{name: a, template: main, when: 'false'}]]",
         "the parallelism of template `main` is 0"},
        {"template.pod-resources", "http: {url: 'http://a'}, podResources: {limits: {cpu: 1}}",
         work + ", podResources: {limits: {cpu: 1, memory: 1Gi, hugepages-2Mi: 2Mi}}",
         "of kind http and has podResources"},
        {"pod-resources.claims", work + ", podResources: {claims: [{name: a}]}", work + ", podResources: {}",
         "podResources.claims: podResources of template `main` have claims"},
        {"pod-resources.name", work + ", podResources: {requests: {disk: 1}}",
         work + ", podResources: {requests: {cpu: 1}}", "name `disk`"},
        {"template.resource-claims", "suspend: {}, resourceClaims: [{name: a}]",
         work + ", resourceClaims: [{name: a}]", "of kind suspend, which makes no pod"},
        {"template.empty-steps", "steps: []", "steps: [[{name: a, template: main, when: 'false'}]]",
         "has no step"},
        {"template.plugin", "plugin: {}", "plugin: {hello: {}}", "has 0 keys, not one"},
        {"", "plugin: [a]", "plugin: {hello: null}", "is no object"},
        {"retry.policy", work + ", retryStrategy: {retryPolicy: OnFail}",
         work + ", retryStrategy: {retryPolicy: OnFailure}",
         "`OnFail`, which is none of Always, OnFailure, OnError and OnTransientError; did you mean "
         "`OnFailure`?"},
        {"field.required", "http: {}", "http: {url: 'http://a'}", "has no url"},
        {"", "data: {source: {artifactPaths: {name: a, s3: {bucket: b}}}}",
         "data: {source: {artifactPaths: {name: a, s3: {bucket: b}}}, transformation: [{expression: "
         "'data'}]}",
         "has no transformation"},
        {"", "data: {source: {}, transformation: [{expression: 'data'}]}",
         "data: {source: {artifactPaths: {name: a, s3: {bucket: b}}}, transformation: [{expression: "
         "'data'}]}",
         "has no artifactPaths"},
        {"", work + ", hostAliases: [{hostnames: [a]}]", work + ", hostAliases: [{ip: 1.2.3.4}]",
         "has no ip"},
        {"label.value", work + ", metadata: {labels: {a: 'b c'}}",
         work + ", metadata: {labels: {a: b, c: '{{workflow.name}}'}, annotations: {a: 'b c'}}",
         "the label `a` has"},
        {"label.key", work + ", metadata: {annotations: {'a b': c}}",
         work + ", metadata: {annotations: {a.b/c: c}}", "the annotation `a b` is no valid key"},
    };
    expect_pairs<model::Workflow>(pairs, template_of);
}

TEST(TemplateRules, AStepHasNoUnknownField) {
    ReadOptions keeping;
    keeping.unknown_fields = UnknownFields::keep;
    const auto found = validate(read_yaml<model::Workflow>(
        template_of("steps: [[{name: a, template: main, when: 'false', whem: b}]]"), keeping));
    ASSERT_EQ(found.size(), 1u) << described(found);
    EXPECT_EQ(found[0].to_string(),
              "error step.unknown-field at spec.templates[0].steps[0][0].whem: step `a` has "
              "a field `whem`, which Argo does not know");
}

TEST(TemplateRules, ManifestsAreYaml) {
    const auto resource = [](const std::string& manifest) {
        return template_of(
            "inputs: {parameters: [{name: p, default: a}]}, resource: {action: create, manifest: \"" +
            manifest + "\"}");
    };
    const Pair pairs[] = {
        {"resource.manifest-yaml", "a: [{{inputs.parameters.p}}", "a: [{{inputs.parameters.p}}]",
         "resource.manifest: the manifest of template `main` is no YAML: "},
        {"", "a: b\\n c: {{inputs.parameters.p}}",
         "a: {{= inputs.parameters.p + ': b' }}\\nb: '{{inputs.parameters.p}}'", "line 2"},
        {"", "a: b: {{inputs.parameters.p}}", "a: b\\n---\\nc: {{inputs.parameters.p}}", "line 1"},
    };
    expect_pairs<model::Workflow>(pairs, resource);
}

TEST(TemplateRules, PatchesAreYaml) {
    const Pair pairs[] = {
        {"pod-spec-patch.yaml", work + ", podSpecPatch: 'a: ['", work + ", podSpecPatch: '{\"a\": [1]}'",
         "spec.templates[0].podSpecPatch: the podSpecPatch of template `main` is no YAML: "},
    };
    expect_pairs<model::Workflow>(pairs, template_of);
    const Pair of_the_workflow[] = {
        {"pod-spec-patch.yaml", "podSpecPatch: 'a: b: c'", "podSpecPatch: 'a: {{workflow.name}}'",
         "spec.podSpecPatch: the podSpecPatch of the workflow is no YAML: "},
    };
    expect_pairs<model::Workflow>(of_the_workflow, spec_of);
}

TEST(TemplateRules, LimitsOfTheDefinitionsAreWarnings) {
    model::Workflow workflow;
    workflow.metadata.name = "x";
    workflow.spec.entrypoint = "main";
    auto& main = workflow.spec.templates.emplace_back();
    main.name = "main";
    auto& wait = workflow.spec.templates.emplace_back();
    wait.name = "wait";
    wait.suspend.ensure();
    const auto add_task = [&](int i) {
        auto& task = workflow.spec.templates[0].dag.ensure().tasks.emplace_back();
        task.name = "t" + std::to_string(i);
        task.template_ = "wait";
    };
    for (int i = 0; i < 200; ++i) add_task(i);
    EXPECT_TRUE(validate(workflow).empty()) << described(validate(workflow));
    add_task(200);
    const auto found = validate(workflow);
    ASSERT_EQ(found.size(), 1u) << described(found);
    EXPECT_EQ(found[0].to_string(),
              "warning template.too-many-tasks at spec.templates[0].dag.tasks: dag `main` has 201 tasks");
    EXPECT_FALSE(has_errors(found));

    const auto inputs = [](int count) {
        std::string list, used;
        for (int i = 0; i < count; ++i) {
            list += (i == 0 ? "{name: p" : ", {name: p") + std::to_string(i) + ", default: a}";
            used += "{{inputs.parameters.p" + std::to_string(i) + "}}";
        }
        return read_yaml<model::Workflow>(template_of("inputs: {parameters: [" + list +
                                                      "]}, container: {image: b, args: ['" + used + "']}"));
    };
    EXPECT_TRUE(validate(inputs(500)).empty());
    const auto many = validate(inputs(501));
    ASSERT_EQ(many.size(), 1u) << described(many);
    EXPECT_EQ(many[0].rule, &rule::template_too_many_inputs);
}

TEST(TemplateRules, RecursionNeedsACondition) {
    const auto templates = [](const std::string& list) {
        return "{metadata: {name: x}, spec: {entrypoint: a, templates: [" + list +
               ", {name: w, suspend: {}}]}}";
    };
    const Pair pairs[] = {
        {"template.recursion", "{name: a, steps: [[{name: s, template: a}]]}",
         "{name: a, steps: [[{name: s, template: a, when: '{{workflow.status}} == Failed'}]]}",
         "spec.templates[0].steps[0][0]: templates call each other without end: `a` calls `a`"},
        {"",
         "{name: a, steps: [[{name: s, template: b}]]}, {name: b, dag: {tasks: [{name: t, template: a}]}}",
         "{name: a, steps: [[{name: s, template: b}]]}, {name: b, dag: {tasks: [{name: u, template: w}, "
         "{name: t, template: a, depends: u.Failed}]}}",
         "spec.templates[1].dag.tasks[0]: templates call each other without end: `a` calls `b` calls `a`"},
        {"",
         "{name: a, steps: [[{name: s, template: b}], [{name: r, template: b}]]}, {name: b, steps: [[{name: "
         "t, template: b}]]}",
         "{name: a, steps: [[{name: s, template: b}], [{name: r, template: b}]]}, {name: b, steps: [[{name: "
         "t, template: w}]]}",
         "`b` calls `b`"},
    };
    expect_pairs<model::Workflow>(pairs, templates);
}

TEST(TemplateRules, TokensForTheExecutor) {
    const Pair pairs[] = {
        {"executor.service-account", work + ", automountServiceAccountToken: false",
         work + ", automountServiceAccountToken: false, executor: {serviceAccountName: a}",
         "and no executor.serviceAccountName"},
    };
    expect_pairs<model::Workflow>(pairs, template_of);
}

TEST(TemplateRules, Resources) {
    const std::string create =
        "resource: {action: create, manifest: '{kind: ConfigMap, metadata: {name: a}}'";
    const Pair pairs[] = {
        {"resource.action", "resource: {action: creat, manifest: 'a: b'}", create + "}",
         "`creat`, which is none of get, create, apply, delete, replace and patch; did you mean `create`?"},
        {"", "resource: {manifest: 'a: b'}", create + "}", "has no action"},
        {"resource.manifest", "resource: {action: create, flags: [a]}", create + "}",
         "has neither a manifest nor a manifestFrom"},
        {"", "resource: {action: delete}", "resource: {action: delete, flags: [pod, -l, a=b]}",
         "has neither flags nor a manifest"},
        {"resource.two-manifests",
         "inputs: {artifacts: [{name: a, path: /a, optional: true}]}, " + create +
             ", manifestFrom: {artifact: {name: a}}}",
         create + "}", "has both a manifest and a manifestFrom"},
        {"resource.unknown-artifact",
         "inputs: {artifacts: [{name: doc, path: /a, optional: true}]}, resource: {action: create, "
         "manifestFrom: {artifact: {name: dox}}}",
         "inputs: {artifacts: [{name: doc, path: /a, optional: true}]}, resource: {action: create, "
         "manifestFrom: {artifact: {name: doc}}}",
         "means artifact `dox`, which is no input of the template; did you mean `doc`?"},
        {"resource.merge-strategy", create + ", mergeStrategy: jsn}", create + ", mergeStrategy: json}",
         "did you mean `json`?"},
        {"resource.condition", create + ", successCondition: status.succeeded > many}",
         create +
             ", successCondition: 'status.succeeded > 0, !error, kind in (a,b), c notin (d), e==f, g!=h'}",
         "is wrong: `>` compares with an integer, not with `many`"},
        {"", create + ", failureCondition: 'status.phase in (A'}",
         create + ", failureCondition: status.failed}", "the ( after `in` is not closed"},
        {"", create + ", failureCondition: 'a b'}", create + ", failureCondition: a=}", "`b` is no operator"},
        {"", create + ", failureCondition: 'a,'}", create + ", failureCondition: 'a,b'}",
         "it ends with a comma"},
        {"", create + ", failureCondition: '=a'}", create + ", failureCondition: '{{workflow.name}} = ('}",
         "a key is expected before `=`"},
    };
    expect_pairs<model::Workflow>(pairs, template_of);
}

TEST(TemplateRules, Metrics) {
    const auto metric = [](const std::string& body) {
        return template_of("container: {image: busybox}, metrics: {prometheus: [{" + body + "}]}");
    };
    const std::string named = "name: m, help: h, ";
    const Pair pairs[] = {
        {"metric.name", "name: m:n, help: h, counter: {value: '1'}", named + "counter: {value: '1'}",
         "the metric name `m:n` of template `main`"},
        {"", "help: h, counter: {value: '1'}", named + "counter: {value: '1'}", "has no name"},
        {"metric.label", named + "counter: {value: '1'}, labels: [{key: a-b, value: c}]",
         named + "counter: {value: '1'}, labels: [{key: a_b, value: c}]", "the label `a-b` of metric `m`"},
        {"metric.help", "name: m, counter: {value: '1'}", named + "counter: {value: '1'}",
         "metric `m` has no help"},
        {"metric.kind", "name: m, help: h", named + "counter: {value: '1'}",
         "neither gauge, counter nor histogram"},
        {"", named + "counter: {value: '1'}, gauge: {value: '1', realtime: false}",
         named + "counter: {value: '1'}", "more than one of"},
        {"metric.value", named + "gauge: {realtime: false}", named + "gauge: {value: '1', realtime: false}",
         "the gauge of metric `m` has no value"},
        {"", named + "counter: {}", named + "counter: {value: '1'}",
         "the counter of metric `m` has no value"},
        {"", named + "histogram: {buckets: [1.5]}", named + "histogram: {buckets: [1.5], value: '1'}",
         "the histogram of metric `m` has no value"},
        {"", named + "gauge: {value: '" + std::string(257, '1') + "'}",
         named + "gauge: {value: '" + std::string(256, '1') + "'}", "longer than 256"},
        {"metric.operation", named + "gauge: {value: '1', operation: Ad}",
         named + "gauge: {value: '1', operation: Add}", "did you mean `Add`?"},
        {"metric.realtime", named + "gauge: {realtime: true, value: '{{resourcesDuration.cpu}}'}",
         named + "gauge: {realtime: true, value: '{{duration}}'}",
         "which is not {{duration}} or {{workflow.duration}}"},
        {"", named + "gauge: {realtime: true, value: '1'}",
         named + "gauge: {realtime: true, value: '{{workflow.duration}}'}", "the value `1`"},
        {"field.required", named + "histogram: {value: '1'}", named + "histogram: {value: '1', buckets: [1]}",
         "has no buckets"},
    };
    expect_pairs<model::Workflow>(pairs, metric);
}

}  // namespace
}  // namespace tiphys::test
