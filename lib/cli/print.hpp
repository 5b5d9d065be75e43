// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/cli/cli.hpp>

namespace tiphys::cli {

/// metadata.name, else generateName; empty where the document has neither.
std::string name_of(const Document& document);

/// The workflow with its kind and apiVersion, which servers leave out.
Document document_of(model::Workflow workflow);

/// Errors: `std::runtime_error` where the stream has not taken all.
void flush(std::ostream& out);

}  // namespace tiphys::cli
