// SPDX-License-Identifier: Apache-2.0
#include "client/preconditions.hpp"

#include <tiphys/check/detail/selector.hpp>

#include <algorithm>
#include <optional>
#include <string>

#include "client/words.hpp"

namespace tiphys::client_detail {
namespace {

/// A number of so many digits at the front, which it takes off; -1: there is none.
int take_number(std::string_view& text, std::size_t digits) {
    int value = 0;
    if (text.size() < digits) return -1;
    for (std::size_t i = 0; i < digits; ++i) {
        if (!detail::is_digit(text[i])) return -1;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(digits);
    return value;
}
bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}
bool take_number_in(std::string_view& text, int least, int most) {
    const int value = take_number(text, 2);
    return value >= least && value <= most;
}

/// 2026-01-01T00:00:00Z, with fractions of a second and any offset.
bool is_rfc3339(std::string_view text) {
    const int year = take_number(text, 4);
    if (year < 0 || !take(text, '-')) return false;
    const int month = take_number(text, 2);
    if (month < 1 || month > 12 || !take(text, '-')) return false;
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const int days =
        month == 2 ? (leap ? 29 : 28) : (month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31);
    if (!take_number_in(text, 1, days) || !take(text, 'T') || !take_number_in(text, 0, 23) ||
        !take(text, ':') || !take_number_in(text, 0, 59) || !take(text, ':') || !take_number_in(text, 0, 59))
        return false;
    if (take(text, '.')) {
        const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
        if (digits == 0) return false;
        text.remove_prefix(digits);
    }
    if (text == "Z") return true;
    return (take(text, '+') || take(text, '-')) && take_number_in(text, 0, 23) && take(text, ':') &&
           take_number_in(text, 0, 59) && text.empty();
}

/// One term after the other of a field selector: its key, its operator and its value.
template <class Term>
void each_term(std::string_view selector, std::string_view name, Term term) {
    const auto wrong = [&](const std::string& why) {
        throw_invalid_argument(std::string(name) + " " + quoted(selector) + " is no field selector: " + why);
    };
    for (std::size_t at = 0; at <= selector.size();) {
        std::size_t end = at;
        while (end < selector.size() && selector[end] != ',') end += selector[end] == '\\' ? 2 : 1;
        end = std::min(end, selector.size());
        const std::string_view one = selector.substr(at, end - at);
        at = end + 1;
        if (one.empty()) continue;
        const std::size_t sign = one.find('=');
        if (sign == one.npos) wrong("there is no =, == or != in " + quoted(one));
        const bool negated = sign != 0 && one[sign - 1] == '!';
        const std::string_view key = one.substr(0, negated ? sign - 1 : sign);
        std::string_view value = one.substr(sign + 1);
        if (!negated && value.starts_with('=')) value.remove_prefix(1);
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (value[i] == '=') wrong("write \\= for the = in the value " + quoted(value));
            if (value[i] != '\\') continue;
            if (++i == value.size() || (value[i] != '\\' && value[i] != ',' && value[i] != '='))
                wrong("the value " + quoted(value) + " has a \\ that escapes none of \\ , =");
        }
        term(key);
    }
}

bool is_node_field(std::string_view key) {
    constexpr std::string_view head = "inputs.parameters.";
    constexpr std::string_view tail = ".value";
    for (const std::string_view known :
         {"displayName", "templateName", "phase", "name", "id", "templateRef.name", "templateRef.template"})
        if (key == known) return true;
    return key.size() > head.size() + tail.size() && key.starts_with(head) && key.ends_with(tail);
}

void check_list_field(std::string_view term, std::string_view ns, const std::string& name) {
    for (const std::string_view head : {"metadata.namespace!=", "metadata.name!=", "metadata.name="})
        if (term.starts_with(head)) return;
    const auto after = [&](std::string_view head) {
        return term.starts_with(head) ? std::optional(term.substr(head.size())) : std::nullopt;
    };
    auto value = after("metadata.namespace==");
    if (!value) value = after("metadata.namespace=");
    if (value) {
        if (ns.empty() || *value == ns) return;
        throw_invalid_argument(name + " asks for the namespace " + quoted(*value) +
                               ", but the list is one of the namespace " + quoted(ns));
    }
    value = after("spec.startedAt>");
    if (!value) value = after("spec.startedAt<");
    if (value) {
        if (is_rfc3339(*value)) return;
        throw_invalid_argument(name + " compares spec.startedAt with " + quoted(*value) +
                               "; write a time as 2026-01-01T00:00:00Z");
    }
    if ((value = after("ext.showRemainingItemCount=")))
        for (const std::string_view known :
             {"true", "false", "True", "False", "TRUE", "FALSE", "t", "f", "T", "F", "1", "0"})
            if (*value == known) return;
    throw_invalid_argument(name + " has the requirement " + quoted(term) +
                           "; Argo knows metadata.name and metadata.namespace with = and !=, spec.startedAt "
                           "with > and <, and ext.showRemainingItemCount=true");
}

}  // namespace

void check_name(std::string_view name) {
    if (name == "@latest" || detail::is_object_name(name, 253, false)) return;
    throw_invalid_argument(
        "the name of the workflow, " + quoted(name) +
        ", is none that Kubernetes accepts: lower-case letters, digits, '-' and '.', at most 253");
}

void check_namespace(std::string_view ns, bool or_all) {
    if (ns.empty()) {
        if (or_all) return;
        throw_invalid_argument(
            "this operation needs a namespace: name one in its options, in ClientOptions::namespace_ or in "
            "ARGO_NAMESPACE (empty means all namespaces, which only list and watch accept)");
    }
    // Of those the target says it better.
    if (ns == "." || ns == ".." || detail::is_dns_label(ns)) return;
    throw_invalid_argument(
        "the namespace " + quoted(ns) +
        " is none that Kubernetes accepts: lower-case letters, digits and '-', at most 63");
}

void check_uid(std::string_view uid, std::string_view name) {
    if (uid.empty() || (detail::is_node_name(uid) && uid.size() <= 63)) return;
    throw_invalid_argument(std::string(name) + " " + quoted(uid) +
                           " is no uid: those are of letters, digits and '-', as in metadata.uid");
}

void check_label_selector(std::string_view selector, std::string_view name) {
    const str wrong = detail::selector_error(selector);
    if (wrong.has_value())
        throw_invalid_argument(std::string(name) + " " + quoted(selector) +
                               " is no label selector: " + wrong.string());
}

void check_node_selector(std::string_view selector, std::string_view name) {
    each_term(selector, name, [&](std::string_view key) {
        if (!is_node_field(key))
            throw_invalid_argument(
                std::string(name) + " " + quoted(selector) + " asks for " + quoted(key) +
                "; a node has displayName, templateName, phase, name, id, templateRef.name, "
                "templateRef.template and inputs.parameters.NAME.value");
    });
}

void check_new(const model::Workflow& workflow, std::string_view ns) {
    const auto& metadata = workflow.metadata;
    if (metadata.name.empty() && metadata.generateName.empty())
        throw_invalid_argument("the workflow has no name: give it metadata.name or metadata.generateName");
    check_place(workflow, ns, "CreateOptions::namespace_");
}

void check_place(const model::Workflow& workflow, std::string_view ns, std::string_view name) {
    const auto& metadata = workflow.metadata;
    if (!metadata.namespace_.empty() && metadata.namespace_ != ns)
        throw_invalid_argument("the workflow is one of the namespace " + quoted(metadata.namespace_.view()) +
                               " and cannot be created in " + quoted(ns) +
                               "; drop its metadata.namespace, or " + std::string(name));
}

void check_field_selector(std::string_view selector, std::string_view name) {
    each_term(selector, name, [](std::string_view) {});
}

void check_offset(std::string_view continue_, std::string_view name) {
    if (continue_.find_first_not_of("0123456789") != std::string::npos || continue_.size() > 18)
        throw_invalid_argument(std::string(name) + " " + quoted(continue_) +
                               " is no whole number; pass on metadata.continue_ of the page before");
}

void check_workflow_fields(std::string_view selector, std::string_view ns, std::string_view name) {
    while (!selector.empty()) {
        const auto end = std::min(selector.find(','), selector.size());
        if (end != 0) check_list_field(selector.substr(0, end), ns, std::string(name));
        selector.remove_prefix(std::min(end + 1, selector.size()));
    }
}

void check_list(std::string_view ns, const ListOptions& options) {
    if (options.limit < 0) throw_invalid_argument("ListOptions::limit is negative; write 0 for no limit");
    check_offset(options.continue_, "ListOptions::continue_");
    check_label_selector(options.label_selector, "ListOptions::label_selector");
    check_workflow_fields(options.field_selector, ns, "ListOptions::field_selector");
}

void check_retry(const RetryOptions& options) {
    check_node_selector(options.node_field_selector, "RetryOptions::node_field_selector");
    if (options.restart_successful && options.node_field_selector.empty())
        throw_invalid_argument(
            "RetryOptions::restart_successful restarts the nodes that node_field_selector names, and that is "
            "empty");
    check_arguments(options.parameters, "RetryOptions::parameters");
}

void check_logs(const LogOptions& options) {
    check_log_lines(options, "LogOptions");
    if (!options.pod.empty() && !detail::is_object_name(options.pod, 253, false))
        throw_invalid_argument("LogOptions::pod " + quoted(options.pod) +
                               " is no name of a pod: lower-case letters, digits, '-' and '.', at most 253");
    check_label_selector(options.selector, "LogOptions::selector");
}

}  // namespace tiphys::client_detail
