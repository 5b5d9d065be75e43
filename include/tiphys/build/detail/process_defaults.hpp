// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/fwd.hpp>

/// The process's defaults (`build/defaults.hpp`) for those who need not know what they are.
namespace tiphys::detail {

void apply_process_defaults(model::Workflow& document);
void apply_process_defaults(model::WorkflowTemplate& document);
void apply_process_defaults(model::ClusterWorkflowTemplate& document);
void apply_process_defaults(model::CronWorkflow& document);

}  // namespace tiphys::detail
