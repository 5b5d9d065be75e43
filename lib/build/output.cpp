// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/output.hpp>
#include <tiphys/build/workflow.hpp>
#include <tiphys/text/text.hpp>

#include <ostream>

namespace tiphys {

std::string to_json(const Workflow& workflow) { return to_json(workflow.model()); }
std::string to_pretty_json(const Workflow& workflow) { return to_pretty_json(workflow.model()); }
std::string to_yaml(const Workflow& workflow) { return to_yaml(workflow.model()); }
std::ostream& operator<<(std::ostream& out, const Workflow& workflow) { return out << workflow.model(); }

}  // namespace tiphys
