// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/diagnostic.hpp>

#include <stdexcept>
#include <vector>

namespace tiphys {
namespace model {
struct Workflow;
}

/// A workflow that was made at run time breaks rules: all of them are in `diagnostics()` and in `what()`.
class InvalidWorkflow : public std::runtime_error {
public:
    explicit InvalidWorkflow(std::vector<Diagnostic> diagnostics);

    const std::vector<Diagnostic>& diagnostics() const noexcept { return diagnostics_; }

private:
    std::vector<Diagnostic> diagnostics_;
};

/// Errors: `InvalidWorkflow` if `validate` finds an error (warnings pass).
void throw_if_invalid(const model::Workflow& workflow);

}  // namespace tiphys
