// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on the metadata of a document.
namespace tiphys::rule {

inline constexpr Rule workflow_name{
    "workflow.name", "A workflow needs a name that Kubernetes accepts.",
    "Give metadata.name or generateName: lower-case letters, digits, '-' and '.', at most 63 characters."};
inline constexpr Rule document_name{"document.name", "A document needs a name that Kubernetes accepts.",
                                    "Give metadata.name: lower-case letters, digits, '-' and '.', at most 63 "
                                    "characters, 52 for a cron workflow."};
inline constexpr Rule document_namespace{
    "document.namespace", "A namespace is of lower-case letters, digits and '-', at most 63 characters.",
    "Rename it."};
inline constexpr Rule label_key{"label.key",
                                "The key of a label or annotation is of letters, digits, '-', '_' and '.', "
                                "at most 63, after an optional DNS name and '/'.",
                                "Mend the key: \"example.com/team\"."};
inline constexpr Rule label_value{"label.value",
                                  "The value of a label is of letters, digits, '-', '_' and '.', at most 63, "
                                  "with a letter or digit at both ends.",
                                  "Mend the value, or make it an annotation."};
inline constexpr Rule field_required{"field.required", "A field that Argo or Kubernetes requires is empty.",
                                     "Fill it in.", error, at_run_time};

inline constexpr Rule document_too_large{
    "document.too-large",
    "Kubernetes keeps a document in etcd, which takes no request of more than 1.5 MiB by default.",
    "Divide it: templates into WorkflowTemplates, repeated tasks into a loop, data into artifacts or "
    "ConfigMaps. Where etcd is configured to take more, switch this rule off.",
    error,
    by_tiphys,
    locally};
inline constexpr Rule document_large{
    "document.large",
    "Argo keeps spec and status in one object of at most 1 MiB (MAX_WORKFLOW_SIZE); it compresses and "
    "offloads "
    "only the status, and a document that is larger by itself leaves no room for one.",
    "Divide it as for document.too-large, or let Argo offload the status (nodeStatusOffLoad).",
    warning,
    by_tiphys,
    locally};

inline constexpr const Rule* document_rules[] = {&workflow_name,      &document_name, &document_namespace,
                                                 &label_key,          &label_value,   &field_required,
                                                 &document_too_large, &document_large};

}  // namespace tiphys::rule
