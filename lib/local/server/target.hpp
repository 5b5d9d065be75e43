// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tiphys::local::server {

/// The target of a request, taken apart: path segments and query parameters, percent-decoded.
///
/// `/api/v1/workflows/` has a last segment that is empty: Argo means all namespaces by it.
class Target {
public:
    /// Errors: `Failure` (invalid argument) for a bad percent-escape.
    explicit Target(std::string_view text);

    const std::string& raw_path() const noexcept { return raw_path_; }
    const std::string& raw_query() const noexcept { return raw_query_; }
    const std::vector<std::string>& segments() const noexcept { return segments_; }

    /// The path as Go's ServeMux would clean it (no `//`, `.` or `..`); equal to raw_path() when clean.
    std::string clean_path() const;

    /// The last value of a repeated parameter, as the gateway takes it for a scalar; empty when absent.
    std::string_view parameter(std::string_view name) const noexcept;
    bool has_parameter(std::string_view name) const noexcept;
    std::vector<std::string_view> parameters(std::string_view name) const;
    /// Errors: `Failure` (invalid argument) with Go's text when it is no boolean, no integer.
    bool boolean(std::string_view name) const;
    std::optional<std::int64_t> integer(std::string_view name) const;

private:
    std::string raw_path_;
    std::string raw_query_;
    std::vector<std::string> segments_;
    std::vector<std::pair<std::string, std::string>> query_;
};

}  // namespace tiphys::local::server
