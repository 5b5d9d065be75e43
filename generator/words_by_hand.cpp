// SPDX-License-Identifier: Apache-2.0
#include "words.hpp"

// What the generator leaves out, and which word serves instead. A row that fits no property is an error.

namespace tiphys::generator {
namespace {

const std::vector<std::string_view> containers{"k8s::Container", "ScriptTemplate", "ContainerNode",
                                               "UserContainer"};

}  // namespace

std::span<const Mixin> mixins() {
    static const std::vector<Mixin> all{
        {"metadata_words", "spec_words", "metadata", {"k8s::ObjectMeta"}, "", "every document"},
        {"spec_words",
         "spec_words",
         "spec",
         {"WorkflowSpec"},
         "",
         "`Workflow`, `WorkflowTemplate`, `ClusterWorkflowTemplate`, `CronWorkflow`"},
        {"cron_words", "spec_words", "cron", {"CronWorkflowSpec"}, "", "`CronWorkflow`"},
        {"all_template_words", "template_words", "template_", {"Template"}, "", "every template"},
        {"container_words", "container_words", "container", containers, "",
         "`Container`, `Script`, `ContainerNode`, `UserContainer`"},
        {"script_words", "container_words", "container", {"ScriptTemplate"}, "container_words", "`Script`"},
        {"container_node_words",
         "container_words",
         "container",
         {"ContainerNode"},
         "container_words",
         "`ContainerNode`"},
        {"user_container_words",
         "container_words",
         "container",
         {"UserContainer"},
         "container_words",
         "`UserContainer`"},
        {"call_words", "call_words", "call", {"DAGTask", "WorkflowStep"}, "", "tasks and steps"},
        {"task_words", "call_words", "call", {"DAGTask"}, "call_words", "tasks"},
        {"dag_words", "kind_words", "kind", {"DAGTemplate"}, "", "`dag()`, `Dag`"},
        {"container_set_words", "kind_words", "kind", {"ContainerSetTemplate"}, "", "`ContainerSet`"},
        {"data_words", "kind_words", "kind", {"Data"}, "", "`Data`"},
        {"http_words", "kind_words", "kind", {"HTTP"}, "", "`Http`"},
        {"resource_words", "kind_words", "kind", {"ResourceTemplate"}, "", "`Resource`"},
        {"suspend_words", "kind_words", "kind", {"SuspendTemplate"}, "", "`Suspend`"},
    };
    return all;
}

std::span<const ByHand> words_by_hand() {
    static const std::vector<ByHand> all{
        {"spec_words", "templates", "`container()`, `dag()` and so on add one"},
        {"cron_words", "workflowSpec", "all words of a workflow's spec"},
        {"all_template_words", "name", "the first argument of `container()`, `dag()` and so on"},
        {"all_template_words", "container", "`Container`"},
        {"all_template_words", "containerSet", "`ContainerSet`"},
        {"all_template_words", "dag", "`dag()`, `Dag`"},
        {"all_template_words", "data", "`Data`"},
        {"all_template_words", "http", "`Http`"},
        {"all_template_words", "plugin", "`Plugin`"},
        {"all_template_words", "resource", "`Resource`"},
        {"all_template_words", "script", "`Script`"},
        {"all_template_words", "steps", "`steps()`, `Steps`"},
        {"all_template_words", "suspend", "`Suspend`"},
        {"all_template_words", "initContainers", "`init_containers()`"},
        {"all_template_words", "sidecars", "`sidecars()`"},
        {"container_words", "env", "`env()`"},
        {"call_words", "name", "the first argument of `task()`, `step()`"},
        {"call_words", "template", "the second argument of `task()`, `step()`"},
        {"call_words", "continueOn", "`continue_on()`"},
        {"call_words", "inline", "`inline_()`"},
        {"call_words", "withItems", "`with_items()`"},
        {"call_words", "withSequence", "`with_sequence()`"},
        {"task_words", "dependencies", "`dependencies()`"},
        {"task_words", "depends", "`depends()`, `after()`"},
        {"dag_words", "tasks", "`task()`"},
        {"container_set_words", "containers", "`containers()`"},
        {"data_words", "transformation", "`transformation()`"},
        {"resource_words", "manifest", "`manifest()`"},
    };
    return all;
}

}  // namespace tiphys::generator
