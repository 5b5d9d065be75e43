// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/value.hpp>

#include <set>
#include <string>
#include <string_view>

namespace tiphys::local::server {

/// The `fields=` parameter: which members of an answer a client wants, by JSON path; a leading `-` means all
/// but those. Arrays are transparent. A path is compared as text, so `metadata.namespace` also keeps
/// `metadata.name`: Argo does so.
/// Source: util/fields/fields.go.
class FieldFilter {
public:
    explicit FieldFilter(std::string_view parameter);

    bool empty() const noexcept { return fields_.empty(); }
    /// The same filter for the value that lies under `prefix` ("result.object.").
    FieldFilter without_prefix(std::string_view prefix) const;
    void apply(boost::json::value& value) const;

private:
    FieldFilter() = default;
    void apply(boost::json::value& value, std::string& path) const;
    bool leads_to_one(std::string_view path) const;

    bool exclude_ = false;
    std::set<std::string, std::less<>> fields_;
};

}  // namespace tiphys::local::server
