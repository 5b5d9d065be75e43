// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace tiphys::local::engine {

using Time = std::chrono::system_clock::time_point;

/// RFC 3339 in UTC, whole seconds: how Kubernetes writes times.
std::string timestamp(Time time);
/// The inverse; the epoch for text that is no such time.
Time parse_timestamp(std::string_view text);
/// One strftime letter of {{workflow.creationTimestamp.X}} as Argo's library writes it; empty when unknown.
std::string format_time(Time time, char letter);
/// Go's `%f` of a duration in seconds: 6 decimals.
std::string seconds_text(std::chrono::nanoseconds duration);

/// Name of the pod of a node: the workflow's own name, or <workflow>-<template>-<hash of the node's name>.
std::string pod_name(std::string_view workflow, std::string_view node_name, std::string_view template_name);

/// The name of a step or task as it stands in its template: "wf[0].fan(1:x)(0)" -> "fan".
std::string_view step_name(std::string_view node_name);
/// What a node is called within its boundary: "wf[0].a" in "wf" -> "a".
std::string display_name(std::string_view node_name, std::string_view boundary_name);

/// What Kubernetes appends to generateName.
std::string random_suffix(std::mt19937_64& random, std::size_t length = 5);
/// A random UUID, version 4.
std::string random_uid(std::mt19937_64& random);

/// Whether `name` is an RFC 1123 subdomain.
bool is_object_name(std::string_view name);

}  // namespace tiphys::local::engine
