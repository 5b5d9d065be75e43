// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/local/process/spec.hpp>
#include <tiphys/model/generated/workflow.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace tiphys::local::engine {

/// Where a script's source lies in its pod.
inline constexpr std::string_view script_path = "/argo/staging/script";

/// The process of a container or script template. `folder` is the pod's own on this machine; a script is
/// written there. Errors: std::system_error.
ProcessSpec process_spec(const model::Template& processed, const std::filesystem::path& folder,
                         bool sandboxed);

/// The folder that has to be the pod's own so that it can leave a file at `path`, or a reason why it cannot.
struct PrivateFolder {
    std::string folder;
    std::string refusal;
};
PrivateFolder private_folder(std::string_view path);

/// Kubernetes' $(NAME) in a command, from the container's own environment: `$$` is a dollar, and what is not
/// known stays.
std::string expand_references(std::string_view text, const list<model::k8s::EnvVar>& environment);

}  // namespace tiphys::local::engine
