// SPDX-License-Identifier: Apache-2.0
#include "client/service_operations.hpp"

#include <tiphys/check/detail/selector.hpp>
#include <tiphys/text/text.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "client/operations.hpp"
#include "client/preconditions.hpp"
#include "client/url.hpp"
#include "client/words.hpp"

namespace tiphys::client_detail {
namespace {

std::string_view chosen(const std::string& own, std::string_view ns) { return own.empty() ? ns : own; }

/// Of a ConfigMap.
bool is_config_key(std::string_view key) {
    return key.size() <= 253 && key != "." && !key.starts_with("..") &&
           key.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") ==
               key.npos;
}

Target archived(std::string_view uid) {
    if (uid.empty())
        throw_invalid_argument("the uid of the archived workflow is empty: it is metadata.uid of one");
    check_uid(uid, "the uid of the archived workflow,");
    return Target("/api/v1/archived-workflows").segment(uid, "uid");
}

Request act_on_archived(std::string_view ns, std::string_view uid, const char* verb,
                        boost::json::object body) {
    check_namespace(ns);
    Target target = archived(uid);
    body["namespace"] = ns;
    return {"PUT", target.segment(verb, "verb").take(), boost::json::serialize(body), nullptr};
}

Target limits(std::string_view ns) {
    check_namespace(ns);
    return Target("/api/v1/sync").segment(ns, "namespace");
}

void check_limit(std::string_view key, const SyncLimitOptions& options) {
    if (key.empty()) throw_invalid_argument("the key of the limit is empty");
    if (options.type == SyncLimitType::database) {
        if (!options.config_map.empty())
            throw_invalid_argument("SyncLimitOptions::config_map is \"" + one_line(options.config_map, 200) +
                                   "\", but the limit is one of the database");
        return;
    }
    if (options.config_map.empty())
        throw_invalid_argument(
            "SyncLimitOptions::config_map is empty: name the ConfigMap that holds the limit, or set `type` "
            "to "
            "SyncLimitType::database");
    check_object_name(options.config_map, "ConfigMap");
    if (!is_config_key(key))
        throw_invalid_argument("the key of the limit, \"" + one_line(key, 200) +
                               "\", is none of a ConfigMap: letters, digits, '-', '_' and '.', at most 253");
}

Request limited(const char* method, Target target, std::string_view key, std::int64_t limit,
                const SyncLimitOptions& options) {
    check_limit(key, options);
    if (limit <= 0)
        throw_invalid_argument("the limit is " + std::to_string(limit) + "; Argo takes no less than 1");
    boost::json::object body;
    // Its name, as the description of Argo's interface has it, is refused in a body.
    body["type"] = static_cast<int>(options.type);
    if (!options.config_map.empty()) body["cmName"] = options.config_map;
    body["key"] = key;
    body["limit"] = limit;
    return {method, target.take(), boost::json::serialize(body), nullptr};
}

Request unlimited(const char* method, std::string_view ns, std::string_view key,
                  const SyncLimitOptions& options) {
    check_limit(key, options);
    Target target = limits(chosen(options.namespace_, ns));
    target.segment(key, "key of the limit")
        .query("type", std::to_string(static_cast<int>(options.type)))
        .query("cmName", options.config_map);
    return {method, target.take(), {}, nullptr};
}

}  // namespace

Request list_archived_request(std::string_view ns, const ListArchivedOptions& options) {
    const std::string_view in = options.all_namespaces ? std::string_view() : chosen(options.namespace_, ns);
    check_namespace(in, true);
    if (options.limit < 0)
        throw_invalid_argument("ListArchivedOptions::limit is negative; write 0 for no limit");
    check_offset(options.continue_, "ListArchivedOptions::continue_");
    check_label_selector(options.label_selector, "ListArchivedOptions::label_selector");
    check_workflow_fields(options.field_selector, in, "ListArchivedOptions::field_selector");
    check_one_of(options.name_filter, {"Exact", "Contains", "Prefix", "NotEquals"},
                 "ListArchivedOptions::name_filter");
    return next_archived_request(ns, options);
}

Request next_archived_request(std::string_view ns, const ListArchivedOptions& options) {
    Target target("/api/v1/archived-workflows");
    target.query("namespace", options.all_namespaces ? std::string_view() : chosen(options.namespace_, ns))
        .query("namePrefix", options.name_prefix)
        .query("nameFilter", options.name_filter)
        .query("listOptions.labelSelector", options.label_selector)
        .query("listOptions.fieldSelector", options.field_selector)
        .query("listOptions.limit", options.limit == 0 ? std::string() : std::to_string(options.limit))
        .query("listOptions.continue", options.continue_);
    return {"GET", target.take(), {}, nullptr};
}

Request get_archived_request(std::string_view ns, std::string_view uid, const ArchivedOptions& options) {
    const std::string_view in = chosen(options.namespace_, ns);
    check_namespace(in, true);
    return {"GET", archived(uid).query("namespace", in).take(), {}, nullptr};
}

Request remove_archived_request(std::string_view ns, std::string_view uid, const ArchivedOptions& options) {
    Request request = get_archived_request(ns, uid, options);
    request.method = "DELETE";
    return request;
}

Request resubmit_archived_request(std::string_view ns, std::string_view uid, const ResubmitOptions& options) {
    check_arguments(options.parameters, "ResubmitOptions::parameters");
    boost::json::object body;
    if (options.memoized) body["memoized"] = true;
    if (!options.parameters.empty()) body["parameters"] = name_value_list(options.parameters);
    return act_on_archived(chosen(options.namespace_, ns), uid, "resubmit", std::move(body));
}

Request retry_archived_request(std::string_view ns, std::string_view uid, const RetryOptions& options) {
    check_retry(options);
    boost::json::object body;
    if (options.restart_successful) body["restartSuccessful"] = true;
    if (!options.node_field_selector.empty()) body["nodeFieldSelector"] = options.node_field_selector;
    if (!options.parameters.empty()) body["parameters"] = name_value_list(options.parameters);
    return act_on_archived(chosen(options.namespace_, ns), uid, "retry", std::move(body));
}

Request archived_label_keys_request(std::string_view ns, const ArchivedOptions& options) {
    const std::string_view in = chosen(options.namespace_, ns);
    check_namespace(in, true);
    return {
        "GET", Target("/api/v1/archived-workflows-label-keys").query("namespace", in).take(), {}, nullptr};
}

Request archived_label_values_request(std::string_view ns, std::string_view key,
                                      const ArchivedOptions& options) {
    const std::string_view in = chosen(options.namespace_, ns);
    check_namespace(in, true);
    // As a selector, the key alone means that it is there: the only thing that the server takes.
    if (!detail::is_label_key(key))
        throw_invalid_argument("\"" + one_line(key, 200) +
                               "\" is no key of a label: give one, e.g. workflows.argoproj.io/phase");
    Target target("/api/v1/archived-workflows-label-values");
    target.query("listOptions.labelSelector", key).query("namespace", in);
    return {"GET", target.take(), {}, nullptr};
}

Request create_sync_limit_request(std::string_view ns, std::string_view key, std::int64_t limit,
                                  const SyncLimitOptions& options) {
    return limited("POST", limits(chosen(options.namespace_, ns)), key, limit, options);
}

Request get_sync_limit_request(std::string_view ns, std::string_view key, const SyncLimitOptions& options) {
    return unlimited("GET", ns, key, options);
}

Request update_sync_limit_request(std::string_view ns, std::string_view key, std::int64_t limit,
                                  const SyncLimitOptions& options) {
    Target target = limits(chosen(options.namespace_, ns));
    target.segment(key, "key of the limit");
    return limited("PUT", std::move(target), key, limit, options);
}

Request remove_sync_limit_request(std::string_view ns, std::string_view key,
                                  const SyncLimitOptions& options) {
    return unlimited("DELETE", ns, key, options);
}

Request receive_event_request(std::string_view ns, std::string_view discriminator, const json& payload,
                              const SendEventOptions& options) {
    const std::string_view in = chosen(options.namespace_, ns);
    check_namespace(in);
    if (!payload.has_value())
        throw_invalid_argument("the payload of the event is no JSON value; nothing is json(nullptr)");
    Target target("/api/v1/events");
    target.segment(in, "namespace").segment_or_all(discriminator, "discriminator");
    return {"POST", target.take(), tiphys::to_json(payload), nullptr};
}

}  // namespace tiphys::client_detail
