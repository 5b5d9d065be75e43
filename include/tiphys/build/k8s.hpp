// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Value classes for the structs of Kubernetes that manifests hold: `k8s::Volume("work").empty_dir()`,
/// `k8s::Probe().http_get(…)`. A header of its own, so that only who needs them pays for them.
#include <tiphys/build/generated/k8s.hpp>
