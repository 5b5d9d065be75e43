// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>

/// The text of a built workflow. The same functions exist for every model type (`text/text.hpp`).
namespace tiphys {

class Workflow;

/// Compact JSON, as the Argo API takes it.
std::string to_json(const Workflow& workflow);
/// JSON for people: 2 spaces, one member a line.
std::string to_pretty_json(const Workflow& workflow);
/// YAML as people write it, for `kubectl apply` and `argo submit`.
std::string to_yaml(const Workflow& workflow);
/// Prints YAML.
std::ostream& operator<<(std::ostream& out, const Workflow& workflow);

}  // namespace tiphys
