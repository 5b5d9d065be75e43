// SPDX-License-Identifier: Apache-2.0
#include "list_options.hpp"

#include <algorithm>
#include <charconv>
#include <list>

#include "http.hpp"

namespace tiphys::local::server {
namespace {

template <class Use>
void each_requirement(std::string_view selector, Use use) {
    while (!selector.empty()) {
        const std::size_t comma = selector.find(',');
        const std::string_view one = selector.substr(0, comma);
        if (!one.empty()) use(one);
        if (comma == std::string_view::npos) return;
        selector.remove_prefix(comma + 1);
    }
}

bool cut_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

/// Go's default code for an error that it has no code for is Internal; so is Argo's answer to a bad time.
std::int64_t time_or_fail(std::string_view text, std::string_view parameter) {
    if (const auto made = rfc3339(text)) return *made;
    throw Failure(code::internal, std::string(parameter) + ": parsing time " + json_string(text) +
                                      ": not an RFC 3339 time such as 2026-01-31T12:00:00Z");
}

std::int64_t time_of(const str& text, std::int64_t otherwise) {
    return rfc3339(text.view()).value_or(otherwise);
}

const str& finished_at(const model::Workflow& workflow) {
    static const str absent;
    return workflow.status ? workflow.status->finishedAt : absent;
}

const str& started_at(const model::Workflow& workflow) {
    static const str absent;
    return workflow.status ? workflow.status->startedAt : absent;
}

/// Running ones first, the newest first; then the finished ones, the last finished first.
bool page_order(const model::Workflow* a, const model::Workflow* b) {
    const str& a_end = finished_at(*a);
    const str& b_end = finished_at(*b);
    if (a_end.empty() != b_end.empty()) return a_end.empty();
    if (a_end.empty())
        return time_of(b->metadata.creationTimestamp, 0) < time_of(a->metadata.creationTimestamp, 0);
    return time_of(b_end, 0) < time_of(a_end, 0);
}

}  // namespace

ListOptions::ListOptions(const Target& target, std::string_view namespace_of)
    : namespace_(namespace_of),
      name_filter_(target.parameter("nameFilter")),
      labels_(target.parameter("listOptions.labelSelector")) {
    if (!name_filter_.empty() && name_filter_ != "Exact" && name_filter_ != "Contains" &&
        name_filter_ != "Prefix" && name_filter_ != "NotEquals")
        throw Failure(code::invalid_argument, "nameFilter " + json_string(name_filter_) +
                                                  ": write Exact, Contains, Prefix or NotEquals");
    if (const auto limit = target.integer("listOptions.limit"); limit && *limit > 0)
        limit_ = static_cast<std::size_t>(*limit);
    if (const std::string_view from = target.parameter("listOptions.continue"); !from.empty()) {
        std::int64_t offset = 0;
        const auto [end, error] = std::from_chars(from.data(), from.data() + from.size(), offset);
        if (error != std::errc() || end != from.data() + from.size())
            throw Failure(code::invalid_argument, "listOptions.continue must be int");
        if (offset < 0) throw Failure(code::invalid_argument, "listOptions.continue must >= 0");
        offset_ = static_cast<std::size_t>(offset);
    }
    if (const auto after = target.parameter("createdAfter"); !after.empty())
        created_after_ = time_or_fail(after, "createdAfter");
    if (const auto before = target.parameter("finishedBefore"); !before.empty())
        finished_before_ = time_or_fail(before, "finishedBefore");
    each_requirement(target.parameter("listOptions.fieldSelector"),
                     [this](std::string_view one) { read_field_selector(one); });
}

void ListOptions::select_namespace(std::string_view name) {
    if (!namespace_.empty() && namespace_ != name)
        throw Failure(code::invalid_argument, "'namespace' query param (" + json_string(namespace_) +
                                                  ") and fieldselector 'metadata.namespace' (" +
                                                  json_string(name) +
                                                  ") are both specified and contradict each other");
    namespace_ = name;
}

void ListOptions::read_field_selector(std::string_view one) {
    std::string_view rest = one;
    if (cut_prefix(rest, "metadata.namespace!=")) {
        namespace_ = rest;
        other_namespaces_ = true;
    } else if (cut_prefix(rest, "metadata.namespace==") || cut_prefix(rest, "metadata.namespace=")) {
        select_namespace(rest);
    } else if (cut_prefix(rest, "metadata.name!=")) {
        name_ = rest;
        name_filter_ = "NotEquals";
    } else if (cut_prefix(rest, "metadata.name==") || cut_prefix(rest, "metadata.name=")) {
        name_ = rest;
    } else if (cut_prefix(rest, "spec.startedAt>")) {
        started_after_ = time_or_fail(rest, "spec.startedAt");
    } else if (cut_prefix(rest, "spec.startedAt<")) {
        started_before_ = time_or_fail(rest, "spec.startedAt");
    } else if (cut_prefix(rest, "ext.showRemainingItemCount=")) {
        show_remaining_ =
            rest == "true" || rest == "1" || rest == "t" || rest == "T" || rest == "TRUE" || rest == "True";
    } else {
        throw Failure(code::invalid_argument, "unsupported requirement " + std::string(one));
    }
}

bool ListOptions::matches(const model::Workflow& workflow) const {
    const auto& metadata = workflow.metadata;
    if (!namespace_.empty() && (metadata.namespace_ == namespace_) == other_namespaces_) return false;
    if (!name_.empty()) {
        const std::string_view name = metadata.name.view();
        if (name_filter_ == "Contains" ? name.find(name_) == std::string_view::npos
            : name_filter_ == "Prefix" ? !name.starts_with(name_)
                                       : (name == name_) == (name_filter_ == "NotEquals"))
            return false;
    }
    constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
    constexpr auto highest = std::numeric_limits<std::int64_t>::max();
    if (started_after_ != lowest && time_of(started_at(workflow), lowest) < started_after_) return false;
    if (started_before_ != highest && time_of(started_at(workflow), highest) > started_before_) return false;
    if (created_after_ != lowest && time_of(metadata.creationTimestamp, lowest) < created_after_)
        return false;
    if (finished_before_ != highest && time_of(finished_at(workflow), highest) > finished_before_)
        return false;
    return labels_.matches(metadata.labels);
}

ListOptions::Page ListOptions::page(const std::vector<const model::Workflow*>& all) const {
    std::vector<const model::Workflow*> matching;
    std::copy_if(all.rbegin(), all.rend(), std::back_inserter(matching),
                 [this](const model::Workflow* one) { return matches(*one); });
    const std::size_t begin = std::min(offset_, matching.size());
    const std::size_t end = limit_ == 0 ? matching.size() : std::min(matching.size(), begin + limit_);
    Page made;
    if (end < matching.size()) made.next = static_cast<std::int64_t>(end);
    if (show_remaining_) made.remaining = static_cast<std::int64_t>(matching.size() - end);
    // Not stable_sort: libstdc++ 12 builds it on a function that clang calls deprecated.
    std::list<const model::Workflow*> sorted(matching.begin() + static_cast<std::ptrdiff_t>(begin),
                                             matching.begin() + static_cast<std::ptrdiff_t>(end));
    sorted.sort(page_order);
    made.items.assign(sorted.begin(), sorted.end());
    return made;
}

WatchOptions::WatchOptions(const Target& target, std::string_view namespace_of)
    : namespace_(namespace_of),
      labels_(target.parameter("listOptions.labelSelector")),
      timeout_seconds_(target.integer("listOptions.timeoutSeconds")) {
    if (const std::string_view version = target.parameter("listOptions.resourceVersion"); !version.empty()) {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), number);
        if (error != std::errc() || end != version.data() + version.size() || number < 0)
            throw Failure(code::invalid_argument,
                          "Invalid value: " + json_string(version) +
                              ": listOptions.resourceVersion must be one that this server gave");
        if (number != 0) resource_version_ = number;
    }
    each_requirement(target.parameter("listOptions.fieldSelector"), [this](std::string_view one) {
        while (one.starts_with(' ')) one.remove_prefix(1);
        while (one.ends_with(' ')) one.remove_suffix(1);
        std::string_view rest = one;
        if (cut_prefix(rest, "metadata.name!="))
            not_names_.emplace_back(rest);
        else if (cut_prefix(rest, "metadata.name==") || cut_prefix(rest, "metadata.name="))
            name_ = rest;
        else if (cut_prefix(rest, "metadata.namespace!="))
            not_namespaces_.emplace_back(rest);
        else if (cut_prefix(rest, "metadata.namespace==") || cut_prefix(rest, "metadata.namespace="))
            selected_namespace_ = rest;
        else
            throw Failure(
                code::invalid_argument,
                "field label not supported: " + std::string(one.substr(0, one.find_first_of("=!"))) +
                    "; a watch selects by metadata.name and metadata.namespace");
    });
}

bool WatchOptions::matches(const model::Workflow& workflow) const {
    const auto& metadata = workflow.metadata;
    const auto is = [](const str& text) { return [&text](const std::string& one) { return text == one; }; };
    if (!namespace_.empty() && !(metadata.namespace_ == namespace_)) return false;
    if (!selected_namespace_.empty() && !(metadata.namespace_ == selected_namespace_)) return false;
    if (!name_.empty() && !(metadata.name == name_)) return false;
    if (std::any_of(not_names_.begin(), not_names_.end(), is(metadata.name))) return false;
    if (std::any_of(not_namespaces_.begin(), not_namespaces_.end(), is(metadata.namespace_))) return false;
    return labels_.matches(metadata.labels);
}

}  // namespace tiphys::local::server
