// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/generated/workflow.hpp>

#include <string>
#include <string_view>

/// The JSON texts of the models that the engine substitutes in. One translation unit compiles them.
namespace tiphys::local::engine {

std::string to_text(const model::Template& value);
std::string to_text(const model::WorkflowStep& value);
std::string to_text(const model::DAGTask& value);
std::string to_text(const model::Arguments& value);
std::string to_text(const model::WorkflowSpec& value);
std::string to_text(const list<model::Parameter>& value);
std::string to_text(const json& value);
std::string to_text(const map<str>& value);

/// Errors: ExpressionError, in Argo's words for a substitution that spoilt the text.
template <class T>
T from_text(std::string_view text);
extern template model::Template from_text(std::string_view);
extern template model::WorkflowStep from_text(std::string_view);
extern template model::DAGTask from_text(std::string_view);
extern template model::Arguments from_text(std::string_view);
extern template model::WorkflowSpec from_text(std::string_view);
extern template json from_text(std::string_view);

}  // namespace tiphys::local::engine
