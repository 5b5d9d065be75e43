// SPDX-License-Identifier: Apache-2.0
#include "service.hpp"

#include <tiphys/model/generated/requests.hpp>
#include <tiphys/model/generated/visit_requests.hpp>
#include <tiphys/model/model.hpp>
#include <tiphys/text/text.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "list_options.hpp"
#include "log_feed.hpp"
#include "watch_feed.hpp"
#include "wire.hpp"

namespace tiphys::local::server {
namespace {

/// The release whose API this is, marked as not Argo's own build.
std::string version() { return std::string(model::argo_release) + "+tiphys"; }

Response ok(std::string body) {
    Response made;
    made.body = std::move(body);
    made.headers = {{"Grpc-Metadata-Content-Type", "application/grpc"},
                    {"Grpc-Metadata-Argo-Version", version()}};
    return made;
}

Response page() {
    Response made;
    made.content_type = "text/html; charset=utf-8";
    made.body =
        "<!doctype html><html lang=\"en\"><head><title>Tiphys</title></head><body>"
        "<h1>Argo Workflows, embedded by Tiphys</h1>"
        "<p>This server has no user interface. Its API begins at <code>/api/v1/</code>: list the workflows "
        "with <code>GET /api/v1/workflows/</code>.</p></body></html>\n";
    return made;
}

Response plain_text(int status, std::string text) {
    Response made;
    made.status = status;
    made.content_type = "text/plain; charset=utf-8";
    made.body = std::move(text) + "\n";
    return made;
}

Response version_response() {
    model::Version made;
    made.version = version();
    made.buildDate = "1970-01-01T00:00:00Z";
    made.gitCommit = "";
    made.gitTag = std::string(model::argo_release);
    made.gitTreeState = "clean";
    made.goVersion = "";
    made.compiler = "C++ " __VERSION__;
    made.platform = "linux";
    return ok(to_json(made));
}

/// As Go's decoder: an empty body is an empty message, unknown members do not matter (they are kept).
template <class Message>
Message read(const std::string& body, UnknownFields unknown = UnknownFields::keep) {
    if (body.find_first_not_of(" \t\r\n") == std::string::npos) return {};
    ReadOptions options;
    options.unknown_fields = unknown;
    options.max_bytes = body.size();
    return read_json<Message>(body, options);
}

template <class Message>
Message read_body(const std::string& body) {
    try {
        return read<Message>(body);
    } catch (const ReadError& error) {
        throw Failure(code::invalid_argument,
                      std::string("json: cannot unmarshal the body: ") + error.what());
    }
}

/// Before its first message a stream fails with an HTTP status, and with the body of a stream's error.
Response refused_stream(const Failure& failure) {
    Response made;
    made.status = http_status(failure.code());
    made.body = stream_error(failure.code(), failure.what());
    return made;
}

std::string segment(const Target& target, std::size_t i) {
    // Segments 0 to 2 are api, v1 and workflows; then come the namespace and the name.
    return target.segments().at(i);
}
std::string namespace_in(const Target& target) { return segment(target, 3); }
std::string name_in(const Target& target) { return segment(target, 4); }

bool is_artifact_path(const Target& target) {
    const std::string& first = target.segments().front();
    for (const char* one : {"artifacts", "input-artifacts", "artifacts-by-uid", "input-artifacts-by-uid",
                            "artifact-files", "upload-artifacts"})
        if (first == one) return true;
    return false;
}

}  // namespace

const model::operation* match(std::string_view method, const Target& target) {
    for (const model::operation& one : model::operations()) {
        if (one.method != method) continue;
        std::string_view pattern = one.path;
        pattern.remove_prefix(1);
        bool fits = true;
        for (std::size_t i = 0; fits; ++i) {
            const std::size_t slash = pattern.find('/');
            const std::string_view part = pattern.substr(0, slash);
            const bool last = slash == std::string_view::npos;
            fits = i < target.segments().size() && (part.starts_with('{') || part == target.segments()[i]) &&
                   (!last || i + 1 == target.segments().size());
            if (last) break;
            pattern.remove_prefix(slash + 1);
        }
        if (fits) return &one;
    }
    return nullptr;
}

Answer Service::answer(const Request& request) {
    try {
        return route(request);
    } catch (const Failure& failure) {
        return error_response(failure.code(), failure.what());
    } catch (const Refused& refused) {
        return error_response(refused.grpc_code(), refused.what());
    } catch (const std::exception& error) {
        return error_response(code::internal, error.what());
    }
}

Answer Service::route(const Request& request) {
    const Target target(request.target);
    if (target.clean_path() != target.raw_path()) {
        Response made = plain_text(301, "Moved Permanently");
        made.headers = {
            {"Location", target.clean_path() + (target.raw_query().empty() ? "" : "?" + target.raw_query())}};
        return made;
    }
    const model::operation* operation = match(request.method, target);
    if (is_artifact_path(target))
        return plain_text(501, "the embedded server does not have " +
                                   (operation == nullptr ? "artifacts" : std::string(operation->id)) +
                                   " yet");
    if (target.segments().front() != "api") return page();
    if (operation == nullptr) return error_response(code::unimplemented, "Not Implemented");

    const std::string_view id = operation->id;
    if (id == "WorkflowService_CreateWorkflow") return create(target, request.body);
    if (id == "WorkflowService_LintWorkflow") return lint(request.body);
    if (id == "WorkflowService_GetWorkflow") return get(target);
    if (id == "WorkflowService_ListWorkflows") return list(target);
    if (id == "WorkflowService_DeleteWorkflow") return remove(target);
    if (id == "WorkflowService_ResumeWorkflow") return resume(target, request.body);
    if (id == "WorkflowService_SuspendWorkflow") return suspend(target, request.body);
    if (id == "WorkflowService_StopWorkflow") return stop(target, request.body);
    if (id == "WorkflowService_TerminateWorkflow") return terminate(target, request.body);
    if (id == "WorkflowService_WatchWorkflows") return watch(target, request);
    if (id == "WorkflowService_WorkflowLogs") return log(target, request, false);
    if (id == "WorkflowService_PodLogs") return log(target, request, true);
    if (id == "InfoService_GetVersion") return version_response();
    if (id == "InfoService_GetInfo")
        return ok(R"({"modals":{"feedback":false,"firstTimeUser":false,"newVersion":false}})");
    if (id == "InfoService_GetUserInfo" || id == "InfoService_CollectEvent") return ok("{}");
    return error_response(code::unimplemented,
                          "the embedded server does not have " + std::string(id) + " yet");
}

const model::Workflow& Service::find(std::string_view namespace_of, std::string_view name) const {
    if (name.empty()) throw Failure(code::internal, "resource name may not be empty");
    if (const model::Workflow* found = engine_.get(namespace_of, name)) return *found;
    if (name == "@latest") throw Failure(code::not_found, "no workflows found");
    throw Failure(code::not_found, "workflows.argoproj.io " + json_string(name) + " not found");
}

Response Service::create(const Target& target, const std::string& body) {
    auto message = read_body<model::WorkflowCreateRequest>(body);
    if (!message.workflow) throw Failure(code::invalid_argument, "workflow body not specified");
    model::Workflow workflow = std::move(*message.workflow);
    const std::string namespace_of = namespace_in(target);
    if (workflow.metadata.namespace_.empty()) workflow.metadata.namespace_ = namespace_of;
    if (message.createOptions && !message.createOptions->dryRun.empty()) {
        engine_.validate(namespace_of, workflow);
        return ok(to_json(workflow));
    }
    if (namespace_of.empty())
        throw Failure(code::internal, "an empty namespace may not be set during creation");
    if (!(workflow.metadata.namespace_ == namespace_of))
        throw Failure(
            code::invalid_argument,
            "the namespace of the provided object does not match the namespace sent on the request: " +
                json_string(workflow.metadata.namespace_) + " and " + json_string(namespace_of));
    add_zero_members(workflow);
    if (message.serverDryRun.value_or(false)) {
        engine_.validate(namespace_of, workflow);
        return ok(workflow_json(workflow));
    }
    const model::Workflow& created = engine_.create(namespace_of, std::move(workflow));
    history_.note(created);
    return ok(workflow_json(created));
}

Response Service::lint(const std::string& body) {
    // The real linter answers with code 2, HTTP status 500: clients must take that for "not valid".
    try {
        auto message = read<model::WorkflowLintRequest>(body, UnknownFields::reject);
        if (!message.workflow) throw Failure(code::unknown, "unable to get a workflow");
        const std::string namespace_of =
            message.namespace_.empty() ? std::string("default") : message.namespace_.string();
        if (message.workflow->metadata.namespace_.empty())
            message.workflow->metadata.namespace_ = namespace_of;
        engine_.validate(namespace_of, *message.workflow);
        add_zero_members(*message.workflow);
        return ok(workflow_json(*message.workflow));
    } catch (const ReadError& error) {
        throw Failure(code::unknown, error.what());
    } catch (const Refused& refused) {
        throw Failure(code::unknown, refused.what());
    }
}

Response Service::get(const Target& target) {
    const model::Workflow& found = find(namespace_in(target), name_in(target));
    if (const auto uid = target.parameter("uid"); !uid.empty() && !(found.metadata.uid == uid))
        throw Failure(code::not_found, "workflows.argoproj.io " + json_string(found.metadata.name) +
                                           " not found with uid " + json_string(uid));
    return ok(workflow_json(found, FieldFilter(target.parameter("fields"))));
}

Response Service::list(const Target& target) {
    const ListOptions options(target, namespace_in(target));
    const ListOptions::Page page = options.page(engine_.list({}));
    model::k8s::ListMeta metadata;
    metadata.resourceVersion = std::to_string(history_.newest());
    if (page.next) metadata.continue_ = std::to_string(*page.next);
    if (page.remaining) metadata.remainingItemCount = *page.remaining;
    std::string text = "{\"metadata\":" + to_json(metadata) + ",\"items\":";
    if (page.items.empty()) {
        text += "null";
    } else {
        char before = '[';
        for (const model::Workflow* one : page.items) {
            text += before;
            text += workflow_json(*one);
            before = ',';
        }
        text += ']';
    }
    text += '}';
    const FieldFilter fields(target.parameter("fields"));
    if (fields.empty()) return ok(std::move(text));
    namespace js = boost::json;
    js::value value = js::parse(text);
    fields.apply(value);
    js::object& made = value.as_object();
    if (!made.contains("metadata")) made["metadata"] = js::object();
    js::value& items = made["items"];
    if (items.is_array())
        for (js::value& one : items.as_array())
            if (one.is_object()) add_zero_members(one.as_object());
    return ok(js::serialize(value));
}

Response Service::remove(const Target& target) {
    const std::string name = find(namespace_in(target), name_in(target)).metadata.name.string();
    target.boolean("force");
    engine_.remove(namespace_in(target), name);
    return ok("{}");
}

Response Service::resume(const Target& target, const std::string& body) {
    const auto message = read_body<model::WorkflowResumeRequest>(body);
    const std::string name = find(namespace_in(target), name_in(target)).metadata.name.string();
    return ok(workflow_json(engine_.resume(namespace_in(target), name, message.nodeFieldSelector)));
}

Response Service::suspend(const Target& target, const std::string& body) {
    read_body<model::WorkflowSuspendRequest>(body);
    const std::string name = find(namespace_in(target), name_in(target)).metadata.name.string();
    return ok(workflow_json(engine_.suspend(namespace_in(target), name)));
}

Response Service::stop(const Target& target, const std::string& body) {
    const auto message = read_body<model::WorkflowStopRequest>(body);
    const std::string name = find(namespace_in(target), name_in(target)).metadata.name.string();
    return ok(
        workflow_json(engine_.stop(namespace_in(target), name, message.nodeFieldSelector, message.message)));
}

Response Service::terminate(const Target& target, const std::string& body) {
    read_body<model::WorkflowTerminateRequest>(body);
    const std::string name = find(namespace_in(target), name_in(target)).metadata.name.string();
    return ok(workflow_json(engine_.terminate(namespace_in(target), name)));
}

Answer Service::watch(const Target& target, const Request& request) {
    // Bad parameters are answered like those of any call; what follows, as a stream's error.
    WatchOptions options(target, namespace_in(target));
    const Framing framing(request.accept);
    try {
        return Stream{framing, std::make_unique<WatchFeed>(engine_, history_, std::move(options),
                                                           target.parameter("fields"))};
    } catch (const Failure& failure) {
        return refused_stream(failure);
    }
}

Answer Service::log(const Target& target, const Request& request, bool of_pod) {
    LogOptions options(target, of_pod ? segment(target, 5) : std::string());
    const Framing framing(request.accept);
    try {
        return Stream{framing, std::make_unique<LogFeed>(engine_, namespace_in(target), name_in(target),
                                                         std::move(options))};
    } catch (const Failure& failure) {
        return refused_stream(failure);
    }
}

}  // namespace tiphys::local::server
