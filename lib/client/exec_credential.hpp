// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/token_source.hpp>
#include <tiphys/core/json.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Programs that give credentials to clients of Kubernetes.
///
/// Source: the interface client.authentication.k8s.io/v1 (and v1beta1) of Kubernetes.
namespace tiphys::client_detail {

struct ExecPlugin {
    std::string api_version;
    std::vector<std::string> command;  ///< program and arguments
    std::vector<std::pair<std::string, std::string>> environment;
    std::string install_hint;
    json cluster;  ///< as the interface describes it; absent: the program does not ask for it
    std::string name;
};

/// What the program is told in the variable KUBERNETES_EXEC_INFO.
std::string exec_info(const ExecPlugin& plugin);

/// What the program printed.
///
/// Errors: throws std::runtime_error that says what is wrong with it.
Credential read_exec_credential(std::string_view text, std::string_view api_version);

TokenSource tokens_from_plugin(ExecPlugin plugin);

/// A moment as RFC 3339 writes it: 2026-01-31T12:00:00Z, with a fraction or another offset.
std::optional<std::chrono::system_clock::time_point> read_time(std::string_view text);

}  // namespace tiphys::client_detail
