// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/model.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What the operations of Client can be told beside the workflow's name. In all of them an empty `namespace_`
/// means the workflow's own, if a workflow was given, and else ClientOptions::namespace_.
///
/// What no server accepts, such as a selector that does not parse, is refused before anything is sent
/// (ClientErrorKind::invalid_argument); lib/check/ARGO.md, section 11d, lists it.
/// Source: the parameters of Argo's WorkflowService; lib/client/README.md lists them.
namespace tiphys {

/// A name and what it stands for: a parameter, a label, an annotation, an artifact and its key.
struct NamedValue {
    std::string name;
    std::string value;

    friend bool operator==(const NamedValue&, const NamedValue&) = default;
};

struct CreateOptions {
    std::string namespace_ = {};
    /// The server checks and completes the workflow, and does not create it.
    bool server_dry_run = false;
};

struct GetOptions {
    std::string namespace_ = {};
    /// Keep only these parts of the answer, e.g. "metadata.name,status.phase"; with a leading "-" all but
    /// these.
    std::string fields = {};
    /// Picks among archived workflows of the same name.
    std::string uid = {};
};

struct ListOptions {
    std::string namespace_ = {};
    /// In every namespace; `namespace_` is ignored.
    bool all_namespaces = false;
    /// Kubernetes label selector: "workflows.argoproj.io/phase in (Running,Pending)".
    std::string label_selector = {};
    /// Of Argo's own kind: "metadata.name=x", "spec.startedAt>2026-01-01T00:00:00Z".
    std::string field_selector = {};
    /// Workflows in one page; 0: all in one answer.
    std::int64_t limit = 0;
    /// Where to go on: `metadata.continue_` of the page before, a number.
    std::string continue_ = {};
    /// e.g. "metadata,items.metadata.name,items.status.phase"
    std::string fields = {};
};

struct RemoveOptions {
    std::string namespace_ = {};
    /// Drops the finalizers that hold the workflow.
    bool force = false;
};

struct ResumeOptions {
    std::string namespace_ = {};
    /// Which suspended nodes, e.g. "displayName=approve"; empty: all.
    std::string node_field_selector = {};
};

struct SuspendOptions {
    std::string namespace_ = {};
};

struct StopOptions {
    std::string namespace_ = {};
    /// Which nodes; empty: the workflow, whose exit handlers run.
    std::string node_field_selector = {};
    std::string message = {};
};

struct TerminateOptions {
    std::string namespace_ = {};
};

struct RetryOptions {
    std::string namespace_ = {};
    /// Also nodes that succeeded, as far as `node_field_selector`, which must not be empty then, names them.
    bool restart_successful = false;
    std::string node_field_selector = {};
    /// Each name once: {{"n", "1"}}.
    std::vector<NamedValue> parameters = {};
};

struct LintOptions {
    std::string namespace_ = {};
};

/// What a stored document is run with; what is empty here is as stored.
struct SubmitOptions {
    std::string namespace_ = {};
    std::string name = {};
    std::string generate_name = {};
    std::string entrypoint = {};
    /// Each name once: {{"n", "1"}}.
    std::vector<NamedValue> parameters = {};
    /// Names of artifacts among the arguments, and the keys that Artifacts::upload gave.
    std::vector<NamedValue> artifacts = {};
    std::string service_account = {};
    /// Further ones; values have no comma and no "=".
    std::vector<NamedValue> labels = {};
    std::vector<NamedValue> annotations = {};
    std::string pod_priority_class_name = {};
    /// Greater ones come first where the controller limits how many run.
    std::optional<std::int64_t> priority = {};
    /// What owns the workflow, and takes it along when it is deleted.
    std::optional<model::k8s::OwnerReference> owner = {};
    /// The server completes the workflow and hands it to nobody.
    bool dry_run = false;
    /// The same with the checks of Kubernetes.
    bool server_dry_run = false;
};

struct ResubmitOptions {
    std::string namespace_ = {};
    /// Nodes that succeeded are not run again.
    bool memoized = false;
    std::vector<NamedValue> parameters = {};
};

struct SetOptions {
    std::string namespace_ = {};
    /// Which suspended nodes, e.g. "displayName=approve". Required.
    std::string node_field_selector = {};
    /// "Succeeded", "Failed" or "Error"; empty: it stays suspended.
    std::string phase = {};
    std::string message = {};
    /// Output parameters that the template leaves to be supplied.
    std::vector<NamedValue> output_parameters = {};
};

struct WaitOptions {
    std::string namespace_ = {};
    /// Gives up (ClientErrorKind::timeout; the workflow runs on). 0: never.
    std::chrono::milliseconds timeout{0};
};

struct WatchOptions {
    std::string namespace_ = {};
    /// Go on after this version (`metadata.resourceVersion`); empty: begin with what there is, as ADDED
    /// events.
    std::string resource_version = {};
    /// Without a name only: which workflows.
    std::string label_selector = {};
    bool all_namespaces = false;
    /// With a name only: end after the event that shows the workflow finished.
    bool until_finished = true;
    /// Keep only these parts, e.g. "result.type,result.object.metadata,result.object.status.phase". What the
    /// watch itself needs to go on (metadata, status.phase) must be among them.
    std::string fields = {};
};

struct LogOptions {
    std::string namespace_ = {};
    /// Only this pod; empty: all of the workflow's.
    std::string pod = {};
    std::string container = "main";
    /// Further lines as they are written, until the workflow finishes.
    bool follow = false;
    /// Only lines that match; RE2 syntax.
    std::string grep = {};
    /// Further label selector for pods.
    std::string selector = {};
    /// Puts an RFC 3339 time before each line.
    bool timestamps = false;
    /// Of the container's run before this one.
    bool previous = false;
    std::optional<std::int64_t> since_seconds = {};
    std::optional<std::int64_t> tail_lines = {};
    std::optional<std::int64_t> limit_bytes = {};
};

}  // namespace tiphys
