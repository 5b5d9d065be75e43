// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/generated/workflow.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace tiphys::local::engine {

/// A nodeFieldSelector: `displayName=approve,phase!=Running`; all must hold, and an empty one always does.
/// Fields: displayName, templateName, phase, name, id, templateRef.name, templateRef.template,
/// inputs.parameters.<name>.value.
class NodeSelector {
public:
    /// Errors: Refused (invalid argument).
    explicit NodeSelector(std::string_view text);

    bool matches(const model::NodeStatus& node) const;

private:
    struct Requirement {
        std::string field;
        std::string value;
        bool equal;
    };
    std::vector<Requirement> requirements_;
};

}  // namespace tiphys::local::engine
