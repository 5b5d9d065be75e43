// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/context.hpp>
#include <tiphys/check/detail/kubernetes.hpp>

/// Rules on the metadata of a document, and what several sections share.
namespace tiphys::detail {

constexpr void workflow_name(const model::Workflow& workflow, report& report) {
    const auto& metadata = workflow.metadata;
    const Path path = Path() / "metadata";
    if (has_text(metadata.name)) {
        if (!is_object_name(metadata.name.view(), 63, false))
            report(
                rule::workflow_name, path / "name",
                joined("the workflow name `", metadata.name.view(),
                       "` is not of lower-case letters, digits, `-` and `.`, or longer than 63 characters"));
    } else if (has_text(metadata.generateName)) {
        if (!is_object_name(metadata.generateName.view(), 253, true))
            report(rule::workflow_name, path / "generateName",
                   joined("the workflow generateName `", metadata.generateName.view(),
                          "` is not of lower-case letters, digits, `-` and `.`"));
    } else {
        report(rule::workflow_name, path, "the workflow has neither a name nor a generateName");
    }
}

constexpr void document_name(const model::k8s::ObjectMeta& metadata, std::string_view kind,
                             std::int64_t limit, report& report) {
    const Path path = Path() / "metadata";
    if (metadata.name.empty()) {
        if (metadata.generateName.empty())
            report(rule::document_name, path, joined("the ", kind, " has no name"));
    } else if (!is_object_name(metadata.name.view(), static_cast<std::size_t>(limit), false)) {
        report(rule::document_name, path / "name",
               joined("the ", kind, " name `", metadata.name.view(),
                      "` is not of lower-case letters, digits, `-` and `.`, or longer than ",
                      text(limit).view(), " characters"));
    }
}

/// Finds names among a list of them: one by one in a short list, by an index in a long one.
template <class Name>
class name_lookup {
public:
    constexpr name_lookup(std::size_t count, Name name)
        : count_(count), name_(name), index_(count > 16 ? count : 0) {
        if (count_ > 16)
            for (std::size_t i = 0; i < count_; ++i) index_.add(name_(i), i);
    }
    /// The index of the first of that name, or -1.
    constexpr std::int32_t operator()(std::string_view name) const {
        if (count_ > 16) return index_.find(name);
        for (std::size_t i = 0; i < count_; ++i)
            if (same(name_(i), name)) return static_cast<std::int32_t>(i);
        return -1;
    }

private:
    std::size_t count_;
    Name name_;
    name_index index_;
};

constexpr void label_key(std::string_view key, const Path& path, std::string_view what, report& report) {
    if (!is_label_key(key) && !has_variable(key))
        report(rule::label_key, path, joined("the ", what, " `", key, "` is no valid key"));
}
constexpr void label_value(std::string_view key, std::string_view value, const Path& path, report& report) {
    if (!is_label_value(value) && !has_variable(value))
        report(rule::label_value, path, joined("the label `", key, "` has the invalid value `", value, "`"));
}

/// `metadata` is an ObjectMeta, a Metadata or a WorkflowMetadata.
template <class Metadata>
constexpr void labels(const Metadata& metadata, const Path& path, report& report) {
    for (const auto& entry : metadata.labels) {
        label_key(entry.key.view(), path / "labels" / entry.key.view(), "label", report);
        label_value(entry.key.view(), entry.value.view(), path / "labels" / entry.key.view(), report);
    }
    for (const auto& entry : metadata.annotations)
        label_key(entry.key.view(), path / "annotations" / entry.key.view(), "annotation", report);
}

constexpr void object_metadata(const model::k8s::ObjectMeta& metadata, const Path& path, report& report) {
    if (has_text(metadata.namespace_) && !is_dns_label(metadata.namespace_.view()))
        report(rule::document_namespace, path / "namespace",
               joined("the namespace `", metadata.namespace_.view(),
                      "` is not of lower-case letters, digits and `-`, or longer than 63 characters"));
    if (!metadata.labels.empty() || !metadata.annotations.empty()) labels(metadata, path, report);
}

constexpr void field_required(const str& value, const Path& path, std::string_view member,
                              std::string_view owner, report& report) {
    if (value.empty()) report(rule::field_required, path, joined(owner, " has no ", member));
}

/// A value of a closed set; an empty one and one with a `{{…}}` pass.
template <std::size_t N>
constexpr void one_of(const Rule& rule, const str& value, const std::string_view (&known)[N],
                      const Path& path, std::string_view member, std::string_view owner, report& report) {
    if (value.empty() || is_one_of(value.view(), known) || has_variable(value.view())) return;
    report(rule, path / member,
           joined("the ", member, " of ", owner, " is ", none_of(value.view(), known).view()));
}

inline constexpr std::string_view artifact_gc_strategies[] = {"OnWorkflowCompletion", "OnWorkflowDeletion",
                                                              "Never"};
constexpr void artifact_gc_strategy(const str& strategy, const Path& path, std::string_view owner,
                                    report& report) {
    one_of(rule::artifact_gc_strategy, strategy, artifact_gc_strategies, path, "strategy", owner, report);
}

constexpr void parallelism_value(opt<std::int64_t> value, const Path& path, std::string_view owner,
                                 report& report) {
    if (value.has_value() && *value < 1)
        report(rule::parallelism_value, path / "parallelism",
               joined("the parallelism of ", owner, " is ", text(*value).view()));
}

/// Resources of a whole pod: of a template, or of all pods of a workflow.
constexpr void pod_resources(const model::k8s::ResourceRequirements& resources, const Path& path,
                             std::string_view owner, report& report) {
    if (!resources.claims.empty())
        report(rule::pod_resources_claims, path / "claims",
               joined("podResources of ", owner, " have claims"));
    const auto names = [&](const map<str>& amounts, std::string_view member) {
        for (const auto& entry : amounts) {
            const auto name = entry.key.view();
            if (is(name, "cpu") || is(name, "memory") || name.substr(0, 10) == "hugepages-") continue;
            report(rule::pod_resources_name, path / member / name,
                   joined("podResources of ", owner, " name `", name, "`, which is none of a whole pod"));
        }
    };
    names(resources.limits, "limits");
    names(resources.requests, "requests");
}

}  // namespace tiphys::detail
