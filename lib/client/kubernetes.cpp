// SPDX-License-Identifier: Apache-2.0
#include "client/kubernetes.hpp"

#include <tiphys/client/submitted_workflow.hpp>
#include <tiphys/text/text.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <array>
#include <ctime>
#include <vector>

#include "client/json_member.hpp"
#include "client/preconditions.hpp"
#include "client/url.hpp"
#include "client/words.hpp"

namespace tiphys::client_detail {
namespace {

constexpr std::string_view version = "argoproj.io/v1alpha1";
constexpr std::string_view instance_label = "workflows.argoproj.io/controller-instanceid";
constexpr const char* remedy =
    ": this client talks to Kubernetes itself (ClientOptions::api); set ARGO_SERVER (ClientOptions::server)";

[[noreturn]] void refuse(const Request& request, const std::string& what) {
    throw ClientError({.kind = ClientErrorKind::invalid_argument,
                       .message = what + " needs an Argo Server" + remedy,
                       .method = request.method,
                       .target = request.target});
}

/// A request to the Argo Server, taken apart.
struct Parts {
    explicit Parts(const Request& from) : request(from) {
        const auto url = boost::urls::parse_origin_form(from.target);
        if (!url) refuse(from, from.method + " " + one_line(from.target, 500));
        for (const auto segment : url->segments()) path.push_back(std::string(segment));
        for (const auto parameter : url->params()) query.emplace_back(parameter.key, parameter.value);
        // Other bodies, such as files, are none of ours.
        if (!from.body.empty() && path.size() > 2 && path[2] == "workflows")
            body = read_json<json>(from.body);
    }

    [[noreturn]] void refuse_operation() const {
        refuse(request, request.method + " " + one_line(request.target, 500));
    }
    /// The value of a parameter, which is then dealt with.
    std::string take(std::string_view key) {
        for (auto each = query.begin(); each != query.end(); ++each) {
            if (each->first != key) continue;
            std::string value = std::move(each->second);
            query.erase(each);
            return value;
        }
        return {};
    }
    /// What nobody has taken is not Kubernetes'.
    void nothing_is_left() const {
        if (!query.empty()) refuse(request, "the option `" + one_line(query.front().first, 100) + "`");
    }
    bool says(std::string_view member) const { return body.find(member) != nullptr; }

    const Request& request;
    std::vector<std::string> path;
    std::vector<std::pair<std::string, std::string>> query;
    json body;
};

Target workflows(std::string_view ns) {
    Target target("/apis/argoproj.io/v1alpha1");
    if (!ns.empty()) target.segment("namespaces", "").segment(ns, "namespace");
    target.segment("workflows", "");
    return target;
}

Target workflow(const Parts& parts) {
    if (parts.path[4] == "@latest") refuse(parts.request, "the name @latest");
    return workflows(parts.path[3]).segment(parts.path[4], "name of the workflow");
}

Request patch(const Parts& parts, const boost::json::object& change) {
    return {"PATCH", workflow(parts).take(), boost::json::serialize(change), nullptr};
}

/// The selector with the controller whose workflows are meant, as the argo program adds it.
std::string selector(std::string given, const ClientOptions& options) {
    if (!given.empty()) given += ',';
    given += options.instance_id.empty() ? "!" + std::string(instance_label)
                                         : std::string(instance_label) + "=" + options.instance_id;
    return given;
}

/// Refuses a workflow of another controller, as the argo program does. What cannot be read has no label:
/// whoever reads the answer says what is wrong with it.
void require_own(const Request& request, std::string_view answer, const std::string& instance_id) {
    const auto member = [](std::string_view object, std::string_view name) {
        return object.starts_with('{') ? json_member(object, name).value_or("") : std::string_view();
    };
    std::string_view label;
    try {
        label = member(member(member(answer, "metadata"), "labels"), instance_label);
    } catch (const ClientError&) {
        return;
    }
    // An instance id is the value of a label, and so has nothing to escape.
    if (label.size() >= 2 && label.starts_with('"')) label = label.substr(1, label.size() - 2);
    if (label == instance_id) return;
    throw ClientError(
        {.kind = ClientErrorKind::invalid_request,
         .message = request.method + " " + one_line(request.target, 500) +
                    ": the workflow is not managed by the controller that this client is for (" +
                    (instance_id.empty() ? "one without an instance id"
                                         : "instance id \"" + one_line(instance_id, 200) + "\"") +
                    "), but by " +
                    (label.empty() ? "one without an instance id"
                                   : "that of the instance id \"" + one_line(label, 200) + "\"") +
                    ": set ARGO_INSTANCEID (ClientOptions::instance_id)",
         .method = request.method,
         .target = request.target});
}

Request create(Parts& parts, const ClientOptions& options) {
    bool dry_run = false;
    json made;
    for (auto& member : parts.body.members()) {
        if (member.key == "workflow")
            made = std::move(member.value);
        else if (member.key == "serverDryRun")
            dry_run = member.value.as_boolean();
        else if (member.key != "namespace")
            refuse(parts.request, "the option `" + std::string(member.key.view()) + "`");
    }
    made.set("apiVersion", version);
    made.set("kind", "Workflow");
    if (!options.instance_id.empty()) {
        const auto object_in = [](json& in, std::string_view name) -> json& {
            json& found = in.members()[name];
            if (!found.is_object()) found = json::object();
            return found;
        };
        object_in(object_in(made, "metadata"), "labels")
            .set(instance_label, std::string_view(options.instance_id));
    }
    Target target = workflows(parts.path[3]);
    return {"POST", target.query("dryRun", dry_run ? "All" : "").take(), to_json(made), nullptr};
}

Request list(Parts& parts, const ClientOptions& options) {
    const std::string labels = parts.take("listOptions.labelSelector");
    check_label_selector(labels, "ListOptions::label_selector");
    Target target = workflows(parts.path[3]);
    target.query("labelSelector", selector(labels, options))
        .query("fieldSelector", parts.take("listOptions.fieldSelector"))
        .query("limit", parts.take("listOptions.limit"))
        .query("continue", parts.take("listOptions.continue"));
    return {"GET", target.take(), {}, nullptr};
}

KubernetesCall remove(Parts& parts) {
    const bool force = parts.take("force") == "true";
    Target target = workflow(parts);
    const Request remove{"DELETE", target.query("propagationPolicy", "Background").take(), {}, nullptr};
    if (!force) return {remove};
    const Request free = patch(parts, {{"metadata", boost::json::object{{"finalizers", nullptr}}}});
    return {free, [remove](std::string_view) { return remove; }};
}

/// The workflow as it is, which decides what follows.
struct Found {
    Found(const Request& asked, std::string_view answer) : request(asked) {
        ReadOptions options;
        options.unknown_fields = UnknownFields::keep;
        options.max_bytes = answer.size();
        options.name = "the server's answer";
        try {
            now = read_json<model::Workflow>(answer, options);
        } catch (const ReadError& failed) {
            throw ClientError({.kind = ClientErrorKind::not_json,
                               .message = "the workflow that Kubernetes gave cannot be read: " +
                                          one_line(failed.what(), 500),
                               .method = request.method,
                               .target = request.target,
                               .server_message = std::string(answer)});
        }
    }
    [[noreturn]] void refuse(const std::string& why) const {
        throw ClientError({.kind = ClientErrorKind::invalid_request,
                           .message = "the workflow " + one_line(now.metadata.name.view(), 200) + " " + why,
                           .method = request.method,
                           .target = request.target});
    }
    /// Makes a change of what it was when it was looked at, and of nothing newer.
    boost::json::object unchanged() const {
        const std::string_view seen = now.metadata.resourceVersion.view();
        return {{"metadata", boost::json::object{
                                 {"resourceVersion", boost::json::string_view(seen.data(), seen.size())}}}};
    }

    const Request& request;
    model::Workflow now;
};

std::string now_as_text() {
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc)};
}

/// The outputs of a suspended node that people supply: whoever resumes it takes the defaults.
std::optional<boost::json::value> supplied_outputs(const Found& found, const model::NodeStatus& node) {
    if (!node.outputs) return std::nullopt;
    model::Outputs outputs = *node.outputs;
    bool changed = false;
    for (model::Parameter& parameter : outputs.parameters) {
        if (!parameter.valueFrom || !parameter.valueFrom->supplied) continue;
        if (!parameter.valueFrom->default_.has_value())
            found.refuse("cannot be resumed: the output parameter " + one_line(parameter.name.view(), 200) +
                         " of the node " + one_line(node.name.view(), 200) +
                         " has neither a value nor a default");
        parameter.value = parameter.valueFrom->default_;
        parameter.valueFrom.reset();
        changed = true;
    }
    if (!changed) return std::nullopt;
    const std::string text = to_json(outputs);
    boost::json::value made = boost::json::parse({text.data(), text.size()});
    return boost::json::value(boost::json::object{{"parameters", made.at("parameters")}});
}

std::optional<Request> resume(const Parts& parts, std::string_view answer) {
    const Found found(parts.request, answer);
    boost::json::object change = found.unchanged();
    bool changed = false;
    if (found.now.spec.suspend.has_value() && *found.now.spec.suspend) {
        change["spec"] = boost::json::object{{"suspend", nullptr}};
        changed = true;
    }
    if (found.now.status.has_value()) {
        const model::WorkflowStatus& status = *found.now.status;
        if (!status.compressedNodes.empty() || !status.offloadNodeStatusVersion.empty())
            refuse(parts.request,
                   "resuming a workflow whose nodes are compressed or kept elsewhere, as those of large "
                   "ones are,");
        boost::json::object nodes;
        for (const auto& [id, node] : status.nodes) {
            if (node.type != "Suspend" || node.phase != "Running") continue;
            boost::json::object resumed{{"phase", "Succeeded"}, {"finishedAt", now_as_text()}};
            if (auto outputs = supplied_outputs(found, node)) resumed["outputs"] = std::move(*outputs);
            nodes[boost::json::string_view(id.view().data(), id.view().size())] = std::move(resumed);
        }
        if (!nodes.empty()) {
            change["status"] = boost::json::object{{"nodes", std::move(nodes)}};
            changed = true;
        }
    }
    if (!changed) return std::nullopt;
    return patch(parts, change);
}

std::optional<Request> suspend(const Parts& parts, std::string_view answer) {
    const Found found(parts.request, answer);
    const str* completed = found.now.metadata.labels.find("workflows.argoproj.io/completed");
    if (finished(found.now) || (completed != nullptr && *completed == "true"))
        found.refuse("has finished and cannot be suspended");
    if (found.now.spec.suspend.has_value() && *found.now.spec.suspend) return std::nullopt;
    boost::json::object change = found.unchanged();
    change["spec"] = boost::json::object{{"suspend", true}};
    return patch(parts, change);
}

std::optional<Request> shut_down(const Parts& parts, const char* how, std::string_view answer) {
    const Found found(parts.request, answer);
    if (finished(found.now)) found.refuse("has finished already: there is nothing to end");
    return patch(parts, {{"spec", boost::json::object{{"shutdown", how}}}});
}

KubernetesCall act(const std::shared_ptr<Parts>& parts) {
    const std::string& verb = parts->path[5];
    KubernetesCall call{{"GET", workflow(*parts).take(), {}, nullptr}};
    if (parts->says("nodeFieldSelector")) refuse(parts->request, "choosing nodes by a selector");
    if (verb == "suspend")
        call.then = [parts](std::string_view answer) { return suspend(*parts, answer); };
    else if (verb == "resume")
        call.then = [parts](std::string_view answer) { return resume(*parts, answer); };
    else if (verb == "stop" || verb == "terminate")
        call.then = [parts, how = verb == "stop" ? "Stop" : "Terminate"](std::string_view answer) {
            return shut_down(*parts, how, answer);
        };
    else
        parts->refuse_operation();
    return call;
}

Request watch(Parts& parts, const ClientOptions& options) {
    // The server ends each watch before its silence would count as a lost connection: it gives no other signs
    // of life when nothing happens.
    const auto half = std::chrono::duration_cast<std::chrono::seconds>(options.stream_timeout / 2);
    const std::string labels = parts.take("listOptions.labelSelector");
    const std::string fields = parts.take("listOptions.fieldSelector");
    // Whoever names a workflow is told by its label, when it is looked at, that it is not theirs: a watch
    // that never shows it would go on for ever.
    const bool one = fields.starts_with("metadata.name=");
    Target target = workflows(parts.path[3]);
    target.query("watch", "true")
        .query("allowWatchBookmarks", "true")
        .query("timeoutSeconds", std::to_string(std::max<std::chrono::seconds::rep>(1, half.count())))
        .query("labelSelector", one ? labels : selector(labels, options))
        .query("fieldSelector", fields)
        .query("resourceVersion", parts.take("listOptions.resourceVersion"));
    return {"GET", target.take(), {}, nullptr};
}

KubernetesStream logs(Parts& parts) {
    const std::string pod = parts.take("podName");
    if (pod.empty())
        refuse(parts.request, "the logs of all pods of a workflow at once (name one: LogOptions::pod)");
    Target target("/api/v1/namespaces");
    target.segment(parts.path[3], "namespace")
        .segment("pods", "")
        .segment(pod, "name of the pod")
        .segment("log", "");
    bool follow = false;
    for (const std::string_view name :
         {"container", "follow", "previous", "timestamps", "sinceSeconds", "tailLines", "limitBytes"}) {
        const std::string value = parts.take("logOptions." + std::string(name));
        follow = follow || (name == "follow" && value == "true");
        target.query(name, value);
    }
    return {{"GET", target.take(), {}, nullptr}, pod, follow};
}

bool is(const Parts& parts, std::string_view method, std::string_view collection, std::size_t segments) {
    return parts.request.method == method && parts.path.size() == segments && parts.path[0] == "api" &&
           parts.path[1] == "v1" && parts.path[2] == collection;
}

}  // namespace

KubernetesCall kubernetes_call(const Request& request, const ClientOptions& options) {
    const auto kept = std::make_shared<const Request>(request);
    // Made of the copy: what follows the first request may be made when the caller's is gone.
    const std::shared_ptr<Parts> parts(new Parts(*kept), [kept](Parts* made) { delete made; });
    KubernetesCall call;
    if (is(*parts, "POST", "workflows", 4))
        call.first = create(*parts, options);
    else if (is(*parts, "GET", "workflows", 4))
        call.first = list(*parts, options);
    else if (is(*parts, "GET", "workflows", 5))
        call.first = {"GET", workflow(*parts).take(), {}, nullptr};
    else if (is(*parts, "DELETE", "workflows", 5))
        call = remove(*parts);
    else if (is(*parts, "PUT", "workflows", 6))
        call = act(parts);
    else
        parts->refuse_operation();
    parts->nothing_is_left();
    if (call.first.method == "GET" && parts->path.size() > 4)
        call.then = [parts, instance_id = options.instance_id,
                     then = std::move(call.then)](std::string_view answer) -> std::optional<Request> {
            require_own(parts->request, answer, instance_id);
            return then ? then(answer) : std::nullopt;
        };
    return call;
}

KubernetesStream kubernetes_stream(const Request& request, const ClientOptions& options) {
    Parts parts(request);
    KubernetesStream stream;
    if (is(parts, "GET", "workflow-events", 4))
        stream.request = watch(parts, options);
    else if (is(parts, "GET", "workflows", 6) && parts.path[5] == "log")
        stream = logs(parts);
    else
        parts.refuse_operation();
    parts.nothing_is_left();
    return stream;
}

std::string watch_event(std::string_view line) {
    std::string event;
    if (json_member(line, "type") != "\"ERROR\"") {
        event.reserve(line.size() + 12);
        return event.append("{\"result\":").append(line).append("}");
    }
    const std::string_view status = json_member(line, "object").value_or("{}");
    const auto word = json_member(status, "message").value_or("\"the watch failed\"");
    const auto code = json_member(status, "code").value_or("500");
    return event.append("{\"error\":{\"http_code\":")
        .append(code)
        .append(",\"message\":")
        .append(word)
        .append("}}");
}

std::string gone_event(std::string_view message) {
    return boost::json::serialize(boost::json::object{
        {"error",
         boost::json::object{{"http_code", 410},
                             {"message", boost::json::string_view(message.data(), message.size())}}}});
}

std::string log_event(std::string_view pod, std::string_view line) {
    // Programs print what they like, and JSON holds UTF-8 only.
    return boost::json::serialize(boost::json::object{
        {"result", boost::json::object{{"content", utf8(line)}, {"podName", utf8(pod)}}}});
}

}  // namespace tiphys::client_detail
