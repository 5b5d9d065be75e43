// SPDX-License-Identifier: Apache-2.0
#include "client/stored_operations.hpp"

#include <boost/json/serialize.hpp>

#include "client/preconditions.hpp"
#include "client/url.hpp"
#include "client/words.hpp"

namespace tiphys::client_detail {
namespace {

std::string_view chosen(const std::string& own, std::string_view ns) { return own.empty() ? ns : own; }

std::string quoted_json(std::string_view text) {
    return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

/// The documents of a namespace, or of the cluster.
Target all_of(const DocumentKind& kind, std::string_view ns) {
    Target target(kind.path);
    if (!kind.namespaced) return target;
    check_namespace(ns);
    return target.segment(ns, "namespace");
}

Target one_of(const DocumentKind& kind, std::string_view ns, std::string_view name) {
    if (name.empty())
        throw_invalid_argument("the name of the " + std::string(kind.noun) +
                               " is empty: a document has one once it is created; pass on what `create` "
                               "returned");
    Target target = all_of(kind, ns);
    check_object_name(name, kind.noun);
    return target.segment(name, "name");
}

/// Where a document goes: the namespace of the options, or its own, which must not differ.
std::string_view place_of(const DocumentKind& kind, std::string_view ns, const DocumentName& name,
                          const DocumentOptions& options) {
    if (!kind.namespaced) return {};
    const std::string_view in = chosen(options.namespace_, name.namespace_.empty() ? ns : name.namespace_);
    if (!name.namespace_.empty() && name.namespace_ != in)
        throw_invalid_argument("the " + std::string(kind.noun) + " is one of the namespace \"" +
                               one_line(name.namespace_, 200) + "\" and cannot be sent to \"" +
                               one_line(in, 200) +
                               "\"; drop its metadata.namespace, or DocumentOptions::namespace_");
    return in;
}

std::string body_of(const DocumentKind& kind, std::string_view in, std::string_view document) {
    std::string body = "{";
    body.reserve(document.size() + in.size() + 80);
    if (kind.namespaced) body += "\"namespace\":" + quoted_json(in) + ',';
    body += quoted_json(kind.member);
    body += ':';
    body += document;
    body += '}';
    return body;
}

std::string decimal(const std::optional<std::int64_t>& value) {
    return value ? std::to_string(*value) : std::string();
}
std::string flag(bool value) { return value ? "true" : std::string(); }

}  // namespace

Request create_document_request(const DocumentKind& kind, std::string_view ns, const DocumentName& name,
                                std::string_view document, const DocumentOptions& options) {
    if (name.name.empty() && name.generate_name.empty())
        throw_invalid_argument("the " + std::string(kind.noun) +
                               " has no name: give it metadata.name or metadata.generateName");
    if (!name.name.empty()) check_object_name(name.name, kind.noun);
    const std::string_view in = place_of(kind, ns, name, options);
    return {"POST", all_of(kind, in).take(), body_of(kind, in, document), nullptr};
}

Request lint_document_request(const DocumentKind& kind, std::string_view ns, const DocumentName& name,
                              std::string_view document, const DocumentOptions& options) {
    const std::string_view in = place_of(kind, ns, name, options);
    return {.method = "POST",
            .target = all_of(kind, in).segment("lint", "verb").take(),
            .body = body_of(kind, in, document),
            .judges = true};
}

Request update_document_request(const DocumentKind& kind, std::string_view ns, const DocumentName& name,
                                std::string_view document, const DocumentOptions& options) {
    const std::string_view in = place_of(kind, ns, name, options);
    Target target = one_of(kind, in, name.name);
    if (name.resource_version.empty())
        throw_invalid_argument(
            "the " + std::string(kind.noun) + " \"" + one_line(name.name, 200) +
            "\" has no metadata.resourceVersion, without which nothing is replaced: change what `get` "
            "returned, or call `apply`");
    return {"PUT", target.take(), body_of(kind, in, document), nullptr};
}

Request get_document_request(const DocumentKind& kind, std::string_view ns, std::string_view name,
                             const GetDocumentOptions& options) {
    if (!kind.versioned_get && !options.resource_version.empty())
        throw_invalid_argument("GetDocumentOptions::resource_version: the server does not take one for an " +
                               std::string(kind.noun));
    Target target = one_of(kind, chosen(options.namespace_, ns), name);
    return {"GET", target.query("getOptions.resourceVersion", options.resource_version).take(), {}, nullptr};
}

Request remove_document_request(const DocumentKind& kind, std::string_view ns, std::string_view name,
                                const RemoveDocumentOptions& options) {
    check_one_of(options.propagation_policy, {"Background", "Foreground", "Orphan"},
                 "RemoveDocumentOptions::propagation_policy");
    check_uid(options.uid, "RemoveDocumentOptions::uid");
    Target target = one_of(kind, chosen(options.namespace_, ns), name);
    target.query("deleteOptions.propagationPolicy", options.propagation_policy)
        .query("deleteOptions.preconditions.uid", options.uid)
        .query("deleteOptions.preconditions.resourceVersion", options.resource_version)
        .query("deleteOptions.dryRun", options.dry_run ? "All" : "");
    return {"DELETE", target.take(), {}, nullptr};
}

Request list_documents_request(const DocumentKind& kind, std::string_view ns,
                               const ListDocumentsOptions& options) {
    if (options.limit < 0)
        throw_invalid_argument("ListDocumentsOptions::limit is negative; write 0 for no limit");
    check_label_selector(options.label_selector, "ListDocumentsOptions::label_selector");
    check_field_selector(options.field_selector, "ListDocumentsOptions::field_selector");
    if (!kind.named_by_part && !options.name_pattern.empty())
        throw_invalid_argument(
            "ListDocumentsOptions::name_pattern: the server looks for parts of names among workflow "
            "templates only");
    Target target(kind.path);
    if (kind.namespaced) {
        const std::string_view in =
            options.all_namespaces ? std::string_view() : chosen(options.namespace_, ns);
        check_namespace(in, true);
        target.segment_or_all(in, "namespace");
    }
    target.query("namePattern", options.name_pattern)
        .query("listOptions.labelSelector", options.label_selector)
        .query("listOptions.fieldSelector", options.field_selector)
        .query("listOptions.limit", options.limit == 0 ? std::string() : std::to_string(options.limit))
        .query("listOptions.continue", options.continue_);
    return {"GET", target.take(), {}, nullptr};
}

Request act_on_cron_request(std::string_view ns, std::string_view name, std::string_view verb,
                            const DocumentOptions& options) {
    Target target = one_of(cron_workflow_kind, chosen(options.namespace_, ns), name);
    return {"PUT", target.segment(verb, "verb").take(), "{}", nullptr};
}

Request watch_documents_request(std::string_view stream, std::string_view ns,
                                const WatchDocumentsOptions& options) {
    const std::string_view in = options.all_namespaces ? std::string_view() : chosen(options.namespace_, ns);
    check_namespace(in, true);
    check_label_selector(options.label_selector, "WatchDocumentsOptions::label_selector");
    check_field_selector(options.field_selector, "WatchDocumentsOptions::field_selector");
    Target target(stream);
    target.segment_or_all(in, "namespace")
        .query("listOptions.labelSelector", options.label_selector)
        .query("listOptions.fieldSelector", options.field_selector)
        .query("listOptions.resourceVersion", options.resource_version);
    return {"GET", target.take(), {}, nullptr};
}

Request event_logs_request(const DocumentKind& kind, std::string_view ns, const EventLogOptions& options) {
    const bool sensors = &kind == &sensor_kind;
    if (sensors && !(options.event_source_type.empty() && options.event_name.empty()))
        throw_invalid_argument(
            "EventLogOptions::event_source_type and event_name choose among event sources, not sensors");
    if (!sensors && !options.trigger_name.empty())
        throw_invalid_argument("EventLogOptions::trigger_name chooses among sensors, not event sources");
    if (!options.name.empty()) check_object_name(options.name, kind.noun);
    check_log_lines({.container = options.container,
                     .since_seconds = options.since_seconds,
                     .tail_lines = options.tail_lines,
                     .limit_bytes = options.limit_bytes},
                    "EventLogOptions");
    const std::string_view in = chosen(options.namespace_, ns);
    check_namespace(in);
    Target target(kind.stream);
    target.segment(in, "namespace")
        .segment("logs", "verb")
        .query("name", options.name)
        .query("eventSourceType", options.event_source_type)
        .query("eventName", options.event_name)
        .query("triggerName", options.trigger_name)
        .query("grep", options.grep)
        .query("podLogOptions.container", options.container)
        .query("podLogOptions.follow", flag(options.follow))
        .query("podLogOptions.previous", flag(options.previous))
        .query("podLogOptions.timestamps", flag(options.timestamps))
        .query("podLogOptions.sinceSeconds", decimal(options.since_seconds))
        .query("podLogOptions.tailLines", decimal(options.tail_lines))
        .query("podLogOptions.limitBytes", decimal(options.limit_bytes));
    return {"GET", target.take(), {}, nullptr};
}

std::string document_page(const DocumentKind& kind, std::string_view ns, std::string_view name,
                          const DocumentOptions& options) {
    // The checks are those of an operation on the document; the path is the page's.
    std::string path = one_of(kind, chosen(options.namespace_, ns), name).take();
    path.replace(0, kind.path.size(), kind.page);
    return path;
}

}  // namespace tiphys::client_detail
