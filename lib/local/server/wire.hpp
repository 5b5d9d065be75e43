// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/generated/workflow.hpp>

#include <boost/json/value.hpp>

#include <string>

#include "fields.hpp"

/// A workflow as the Go server writes it: without kind and apiVersion, and with the members that Go always
/// emits (`"arguments":{}`, `"inputs":{}`, `"startedAt":null`, …).
namespace tiphys::local::server {

/// Whether nothing of it will run any more.
bool is_complete(const model::Workflow& workflow) noexcept;

/// Gives a workflow that came in the always-emitted members of its spec, so that every answer has them.
void add_zero_members(model::Workflow& workflow);
/// The same for JSON text that `fields=` was applied to.
void add_zero_members(boost::json::object& workflow);

std::string workflow_json(const model::Workflow& workflow);
/// The same after `fields=`; an empty filter changes nothing.
std::string workflow_json(const model::Workflow& workflow, const FieldFilter& fields);

}  // namespace tiphys::local::server
