// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/detail/selector.hpp>

#include <algorithm>
#include <set>
#include <string>

#include "client/preconditions.hpp"
#include "client/words.hpp"

namespace tiphys::client_detail {
namespace {

/// `name` is the option's.
void check_pairs(const std::vector<NamedValue>& pairs, const std::string& name) {
    std::set<std::string_view> names;
    for (const NamedValue& pair : pairs) {
        // Argo splits the list that it is sent at each comma and each equals sign.
        if (pair.name.empty() || pair.name.find_first_of(",=") != std::string::npos)
            throw_invalid_argument(name + " has the name " + quoted(pair.name) +
                                   "; a name is not empty and has neither ',' nor '='");
        if (pair.value.find_first_of(",=") != std::string::npos)
            throw_invalid_argument(name + " gives " + quoted(pair.name) + " the value " + quoted(pair.value) +
                                   ", but Argo has no way to send a ',' or '=' in one");
        if (!names.insert(pair.name).second)
            throw_invalid_argument(name + " gives " + quoted(pair.name) + " twice");
    }
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[i];
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (dash ? c != '-' : !hex) return false;
    }
    return true;
}

/// uploads/{namespace}/{uuid}/{filename}
bool is_upload_key(std::string_view key, std::string_view ns) {
    const std::string head = "uploads/" + std::string(ns) + "/";
    if (!key.starts_with(head) || key.find("..") != key.npos) return false;
    key.remove_prefix(head.size());
    const auto slash = key.find('/');
    if (slash == key.npos || !is_uuid(key.substr(0, slash))) return false;
    const std::string_view file = key.substr(slash + 1);
    return !file.empty() && file != "." && file.find('/') == file.npos;
}

}  // namespace

void check_object_name(std::string_view name, std::string_view noun) {
    if (detail::is_object_name(name, 253, false)) return;
    throw_invalid_argument(
        "the name of the " + std::string(noun) + ", " + quoted(name) +
        ", is none that Kubernetes accepts: lower-case letters, digits, '-' and '.', at most 253");
}

void check_one_of(std::string_view value, std::initializer_list<std::string_view> known,
                  std::string_view name) {
    if (value.empty() || std::find(known.begin(), known.end(), value) != known.end()) return;
    std::string message = std::string(name) + " is " + quoted(value) + "; Argo knows ";
    for (const std::string_view one : known) {
        if (one != *known.begin()) message += ", ";
        message += one;
    }
    throw_invalid_argument(std::move(message));
}

void check_log_lines(const LogOptions& lines, std::string_view options) {
    const std::string of(options);
    // Argo's server crashes on a request for logs that has no logOptions parameter at all.
    if (lines.container.empty())
        throw_invalid_argument(of + "::container is empty; a template's own container is \"main\"");
    if (!detail::is_dns_label(lines.container))
        throw_invalid_argument(of + "::container " + quoted(lines.container) +
                               " is no name of a container: lower-case letters, digits and '-', at most 63");
    const auto at_least = [&](const std::optional<std::int64_t>& value, std::int64_t least,
                              const char* name) {
        if (value && *value < least)
            throw_invalid_argument(of + "::" + name + " is " + std::to_string(*value) +
                                   "; Kubernetes takes no less than " + std::to_string(least));
    };
    at_least(lines.since_seconds, 1, "since_seconds");
    at_least(lines.tail_lines, 0, "tail_lines");
    at_least(lines.limit_bytes, 1, "limit_bytes");
}

void check_arguments(const std::vector<NamedValue>& values, std::string_view name) {
    std::set<std::string_view> names;
    for (const NamedValue& value : values) {
        if (!detail::is_parameter_name(value.name))
            throw_invalid_argument(std::string(name) + " has the name " + quoted(value.name) +
                                   "; names are of letters, digits, '-' and '_'");
        if (!names.insert(value.name).second)
            throw_invalid_argument(std::string(name) + " gives " + quoted(value.name) + " twice");
    }
}

void check_submit(std::string_view kind, std::string_view ns, const SubmitOptions& options) {
    static constexpr std::string_view known[] = {"WorkflowTemplate",
                                                 "workflowtemplate",
                                                 "workflowtemplates",
                                                 "wftmpl",
                                                 "ClusterWorkflowTemplate",
                                                 "clusterworkflowtemplate",
                                                 "clusterworkflowtemplates",
                                                 "cwftmpl",
                                                 "CronWorkflow",
                                                 "cronworkflow",
                                                 "cronworkflows",
                                                 "cronwf"};
    if (std::find(std::begin(known), std::end(known), kind) == std::end(known))
        throw_invalid_argument("nothing of the kind " + quoted(kind) +
                               " can be submitted; Argo runs a WorkflowTemplate, a ClusterWorkflowTemplate "
                               "and a CronWorkflow");
    if (!options.name.empty()) check_object_name(options.name, "workflow");
    if (!options.generate_name.empty() && !detail::is_object_name(options.generate_name, 253, true))
        throw_invalid_argument("SubmitOptions::generate_name " + quoted(options.generate_name) +
                               " begins no name: lower-case letters, digits, '-' and '.', at most 253");
    check_arguments(options.parameters, "SubmitOptions::parameters");
    check_arguments(options.artifacts, "SubmitOptions::artifacts");
    for (const NamedValue& artifact : options.artifacts)
        if (!is_upload_key(artifact.value, ns))
            throw_invalid_argument("SubmitOptions::artifacts gives " + quoted(artifact.name) + " the key " +
                                   quoted(artifact.value) +
                                   "; Argo takes only those that it gave for an upload, uploads/" +
                                   std::string(ns) + "/<uuid>/<file>");
    check_pairs(options.labels, "SubmitOptions::labels");
    check_pairs(options.annotations, "SubmitOptions::annotations");
}

void check_set(const SetOptions& options) {
    if (options.node_field_selector.empty())
        throw_invalid_argument(
            "SetOptions::node_field_selector is empty: say which suspended nodes, e.g. displayName=approve");
    check_node_selector(options.node_field_selector, "SetOptions::node_field_selector");
    check_one_of(options.phase, {"Succeeded", "Failed", "Error"}, "SetOptions::phase");
    check_arguments(options.output_parameters, "SetOptions::output_parameters");
}

}  // namespace tiphys::client_detail
