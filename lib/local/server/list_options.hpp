// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/generated/workflow.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "selector.hpp"
#include "target.hpp"

namespace tiphys::local::server {

/// What a list of workflows asks for, as Argo reads it.
/// Source: server/utils/list_options.go, persist/sqldb/selector.go.
class ListOptions {
public:
    /// Errors: `Failure` (invalid argument) with Argo's text.
    ListOptions(const Target& target, std::string_view namespace_);

    bool matches(const model::Workflow& workflow) const;

    struct Page {
        std::vector<const model::Workflow*> items;
        std::optional<std::int64_t> next;       ///< offset of the page that follows, if one does
        std::optional<std::int64_t> remaining;  ///< only when asked for
    };
    /// The page asked for, out of all workflows there are (in order of creation).
    Page page(const std::vector<const model::Workflow*>& all) const;

private:
    void read_field_selector(std::string_view selector);
    void select_namespace(std::string_view name);

    std::string namespace_;
    bool other_namespaces_ = false;
    std::string name_;
    std::string name_filter_;
    std::int64_t started_after_ = std::numeric_limits<std::int64_t>::min();
    std::int64_t started_before_ = std::numeric_limits<std::int64_t>::max();
    std::int64_t created_after_ = std::numeric_limits<std::int64_t>::min();
    std::int64_t finished_before_ = std::numeric_limits<std::int64_t>::max();
    LabelSelector labels_;
    std::size_t limit_ = 0;
    std::size_t offset_ = 0;
    bool show_remaining_ = false;
};

/// What a watch asks for: Kubernetes' own selectors, which know metadata.name and metadata.namespace only.
class WatchOptions {
public:
    /// Errors: `Failure` (invalid argument).
    WatchOptions(const Target& target, std::string_view namespace_);

    /// The name of `metadata.name=…`, which may be "@latest"; empty when there is none.
    const std::string& name() const noexcept { return name_; }
    void set_name(std::string name) { name_ = std::move(name); }
    const std::string& namespace_of() const noexcept { return namespace_; }
    const std::optional<std::int64_t>& resource_version() const noexcept { return resource_version_; }
    const std::optional<std::int64_t>& timeout_seconds() const noexcept { return timeout_seconds_; }
    bool matches(const model::Workflow& workflow) const;

private:
    std::string namespace_;
    std::string name_;
    std::vector<std::string> not_names_;
    std::vector<std::string> not_namespaces_;
    std::string selected_namespace_;
    LabelSelector labels_;
    std::optional<std::int64_t> resource_version_;
    std::optional<std::int64_t> timeout_seconds_;
};

}  // namespace tiphys::local::server
