// SPDX-License-Identifier: Apache-2.0
#include "../models.hpp"

using namespace tiphys;
using namespace tiphys::test;

constexpr auto spec = [] {
    auto cron = nightly();
    cron.metadata.name = BAD("Nightly", "nightly");  // expect-nowhere document.name: metadata.name: the cron workflow name `Nightly` is not of lower-case letters, digits, `-` and `.`, or longer than 52 characters
    cron.spec.schedules.push_back(BAD("0 24 * * *", "0 23 * * *"));  // expect-nowhere cron.schedule: spec.schedules[1]: the schedule `0 24 * * *` is wrong: the hour `24` is not within 0 and 23
    cron.spec.concurrencyPolicy = BAD("Forbit", "Forbid");  // expect-nowhere cron.concurrency-policy: spec.concurrencyPolicy: the concurrencyPolicy of the cron workflow is `Forbit`, which is none of Allow, Forbid and Replace; did you mean `Forbid`?
    cron.spec.startingDeadlineSeconds = BAD(-1, 0);  // expect-nowhere cron.starting-deadline: spec.startingDeadlineSeconds: startingDeadlineSeconds is -1
    return cron;
};

constexpr auto no_schedule = [] {
    auto cron = nightly();
    if (BAD(true, false)) cron.spec.schedules.reset();  // expect-nowhere cron.no-schedule: spec: the cron workflow has no schedule
    return cron;
};

constexpr auto inner = [] {
    auto cron = nightly();
    cron.spec.workflowSpec.entrypoint = BAD("mian", "main");  // expect-nowhere workflow.unknown-entrypoint: spec.workflowSpec.entrypoint: the entrypoint is template `mian`, which the workflow does not have; did you mean `main`?
    return cron;
};

constexpr auto event = [] {
    model::WorkflowEventBinding binding;
    binding.metadata.name = "on-push";
    binding.spec.event.selector = "true";
    auto& submit = binding.spec.submit.ensure();
    submit.workflowTemplateRef.name = "build";
    auto& argument = submit.arguments.ensure().parameters.emplace_back();
    argument.name = "branch";
    argument.valueFrom.ensure().event = BAD("", "payload.ref");  // expect-nowhere event.argument: spec.submit.arguments.parameters[0]: the argument `branch` has no valueFrom.event
    return binding;
};

void all() {
    checked<spec>();
    checked<no_schedule>();
    checked<inner>();
    checked<event>();
}
