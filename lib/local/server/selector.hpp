// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/core/core.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tiphys::local::server {

/// A Kubernetes label selector: `a=b,c!=d,e in (f,g),h notin (i),j,!k,n>1,n<5`; all must hold.
class LabelSelector {
public:
    LabelSelector() = default;
    /// Errors: `Failure` (invalid argument) that names the selector and the place.
    explicit LabelSelector(std::string_view text);

    bool empty() const noexcept { return requirements_.empty(); }
    bool matches(const map<str>& labels) const;

private:
    enum class Operator { exists, absent, in, not_in, greater, less };
    struct Requirement {
        std::string key;
        Operator operation;
        std::vector<std::string> values;
    };
    std::vector<Requirement> requirements_;
    friend class SelectorReader;
};

/// Nanoseconds since 1970 of an RFC 3339 time; nothing when the text is none.
std::optional<std::int64_t> rfc3339(std::string_view text) noexcept;

}  // namespace tiphys::local::server
