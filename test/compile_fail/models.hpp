// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/checked.hpp>

#include "bad.hpp"

/// Documents for recipes that return a model: what is wrong with them is told with its path.
namespace tiphys::test {

constexpr model::Workflow empty() {
    model::Workflow workflow;
    workflow.metadata.name = "nightly";
    workflow.spec.entrypoint = "main";
    workflow.spec.templates.emplace_back().name = "main";
    return workflow;
}
constexpr model::Workflow waiting() {
    model::Workflow workflow = empty();
    workflow.spec.templates[0].suspend.ensure();
    return workflow;
}
constexpr model::Workflow working() {
    model::Workflow workflow = empty();
    workflow.spec.templates[0].container.ensure().image = "busybox";
    return workflow;
}
constexpr model::CronWorkflow nightly() {
    model::CronWorkflow cron;
    cron.metadata.name = "nightly";
    cron.spec.schedules.push_back("0 3 * * *");
    cron.spec.workflowSpec = waiting().spec;
    return cron;
}
constexpr model::Artifact& input(model::Template& self, const char* name) {
    auto& artifact = self.inputs.ensure().artifacts.emplace_back();
    artifact.name = name;
    artifact.optional = true;
    artifact.path = name;
    return artifact;
}

}  // namespace tiphys::test
