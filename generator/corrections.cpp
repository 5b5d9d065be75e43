// SPDX-License-Identifier: Apache-2.0
#include "corrections.hpp"

#include <iterator>

// One row per lie, each with its reason. The rows are facts of Argo's own encoders (its custom JSON methods,
// embedded structs and forced "required" lists); a row that a new release no longer needs is an error.
#define ARGO "io.argoproj.workflow.v1alpha1."
#define CORE "io.k8s.api.core.v1."
#define META "io.k8s.apimachinery.pkg.apis.meta.v1."
#define EVENTS "github.com.argoproj.argo_events.pkg.apis.events.v1alpha1."

namespace tiphys::generator {
namespace {

constexpr DefinitionCorrection definitions[] = {
    {ARGO "Item", "json", "holds any JSON value: the element of withItems or an event's payload"},
    {ARGO "Plugin", "json", "an object with one free key, whose value the plugin defines"},
    {META "FieldsV1", "json", "an object with free keys, one per managed field"},
    {ARGO "Amount", "number", "a JSON number kept as its text"},
    {"io.k8s.apimachinery.pkg.util.intstr.IntOrString", "int_or_string",
     "written as an integer or as a string"},
    {"io.k8s.apimachinery.pkg.api.resource.Quantity", "quantity", "numbers are accepted as well as strings"},
    {EVENTS "Amount", "number", "a JSON number, not an object around bytes"},
    {EVENTS "K8SResource", "json", "any Kubernetes object in place, not an object around bytes"},
    {EVENTS "Int64OrString", "int_or_string", "written as an integer or as a string"},
    {"sync.SyncConfigType", "integer",
     "the server's encoder writes and reads enums as numbers; 0 is left out"},
};

using enum PropertyCorrection::action;
constexpr std::string_view any_scalar = "numbers and booleans are accepted and become their text";
constexpr std::string_view forced = "the swagger forces it to be required; the server does not";
constexpr std::string_view json_number =
    "a 64 bit integer, written as a JSON number; only the protobuf mapping has text";
constexpr std::string_view type_meta =
    "every Kubernetes object has it; the swagger, made from protobuf, forgets it";
constexpr std::string_view in_place = "an embedded struct, whose members the encoder writes in place";
constexpr std::string_view null_list = "an empty list may travel as null or not at all";

constexpr PropertyCorrection properties[] = {
    {ARGO "Parameter", "default", retype, "any_string", any_scalar},
    {ARGO "Parameter", "description", retype, "any_string", any_scalar},
    {ARGO "Parameter", "enum", retype, "any_string", any_scalar},
    {ARGO "Parameter", "value", retype, "any_string", any_scalar},
    {ARGO "ValueFrom", "default", retype, "any_string", any_scalar},
    {ARGO "ScriptTemplate", "image", optional, "", forced},
    {ARGO "ScriptTemplate", "source", optional, "", forced},
    {CORE "Container", "image", optional, "", forced},
    {ARGO "Metrics", "prometheus", optional, "", null_list},
    {ARGO "ClusterWorkflowTemplateList", "items", optional, "", null_list},
    {ARGO "CronWorkflowList", "items", optional, "", null_list},
    {ARGO "WorkflowEventBindingList", "items", optional, "", null_list},
    {ARGO "WorkflowList", "items", optional, "", null_list},
    {ARGO "WorkflowTemplateList", "items", optional, "", null_list},
    {ARGO "Cache", "configMap", unite, ARGO "CacheConfigMap",
     "a ConfigMapKeySelector until 3.7, a LocalObjectReference since: its key may stand in older files"},
    {EVENTS "GerritEventSource", "maxTries", retype, "integer", json_number},
    {EVENTS "GithubAppCreds", "appID", retype, "integer", json_number},
    {EVENTS "GithubAppCreds", "installationID", retype, "integer", json_number},
    {EVENTS "GithubEventSource", "id", retype, "integer", json_number},
    {EVENTS "HTTPTrigger", "timeout", retype, "integer", json_number},
    {EVENTS "KafkaEventSource", "limitEventsPerSecond", retype, "integer", json_number},
    {EVENTS "LogTrigger", "intervalSeconds", retype, "integer", json_number},
    {EVENTS "SQSEventSource", "waitTimeSeconds", retype, "integer", json_number},
    {EVENTS "WebhookContext", "maxPayloadSize", retype, "integer", json_number},
    {EVENTS "EventSource", "apiVersion", add, "string", type_meta},
    {EVENTS "EventSource", "kind", add, "string", type_meta},
    {EVENTS "EventSourceList", "apiVersion", add, "string", type_meta},
    {EVENTS "EventSourceList", "kind", add, "string", type_meta},
    {EVENTS "Sensor", "apiVersion", add, "string", type_meta},
    {EVENTS "Sensor", "kind", add, "string", type_meta},
    {EVENTS "SensorList", "apiVersion", add, "string", type_meta},
    {EVENTS "SensorList", "kind", add, "string", type_meta},
    {EVENTS "EventSourceStatus", "status", embed, "", in_place},
    {EVENTS "HDFSEventSource", "watchPathConfig", embed, "", in_place},
    {EVENTS "ResourceEventSource", "groupVersionResource", embed, "", in_place},
    {EVENTS "SensorStatus", "status", embed, "", in_place},
    {EVENTS "WebhookEventSource", "webhookContext", embed, "", in_place},
};

constexpr Replacement replacements[] = {
    {ARGO "CronWorkflowSpec", "schedule", "schedules", "a list of one"},
    {ARGO "Synchronization", "mutex", "mutexes", "a list of one"},
    {ARGO "Synchronization", "semaphore", "semaphores", "a list of one"},
    {ARGO "Template", "priority", "priorityClassName", "Kubernetes sets a pod's priority by class only"},
    {ARGO "WorkflowSpec", "podPriority", "podPriorityClassName",
     "Kubernetes sets a pod's priority by class only"},
};

}  // namespace

const Corrections& argo_corrections() {
    static const Corrections all{definitions, properties, replacements, argo_values()};
    return all;
}

}  // namespace tiphys::generator
