// SPDX-License-Identifier: Apache-2.0
#include "client/operations.hpp"

#include <tiphys/text/text.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "client/preconditions.hpp"
#include "client/url.hpp"
#include "client/words.hpp"

namespace tiphys::client_detail {
namespace {

std::string_view chosen(const std::string& own, std::string_view ns) { return own.empty() ? ns : own; }

Target workflow_target(std::string_view ns, std::string_view name) {
    check_namespace(ns);
    if (name.empty()) throw_invalid_argument(std::string(no_name));
    Target target("/api/v1/workflows");
    target.segment(ns, "namespace").segment(name, "name of the workflow");
    check_name(name);
    return target;
}

Request act(std::string_view ns, std::string_view name, const char* verb, const boost::json::object& body) {
    Target target = workflow_target(ns, name);
    return {"PUT", target.segment(verb, "verb").take(), boost::json::serialize(body), nullptr};
}

std::string flag(bool value) { return value ? "true" : std::string(); }

std::string decimal(const std::optional<std::int64_t>& value) {
    return value ? std::to_string(*value) : std::string();
}

Request log_request(Target& target, const LogOptions& options) {
    target.query("logOptions.container", options.container)
        .query("logOptions.follow", flag(options.follow))
        .query("logOptions.previous", flag(options.previous))
        .query("logOptions.timestamps", flag(options.timestamps))
        .query("logOptions.sinceSeconds", decimal(options.since_seconds))
        .query("logOptions.tailLines", decimal(options.tail_lines))
        .query("logOptions.limitBytes", decimal(options.limit_bytes))
        .query("grep", options.grep)
        .query("selector", options.selector);
    return {"GET", target.take(), {}, nullptr};
}

/// "a=1,b=2"
std::string name_value_text(const std::vector<NamedValue>& values) {
    std::string text;
    for (const NamedValue& value : values) {
        if (!text.empty()) text += ',';
        text += value.name + '=' + value.value;
    }
    return text;
}

}  // namespace

boost::json::array name_value_list(const std::vector<NamedValue>& values) {
    boost::json::array list;
    for (const NamedValue& value : values) list.emplace_back(value.name + '=' + value.value);
    return list;
}

Request create_request(std::string_view ns, std::string_view workflow, const CreateOptions& options) {
    const std::string_view in = chosen(options.namespace_, ns);
    check_namespace(in);
    std::string body = "{\"namespace\":";
    body.reserve(workflow.size() + in.size() + 80);
    body += boost::json::serialize(boost::json::string_view(in.data(), in.size()));
    if (options.server_dry_run) body += ",\"serverDryRun\":true";
    body += ",\"workflow\":";
    body += workflow;
    body += '}';
    return {"POST", Target("/api/v1/workflows").segment(in, "namespace").take(), std::move(body), nullptr};
}

Request lint_request(std::string_view ns, std::string_view workflow, const LintOptions& options) {
    Request request = create_request(ns, workflow, {.namespace_ = options.namespace_});
    request.target = Target("/api/v1/workflows")
                         .segment(chosen(options.namespace_, ns), "namespace")
                         .segment("lint", "verb")
                         .take();
    request.judges = true;
    return request;
}

Request submit_request(std::string_view ns, std::string_view kind, std::string_view name,
                       const SubmitOptions& options) {
    const std::string_view in = chosen(options.namespace_, ns);
    check_namespace(in);
    check_submit(kind, in, options);
    if (name.empty())
        throw_invalid_argument("the name of what is to be submitted is empty: that of a stored document");
    check_object_name(name, "stored document");

    boost::json::object body;
    body["namespace"] = in;
    body["resourceKind"] = kind;
    body["resourceName"] = name;
    boost::json::object& with = body["submitOptions"].emplace_object();
    const auto put = [&](const char* key, const std::string& value) {
        if (!value.empty()) with[key] = value;
    };
    put("name", options.name);
    put("generateName", options.generate_name);
    put("entryPoint", options.entrypoint);
    put("serviceAccount", options.service_account);
    put("labels", name_value_text(options.labels));
    put("annotations", name_value_text(options.annotations));
    put("podPriorityClassName", options.pod_priority_class_name);
    if (!options.parameters.empty()) with["parameters"] = name_value_list(options.parameters);
    if (!options.artifacts.empty()) with["artifacts"] = name_value_list(options.artifacts);
    if (options.priority) with["priority"] = *options.priority;
    if (options.owner) with["ownerReference"] = boost::json::parse(tiphys::to_json(*options.owner));
    if (options.dry_run) with["dryRun"] = true;
    if (options.server_dry_run) with["serverDryRun"] = true;
    Target target("/api/v1/workflows");
    return {"POST", target.segment(in, "namespace").segment("submit", "verb").take(),
            boost::json::serialize(body), nullptr};
}

Request get_request(std::string_view ns, std::string_view name, const GetOptions& options) {
    check_uid(options.uid, "GetOptions::uid");
    Target target = workflow_target(chosen(options.namespace_, ns), name);
    target.query("fields", options.fields).query("uid", options.uid);
    return {"GET", target.take(), {}, nullptr};
}

Request list_request(std::string_view ns, const ListOptions& options) {
    const std::string_view in = options.all_namespaces ? std::string_view() : chosen(options.namespace_, ns);
    check_namespace(in, true);
    check_list(in, options);
    return next_page_request(ns, options);
}

Request next_page_request(std::string_view ns, const ListOptions& options) {
    const std::string_view in = options.all_namespaces ? std::string_view() : chosen(options.namespace_, ns);
    Target target("/api/v1/workflows");
    target.segment_or_all(in, "namespace")
        .query("listOptions.labelSelector", options.label_selector)
        .query("listOptions.fieldSelector", options.field_selector)
        .query("listOptions.limit", options.limit == 0 ? std::string() : std::to_string(options.limit))
        .query("listOptions.continue", options.continue_)
        .query("fields", options.fields);
    return {"GET", target.take(), {}, nullptr};
}

Request remove_request(std::string_view ns, std::string_view name, const RemoveOptions& options) {
    Target target = workflow_target(chosen(options.namespace_, ns), name);
    return {"DELETE", target.query("force", flag(options.force)).take(), {}, nullptr};
}

Request resume_request(std::string_view ns, std::string_view name, const ResumeOptions& options) {
    check_node_selector(options.node_field_selector, "ResumeOptions::node_field_selector");
    boost::json::object body;
    if (!options.node_field_selector.empty()) body["nodeFieldSelector"] = options.node_field_selector;
    return act(chosen(options.namespace_, ns), name, "resume", body);
}

Request suspend_request(std::string_view ns, std::string_view name, const SuspendOptions& options) {
    return act(chosen(options.namespace_, ns), name, "suspend", {});
}

Request stop_request(std::string_view ns, std::string_view name, const StopOptions& options) {
    check_node_selector(options.node_field_selector, "StopOptions::node_field_selector");
    boost::json::object body;
    if (!options.node_field_selector.empty()) body["nodeFieldSelector"] = options.node_field_selector;
    if (!options.message.empty()) body["message"] = options.message;
    return act(chosen(options.namespace_, ns), name, "stop", body);
}

Request terminate_request(std::string_view ns, std::string_view name, const TerminateOptions& options) {
    return act(chosen(options.namespace_, ns), name, "terminate", {});
}

Request retry_request(std::string_view ns, std::string_view name, const RetryOptions& options) {
    check_retry(options);
    boost::json::object body;
    if (options.restart_successful) body["restartSuccessful"] = true;
    if (!options.node_field_selector.empty()) body["nodeFieldSelector"] = options.node_field_selector;
    if (!options.parameters.empty()) body["parameters"] = name_value_list(options.parameters);
    return act(chosen(options.namespace_, ns), name, "retry", body);
}

Request resubmit_request(std::string_view ns, std::string_view name, const ResubmitOptions& options) {
    check_arguments(options.parameters, "ResubmitOptions::parameters");
    boost::json::object body;
    if (options.memoized) body["memoized"] = true;
    if (!options.parameters.empty()) body["parameters"] = name_value_list(options.parameters);
    return act(chosen(options.namespace_, ns), name, "resubmit", body);
}

Request set_request(std::string_view ns, std::string_view name, const SetOptions& options) {
    check_set(options);
    boost::json::object body;
    body["nodeFieldSelector"] = options.node_field_selector;
    if (!options.phase.empty()) body["phase"] = options.phase;
    if (!options.message.empty()) body["message"] = options.message;
    if (!options.output_parameters.empty()) {
        boost::json::object outputs;
        for (const NamedValue& output : options.output_parameters) outputs[output.name] = output.value;
        body["outputParameters"] = boost::json::serialize(outputs);  // JSON within a string
    }
    return act(chosen(options.namespace_, ns), name, "set", body);
}

Request watch_request(std::string_view ns, std::string_view name, const WatchOptions& options) {
    std::string_view in = chosen(options.namespace_, ns);
    if (name.empty() && options.all_namespaces) in = {};
    check_namespace(in, name.empty());
    if (!name.empty()) check_name(name);
    check_label_selector(options.label_selector, "WatchOptions::label_selector");
    Target target("/api/v1/workflow-events");
    target.segment_or_all(in, "namespace")
        .query("listOptions.fieldSelector",
               name.empty() ? std::string() : "metadata.name=" + std::string(name))
        .query("listOptions.labelSelector", options.label_selector)
        .query("listOptions.resourceVersion", options.resource_version)
        .query("fields", options.fields);
    return {"GET", target.take(), {}, nullptr};
}

Request logs_request(std::string_view ns, std::string_view name, const LogOptions& options) {
    check_logs(options);
    Target target = workflow_target(chosen(options.namespace_, ns), name);
    target.segment("log", "verb").query("podName", options.pod);
    return log_request(target, options);
}

Request pod_logs_request(std::string_view ns, std::string_view name, const LogOptions& options) {
    check_logs(options);
    Target target = workflow_target(chosen(options.namespace_, ns), name);
    target.segment(options.pod, "name of the pod").segment("log", "verb");
    return log_request(target, options);
}

Request version_request() { return {"GET", "/api/v1/version", {}, nullptr}; }
Request info_request() { return {"GET", "/api/v1/info", {}, nullptr}; }
Request user_info_request() { return {"GET", "/api/v1/userinfo", {}, nullptr}; }

Request collect_event_request(std::string_view name) {
    if (name.empty()) throw_invalid_argument("the name of the event to be collected is empty");
    boost::json::object body;
    body["name"] = name;
    return {"POST", "/api/v1/tracking/event", boost::json::serialize(body), nullptr};
}

std::string workflow_page(std::string_view ns, std::string_view name) {
    std::string path = workflow_target(ns, name).take();
    path.erase(0, std::string_view("/api/v1").size());
    return path + "?tab=workflow";
}

}  // namespace tiphys::client_detail
