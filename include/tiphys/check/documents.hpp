// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/document_index.hpp>
#include <tiphys/model/model.hpp>

namespace tiphys {

/// The documents at hand that a `templateRef` or a `workflowTemplateRef` may mean.
///
/// What the set does not hold may still be in the cluster: nothing is said of it, unless the set is complete.
/// The running program finds them, and their templates, by an index: sets of thousands are no burden.
/// Object lifetimes: it keeps pointers; the documents must outlive the set and the diagnostics' paths, and
/// their names and templates must not change while the set is in use.
class DocumentSet {
public:
    constexpr DocumentSet() = default;

    constexpr DocumentSet& add(const model::WorkflowTemplate& document) {
        templates_.push_back(&document);
        if (!__builtin_is_constant_evaluated()) template_index_.add(document);
        return *this;
    }
    constexpr DocumentSet& add(const model::ClusterWorkflowTemplate& document) {
        cluster_templates_.push_back(&document);
        if (!__builtin_is_constant_evaluated()) cluster_index_.add(document);
        return *this;
    }
    /// Says that there are no others: a reference to an object that the set does not hold is a mistake.
    constexpr DocumentSet& complete(bool complete = true) {
        complete_ = complete;
        return *this;
    }
    constexpr bool is_complete() const noexcept { return complete_; }

    constexpr const list<const model::WorkflowTemplate*>& templates() const noexcept { return templates_; }
    constexpr const list<const model::ClusterWorkflowTemplate*>& cluster_templates() const noexcept {
        return cluster_templates_;
    }

    /// The document of that name, or null. Where either side names no namespace, it fits.
    constexpr const model::WorkflowTemplate* find(std::string_view name,
                                                  std::string_view namespace_ = {}) const noexcept {
        if (!__builtin_is_constant_evaluated()) {
            if (const auto* exact = template_index_.find(name, namespace_)) return exact;
            return namespace_.empty() ? template_index_.find(name) : template_index_.find(name, {});
        }
        const model::WorkflowTemplate* found = nullptr;
        for (const auto* one : templates_) {
            if (!detail::same(one->metadata.name.view(), name)) continue;
            const auto theirs = one->metadata.namespace_.view();
            if (detail::same(theirs, namespace_)) return one;
            if (found == nullptr && (theirs.empty() || namespace_.empty())) found = one;
        }
        return found;
    }
    constexpr const model::ClusterWorkflowTemplate* find_cluster(std::string_view name) const noexcept {
        if (!__builtin_is_constant_evaluated()) return cluster_index_.find(name);
        for (const auto* one : cluster_templates_)
            if (detail::same(one->metadata.name.view(), name)) return one;
        return nullptr;
    }
    /// The template of that name, or null. Preconditions: the spec is that of one of the documents.
    constexpr const model::Template* find_template(const model::WorkflowSpec& spec,
                                                   std::string_view name) const noexcept {
        if (!__builtin_is_constant_evaluated()) {
            if (const auto* found = template_index_.find_template(spec, name)) return found;
            return cluster_index_.find_template(spec, name);
        }
        for (const auto& candidate : spec.templates)
            if (detail::same(candidate.name.view(), name)) return &candidate;
        return nullptr;
    }

private:
    list<const model::WorkflowTemplate*> templates_;
    list<const model::ClusterWorkflowTemplate*> cluster_templates_;
    detail::document_index<model::WorkflowTemplate> template_index_;
    detail::document_index<model::ClusterWorkflowTemplate> cluster_index_;
    bool complete_ = false;
};

}  // namespace tiphys
