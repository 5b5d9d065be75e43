// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on metrics.
namespace tiphys::rule {

inline constexpr Rule metric_name{
    "metric.name", "A metric's name is of letters, digits and '_', and begins with no digit.", "Rename it."};
inline constexpr Rule metric_label{
    "metric.label", "The key of a metric's label is of letters, digits and '_', and begins with no digit.",
    "Rename it."};
inline constexpr Rule metric_help{"metric.help", "A metric has a help text.", "Say in help what it counts."};
inline constexpr Rule metric_kind{"metric.kind", "A metric is exactly one of gauge, counter and histogram.",
                                  "Keep one of them.", error, at_run_time};
inline constexpr Rule metric_value{"metric.value",
                                   "A metric has a value; that of a gauge has at most 256 characters.",
                                   "Give it: value: \"{{duration}}\"."};
inline constexpr Rule metric_operation{"metric.operation", "The operation of a gauge is Set, Add or Sub.",
                                       "Name one of them."};
inline constexpr Rule metric_realtime{
    "metric.realtime",
    "The value of a real-time gauge is {{duration}} of a template or {{workflow.duration}}.",
    "Use one of these variables and nothing else, or drop realtime.", error, at_run_time};
inline constexpr Rule metric_too_many{"metric.too-many",
                                      "The full custom resource definitions of Argo allow 100 metrics.",
                                      "Drop some of them, or install the minimal definitions.", warning};

inline constexpr const Rule* metric_rules[] = {&metric_name,     &metric_label,   &metric_help,
                                               &metric_kind,     &metric_value,   &metric_operation,
                                               &metric_realtime, &metric_too_many};

}  // namespace tiphys::rule
