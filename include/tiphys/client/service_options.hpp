// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

/// What the operations on stored documents and the other services can be told. As in operation_options.hpp,
/// an empty `namespace_` means the document's own, if one was given, and else ClientOptions::namespace_.
namespace tiphys {

/// Of create, update, apply and lint.
struct DocumentOptions {
    std::string namespace_ = {};
};

struct GetDocumentOptions {
    std::string namespace_ = {};
    /// Not older than this version; event sources know no such thing.
    std::string resource_version = {};
};

struct ListDocumentsOptions {
    std::string namespace_ = {};
    /// In every namespace; `namespace_` is ignored.
    bool all_namespaces = false;
    std::string label_selector = {};
    /// Of Kubernetes: "metadata.name=x".
    std::string field_selector = {};
    /// Documents in one page; 0: all in one answer.
    std::int64_t limit = 0;
    /// Where to go on: `metadata.continue_` of the page before.
    std::string continue_ = {};
    /// WorkflowTemplates only: what their names begin with or contain.
    std::string name_pattern = {};
};

/// WorkflowTemplates are always deleted in the background: their server ignores all but the namespace.
struct RemoveDocumentOptions {
    std::string namespace_ = {};
    /// "Background", "Foreground" or "Orphan": what becomes of what the document owns.
    std::string propagation_policy = {};
    /// Only if it is this one.
    std::string uid = {};
    std::string resource_version = {};
    /// Checks, and deletes nothing.
    bool dry_run = false;
};

/// Runs of a CronWorkflow for times that have passed.
struct BackfillOptions {
    std::string namespace_ = {};
    /// The times of the schedules after `start` up to `end`; the default `end` is now.
    std::chrono::system_clock::time_point start = {};
    std::optional<std::chrono::system_clock::time_point> end = {};
    /// The parameter that tells a run its time (RFC 3339, UTC); empty: none does.
    std::string argument = "cronScheduleTime";
    /// Part of the names: with it a time can be run again. Empty: the names that the controller gives, so
    /// that times which have a run already are left out.
    std::string name = {};
    /// All at once; else one after the other, by a mutex.
    bool parallel = false;
    /// More runs than this are an error, and none is made. 1 to 10,000.
    std::size_t limit = 1000;
};

/// Of watches of event sources, sensors and Kubernetes' events.
struct WatchDocumentsOptions {
    std::string namespace_ = {};
    bool all_namespaces = false;
    std::string label_selector = {};
    /// Of Kubernetes: "metadata.name=x", and for events "involvedObject.name=x".
    std::string field_selector = {};
    /// Go on after this version; empty: begin with what there is.
    std::string resource_version = {};
};

/// Of the logs of event sources and sensors.
struct EventLogOptions {
    std::string namespace_ = {};
    /// Only this event source or sensor; empty: all.
    std::string name = {};
    /// Event sources only: of this type ("webhook"), for this event.
    std::string event_source_type = {};
    std::string event_name = {};
    /// Sensors only.
    std::string trigger_name = {};
    /// Only lines that match; RE2 syntax.
    std::string grep = {};
    std::string container = "main";
    /// Further lines as they are written.
    bool follow = false;
    bool previous = false;
    bool timestamps = false;
    std::optional<std::int64_t> since_seconds = {};
    std::optional<std::int64_t> tail_lines = {};
    std::optional<std::int64_t> limit_bytes = {};
};

struct SendEventOptions {
    std::string namespace_ = {};
};

struct ListArchivedOptions {
    /// Only this namespace; empty: ClientOptions::namespace_.
    std::string namespace_ = {};
    bool all_namespaces = false;
    std::string label_selector = {};
    /// Of Argo's own kind, as in ListOptions.
    std::string field_selector = {};
    /// What names begin with.
    std::string name_prefix = {};
    /// How `metadata.name=x` of the field selector is meant: "Exact", "Contains", "Prefix" or "NotEquals".
    std::string name_filter = {};
    std::int64_t limit = 0;
    /// Where to go on: `metadata.continue_` of the page before, a number.
    std::string continue_ = {};
};

struct ArchivedOptions {
    std::string namespace_ = {};
};

/// Where a limit of a semaphore is kept.
enum class SyncLimitType : std::uint8_t {
    config_map,  ///< in a ConfigMap of the namespace
    database     ///< in the controller's database
};

struct SyncLimitOptions {
    std::string namespace_ = {};
    SyncLimitType type = SyncLimitType::config_map;
    /// The name of the ConfigMap; required for one, and meaningless for a database.
    std::string config_map = {};
};

}  // namespace tiphys
