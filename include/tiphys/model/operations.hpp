// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace tiphys::model {

/// One call of Argo's REST interface.
struct operation {
    std::string_view id;                      ///< "WorkflowService_CreateWorkflow"
    std::string_view method;                  ///< "GET", "POST", "PUT", "DELETE"
    std::string_view path;                    ///< "/api/v1/workflows/{namespace}": each {name} is one segment
    std::span<const std::string_view> query;  ///< names of the query parameters, sorted (bytewise)
    std::string_view body;                    ///< OpenAPI definition; empty: no body
    std::string_view response;                ///< OpenAPI definition, "binary", or empty
    bool stream;                              ///< answers with a sequence of responses
};

}  // namespace tiphys::model

#include <tiphys/model/generated/operations.hpp>

namespace tiphys::model {

/// The Argo release whose interface this is.
using generated::argo_release;

/// All operations, sorted by id (bytewise).
constexpr std::span<const operation> operations() { return generated::operations; }

/// The operation of that id, or null.
constexpr const operation* find_operation(std::string_view id) {
    for (const operation& each : operations())
        if (each.id == id) return &each;
    return nullptr;
}

}  // namespace tiphys::model
