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
