// SPDX-License-Identifier: Apache-2.0
#include "large_documents.hpp"

#include <string>

namespace tiphys::test {
namespace {

std::string numbered(const char* prefix, int i) {
    const std::string digits = std::to_string(i);
    return prefix + std::string(digits.size() < 5 ? 5 - digits.size() : 0, '0') + digits;
}

std::string task_name(int i) { return numbered("task-", i); }
std::string node_id(int i) { return numbered("large-", 1'000'000'000 + 7919 * i); }

model::Parameter parameter(const char* name, const std::string& value) {
    model::Parameter made;
    made.name = name;
    made.value = value;
    return made;
}

model::Workflow head() {
    model::Workflow made;
    made.apiVersion = "argoproj.io/v1alpha1";
    made.kind = "Workflow";
    made.metadata.generateName = "large-";
    made.spec.entrypoint = "main";
    made.spec.arguments.ensure().parameters.push_back(parameter("prefix", "shard"));
    model::Template& work = made.spec.templates.emplace_back();
    work.name = "work";
    for (const char* name : {"shard", "input"}) work.inputs.ensure().parameters.emplace_back().name = name;
    model::k8s::Container& container = work.container.ensure();
    container.image = "alpine:3.23";
    container.command = {"sh", "-c",
                         "echo {{workflow.parameters.prefix}} {{inputs.parameters.shard}} "
                         "{{inputs.parameters.input}} >/tmp/output"};
    model::Parameter& output = work.outputs.ensure().parameters.emplace_back();
    output.name = "output";
    output.valueFrom.ensure().path = "/tmp/output";
    return made;
}

model::NodeStatus pod(int i) {
    model::NodeStatus made;
    made.id = node_id(i);
    made.name = "large-x7k2p." + task_name(i);
    made.displayName = task_name(i);
    made.type = "Pod";
    made.templateName = "work";
    made.templateScope = "local/large-x7k2p";
    made.phase = "Succeeded";
    made.boundaryID = "large-x7k2p";
    made.startedAt = "2024-06-07T08:09:10Z";
    made.finishedAt = "2024-06-07T08:09:42Z";
    made.estimatedDuration = std::int64_t{31};
    made.progress = "1/1";
    made.resourcesDuration["cpu"] = std::int64_t{3};
    made.resourcesDuration["memory"] = std::int64_t{17 + i % 40};
    made.inputs.ensure().parameters = {
        parameter("shard", std::to_string(i)),
        parameter("input", i == 0 ? "none" : "shard of " + task_name(i - 1) + "\n")};
    model::Outputs& outputs = made.outputs.ensure();
    outputs.exitCode = "0";
    outputs.parameters.push_back(parameter("output", "shard of " + task_name(i) + "\n"));
    outputs.parameters.back().valueFrom.ensure().path = "/tmp/output";
    model::Artifact& logs = outputs.artifacts.emplace_back();
    logs.name = "main-logs";
    logs.s3.ensure().key = "large-x7k2p/" + node_id(i) + "/main.log";
    made.children = {str(node_id(i + 1)), str(node_id(i + 2))};
    made.hostNodeName = "node-" + std::to_string(i % 60) + ".example.internal";
    return made;
}

}  // namespace

model::Workflow large_dag(int tasks) {
    model::Workflow made = head();
    model::Template& main = made.spec.templates.emplace_back();
    main.name = "main";
    model::DAGTemplate& dag = main.dag.ensure();
    for (int i = 0; i < tasks; ++i) {
        model::DAGTask& task = dag.tasks.emplace_back();
        task.name = task_name(i);
        task.template_ = "work";
        auto& parameters = task.arguments.ensure().parameters;
        parameters.push_back(parameter("shard", std::to_string(i)));
        if (i == 0) {
            parameters.push_back(parameter("input", "none"));
            continue;
        }
        parameters.push_back(
            parameter("input", "{{tasks." + task_name(i - 1) + ".outputs.parameters.output}}"));
        const std::string first = task_name(i - 1);
        const std::string second = task_name(i == 1 ? 0 : i - 2);
        if (i == 1)
            task.dependencies = {str(second)};
        else if (i % 3 != 0)
            task.dependencies = {str(first), str(second)};
        else
            task.depends = first + " && (" + second + ".Succeeded || " + second + ".Skipped)";
    }
    return made;
}

model::Workflow large_status(int nodes) {
    model::Workflow made = head();
    made.metadata.name = "large-x7k2p";
    made.metadata.uid = "6f7a1c1e-8b0f-4d5e-9c52-0a9a3d1b7e11";
    made.metadata.labels["workflows.argoproj.io/phase"] = "Succeeded";
    model::WorkflowStatus& status = made.status.ensure();
    status.phase = "Succeeded";
    status.progress = std::to_string(nodes) + "/" + std::to_string(nodes);
    for (int i = 0; i < nodes; ++i) status.nodes.append(node_id(i)) = pod(i);
    return made;
}

}  // namespace tiphys::test
