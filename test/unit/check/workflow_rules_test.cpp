// SPDX-License-Identifier: Apache-2.0
#include <tiphys/text/json_writer.hpp>

#include "pairs.hpp"

namespace tiphys::test {
namespace {

TEST(WorkflowRules, Spec) {
    const Pair pairs[] = {
        {"parallelism.value", "parallelism: 0", "parallelism: 1",
         "spec.parallelism: the parallelism of the workflow is 0"},
        {"pod-gc.strategy", "podGC: {strategy: OnPodComplete}", "podGC: {strategy: OnPodCompletion}",
         "did you mean `OnPodCompletion`?"},
        {"label-selector.malformed", "podGC: {labelSelector: {matchLabels: {a: 'b c'}}}",
         "podGC: {labelSelector: {matchLabels: {a: b}}}", "the selector `a=b c` is no valid label"},
        {"", "podGC: {labelSelector: {matchExpressions: [{key: a, operator: In}]}}",
         "podGC: {labelSelector: {matchExpressions: [{key: a, operator: In, values: [b]}]}}",
         "is In no values"},
        {"", "podGC: {labelSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}}",
         "podGC: {labelSelector: {matchExpressions: [{key: a, operator: Exists}]}}",
         "is Exists and has values"},
        {"", "podGC: {labelSelector: {matchExpressions: [{key: a, operator: '='}]}}",
         "podGC: {labelSelector: {matchExpressions: [{key: a, operator: DoesNotExist}]}}",
         "has the operator `=`"},
        {"", "podGC: {labelSelector: {matchExpressions: [{key: '', operator: Exists}]}}",
         "podGC: {labelSelector: {matchExpressions: [{key: a, operator: NotIn, values: [b]}]}}",
         "has no valid key"},
        {"pod-resources.claims", "podResources: {claims: [{name: a}]}", "podResources: {limits: {cpu: 1}}",
         "podResources of the workflow"},
        {"volume-claim.name", "volumeClaimTemplates: [{spec: {}}]",
         "volumeClaimTemplates: [{metadata: {name: a}}]", "has no name"},
        {"volume-claim.duplicate-name",
         "volumeClaimTemplates: [{metadata: {name: a}}, {metadata: {name: a}, spec: {}}]",
         "volumeClaimTemplates: [{metadata: {name: a}, spec: {}}, {metadata: {name: a}, spec: {}}]",
         "volumeClaimTemplates[1].metadata.name: the workflow has two volumeClaimTemplates `a` that differ"},
        {"volume.duplicate-name", "volumes: [{name: a}, {name: b}, {name: a, emptyDir: {}}]",
         "volumes: [{name: a}, {name: b, emptyDir: {}}, {name: a}]",
         "spec.volumes[2].name: the workflow has two volumes `a` that differ"},
        {"quantity.malformed",
         "volumeClaimTemplates: [{metadata: {name: a}, spec: {resources: {requests: {storage: 1 G}}}}]",
         "volumeClaimTemplates: [{metadata: {name: a}, spec: {resources: {requests: {storage: 1G}}}}]",
         "is `1 G`"},
        {"volume-claim-gc.strategy", "volumeClaimGC: {strategy: Never}",
         "volumeClaimGC: {strategy: OnWorkflowSuccess}",
         "none of OnWorkflowCompletion and OnWorkflowSuccess"},
        {"artifact-gc.strategy", "artifactGC: {strategy: OnWorkflowSuccess}",
         "artifactGC: {strategy: OnWorkflowDeletion}", "artifactGC.strategy: the strategy of artifactGC is"},
        {"label.value", "workflowMetadata: {labels: {a: 'b,c'}}", "workflowMetadata: {labels: {a: b.c}}",
         "workflowMetadata.labels.a"},
        {"label.key", "podMetadata: {labels: {/a: b}}", "podMetadata: {labels: {a/b: c}}",
         "the label `/a` is no valid key"},
        {"field.required", "workflowMetadata: {labelsFrom: {a: {}}}",
         "workflowMetadata: {labelsFrom: {a: {expression: \"'b'\"}}}", "the label `a` has no expression"},
        {"volume.name", "volumes: [{name: a.b}]", "volumes: [{name: a-b}]",
         "the volume name `a.b` of the workflow"},
        {"retry.policy", "retryStrategy: {retryPolicy: Never}", "retryStrategy: {retryPolicy: Always}",
         "none of Always"},
        {"metric.realtime",
         "metrics: {prometheus: [{name: a, help: b, gauge: {realtime: true, value: '{{duration}}'}}]}",
         "metrics: {prometheus: [{name: a, help: b, gauge: {realtime: true, value: "
         "'{{workflow.duration}}'}}]}",
         "which is not {{workflow.duration}}"},
        {"executor-plugin.incomplete",
         "executorPlugins: [{metadata: {name: a}, spec: {sidecar: {container: {image: b, ports: "
         "[{containerPort: 1}]}}}}]",
         "executorPlugins: [{metadata: {name: a}, spec: {sidecar: {container: {image: b, ports: "
         "[{containerPort: 1}], resources: {requests: {}, limits: {}}, securityContext: {}}}}}]",
         "the executor plugin `a` has no requests and limits and securityContext"},
        {"artifact.several-locations", "arguments: {artifacts: [{name: a, raw: {data: a}, http: {url: b}}]}",
         "arguments: {artifacts: [{name: a, raw: {data: a}}]}", "spec.arguments.artifacts[0]"},
    };
    expect_pairs<model::Workflow>(pairs, spec_of);
}

TEST(WorkflowRules, Metadata) {
    const auto metadata = [](const std::string& members) {
        return "{metadata: {name: x, " + members +
               "}, spec: {entrypoint: a, templates: [{name: a, suspend: {}}]}}";
    };
    const std::string long_part(63, 'a');
    const Pair pairs[] = {
        {"document.namespace", "namespace: a.b", "namespace: a-b", "metadata.namespace: the namespace `a.b`"},
        {"", "namespace: " + long_part + "a", "namespace: " + long_part, "longer than 63"},
        {"label.key", "labels: {a b: c}", "labels: {A.b_c-d: c, example.com/" + long_part + ": d}",
         "the label `a b`"},
        {"", "annotations: {Example.com/a: b}", "annotations: {example.com/a: 'b c'}",
         "the annotation `Example.com/a`"},
        {"label.value", "labels: {a: " + long_part + "a}", "labels: {a: " + long_part + ", b: ''}",
         "the label `a` has the invalid value"},
        {"", "labels: {a: -b}", "labels: {a: b}", "invalid value `-b`"},
    };
    expect_pairs<model::Workflow>(pairs, metadata);
}

/// A workflow of so many bytes of JSON.
std::string of_size(std::size_t bytes) {
    const auto with = [](std::size_t size) {
        return "{metadata: {name: x, annotations: {a: '" + std::string(size, 'b') +
               "'}}, spec: {entrypoint: a, templates: [{name: a, suspend: {}}]}}";
    };
    const std::size_t rest = to_json(read_yaml<model::Workflow>(with(1))).size() - 1;
    return with(bytes - rest);
}

TEST(WorkflowRules, Size) {
    constexpr std::size_t limit = 1536 * 1024;
    const Pair pairs[] = {
        {"document.too-large", of_size(limit + 1), of_size(1024 * 1024),
         ": the workflow is 1572865 bytes of JSON, 1 more than 1.5 MiB"},
        {"document.large", of_size(1024 * 1024 + 10), of_size(1024 * 1024),
         ": the workflow is 1048586 bytes of JSON, 10 more than 1 MiB"},
        {"", of_size(limit), of_size(1000),
         ": the workflow is 1572864 bytes of JSON, 524288 more than 1 MiB"},
    };
    expect_pairs<model::Workflow>(pairs, [](const std::string& text) { return text; });
}

TEST(WorkflowRules, SizeIsThatOfTheTextThatIsSent) {
    const auto workflow = read_yaml<model::Workflow>(template_of(
        "container: {image: a, args: [\"\\u0001 \\u00fc \\\" \\\\ \\n\", ''], ports: [{containerPort: 80}]}, "
        "nodeSelector: {\"a\\tb\": c}, daemon: true, inputs: {parameters: [{name: p, value: 1.5}]}"));
    EXPECT_EQ(json_size(workflow), to_json(workflow).size()) << to_json(workflow);
    EXPECT_EQ(json_size(model::Workflow()), to_json(model::Workflow()).size());
}

TEST(WorkflowRules, SizeMayBeSwitchedOff) {
    const auto large = read_yaml<model::Workflow>(of_size(2'000'000));
    CheckOptions options;
    options.disable("document.too-large");
    EXPECT_TRUE(has_errors(validate(large)));
    EXPECT_TRUE(validate(large, {}, options).empty());
}

TEST(WorkflowRules, LimitsOfTheDefinitionsAreWarnings) {
    model::Workflow workflow;
    workflow.metadata.name = "x";
    workflow.spec.entrypoint = "t0";
    const auto add = [&](int i) {
        auto& one = workflow.spec.templates.emplace_back();
        one.name = "t" + std::to_string(i);
        one.suspend.ensure();
    };
    for (int i = 0; i < 200; ++i) add(i);
    auto& metrics = workflow.spec.metrics.ensure().prometheus;
    const auto measure = [&](int i) {
        auto& one = metrics.emplace_back();
        one.name = "m" + std::to_string(i);
        one.help = "h";
        one.counter.ensure().value = "1";
    };
    for (int i = 0; i < 100; ++i) measure(i);
    EXPECT_TRUE(validate(workflow).empty());
    add(200);
    measure(100);
    const auto found = validate(workflow);
    ASSERT_EQ(found.size(), 2u) << described(found);
    EXPECT_EQ(found[0].rule, &rule::workflow_too_many_templates);
    EXPECT_EQ(found[1].rule, &rule::metric_too_many);
    EXPECT_FALSE(has_errors(found));
}

}  // namespace
}  // namespace tiphys::test
