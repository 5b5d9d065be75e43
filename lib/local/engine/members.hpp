// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/generated/workflow.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace tiphys::local::engine {

/// The JSON names of the members of an object that are present.
template <class T>
std::vector<std::string> members(const T& object);
extern template std::vector<std::string> members(const model::WorkflowSpec&);
extern template std::vector<std::string> members(const model::Template&);
extern template std::vector<std::string> members(const model::k8s::Container&);
extern template std::vector<std::string> members(const model::ScriptTemplate&);
extern template std::vector<std::string> members(const model::ValueFrom&);
extern template std::vector<std::string> members(const model::RetryStrategy&);

}  // namespace tiphys::local::engine
