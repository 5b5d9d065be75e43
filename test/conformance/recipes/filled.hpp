// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/text/documents.hpp>

#include <string>
#include <vector>

/// Values in which each property stands once, so that the writer of C++ has to say each of them.
namespace tiphys::test {

/// A struct with all its members; what they hold is as small as can be.
json filled(const model::object_type& type);

/// All structs that a document of the type may hold, its status apart.
std::vector<const model::object_type*> structs_below(const model::object_type& type);

/// Documents of all kinds that between them hold each property of metadata, specs, templates, tasks and
/// steps.
Documents filled_documents();

}  // namespace tiphys::test
