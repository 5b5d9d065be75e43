// SPDX-License-Identifier: Apache-2.0
#pragma once

/// The types of Workflow, WorkflowTemplate, ClusterWorkflowTemplate, CronWorkflow and WorkflowEventBinding,
/// and the functions that read them aloud to a visitor. Requests, lists and Argo Events have headers of their
/// own.
#include <tiphys/model/generated/visit.hpp>
#include <tiphys/model/generated/workflow.hpp>
#include <tiphys/model/values.hpp>
