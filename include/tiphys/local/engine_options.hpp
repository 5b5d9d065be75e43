// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tiphys::local {

/// How an `Engine` runs workflows on this machine.
struct EngineOptions {
    /// Where logs and outputs are kept: <directory>/<namespace>/<workflow>/<node id>/main.log. Empty: a fresh
    /// folder below $XDG_STATE_HOME/tiphys or ~/.local/state/tiphys, else below the system's temporary
    /// folder.
    std::filesystem::path directory;
    /// Pods that run at the same time, over all workflows. 0: one per hardware thread, at least 2.
    unsigned parallelism = 0;
    /// Gives each pod a private /tmp (bubblewrap). Where that cannot be had, or this is false, a template
    /// that writes outputs to absolute paths is refused by name.
    bool sandbox = true;
    /// Value of {{workflow.serviceAccountName}} for a workflow that names none.
    std::string service_account_name = "default";
};

/// What the API answers instead of a result: a gRPC status code and the text as Argo words it.
class Refused : public std::runtime_error {
public:
    static constexpr int invalid_argument = 3;
    static constexpr int not_found = 5;
    static constexpr int already_exists = 6;
    static constexpr int failed_precondition = 9;
    static constexpr int internal = 13;

    Refused(int grpc_code, const std::string& message) : std::runtime_error(message), grpc_code_(grpc_code) {}

    int grpc_code() const noexcept { return grpc_code_; }

private:
    int grpc_code_;
};

/// What happened to a workflow, in the words of a Kubernetes watch.
enum class Change { added, modified, deleted };

/// One line that a pod printed. The views are valid during the call that hands it over.
struct LogLine {
    std::string_view node_id;
    std::string_view pod_name;
    std::string_view display_name;
    std::string_view content;
};

}  // namespace tiphys::local
