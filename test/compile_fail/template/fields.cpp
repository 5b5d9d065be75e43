// SPDX-License-Identifier: Apache-2.0
#include "../models.hpp"

using namespace tiphys;
using namespace tiphys::test;

constexpr auto of_a_pause = [] {
    auto workflow = waiting();
    auto& self = workflow.spec.templates[0];
    self.timeout = BAD("60s", "");  // expect-nowhere template.timeout: spec.templates[0].timeout: template `main` is of kind suspend and has a timeout
    self.activeDeadlineSeconds = BAD("soon", "60");  // expect-nowhere template.active-deadline-value: spec.templates[0].activeDeadlineSeconds: activeDeadlineSeconds of template `main` is `soon`
    if (BAD(true, false)) self.parallelism = 2;  // expect-nowhere template.parallelism: spec.templates[0].parallelism: template `main` is of kind suspend and has a parallelism
    if (BAD(true, false)) self.resourceClaims.emplace_back().name = "gpu";  // expect-nowhere template.resource-claims: spec.templates[0].resourceClaims: template `main` is of kind suspend, which makes no pod, and has resourceClaims
    return workflow;
};

constexpr auto of_steps = [] {
    auto workflow = waiting();
    workflow.spec.templates[0].name = "wait";
    auto& self = workflow.spec.templates.emplace_back();
    self.name = "main";
    self.steps.engage();
    if (BAD(false, true)) self.steps.emplace_back().emplace_back().name = "a";  // expect-nowhere template.empty-steps: spec.templates[1].steps: template `main` has no step
    if (BAD(false, true)) self.steps[0][0].template_ = "wait";
    if (BAD(true, false)) self.activeDeadlineSeconds = 60;  // expect-nowhere template.active-deadline: spec.templates[1].activeDeadlineSeconds: template `main` is of kind steps and has activeDeadlineSeconds
    return workflow;
};

constexpr auto unknown_field = [] {
    auto workflow = waiting();
    workflow.spec.templates[0].name = "wait";
    auto& self = workflow.spec.templates.emplace_back();
    self.name = "main";
    auto& step = self.steps.emplace_back().emplace_back();
    step.name = "a";
    step.template_ = "wait";
    if (BAD(true, false)) (step.unknown_fields.ensure() = json::object()).set("whem", "b");  // expect-nowhere step.unknown-field: spec.templates[1].steps[0][0].whem: step `a` has a field `whem`, which Argo does not know
    return workflow;
};

constexpr auto of_a_container = [] {
    auto workflow = working();
    auto& self = workflow.spec.templates[0];
    self.timeout = BAD("60", "60s");  // expect-nowhere template.timeout-format: spec.templates[0].timeout: the timeout of template `main` is `60`, which has no unit
    self.retryStrategy.ensure().retryPolicy = BAD("OnFail", "OnFailure");  // expect-nowhere retry.policy: spec.templates[0].retryStrategy.retryPolicy: the retryPolicy of retryStrategy of template `main` is `OnFail`, which is none of Always, OnFailure, OnError and OnTransientError; did you mean `OnFailure`?
    return workflow;
};

constexpr auto of_a_plugin = [] {
    auto workflow = empty();
    auto& self = workflow.spec.templates[0];
    self.plugin = json::object();
    if (BAD(false, true)) self.plugin.set("hello", json::object());  // expect-nowhere template.plugin: spec.templates[0].plugin: the plugin of template `main` has 0 keys, not one
    if (BAD(true, false)) self.podResources.ensure().limits["cpu"] = "1";  // expect-nowhere template.pod-resources: spec.templates[0].podResources: template `main` is of kind plugin and has podResources
    return workflow;
};

constexpr auto resource = [] {
    auto workflow = empty();
    auto& given = workflow.spec.templates[0].resource.ensure();
    given.action = BAD("creat", "create");  // expect-nowhere resource.action: spec.templates[0].resource.action: the action of the resource of template `main` is `creat`, which is none of get, create, apply, delete, replace and patch; did you mean `create`?
    given.manifest = BAD("", "kind: ConfigMap");  // expect-nowhere resource.manifest: spec.templates[0].resource: the resource of template `main` has neither a manifest nor a manifestFrom
    given.mergeStrategy = BAD("jsn", "json");  // expect-nowhere resource.merge-strategy: spec.templates[0].resource.mergeStrategy: the mergeStrategy of the resource is `jsn`, which is none of strategic, merge and json; did you mean `json`?
    given.successCondition = BAD("status.succeeded > many", "status.succeeded > 1");  // expect-nowhere resource.condition: spec.templates[0].resource.successCondition: the successCondition `status.succeeded > many` is wrong: `>` compares with an integer, not with `many`
    return workflow;
};

constexpr auto manifest_from = [] {
    auto workflow = empty();
    auto& self = workflow.spec.templates[0];
    input(self, "doc");
    self.resource.ensure().action = "create";
    self.resource->manifest = BAD("kind: ConfigMap", "");  // expect-nowhere resource.two-manifests: spec.templates[0].resource: the resource of template `main` has both a manifest and a manifestFrom
    self.resource->manifestFrom.ensure().artifact.name = BAD("dox", "doc");  // expect-nowhere resource.unknown-artifact: spec.templates[0].resource.manifestFrom.artifact.name: manifestFrom of template `main` means artifact `dox`, which is no input of the template; did you mean `doc`?
    return workflow;
};

constexpr auto metrics = [] {
    auto workflow = working();
    auto& metric = workflow.spec.templates[0].metrics.ensure().prometheus.emplace_back();
    metric.name = BAD("a-b", "a_b");  // expect-nowhere metric.name: spec.templates[0].metrics.prometheus[0].name: the metric name `a-b` of template `main` is not of letters, digits and `_`, or begins with a digit
    auto& label = metric.labels.emplace_back();
    label.key = BAD("1st", "first");  // expect-nowhere metric.label: spec.templates[0].metrics.prometheus[0].labels[0].key: the label `1st` of metric `a-b` is not of letters, digits and `_`, or begins with a digit
    label.value = "x";
    metric.help = BAD("", "counts");  // expect-nowhere metric.help: spec.templates[0].metrics.prometheus[0]: metric `a-b` has no help
    metric.counter.ensure().value = BAD("", "1");  // expect-nowhere metric.value: spec.templates[0].metrics.prometheus[0].counter: the counter of metric `a-b` has no value
    return workflow;
};

constexpr auto gauge = [] {
    auto workflow = working();
    auto& metric = workflow.spec.templates[0].metrics.ensure().prometheus.emplace_back();
    metric.name = "a";
    metric.help = "b";
    metric.gauge.ensure().operation = BAD("Plus", "Add");  // expect-nowhere metric.operation: spec.templates[0].metrics.prometheus[0].gauge.operation: the operation of metric `a` is `Plus`, which is none of Set, Add and Sub
    metric.gauge->realtime = true;
    metric.gauge->value = BAD("{{resourcesDuration.cpu}}", "{{duration}}");  // expect-nowhere metric.realtime: spec.templates[0].metrics.prometheus[0].gauge.value: the real-time gauge of metric `a` has the value `{{resourcesDuration.cpu}}`, which is not {{duration}} or {{workflow.duration}}
    if (BAD(true, false)) metric.counter.ensure().value = "1";  // expect-nowhere metric.kind: spec.templates[0].metrics.prometheus[0]: metric `a` is more than one of gauge, counter and histogram
    return workflow;
};

constexpr auto recursion = [] {
    return Workflow("nightly-")
        .entrypoint("main")
        .suspend("wait")
        .steps("main")
        .step("again", BAD("main", "wait"));  // expect template.recursion: templates call each other without end: `main` calls `main`
};

void all() {
    checked<recursion>();
    checked<of_a_pause>();
    checked<of_steps>();
    checked<unknown_field>();
    checked<of_a_container>();
    checked<of_a_plugin>();
    checked<resource>();
    checked<manifest_from>();
    checked<metrics>();
    checked<gauge>();
}
