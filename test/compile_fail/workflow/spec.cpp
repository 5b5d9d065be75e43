// SPDX-License-Identifier: Apache-2.0
#include "../models.hpp"

using namespace tiphys;
using namespace tiphys::test;

constexpr auto metadata = [] {
    auto workflow = waiting();
    workflow.metadata.namespace_ = BAD("team.a", "team-a");  // expect-nowhere document.namespace: metadata.namespace: the namespace `team.a` is not of lower-case letters, digits and `-`, or longer than 63 characters
    workflow.metadata.labels["team"] = BAD("a b", "a-b");  // expect-nowhere label.value: metadata.labels.team: the label `team` has the invalid value `a b`
    workflow.metadata.annotations[BAD("the team", "team")] = "a b";  // expect-nowhere label.key: metadata.annotations["the team"]: the annotation `the team` is no valid key
    return workflow;
};

constexpr auto strategies = [] {
    auto workflow = waiting();
    auto& spec = workflow.spec;
    spec.parallelism = BAD(0, 1);  // expect-nowhere parallelism.value: spec.parallelism: the parallelism of the workflow is 0
    spec.podGC.ensure().strategy = BAD("OnPodSucess", "OnPodSuccess");  // expect-nowhere pod-gc.strategy: spec.podGC.strategy: the strategy of podGC is `OnPodSucess`, which is none of OnPodCompletion, OnPodSuccess, OnWorkflowCompletion and OnWorkflowSuccess; did you mean `OnPodSuccess`?
    spec.podGC->labelSelector.ensure().matchLabels["team"] = BAD("a b", "a-b");  // expect-nowhere label-selector.malformed: spec.podGC.labelSelector.matchLabels.team: the selector `team=a b` is no valid label
    spec.volumeClaimGC.ensure().strategy = BAD("Never", "OnWorkflowSuccess");  // expect-nowhere volume-claim-gc.strategy: spec.volumeClaimGC.strategy: the strategy of volumeClaimGC is `Never`, which is none of OnWorkflowCompletion and OnWorkflowSuccess
    spec.artifactGC.ensure().strategy = BAD("Nevr", "Never");  // expect-nowhere artifact-gc.strategy: spec.artifactGC.strategy: the strategy of artifactGC is `Nevr`, which is none of OnWorkflowCompletion, OnWorkflowDeletion and Never; did you mean `Never`?
    return workflow;
};

constexpr auto pods = [] {
    auto workflow = waiting();
    auto& spec = workflow.spec;
    spec.podResources.ensure().limits[BAD("disk", "cpu")] = "1";  // expect-nowhere pod-resources.name: spec.podResources.limits.disk: podResources of the workflow name `disk`, which is none of a whole pod
    if (BAD(true, false)) spec.podResources->claims.emplace_back().name = "gpu";  // expect-nowhere pod-resources.claims: spec.podResources.claims: podResources of the workflow have claims
    spec.volumeClaimTemplates.emplace_back().metadata.ensure().name = BAD("", "data");  // expect-nowhere volume-claim.name: spec.volumeClaimTemplates[0]: a volumeClaimTemplate has no name
    spec.volumes.emplace_back().name = BAD("my_data", "my-data");  // expect-nowhere volume.name: spec.volumes[0].name: the volume name `my_data` of the workflow is not of lower-case letters, digits and `-`, or longer than 63 characters
    spec.workflowMetadata.ensure().labelsFrom["team"].expression = BAD("", "'a'");  // expect-nowhere field.required: spec.workflowMetadata.labelsFrom.team: the label `team` has no expression
    return workflow;
};

constexpr auto plugin = [] {
    auto workflow = waiting();
    auto& added = workflow.spec.executorPlugins.emplace_back();
    added.metadata.name = "hello";
    auto& container = added.spec.sidecar.container;
    container.resources.ensure().requests["cpu"] = "1";
    container.resources->limits["cpu"] = "1";
    container.securityContext.ensure();
    if (BAD(false, true)) container.ports.emplace_back().containerPort = 4355;  // expect-nowhere executor-plugin.incomplete: spec.executorPlugins[0]: the executor plugin `hello` has no port
    return workflow;
};

constexpr auto token = [] {
    auto workflow = working();
    workflow.spec.automountServiceAccountToken = false;
    workflow.spec.executor.ensure().serviceAccountName = BAD("", "executor");  // expect-nowhere executor.service-account: spec.templates[0]: template `main` has automountServiceAccountToken: false, and no executor.serviceAccountName
    return workflow;
};

void all() {
    checked<metadata>();
    checked<strategies>();
    checked<pods>();
    checked<plugin>();
    checked<token>();
}
